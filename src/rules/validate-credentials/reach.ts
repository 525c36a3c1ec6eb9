/**
 * What running a function can lead to, without a look at its paths: enough to know whether it is worth following.
 */
import { runBy, sizeOf } from '../../go/calls/size.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import type { CallExpr, Node } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Platform } from '../../integrations/platform.ts';

export interface Reach {
  /** It may validate. */
  readonly validates: boolean;
  /** It calls something that cannot be followed and might ask. */
  readonly mightAsk: boolean;
  /** The first thing found that must not happen before the validation. */
  readonly effect: { readonly kind: 'asks' | 'sends' | 'starts'; readonly what: string } | undefined;
}

/** A function that leads nowhere, and has with what it runs at least so many blocks, is not worth following for what it returns. */
const IDLE = 30;
/** One that leads to an effect is then taken to have it. */
const BUSY = 400;

/** Is it too much to follow a function that does not validate? */
export function isTooMuch(program: Program, fn: GoFunction, { effect, mightAsk }: Reach): boolean {
  const limit = effect !== undefined || mightAsk ? BUSY : IDLE;
  return sizeOf(program, fn, limit) >= limit;
}

/** Literals that stand in a function count as run by it. `target` is what validates. */
export function reachability(
  program: Program,
  platform: Platform,
  target: GoFunction,
): (fn: GoFunction) => Reach {
  const known = new Map<GoFunction, Reach>();
  const effectOf = (call: CallExpr): Reach['effect'] => {
    const sink = platform.sinkAt(call);
    if (sink !== undefined) return { kind: 'asks', what: `${sink.name} asks` };
    return platform.sendAt(call) === undefined
      ? undefined
      : { kind: 'sends', what: `${program.files.textOf(call.fun)} sends` };
  };
  return (start) => {
    const settled = known.get(start);
    if (settled !== undefined) return settled;
    let effect: Reach['effect'];
    let mightAsk = false;
    const seen = new Set<GoFunction>([start]);
    for (const fn of seen) {
      if (fn === target) continue;
      for (const literal of fn.literals) seen.add(literal);
      for (const call of fn.calls) {
        const own = effectOf(call);
        // A send is what counts most: it is an effect wherever it stands.
        if (own?.kind === 'sends' || effect === undefined) effect = own ?? effect;
        mightAsk ||= platform.mightAsk(call, program.calleeOf(call));
        for (const next of runBy(program, call)) seen.add(next);
      }
      effect ??= startsGoroutine(fn.body) ? { kind: 'starts', what: 'a goroutine is started' } : undefined;
    }
    const reach = { validates: seen.has(target), mightAsk, effect };
    known.set(start, reach);
    return reach;
  };
}

function startsGoroutine(body: Node): boolean {
  let found = false;
  walk(body, (node) => {
    if (node.kind === 'GoStmt') found = true;
    return !found;
  });
  return found;
}
