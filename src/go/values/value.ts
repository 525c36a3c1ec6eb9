/**
 * What an expression can be worth, as far as the analysis tells values apart.
 *
 *     asset := model.NewAsset(h.Name)       opaque: nothing is known but who it is
 *     asset.Tags = tags                     struct: the same one, with one part known
 *     p := &asset                           pointer to the variable
 *     skip := false                         constant
 *     batch = append(batch, p)              pointer to a list of one element
 *     if old { skip = true }; use(skip)     union: one of two
 *
 * Values are immutable and interned: equal ones are one object. What changes is what a world's store has at a location.
 * Slices, maps and channels are pointers to lists, whose elements are a set: order and number are not told apart, but for elements that
 * somebody has picked out by an index (`focus`).
 */
import type { Func, Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import type { FuncLit, SelectorExpr } from '../syntax/ast.ts';
import { type Identity, subjectOf } from './identity.ts';

interface Common {
  readonly id: number;
  /** The sites whose latest, and the variables, that it mentions: what must be rewritten when there is a later one. */
  readonly mentions: ReadonlySet<object>;
  /** How deep values are nested in it. */
  readonly depth: number;
}
export interface Opaque extends Common {
  readonly kind: 'opaque';
  readonly who: Identity;
  /** A boolean turned over by `!`. */
  readonly negated: boolean;
}
export interface Constant extends Common {
  readonly kind: 'constant';
  /** `true`, `false`, `"text"`, `12`, or the qualified name of a constant with a type of its own. */
  readonly text: string;
}
export interface Nil extends Common {
  readonly kind: 'nil';
}
export interface StructValue extends Common {
  readonly kind: 'struct';
  readonly who: Identity;
  /** What is known of its fields, by name. */
  readonly fields: ReadonlyMap<string, Value>;
}
export interface Pointer extends Common {
  readonly kind: 'pointer';
  readonly to: Location;
}
/** A pointer to what nobody else names any more: the variable of an earlier turn. */
export interface Frozen extends Common {
  readonly kind: 'frozen';
  readonly value: Value;
}
/** The content of a slice, map or channel; stands in the store and behind `frozen`, never in a variable. */
export interface List extends Common {
  readonly kind: 'list';
  readonly elements: readonly Value[];
  /** Elements that are told from the others, by the value of their index. */
  readonly focus: ReadonlyMap<Value, Value>;
  /** What the elements mention, without those that are told apart. */
  readonly held: ReadonlySet<object>;
}
export interface FunctionValue extends Common {
  readonly kind: 'function';
  readonly target: FunctionTarget;
  /** The receiver, for method values. */
  readonly receiver: Value | undefined;
  /** What captured variables were worth that have been declared anew since. */
  readonly captured: ReadonlyMap<Location, Value>;
}
export interface Tuple extends Common {
  readonly kind: 'tuple';
  readonly values: readonly Value[];
}
/** One of these, of which none is a union. */
export interface Union extends Common {
  readonly kind: 'union';
  readonly alternatives: readonly Value[];
}
export type Value =
  | Opaque
  | Constant
  | Nil
  | StructValue
  | Pointer
  | Frozen
  | List
  | FunctionValue
  | Tuple
  | Union;

export type FunctionTarget =
  /** `bindings`: where the variables from outside that it names are. */
  | { readonly kind: 'literal'; readonly node: FuncLit; readonly bindings: ReadonlyMap<Var, Location> }
  | { readonly kind: 'declared'; readonly func: Func; readonly selector: SelectorExpr | undefined }
  /** `x.Name` of a package or type without source. */
  | { readonly kind: 'unresolved'; readonly selector: SelectorExpr }
  /** Given to an iterator as `yield`: puts what it is called with into the list. */
  | { readonly kind: 'collector'; readonly into: Location };

export type Location =
  | {
      readonly id: number;
      readonly kind: 'variable';
      readonly variable: Var | object;
      readonly activation: number;
      readonly type: Type;
    }
  /** What syntax has allocated; the latest. */
  | {
      readonly id: number;
      readonly kind: 'object';
      readonly site: object;
      readonly which: string;
      readonly type: Type;
    }
  /** What an opaque pointer, slice, map or channel refers to. */
  | { readonly id: number; readonly kind: 'pointee'; readonly of: Identity; readonly type: Type }
  | {
      readonly id: number;
      readonly kind: 'field';
      readonly of: Location;
      readonly name: string;
      readonly type: Type;
    }
  | {
      readonly id: number;
      readonly kind: 'element';
      readonly of: Location;
      readonly index: Value;
      readonly type: Type;
    };

const NOTHING: ReadonlySet<object> = new Set();
const MAX_ALTERNATIVES = 12;

export interface Values {
  readonly nil: Nil;
  readonly true: Constant;
  readonly false: Constant;
  opaque(who: Identity, negated?: boolean): Opaque;
  constant(text: string): Constant;
  struct(who: Identity, fields: ReadonlyMap<string, Value>): StructValue;
  pointer(to: Location): Pointer;
  frozen(value: Value): Frozen;
  list(elements: readonly Value[], focus?: ReadonlyMap<Value, Value>): List;
  function(target: FunctionTarget, receiver?: Value, captured?: ReadonlyMap<Location, Value>): FunctionValue;
  tuple(values: readonly Value[]): Tuple;
  /** One of these; the value itself if there is one only. */
  union(values: readonly Value[]): Value;

  variable(variable: Var | object, activation: number, type: Type): Location;
  object(site: object, type: Type, which?: string): Location;
  /** Where several lists have become one. */
  united(lists: readonly Location[]): Location;
  pointee(of: Identity, type: Type): Location;
  field(of: Location, name: string, type: Type): Location;
  element(of: Location, index: Value, type: Type): Location;
}

export function alternativesOf(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.alternatives : [value];
}

/**
 * A table of values and locations. `partOf` is what a field of something is worth that nobody has written.
 */
export function newValues(
  numberOf: (x: object) => number,
  partOf: (who: Identity, name: string) => Value,
): Values {
  const known = new Map<string, Value>();
  const locations = new Map<string, Location>();
  /** Of lists that were several: which. */
  const components = new Map<Location, readonly Location[]>();

  const intern = <T extends Value>(key: string, make: () => Omit<T, 'id'>): T => {
    let found = known.get(key);
    if (found === undefined) {
      found = { ...make(), id: known.size } as unknown as Value;
      known.set(key, found);
    }
    return found as T;
  };
  const place = (key: string, make: () => object): Location => {
    let found = locations.get(key);
    if (found === undefined) {
      found = { ...make(), id: locations.size } as Location;
      locations.set(key, found);
    }
    return found;
  };

  const constant = (text: string) =>
    intern<Constant>(`c${text}`, () => ({ kind: 'constant', text, mentions: NOTHING, depth: 0 }));

  const struct = (who: Identity, fields: ReadonlyMap<string, Value>): StructValue => {
    const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
    return intern(`s${who.id}{${sorted.map(([name, v]) => `${name}:${v.id}`).join()}}`, () => ({
      kind: 'struct',
      who,
      fields: new Map(sorted),
      mentions: mentionsOf(
        sorted.map(([, v]) => v),
        sitesOf(who),
      ),
      depth: deeper(sorted.map(([, v]) => v)),
    }));
  };

  const list = (elements: readonly Value[], focus: ReadonlyMap<Value, Value> = new Map()): List => {
    const sorted = normalised(elements, values, partOf);
    const focused = [...focus].sort(([a], [b]) => a.id - b.id);
    const parts = [...sorted, ...focused.flat()];
    const key = `l${sorted.map((v) => v.id).join()};${focused.map(([at, v]) => `${at.id}:${v.id}`).join()}`;
    return intern(key, () => ({
      kind: 'list',
      elements: sorted,
      focus: new Map(focused),
      held: mentionsOf(sorted),
      mentions: mentionsOf(parts),
      depth: deeper(parts),
    }));
  };

  const functionValue: Values['function'] = (target, receiver, captured = new Map()) => {
    const kept = [...captured].sort(([a], [b]) => a.id - b.id);
    const key = `f${targetKey(target, numberOf)}|${receiver?.id ?? ''}|${kept.map(([at, v]) => `${at.id}:${v.id}`).join()}`;
    return intern(key, () => {
      const parts = [...(receiver === undefined ? [] : [receiver]), ...kept.map(([, v]) => v)];
      const free = target.kind === 'literal' ? [...target.bindings.values()] : [];
      const own =
        target.kind === 'collector'
          ? mentionsOfLocation(target.into)
          : free.filter((at) => !captured.has(at)).flatMap(mentionsOfLocation);
      return {
        kind: 'function',
        target,
        receiver,
        captured,
        mentions: mentionsOf(parts, own),
        depth: deeper(parts),
      };
    });
  };

  const union = (all: readonly Value[]): Value => {
    const flat = new Map<number, Value>();
    for (const value of all) for (const one of alternativesOf(value)) flat.set(one.id, one);
    const alternatives = merged([...flat.values()], values, partOf);
    if (alternatives.length === 1) return alternatives[0]!;
    // More than anybody writes on purpose: the first ones stand for all, which keeps what is most often asked.
    const kept = alternatives.slice(0, MAX_ALTERNATIVES);
    return intern<Union>(`u${kept.map((v) => v.id).join()}`, () => ({
      kind: 'union',
      alternatives: kept,
      mentions: mentionsOf(kept),
      depth: deeper(kept),
    }));
  };

  const values: Values = {
    nil: intern<Nil>('n', () => ({ kind: 'nil', mentions: NOTHING, depth: 0 })),
    true: constant('true'),
    false: constant('false'),
    constant,
    opaque: (who, negated = false) =>
      intern<Opaque>(`o${who.id}${negated ? '!' : ''}`, () => ({
        ...{ kind: 'opaque', who, negated, depth: 0 },
        mentions: new Set(sitesOf(who)),
      })),
    struct,
    pointer: (to) =>
      intern<Pointer>(`p${to.id}`, () => ({
        ...{ kind: 'pointer', to, depth: 0 },
        mentions: new Set(mentionsOfLocation(to)),
      })),
    frozen: (value) =>
      intern<Frozen>(`z${value.id}`, () => ({
        ...{ kind: 'frozen', value, mentions: value.mentions, depth: value.depth + 1 },
      })),
    list,
    function: functionValue,
    tuple: (all) =>
      intern<Tuple>(`t${all.map((v) => v.id).join()}`, () => ({
        ...{ kind: 'tuple', values: all, mentions: mentionsOf(all), depth: deeper(all) },
      })),
    union,
    variable: (variable, activation, type) =>
      place(`v${numberOf(variable)},${activation}`, () => ({ kind: 'variable', variable, activation, type })),
    object: (site, type, which = '') =>
      place(`o${numberOf(site)},${which}`, () => ({ kind: 'object', site, type, which })),
    united: (lists) => {
      const parts = [...new Set(lists.flatMap((list) => components.get(list) ?? [list]))];
      const key = `U${parts
        .map((part) => part.id)
        .sort()
        .join()}`;
      const at = place(key, () => ({ kind: 'object', site: {}, type: lists[0]!.type, which: 'united' }));
      components.set(at, parts);
      return at;
    },
    pointee: (of, type) => place(`p${of.id},${numberOf(type)}`, () => ({ kind: 'pointee', of, type })),
    field: (of, name, type) => place(`f${of.id},${name}`, () => ({ kind: 'field', of, name, type })),
    element: (of, index, type) =>
      place(`e${of.id},${index.id}`, () => ({ kind: 'element', of, index, type })),
  };
  return values;
}

function targetKey(target: FunctionTarget, numberOf: (x: object) => number): string {
  switch (target.kind) {
    case 'literal':
      return `l${numberOf(target.node)}/${[...target.bindings.values()].map((at) => at.id).join()}`;
    case 'declared':
      return `d${numberOf(target.func)}${target.selector === undefined ? '' : `/${numberOf(target.selector)}`}`;
    case 'unresolved':
      return `u${numberOf(target.selector)}`;
    case 'collector':
      return `c${target.into.id}`;
  }
}

/** What made it, and the whole that it is a part of: facts are about wholes. */
function sitesOf(who: Identity): readonly object[] {
  return who.past === undefined ? [who.site, subjectOf(who).whole] : [];
}

function mentionsOfLocation(location: Location): readonly object[] {
  switch (location.kind) {
    case 'variable':
      return [location];
    case 'object':
      return [location.site];
    case 'pointee':
      return sitesOf(location.of);
    case 'field':
      return mentionsOfLocation(location.of);
    case 'element':
      return [...mentionsOfLocation(location.of), ...location.index.mentions];
  }
}

function mentionsOf(parts: readonly Value[], own: readonly object[] = []): ReadonlySet<object> {
  if (own.length === 0 && parts.length === 1) return parts[0]!.mentions;
  const all = new Set<object>(own);
  for (const part of parts) for (const mention of part.mentions) all.add(mention);
  return all.size === 0 ? NOTHING : all;
}

function deeper(parts: readonly Value[]): number {
  return parts.reduce((depth, part) => Math.max(depth, part.depth), 0) + 1;
}

/** Elements as a set: unions taken apart, lists put together, so that a loop does not make ever new ones. */
function normalised(elements: readonly Value[], values: Values, partOf: PartOf): readonly Value[] {
  const flat = new Map<number, Value>();
  for (const element of elements) for (const one of alternativesOf(element)) flat.set(one.id, one);
  return merged([...flat.values()], values, partOf);
}

type PartOf = (who: Identity, name: string) => Value;

/** Puts together what differs in known parts only, and lists that nobody names. In order of ids: the result does not depend on the order. */
function merged(alternatives: readonly Value[], values: Values, partOf: PartOf): Value[] {
  const sorted = [...alternatives].sort((a, b) => a.id - b.id);
  const structs = new Map<Identity, Opaque | StructValue>();
  let lists: List | undefined;
  const others: Value[] = [];
  for (const value of sorted) {
    if (value.kind === 'struct' || (value.kind === 'opaque' && !value.negated)) {
      const before = structs.get(value.who);
      structs.set(value.who, before === undefined ? value : mergedStruct(before, value, values, partOf));
    } else if (value.kind === 'frozen' && value.value.kind === 'list') {
      const { elements } = value.value;
      lists = values.list(lists === undefined ? elements : [...lists.elements, ...elements]);
    } else others.push(value);
  }
  if (lists !== undefined) others.push(values.frozen(lists));
  return [...structs.values(), ...others].sort((a, b) => a.id - b.id);
}

function mergedStruct(
  a: Opaque | StructValue,
  b: Opaque | StructValue,
  values: Values,
  partOf: PartOf,
): Opaque | StructValue {
  const fields = new Map<string, Value>();
  for (const value of [a, b])
    for (const name of value.kind === 'struct' ? value.fields.keys() : []) {
      if (fields.has(name)) continue;
      const [one, other] = [a, b].map(
        (v) => (v.kind === 'struct' && v.fields.get(name)) || partOf(v.who, name),
      );
      fields.set(name, values.union([one!, other!]));
    }
  return fields.size === 0 ? a : values.struct(a.who, fields);
}
