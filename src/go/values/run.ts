/**
 * Running a function: worlds go through its graph until nothing new comes.
 *
 * Each block keeps the worlds that have come to it, one per signature; what comes later and knows nothing new goes no further. Values are
 * finite (see `identity.ts`), and where too many worlds come together they are put into one, so that it ends.
 */

import type { BasicBlock, Edge } from '../flow/cfg.ts';
import { deferOf } from '../flow/evaluation.ts';
import { reversePostorder } from '../flow/graph.ts';
import type { GoFunction } from '../package.ts';
import type { Var } from '../semantics/objects.ts';
import { UNKNOWN } from '../semantics/universe.ts';
import type { Expr, Ranged } from '../syntax/ast.ts';
import { isDamaged } from '../syntax/parse-file.ts';
import { equal, truths, typeTest } from './conditions.ts';
import { evaluate, fresh, renewed } from './evaluate.ts';
import { runStarted } from './goroutines.ts';
import type { Argument, Called, Frame, Machine, Outcome } from './machine.ts';
import { allocate, elementsOf } from './memory.ts';
import { PLACED } from './placed.ts';
import { keep, locationOf, release } from './places.ts';
import { planOf } from './plan.ts';
import { endRange, hasTurned, keptAt, mayEnd, mayTurn } from './ranges.ts';
import { dropUnreachable } from './reach.ts';
import { pick } from './renew.ts';
import { declareVariable, execute, runDeferred } from './statements.ts';
import { zeroOf } from './table.ts';
import { originsIn } from './things.ts';
import { callUnknown } from './unknown-calls.ts';
import type { FunctionValue, Location, Value } from './value.ts';
import { merge, type World } from './world.ts';

/** A block that has this many worlds puts the next ones into those that it has. */
const MAX_WORLDS = 16;
/** How many activations of one function may run at a time, and how many functions. */
const MAX_ACTIVATIONS = 3;
const MAX_DEPTH = 40;

/** Runs a function with the arguments of a call; `value`: the literal with what it captured. No outcome: it does not return. */
export function runFunction(
  m: Machine,
  parent: Frame | undefined,
  world: World,
  fn: GoFunction,
  called: Called,
  value: FunctionValue | undefined,
): Outcome[] {
  let activation = 0;
  for (let frame = parent; frame !== undefined; frame = frame.parent) if (frame.fn === fn) activation++;
  // What a deeper activation would do, the ones above have done; what it would return is what they return without it.
  if (activation >= MAX_ACTIVATIONS) return [];
  if (isDamaged(fn.file, fn.node)) m.domain.onGap(fn, 'does not parse');
  if (parent !== undefined && (parent.depth >= MAX_DEPTH || isDamaged(fn.file, fn.node)))
    return callUnknown(m, parent, world, called);
  m.visited.add(fn);
  const f = frameFor(m, parent, world, fn, called, activation, value);
  bindArguments(m, f, world, called);
  return runBody(m, f, world);
}

function frameFor(
  m: Machine,
  parent: Frame | undefined,
  world: World,
  fn: GoFunction,
  called: Called,
  activation: number,
  value: FunctionValue | undefined,
): Frame {
  const received = new Map<object, Expr | undefined>();
  const self = called.receiver === undefined || fn.receiver === undefined ? [] : [fn.receiver.type];
  for (const { value: given, expr } of called.args)
    for (const site of originsIn(m, world, given)) received.set(site, expr);
  // A receiver that is itself a thing is handed over like an argument; one that only has things somewhere is not.
  if (called.receiver !== undefined && self.some((type) => m.domain.guards(withoutPointer(type)) !== 'free'))
    for (const site of originsIn(m, world, called.receiver)) received.set(site, undefined);
  const bindings = new Map<Var, Location>();
  if (value?.target.kind === 'literal')
    for (const [variable, at] of value.target.bindings) bindings.set(variable, captured(m, world, value, at));
  return {
    fn,
    info: fn.pkg.info,
    plan: planOf(fn),
    activation,
    parent,
    called: parent === undefined ? undefined : called,
    key:
      parent === undefined
        ? `${m.table.numberOf(fn)}`
        : `${parent.key}/${m.table.numberOf(called.call)}.${m.table.numberOf(fn)}`,
    depth: (parent?.depth ?? 0) + 1,
    bindings,
    received,
  };
}

