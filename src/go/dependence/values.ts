/**
 * Values of the dependence analysis: what is known of them, and what they were made of.
 *
 *     return true, nil            known true; known nil
 *     d, err := getDevice(id)     symbols: nothing is known, each is the same wherever it is copied to
 *     req.URL.RawQuery = q        a symbol's memory, which later reads and requests see
 *
 * `data` is what the value was computed from; `control` which branches decided that it is this value and no other.
 * Values are immutable and interned.
 */
import type { GoFunction } from '../package.ts';
import type { Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import type { ReturnStmt } from '../syntax/ast.ts';
import type { Frame } from './machine.ts';
import type { Question, Sources, SourceTable } from './sources.ts';

export type Known =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'nil' }
  /** Not nil. `sentinels`: package variables that the error is or wraps; `open`: it may wrap others. */
  | { readonly kind: 'non-nil'; readonly sentinels: readonly Var[]; readonly open: boolean }
  /** A number or text. */
  | { readonly kind: 'constant'; readonly text: string }
  /** A struct whose fields are zero but for its parts. */
  | { readonly kind: 'zero' }
  | {
      readonly kind: 'function';
      readonly fn: GoFunction;
      readonly scope: Frame | undefined;
      readonly receiver: Value | undefined;
    }
  /** What an iterator calls `yield`: puts what it is given into the cell. */
  | { readonly kind: 'collector'; readonly into: Cell };

/** An address: of an error of one's own, perhaps, that wraps another. */
export const NOT_NIL: Known = { kind: 'non-nil', sentinels: [], open: true };

/** Something nobody knows, but that is one and the same. */
export interface Entity {
  readonly id: number;
  readonly parent: Entity | undefined;
  /** The field, method or function that it came from. */
  readonly name: string;
  /** It is the error of this question. */
  readonly errorOf: Question | undefined;
}

export interface Cell {
  readonly id: number;
  /** The frame whose variable it is; undefined for what lives on. */
  readonly frame: Frame | undefined;
  /** What a symbol points to. */
  readonly symbol: Entity | undefined;
  /** Package variables. */
  readonly global: Var | undefined;
}

export interface Place {
  readonly id: number;
  readonly cell: Cell;
  readonly path: readonly string[];
}

export interface Value {
  readonly id: number;
  readonly known: Known | undefined;
  readonly symbol: Entity | undefined;
  readonly data: Sources;
  readonly control: Sources;
  /** What a pointer, slice, map or channel refers to. */
  readonly refs: readonly Place[];
  readonly parts: ReadonlyMap<string, Value>;
  /** For a truth: the return statement that made it one where it should not. */
  readonly origin: ReturnStmt | undefined;
}

const NO_PARTS: ReadonlyMap<string, Value> = new Map();
const MAX_REFS = 6;

export interface ValueTable {
  readonly sources: SourceTable;
  value(v: Partial<Omit<Value, 'id'>>): Value;
  with(v: Value, change: Partial<Omit<Value, 'id'>>): Value;
  readonly unknown: Value;
  readonly nil: Value;
  bool(value: boolean): Value;
  symbol(key: string, name: string, parent?: Entity, errorOf?: Question): Entity;
  child(parent: Entity, name: string): Entity;
  cell(key: string, about?: Partial<Omit<Cell, 'id'>>): Cell;
  place(cell: Cell, path?: readonly string[]): Place;
  inside(place: Place, name: string): Place;
  join(a: Value, b: Value): Value;
  numberOf(x: object): number;
}

