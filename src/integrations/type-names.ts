/**
 * Types by name: how the vocabulary and the evidence speak of them.
 */
import type { Named, Type } from '../go/semantics/types.ts';
import { matchesAny } from './patterns.ts';

/** The named type behind pointers. */
export function namedOf(type: Type): Named | undefined {
  let t = type;
  while (t.kind === 'pointer') t = t.elem;
  return t.kind === 'named' ? t : undefined;
}

/** Is it one of these types, or a pointer to one? */
export function isMember(type: Type, patterns: readonly string[]): boolean {
  const named = namedOf(type);
  if (named === undefined) return false;
  return matchesAny(patterns, { importPath: named.object.pkg.path, name: named.object.name });
}

/** `model.Job` */
export function shortName(type: Type): string {
  const named = namedOf(type);
  return named === undefined ? 'an unnamed type' : `${named.object.pkg.name}.${named.object.name}`;
}

export function shortPattern(pattern = ''): string {
  return pattern.slice(pattern.lastIndexOf('/') + 1);
}
