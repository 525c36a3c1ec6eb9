/**
 * Reading and writing what a world's store holds.
 *
 *     r.asset = a         // write(field 'asset' of variable r): r stays who it was, with one part more that is known
 *     (&r).asset          // read
 *     items[i]            // an element that this index has picked out, if one has; `pick` of `renew.ts` picks one
 */
import type { Identity } from './identity.ts';
import { contentOf, opaqueOf, partOf, zeroOf } from './table.ts';
import { alternativesOf, type List, type Location, type Value } from './value.ts';
import type { World } from './world.ts';

/** What stands at a location; what nobody has written is opaque. */
export function read(world: World, at: Location): Value {
  const stored = world.store.get(at);
  if (stored !== undefined) return stored;
  const { table } = world;
  switch (at.kind) {
    case 'variable':
    case 'object':
      return opaqueOf(
        table,
        table.identities.made({ site: at.kind === 'variable' ? at : at.site, type: at.type }),
      );
    case 'pointee':
      return contentOf(table, at.of);
    case 'field':
      return fieldOf(world, read(world, at.of), at.name);
    case 'element': {
      const list = read(world, at.of);
      if (list.kind !== 'list') return table.values.nil;
      return list.focus.get(at.index) ?? table.values.union([...list.elements]);
    }
  }
}

export function write(world: World, at: Location, value: Value): void {
  put(world, at, value, true);
}

/** Notes which of several values it is that stands at a location: nothing is written. */
export function narrow(world: World, at: Location, value: Value): void {
  put(world, at, value, false);
}

function put(world: World, at: Location, value: Value, isNew: boolean): void {
  const { values } = world.table;
  switch (at.kind) {
    case 'variable':
    case 'object':
    case 'pointee':
      world.store.set(at, value);
      return;
    case 'field': {
      const wholes = alternativesOf(read(world, at.of)).map((whole) =>
        withField(world, whole, at.name, value),
      );
      put(world, at.of, values.union(wholes), isNew);
      return;
    }
    case 'element': {
      const list = read(world, at.of);
      const { elements, focus, filled } = list.kind === 'list' ? list : (values.list([]) as List);
      const all = isNew ? [...elements, value] : elements;
      put(world, at.of, values.list(all, new Map(focus).set(at.index, value), filled), isNew);
      return;
    }
  }
}

function withField(world: World, whole: Value, name: string, value: Value): Value {
  const { values } = world.table;
  if (whole.kind === 'struct') return values.struct(whole.who, new Map(whole.fields).set(name, value));
  if (whole.kind === 'opaque') return values.struct(whole.who, new Map([[name, value]]));
  return whole;
}

/** A field of a value that is no location: of a result, of an element. Through pointers, as a selector goes. */
export function fieldOf(world: World, value: Value, name: string): Value {
  const { values } = world.table;
  switch (value.kind) {
    case 'struct':
      return value.fields.get(name) ?? partOf(world.table, value.who, name);
    case 'opaque':
      return partOf(world.table, value.who, name);
    case 'pointer':
    case 'frozen':
      return fieldOf(world, pointedTo(world, value), name);
    case 'union':
      return values.union(
        value.alternatives.filter((v) => v.kind !== 'nil').map((v) => fieldOf(world, v, name)),
      );
    default:
      return values.nil;
  }
}

/** What a pointer points to; of several, all; of what is no pointer, itself. */
export function pointedTo(world: World, value: Value): Value {
  switch (value.kind) {
    case 'pointer':
      return read(world, value.to);
    case 'frozen':
      return value.value;
    case 'union':
      return world.table.values.union(
        value.alternatives.filter((v) => v.kind !== 'nil').map((v) => pointedTo(world, v)),
      );
    default:
      return value;
  }
}

/** The elements of a slice, map, channel or array, as a set. Nil has none. */
export function elementsOf(world: World, collection: Value): readonly Value[] {
  return alternativesOf(collection).flatMap((value) => {
    const content = pointedTo(world, value);
    return alternativesOf(content).flatMap((c) => (c.kind === 'list' ? c.elements : []));
  });
}

/** Adds elements to the collections that a value refers to, where those can still be named. */
export function addElements(world: World, collection: Value, added: readonly Value[]): void {
  const { values } = world.table;
  for (const value of alternativesOf(collection)) {
    if (value.kind !== 'pointer') continue;
    const content = read(world, value.to);
    if (content.kind === 'list')
      write(world, value.to, values.list([...content.elements, ...added], content.focus, content.filled));
  }
}

/** A new object of a site; whatever pointed to an earlier one of it must have been renewed. */
export function allocate(
  world: World,
  site: object,
  content: Value,
  type: Identity['type'],
  which = '',
): Value {
  const at = world.table.values.object(site, type, which);
  world.store.set(at, content);
  return world.table.values.pointer(at);
}

/** The zero value of a variable that is declared without one. */
export function declareZero(world: World, at: Location, site: object): void {
  world.store.set(at, zeroOf(world.table, at.type, site));
}
