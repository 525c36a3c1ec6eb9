/**
 * What statements do to a world.
 *
 *     skip := t.Filter.Asset(&a)     // two worlds
 *     _ = t.Filter.Asset(&a)         // two as well, but nobody has heard the answer
 *     defer t.Job.Send(&a)           // the arguments are kept until the function ends
 */

import type { Cfg, FlowNode } from '../flow/cfg.ts';
import { isComm } from '../flow/evaluation.ts';
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { UNKNOWN } from '../semantics/universe.ts';
import {
  type AssignStmt,
  type CallExpr,
  type DeferStmt,
  type Expr,
  type GoStmt,
  type RangeStmt,
  type ReturnStmt,
  unparen,
  type VarSpec,
} from '../syntax/ast.ts';
import { callValue, prepare } from './calls.ts';
import { typeTest } from './conditions.ts';
import { evaluate, evaluateAll, fresh, renewed } from './evaluate.ts';
import { noteStarted, runStarted } from './goroutines.ts';
import { drain, isIterator } from './library.ts';
import type { Frame, Machine, Outcome } from './machine.ts';
import { addElements, write } from './memory.ts';
import { noteCounted, notePlaced } from './placed.ts';
import { keep, locate, locationOf, release, unite } from './places.ts';
import { unheard } from './questions.ts';
import { keptAt, nextTurn, startRange } from './ranges.ts';
import { renew } from './renew.ts';
import { zeroOf } from './table.ts';
import { isBool, isError } from './unknown-calls.ts';
import type { Location, Value } from './value.ts';
import type { World } from './world.ts';

export function execute(m: Machine, f: Frame, world: World, node: FlowNode, cfg: Cfg): World[] {
  switch (node.kind) {
    case 'ExprStmt':
      return isComm(cfg, node) ? [world] : statement(m, f, world, node.x);
    case 'AssignStmt':
      return assign(m, f, world, node);
    case 'DeclStmt':
      return node.decl.kind === 'VarDecl' ? declare(m, f, world, node.decl.specs) : [world];
    case 'IncDecStmt':
      return update(m, f, world, node.x, node);
    case 'SendStmt':
      return evaluateAll(m, f, world, [node.chan, node.value]).map((way) => {
        addElements(way.world, way.values[0]!, [way.values[1]!]);
        return way.world;
      });
    case 'GoStmt':
      return start(m, f, world, node);
    case 'DeferStmt':
      return defer(m, f, world, node);
    case 'ReturnStmt':
      return leave(m, f, world, node);
    case 'RangeStmt':
      return turn(m, f, world, node);
    case 'TypeSwitchStmt':
    case 'SelectStmt':
    case 'BranchStmt':
    case 'BadStmt':
    case 'EmptyStmt':
    case 'Block':
    case 'IfStmt':
    case 'SwitchStmt':
    case 'ForStmt':
    case 'LabeledStmt':
      return [world];
    default:
      return expression(m, f, world, node);
  }
}

/** An expression that stands in the graph: what needs its value later finds it where it is kept. */
function expression(m: Machine, f: Frame, world: World, e: Expr): World[] {
  const range = f.plan.ranges.get(e);
  const isChannel = range !== undefined && underlying(f.info.typeOf(e)).kind === 'chan';
  const started = isChannel ? runStarted(m, f, world) : [world];
  if (range !== undefined) for (const w of started) startRange(m, f, w, range);
  return started
    .flatMap((w) => evaluate(m, f, w, e))
    .flatMap((x) => {
      if (!f.plan.kept.has(e)) return [x.world];
      const at = keptAt(m, f, e);
      if (range !== undefined && isIterator(m, x.value))
        return drain(m, f, x.world, e as CallExpr, x.value, e).map((list) => {
          list.world.store.set(at, list.value);
          return list.world;
        });
      x.world.store.set(at, range === undefined ? x.value : unite(x, e).value);
      return [x.world];
    });
}

/** An expression as a statement: the answers to what it asks, if it returns them, are heard by nobody. */
function statement(m: Machine, f: Frame, world: World, e: Expr): World[] {
  const mark = m.questions.length;
  const outcomes = evaluate(m, f, world, e);
  const asked = m.questions.slice(mark);
  if (asked.length > 0 && typesOf(f.info.typeOf(e)).some(isVerdictType))
    for (const outcome of outcomes) unheard(outcome.world, asked);
  return outcomes.map((outcome) => outcome.world);
}

