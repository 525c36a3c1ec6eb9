/**
 * Type arguments of generic functions: as given, and as inferred (language specification, "Type inference").
 *
 *     slices.Map(names, func(s string) int { … })   => S, T from the arguments
 *     lo.FromPtr[Asset](p)                          => as given
 *     slices.Sort(ids)                              => E from the constraint ~[]E of S
 */
import type { CallExpr } from '../syntax/ast.ts';
import { unparen } from '../syntax/ast.ts';
import { argumentTypes } from './calls.ts';
import type { Checker } from './checker.ts';
import { valueType } from './expressions.ts';
import { renameTypeParams, type Substitution, substitute, substituteSignature } from './instantiate.ts';
import { lookup } from './lookup.ts';
import { allMethods } from './method-sets.ts';
import { commonType } from './operators.ts';
import { coreType, defaultType, isUntyped, termsOf, underlying } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Signature, Type, TypeParam } from './types.ts';
import { ASSIGN, EXACT, LOOSE, Unifier } from './unify.ts';
import { UNKNOWN, unknownOf } from './universe.ts';

/** The signature of a called generic function, type arguments filled in; those that cannot be known are unknown. */
export function inferCall(c: Checker, generic: Signature, e: CallExpr): Signature {
  const fun = unparen(e.fun);
  let signature = generic;
  let given: readonly Type[] = [];
  if (fun.kind === 'IndexExpr') {
    const base = coreType(valueType(c, fun.x));
    if (base?.kind === 'signature' && base.typeParams.length > 0) {
      signature = base;
      given = fun.indices.map((index) => resolveType(c, index));
    }
  }
  const args = argumentTypes(c, e.args);
  return instantiateFor(signature, given, args, e.ellipsis);
}

/** A generic function with some or all of its type arguments; what is not given and does not follow stays open. */
export function instantiateExplicitly(signature: Signature, given: readonly Type[]): Signature {
  const map = infer(signature.typeParams, given, [], []);
  return substituteSignature(signature, map);
}

/** A generic function used as a value of a known function type. */
export function instantiateAs(signature: Signature, target: Signature): Signature {
  const { params, signature: renamed } = renameTypeParams(signature);
  const map = infer(params, [], [renamed], [target]);
  return substituteSignature(renamed, map);
}

function instantiateFor(
  generic: Signature,
  given: readonly Type[],
  args: readonly Type[],
  ellipsis: boolean,
): Signature {
  // In a recursive call the arguments' types may mention the very parameters that are to be inferred.
  const renamed = renameTypeParams(generic);
  const { signature, params } = renamed;
  const targets = args.map((_, i) => parameterType(signature, i, ellipsis));
  const own: TypeParam[] = [...params];
  const types = args.map((arg) => {
    if (arg.kind !== 'signature' || arg.typeParams.length === 0) return arg;
    const argument = renameTypeParams(arg);
    own.push(...argument.params);
    return argument.signature;
  });
  const map = new Map(infer(own, given, targets, types));
  const missing = args.find((arg) => arg.kind === 'unknown' && arg.missing !== undefined);
  const why = missing?.kind === 'unknown' ? unknownOf(missing.missing) : UNKNOWN;
  for (const param of params) if (!map.has(param)) map.set(param, why);
  return substituteSignature(signature, map);
}

/** The type of the parameter that the `index`th argument is for; undefined for one too many. */
export function parameterType(signature: Signature, index: number, ellipsis: boolean): Type | undefined {
  const { params, variadic } = signature;
  const last = params.length - 1;
  if (variadic && index >= last && !(ellipsis && index === last)) {
    const type = params[last]?.type;
    return type?.kind === 'slice' ? type.elem : type;
  }
  return params[index]?.type;
}

function infer(
  params: readonly TypeParam[],
  given: readonly Type[],
  targets: readonly (Type | undefined)[],
  args: readonly Type[],
): Substitution {
  const unifier = new Unifier(params);
  given.forEach((type, i) => {
    const param = params[i];
    if (param !== undefined) unifier.set(param, type);
  });
  const constants = new Map<TypeParam, Type>();
  args.forEach((arg, i) => {
    const target = targets[i];
    if (target === undefined) return;
    if (!isUntyped(arg)) unifier.unify(target, arg, ASSIGN);
    else if (target.kind === 'typeparam' && arg.name !== 'untyped nil') {
      const other = constants.get(target);
      constants.set(target, other === undefined ? arg : commonType(other, arg));
    }
  });
  fromConstraints(unifier, params);
  if (constants.size > 0) {
    for (const [param, type] of constants) {
      if (unifier.at(param) === undefined) unifier.set(param, defaultType(type));
    }
    fromConstraints(unifier, params);
  }
  return simplify(unifier, params);
}

/** What is known of one type argument through its constraint tells of others, until nothing new follows. */
function fromConstraints(unifier: Unifier, params: readonly TypeParam[]): void {
  for (let round = 0; round <= params.length; round++) {
    const before = unifier.open();
    for (const param of params) {
      const type = unifier.at(param);
      const terms = termsOf(param.constraint);
      const core = terms === undefined || terms.length === 0 ? undefined : coreTerm(param, terms);
      if (core !== undefined) {
        if (type !== undefined) {
          // `~[]E`: the argument may be a defined type.
          unifier.unify(core.tilde && type.kind !== 'typeparam' ? underlying(type) : type, core.type, LOOSE);
        } else if (!core.tilde) unifier.set(param, core.type);
      }
      if (type !== undefined) fromMethods(unifier, param, type);
    }
    const after = unifier.open();
    if (after === 0 || (after === before && round > 0)) return;
  }
}

function coreTerm(
  param: TypeParam,
  terms: readonly { readonly tilde: boolean; readonly type: Type }[],
): { readonly tilde: boolean; readonly type: Type } | undefined {
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) {
    return { tilde: only.tilde, type: only.type };
  }
  const type = coreType(param);
  return type === undefined || type.kind === 'unknown' ? undefined : { tilde: true, type };
}

function fromMethods(unifier: Unifier, param: TypeParam, type: Type): void {
  for (const method of allMethods(param.constraint).methods.values()) {
    const found = lookup(type, method.name, method.pkg);
    if (found.kind === 'method') unifier.unify(method.signature, found.method.signature, EXACT);
  }
}

/** Inferred types may mention type parameters that were inferred too. */
function simplify(unifier: Unifier, params: readonly TypeParam[]): Substitution {
  const map = new Map<TypeParam, Type>();
  for (const param of params) {
    const type = unifier.at(param);
    if (type !== undefined && type !== param) map.set(param, type);
  }
  for (let round = 0; round < params.length; round++) {
    let changed = false;
    for (const [param, type] of map) {
      const simpler = substitute(type, map);
      if (simpler !== type) {
        changed = true;
        map.set(param, simpler);
      }
    }
    if (!changed) break;
  }
  return map;
}
