/**
 * The run of an integration, watched: what happens before its credentials are known to be good, and what although they are not.
 *
 *     t.warmUp()                                       fresh -> dirty, because of this
 *     if err := t.ValidateCredentials(); err != nil {  a validation that is not the first
 *       slog.Warn("…")                                 failed
 *     }
 *     t.enumerate()                                    an effect although it has failed
 *
 * The execution follows each case to its end (`go/execution`). A validation comes out in two: the credentials are good (and nothing more
 * is to be said), or they are bad, and then the run must end. What happens in the latter case only, such as telling somebody, is no "going
 * on" as long as it sends nothing: going on is doing what is also done with good credentials.
 */
import { afterUnknown, functionsIn, opaque } from '../../go/execution/call.ts';
import { isError, resultsOf } from '../../go/execution/evaluate.ts';
import { execute } from '../../go/execution/execute.ts';
import {
  type Frame,
  isComplete,
  newExecution,
  type Observer,
  type Result,
  type Site,
} from '../../go/execution/execution.ts';
import { FALSE, NIL, SOMETHING, TRUE, UNKNOWN, type Value } from '../../go/execution/value.ts';
import type { World } from '../../go/execution/world.ts';
import type { GoFunction } from '../../go/package.ts';
import type { Type } from '../../go/semantics/types.ts';
import type { CallExpr, Node } from '../../go/syntax/ast.ts';
import type { Integration } from '../../integrations/integration.ts';
import type { Platform } from '../../integrations/platform.ts';
import { isFlagOfSuccess, newFlags } from './flags.ts';
import { isTooMuch, reachability } from './reach.ts';

/** Something that must not happen before the validation, nor after a failed one. */
export interface Effect {
  readonly kind: 'asks' | 'sends' | 'starts' | 'unproven';
  /** The sink, the send, the go statement, or the call that cannot be followed. */
  readonly at: Node;
  /** As a message names it. */
  readonly what: string;
  /** The calls that lead to it, outermost first, itself last. */
  readonly stack: readonly Node[];
  /** Happens in a deferred call. */
  readonly deferred: boolean;
}

/** A call of ValidateCredentials, or the place where the method is handed over to somebody who calls it. */
export interface Validation {
  readonly at: Node;
  readonly stack: readonly Node[];
}

export interface Watched {
  readonly validations: readonly Validation[];
  /** Validations before which something has happened. */
  readonly late: readonly { readonly validation: Validation; readonly after: Effect | undefined }[];
  /** What happens in a run that has not validated at all. */
  readonly unvalidated: readonly Effect[];
  readonly ignored: readonly { readonly validation: Validation; readonly effect: Effect }[];
  /** Calls that cannot be followed and may ask, before the credentials are known to be good. */
  readonly unproven: readonly Effect[];
  /** One of them may validate. */
  readonly mayValidate: boolean;
  readonly complete: boolean;
}

interface State {
  /** `done`: validated, or it cannot be said. */
  readonly phase: 'fresh' | 'dirty' | 'failed' | 'done';
  readonly effect: Effect | undefined;
  readonly validation: Validation | undefined;
}

const FRESH: State = { phase: 'fresh', effect: undefined, validation: undefined };
const DONE: State = { phase: 'done', effect: undefined, validation: undefined };