function typesOf(type: Type): readonly Type[] {
  return type.kind === 'tuple' ? type.types : [type];
}

function isVerdictType(type: Type): boolean {
  return isBool(type) || isError(type);
}

function assign(m: Machine, f: Frame, world: World, s: AssignStmt): World[] {
  if (s.op !== '=' && s.op !== ':=')
    return evaluateAll(m, f, world, s.rhs).flatMap((way) =>
      s.lhs.flatMap((x) => update(m, f, way.world, x, s)),
    );
  const mark = m.questions.length;
  return assigned(m, f, world, s.lhs, s.rhs).flatMap(({ world: after, values }) => {
    const asked = m.questions.slice(mark);
    s.lhs.forEach((x, i) => {
      if (x.kind !== 'Ident' || x.name !== '_' || asked.length === 0) return;
      const type =
        s.rhs.length === s.lhs.length ? f.info.typeOf(s.rhs[i]!) : typesOf(f.info.typeOf(s.rhs[0]!))[i];
      if (type !== undefined && isVerdictType(type)) unheard(after, asked);
    });
    return store(m, f, after, s.lhs, values, s.op === ':=');
  });
}

interface Assigned {
  readonly world: World;
  readonly values: readonly Value[];
}

/** The values for so many targets: one expression each, or one with several results. */
function assigned(
  m: Machine,
  f: Frame,
  world: World,
  lhs: readonly Expr[],
  rhs: readonly Expr[],
): Assigned[] {
  const [only] = rhs;
  if (lhs.length === rhs.length || only === undefined) return evaluateAll(m, f, world, rhs);
  return withOk(m, f, world, only).map((x) => {
    const values = x.value.kind === 'tuple' ? x.value.values : [x.value];
    return { world: x.world, values: lhs.map((_, i) => values[i] ?? fresh(m, only, UNKNOWN, `${i}`)) };
  });
}

/** An expression that is asked for two results: a call, or one of the forms that tell whether there was a value. */
function withOk(m: Machine, f: Frame, world: World, expr: Expr): Outcome[] {
  const { values } = m.table;
  const e = unparen(expr);
  const both = (x: Outcome, ok: boolean): Outcome => ({
    world: x.world,
    value: values.tuple([x.value, ok ? values.true : values.false]),
  });
  switch (e.kind) {
    case 'TypeAssertExpr': {
      const type = f.info.typeOf(e.type);
      return evaluate(m, f, world, e.x).flatMap((x) => {
        const { holds, fails } = typeTest(m, x, type);
        const zero = (w: World) => ({ world: w, value: zeroOf(m.table, type, e) });
        return [...holds.map((h) => both(h, true)), ...fails.map((w) => both(zero(w.world), false))];
      });
    }
    case 'IndexExpr': {
      const absent = world.fork();
      const zero = zeroOf(m.table, elementOfTuple(f, e), e);
      return [
        ...evaluate(m, f, world, e).map((x) => both(x, true)),
        both({ world: absent, value: zero }, false),
      ];
    }
    case 'UnaryExpr': {
      const closed = world.fork();
      const zero = zeroOf(m.table, elementOfTuple(f, e), e);
      return [
        ...evaluate(m, f, world, e).map((x) => both(x, true)),
        both({ world: closed, value: zero }, false),
      ];
    }
    default:
      return evaluate(m, f, world, e);
  }
}

function elementOfTuple(f: Frame, e: Expr): Type {
  const type = f.info.typeOf(e);
  return type.kind === 'tuple' ? (type.types[0] ?? UNKNOWN) : type;
}

/** Assigns in order; `declares`: some of the targets may be new variables. */
function store(
  m: Machine,
  f: Frame,
  world: World,
  lhs: readonly Expr[],
  values: readonly Value[],
  declares: boolean,
): World[] {
  let ways: Assigned[] = [{ world, values }];
  lhs.forEach((target, i) => {
    const x = unparen(target);
    if (x.kind === 'Ident' && x.name === '_') return;
    ways = ways.flatMap((way) => {
      if (x.kind === 'Ident' && declares && f.info.declares(x)) {
        const object = f.info.objectOf(x);
        if (object?.kind !== 'var') return [way];
        const now = declareVariable(way.world, locationOf(m, f, object), way.values, i);
        notePlaced(m, f, way.world, x, now[i]!);
        return [{ world: way.world, values: now }];
      }
      const kept = keep(way.world, x, way.values);
      return locate(m, f, way.world, x, true).map((place) => {
        const now = release(place.world, kept);
        if (place.at !== undefined) write(place.world, place.at, now[i]!);
        notePlaced(m, f, place.world, x, now[i]!);
        return { world: place.world, values: now };
      });
    });
  });
  return ways.map((way) => way.world);
}

