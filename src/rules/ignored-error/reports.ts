/**
 * The words of rule 6: from what was found to findings with message, place, related places and fixes.
 */
import type { GoFunction, Program } from '../../go/package.ts';
import { type CallExpr, type IfStmt, type Ranged, type ReturnStmt, unparen } from '../../go/syntax/ast.ts';
import { sitesIn } from '../../go/syntax/sites.ts';
import type { Finding } from '../../model/finding.ts';
import type { RuleContext } from '../../rule.ts';
import { describe, describeCall } from './describe.ts';
import { fixesOfDrop } from './fixes.ts';
import type { Logged } from './logged.ts';
import type { LostCause } from './lost-cause.ts';
import type { messages } from './messages.ts';
import type { Overwritten } from './overwritten.ts';
import { feedsMessageOnly } from './read-all.ts';
import type { NilAfterError } from './swallowed.ts';
import { fixesOfUnbound, unboundCheck } from './unbound-check.ts';
import type { Drop } from './unchecked.ts';
import type { UnwrappedReturn } from './unwrapped-return.ts';
import { fixesOfLost } from './verb-fixes.ts';

/** What is looked at together: a function's body, or the declarations outside of all functions. */
export interface Inspection {
  readonly fn: GoFunction | undefined;
  readonly drops: readonly Drop[];
  readonly calls: readonly CallExpr[];
}

type MakeFinding = RuleContext<typeof messages, Record<never, never>>['finding'];

const HOW: Readonly<Record<Drop['kind'], string>> = {
  statement: '',
  blank: '',
  go: ': a go statement cannot hand it to anybody',
  defer: ': nobody can take it from a defer statement',
};

export function reportsOf(finding: MakeFinding, program: Program) {
  const { files } = program;
  const at = (range: Ranged) => files.locate(range);
  const note = (range: Ranged, text: string) => ({ at: at(range), text });

  return {
    drop(drop: Drop): Finding {
      const { call, fn, stmt, probable } = drop;
      const header = fn === undefined ? undefined : headerOf(fn, stmt);
      const unbound = unboundCheck(program, drop, header);
      if (unbound !== undefined && call !== undefined) {
        const data = { call: describeCall(program, call), tested: describe(program, unbound.tested) };
        const related = [note(unbound.tested, 'this is what is tested')];
        const fixes = fixesOfUnbound(program, unbound);
        return finding('unbound-check', at(call), data, { related, fixes });
      }
      const name = call === undefined ? undefined : describeCall(program, call);
      const error =
        name === undefined
          ? `The error in ${describe(program, drop.value)}`
          : probable
            ? `The error that ${name} probably returns`
            : `The error of ${name}`;
      const cap = probable || feedsMessageOnly(program, drop);
      const details = { fixes: fixesOfDrop(drop), ...(cap ? { atMost: 'warning' as const } : {}) };
      return drop.kind === 'blank'
        ? finding('blank-error', at(drop.at), { error }, details)
        : finding('unchecked-call', at(drop.at), { error, how: HOW[drop.kind] }, details);
    },

    lost(cause: LostCause): Finding {
      const { call, maker, lost, beside } = cause;
      const names = [...new Set(lost.map(({ error }) => describe(program, error)))].join(' and ');
      const verb = lost.length === 1 ? lost[0]!.verb : undefined;
      const formats =
        verb === undefined ? `keeps only the text of ${names}` : `formats ${names} with ${verb.text}`;
      const how = beside ? `${maker} wraps another error, but ${formats}` : `${maker} ${formats}`;
      const related = lost
        .filter((one) => one.at.pos < call.pos || one.at.end > call.end)
        .map((one) => note(one.at, 'the error becomes text here'));
      const details = { related, fixes: fixesOfLost(program, cause) };
      return finding(
        'lost-cause',
        at(call),
        { how },
        { ...details, ...(beside ? { atMost: 'warning' as const } : {}) },
      );
    },

    overwritten({ ident, value, by }: Overwritten): Finding {
      const x = unparen(value);
      const from = x.kind === 'CallExpr' ? describeCall(program, x) : describe(program, x);
      const [next] = by;
      const again = next?.ident ?? next?.place.block.nodes[next.place.index];
      const how =
        again === undefined
          ? 'the function ends, and nobody has read it'
          : `it is assigned again in line ${files.lineOf(again.pos)}, and nobody has read it in between`;
      const related = by.flatMap((write) => {
        const place = write.ident ?? write.place.block.nodes[write.place.index];
        return place === undefined ? [] : [note(place, `${ident.name} is overwritten here`)];
      });
      return finding('overwritten-error', at(ident), { from, variable: ident.name, how }, { related });
    },

    nilAfter({ branch, ret }: NilAfterError): Finding {
      const tested = describe(program, branch.tested);
      const related = [note(branch.tested, `${tested} is tested here`)];
      return finding(
        'nil-after-error',
        at(ret),
        { tested, returned: returnedNil(program, ret) },
        { related },
      );
    },

    logged({ branch, outcome, next, silent }: Logged): Finding {
      const how = outcome === 'claim' ? 'the function returns nil' : 'the code goes on';
      const what = silent ? 'not even logged' : 'only logged';
      const data = { tested: describe(program, branch.tested), what, how };
      const related = [
        note(firstLine(program, next), outcome === 'claim' ? 'success is reported here' : 'it goes on here'),
      ];
      return finding('logged-and-continued', at(headOf(program, branch.stmt)), data, { related });
    },

    unwrapped({ ret, name, from }: UnwrappedReturn): Finding {
      const data = { variable: name, call: describeCall(program, from) };
      return finding('unwrapped-return', at(ret), data, {
        related: [note(from, 'the error comes from here')],
      });
    },
  };
}

/** What the return gives for its error: the word nil, or a variable that is nil here. */
function returnedNil(program: Program, ret: ReturnStmt): string {
  const last = ret.results.at(-1);
  const text = last === undefined ? 'nil' : describe(program, last);
  return text === 'nil' ? 'nil for its error' : `${text}, which is nil here`;
}

/** The `if` before whose semicolon a statement stands. */
function headerOf(fn: GoFunction, stmt: Drop['stmt']): IfStmt | undefined {
  if (stmt.kind === 'VarSpec') return undefined;
  const sites = sitesIn(fn.body);
  if (sites.has(stmt)) return undefined;
  for (const outer of sites.keys()) if (outer.kind === 'IfStmt' && outer.init === stmt) return outer;
  return undefined;
}

/** From the keyword to the end of the condition, if that is one line; else the keyword. */
function headOf(program: Program, { pos, cond }: IfStmt): Ranged {
  return firstLine(program, { pos, end: cond.end });
}

function firstLine(program: Program, { pos, end }: Ranged): Ranged {
  const file = program.files.fileAt(pos);
  const lineEnd = file.text.indexOf('\n', pos - file.base);
  return { pos, end: lineEnd < 0 ? end : Math.min(end, file.base + lineEnd) };
}