export function watchRun(
  integration: Integration,
  entry: GoFunction,
  target: GoFunction,
  platform: Platform,
): Watched {
  const { program } = integration.pkg;
  const { vocabulary } = platform;
  const validations = new Map<Node, Validation>();
  const late = new Map<Node, { validation: Validation; after: Effect | undefined }>();
  const failures: { readonly validation: Validation; readonly effect: Effect }[] = [];
  const unproven = new Map<Node, Effect>();
  /** The ways to what happens with good credentials: calls are numbered, a way is the text of their numbers. */
  const good = new Set<string>();
  let mayValidate = false;
  const flags = newFlags();

  const wayOf = (stack: readonly Node[]) => stack.map((node) => node.pos).join('/');

  const effectAt = (kind: Effect['kind'], at: Node, what: string, frame: Frame): Effect => ({
    kind,
    at,
    what,
    stack: [...frame.stack, at],
    deferred: frame.deferredBy !== undefined,
  });

  /** What happened before any validation, and what was known then: a flag may say that an earlier run has validated. */
  const early: { readonly effect: Effect; readonly cells: World<State>['cells'] }[] = [];

  const happens = (effect: Effect, { state, cells }: World<State>): State => {
    if (effect.kind === 'unproven' && state.phase === 'fresh') {
      unproven.set(effect.at, effect);
      return state;
    }
    if (state.phase === 'fresh') {
      if (!effect.deferred) early.push({ effect, cells });
      return { ...state, phase: 'dirty', effect };
    }
    if (state.phase === 'failed' && !effect.deferred)
      failures.push({ validation: state.validation!, effect });
    return state;
  };

  const validationAt = ({ call, callee, fun, frame, handedOver = false }: Site): Validation => {
    // Where it is called as one of several functions, or by somebody who was given it, the reader must see who put it there.
    const named = callee.kind === 'function' || callee.kind === 'interface';
    const elsewhere = fun !== undefined && (handedOver || fun.madeIn !== frame.fn || !named);
    return { at: elsewhere ? fun.at : call, stack: [...frame.stack, call] };
  };

  const validate = (site: Site, world: World<State>): readonly Result<State>[] => {
    const { state } = world;
    const known = validationAt(site);
    const validation = validations.get(known.at) ?? known;
    validations.set(validation.at, validation);
    const results = resultTypes(target);
    const good = { world: { ...world, state: DONE }, values: results.map(goodValue) };
    if (state.phase === 'done') return [good];
    if (state.phase === 'dirty' || site.frame.deferredBy === 0) {
      if (!late.has(validation.at)) late.set(validation.at, { validation, after: state.effect });
      return [good];
    }
    const failed = { ...world, state: { phase: 'failed' as const, effect: undefined, validation } };
    return [good, ...badValues(results).map((values) => ({ world: failed, values }))];
  };

  const isTarget = ({ callee, fun, targets }: Site): boolean => {
    if (fun !== undefined) return fun.fn === target;
    return callee.kind === 'interface'
      ? callee.method.name === vocabulary.credentialsMethod && targets.some(({ fn }) => fn === target)
      : targets.some(({ fn }) => fn === target);
  };

  const observer: Observer<State> = {
    stateKey: ({ phase, effect, validation }) =>
      `${phase}${effect?.at.pos ?? ''}${effect?.deferred === true ? 'd' : ''},${validation?.at.pos ?? ''}`,
    settled: ({ phase }) => phase === 'done',
    consult: (state) => state,
    step: (node, frame, world) => flags.note(node, frame, world.state.phase === 'done'),
    spawn(at, frame, world) {
      const before = world.state;
      if (before.phase === 'done') good.add(wayOf([...frame.stack, at]));
      const inside = happens(effectAt('starts', at, 'a goroutine is started', frame), world);
      // Whatever comes of a validation in there, nobody waits for it.
      return {
        inside,
        after: (end) => (before.phase === 'fresh' ? inside : before.phase === 'failed' ? before : end),
      };
    },
    call(site, world) {
      const { call, callee, frame, args } = site;
      if (isTarget(site)) return validate(site, world);
      const stack = [...frame.stack, call];
      const done = world.state.phase === 'done';
      if (done) {
        const runs = [...site.targets, ...functionsIn(args)];
        if (
          effectAlone(call) ||
          runs.some(({ fn }) => reach(fn).effect !== undefined) ||
          platform.mightAsk(call, callee)
        )
          good.add(wayOf(stack));
        return [{ world, values: resultsOf(frame, call, false) }];
      }
      if (platform.isLogging(call)) return [{ world, values: resultsOf(frame, call, false) }];
      const own = callee.kind !== 'closure';
      const sink = own ? platform.sinkAt(call) : undefined;
      const sends = own && platform.sendAt(call) !== undefined;
      if (sink !== undefined || sends) {
        const effect = sends
          ? effectAt('sends', call, `${textOf(call)} sends`, frame)
          : effectAt('asks', call, `${sink?.name} asks`, frame);
        return [
          { world: { ...world, state: happens(effect, world) }, values: resultsOf(frame, call, false) },
        ];
      }
      if (site.targets.length > 0) return summarised(site, world);
      if (platform.isOutOfSight(callee) && args.some(isHandle)) {
        const effect = effectAt('unproven', call, textOf(call), frame);
        unproven.set(call, effect);
        mayValidate = true;
        return [{ world: { ...world, state: DONE }, values: resultsOf(frame, call, false) }];
      }
      if (!platform.mightAsk(call, callee)) return undefined;
      const effect = effectAt('unproven', call, textOf(call), frame);
      return opaque(x, site, { ...world, state: happens(effect, world) });
    },
  };

  const effectAlone = (call: CallExpr) =>
    platform.sinkAt(call) !== undefined || platform.sendAt(call) !== undefined;

  const textOf = (call: Node) => program.files.textOf(call.kind === 'CallExpr' ? call.fun : call);

  const reach = reachability(program, platform, target);
  const leadsSomewhere = (fn: GoFunction): boolean => reach(fn).validates || reach(fn).effect !== undefined;

  /** Could somebody who has this value validate, ask or send by it? */
  const isHandle = (value: Value): boolean => {
    if (value.kind === 'object') return value.name === SELF;
    if (value.kind === 'list') return value.elements.some(isHandle);
    return value.kind === 'function' && leadsSomewhere(value.fn);
  };

  /** What a call comes to that is not worth following: undefined if it is. */
  const summarised = (site: Site, world: World<State>): readonly Result<State>[] | undefined => {
    const { frame, call, targets, args } = site;
    const fns = [...targets, ...functionsIn(args)].map(({ fn }) => fn);
    if (fns.some((fn) => reach(fn).validates)) return undefined;
    if (!fns.some((fn) => isTooMuch(program, fn, reach(fn)))) return undefined;
    const values = resultsOf(frame, call, false);
    const effect = fns.map((fn) => reach(fn).effect).find((e) => e !== undefined);
    const after = afterUnknown(site, world);
    if (effect === undefined) return [{ world: after, values }];
    const state = happens(effectAt(effect.kind, call, effect.what, frame), world);
    return [{ world: { ...after, state }, values }];
  };

  const x = newExecution(program, observer);
  const receiver = selfAs(integration, vocabulary.entryMethod);
  execute(
    x,
    { fn: entry, scopes: new Map(), receiver },
    [],
    { cells: new Map(), state: FRESH },
    {
      stack: [],
      depth: 0,
      deferredBy: undefined,
      spread: false,
    },
  );
  const unvalidated = early.flatMap(({ effect, cells }) =>
    isFlagOfSuccess(flags, integration, cells) ? [] : [effect],
  );
  return {
    validations: [...validations.values()],
    late: [...late.values()],
    unvalidated,
    ...judgeFailures(failures, good, wayOf, unproven),
    mayValidate,
    complete: isComplete(x),
  };
}

