/**
 * Which type an expression denotes that stands where a type is meant.
 *
 *     []*github.Client          => slice of pointer to the named type github.Client
 *     Cache[string, *model.Asset] => the instantiation of Cache
 *
 * A name of a package without source is taken for a type here, because only a type can stand here.
 */
import type {
  ArrayType,
  Expr,
  Field,
  Ident,
  IndexExpr,
  InterfaceType,
  SelectorExpr,
  StructType,
} from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { evaluate } from './constants-evaluate.ts';
import { signatureOfType } from './declare-function.ts';
import { pathTo } from './enclosing.ts';
import { objectOfIdent } from './identifiers.ts';
import { instantiate } from './instantiate.ts';
import { literalType } from './literals.ts';
import type { Func, TypeName, Var } from './objects.ts';
import { FunctionObject, Variable } from './objects-made.ts';
import { qualified } from './selectors.ts';
import type { Type, Union } from './types.ts';
import { UNKNOWN, unknownOf } from './universe.ts';

export function resolveType(c: Checker, e: Expr): Type {
  if (e.kind === 'Ident') return typeOfName(c, e);
  const known = c.types.get(e);
  if (known !== undefined) return known;
  const type = compute(c, e);
  c.types.set(e, type);
  return type;
}

function compute(c: Checker, e: Expr): Type {
  switch (e.kind) {
    case 'ParenExpr':
      return resolveType(c, e.x);
    case 'SelectorExpr':
      return typeOfQualified(c, e);
    case 'StarExpr':
      return { kind: 'pointer', elem: resolveType(c, e.x) };
    case 'SliceType':
      return { kind: 'slice', elem: resolveType(c, e.elem) };
    case 'ArrayType':
      if (e.length === undefined) return measuredArray(c, e);
      return { kind: 'array', elem: resolveType(c, e.elem), length: arrayLength(c, e.length) };
    case 'MapType':
      return { kind: 'map', key: resolveType(c, e.key), value: resolveType(c, e.value) };
    case 'ChanType':
      return { kind: 'chan', direction: e.direction, elem: resolveType(c, e.elem) };
    case 'FuncType':
      return signatureOfType(c, e, undefined);
    case 'StructType':
      return structType(c, e);
    case 'InterfaceType':
      return interfaceType(c, e);
    case 'IndexExpr':
      return instance(c, e);
    case 'BinaryExpr':
    case 'UnaryExpr':
      return union(c, e);
    default:
      return UNKNOWN;
  }
}

function typeOfName(c: Checker, id: Ident): Type {
  const object = objectOfIdent(c, id);
  if (object?.kind === 'type') return object.type;
  if (object !== undefined) return UNKNOWN;
  const file = c.fileAt(id.pos);
  const dot = file && c.scopeOf(file).missingDotImport();
  const name = dot === undefined ? undefined : c.importer.resolve(dot, c).missingType(id.name);
  return name?.type ?? UNKNOWN;
}

function typeOfQualified(c: Checker, e: SelectorExpr): Type {
  const name = typeNameOf(c, e);
  return name?.type ?? UNKNOWN;
}

/** The type name that an expression mentions, not instantiated; undefined where it is none. */
function typeNameOf(c: Checker, e: Expr): TypeName | undefined {
  if (e.kind === 'ParenExpr') return typeNameOf(c, e.x);
  if (e.kind === 'Ident') {
    const object = objectOfIdent(c, e);
    return object?.kind === 'type' ? object : undefined;
  }
  if (e.kind !== 'SelectorExpr') return undefined;
  const selection = qualified(c, e);
  if (selection === undefined) return undefined;
  if (selection.object !== undefined) return selection.object.kind === 'type' ? selection.object : undefined;
  return c.importer.resolve(selection.importPath, c).missingType(selection.name);
}

function instance(c: Checker, e: IndexExpr): Type {
  const generic = typeNameOf(c, e.x);
  const args = e.indices.map((index) => resolveType(c, index));
  return generic === undefined ? unknownOf(undefined) : instantiate(generic, args);
}

/** `[...]T` is as long as the literal that it begins. */
function measuredArray(c: Checker, e: ArrayType): Type {
  const literal = pathTo(c, e).at(-2);
  if (literal?.kind === 'CompositeLit') return literalType(c, literal);
  return { kind: 'array', elem: resolveType(c, e.elem), length: -1 };
}

/** -1 where the length is not known. */
function arrayLength(c: Checker, length: Expr): number {
  const value = evaluate(c, length, undefined);
  if (value?.kind === 'int' && value.value >= 0n) return Number(value.value);
  return value?.kind === 'float' && Number.isInteger(value.value) && value.value >= 0 ? value.value : -1;
}

function structType(c: Checker, e: StructType): Type {
  const fields: Var[] = [];
  for (const field of e.fields) {
    const type = (): Type => resolveType(c, field.type);
    if (field.names.length === 0) {
      const ident = embeddedName(field);
      const name = ident?.name ?? '_';
      fields.push(new Variable({ name, pkg: c.ref, ident, role: 'field', embedded: true }, type));
    }
    for (const ident of field.names) {
      const variable = new Variable({ name: ident.name, pkg: c.ref, ident, role: 'field' }, type);
      c.declared.set(ident, variable);
      fields.push(variable);
    }
  }
  return { kind: 'struct', fields };
}

/** `T` of the embedded fields `T`, `*T`, `p.T`, `T[A]`. */
function embeddedName(field: Field): Ident | undefined {
  let e = field.type;
  for (;;) {
    if (e.kind === 'Ident') return e;
    if (e.kind === 'SelectorExpr') return e.sel;
    if (e.kind !== 'StarExpr' && e.kind !== 'ParenExpr' && e.kind !== 'IndexExpr') return undefined;
    e = e.x;
  }
}

function interfaceType(c: Checker, e: InterfaceType): Type {
  const owner = c.interfaceOwners.get(e);
  const receiver = owner && { type: owner, pointer: false };
  const methods: Func[] = e.methods.map(({ name: ident, type }) => {
    const facts = { name: ident.name, pkg: c.ref, ident, receiver, interfaceMethod: true };
    const method = new FunctionObject(facts, () => signatureOfType(c, type, undefined));
    c.declared.set(ident, method);
    return method;
  });
  return { kind: 'interface', methods, embedded: e.embedded.map((embedded) => resolveType(c, embedded)) };
}

function union(c: Checker, e: Expr): Type {
  const terms: Union['terms'][number][] = [];
  let left = e;
  while (left.kind === 'BinaryExpr' && left.op === '|') {
    terms.push(term(c, left.y));
    left = left.x;
  }
  if (left.kind === 'BinaryExpr' || (left.kind === 'UnaryExpr' && left.op !== '~')) return UNKNOWN;
  terms.push(term(c, left));
  return { kind: 'union', terms: terms.reverse() };
}

function term(c: Checker, e: Expr): Union['terms'][number] {
  if (e.kind === 'UnaryExpr' && e.op === '~') return { tilde: true, type: resolveType(c, e.x) };
  return { tilde: false, type: resolveType(c, e) };
}
