/**
 * What locations hold at one point of a function: origins by location.
 *
 *     opts := &Options{Limit: 100}     // opts.Limit: a constant, every other field: a constant
 *     opts.Page = page.Next            // opts.Page: the answer
 *
 * A location that was not written holds what it held at the start: its own `head`. Memories are not changed: writing gives a new one that
 * shares what is the same.
 */
import {
  type Cell,
  fieldOrigins,
  fieldsOf,
  headOf,
  isWithin,
  type Location,
  NOTHING,
  type Origins,
  only,
  partOf,
  union,
} from './origins.ts';

type Contents = ReadonlyMap<Location, Origins>;
export type Memory = ReadonlyMap<Cell, Contents>;

export const UNTOUCHED: Memory = new Map();

/** The origins of the value at a location: of itself and of all its parts. */
export function read(memory: Memory, location: Location): Origins {
  const contents = memory.get(location.cell);
  if (contents === undefined) return only(headOf(location));
  let found = ownOrigins(contents, location);
  for (const [at, origins] of contents) {
    if (at !== location && isWithin(at, location)) found = union(found, origins);
  }
  return found;
}

/** What the location's own entry says, or that of the nearest whole it is a part of. */
function ownOrigins(contents: Contents, location: Location): Origins {
  let elements: Origins = NOTHING;
  for (let at: Location | undefined = location; at !== undefined; at = at.parent) {
    const origins = contents.get(at);
    if (origins !== undefined) {
      let value = origins;
      for (const field of fieldsOf(location).slice(at.depth)) value = fieldOrigins(value, field);
      return union(value, elements);
    }
    // A constant key may have been written under a key that is not known.
    if (at.parent !== undefined && at.field.startsWith('[') && at.field !== '[]') {
      elements = union(elements, contents.get(partOf(at.parent, '[]')) ?? NOTHING);
    } else if (at.parent !== undefined && at.field === '[]') {
      for (const [other, value] of contents) {
        if (other.parent === at.parent && other.field.startsWith('[')) elements = union(elements, value);
      }
    }
  }
  return union(only(headOf(location)), elements);
}

/** `certain`: the old value is gone; else it may still be there. */
export function write(memory: Memory, location: Location, origins: Origins, certain: boolean): Memory {
  const before = memory.get(location.cell);
  const contents = new Map(before);
  if (certain) {
    for (const at of contents.keys()) if (at !== location && isWithin(at, location)) contents.delete(at);
    contents.set(location, origins);
  } else {
    const old = before === undefined ? only(headOf(location)) : ownOrigins(before, location);
    contents.set(location, union(old, origins));
  }
  return new Map(memory).set(location.cell, contents);
}

/** Gives each part of `to` what the same part of `from` holds: a struct is copied. The value of `to` itself must be written before. */
export function copyParts(memory: Memory, from: Location, to: Location): Memory {
  const contents = memory.get(from.cell);
  if (contents === undefined || from === to) return memory;
  let copied = memory;
  for (const [at, origins] of contents) {
    if (at !== from && isWithin(at, from)) {
      copied = write(copied, moved(at, from, to), origins, true);
    }
  }
  return copied;
}

/** The part of `to` that `at` is of `from`. */
export function moved(at: Location, from: Location, to: Location): Location {
  let location = to;
  for (const field of fieldsOf(at).slice(from.depth)) location = partOf(location, field);
  return location;
}

/** What may be where, if control came with either memory. */
export function join(a: Memory, b: Memory): Memory {
  if (a === b) return a;
  const joined = new Map(a);
  for (const [cell, contents] of b) {
    if (a.get(cell) !== contents) joined.set(cell, joinContents(a.get(cell), contents));
  }
  for (const [cell, contents] of a) {
    if (!b.has(cell)) joined.set(cell, joinContents(contents, undefined));
  }
  return joined;
}

const EMPTY: Contents = new Map();

function joinContents(a: Contents = EMPTY, b: Contents = EMPTY): Contents {
  const joined = new Map<Location, Origins>();
  for (const at of a.keys()) joined.set(at, union(ownOrigins(a, at), ownOrigins(b, at)));
  for (const at of b.keys()) if (!a.has(at)) joined.set(at, union(ownOrigins(a, at), ownOrigins(b, at)));
  return joined;
}

export function same(a: Memory, b: Memory): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [cell, contents] of a) {
    const others = b.get(cell);
    if (others === contents) continue;
    if (others === undefined || others.size !== contents.size) return false;
    for (const [at, origins] of contents) {
      const other = others.get(at);
      if (other === origins) continue;
      if (other === undefined || other.size !== origins.size) return false;
      for (const origin of origins) if (!other.has(origin)) return false;
    }
  }
  return true;
}
