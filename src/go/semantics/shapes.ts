/**
 * What a type is made of, seen through names, type parameters and constraints.
 *
 *     underlying(time.Duration)         => int64
 *     coreType(P) with P ~[]E           => []E
 *     defaultType(untyped float)        => float64
 */
import type { Basic, BasicName, Type, Unknown } from './types.ts';
import { basic, COMPARABLE, RUNE, UNKNOWN } from './universe.ts';

/** Never named. Of a type parameter its constraint is not the underlying type here: it stays itself. */
export function underlying(type: Type): Type {
  return type.kind === 'named' ? type.underlying : type;
}

export interface Term {
  readonly tilde: boolean;
  readonly type: Type;
}

const MAX_CONSTRAINT_DEPTH = 40;

/**
 * The types that a constraint admits; undefined where it does not restrict them (only methods are asked for), and `unknown` as a
 * term's type where a part of it is not known.
 */
export function termsOf(constraint: Type, depth = 0): readonly Term[] | undefined {
  if (depth > MAX_CONSTRAINT_DEPTH) return undefined;
  const type = underlying(constraint);
  switch (type.kind) {
    case 'interface': {
      let terms: readonly Term[] | undefined;
      for (const embedded of type.embedded) {
        const more = termsOf(embedded, depth + 1);
        if (more !== undefined) terms = terms === undefined ? more : intersect(terms, more);
      }
      return terms;
    }
    case 'union': {
      const terms: Term[] = [];
      for (const term of type.terms) {
        const inner = underlying(term.type);
        if (inner.kind !== 'interface') {
          terms.push(term);
          continue;
        }
        const more = termsOf(inner, depth + 1);
        if (more === undefined) return undefined;
        terms.push(...more);
      }
      return terms;
    }
    default:
      return [{ tilde: false, type: constraint }];
  }
}

/** Good enough where one of the two is a refinement of the other, as in real constraints. */
function intersect(a: readonly Term[], b: readonly Term[]): readonly Term[] {
  const kept = a.filter((x) => b.some((y) => sameShape(x.type, y.type)));
  return kept.length > 0 ? kept : b;
}

function sameShape(a: Type, b: Type): boolean {
  const x = underlying(a);
  const y = underlying(b);
  return x === y || (x.kind === y.kind && x.kind !== 'basic') || x.kind === 'unknown' || y.kind === 'unknown';
}

/**
 * The one underlying type that all types of a type parameter's constraint share; for other types their underlying type.
 * Undefined where there is none (no restriction, or several).
 */
export function coreType(type: Type, depth = 0): Type | undefined {
  if (type.kind !== 'typeparam') return underlying(type);
  if (depth > MAX_CONSTRAINT_DEPTH) return undefined;
  const terms = termsOf(type.constraint);
  if (terms === undefined) return isUnknownDeep(type.constraint) ? unknownFrom(type.constraint) : undefined;
  let core: Type | undefined;
  for (const term of terms) {
    const next = term.type.kind === 'typeparam' ? coreType(term.type, depth + 1) : underlying(term.type);
    if (next === undefined || next.kind === 'unknown') return next;
    if (core === undefined) core = next;
    else if (!sameCore(core, next)) return undefined;
    else if (core.kind === 'chan' && core.direction === 'both') core = next;
  }
  return core;
}

function sameCore(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'basic':
      return a.name === (b as Basic).name;
    case 'slice':
      return a.elem === (b as typeof a).elem || sameCore(a.elem, (b as typeof a).elem);
    case 'pointer':
    case 'array':
    case 'chan':
      return a.elem === (b as typeof a).elem || sameCore(a.elem, (b as typeof a).elem);
    case 'map': {
      const other = b as typeof a;
      return (
        (a.key === other.key || sameCore(a.key, other.key)) &&
        (a.value === other.value || sameCore(a.value, other.value))
      );
    }
    case 'named':
      return a.object === (b as typeof a).object && a.typeArgs.length === 0;
    default:
      return false;
  }
}

/** As `coreType`, but a constraint of strings and byte slices counts as string (specification, "Core types", bytestring). */
export function coreString(type: Type): Type | undefined {
  const core = coreType(type);
  if (core !== undefined || type.kind !== 'typeparam') return core;
  const terms = termsOf(type.constraint);
  if (terms === undefined || terms.length === 0) return undefined;
  const isText = (t: Type): boolean => {
    const u = underlying(t);
    if (u.kind === 'basic') return u.name === 'string';
    if (u.kind !== 'slice') return false;
    const elem = underlying(u.elem);
    return elem.kind === 'basic' && elem.name === 'uint8';
  };
  return terms.every((term) => isText(term.type)) ? basic('string') : undefined;
}

const DEFAULTS: ReadonlyMap<BasicName, Basic> = new Map([
  ['untyped bool', basic('bool')],
  ['untyped int', basic('int')],
  ['untyped rune', RUNE],
  ['untyped float', basic('float64')],
  ['untyped complex', basic('complex128')],
  ['untyped string', basic('string')],
]);

/** Specification, "Constants": what an untyped value becomes where nothing else is asked. */
export function defaultType(type: Type): Type {
  return type.kind === 'basic' ? (DEFAULTS.get(type.name) ?? type) : type;
}

type Untyped = Basic & { readonly name: Extract<BasicName, `untyped ${string}`> };

export function isUntyped(type: Type): type is Untyped {
  return type.kind === 'basic' && type.name.startsWith('untyped ');
}

export function isNamedBasic(type: Type, ...names: readonly BasicName[]): boolean {
  return type.kind === 'basic' && names.includes(type.name);
}

const NUMBERS =
  /^(u?int(8|16|32|64)?|uintptr|float(32|64)|complex(64|128)|untyped (int|rune|float|complex))$/;

export function isNumeric(type: Type): boolean {
  const u = underlying(type);
  return u.kind === 'basic' && NUMBERS.test(u.name);
}

export function isInterface(type: Type): boolean {
  return underlying(type).kind === 'interface';
}

/** `interface{}` in any spelling: every type implements it. */
export function isEmptyInterface(type: Type): boolean {
  const u = underlying(type);
  return u.kind === 'interface' && u !== COMPARABLE && u.methods.length === 0 && u.embedded.length === 0;
}

/** What follows from a type that does not allow what is asked of it: unknown, and because of a missing package if that is the root. */
export function unknownFrom(type: Type): Unknown {
  switch (type.kind) {
    case 'unknown':
      return type;
    case 'pointer':
    case 'slice':
    case 'array':
      return unknownFrom(type.elem);
    case 'named': {
      const u = type.underlying;
      return u.kind === 'unknown' ? u : UNKNOWN;
    }
    case 'typeparam':
      return type.constraint.kind === 'typeparam' ? UNKNOWN : unknownFrom(type.constraint);
    default:
      return UNKNOWN;
  }
}

function isUnknownDeep(type: Type): boolean {
  return underlying(type).kind === 'unknown';
}

/** What `range` sees. Functions, channels and the rest by their core type. */
export function rangeCore(type: Type): Type | undefined {
  return coreString(type);
}
