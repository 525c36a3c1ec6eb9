/**
 * Functions as values: declared ones, methods bound to a receiver, literals with what they capture.
 *
 *     rejects := t.Filter.Asset          // the method, and the filter that it was taken from
 *     send := func() { job.Send(&a) }    // the literal, and where `job` and `a` are
 */

import { variablesOf } from '../flow/accesses.ts';
import type { Func, Var } from '../semantics/objects.ts';
import { underlying } from '../semantics/shapes.ts';
import type { FuncLit, SelectorExpr } from '../syntax/ast.ts';
import type { Frame, Machine, Outcome } from './machine.ts';
import { locate, locationOf, type Place, placeValue, select, targets } from './places.ts';
import type { FunctionValue, Location, Value } from './value.ts';
import type { World } from './world.ts';

export function declaredFunction(m: Machine, func: Func, selector: SelectorExpr | undefined): Value {
  return m.table.values.function({ kind: 'declared', func, selector });
}

export function literalFunction(m: Machine, f: Frame, node: FuncLit): FunctionValue {
  const bindings = new Map<Var, Location>();
  for (const variable of freeVariables(m, node)) bindings.set(variable, locationOf(m, f, variable));
  return m.table.values.function({ kind: 'literal', node, bindings });
}

const known = new WeakMap<FuncLit, readonly Var[]>();

/** The variables of enclosing functions that a literal, or one inside it, names. */
function freeVariables(m: Machine, node: FuncLit): readonly Var[] {
  let free = known.get(node);
  if (free === undefined) {
    const fn = m.program.functionOf(node);
    const { variables, outer } = variablesOf(fn.cfg, fn.pkg.info);
    free = variables.filter((v, i) => outer[i] && v.role !== 'package' && v.role !== 'field');
    known.set(node, free);
  }
  return free;
}

/** `x.Method`, with the receiver that it will be called with: an address where the method has a pointer receiver. */
export function methodValue(
  m: Machine,
  f: Frame,
  world: World,
  e: SelectorExpr,
  method: Func,
  path: readonly Var[],
): Outcome[] {
  return receivers(m, f, world, e, method, path).map((receiver) => ({
    world: receiver.world,
    value: m.table.values.function({ kind: 'declared', func: method, selector: e }, receiver.value),
  }));
}

export function receivers(
  m: Machine,
  f: Frame,
  world: World,
  e: SelectorExpr,
  method: Func,
  path: readonly Var[],
): Outcome[] {
  let places: Place[] = locate(m, f, world, e.x);
  for (const field of path) places = places.flatMap((x) => select(m, x, field.name, field.type, e));
  return places.flatMap((place) => receiverAt(place, method, e));
}

/** The receiver for a method, from where its value stands. */
export function receiverAt(place: Place, method: Func, site: object): Outcome[] {
  const { values } = place.world.table;
  const found = placeValue(place);
  if (method.interfaceMethod) return [found];
  const isPointer =
    found.value.kind === 'pointer' || found.value.kind === 'frozen' || found.value.kind === 'nil';
  const held = found.value.kind === 'union' || isPointer ? found : undefined;
  if (method.receiver?.pointer === true) {
    // The value itself, if it is a pointer to a struct already; a collection is a pointer in this analysis and still needs its address.
    if (held !== undefined && !isCollection(method)) return [found];
    if (place.at !== undefined) return [{ world: place.world, value: values.pointer(place.at) }];
    return [found];
  }
  if (held === undefined || isCollection(method)) return [found];
  return targets(found, site).map(placeValue);
}

/** Is the method one of a slice or map type? */
function isCollection(method: Func): boolean {
  const type = method.receiver?.type.type;
  const kind = type && underlying(type).kind;
  return kind === 'slice' || kind === 'map' || kind === 'chan' || kind === 'array';
}
