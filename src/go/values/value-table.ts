/**
 * The table of values: equal values are one object, and what differs in nothing that matters is put together.
 */
import { type Identity, subjectOf } from './identity.ts';
import {
  alternativesOf,
  type Constant,
  type Frozen,
  type FunctionTarget,
  type List,
  type Location,
  type Nil,
  type Opaque,
  type Pointer,
  type StructValue,
  type Tuple,
  type Union,
  type Value,
  type Values,
} from './value.ts';

const NOTHING: ReadonlySet<object> = new Set();
const MAX_ALTERNATIVES = 12;
/** So many forms of one struct are told apart. */
const MAX_FORMS = 4;

/** What the table must know of identities. */
export interface Parts {
  readonly numberOf: (x: object) => number;
  /** What a field is worth that nobody has written. */
  partOf(who: Identity, name: string): Value;
  /** Does nothing matter of it but who it is? */
  isAtom(who: Identity): boolean;
  /** Something of which nothing is known, not even who it is. */
  anything(): Value;
}

export function newValues(parts: Parts): Values {
  const { numberOf } = parts;
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

  const list = (
    elements: readonly Value[],
    focus: ReadonlyMap<Value, Value> = new Map(),
    filled = false,
  ): List => {
    const sorted = normalised(elements, values, parts);
    const focused = [...focus].sort(([a], [b]) => a.id - b.id);
    const all = [...sorted, ...focused.flat()];
    const key = `l${filled ? '+' : ''}${sorted.map((v) => v.id).join()};${focused.map(([at, v]) => `${at.id}:${v.id}`).join()}`;
    return intern(key, () => ({
      kind: 'list',
      elements: sorted,
      focus: new Map(focused),
      held: mentionsOf(sorted),
      filled,
      mentions: mentionsOf(all),
      depth: deeper(all),
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
    const alternatives = merged([...flat.values()], values, parts);
    if (alternatives.length === 1) return alternatives[0]!;
    // More than anybody writes on purpose: what is left may be anything.
    const few = alternatives.length <= MAX_ALTERNATIVES;
    const kept = few ? alternatives : [...alternatives.slice(0, MAX_ALTERNATIVES - 1), parts.anything()];
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
function normalised(elements: readonly Value[], values: Values, parts: Parts): readonly Value[] {
  const flat = new Map<number, Value>();
  for (const element of elements) for (const one of alternativesOf(element)) flat.set(one.id, one);
  return merged([...flat.values()], values, parts);
}

/** Puts together what differs in known parts only, and lists that nobody names. In order of ids: the result does not depend on the order. */
function merged(alternatives: readonly Value[], values: Values, parts: Parts): Value[] {
  const sorted = [...alternatives].sort((a, b) => a.id - b.id);
  const structs = new Map<Identity, (Opaque | StructValue)[]>();
  let lists: List | undefined;
  const others: Value[] = [];
  for (const value of sorted) {
    if (value.kind === 'struct' || (value.kind === 'opaque' && !value.negated)) {
      const same = structs.get(value.who) ?? [];
      // What is in the fields of a struct may belong together, such as a thing and what was said of it.
      const isFull = parts.isAtom(value.who) || same.length >= MAX_FORMS;
      const before = isFull ? same.pop() : undefined;
      same.push(before === undefined ? value : mergedStruct(before, value, values, parts));
      structs.set(value.who, same);
    } else if (value.kind === 'frozen' && value.value.kind === 'list') {
      const { elements } = value.value;
      lists = values.list(lists === undefined ? elements : [...lists.elements, ...elements]);
    } else others.push(value);
  }
  if (lists !== undefined) others.push(values.frozen(lists));
  return [...[...structs.values()].flat(), ...others].sort((a, b) => a.id - b.id);
}

function mergedStruct(
  a: Opaque | StructValue,
  b: Opaque | StructValue,
  values: Values,
  { partOf }: Parts,
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
