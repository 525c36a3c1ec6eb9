/**
 * Loops in words: the evidence of those that pass, and what is wrong with the others.
 */
import type { GoPackage } from '../../go/package.ts';
import { calledName } from '../../go/provenance/callee-names.ts';
import type { Ranged } from '../../go/syntax/ast.ts';
import type { Note } from '../../model/location.ts';
import type { Fault, Paging } from './classify.ts';
import type { Repeat } from './repeats.ts';

interface Words {
  readonly text: string;
  readonly related: readonly { readonly at: Ranged; readonly text: string }[];
}

/** Source text on one line, cut where it is long. */
export function textOf(pkg: GoPackage, range: Ranged): string {
  const text = pkg.program.files.textOf(range).replaceAll(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

export function nameOfRequest({ request, repetition }: Paging): string {
  if (request === undefined) return 'the API';
  const text = textOf(repetition.fn.pkg, request.fun);
  return `\`${text.length > 60 ? calledName(request) : text}\``;
}

/** The notes that show why a loop ends: at the loop, and at each way out that counts. */
export function evidenceOf(loop: Paging): readonly Note[] {
  const { pkg } = loop.repetition.fn;
  const locate = (range: Ranged) => pkg.program.files.locate(range);
  const cursors = cursorNames(loop).join(', ');
  const by =
    loop.by === 'paginator' ? 'pages through a paginator' : cursors === '' ? 'pages' : `pages by ${cursors}`;
  const notes: Note[] = [{ at: locate(loop.repetition.at), text: `${by}; ${classOf(loop)}` }];
  for (const bound of loop.bounds)
    notes.push({ at: locate(bound.at), text: `page cap: ${textOf(pkg, bound.at)}` });
  for (const { at, form } of loop.signals) {
    const hint = form === 'empty page' ? '; a page that never comes back empty would not end it' : '';
    notes.push({ at: locate(at), text: `signal (${form}): ${textOf(pkg, at)}${hint}` });
  }
  return notes;
}

/** The cursors by name; those of objects without a name only where nothing else names them. */
function cursorNames({ cursors }: Paging): readonly string[] {
  const names = [...new Set(cursors.map((c) => c.name))];
  return names.filter((name) => !names.some((other) => other !== name && other.endsWith(`.${name}`)));
}

/** The pattern of the specification that a loop follows, as evidence names it. */
export function classOf(loop: Paging): string {
  const [fault] = loop.faults;
  if (fault !== undefined) return fault.kind;
  if (loop.by === 'paginator') return 'SDK paginator';
  if (loop.bounds.length > 0) return loop.signals.length > 0 ? 'page cap and signal (C)' : 'page cap (A)';
  return 'signal (B)';
}

export function describe(loop: Paging, fault: Fault): Words {
  const { pkg } = loop.repetition.fn;
  const cursor = quoted(cursorNames(loop));
  switch (fault.kind) {
    case 'same request': {
      const tested = quoted(fault.signals.map((at) => textOf(pkg, at)));
      return {
        text: `Nothing in ${asked(loop)} changes between turns, although the loop tests ${tested}`,
        related: fault.signals.map((at) => ({
          at,
          text: 'tested here, and nothing of it gets into the next request',
        })),
      };
    }
    case 'advance skipped':
      return {
        text: `A way back to the top passes by the place where ${cursor} moves on`,
        related: [...relatedTo(fault.repeat, 'from here the loop starts again'), ...advancesOf(loop)],
      };
    case 'spins':
      return {
        text: `: ${cursor} has not moved on`,
        related: [...relatedTo(fault.repeat, 'the error is passed over here'), ...advancesOf(loop)],
      };
    case 'pager': {
      const { fault: found } = fault;
      if (found.kind === 'spins') {
        return {
          text: ': after an error the paginator still says that there is more',
          related: relatedTo(found.repeat, 'the error is passed over here'),
        };
      }
      const name = receiverOf(loop);
      const text =
        found.kind === 'made anew'
          ? `The paginator \`${name}\` is made anew in every turn`
          : `What \`${name}\` gives as the next page is not assigned to \`${name}\``;
      return { text, related: [] };
    }
    case 'cap':
      return {
        text: '',
        related: [{ at: fault.cap.at, text: `${fault.cap.name} is declared, or compared, here` }],
      };
    case 'cursor only':
      return { text: '', related: advancesOf(loop) };
    case 'endless':
      return {
        text: `no test of its answer leads out of the loop (${cursor} only moves on)`,
        related: advancesOf(loop),
      };
    case 'unseen':
    case 'advance unseen':
      return { text: '', related: [] };
  }
}

function receiverOf({ request, repetition }: Paging): string {
  const fun = request?.fun;
  return fun?.kind === 'SelectorExpr' ? textOf(repetition.fn.pkg, fun.x) : 'the paginator';
}

/** The request as it is written. */
function asked({ request, repetition }: Paging): string {
  return request === undefined ? 'the request' : `\`${textOf(repetition.fn.pkg, request)}\``;
}

function relatedTo({ because }: Repeat, text: string): Words['related'] {
  if (because === undefined) return [];
  const { why } = because;
  switch (why.kind) {
    case 'true':
    case 'false':
      return [{ at: why.cond, text }];
    case 'case':
    case 'not-case':
      return [{ at: why.value, text }];
    default:
      return [];
  }
}

function advancesOf(loop: Paging): Words['related'] {
  const seen = new Set<number>();
  return loop.cursors.flatMap(({ name, advances }) =>
    advances.flatMap(({ place }) => {
      const node = place.block.nodes[place.index];
      if (node === undefined || seen.has(node.pos)) return [];
      seen.add(node.pos);
      return [{ at: node, text: `${name} moves on here` }];
    }),
  );
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'the cursor' : names.map((name) => `\`${name}\``).join(', ');
}
