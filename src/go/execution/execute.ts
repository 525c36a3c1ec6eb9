/**
 * Execution by cases: runs a function over all its paths, each with what is known on it.
 *
 *     func (t *Wiz) Invoke() error {
 *       if err := t.check(); err != nil { return err }     // check is executed; where it comes out with an error, nothing else happens
 *       return t.enumerate()
 *     }
 *
 * It is a symbolic execution of a small domain: nil or not, true or false, which function, which object (`value.ts`), so that the number of
 * cases is finite; where a block is entered with too many, they are joined. Calls are executed with what they are given. What the cases
 * are asked about is the observer's business (`execution.ts`).
 *
 * Goroutines run to their end where they start. Run-time panics do not happen. What others do to a variable meanwhile is not seen.
 */

import { variablesOf } from '../flow/accesses.ts';
import type { BasicBlock, FlowNode } from '../flow/cfg.ts';
import { deferOf } from '../flow/evaluation.ts';
import { isReadAfter } from '../flow/liveness.ts';
import { startOf } from '../flow/places.ts';
import { PANICKING } from './builtins.ts';
import { cellOf } from './cells.ts';
import { leave } from './edges.ts';
import type { Results } from './evaluate.ts';
import type { Execution, Frame, Result, Target } from './execution.ts';
import { executeNode, runDeferred } from './statements.ts';
import { keyOf, numberOf, UNKNOWN, type Value, zeroOf } from './value.ts';
import { forget, joinWorlds, read, type World, worldKey, write } from './world.ts';

/** With more worlds than this, a block's worlds are joined. */
const MAX_WORLDS = 40;

export interface Activation {
  readonly stack: Frame['stack'];
  readonly depth: number;
  readonly deferredBy: number | undefined;
  /** The last argument is a slice for the variadic parameter. */
  readonly spread: boolean;
}

/** How a function comes out that is called with these values. */
export function execute<S>(
  x: Execution<S>,
  target: Target,
  args: readonly Value[],
  world: World<S>,
  { stack, depth, deferredBy, spread }: Activation,
): Results<S> {
  const { fn } = target;
  const frame: Frame = {
    fn,
    depth,
    scopes: new Map([...target.scopes, [fn.node, depth]]),
    stack,
    deferredBy,
  };
  const outerPanics = x.panics.get(depth);
  const panics: World<S>[] = [];
  x.panics.set(depth, panics);
  const ends = flow(x, frame, bind(frame, target.receiver, args, spread, world));
  const results: Result<S>[] = [];
  for (const end of ends) results.push(...finish(x, frame, end));
  for (const panicking of panics.splice(0)) {
    const ended = runExit(x, frame, write(panicking, PANICKING, UNKNOWN));
    for (const w of ended) {
      if (read(w, PANICKING) === undefined) results.push(resultsAt(frame, w));
      else x.panics.get(depth - 1)?.push(leaveFrame(frame, w, []));
    }
  }
  if (outerPanics === undefined) x.panics.delete(depth);
  else x.panics.set(depth, outerPanics);
  return unique(
    x,
    results.map((r) => ({ world: leaveFrame(frame, r.world, r.values), values: r.values })),
  );
}

/** More cases than this that return the same are one case. */
const MAX_CASES = 4;

function unique<S>(x: Execution<S>, results: readonly Result<S>[]): Results<S> {
  const found = new Map<string, Result<S>>();
  for (const r of results) {
    const values = `>${r.values.map(keyOf).join()}`;
    if (results.length <= MAX_CASES) {
      found.set(worldKey(r.world, x.observer.stateKey) + values, r);
      continue;
    }
    const key = x.observer.stateKey(r.world.state) + values;
    const before = found.get(key);
    found.set(key, before === undefined ? r : { ...r, world: joinWorlds(before.world, r.world) });
  }
  return [...found.values()];
}

/** Parameters get their values, named results zero. */
function bind<S>(
  frame: Frame,
  receiver: Value | undefined,
  given: readonly Value[],
  spread: boolean,
  world: World<S>,
): World<S> {
  const { fn } = frame;
  let w = world;
  const set = (variable: Parameters<typeof cellOf>[0], value: Value): void => {
    const cell = cellOf(variable, frame);
    if (cell !== undefined) w = write(w, cell, value);
  };
  let args = given;
  // `(*T).Method(t)`: the receiver is the first argument.
  if (fn.receiver !== undefined) {
    const first = receiver === undefined && args.length > fn.params.length ? args[0] : receiver;
    if (receiver === undefined && args.length > fn.params.length) args = args.slice(1);
    set(fn.receiver, first ?? UNKNOWN);
  }
  fn.params.forEach((param, i) => {
    const isVariadic =
      i === fn.params.length - 1 && args.length !== 0 && fn.node.type.params.at(-1)?.variadic === true;
    const value = isVariadic && !spread ? { kind: 'list' as const, elements: args.slice(i) } : args[i];
    set(param, value ?? UNKNOWN);
  });
  for (const result of fn.results)
    if (result.name !== '') set(result, zeroOf(result.type, cellOf(result, frame) ?? ''));
  return w;
}

