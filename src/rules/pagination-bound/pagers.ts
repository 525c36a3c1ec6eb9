/**
 * Paginators and iterators of SDKs: the question whether there is more, and the call that fetches it, on one and the same thing.
 *
 *     for p.HasMorePages() { page, err := p.NextPage(ctx); … }
 *
 * Both are needed: `json.Decoder.More` has no NextPage beside it.
 */

import type { Place } from '../../go/flow/cfg.ts';
import { callsAt } from '../../go/flow/evaluation.ts';
import { nameOfOperand } from '../../go/flow/terms.ts';
import { calledName } from '../../go/provenance/callee-names.ts';
import { read } from '../../go/provenance/memory.ts';
import { type Location, locationOf } from '../../go/provenance/origins.ts';
import type { Type } from '../../go/semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';
import type { Court, Verdict } from './exits.ts';
import { HAS_MORE, NEXT_PAGE } from './names.ts';
import { type Repeat, repeatAfterError } from './repeats.ts';
import type { Turn } from './turn.ts';

export interface Fetch {
  readonly call: CallExpr;
  readonly place: Place;
  readonly receiver: Expr;
  /** The paginator's name: `p`, `l.pager`. */
  readonly name: string;
}

const fetches = new WeakMap<Turn, readonly Fetch[]>();

/** The calls in the turn that fetch the next page of something. */
export function fetchesIn(turn: Turn): readonly Fetch[] {
  let found = fetches.get(turn);
  if (found === undefined) {
    found = findFetches(turn);
    fetches.set(turn, found);
  }
  return found;
}

function findFetches(turn: Turn): readonly Fetch[] {
  const { fn, blocks } = turn.repetition;
  const { info, program } = fn.pkg;
  const found: Fetch[] = [];
  for (const block of blocks) {
    block.nodes.forEach((node, index) => {
      for (const call of callsAt(fn.cfg, node)) {
        const step = stepOf(call);
        const name = step && nameOfOperand(info, step);
        if (step === undefined || name === undefined) continue;
        const callee = program.calleeOf(call);
        // What the standard library moves through is at hand already: rows, tokens, archives.
        if (callee.kind === 'function' && callee.func.pkg.origin === 'stdlib') continue;
        found.push({ call, place: { block, index }, receiver: step, name });
      }
    });
  }
  return found;
}

/** What a call moves on: `p` of `p.NextPage(ctx)`, and of `retry(p.Next)`. */
function stepOf(call: CallExpr): Expr | undefined {
  for (const e of [call.fun, ...call.args]) {
    const x = unparen(e);
    if (x.kind === 'SelectorExpr' && NEXT_PAGE.test(x.sel.name)) return x.x;
  }
  return undefined;
}

/** Does the call ask something whether there is more, that the turn also makes fetch it? */
export function isPagerCall(turn: Turn, call: CallExpr): boolean {
  const fun = unparen(call.fun);
  if (fun.kind !== 'SelectorExpr' || !HAS_MORE.test(calledName(call))) return false;
  const name = nameOfOperand(turn.repetition.fn.pkg.info, fun.x);
  return name !== undefined && fetchesIn(turn).some((fetch) => fetch.name === name && fetch.call !== call);
}

export type PagerFault =
  /** It is made anew in every turn, so each turn fetches the first page. */
  | { readonly kind: 'made anew'; readonly name: string }
  /** Its `Next` gives the next one back, which nobody keeps. */
  | { readonly kind: 'not kept'; readonly name: string }
  | { readonly kind: 'spins'; readonly name: string; readonly repeat: Repeat };

/** Is the loop one over a paginator or iterator, and in order? Undefined if it is none. */
export function judgePager(
  court: Court,
  verdicts: readonly Verdict[],
): { readonly call: CallExpr; readonly fault: PagerFault | undefined } | undefined {
  const { turn } = court;
  const fetch = fetchFor(court, verdicts);
  if (fetch === undefined) return undefined;
  const requests = turn.flow.requests.filter(({ call }) => call === fetch.call);
  if (requests.length === 0) return { call: fetch.call, fault: undefined };
  const { name, call } = fetch;
  const [location] = locationsOf(turn, fetch);
  if (location !== undefined) {
    const held = read(requests[0]!.memory, location);
    const kept = [...held].some((o) => o.kind === 'head' && o.location === location);
    if (!kept) return { call, fault: { kind: 'made anew', name } };
    if (givesNextItself(turn, fetch) && !isReplaced(turn, location))
      return { call, fault: { kind: 'not kept', name } };
  }
  const replacing =
    location === undefined ? [] : turn.writes.filter((w) => w.how === 'assign' && w.location === location);
  const repeat = repeatAfterError(
    court,
    requests,
    replacing
      .map((w) => w.place)
      .filter((place) => place.block !== fetch.place.block || place.index !== fetch.place.index),
    true,
  );
  return { call, fault: repeat === undefined ? undefined : { kind: 'spins', name, repeat } };
}

/** The fetching call of the pair, or of an iterator that ends with a sentinel, or that says by itself whether there is another. */
function fetchFor(court: Court, verdicts: readonly Verdict[]): Fetch | undefined {
  const { turn } = court;
  const fetching = fetchesIn(turn);
  for (const v of verdicts) {
    if (v.kind !== 'signal') continue;
    if (v.form === 'pager') {
      const x = unparen(v.at);
      const fun = x.kind === 'CallExpr' ? unparen(x.fun) : undefined;
      const name =
        fun?.kind === 'SelectorExpr' ? nameOfOperand(turn.repetition.fn.pkg.info, fun.x) : undefined;
      const fetch = fetching.find((f) => f.name === name);
      if (fetch !== undefined) return fetch;
    }
    if (court.cursors.length > 0) continue;
    const fetch = fetching.find((f) => f.call === unparen(v.at) || v.form === 'sentinel');
    if (fetch !== undefined && turn.flow.requests.some(({ call }) => call === fetch.call)) return fetch;
  }
  return undefined;
}

function locationsOf(turn: Turn, { receiver }: Fetch): readonly Location[] {
  const x = unparen(receiver);
  const object = x.kind === 'Ident' ? turn.repetition.fn.pkg.info.objectOf(x) : undefined;
  return object?.kind === 'var' ? [locationOf(object)] : [];
}

/** Is the first result of the same type as what it is called on: `next, err := resp.Next(ctx, &page)`? */
function givesNextItself(turn: Turn, { call, receiver }: Fetch): boolean {
  const { info } = turn.repetition.fn.pkg;
  const type = info.typeOf(call);
  const result = type.kind === 'tuple' ? type.types[0] : type;
  const [a, b] = [result && namedBehind(result), namedBehind(info.typeOf(receiver))];
  return a !== undefined && a === b;
}

function namedBehind(type: Type): unknown {
  const t = type.kind === 'pointer' ? type.elem : type;
  return t.kind === 'named' ? t.object : undefined;
}

function isReplaced(turn: Turn, location: Location): boolean {
  return turn.writes.some((w) => w.how === 'assign' && w.location === location);
}
