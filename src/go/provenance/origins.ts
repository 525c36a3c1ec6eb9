/**
 * Where values live, and where they come from.
 *
 *     opts.Page = resp.NextPage + 1
 *     // location  opts.Page
 *     // origins   { answer of client.List, field NextPage, by arithmetic }
 *
 * A *location* is a variable, or an object made by an expression (`&Options{}`, `make(…)`), and the fields that lead from there; what lies
 * deeper than eight counts as the whole of the eighth. A pointer and what it points to are one location, unless it is known to point elsewhere.
 * An *origin* says what a value was made from: the content of a location at the start of what is looked at (`head`), the answer of a
 * tracked call (`answer`), the result of another call that nothing goes into (`call`), a channel, or nothing but constants.
 *
 * Locations and origins are interned: equal ones are the same object.
 */
import type { Var } from '../semantics/objects.ts';
import type { CallExpr, Node } from '../syntax/ast.ts';

/** A variable, or the expression that makes an object. */
export type Cell = Var | Node;

export interface Location {
  readonly cell: Cell;
  readonly parent: Location | undefined;
  /** The last field; `[]` for elements, `["key"]` for a constant key of a map; '' for the cell itself. */
  readonly field: string;
  readonly depth: number;
  readonly parts: Map<string, Location>;
}

/** How many fields a location may have. */
const MAX_FIELDS = 8;
/** How many of the fields that were taken from a value are remembered: the last ones. */
const MAX_PATH = 4;

const roots = new WeakMap<Cell, Location>();

/** The location of a variable or object as a whole. */
export function locationOf(cell: Cell): Location {
  let location = roots.get(cell);
  if (location === undefined) {
    location = { cell, parent: undefined, field: '', depth: 0, parts: new Map() };
    roots.set(cell, location);
  }
  return location;
}

/** A field or element of a location. */
export function partOf(location: Location, field: string): Location {
  if (location.depth === MAX_FIELDS) return location;
  let part = location.parts.get(field);
  if (part === undefined) {
    part = { cell: location.cell, parent: location, field, depth: location.depth + 1, parts: new Map() };
    location.parts.set(field, part);
  }
  return part;
}

/** The fields that lead from the cell to the location. */
export function fieldsOf(location: Location): readonly string[] {
  const fields: string[] = [];
  for (let at = location; at.parent !== undefined; at = at.parent) fields.push(at.field);
  return fields.reverse();
}

/** Is `inner` the same as `outer`, or a part of it? */
export function isWithin(inner: Location, outer: Location): boolean {
  let at: Location | undefined = inner;
  while (at !== undefined && at.depth > outer.depth) at = at.parent;
  return at === outer;
}

/** Is one a part of the other, or are they the same? */
export function overlap(a: Location, b: Location): boolean {
  return a.cell === b.cell && (isWithin(a, b) || isWithin(b, a));
}

/** What happened to a value on its way, as bits. */
export const VIA = {
  /** `+`, `-`, `++` on numbers. */
  step: 1,
  /** `len(x)` */
  length: 2,
  /** An element of a list, by index or by range. */
  element: 4,
  /** A comparison, or another test. */
  test: 8,
  /** Through a function whose body is out of sight. */
  called: 16,
  /** Became a part of a text. */
  text: 32,
  /** `append(x, …)`: x and more. */
  grown: 64,
  /** `x[a:b]` */
  slice: 128,
  /** Other arithmetic. */
  arithmetic: 256,
} as const;

export interface Origin {
  readonly kind: 'head' | 'answer' | 'call' | 'channel' | 'constant';
  /** For `head`. */
  readonly location: Location | undefined;
  /** For `answer` and `call`: which. For `channel`: the expression that received. */
  readonly node: Node | undefined;
  /** For an `answer` that a function of the project has got for its caller: the call in that function. */
  readonly inner: CallExpr | undefined;
  /** The fields taken since, the last four. */
  readonly path: readonly string[];
  /** Bits of `VIA`. */
  readonly via: number;
}

