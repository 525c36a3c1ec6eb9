/**
 * ValidateCredentials itself, watched: does it ask on every path that says yes, and does it heed what it hears?
 *
 *     if t.token == "" { return errNoToken }      says no: need not ask
 *     u, err := whoami(t)                         asks, and comes out in two ways
 *     if err != nil { slog.Warn("…", err) }       drops the one in which the question has failed
 *     return nil                                  says yes
 */

import { afterUnknown, functionsIn } from '../../go/execution/call.ts';
import { isError, resultsOf } from '../../go/execution/evaluate.ts';
import { execute } from '../../go/execution/execute.ts';
import {
  type Execution,
  isComplete,
  newExecution,
  type Observer,
  type Result,
  type Site,
} from '../../go/execution/execution.ts';
import { isNil, isTracked, NIL, type Value } from '../../go/execution/value.ts';
import type { World } from '../../go/execution/world.ts';
import type { GoFunction } from '../../go/package.ts';
import type { Node } from '../../go/syntax/ast.ts';
import type { Integration } from '../../integrations/integration.ts';
import type { Platform, Sink } from '../../integrations/platform.ts';
import { isBool, resultTypes, selfAs } from './entry.ts';
import { isTooMuch, reachability } from './reach.ts';

export interface Asking {
  readonly verdict: 'asks' | 'stub' | 'no-external-call' | 'answer-dropped' | 'unproven';
  /** For a stub: what it always says. */
  readonly says: 'nil' | 'error' | 'nothing';
  /** The questions, in source order. */
  readonly sinks: readonly Sink[];
  /** Calls that cannot be followed and may ask. */
  readonly unproven: readonly Node[];
  readonly complete: boolean;
}

interface State {
  readonly asked: 'no' | 'failed' | 'answered';
  /** What may have asked, for all one sees. */
  readonly maybe: Node | undefined;
  /** A decision was made by something that was answered. */
  readonly heeded: boolean;
}

function afterQuestion(state: State, failed: boolean): State {
  return { ...state, asked: failed && state.asked !== 'answered' ? 'failed' : 'answered' };
}

export function watchAsking(integration: Integration, method: GoFunction, platform: Platform): Asking {
  const { program } = integration.pkg;
  const sinks = new Map<Node, Sink>();
  const reach = reachability(program, platform, method);

  const observer: Observer<State> = {
    stateKey: ({ asked, maybe, heeded }) => `${asked},${maybe?.pos ?? ''},${heeded}`,
    settled: () => false,
    consult: (state) => (state.heeded ? state : { ...state, heeded: true }),
    spawn: (_at, _frame, world) => ({ inside: world.state, after: (end) => end }),
    choose(targets) {
      const asking = targets.filter(({ fn }) => platform.sinkReachedFrom(fn) !== undefined);
      return asking.length > 0 ? asking : targets;
    },
    call(site, world) {
      const { call, callee, targets } = site;
      if (platform.isLogging(call)) return [{ world, values: resultsOf(site.frame, call, false) }];
      const own = callee.kind !== 'closure';
      const sink = own ? platform.sinkAt(call) : undefined;
      if (sink !== undefined) {
        sinks.set(call, sink);
        return outcomes(site, world, (failed) => afterQuestion(world.state, failed));
      }
      if (targets.some(({ fn }) => isTooMuch(program, fn, reach(fn)))) {
        const path = platform.sinkReachedBy(call);
        if (path === undefined)
          return [
            {
              world: afterUnknown(site, world),
              values: resultsOf(site.frame, call, site.args.some(isTracked)),
            },
          ];
        sinks.set(path.sink.call, path.sink);
        return outcomes(site, world, (failed) => afterQuestion(world.state, failed));
      }
      if (targets.length > 0) return undefined;
      // Somebody out of sight who is given a function that asks may call it.
      const asks = functionsIn(site.args).some(({ fn }) => reach(fn).effect?.kind === 'asks');
      if (!platform.mightAsk(call, callee) && !(asks && platform.isOutOfSight(callee))) return undefined;
      return outcomes(site, world, () => ({ ...world.state, maybe: call }));
    },
  };

  const x: Execution<State> = newExecution(program, observer);
  const start: State = { asked: 'no', maybe: undefined, heeded: false };
  const receiver = selfAs(integration, platform.vocabulary.credentialsMethod);
  const ends = execute(
    x,
    { fn: method, scopes: new Map(), receiver },
    [],
    { cells: new Map(), state: start },
    {
      stack: [],
      depth: 0,
      deferredBy: undefined,
      spread: false,
    },
  );
  const says = ends.map((end) => ({
    ...end.world.state,
    yes: saysYes(method, end.values),
    heard: end.values.some(isTracked),
  }));
  const asked = says.some((end) => end.asked !== 'no' || end.maybe !== undefined);
  const constantly = says.every((end) => end.yes === true) || says.every((end) => end.yes === false);
  const yes = says.filter((end) => end.yes !== false);
  const heededAnywhere = says.some((end) => end.heeded && end.yes === false);
  const dropped = yes.filter(
    (end) =>
      end.asked === 'failed' && !(end.heeded && heededAnywhere) && !(end.heard && end.yes === undefined),
  );
  const unasked = yes.filter((end) => end.asked === 'no');
  const maybe = unasked.flatMap((end) => (end.maybe === undefined ? [] : [end.maybe]));
  const base = {
    sinks: [...sinks.values()].sort((a, b) => a.call.pos - b.call.pos),
    complete: isComplete(x),
    says:
      says.length === 0
        ? ('nothing' as const)
        : says[0]!.yes === true
          ? ('nil' as const)
          : ('error' as const),
    unproven: [...new Set(maybe)],
  };
  if (!asked && constantly) return { ...base, verdict: 'stub' };
  if (unasked.length > maybe.length) return { ...base, verdict: 'no-external-call' };
  if (dropped.length > 0) return { ...base, verdict: 'answer-dropped' };
  return { ...base, verdict: maybe.length > 0 ? 'unproven' : 'asks' };
}

/** A question comes out with an error or without; where it has none to return, what it returns is all there is to heed. */
function outcomes(
  { call, frame }: Site,
  world: World<State>,
  stateOf: (failed: boolean) => State,
): readonly Result<State>[] {
  const type = frame.fn.pkg.info.typeOf(call);
  const types = type.kind === 'tuple' ? type.types : [type];
  const answers = resultsOf(frame, call, true);
  const failed: readonly Value[] = types.map((t, i) =>
    isError(t) ? { kind: 'something', tracked: true } : answers[i]!,
  );
  if (!types.some(isError)) return [{ world: { ...world, state: stateOf(true) }, values: answers }];
  return [
    { world: { ...world, state: stateOf(true) }, values: failed },
    {
      world: { ...world, state: stateOf(false) },
      values: types.map((t, i) => (isError(t) ? NIL : answers[i]!)),
    },
  ];
}

/** Does the method say that the credentials are good? Undefined where nobody knows. */
function saysYes(method: GoFunction, values: readonly Value[]): boolean | undefined {
  let yes: boolean | undefined = true;
  resultTypes(method).forEach((type, i) => {
    const value = values[i];
    if (value === undefined) return;
    const good = isError(type)
      ? isNil(value)
      : isBool(type)
        ? value.kind === 'constant'
          ? value.value === true
          : undefined
        : true;
    if (good === false) yes = false;
    else if (good === undefined && yes === true) yes = undefined;
  });
  return yes;
}
