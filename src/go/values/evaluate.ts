/**
 * What expressions are worth, and what evaluating them does.
 *
 *     evaluate(m, f, world, `!t.Filter.Asset(&a)`)
 *     => [{ world: a is accepted, value: true }, { world: a is rejected, value: false }]
 *
 * One outcome for each way of which it matters which one is taken; mostly that is one. Arithmetic and text are opaque.
 */

import type { Const, Var } from '../semantics/objects.ts';
import { Variable } from '../semantics/objects-made.ts';
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { BOOL } from '../semantics/universe.ts';
import {
  type BinaryExpr,
  type CompositeLit,
  type Expr,
  type SelectorExpr,
  type UnaryExpr,
  unparen,
} from '../syntax/ast.ts';
import { evaluateCall } from './calls.ts';
import { constantOf, equal, negate, truths, typeTest } from './conditions.ts';
import { declaredFunction, literalFunction, methodValue } from './functions.ts';
import { runStarted } from './goroutines.ts';
import type { Frame, Machine, Outcome } from './machine.ts';
import { allocate, elementsOf } from './memory.ts';
import { placedUpTo } from './placed.ts';
import { keep, locate, locationOf, placeValue, release, targets } from './places.ts';
import { pick, renew } from './renew.ts';
import { elementType, opaqueOf, zeroOf } from './table.ts';
import type { Location, Value } from './value.ts';
import type { World } from './world.ts';

/** Thrown when an analysis has used up its steps. */
export class OutOfSteps extends Error {}

export function evaluate(m: Machine, f: Frame, world: World, expr: Expr): Outcome[] {
  if (--m.budget < 0) throw new OutOfSteps();
  const e = unparen(expr);
  const { values } = m.table;
  switch (e.kind) {
    case 'Ident': {
      const object = f.info.objectOf(e);
      if (object?.kind === 'nil') return [{ world, value: values.nil }];
      if (object?.kind === 'const') return [{ world, value: constant(m, f, object, e) }];
      if (object?.kind === 'func') return [{ world, value: declaredFunction(m, object, undefined) }];
      if (object?.kind === 'var') return variable(m, f, world, object);
      return [unknown(m, f, world, e)];
    }
    case 'BasicLit':
      return [{ world, value: literalValue(m, f, e) }];
    case 'FuncLit':
      return [{ world, value: literalFunction(m, f, e) }];
    case 'CompositeLit':
      return composite(m, f, world, e);
    case 'SelectorExpr':
      return selector(m, f, world, e);
    case 'IndexExpr': {
      const isMap = underlying(f.info.typeOf(e.x)).kind === 'map';
      return locate(m, f, world, e).map((place) => {
        const found = placeValue(place);
        return isMap ? { ...found, value: orAbsent(m, found.value, f.info.typeOf(e)) } : found;
      });
    }
    case 'SliceExpr':
      return slice(m, f, world, e);
    case 'TypeAssertExpr':
      return evaluate(m, f, world, e.x).flatMap((x) => typeTest(m, x, f.info.typeOf(e.type)).holds);
    case 'StarExpr':
      return evaluate(m, f, world, e.x)
        .flatMap((x) => targets(x, e))
        .map(placeValue);
    case 'UnaryExpr':
      return unary(m, f, world, e);
    case 'BinaryExpr':
      return binary(m, f, world, e);
    case 'CallExpr':
      return evaluateCall(m, f, world, e);
    default:
      return [unknown(m, f, world, e)];
  }
}

/** A variable; one of a package, when it is first read, is worth what it is declared with. */
function variable(m: Machine, f: Frame, world: World, object: Var): Outcome[] {
  const at = locationOf(m, f, object);
  const initial = object instanceof Variable ? object.initial : undefined;
  if (object.role !== 'package' || initial === undefined || world.store.has(at))
    return [placeValue({ world, at })];
  // While it is being worked out it is worth anything: it may be declared in terms of itself.
  world.store.set(at, fresh(m, at, object.type));
  const info = m.program.infoOf(initial);
  return evaluate(m, { ...f, info }, world, initial).map((x) => {
    x.world.store.set(at, x.value);
    return placeValue({ world: x.world, at });
  });
}