/** Makes a new variable of this name, worth `values[i]`; whoever points to the old one keeps that. The values as they are then. */
export function declareVariable(
  world: World,
  at: Location,
  values: readonly Value[],
  i: number,
): readonly Value[] {
  const now = renewed(world, at, values);
  world.store.set(at, now[i]!);
  return now;
}

function declare(m: Machine, f: Frame, start: World, specs: readonly VarSpec[]): World[] {
  let worlds = [start];
  for (const spec of specs)
    worlds = worlds.flatMap((world) => {
      if (spec.values.length > 0)
        return assigned(m, f, world, spec.names, spec.values).flatMap((way) =>
          store(m, f, way.world, spec.names, way.values, true),
        );
      for (const name of spec.names) {
        const object = f.info.objectOf(name);
        if (object?.kind !== 'var') continue;
        renew(world, name);
        declareVariable(world, locationOf(m, f, object), [zeroOf(m.table, object.type, name)], 0);
      }
      return [world];
    });
  return worlds;
}

/** `x++`, `x += y`: another number, of which nothing is known. */
function update(m: Machine, f: Frame, world: World, target: Expr, site: object): World[] {
  return locate(m, f, world, target).map((place) => {
    renew(place.world, site);
    if (place.at !== undefined) write(place.world, place.at, fresh(m, site, f.info.typeOf(target)));
    noteCounted(m, f, place.world, target);
    return place.world;
  });
}

/** `go f()` runs now, as far as one can tell; a goroutine that never ends keeps nobody waiting. */
function start(m: Machine, f: Frame, world: World, s: GoStmt): World[] {
  const call = unparen(s.call);
  if (call.kind !== 'CallExpr') return [world];
  return prepare(m, f, world, call).flatMap((ready) => {
    noteStarted(m, ready.world, ready);
    const before = ready.world.fork();
    const after = callValue(m, f, ready).map((outcome) => outcome.world);
    return after.length === 0 ? [before] : after;
  });
}

function defer(m: Machine, f: Frame, world: World, s: DeferStmt): World[] {
  const call = unparen(s.call);
  if (call.kind !== 'CallExpr' || f.info.callKind(call) !== 'call') return [world];
  return prepare(m, f, world, call).map((ready) => {
    const args = ready.args.map((arg) => arg.value);
    ready.world.store.set(keptAt(m, f, s.call), m.table.values.tuple([ready.fun, ...args]));
    return ready.world;
  });
}

/** A deferred call, at the end; on ways that did not come past the `defer` nothing happens. */
export function runDeferred(m: Machine, f: Frame, world: World, s: DeferStmt): World[] {
  const call = unparen(s.call);
  const at = keptAt(m, f, s.call);
  const kept = world.store.get(at);
  if (kept?.kind !== 'tuple' || call.kind !== 'CallExpr') return [world];
  world.store.delete(at);
  const [fun, ...values] = kept.values;
  const last = values.length - 1;
  const args = values.map((value, i) => {
    return { value, expr: call.args[i], spread: call.ellipsis && i === last, from: undefined };
  });
  return callValue(m, f, { world, call, fun: fun!, args }).map((outcome) => outcome.world);
}

function leave(m: Machine, f: Frame, world: World, s: ReturnStmt): World[] {
  if (s.results.length === 0) return [world];
  const targets = f.fn.results.map((result) => locationOf(m, f, result));
  const [only] = s.results;
  const ways =
    s.results.length === targets.length
      ? evaluateAll(m, f, world, s.results)
      : evaluate(m, f, world, only!).map((x) => ({
          world: x.world,
          values: x.value.kind === 'tuple' ? x.value.values : [x.value],
        }));
  return ways.map((way) => {
    targets.forEach((at, i) => {
      const value = way.values[i];
      if (value !== undefined) way.world.store.set(at, value);
    });
    return way.world;
  });
}

/** One turn of a range loop: its variables get the next element. */
function turn(m: Machine, f: Frame, world: World, s: RangeStmt): World[] {
  const given = nextTurn(m, f, world, s);
  const targets = [s.key, s.value].filter((x) => x !== undefined);
  return store(m, f, world, targets, given.slice(0, targets.length), s.define);
}