/** The worlds in which control reaches the end of the function, before its deferred calls. */
function flow<S>(x: Execution<S>, frame: Frame, start: World<S>): readonly World<S>[] {
  const { cfg } = frame.fn;
  const seen = new Map<BasicBlock, { readonly keys: Set<string>; readonly joined: Map<string, World<S>> }>();
  const ends: World<S>[] = [];
  const open: { readonly block: BasicBlock; readonly world: World<S> }[] = [];
  const enter = (block: BasicBlock, entering: World<S>): void => {
    if (block === cfg.abort) return;
    let world = x.observer.settled(entering.state)
      ? { ...entering, cells: new Map<string, Value>() }
      : withoutDead(frame, block, entering);
    let known = seen.get(block);
    if (known === undefined) {
      known = { keys: new Set(), joined: new Map() };
      seen.set(block, known);
    }
    if (known.keys.size >= MAX_WORLDS) {
      const state = x.observer.stateKey(world.state);
      const before = known.joined.get(state);
      world = before === undefined ? world : joinWorlds(before, world);
      known.joined.set(state, world);
    }
    const key = worldKey(world, x.observer.stateKey);
    if (known.keys.has(key)) return;
    known.keys.add(key);
    if (block === cfg.exit) ends.push(world);
    else open.push({ block, world });
  };
  enter(cfg.entry, start);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (x.budget.steps <= 0) break;
    const { block, world } = next;
    let worlds: readonly World<S>[] = [world];
    const last = decidingNode(block);
    for (const node of block.nodes) {
      if (node === last) break;
      x.budget.steps -= worlds.length;
      worlds = worlds.flatMap((w) => executeNode(x, frame, node, w));
    }
    x.budget.steps -= worlds.length;
    for (const w of worlds)
      for (const { edge, world: after } of leave(x, frame, block, w)) enter(edge.to, after);
  }
  return ends;
}

const dead = new WeakMap<BasicBlock, readonly string[]>();

/** Forgets variables whose value nobody reads any more: worlds that differ in them only are one. */
function withoutDead<S>(frame: Frame, block: BasicBlock, world: World<S>): World<S> {
  let names = dead.get(block);
  if (names === undefined) {
    const variables = variablesOf(frame.fn.cfg, frame.fn.pkg.info);
    names = variables.variables
      .filter((v, i) => !variables.outer[i] && !isReadAfter(variables, startOf(block), v))
      .map((v) => `v${numberOf(v)}`);
    dead.set(block, names);
  }
  if (names.length === 0) return world;
  const cells = new Map(world.cells);
  for (const name of names) cells.delete(`${name}@${frame.depth}`);
  return cells.size === world.cells.size ? world : { ...world, cells };
}

/** The condition or case value that decides which edge is taken: evaluated there, not before. */
function decidingNode(block: BasicBlock): FlowNode | undefined {
  const why = block.succs[0]?.why.kind;
  return why === 'true' || why === 'false' || why === 'case' || why === 'not-case'
    ? block.nodes.at(-1)
    : undefined;
}

function finish<S>(x: Execution<S>, frame: Frame, end: World<S>): Results<S> {
  return runExit(x, frame, end).map((w) => resultsAt(frame, w));
}

/** Executes the deferred calls. */
function runExit<S>(x: Execution<S>, frame: Frame, end: World<S>): readonly World<S>[] {
  const { cfg } = frame.fn;
  let worlds: readonly World<S>[] = [end];
  for (const node of cfg.exit.nodes) {
    const stmt = deferOf(cfg, node);
    if (stmt !== undefined) worlds = worlds.flatMap((w) => runDeferred(x, frame, stmt, w));
  }
  return worlds;
}

function resultsAt<S>(frame: Frame, world: World<S>): Result<S> {
  const values = frame.fn.results.map((result, i) => {
    const cell = result.name !== '' && result.name !== '_' ? cellOf(result, frame) : `t${i}@${frame.depth}`;
    return (cell && read(world, cell)) || UNKNOWN;
  });
  return { world, values };
}

const OWN = /^[vtiod]\d+@(\d+)$/;

/** What belongs to the activation goes with it, unless a function value or pointer still leads there. */
function leaveFrame<S>(frame: Frame, world: World<S>, values: readonly Value[]): World<S> {
  const mark = `@${frame.depth}`;
  const belongs = (cell: string): boolean => {
    const depth = cell.match(/@(\d+)/)?.[1];
    return depth !== undefined && Number(depth) >= frame.depth;
  };
  const refers = (value: Value): boolean => keyOf(value).includes(mark);
  const kept =
    values.some(refers) || [...world.cells].some(([cell, value]) => !belongs(cell) && refers(value));
  if (!kept) return forget(world, belongs);
  return forget(world, (cell) => belongs(cell) && OWN.test(cell) && !cell.startsWith('v'));
}