export interface Operands {
  readonly world: World;
  readonly values: readonly Value[];
  /** Where each was read, if it was. */
  readonly from: readonly (Location | undefined)[];
}

/** Evaluates in order. What is worked out already is kept where it changes with the world. */
export function evaluateAll(
  m: Machine,
  f: Frame,
  start: World,
  exprs: readonly Expr[],
  before: readonly Value[] = [],
): Operands[] {
  let ways: Operands[] = [{ world: start, values: before, from: before.map(() => undefined) }];
  for (const e of exprs)
    ways = ways.flatMap((way) => {
      const kept = isPlain(e) ? undefined : keep(way.world, e, way.values);
      return evaluate(m, f, way.world, e).map(({ world, value, from }) => ({
        world,
        values: [...(kept === undefined ? way.values : release(world, kept)), value],
        from: [...way.from, from],
      }));
    });
  return ways;
}

/** Evaluating it makes nothing new. */
function isPlain(e: Expr): boolean {
  const x = unparen(e);
  if (x.kind === 'UnaryExpr' && x.op === '&') return unparen(x.x).kind === 'Ident';
  return x.kind === 'Ident' || x.kind === 'BasicLit';
}

/** A value of which nothing is known but its type; `which` tells several of one site apart. */
export function fresh(m: Machine, site: object, type: Type, which?: string): Value {
  return opaqueOf(
    m.table,
    m.table.identities.made({ site, type, ...(which === undefined ? {} : { which }) }),
  );
}

function unknown(m: Machine, f: Frame, world: World, e: Expr): Outcome {
  renew(world, e);
  return { world, value: fresh(m, e, f.info.typeOf(e)) };
}

/** Puts values where a renewal of the site reaches them, renews it, and gives them back. */
export function renewed(world: World, site: object, values: readonly Value[]): readonly Value[] {
  const kept = keep(world, site, values);
  renew(world, site);
  return release(world, kept);
}

/** Constants with a type of their own are told apart by name, whatever they are called here; others by value. */
function constant(m: Machine, f: Frame, object: Const, e: Expr): Value {
  const { values } = m.table;
  const named = object.type.kind === 'named';
  const aliased = object.spec?.values[object.spec.names.findIndex((name) => name === object.ident)];
  const origin = aliased && unparen(aliased);
  if (named && (origin?.kind === 'Ident' || origin?.kind === 'SelectorExpr') && object.ident !== undefined) {
    const info = m.program.infoOf(origin);
    const other = origin.kind === 'Ident' ? info.objectOf(origin) : qualifiedObject(info.selectionOf(origin));
    if (other?.kind === 'const' && other !== object) return constant(m, f, other, origin);
  }
  const value = object.value;
  if (value?.kind === 'bool') return value.value ? values.true : values.false;
  if (named && object.pkg.path !== '') return values.constant(`${object.pkg.path}.${object.name}`);
  if (value?.kind === 'string') return values.constant(JSON.stringify(value.value));
  if (value?.kind === 'int') return values.constant(`${value.value}`);
  return fresh(m, object, f.info.typeOf(e));
}

function qualifiedObject(selection: ReturnType<Frame['info']['selectionOf']>) {
  return selection?.kind === 'qualified' ? selection.object : undefined;
}

function literalValue(m: Machine, f: Frame, e: Expr): Value {
  const value = f.info.constantOf(e);
  if (value?.kind === 'string') return m.table.values.constant(JSON.stringify(value.value));
  if (value?.kind === 'int') return m.table.values.constant(`${value.value}`);
  return m.table.values.opaque(m.table.identities.made({ site: e, type: f.info.typeOf(e) }));
}

