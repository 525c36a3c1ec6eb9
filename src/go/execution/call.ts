/**
 * Calls: what they evaluate, whom they reach, and how they come out.
 *
 *     t.retry(3, t.ping)     the body of retry is executed with 3 and the method value; ping where retry calls it
 *
 * A body that cannot be followed (no source, recursion, too deep) is opaque: its results are unknown, and what it was given by reference
 * may have changed. Functions given to opaque code may be called or not.
 */
import type { Callee } from '../calls/callee.ts';
import { type CallExpr, type Expr, type Node, unparen } from '../syntax/ast.ts';
import { callBuiltin } from './builtins.ts';
import { giveAway } from './cells.ts';
import {
  andThen,
  evaluate,
  evaluateAll,
  methodOf,
  one,
  type Results,
  receiverOf,
  resultsOf,
} from './evaluate.ts';
import { execute } from './execute.ts';
import type { Execution, Frame, Result, Site, Target } from './execution.ts';
import { knownFunction } from './known-functions.ts';
import {
  FALSE,
  type FunctionValue,
  isNil,
  isTracked,
  NIL,
  SOMETHING,
  UNKNOWN,
  unknown,
  type Value,
} from './value.ts';
import { distinct, read, type World, write } from './world.ts';

/** Deeper calls, and a function that is called within itself more than once, are not followed. */
const MAX_DEPTH = 24;
const MAX_RECURSION = 2;
/** More targets than that are not told apart. */
const MAX_TARGETS = 6;

interface Callable<S> {
  readonly world: World<S>;
  readonly fun: FunctionValue | undefined;
  readonly receiver: Value | undefined;
}

export function evaluateCall<S>(x: Execution<S>, frame: Frame, call: CallExpr, world: World<S>): Results<S> {
  const callee = x.program.calleeOf(call);
  if (callee.kind === 'conversion')
    return evaluateAll(x, frame, call.args, world).map(({ world: w, values }) => ({
      world: w,
      values: [values[0] ?? UNKNOWN],
    }));
  if (callee.kind === 'builtin') return callBuiltin(x, frame, call, callee.name, world);
  const results: Result<S>[] = [];
  for (const { world: w, fun, receiver } of callables(x, frame, call, callee, world))
    for (const given of argumentsOf(x, frame, call, w)) {
      const site = { call, callee, frame, fun, receiver, args: given.values };
      results.push(...invoke(x, { ...site, targets: targetsOf(x, site) }, given.world));
    }
  return distinctResults(x, results);
}

/** The same cases of a call need not be followed twice. */
function distinctResults<S>(x: Execution<S>, results: readonly Result<S>[]): Results<S> {
  if (results.length < 12) return results;
  const settled = results.filter((r) => x.observer.settled(r.world.state));
  const others = results.filter((r) => !x.observer.settled(r.world.state));
  const kept = new Map(settled.map((r) => [x.observer.stateKey(r.world.state), r]));
  return [...kept.values(), ...others];
}

/** What is called, in each way in which its operand comes out. */
function callables<S>(
  x: Execution<S>,
  frame: Frame,
  call: CallExpr,
  callee: Callee,
  world: World<S>,
): readonly Callable<S>[] {
  const fun = unparen(call.fun);
  if (fun.kind === 'SelectorExpr') {
    const selection = frame.fn.pkg.info.selectionOf(fun);
    if (selection?.kind === 'qualified' && callee.kind === 'function' && selection.object?.kind !== 'var')
      return [{ world, fun: undefined, receiver: undefined }];
    if (selection?.kind === 'method')
      return evaluate(x, frame, fun.x, world).map(({ world: w, values }) => {
        const base = values[0] ?? UNKNOWN;
        const { method } = selection;
        const found = method.interfaceMethod ? methodOf(x, w, base, method.name) : undefined;
        if (found === undefined)
          return { world: w, fun: undefined, receiver: receiverOf(w, base, selection.path) };
        const value: FunctionValue = {
          kind: 'function',
          ...found,
          scopes: new Map(),
          at: fun,
          madeIn: frame.fn,
        };
        return { world: w, fun: value, receiver: found.receiver };
      });
    if (selection?.kind === 'method-expression') return [{ world, fun: undefined, receiver: undefined }];
  }
  if (
    fun.kind === 'Ident' &&
    callee.kind === 'function' &&
    callee.func.name === fun.name &&
    isNamedFunction(frame, fun)
  )
    return [{ world, fun: undefined, receiver: undefined }];
  return andThen(evaluate(x, frame, fun, world), (w, value) =>
    value.kind === 'choice' ? value.of.flatMap((v) => one(w, v)) : one(w, value),
  ).map(({ world: w, values: [value] }) => ({
    world: w,
    fun: value?.kind === 'function' ? value : undefined,
    receiver: value?.kind === 'function' ? value.receiver : undefined,
  }));
}

