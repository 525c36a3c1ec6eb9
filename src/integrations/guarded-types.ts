/**
 * Which values need a filter, seen from their types (rules.md 1): guarded models, structs that embed one, and what may be one.
 *
 *     model.Asset                        guarded: []
 *     struct { model.Asset; Agent … }    guarded: ['Asset']
 *     model.Model, any                   unknown: an asset satisfies them
 *     model.Webpage, error, string       free
 */
import type { GoPackage, Program } from '../go/package.ts';
import { underlying } from '../go/semantics/shapes.ts';
import type { Type } from '../go/semantics/types.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { matchesPackage, packageOf } from './patterns.ts';
import { isMember } from './type-names.ts';

export type Guard = 'free' | 'unknown' | readonly string[];

export interface GuardedTypes {
  /** For a struct that embeds a guarded type the fields that lead to it; of pointers and collections what is true of their elements. */
  guardOf(type: Type): Guard;
  /** The guarded types whose declarations are at hand. */
  readonly types: readonly Type[];
  /** Has a value of this type to do with things that are filtered: by what it is, holds, takes or returns? */
  touches(type: Type): boolean;
}

const MAX_DEPTH = 8;
const SELF: Guard = [];

export function guardedTypesOf(
  pkg: GoPackage,
  vocabulary: Vocabulary,
  isOther: (type: Type) => boolean,
): GuardedTypes {
  const { program } = pkg;
  const types = declaredTypes(pkg, program, vocabulary);
  const guards = new Map<Type, Guard>();
  const touching = new Map<Type, boolean>();

  const guardOf = (type: Type): Guard => {
    let known = guards.get(type);
    if (known === undefined) {
      known = guard(type, 0);
      guards.set(type, known);
    }
    return known;
  };

  const guard = (type: Type, depth: number): Guard => {
    if (depth > MAX_DEPTH) return 'free';
    const next = depth + 1;
    switch (type.kind) {
      case 'pointer':
      case 'slice':
      case 'array':
      case 'chan':
        return guard(type.elem, next);
      case 'map':
        return guard(type.value, next);
      case 'named':
        if (isMember(type, vocabulary.guardedModels)) return SELF;
        if (type.underlying.kind === 'unknown') return ofMissing(type, vocabulary);
        return guard(type.underlying, next);
      case 'struct': {
        for (const field of type.fields) {
          const inner = field.embedded ? guard(field.type, next) : 'free';
          if (inner !== 'free' && inner !== 'unknown') return [field.name, ...inner];
        }
        return 'free';
      }
      case 'interface':
        return ofInterface(type);
      case 'typeparam':
        return guard(type.constraint, next);
      case 'unknown':
        return 'unknown';
      default:
        return 'free';
    }
  };

  /** An interface that a guarded type satisfies; without its declaration, one that asks for nothing. */
  const ofInterface = (type: Extract<Type, { kind: 'interface' }>): Guard => {
    if (types.length === 0)
      return type.methods.length === 0 && type.embedded.length === 0 ? 'unknown' : 'free';
    const fits = types.some((t) => program.implementsInterface({ kind: 'pointer', elem: t }, type));
    return fits ? 'unknown' : 'free';
  };

  const touches = (type: Type): boolean => {
    let known = touching.get(type);
    if (known === undefined) {
      touching.set(type, false);
      known = touchesAt(type, 0);
      touching.set(type, known);
    }
    return known;
  };

  const touchesAt = (type: Type, depth: number): boolean => {
    if (depth > MAX_DEPTH) return false;
    const shape = underlying(type);
    // Whatever takes `any` may be given an asset: encoders and loggers are. It is followed only if it does something with it.
    if (shape.kind === 'interface' && shape.methods.length === 0 && shape.embedded.length === 0) return false;
    if (isOther(type) || guardOf(type) !== 'free') return true;
    switch (shape.kind) {
      case 'pointer':
      case 'slice':
      case 'array':
      case 'chan':
        return touchesAt(shape.elem, depth + 1);
      case 'map':
        return touchesAt(shape.value, depth + 1);
      case 'signature':
        return true;
      case 'tuple':
        return shape.types.some((t) => touchesAt(t, depth + 1));
      case 'struct':
        return type.kind !== 'named' && shape.fields.some((field) => touchesAt(field.type, depth + 1));
      default:
        return false;
    }
  };

  return { guardOf, types, touches };
}

/** A type of a package without source: of the models, all but the guarded ones and the interface of all of them need no filter. */
function ofMissing(type: Extract<Type, { kind: 'named' }>, vocabulary: Vocabulary): Guard {
  if (isMember(type, vocabulary.modelInterfaces)) return 'unknown';
  const isModel = vocabulary.modelPackages.some((p) => matchesPackage(p, type.object.pkg.path));
  return isModel ? 'free' : 'unknown';
}

/** The guarded types, where the packages that the vocabulary names are imported by the package or by what it imports. */
function declaredTypes(pkg: GoPackage, program: Program, vocabulary: Vocabulary): readonly Type[] {
  const found = new Set<Type>();
  const seen = new Set<string>();
  const waiting = [pkg];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const { path } of at.files.flatMap((file) => file.imports)) {
      if (seen.has(path)) continue;
      seen.add(path);
      const patterns = vocabulary.guardedModels.filter((p) => matchesPackage(packageOf(p), path));
      const imported = program.importPackage(path);
      if (imported === undefined) continue;
      for (const pattern of patterns) {
        const object = imported.lookup(pattern.slice(packageOf(pattern).length + 1));
        if (object?.kind === 'type') found.add(object.type);
      }
      if (imported.origin === 'project') waiting.push(imported);
    }
  return [...found];
}
