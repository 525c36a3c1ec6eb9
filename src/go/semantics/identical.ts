/**
 * Type identity (language specification, "Type identity").
 *
 *     []byte and []uint8                        identical
 *     two declarations `type A int`, `type B int`   different
 *
 * Where a part of either type is unknown the types are not identical.
 */

import { isExported } from './file-scope.ts';
import { allMethods } from './method-sets.ts';
import type { Var } from './objects.ts';
import type { Signature, Struct, Tuple, Type, TypeParam, Union } from './types.ts';
import { COMPARABLE } from './universe.ts';

/** Pairs of type parameters of two generic signatures that are being compared. */
type Pairs = ReadonlyMap<TypeParam, TypeParam> | undefined;

const MAX_DEPTH = 100;

export function identical(a: Type, b: Type): boolean {
  return same(a, b, undefined, 0);
}

function same(a: Type, b: Type, pairs: Pairs, depth: number): boolean {
  if (a === b) return a.kind !== 'unknown';
  if (a.kind !== b.kind || depth > MAX_DEPTH) return false;
  const next = depth + 1;
  switch (a.kind) {
    case 'basic':
      return a.name === (b as typeof a).name;
    case 'named': {
      const other = b as typeof a;
      return (
        a.object === other.object &&
        a.typeArgs.length === other.typeArgs.length &&
        a.typeArgs.every((arg, i) => same(arg, other.typeArgs[i]!, pairs, next))
      );
    }
    case 'pointer':
    case 'slice':
      return same(a.elem, (b as typeof a).elem, pairs, next);
    case 'array':
      return a.length === (b as typeof a).length && same(a.elem, (b as typeof a).elem, pairs, next);
    case 'chan':
      return a.direction === (b as typeof a).direction && same(a.elem, (b as typeof a).elem, pairs, next);
    case 'map':
      return (
        same(a.key, (b as typeof a).key, pairs, next) && same(a.value, (b as typeof a).value, pairs, next)
      );
    case 'signature':
      return sameSignature(a, b as Signature, pairs, next);
    case 'struct':
      return sameStruct(a, b as Struct, pairs, next);
    case 'interface':
      return sameInterface(a, b, pairs, next);
    case 'union':
      return sameUnion(a, b as Union, pairs, next);
    case 'tuple':
      return sameTypes(a.types, (b as Tuple).types, pairs, next);
    case 'typeparam':
      return pairs?.get(a) === b;
    case 'unknown':
      return false;
  }
}

function sameTypes(a: readonly Type[], b: readonly Type[], pairs: Pairs, depth: number): boolean {
  return a.length === b.length && a.every((type, i) => same(type, b[i]!, pairs, depth));
}

function sameVars(a: readonly Var[], b: readonly Var[], pairs: Pairs, depth: number): boolean {
  return a.length === b.length && a.every((v, i) => same(v.type, b[i]!.type, pairs, depth));
}

function sameSignature(a: Signature, b: Signature, outer: Pairs, depth: number): boolean {
  if (a.variadic !== b.variadic || a.typeParams.length !== b.typeParams.length) return false;
  let pairs = outer;
  if (a.typeParams.length > 0) {
    const inner = new Map(outer ?? []);
    a.typeParams.forEach((p, i) => {
      inner.set(p, b.typeParams[i]!);
    });
    pairs = inner;
    if (!a.typeParams.every((p, i) => same(p.constraint, b.typeParams[i]!.constraint, pairs, depth)))
      return false;
  }
  return sameVars(a.params, b.params, pairs, depth) && sameVars(a.results, b.results, pairs, depth);
}

function sameStruct(a: Struct, b: Struct, pairs: Pairs, depth: number): boolean {
  if (a.fields.length !== b.fields.length) return false;
  return a.fields.every((field, i) => {
    const other = b.fields[i]!;
    return (
      field.name === other.name &&
      field.embedded === other.embedded &&
      (isExported(field.name) || field.pkg.path === other.pkg.path) &&
      same(field.type, other.type, pairs, depth)
    );
  });
}

function sameInterface(a: Type, b: Type, pairs: Pairs, depth: number): boolean {
  if (a === COMPARABLE || b === COMPARABLE) return false;
  const x = allMethods(a);
  const y = allMethods(b);
  if (x.open !== undefined || y.open !== undefined || x.methods.size !== y.methods.size) return false;
  for (const [name, method] of x.methods) {
    const other = y.methods.get(name);
    if (other === undefined || !sameSignature(method.signature, other.signature, pairs, depth)) return false;
  }
  // Type terms: compared as they are written, which is enough for constraints that are one declaration.
  const terms = (t: Type): readonly Type[] =>
    t.kind === 'interface'
      ? t.embedded.filter((e) => e.kind === 'union' || allMethods(e).methods.size === 0)
      : [];
  const left = terms(a);
  const right = terms(b);
  return left.length === right.length && left.every((t, i) => same(t, right[i]!, pairs, depth));
}

function sameUnion(a: Union, b: Union, pairs: Pairs, depth: number): boolean {
  return (
    a.terms.length === b.terms.length &&
    a.terms.every((term, i) => {
      const other = b.terms[i]!;
      return term.tilde === other.tilde && same(term.type, other.type, pairs, depth);
    })
  );
}