function withoutPointer(type: Var['type']): Var['type'] {
  return type.kind === 'pointer' ? type.elem : type;
}

/** Where a captured variable is: where it was, or, if that has been declared anew, in a place of its own. */
function captured(m: Machine, world: World, value: FunctionValue, at: Location): Location {
  const frozen = value.captured.get(at);
  if (frozen === undefined || value.target.kind !== 'literal') return at;
  const place = m.table.values.object(value.target.node, at.type, `captured ${at.id}`);
  world.store.set(place, pick(world, [frozen], value.target.node));
  return place;
}

function bindArguments(m: Machine, f: Frame, world: World, called: Called): void {
  const { fn } = f;
  const { params, results, receiver } = fn;
  const isVariadic = fn.object?.signature.variadic ?? lastIsVariadic(fn);
  const given = called.args.map((arg) => arg.value);
  const self = called.receiver ?? m.table.values.nil;
  const rest = isVariadic ? restOf(m, world, called, params.length - 1, fn) : undefined;
  let pending: readonly Value[] = [self, ...given, ...(rest === undefined ? [] : [rest])];
  const bind = (variable: Var, i: number): void => {
    pending = declareVariable(world, locationOf(m, f, variable), pending, i);
  };
  if (receiver !== undefined) bind(receiver, 0);
  params.forEach((param, i) => {
    const isRest = rest !== undefined && i === params.length - 1;
    if (param.ident === undefined) return;
    if (isRest) bind(param, pending.length - 1);
    else if (i < given.length) bind(param, i + 1);
    else declareVariable(world, locationOf(m, f, param), [fresh(m, param, param.type)], 0);
  });
  for (const result of results)
    declareVariable(world, locationOf(m, f, result), [zeroOf(m.table, result.type, result)], 0);
}

function lastIsVariadic(fn: GoFunction): boolean {
  return fn.node.type.params.at(-1)?.variadic === true;
}

/** The slice that a variadic parameter is given. */
function restOf(m: Machine, world: World, called: Called, from: number, fn: GoFunction): Value {
  const rest: readonly Argument[] = called.args.slice(from);
  const [only] = rest;
  if (rest.length === 1 && only?.spread === true) return only.value;
  const elements = rest.flatMap(({ value, spread }) => (spread ? elementsOf(world, value) : [value]));
  const type = fn.params.at(-1)?.type ?? UNKNOWN;
  return allocate(
    world,
    called.call,
    m.table.values.list(renewed(world, called.call, elements)),
    type,
    'rest',
  );
}

interface Run {
  readonly m: Machine;
  readonly f: Frame;
  /** By block index: the worlds that have come there. */
  readonly come: Map<string, World>[];
  readonly waiting: Set<string>[];
}

function runBody(m: Machine, f: Frame, start: World): Outcome[] {
  const { cfg } = f.fn;
  const order = reversePostorder(cfg);
  const r: Run = { m, f, come: cfg.blocks.map(() => new Map()), waiting: cfg.blocks.map(() => new Set()) };
  const outer = m.panics;
  if (f.plan.recovers) m.panics = [];
  arrive(r, cfg.entry, start);
  for (let more = true; more; ) {
    more = false;
    for (const block of order.blocks) {
      const waiting = r.waiting[block.index]!;
      if (waiting.size === 0 || block === cfg.exit || block === cfg.abort) continue;
      more = true;
      const keys = [...waiting];
      waiting.clear();
      for (const key of keys) pass(r, block, r.come[block.index]!.get(key)!.fork());
    }
  }
  if (f.plan.recovers) {
    // Whoever panicked is at the end of this function now, and it returns what its results were worth.
    for (const world of m.panics ?? []) arrive(r, cfg.exit, world);
    m.panics = outer;
  }
  return [...r.come[cfg.exit.index]!.values()].flatMap((world) => finish(r, world.fork()));
}

