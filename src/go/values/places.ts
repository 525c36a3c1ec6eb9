/**
 * Where an operand stands: variables, fields, elements, what pointers point to.
 *
 *     r.asset       field `asset` of variable r           (also through a pointer to r: the same place)
 *     assets[i]     the element that the present value of i picks out
 *     h().asset     nowhere: a value
 */
import type { Var } from '../semantics/objects.ts';
import { underlying } from '../semantics/shapes.ts';
import { type Expr, type IndexExpr, type SelectorExpr, unparen } from '../syntax/ast.ts';
import { split } from './conditions.ts';
import { evaluate } from './evaluate.ts';
import type { Frame, Machine, Outcome } from './machine.ts';
import { allocate, elementsOf, fieldOf, narrow, pointedTo, read, write } from './memory.ts';
import { pick, renew } from './renew.ts';
import { anyOf, elementType, partOf } from './table.ts';
import { alternativesOf, type Location, type Value } from './value.ts';
import type { World } from './world.ts';

/** A place, or a value without one. */
export type Place = { readonly world: World } & (
  | { readonly at: Location; readonly value?: undefined }
  | { readonly at?: undefined; readonly value: Value }
);

/** Where a variable of the program is, seen from a frame. */
export function locationOf(m: Machine, f: Frame, variable: Var): Location {
  const bound = f.bindings.get(variable);
  if (bound !== undefined) return bound;
  const { values } = m.table;
  // The clauses of a type switch each have a variable of their own, which is one place: the identifier that declares them all.
  const isBind = variable.ident !== undefined && f.plan.binds.has(variable.ident);
  if (isBind) return values.variable(variable.ident!, f.activation, variable.type);
  const activation = variable.owner === f.fn.node ? f.activation : 0;
  return values.variable(variable, activation, variable.type);
}

export function placeValue(place: Place): Outcome {
  if (place.at === undefined) return { world: place.world, value: place.value };
  return { world: place.world, value: read(place.world, place.at), from: place.at };
}

/**
 * The places that an operand may stand for, each with the world in which it does. `isTarget`: it will be written, so an element need not be
 * picked out first.
 */
export function locate(m: Machine, f: Frame, world: World, operand: Expr, isTarget = false): Place[] {
  const e = unparen(operand);
  switch (e.kind) {
    case 'Ident': {
      const object = f.info.objectOf(e);
      if (object?.kind === 'var') return [{ world, at: locationOf(m, f, object) }];
      break;
    }
    case 'SelectorExpr': {
      const places = selectField(m, f, world, e);
      if (places !== undefined) return places;
      break;
    }
    case 'IndexExpr':
      return indexed(m, f, world, e, isTarget);
    case 'StarExpr':
      return evaluate(m, f, world, e.x).flatMap((x) => targets(x, e));
    default:
  }
  return evaluate(m, f, world, e);
}

/** What a pointer points to; each of several. `site` gives a place to what is frozen. Nil stays nil. */
export function targets(pointer: Outcome, site: object): Place[] {
  return split(pointer).flatMap((one): Place[] => {
    const thawed = thaw(one, site);
    const { world, value } = thawed;
    if (value.kind === 'pointer') return [{ world, at: value.to }];
    if (value.kind === 'opaque') {
      const { identities, values } = world.table;
      const type = elementType(value.who.type);
      return [{ world, at: values.pointee(identities.partOf(value.who, '*', type), type) }];
    }
    return [{ world, value }];
  });
}

/** What is frozen gets a place of its own, so that something can be learnt of it; and is put back where it was read. */
export function thaw(outcome: Outcome, site: object): Outcome {
  const { world, value, from } = outcome;
  if (value.kind !== 'frozen') return outcome;
  const kept = keep(world, site, [value]);
  renew(world, site);
  const picked = pick(world, release(world, kept), site);
  if (from !== undefined) narrow(world, from, picked);
  return { world, value: picked, from };
}

/** Several collections, of which this may be any, as one that holds what they hold: so that its elements can be told apart. */
export function unite(outcome: Outcome, site: object): Outcome {
  const { world, value, from } = outcome;
  const { values } = world.table;
  if (value.kind === 'frozen') return thaw(outcome, site);
  if (value.kind !== 'union') return outcome;
  const isList = (v: Value) => v.kind === 'nil' || pointedTo(world, v).kind === 'list';
  if (!value.alternatives.every(isList)) return outcome;
  const kept = keep(world, site, elementsOf(world, value));
  renew(world, site);
  const content = values.list(release(world, kept));
  const united = allocate(world, site, content, UNTYPED, 'united');
  if (from !== undefined) narrow(world, from, united);
  return { world, value: united, from };
}