export function valueTable(sources: SourceTable): ValueTable {
  const values = new Map<string, Value>();
  const symbols = new Map<string, Entity>();
  const cells = new Map<string, Cell>();
  const places = new Map<string, Place>();
  const numbers = new Map<object, number>();

  const numberOf = (x: object): number => {
    let n = numbers.get(x);
    if (n === undefined) {
      n = numbers.size;
      numbers.set(x, n);
    }
    return n;
  };
  const intern = <T>(table: Map<string, T>, key: string, make: (id: number) => T): T => {
    let found = table.get(key);
    if (found === undefined) {
      found = make(table.size);
      table.set(key, found);
    }
    return found;
  };

  const knownKey = (known: Known | undefined): string => {
    if (known === undefined) return '';
    switch (known.kind) {
      case 'bool':
        return `b${known.value}`;
      case 'non-nil':
        return `n${known.sentinels.map(numberOf).join('.')}${known.open ? '+' : ''}`;
      case 'constant':
        return `c${JSON.stringify(known.text)}`;
      case 'function':
        return `f${numberOf(known.fn)}.${known.scope?.id ?? ''}.${known.receiver?.id ?? ''}`;
      case 'collector':
        return `y${known.into.id}`;
      case 'nil':
      case 'zero':
        return known.kind;
    }
  };

  const value: ValueTable['value'] = (v) => {
    const data = v.data ?? sources.none;
    const control = v.control ?? sources.none;
    const refs = [...new Set(v.refs ?? [])].sort((a, b) => a.id - b.id).slice(0, MAX_REFS);
    const parts = v.parts ?? NO_PARTS;
    const key = [
      knownKey(v.known),
      v.symbol?.id ?? '',
      data.id,
      control.id,
      refs.map((r) => r.id).join('.'),
      parts.size === 0
        ? ''
        : [...parts]
            .map(([n, p]) => `${n}:${p.id}`)
            .sort()
            .join(),
      v.origin?.pos ?? '',
    ].join('|');
    return intern(values, key, (id) => ({
      id,
      known: v.known,
      symbol: v.symbol,
      data,
      control,
      refs,
      parts,
      origin: v.origin,
    }));
  };

  const unknown = value({});
  const bools = {
    true: value({ known: { kind: 'bool', value: true } }),
    false: value({ known: { kind: 'bool', value: false } }),
  };
  const symbol: ValueTable['symbol'] = (key, name, parent, errorOf) =>
    intern(symbols, key, (id) => ({ id, parent, name, errorOf }));
  const place: ValueTable['place'] = (cell, path = []) =>
    intern(places, `${cell.id}/${path.join('/')}`, (id) => ({ id, cell, path }));

  const table: ValueTable = {
    sources,
    value,
    with: (v, change) => value({ ...v, ...change }),
    unknown,
    nil: value({ known: { kind: 'nil' } }),
    bool: (b) => (b ? bools.true : bools.false),
    symbol,
    child: (parent, name) => symbol(`${parent.id}.${name}`, name, parent),
    cell: (key, about = {}) =>
      intern(cells, key, (id) => ({ id, frame: about.frame, symbol: about.symbol, global: about.global })),
    place,
    inside: (at, name) => place(at.cell, at.path.length < 6 ? [...at.path, name] : at.path),
    join(a, b) {
      if (a === b) return a;
      const names = new Set([...a.parts.keys(), ...b.parts.keys()]);
      const parts = new Map<string, Value>();
      for (const name of names) {
        const [x, y] = [a.parts.get(name), b.parts.get(name)];
        if (x !== undefined && y !== undefined) parts.set(name, table.join(x, y));
        else {
          const one = (x ?? y)!;
          const other = x === undefined ? a : b;
          parts.set(
            name,
            value({ ...one, known: undefined, symbol: undefined, data: sources.union(one.data, other.data) }),
          );
        }
      }
      const same = knownKey(a.known) === knownKey(b.known);
      return value({
        known: same ? a.known : joinKnown(a.known, b.known),
        symbol:
          a.symbol === b.symbol
            ? a.symbol
            : a.refs.length + b.refs.length > 0
              ? (a.symbol ?? b.symbol)
              : undefined,
        data: sources.union(a.data, b.data),
        control: sources.union(a.control, b.control),
        refs: [...a.refs, ...b.refs],
        parts,
        origin: a.origin ?? b.origin,
      });
    },
    numberOf,
  };
  return table;
}

function joinKnown(a: Known | undefined, b: Known | undefined): Known | undefined {
  const [x, y] = [asError(a), asError(b)];
  if (x === undefined || y === undefined) return undefined;
  return {
    kind: 'non-nil',
    sentinels: x.sentinels.filter((s) => y.sentinels.includes(s)),
    open: x.open || y.open || x.sentinels.length + y.sentinels.length > 0,
  };
}

/** A struct that is used as an error is not nil either. */
function asError(k: Known | undefined): Extract<Known, { kind: 'non-nil' }> | undefined {
  if (k?.kind === 'zero') return { kind: 'non-nil', sentinels: [], open: true };
  return k?.kind === 'non-nil' ? k : undefined;
}

/** The zero value of a type. */
export function zeroOf(table: ValueTable, type: Type): Value {
  let t = type;
  if (t.kind === 'named') t = t.underlying;
  switch (t.kind) {
    case 'basic':
      if (t.name.includes('bool')) return table.bool(false);
      return table.value({ known: { kind: 'constant', text: t.name.includes('string') ? '""' : '0' } });
    case 'pointer':
    case 'slice':
    case 'map':
    case 'chan':
    case 'signature':
    case 'interface':
      return table.nil;
    case 'struct':
    case 'array':
      return table.value({ known: { kind: 'zero' } });
    default:
      return table.unknown;
  }
}