function selector(m: Machine, f: Frame, world: World, e: SelectorExpr): Outcome[] {
  const selection = f.info.selectionOf(e);
  switch (selection?.kind) {
    case 'qualified': {
      const { object, importPath, name } = selection;
      if (object?.kind === 'const') return [{ world, value: constant(m, f, object, e) }];
      if (object?.kind === 'func') return [{ world, value: declaredFunction(m, object, e) }];
      if (object?.kind === 'var') return variable(m, f, world, object);
      return [{ world, value: m.table.values.constant(`${importPath}.${name}`) }];
    }
    case 'method':
      return methodValue(m, f, world, e, selection.method, selection.path);
    case 'method-expression':
      return [{ world, value: declaredFunction(m, selection.method, e) }];
    default:
      return locate(m, f, world, e).map(placeValue);
  }
}

/** A map may lack the key: then it gives the zero value. Structs are believed to be there, since nobody sends an empty one on purpose. */
function orAbsent(m: Machine, value: Value, type: Type): Value {
  const zero = zeroOf(m.table, type, m);
  return zero.kind === 'nil' || zero.kind === 'constant' ? m.table.values.union([value, zero]) : value;
}

function composite(m: Machine, f: Frame, world: World, e: CompositeLit): Outcome[] {
  const { values, identities } = m.table;
  const declared = f.info.typeOf(e);
  // `[]*T{{…}}`: the inner literal is a pointer to what is written.
  const type =
    underlying(declared).kind === 'pointer' ? (underlying(declared) as { elem: Type }).elem : declared;
  const shape = underlying(type);
  const parts = e.elements.map((x) => (x.kind === 'KeyValueExpr' ? x.value : x));
  return evaluateAll(m, f, world, parts).map((way) => {
    const given = renewed(way.world, e, way.values);
    let value: Value;
    if (shape.kind === 'struct' || shape.kind === 'unknown') {
      const fields = new Map<string, Value>();
      e.elements.forEach((x, i) => {
        const name =
          x.kind === 'KeyValueExpr'
            ? nameOf(x.key)
            : shape.kind === 'struct'
              ? shape.fields[i]?.name
              : undefined;
        if (name !== undefined) fields.set(name, given[i]!);
      });
      value = values.struct(identities.made({ site: e, type, zero: true }), fields);
    } else {
      const focus = new Map<Value, Value>();
      const isKeyed = e.elements.some((x) => x.kind === 'KeyValueExpr');
      if (!isKeyed && given.length <= 16)
        for (const [i, v] of given.entries()) focus.set(values.constant(`${i}`), v);
      value = allocate(way.world, e, values.list(given, focus, given.length > 0), type);
    }
    if (type === declared) return { world: way.world, value };
    return { world: way.world, value: allocate(way.world, e, value, type, '&') };
  });
}

function nameOf(key: Expr): string | undefined {
  const k = unparen(key);
  return k.kind === 'Ident' ? k.name : undefined;
}

function slice(m: Machine, f: Frame, world: World, e: Extract<Expr, { kind: 'SliceExpr' }>): Outcome[] {
  const bounds = [e.low, e.high, e.max].filter((x) => x !== undefined);
  const isEmpty =
    e.high !== undefined && isZero(f, e.high) && underlying(f.info.typeOf(e.x)).kind !== 'basic';
  return evaluateAll(m, f, world, [e.x, ...bounds]).map((way) => {
    const placed = isEmpty ? m.table.values.list([]) : placedUpTo(m, f, way.world, e.high);
    if (placed === undefined) return { world: way.world, value: way.values[0]! };
    const elements = renewed(way.world, e, placed.elements);
    const value = allocate(way.world, e, m.table.values.list(elements), f.info.typeOf(e));
    return { world: way.world, value };
  });
}

function isZero(f: Frame, e: Expr): boolean {
  const value = f.info.constantOf(e);
  return value?.kind === 'int' && value.value === 0n;
}

