/**
 * The tables of one analysis, and what values are before anybody has written to them.
 *
 *     opaqueOf(t, a result of type []model.Asset)   // a pointer to a list whose elements are parts of it
 *     zeroOf(t, model.Asset, …)                     // a struct all of whose parts are zero
 */
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { UNKNOWN } from '../semantics/universe.ts';
import { type Identities, type Identity, newIdentities } from './identity.ts';
import type { Location, Value, Values } from './value.ts';
import { newValues } from './value-table.ts';

export interface Table {
  /** Numbers nodes, objects and types, in the order of first use. */
  readonly numberOf: (x: object) => number;
  readonly identities: Identities;
  readonly values: Values;
}

/** `isAtom`: of values of which type matters only who they are. */
export function newTable(isAtom: (type: Type) => boolean = () => false): Table {
  const numbers = new Map<object, number>();
  const numberOf = (x: object): number => {
    let number = numbers.get(x);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(x, number);
    }
    return number;
  };
  const identities = newIdentities(numberOf);
  const table: Table = {
    numberOf,
    identities,
    values: newValues({
      numberOf,
      partOf: (who, name) => partOf(table, who, name),
      isAtom: (who) => isAtom(who.type),
      anything: () => anyOf(table, UNKNOWN),
    }),
  };
  return table;
}

/** A value of which nothing is known but who it is. */
export function opaqueOf(t: Table, who: Identity): Value {
  const { values } = t;
  switch (underlying(who.type).kind) {
    case 'pointer':
    case 'slice':
    case 'array':
    case 'map':
    case 'chan':
      return who.zero ? values.nil : values.pointer(values.pointee(who, elementType(who.type)));
    case 'interface':
    case 'signature':
      return who.zero ? values.nil : values.opaque(who);
    case 'basic':
      return who.zero ? zeroOf(t, who.type, who) : values.opaque(who);
    case 'struct':
      return who.zero ? values.struct(who, new Map()) : values.opaque(who);
    default:
      return values.opaque(who);
  }
}

/** The zero value; `site` is what declares or allocates it. */
export function zeroOf(t: Table, type: Type, site: object): Value {
  const { values } = t;
  const shape = underlying(type);
  if (shape.kind === 'basic') {
    if (/bool$/.test(shape.name)) return values.false;
    return values.constant(/string$/.test(shape.name) ? '""' : shape.name === 'untyped nil' ? 'nil' : '0');
  }
  if (shape.kind === 'struct') return values.struct(t.identities.made({ site, type, zero: true }), new Map());
  // Of a type without source nothing is known, not even what its zero value looks like.
  if (shape.kind === 'unknown' || shape.kind === 'typeparam')
    return values.opaque(t.identities.made({ site, type, zero: true }));
  return values.nil;
}

/** What a field is worth that nobody has written. */
export function partOf(t: Table, who: Identity, name: string): Value {
  return opaqueOf(t, t.identities.partOf(who, name, fieldType(who.type, name)));
}

/** What an opaque pointer, slice, map or channel refers to, before anybody has written to it. */
export function contentOf(t: Table, who: Identity): Value {
  const { identities, values } = t;
  const shape = underlying(who.type);
  const elem = elementType(who.type);
  if (shape.kind === 'pointer') return opaqueOf(t, identities.partOf(who, '*', elem));
  return values.list([opaqueOf(t, identities.partOf(who, '[]', elem))]);
}

/** A value of this type about which nothing is known, not even who it is: it stands for all. */
export function anyOf(t: Table, type: Type): Value {
  return opaqueOf(t, t.identities.partOf(t.identities.made({ site: type, type }), '[]', type));
}

/** The type of a field by its name; unknown where the struct is. */
export function fieldType(type: Type, name: string): Type {
  let shape = underlying(type);
  if (shape.kind === 'pointer') shape = underlying(shape.elem);
  if (shape.kind !== 'struct') return shape.kind === 'unknown' ? shape : UNKNOWN;
  return shape.fields.find((field) => field.name === name)?.type ?? UNKNOWN;
}

/** What a pointer points to, what a collection holds. */
export function elementType(type: Type): Type {
  const shape = underlying(type);
  switch (shape.kind) {
    case 'pointer':
    case 'slice':
    case 'array':
    case 'chan':
      return shape.elem;
    case 'map':
      return shape.value;
    default:
      return UNKNOWN;
  }
}

/** The type of the value that stands at a location. */
export function typeAt(location: Location): Type {
  return location.type;
}