function isNamedFunction(frame: Frame, fun: Extract<Expr, { kind: 'Ident' }>): boolean {
  return frame.fn.pkg.info.objectOf(fun)?.kind === 'func';
}

function argumentsOf<S>(x: Execution<S>, frame: Frame, call: CallExpr, world: World<S>): Results<S> {
  const [only] = call.args;
  // f(g()): the results of g are the arguments.
  if (call.args.length === 1 && unparen(only!).kind === 'CallExpr') return evaluate(x, frame, only!, world);
  return evaluateAll(x, frame, call.args, world);
}

/** The bodies that a call may run. */
export function targetsOf<S>(
  x: Execution<S>,
  { callee, fun, receiver }: Pick<Site, 'callee' | 'fun' | 'receiver'>,
): readonly Target[] {
  if (fun !== undefined) return [{ fn: fun.fn, scopes: fun.scopes, receiver: fun.receiver }];
  const none = new Map();
  let targets: readonly Target[] = [];
  switch (callee.kind) {
    case 'function':
      if (callee.body !== undefined) targets = [{ fn: callee.body, scopes: none, receiver }];
      break;
    case 'interface':
      targets = callee.implementations.map((fn) => ({ fn, scopes: none, receiver: undefined }));
      break;
    case 'closure':
      targets = callee.functions.map((fn) => ({ fn, scopes: none, receiver: undefined }));
      break;
    default:
  }
  return targets.length > 1 && x.observer.choose !== undefined ? x.observer.choose(targets) : targets;
}

/** How a call comes out, its operands being evaluated. */
export function invoke<S>(x: Execution<S>, site: Site, world: World<S>): Results<S> {
  const observed = x.observer.call(site, world);
  if (observed !== undefined) return observed;
  const known = knownFunction(site.callee);
  if (known === 'starts') return started(x, site, world);
  if (known === 'calls') return handedOver(x, site, world);
  if (known !== undefined) return one(world, knownResult(known, site, world));
  const { targets, frame } = site;
  const followed = targets.length <= MAX_TARGETS && targets.every(({ fn }) => mayFollow(x, frame, fn));
  if (targets.length === 0 || !followed) return opaque(x, site, world);
  return targets.flatMap((target) => follow(x, site, target, site.args, world));
}

function mayFollow<S>(x: Execution<S>, frame: Frame, fn: Target['fn']): boolean {
  if (x.budget.steps <= 0 || frame.depth >= MAX_DEPTH) return false;
  let active = frame.fn === fn ? 1 : 0;
  for (const at of frame.stack) if (x.program.functionAt(at.pos) === fn) active++;
  return active < MAX_RECURSION;
}

function follow<S>(
  x: Execution<S>,
  { call, frame }: Pick<Site, 'call' | 'frame'>,
  target: Target,
  args: readonly Value[],
  world: World<S>,
): Results<S> {
  return execute(x, target, args, world, {
    stack: [...frame.stack, call],
    depth: frame.depth + 1,
    deferredBy: frame.deferredBy,
    spread: call.ellipsis,
  });
}

/** Calls a function that is a value, on behalf of a call that was given it. */
function callValue<S>(x: Execution<S>, site: Site, fun: FunctionValue, world: World<S>): Results<S> {
  const callee: Callee = { kind: 'closure', functions: [fun.fn] };
  const targets: readonly Target[] = [{ fn: fun.fn, scopes: fun.scopes, receiver: fun.receiver }];
  return invoke(
    x,
    { ...site, callee, fun, receiver: fun.receiver, args: [], targets, handedOver: true },
    world,
  );
}

/**
 * Runs something as a goroutine that has ended when its starter goes on: sooner than in truth, but then what comes of it can be waited for.
 */
export function spawn<S>(
  x: Execution<S>,
  at: Node,
  frame: Frame,
  world: World<S>,
  go: (world: World<S>) => Results<S>,
): Results<S> {
  const { inside, after } = x.observer.spawn(at, frame, world);
  const start: World<S> = { ...world, state: inside };
  // A panic in a goroutine ends the process: nobody goes on.
  const outer = x.panics.get(frame.depth);
  x.panics.set(frame.depth, []);
  const ends = go(start);
  if (outer === undefined) x.panics.delete(frame.depth);
  else x.panics.set(frame.depth, outer);
  // One that does not end (a heartbeat) leaves its starter to itself.
  const results = ends.length > 0 ? ends : [{ world: start, values: [] }];
  return results.map((r) => ({ world: { ...r.world, state: after(r.world.state) }, values: r.values }));
}

