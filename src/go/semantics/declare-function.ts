/**
 * Signatures, receivers and type parameters of functions.
 *
 *     func (s *Set[K]) Add(keys ...K) bool  => params keys []K (variadic), results bool; receiver s *Set[K]
 *
 * The K of a method's receiver is a type parameter of its own, declared there; its constraint is that of the type's parameter.
 */
import type { Expr, Field, FuncDecl, FuncLit, FuncType, Ident } from '../syntax/ast.ts';
import { ensureBound } from './bind.ts';
import type { Checker } from './checker.ts';
import { instantiate, substitute } from './instantiate.ts';
import type { TypeName, Var } from './objects.ts';
import { NO_SIGNATURE, TypeNameObject, TypeParameter, Variable } from './objects-made.ts';
import { resolveType } from './type-expressions.ts';
import type { Signature, Type, TypeParam } from './types.ts';
import { UNKNOWN } from './universe.ts';

/** The type parameters that a list of fields declares; the same objects each time. */
export function declareTypeParams(c: Checker, fields: readonly Field[]): TypeName[] {
  const names: TypeName[] = [];
  for (const field of fields) {
    for (const ident of field.names) {
      names.push(typeParamName(c, ident, () => resolveType(c, field.type)));
    }
  }
  return names;
}

function typeParamName(c: Checker, ident: Ident, constraint: () => Type): TypeName {
  const known = c.declared.get(ident);
  if (known?.kind === 'type') return known;
  const facts = { name: ident.name, pkg: c.ref, ident, spec: undefined, alias: false };
  const { object } = new TypeParameter(facts, constraint);
  c.declared.set(ident, object);
  return object;
}

/** `K`, `V` of `func (m *Map[K, V]) …`, also where they are blank. */
export function receiverTypeParams(c: Checker, decl: FuncDecl): readonly TypeName[] {
  const indices = receiverIndices(decl);
  if (indices === undefined) return [];
  const names: TypeName[] = [];
  indices.forEach((index, i) => {
    if (index.kind === 'Ident') names.push(typeParamName(c, index, () => receiverConstraint(c, decl, i)));
  });
  return names;
}

function receiverIndices(decl: FuncDecl): readonly Expr[] | undefined {
  let e = decl.recv?.type;
  while (e !== undefined && (e.kind === 'ParenExpr' || e.kind === 'StarExpr')) e = e.x;
  return e?.kind === 'IndexExpr' ? e.indices : undefined;
}

function receiverConstraint(c: Checker, decl: FuncDecl, index: number): Type {
  const generic = c.functionObject(decl)?.receiver?.type;
  const param = generic?.typeParams[index];
  if (generic === undefined || param === undefined) return UNKNOWN;
  const own = receiverTypeParams(c, decl).map((name) => name.type);
  return substitute(param.constraint, new Map(generic.typeParams.map((p, i) => [p, own[i] ?? UNKNOWN])));
}

/** The variable of the receiver, also where it has no name. */
export function receiverOf(c: Checker, decl: FuncDecl): Var | undefined {
  if (decl.recv === undefined) return undefined;
  let receiver = c.receivers.get(decl);
  if (receiver === undefined) {
    const ident = decl.recv.names[0];
    const facts = { name: ident?.name ?? '', pkg: c.ref, ident, role: 'receiver', owner: decl } as const;
    receiver = new Variable(facts, () => receiverType(c, decl));
    c.receivers.set(decl, receiver);
    if (ident !== undefined) c.declared.set(ident, receiver);
  }
  return receiver;
}

function receiverType(c: Checker, decl: FuncDecl): Type {
  const object = c.functionObject(decl);
  const base = object?.receiver?.type;
  if (base === undefined) return resolveType(c, decl.recv!.type);
  const params = receiverTypeParams(c, decl);
  const type =
    params.length === 0
      ? base.type
      : instantiate(
          base,
          params.map((p) => p.type),
        );
  return object?.receiver?.pointer === true ? { kind: 'pointer', elem: type } : type;
}

export function declaredSignature(c: Checker, decl: FuncDecl): Signature {
  ensureBound(c, decl.pos);
  return signatureOfType(c, decl.type, decl);
}

/** A new signature with variables of its own. `owner` is the function whose scope declares them. */
export function signatureOfType(
  c: Checker,
  type: FuncType,
  owner: FuncDecl | FuncLit | undefined,
): Signature {
  const params = variablesOf(c, type.params, 'param', owner);
  const results = variablesOf(c, type.results, 'result', owner);
  const typeParams = declareTypeParams(c, type.typeParams).map((name) => name.type as TypeParam);
  if (params.length === 0 && results.length === 0 && typeParams.length === 0) return NO_SIGNATURE;
  return { kind: 'signature', typeParams, params, results, variadic: type.params.at(-1)?.variadic === true };
}

function variablesOf(
  c: Checker,
  fields: readonly Field[],
  role: 'param' | 'result',
  owner: FuncDecl | FuncLit | undefined,
): Var[] {
  const variables: Var[] = [];
  for (const field of fields) {
    const type = (): Type => {
      const declared = resolveType(c, field.type);
      return field.variadic ? { kind: 'slice', elem: declared } : declared;
    };
    if (field.names.length === 0) {
      variables.push(new Variable({ name: '', pkg: c.ref, ident: undefined, role, owner }, type));
    }
    for (const ident of field.names) {
      const variable = new Variable({ name: ident.name, pkg: c.ref, ident, role, owner }, type);
      // Those of declared functions live as long as the declaration.
      if (owner?.kind === 'FuncDecl') c.declared.set(ident, variable);
      else c.objects.set(ident, variable);
      variables.push(variable);
    }
  }
  return variables;
}

/** True for the name of a type parameter. */
export function isTypeParam(name: TypeName): boolean {
  return name instanceof TypeNameObject && name.type.kind === 'typeparam';
}