/** Values that are being computed, put where a renewal reaches them, and taken out again. */
export function keep(world: World, site: object, pending: readonly Value[]): readonly Location[] {
  const { values } = world.table;
  let slot = -1;
  return pending.map((value) => {
    // A function that calls itself may be in the middle of the same expression already.
    let at = values.variable(site, slot--, UNTYPED);
    while (world.store.has(at)) at = values.variable(site, slot--, UNTYPED);
    world.store.set(at, value);
    return at;
  });
}

export function release(world: World, kept: readonly Location[]): Value[] {
  return kept.map((at) => {
    const value = world.store.get(at)!;
    world.store.delete(at);
    return value;
  });
}

const UNTYPED = { kind: 'unknown', missing: undefined } as const;

/** The place of `x.f`; undefined where it is no field. */
function selectField(m: Machine, f: Frame, world: World, e: SelectorExpr): Place[] | undefined {
  const selection = f.info.selectionOf(e);
  if (selection === undefined) {
    const type = f.info.typeOf(e);
    return locate(m, f, world, e.x).flatMap((x) => select(m, x, e.sel.name, type, e));
  }
  if (selection.kind === 'qualified') {
    const { object } = selection;
    return object?.kind === 'var' ? [{ world, at: locationOf(m, f, object) }] : undefined;
  }
  if (selection.kind !== 'field') return undefined;
  let places = locate(m, f, world, e.x);
  for (const field of [...selection.path, selection.field])
    places = places.flatMap((x) => select(m, x, field.name, field.type, e));
  return places;
}

/** A field of what stands at a place, or of what that points to. */
export function select(m: Machine, x: Place, name: string, type: Location['type'], site: object): Place[] {
  const { values } = m.table;
  const whole = placeValue(x);
  // Of several forms of a struct the field tells which one it is.
  if (whole.value.kind === 'union' && whole.from !== undefined && !isNestedPlace(whole.from))
    return split(whole).flatMap((one) => select(m, { world: one.world, at: whole.from! }, name, type, site));
  const isPlain = alternativesOf(whole.value).every((v) => v.kind === 'struct' || v.kind === 'opaque');
  if (x.at !== undefined && isPlain) return [{ world: x.world, at: values.field(x.at, name, type) }];
  return targets(whole, site).flatMap((target): Place[] => {
    const { world } = target;
    if (target.at !== undefined) return [{ world, at: values.field(target.at, name, type) }];
    if (target.value.kind !== 'nil') return [{ world, value: fieldOf(world, target.value, name) }];
    // A way that goes through nil ends there, for things that are followed. Other pointers may have been set by code that was passed over.
    return m.domain.guards(type) === 'free' ? [{ world, value: anyOf(m.table, type) }] : [];
  });
}

/** Only of what has a place of its own is noted which of several it is. */
function isNestedPlace(at: Location): boolean {
  return at.kind === 'field' || at.kind === 'element';
}

/** The element that an index picks out of a slice, array or map. */
function indexed(m: Machine, f: Frame, world: World, e: IndexExpr, isTarget: boolean): Place[] {
  const [index] = e.indices;
  const shape = underlying(f.info.typeOf(e.x));
  if (index === undefined || e.indices.length > 1 || shape.kind === 'signature')
    return evaluate(m, f, world, e.x);
  return evaluate(m, f, world, e.x)
    .map((x) => unite(x, e.x))
    .flatMap((x) =>
      evaluate(m, f, x.world, index).flatMap((at) =>
        split(at).flatMap((i) =>
          element(m, { ...x, world: i.world }, i.value, f.info.typeOf(e), e, isTarget),
        ),
      ),
    );
}

/** The element of each collection that the value may be. An element that nobody has picked out yet is picked here. */
function element(
  m: Machine,
  collection: Outcome,
  index: Value,
  type: Location['type'],
  site: object,
  isTarget: boolean,
): Place[] {
  const { values } = m.table;
  return split(collection).flatMap((one): Place[] => {
    const { world, value } = thaw(one, site);
    if (value.kind !== 'pointer') {
      if (value.kind === 'opaque') return [{ world, value: partOf(world.table, value.who, `[${index.id}]`) }];
      return [{ world, value: elementsOf(world, value).length === 0 ? values.nil : value }];
    }
    const at = values.element(value.to, index, type);
    const list = read(world, value.to);
    if (list.kind !== 'list' || isTarget || list.focus.has(index)) return [{ world, at }];
    const kept = keep(world, site, [index]);
    renew(world, site);
    release(world, kept);
    const now = read(world, value.to);
    if (now.kind !== 'list') return [{ world, at }];
    const picked = pick(world, now.elements, site, m);
    write(world, value.to, values.list(now.elements, new Map(now.focus).set(index, picked), now.filled));
    return [{ world, at }];
  });
}
