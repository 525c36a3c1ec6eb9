/**
 * Fields and methods by name, through embedding and pointers (language specification, "Selectors").
 *
 *     type Wiz struct { *base.BaseCapability; Job model.Job }
 *     lookup(Wiz, 'Job')   => field Job, path []
 *     lookup(Wiz, 'Log')   => method Log, path [BaseCapability]
 *
 * The shallowest wins; two at one depth are ambiguous and neither is found. Where an embedded type is not known and could hide what
 * lies deeper, the answer is unknown rather than a guess.
 */
import { isExported } from './file-scope.ts';
import { instantiateMethod, methodsOfInstance } from './instantiate.ts';
import { methodOfInterface } from './method-sets.ts';
import type { Func, PackageRef, Var } from './objects.ts';
import { underlying, unknownFrom } from './shapes.ts';
import type { Named, Struct, Type, Unknown } from './types.ts';

export type Found =
  | { readonly kind: 'field'; readonly field: Var; readonly path: readonly Var[]; readonly indirect: boolean }
  | {
      readonly kind: 'method';
      readonly method: Func;
      readonly path: readonly Var[];
      readonly indirect: boolean;
    }
  | { readonly kind: 'unknown'; readonly why: Unknown }
  | { readonly kind: 'none' };

const NONE: Found = { kind: 'none' };
/** Embedding goes on for ever only in recursive generic types, which are not valid Go. */
const MAX_DEPTH = 32;
const SCAN = 8;

const fieldTables = new WeakMap<Struct, Map<string, Var>>();

export function fieldNamed(struct: Struct, name: string): Var | undefined {
  const { fields } = struct;
  if (fields.length <= SCAN) {
    for (const field of fields) if (field.name === name) return field;
    return undefined;
  }
  let table = fieldTables.get(struct);
  if (table === undefined) {
    table = new Map();
    for (const field of fields) if (!table.has(field.name)) table.set(field.name, field);
    fieldTables.set(struct, table);
  }
  return table.get(name);
}

const NO_FIELDS: readonly Var[] = [];
const embeddedTables = new WeakMap<Struct, readonly Var[]>();

function embeddedFields(struct: Struct): readonly Var[] {
  let fields = embeddedTables.get(struct);
  if (fields === undefined) {
    fields = struct.fields.filter((field) => field.embedded);
    if (fields.length === 0) fields = NO_FIELDS;
    embeddedTables.set(struct, fields);
  }
  return fields;
}

interface Candidate {
  readonly type: Type;
  readonly path: readonly Var[];
  readonly indirect: boolean;
  /** Reached by two paths of one length. */
  readonly several: boolean;
}

/**
 * `from`: the package of the selector; unexported names of other packages are not found. Undefined: whoever asks may see everything.
 */
export function lookup(receiver: Type, name: string, from: PackageRef | undefined): Found {
  if (name === '_') return NONE;
  let type = receiver;
  let indirect = false;
  if (type.kind === 'named' && type.underlying.kind === 'pointer') {
    // A defined pointer type has no methods, but the fields of what it points to.
    const found = lookup(type.underlying, name, from);
    return found.kind === 'method' ? NONE : found;
  }
  if (type.kind === 'pointer') {
    type = type.elem;
    indirect = true;
    // A pointer to an interface or to a type parameter has neither fields nor methods.
    const pointee = underlying(type);
    if (pointee.kind === 'interface' || pointee.kind === 'typeparam') return NONE;
  }
  return search(type, indirect, name, from);
}

function search(start: Type, isPointer: boolean, name: string, from: PackageRef | undefined): Found {
  const exported = isExported(name);
  const visible = (pkg: PackageRef): boolean =>
    exported || from === undefined || pkg === from || pkg.path === from.path;
  let current: Candidate[] = [{ type: start, path: [], indirect: isPointer, several: false }];
  const seen = new Set<Type>();
  let doubt: Unknown | undefined;
  for (let depth = 0; current.length > 0 && depth < MAX_DEPTH; depth++) {
    let found: Found | undefined;
    let count = 0;
    const next: Candidate[] = [];
    for (const candidate of current) {
      const { type, path, indirect } = candidate;
      if (type.kind === 'named') {
        if (seen.has(type)) continue;
        seen.add(type);
        const method = declaredMethod(type, name);
        if (method !== undefined && visible(method.pkg)) {
          found = { kind: 'method', method, path, indirect };
          count += candidate.several ? 2 : 1;
          continue;
        }
      }
      const under = type.kind === 'typeparam' ? underlying(type.constraint) : underlying(type);
      if (under.kind === 'struct') {
        const named = fieldNamed(under, name);
        if (named !== undefined && visible(named.pkg)) {
          found = { kind: 'field', field: named, path, indirect };
          count += candidate.several ? 2 : 1;
        }
        for (const field of embeddedFields(under)) {
          if (field !== named) {
            const pointer = field.type.kind === 'pointer';
            const inner = field.type.kind === 'pointer' ? field.type.elem : field.type;
            next.push({
              type: inner,
              path: [...path, field],
              indirect: indirect || pointer,
              several: candidate.several,
            });
          }
        }
      } else if (under.kind === 'interface') {
        const result = methodOfInterface(type.kind === 'typeparam' ? type.constraint : type, name);
        if (result?.kind === 'unknown') doubt ??= result;
        else if (result !== undefined && visible(result.pkg)) {
          found = { kind: 'method', method: result, path, indirect };
          count += candidate.several ? 2 : 1;
        }
      } else if (under.kind === 'unknown') {
        doubt ??= unknownFrom(under);
      }
    }
    // An unknown type at the same depth cannot have the name too: the code would not compile.
    if (found !== undefined && count === 1) return found;
    if (doubt !== undefined) return { kind: 'unknown', why: doubt };
    if (found !== undefined) return NONE;
    current = merge(next);
  }
  return NONE;
}

/** One candidate per type; those reached twice at this depth are ambiguous. */
function merge(candidates: readonly Candidate[]): Candidate[] {
  if (candidates.length < 2) return [...candidates];
  const byType = new Map<Type, Candidate>();
  const merged: Candidate[] = [];
  for (const candidate of candidates) {
    const known = candidate.type.kind === 'named' ? byType.get(candidate.type) : undefined;
    if (known === undefined) {
      byType.set(candidate.type, candidate);
      merged.push(candidate);
    } else if (!known.several) {
      const several = { ...known, several: true };
      byType.set(candidate.type, several);
      merged[merged.indexOf(known)] = several;
    }
  }
  return merged;
}

/** A method declared for a defined type, with the type's arguments filled in. */
export function declaredMethod(type: Named, name: string): Func | undefined {
  const method = type.object.methods.get(name);
  if (method === undefined || type.typeArgs.length === 0) return method;
  return instantiateMethod(type, method);
}

/** All methods declared for a defined type, with the type's arguments filled in. */
export function declaredMethods(type: Named): readonly Func[] {
  return methodsOfInstance(type);
}