/** `g.Go(f)`: the group remembers the first error, `g.Wait()` returns it. */
function started<S>(x: Execution<S>, site: Site, world: World<S>): Results<S> {
  const group = site.receiver?.kind === 'object' ? `${site.receiver.name}.<error>` : undefined;
  const ends = spawn(x, site.call, site.frame, world, (start) =>
    functionsIn(site.args).flatMap((fun) => callValue(x, site, fun, start)),
  );
  return ends.map(({ world: w, values }) => {
    const error = values.at(-1);
    const before = group === undefined ? undefined : read(w, group);
    const keeps = before !== undefined && isNil(before) === false;
    const after = group === undefined || error === undefined || keeps ? w : write(w, group, error);
    return { world: after, values: resultsOf(site.frame, site.call, false) };
  });
}

/** Functions that are known to call what they are given: the results are its results. */
function handedOver<S>(x: Execution<S>, site: Site, world: World<S>): Results<S> {
  const functions = functionsIn(site.args);
  if (functions.length === 0) return opaque(x, site, world);
  const own = resultsOf(site.frame, site.call, site.args.some(isTracked));
  return functions.flatMap((fun) =>
    callValue(x, site, fun, world).map(({ world: w, values }) => ({
      world: w,
      // The error is the last result of both; other results are known if there are as many.
      values: own.map((value, i) => (values.length === 0 ? value : (values.at(i - own.length) ?? value))),
    })),
  );
}

export function functionsIn(args: readonly Value[]): readonly FunctionValue[] {
  return args.flatMap((v) => (v.kind === 'choice' ? v.of : [v]).filter((one) => one.kind === 'function'));
}

function knownResult<S>(
  known: NonNullable<ReturnType<typeof knownFunction>>,
  { args, receiver, call }: Site,
  world: World<S>,
): Value {
  const tracked = args.some(isTracked);
  switch (known) {
    case 'makes-error':
      return { kind: 'something', tracked };
    case 'nil-if-all-are': {
      const errors = args.flatMap((v, i) =>
        v.kind === 'list' && call.ellipsis && i === args.length - 1 ? v.elements : [v],
      );
      const candidates = errors.filter((v) => v.kind !== 'constant' && v.kind !== 'list');
      if (candidates.some((v) => isNil(v) === false)) return { kind: 'something', tracked };
      const spreadUnknown = call.ellipsis && args.at(-1)?.kind !== 'list';
      return !spreadUnknown && candidates.every((v) => isNil(v) === true) ? NIL : unknown(tracked);
    }
    case 'false-of-nil':
      return args[0] !== undefined && isNil(args[0]) === true ? FALSE : unknown(tracked);
    case 'waits':
      return receiver?.kind === 'object' ? (read(world, `${receiver.name}.<error>`) ?? NIL) : UNKNOWN;
    default:
      return SOMETHING;
  }
}

/** What the call was given by reference may have changed: fields of objects and variables behind pointers. */
export function afterUnknown<S>(site: Site, world: World<S>): World<S> {
  const { args, receiver, targets } = site;
  const tracked = args.some(isTracked) || (receiver !== undefined && isTracked(receiver));
  let after = world;
  for (const arg of args) {
    if (arg.kind === 'object') after = giveAway(after, arg, tracked);
    else if (arg.kind === 'cell') after = write(after, arg.cell, unknown(tracked));
  }
  // Methods of other people's types do not change the fields that are known here; those of the project may.
  if (receiver?.kind === 'object' && (receiver.zero || targets.length > 0))
    after = giveAway(after, receiver, tracked);
  return after;
}

/** Nothing is known of what the call does, but for its types. */
export function opaque<S>(x: Execution<S>, site: Site, world: World<S>): Results<S> {
  const { args, receiver, frame, call } = site;
  const tracked = args.some(isTracked) || (receiver !== undefined && isTracked(receiver));
  const worlds = functionsIn(args).reduce<readonly World<S>[]>(
    (so, fun) =>
      distinct(
        so.flatMap((w) => [w, ...callValue(x, site, fun, w).map((r) => r.world)]),
        x.observer.stateKey,
      ),
    [afterUnknown(site, world)],
  );
  const values = resultsOf(frame, call, tracked);
  return worlds.map((w) => ({ world: w, values }));
}