/** Which of the things that happen after a failed validation show that the run goes on. */
function judgeFailures(
  failures: readonly { readonly validation: Validation; readonly effect: Effect }[],
  good: ReadonlySet<string>,
  wayOf: (stack: readonly Node[]) => string,
  unproven: Map<Node, Effect>,
): Pick<Watched, 'ignored' | 'unproven'> {
  const alsoGood = ({ stack }: Effect) => stack.some((_, i) => good.has(wayOf(stack.slice(0, i + 1))));
  const ignored = failures.filter(
    ({ effect }) => effect.kind === 'sends' || good.size === 0 || alsoGood(effect),
  );
  for (const { effect } of ignored) if (effect.kind === 'unproven') unproven.set(effect.at, effect);
  return {
    ignored: ignored.filter(({ effect }) => effect.kind !== 'unproven'),
    unproven: [...unproven.values()],
  };
}

export const SELF = 'self';

/** The integration as the receiver of a method that may be promoted from what it embeds. */
export function selfAs(integration: Integration, method: string): Value {
  const { type, pkg } = integration;
  const member = pkg.program.lookupMember({ kind: 'pointer', elem: type.type }, method);
  const path = member?.kind === 'method' ? member.path : [];
  const last = path.at(-1)?.type;
  const named = last?.kind === 'pointer' ? last.elem : last;
  return {
    kind: 'object',
    name: [SELF, ...path.map((field) => field.name)].join('.'),
    type: path.length === 0 ? type : named?.kind === 'named' ? named.object : undefined,
    zero: false,
  };
}

export function resultTypes(fn: GoFunction): readonly Type[] {
  return fn.results.map((result) => result.type);
}

export function isBool(type: Type): boolean {
  const under = type.kind === 'named' ? type.underlying : type;
  return under.kind === 'basic' && under.name === 'bool';
}

function goodValue(type: Type): Value {
  if (isError(type)) return NIL;
  return isBool(type) ? TRUE : UNKNOWN;
}

/** How a validation says that the credentials are bad: by its error, or by a boolean. */
function badValues(types: readonly Type[]): readonly (readonly Value[])[] {
  const bad: Value[][] = [];
  if (types.some(isError)) bad.push(types.map((t) => (isError(t) ? SOMETHING : isBool(t) ? FALSE : UNKNOWN)));
  if (types.some(isBool)) bad.push(types.map((t) => (isError(t) ? NIL : isBool(t) ? FALSE : UNKNOWN)));
  return bad.length > 0 ? bad : [types.map(() => UNKNOWN)];
}