function unary(m: Machine, f: Frame, world: World, e: UnaryExpr): Outcome[] {
  const { values } = m.table;
  switch (e.op) {
    case '!':
      return evaluate(m, f, world, e.x).flatMap(negate);
    case '&': {
      if (unparen(e.x).kind === 'CompositeLit')
        return evaluate(m, f, world, e.x).map((x) => {
          const [value] = renewed(x.world, e, [x.value]);
          return { world: x.world, value: allocate(x.world, e, value!, f.info.typeOf(e.x)) };
        });
      return locate(m, f, world, e.x).map((place) => {
        if (place.at !== undefined) return { world: place.world, value: values.pointer(place.at) };
        const [value] = renewed(place.world, e, [place.value]);
        return { world: place.world, value: allocate(place.world, e, value!, f.info.typeOf(e.x)) };
      });
    }
    case '<-':
      return runStarted(m, f, world)
        .flatMap((w) => evaluate(m, f, w, e.x))
        .flatMap((channel) => received(m, f, channel, e));
    default:
      return evaluate(m, f, world, e.x).map((x) => {
        if (x.value.kind === 'constant' && e.op === '-')
          return { world: x.world, value: values.constant(`-${x.value.text}`) };
        return unknown(m, f, x.world, e);
      });
  }
}

/**
 * What comes out of a channel: one of what somebody has put in. If nobody has, and the channel was made in sight, there is no way on yet:
 * who fills it runs later, and the goroutine that waits is run again then.
 */
export function received(m: Machine, f: Frame, channel: Outcome, site: Expr): Outcome[] {
  const { world } = channel;
  const [now] = renewed(world, site, [channel.value]);
  const elements = elementsOf(world, now!);
  if (elements.length > 0) return [{ world, value: pick(world, elements, site, m) }];
  const type = elementType(f.info.typeOf(unparen((site as UnaryExpr).x)));
  const isMade = now!.kind === 'pointer' && now!.to.kind === 'object';
  return isMade && m.domain.guards(type) !== 'free' ? [] : [{ world, value: fresh(m, site, type) }];
}

function binary(m: Machine, f: Frame, world: World, e: BinaryExpr): Outcome[] {
  switch (e.op) {
    case '&&':
    case '||':
      return shortCircuit(m, f, world, e);
    case '==':
    case '!=':
      return evaluate(m, f, world, e.x).flatMap((left) => {
        const kept = keep(left.world, e, [left.value]);
        return evaluate(m, f, left.world, e.y).flatMap((right) => {
          const [value] = release(right.world, kept);
          const same = equal({ world: right.world, value: value!, from: left.from }, right, e);
          return e.op === '==' ? same : same.flatMap(negate);
        });
      });
    default:
      return evaluateAll(m, f, world, [e.x, e.y]).map(({ world: after, values }) => {
        const [a, b] = values;
        // The same sum of one thing and a constant is the same, so that `i-1` picks out one element however often it is written.
        if (a?.kind === 'opaque' && b?.kind === 'constant')
          return {
            world: after,
            value: opaqueOf(m.table, m.table.identities.partOf(a.who, `${e.op}${b.text}`, f.info.typeOf(e))),
          };
        return unknown(m, f, after, e);
      });
  }
}

/** As a value; in conditions the graph takes `&&` and `||` apart. */
function shortCircuit(m: Machine, f: Frame, world: World, e: BinaryExpr): Outcome[] {
  const { values, identities } = m.table;
  const stops = e.op === '||';
  return evaluate(m, f, world, e.x).flatMap((left) => {
    const { value } = left;
    const before = left.world.signature();
    const ways = truths(left);
    const stopped = ways.filter((way) => way.truth === stops);
    const right = ways.filter((way) => way.truth !== stops).flatMap((way) => evaluate(m, f, way.world, e.y));
    const [only] = right;
    // Neither operand says anything that matters: the ways need not be told apart.
    if (
      value.kind === 'opaque' &&
      right.length === 1 &&
      only?.value.kind === 'opaque' &&
      only.world.signature() === before
    ) {
      only.world.assumed.delete(value.who);
      renew(only.world, e);
      return [{ world: only.world, value: values.opaque(identities.made({ site: e, type: BOOL })) }];
    }
    return [...stopped.map((way) => ({ world: way.world, value: constantOf(way.world, stops) })), ...right];
  });
}