export type Origins = ReadonlySet<Origin>;

const interned = new WeakMap<object, Map<string, Origin>>();
const CONSTANT_SOURCE = {};

const numbers = new WeakMap<CallExpr, number>();
let numbered = 0;

/** A number for a call, for keys: it is shown to nobody. */
function numberOf(call: CallExpr): number {
  let number = numbers.get(call);
  if (number === undefined) {
    number = ++numbered;
    numbers.set(call, number);
  }
  return number;
}

function intern(origin: Origin): Origin {
  const source = origin.location ?? origin.node ?? CONSTANT_SOURCE;
  let table = interned.get(source);
  if (table === undefined) {
    table = new Map();
    interned.set(source, table);
  }
  const inner = origin.inner === undefined ? '' : numberOf(origin.inner);
  const key = `${origin.kind}${origin.via} ${inner} ${origin.path.join('.')}`;
  const known = table.get(key);
  if (known === undefined) table.set(key, origin);
  return known ?? origin;
}

const NO_DETAILS = { location: undefined, node: undefined, inner: undefined, path: [], via: 0 } as const;

export function headOf(location: Location): Origin {
  return intern({ ...NO_DETAILS, kind: 'head', location });
}

export function answerOf(call: CallExpr, inner?: CallExpr): Origin {
  return intern({ ...NO_DETAILS, kind: 'answer', node: call, inner });
}

export function resultOf(call: CallExpr): Origin {
  return intern({ ...NO_DETAILS, kind: 'call', node: call });
}

export function receivedBy(node: Node): Origin {
  return intern({ ...NO_DETAILS, kind: 'channel', node });
}

const constant = intern({ ...NO_DETAILS, kind: 'constant' });

export const NOTHING: Origins = new Set();
export const CONSTANT: Origins = new Set([constant]);

export function only(origin: Origin): Origins {
  return new Set([origin]);
}

/** More origins than this of one value are not told apart: those that came first stay. */
const MAX_ORIGINS = 48;

export function union(a: Origins, b: Origins): Origins {
  if (a === b || b.size === 0) return a;
  if (a.size === 0) return b;
  let joined: Set<Origin> | undefined;
  for (const origin of b) {
    if (a.has(origin)) continue;
    joined ??= new Set(a);
    if (joined.size >= MAX_ORIGINS) break;
    joined.add(origin);
  }
  return joined ?? a;
}

/** The origins of a field of a value. */
export function fieldOrigins(origins: Origins, field: string): Origins {
  return map(origins, (o) => {
    if (o.kind === 'constant') return o;
    if (o.kind === 'head' && o.via === 0 && o.path.length === 0) return headOf(partOf(o.location!, field));
    return intern({ ...o, path: [...o.path, field].slice(-MAX_PATH) });
  });
}

/** What was done to one value, done to another: the ways it went, and the fields that were taken then. */
export function replay(o: Origin, origins: Origins): Origins {
  let value = o.via === 0 ? origins : through(origins, o.via);
  for (const field of o.path) value = fieldOrigins(value, field);
  return value;
}

/** The origins of what is made of a value. */
export function through(origins: Origins, via: number): Origins {
  return map(origins, (o) => {
    // Of constants it is only told whether they are counted up.
    const more = o.kind === 'constant' ? via & VIA.step : via;
    return (o.via | more) === o.via ? o : intern({ ...o, via: o.via | more });
  });
}

function map(origins: Origins, change: (o: Origin) => Origin): Origins {
  const changed = new Set<Origin>();
  for (const o of origins) changed.add(change(o));
  return changed;
}

/** The names that lead to the value: of the variable, the fields of its location, and the fields taken since. */
export function namesOf(origin: Origin): readonly string[] {
  const { location, path } = origin;
  if (location === undefined) return path;
  const { cell } = location;
  const root = cell.kind === 'var' ? [cell.name] : [];
  return [...root, ...fieldsOf(location), ...path];
}