/** A world comes to a block; it waits there to be passed on if it knows something new. */
function arrive(r: Run, block: BasicBlock, world: World): void {
  const { m, f } = r;
  const live = r.f.plan.live[block.index]!;
  dropUnreachable(world, (at) => {
    const own =
      at.kind === 'variable' && at.activation === PLACED ? (at.variable as Var) : ownVariable(f, at);
    return own === undefined || live.has(own) || f.fn.results.includes(own);
  });
  const come = r.come[block.index]!;
  let key = keyOf(f, world);
  // Before its first turn a loop knows more of its collection than behind it.
  if (block.stmt?.kind === 'RangeStmt') key += hasTurned(m, f, world, block.stmt) ? '+' : '-';
  // What is returned goes with what is known where it is returned.
  if (block === f.fn.cfg.exit)
    key += f.fn.results.map((result) => plainText(world.store.get(locationOf(m, f, result)))).join();
  let known = come.get(key);
  if (known === undefined && come.size >= MAX_WORLDS) {
    [key, known] = [...come][come.size - 1]!;
  }
  if (known === undefined) {
    come.set(key, world);
    r.waiting[block.index]!.add(key);
  } else if (merge(known, world)) r.waiting[block.index]!.add(key);
}

/** Worlds with different keys stay apart where they meet. */
function keyOf(f: Frame, world: World): string {
  return `${world.signature()}#${flagsOf(f, world)}`;
}

/** Booleans of this activation that are one or the other: what was learnt on the ways there often hangs on them. */
function flagsOf(f: Frame, world: World): string {
  const flags: string[] = [];
  for (const [at, value] of world.store)
    if (value.kind === 'constant' && (value.text === 'true' || value.text === 'false') && ownVariable(f, at))
      flags.push(`${at.id}${value.text}`);
  return flags.sort().join();
}

function plainText(value: Value | undefined): string {
  return value?.kind === 'constant' || value?.kind === 'nil' ? `${value.id};` : ';';
}

/** The variable of this activation that stands there: the graph knows when it is dead. */
function ownVariable(f: Frame, at: Location): Var | undefined {
  if (at.kind !== 'variable' || at.activation !== f.activation) return undefined;
  const variable = at.variable as Partial<Var>;
  return variable.kind === 'var' && variable.owner === f.fn.node ? (variable as Var) : undefined;
}

/** Executes the nodes of a block, and sends the worlds along the edges that they can take. */
function pass(r: Run, block: BasicBlock, start: World): void {
  const { m, f } = r;
  const { cfg } = f.fn;
  const branches = block.succs.some(({ why }) => why.kind === 'true' || why.kind === 'false');
  const last = branches ? block.nodes.length - 1 : block.nodes.length;
  let worlds = [start];
  for (let i = 0; i < last; i++) {
    const node = block.nodes[i]!;
    worlds = worlds.flatMap((world) => execute(m, f, world, node, cfg));
    // A statement that assigns nothing leaves nothing behind that hangs together with the way it went.
    if (worlds.length > MAX_WORLDS || (worlds.length > 1 && node.kind === 'ExprStmt'))
      worlds = together(f, worlds);
  }
  const cond = branches ? (block.nodes[last] as Expr) : undefined;
  for (const world of worlds) {
    if (cond !== undefined) {
      for (const x of evaluate(m, f, world, cond))
        for (const { world: after, truth } of truths(x, cond))
          follow(r, block, after, (edge) => edge.why.kind === (truth ? 'true' : 'false'));
    } else decide(r, block, world);
  }
}

/** Worlds of one signature as one. */
function together(f: Frame, worlds: readonly World[]): World[] {
  const bySignature = new Map<string, World>();
  for (const world of worlds) {
    const key = keyOf(f, world);
    const known = bySignature.get(key);
    if (known === undefined) bySignature.set(key, world);
    else merge(known, world);
  }
  return [...bySignature.values()];
}

function follow(r: Run, block: BasicBlock, world: World, takes: (edge: Edge) => boolean): void {
  const edges = block.succs.filter(takes);
  edges.forEach((edge, i) => {
    const next = i === edges.length - 1 ? world : world.fork();
    if (edge.to === r.f.fn.cfg.abort) r.m.panics?.push(next);
    else arrive(r, edge.to, next);
  });
}

