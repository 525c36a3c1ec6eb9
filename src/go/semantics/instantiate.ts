/**
 * Generic types and functions with type arguments filled in (language specification, "Instantiations").
 *
 *     instantiate(Cache, [string, int])            => Cache[string, int], one object however often it is asked for
 *     substitute(func(K) (V, bool), K=string, …)   => func(string) (int, bool)
 *
 * Nothing below a new type is computed before it is asked for, so types that grow with every step (`type T[P any] struct { next *T[*P] }`)
 * do no harm; arguments nested deeper than a limit become unknown.
 */
import { identical } from './identical.ts';
import type { Func, TypeName, Var } from './objects.ts';
import { FunctionObject, NamedType, TypeNameObject, TypeParameter, Variable } from './objects-made.ts';
import type { Interface, Named, Signature, Type, TypeParam } from './types.ts';
import { UNKNOWN } from './universe.ts';

export type Substitution = ReadonlyMap<TypeParam, Type>;

const MAX_NESTING = 24;

/** The type for a generic type name and its arguments; aliases give what they stand for. */
export function instantiate(name: TypeName, args: readonly Type[]): Type {
  if (!(name instanceof TypeNameObject)) return UNKNOWN;
  const generic = name.type;
  if (args.some((arg) => nesting(arg, 0) > MAX_NESTING)) return UNKNOWN;
  if (name.alias) {
    const map = substitutionOf(name.typeParams, args);
    return map === undefined ? generic : substitute(generic, map);
  }
  const key = args.map(shortKey).join();
  const known = name.instances.get(key);
  const same = known?.find((type) =>
    type.typeArgs.every((arg, i) => arg === args[i] || identical(arg, args[i]!)),
  );
  if (same !== undefined) return same;
  const made = new NamedType(name, args, () => {
    if (generic.kind !== 'named') return UNKNOWN;
    // Of a package without source not even the number of parameters is known.
    const map = substitutionOf(name.typeParams, args);
    return map === undefined
      ? generic.underlying.kind === 'unknown'
        ? generic.underlying
        : UNKNOWN
      : substitute(generic.underlying, map);
  });
  if (known === undefined) name.instances.set(key, [made]);
  else known.push(made);
  return made;
}

function substitutionOf(params: readonly TypeParam[], args: readonly Type[]): Substitution | undefined {
  if (params.length === 0 || params.length !== args.length) return undefined;
  return new Map(params.map((param, i) => [param, args[i]!]));
}

/** Tells most types apart at the price of a glance. */
function shortKey(type: Type): string {
  switch (type.kind) {
    case 'basic':
      return type.name;
    case 'named':
    case 'typeparam':
      return type.object.name;
    case 'pointer':
      return `*${shortKey(type.elem)}`;
    case 'slice':
      return `[]${shortKey(type.elem)}`;
    default:
      return type.kind;
  }
}

function nesting(type: Type, depth: number): number {
  if (depth > MAX_NESTING) return depth;
  switch (type.kind) {
    case 'named':
      return type.typeArgs.reduce((most, arg) => Math.max(most, nesting(arg, depth + 1)), depth);
    case 'pointer':
    case 'slice':
    case 'array':
    case 'chan':
      return nesting(type.elem, depth + 1);
    case 'map':
      return Math.max(nesting(type.key, depth + 1), nesting(type.value, depth + 1));
    default:
      return depth;
  }
}

/** The type with type parameters replaced. Returns the same object where there is nothing to replace. */
export function substitute(type: Type, map: Substitution): Type {
  switch (type.kind) {
    case 'typeparam':
      return map.get(type) ?? type;
    case 'pointer':
    case 'slice':
    case 'array':
    case 'chan': {
      const elem = substitute(type.elem, map);
      return elem === type.elem ? type : { ...type, elem };
    }
    case 'map': {
      const key = substitute(type.key, map);
      const value = substitute(type.value, map);
      return key === type.key && value === type.value ? type : { kind: 'map', key, value };
    }
    case 'named': {
      if (type.typeArgs.length === 0) return type;
      const args = type.typeArgs.map((arg) => substitute(arg, map));
      return args.every((arg, i) => arg === type.typeArgs[i]) ? type : instantiate(type.object, args);
    }
    case 'tuple': {
      const types = type.types.map((t) => substitute(t, map));
      return { kind: 'tuple', types };
    }
    case 'union':
      return {
        kind: 'union',
        terms: type.terms.map((t) => ({ tilde: t.tilde, type: substitute(t.type, map) })),
      };
    case 'struct':
      return { kind: 'struct', fields: type.fields.map((field) => substituteVar(field, map)) };
    case 'signature':
      return substituteSignature(type, map);
    case 'interface':
      return substituteInterface(type, map);
    default:
      return type;
  }
}

function substituteVar(v: Var, map: Substitution): Var {
  const { name, pkg, ident, role, embedded, owner, origin } = v;
  return new Variable({ name, pkg, ident, role, embedded, owner, origin }, () => substitute(v.type, map));
}

/** A generic signature keeps its own type parameters; `map` says what becomes of others. */
export function substituteSignature(signature: Signature, map: Substitution): Signature {
  const { typeParams, params, results, variadic } = signature;
  if (params.length === 0 && results.length === 0 && typeParams.length === 0) return signature;
  return {
    kind: 'signature',
    typeParams: typeParams.filter((param) => !map.has(param)),
    params: params.map((v) => substituteVar(v, map)),
    results: results.map((v) => substituteVar(v, map)),
    variadic,
  };
}

function substituteInterface(type: Interface, map: Substitution): Interface {
  if (type.methods.length === 0 && type.embedded.length === 0) return type;
  return {
    kind: 'interface',
    methods: type.methods.map((method) => substituteMethod(method, map)),
    embedded: type.embedded.map((embedded) => substitute(embedded, map)),
  };
}

function substituteMethod(method: Func, map: Substitution): Func {
  const { name, pkg, decl, ident, receiver, interfaceMethod, origin } = method;
  return new FunctionObject({ name, pkg, decl, ident, receiver, interfaceMethod, origin }, () =>
    substituteSignature(method.signature, map),
  );
}

/** A declared method of a generic type, for one of its instantiations. */
export function instantiateMethod(type: Named, method: Func): Func {
  if (!(type instanceof NamedType)) return method;
  type.methodInstances ??= new Map();
  let instance = type.methodInstances.get(method.name);
  if (instance === undefined) {
    const params = methodTypeParams(method);
    const map = substitutionOf(params, type.typeArgs);
    instance = map === undefined ? method : substituteMethod(method, map);
    type.methodInstances.set(method.name, instance);
  }
  return instance;
}

function methodTypeParams(method: Func): readonly TypeParam[] {
  return method instanceof FunctionObject ? method.receiverTypeParams() : [];
}

/** All declared methods of a type, for this instantiation. */
export function methodsOfInstance(type: Named): readonly Func[] {
  const methods = [...type.object.methods.values()];
  return type.typeArgs.length === 0 ? methods : methods.map((method) => instantiateMethod(type, method));
}

/** New type parameters in place of a signature's own, so that two uses of one function do not mix in inference. */
export function renameTypeParams(signature: Signature): {
  signature: Signature;
  params: readonly TypeParam[];
} {
  const map = new Map<TypeParam, Type>();
  const params = signature.typeParams.map((param) => {
    const { name, pkg, ident } = param.object;
    const fresh: TypeParam = new TypeParameter({ name, pkg, ident, spec: undefined, alias: false }, () =>
      substitute(param.constraint, map),
    );
    map.set(param, fresh);
    return fresh;
  });
  return { signature: substituteSignature(signature, map), params };
}