/** The edges that are not outcomes of a condition. */
function decide(r: Run, block: BasicBlock, world: World): void {
  const { m, f } = r;
  const [first] = block.succs;
  switch (first?.why.kind) {
    case 'case':
    case 'not-case': {
      const { tag, value } = first.why;
      const kept = world.store.get(keptAt(m, f, tag)) ?? m.table.values.nil;
      // The value stands last in the block, and has been evaluated there; what it is worth is asked again, without doing anything.
      for (const x of evaluate(m, f, world, value))
        for (const same of equal({ world: x.world, value: kept, from: keptAt(m, f, tag) }, x, value))
          for (const { world: after, truth } of truths(same, value))
            follow(r, block, after, (edge) => edge.why.kind === (truth ? 'case' : 'not-case'));
      return;
    }
    case 'type-case':
    case 'not-type-case':
      typeCases(r, block, world);
      return;
    case 'range-next':
    case 'range-done': {
      const { stmt } = first.why;
      if (mayEnd(m, f, world, stmt)) {
        const end = world.fork();
        endRange(m, f, end, stmt);
        follow(r, block, end, (edge) => edge.why.kind === 'range-done');
      }
      if (mayTurn(m, f, world, stmt)) follow(r, block, world, (edge) => edge.why.kind === 'range-next');
      return;
    }
    default:
      follow(r, block, world, () => true);
  }
}

function typeCases(r: Run, block: BasicBlock, world: World): void {
  const { m, f } = r;
  let left: World[] = [world];
  for (const edge of block.succs) {
    const { why } = edge;
    if (why.kind !== 'type-case') continue;
    const at = keptAt(m, f, why.x);
    for (const type of why.types)
      left = left.flatMap((one) => {
        const x: Outcome = { world: one, value: one.store.get(at) ?? m.table.values.nil, from: at };
        const isNil = type.kind === 'Ident' && f.info.objectOf(type)?.kind === 'nil';
        const { holds, fails } = isNil ? nilTest(x) : typeTest(m, x, f.info.typeOf(type));
        for (const way of holds) {
          bind(r, block, way);
          arrive(r, edge.to, way.world);
        }
        return fails.map((way) => way.world);
      });
  }
  const other = block.succs.find((edge) => edge.why.kind === 'not-type-case');
  if (other?.why.kind !== 'not-type-case') return;
  const at = keptAt(m, f, other.why.x);
  for (const one of left) {
    bind(r, block, { world: one, value: one.store.get(at) ?? m.table.values.nil });
    arrive(r, other.to, one);
  }
}

function nilTest(x: Outcome): { holds: Outcome[]; fails: Outcome[] } {
  return x.value.kind === 'nil' ? { holds: [x], fails: [] } : { holds: [], fails: [x] };
}

/** The variable of a type switch is worth the operand, as what it has turned out to be. */
function bind(r: Run, block: BasicBlock, { world, value }: Outcome): void {
  const stmt = block.nodes.at(-1);
  if (stmt?.kind !== 'TypeSwitchStmt' || stmt.bind === undefined) return;
  declareVariable(world, r.m.table.values.variable(stmt.bind, r.f.activation, UNKNOWN), [value], 0);
}

/** Deferred calls, last deferred first; then what the function returns. */
function finish(r: Run, world: World): Outcome[] {
  const { m, f } = r;
  const { cfg, results } = f.fn;
  let worlds = runStarted(m, f, world);
  for (const node of cfg.exit.nodes) {
    const stmt = deferOf(cfg, node);
    if (stmt !== undefined) worlds = worlds.flatMap((one) => runDeferred(m, f, one, stmt));
  }
  return worlds.map((one) => {
    const values = results.map((result) => one.store.get(locationOf(m, f, result)) ?? m.table.values.nil);
    const value = values.length === 1 ? values[0]! : m.table.values.tuple(values);
    const [at] = keep(one, f, [value]);
    dropUnreachable(one, (location) => ownVariable(f, location) === undefined && !isKept(f, location));
    return { world: one, value: release(one, [at!])[0]! };
  });
}

/** A place where this activation keeps something for itself: the value of an expression, what a loop has left, what a counter has placed. */
function isKept({ fn, activation }: Frame, at: Location): boolean {
  if (at.kind !== 'variable' || (at.activation !== activation && at.activation !== PLACED)) return false;
  const node = ((at.variable as Var).ident ?? at.variable) as Partial<Ranged>;
  return (
    node.pos !== undefined &&
    fn.node.pos <= node.pos &&
    node.pos < fn.node.end &&
    !isVariable(at.variable, at)
  );
}

/** Variables of this activation are known to the graph; those of others are not this function's to forget. */
function isVariable(variable: object, { activation }: { readonly activation: number }): boolean {
  return activation !== PLACED && (variable as Partial<Var>).kind === 'var';
}
