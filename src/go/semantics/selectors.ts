/**
 * What a selector `x.f` denotes (language specification, "Selectors", "Qualified identifiers", "Method expressions").
 */
import type { SelectorExpr } from '../syntax/ast.ts';
import { unparen } from '../syntax/ast.ts';
import { bestOf, type Checker } from './checker.ts';
import { builtWith } from './declare.ts';
import { isType, valueType } from './expressions.ts';
import { isExported } from './file-scope.ts';
import { objectOfIdent } from './identifiers.ts';
import type { Selection } from './info.ts';
import { lookup } from './lookup.ts';
import type { Func } from './objects.ts';
import { fixedVar, TypeNameObject } from './objects-made.ts';
import { EVERYWHERE, type PlatformSet, platformsOf } from './platforms.ts';
import { unknownFrom } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Signature, Type } from './types.ts';
import { UNKNOWN, unknownOf } from './universe.ts';

export type Qualified = Extract<Selection, { kind: 'qualified' }>;

/** `pkg.Name`. The object is undefined where the package's source is missing or lacks it. */
export function qualified(c: Checker, e: SelectorExpr): Qualified | undefined {
  if (e.x.kind !== 'Ident') return undefined;
  const object = objectOfIdent(c, e.x);
  if (object?.kind !== 'package') return undefined;
  const { name } = e.sel;
  const { path } = object.spec;
  const found = isExported(name) ? c.importer.resolve(path, c).member(name, platformsAt(c, e)) : undefined;
  return { kind: 'qualified', importPath: path, name, object: found };
}

function platformsAt(c: Checker, e: SelectorExpr): PlatformSet {
  const file = c.fileAt(e.pos);
  return file === undefined ? EVERYWHERE : platformsOf(file);
}

export function selectionOf(c: Checker, e: SelectorExpr): Selection | undefined {
  if (c.selections.has(e)) return c.selections.get(e);
  const selection = select(c, e);
  c.selections.set(e, selection);
  return selection;
}

function select(c: Checker, e: SelectorExpr): Selection | undefined {
  const direct = qualified(c, e);
  if (direct !== undefined) return direct;
  if (isType(c, e.x)) {
    const receiver = resolveType(c, e.x);
    const found = lookup(receiver, e.sel.name, c.ref);
    if (found.kind !== 'method') return undefined;
    return { kind: 'method-expression', method: variantFor(c, e, found.method), receiver };
  }
  const receiver = typeBuiltWith(c, e, valueType(c, e.x));
  const found = lookup(receiver, e.sel.name, c.ref);
  const { kind } = found;
  if (kind === 'field') return { kind, field: found.field, path: found.path, receiver };
  if (kind === 'method') return { kind, method: variantFor(c, e, found.method), path: found.path, receiver };
  return undefined;
}

/** A shared struct may hold a type that is declared once per platform: the one of this file's platform is meant. */
function typeBuiltWith(c: Checker, e: SelectorExpr, type: Type): Type {
  if (type.kind === 'pointer') {
    const elem = typeBuiltWith(c, e, type.elem);
    return elem === type.elem ? type : { kind: 'pointer', elem };
  }
  if (type.kind !== 'named' || type.typeArgs.length > 0) return type;
  const { object } = type;
  if (!(object instanceof TypeNameObject) || object.alternatives === undefined) return type;
  const variant = bestOf(object.alternatives, platformsAt(c, e))?.object;
  return variant?.kind === 'type' ? variant.type : type;
}

/** The variant of a method that is built together with the file it is called from. */
function variantFor(c: Checker, e: SelectorExpr, method: Func): Func {
  // An instantiated method belongs to the variant of its type that was instantiated.
  if (method.variants.length < 2 || method.origin !== method) return method;
  return builtWith(method.variants, platformsAt(c, e)) ?? method;
}

/** The type of the value that a selector denotes. */
export function selectorType(c: Checker, e: SelectorExpr): Type {
  const selection = selectionOf(c, e);
  if (selection === undefined) return whyUnknown(c, e);
  switch (selection.kind) {
    case 'qualified':
      return qualifiedType(c, selection);
    case 'field':
      return selection.field.type;
    case 'method':
      return selection.method.signature;
    case 'method-expression':
      return methodExpressionType(selection.method, selection.receiver);
  }
}

function qualifiedType(c: Checker, { object, importPath }: Qualified): Type {
  switch (object?.kind) {
    case 'var':
    case 'const':
    case 'type':
      return object.type;
    case 'func':
      return object.signature;
    case undefined: {
      const { ref } = c.importer.resolve(importPath, c);
      return ref.origin === 'missing' ? unknownOf(importPath) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** The receiver becomes the first parameter; it is named if the others are, as go/types has it. */
function methodExpressionType(method: Func, receiver: Type): Signature {
  const { signature } = method;
  const named = signature.params[0] !== undefined && signature.params[0].name !== '';
  const name = named ? (method.origin.decl?.recv?.names[0]?.name ?? '_') : '';
  const first = fixedVar(name, method.pkg, 'param', receiver);
  return { ...signature, params: [first, ...signature.params] };
}

function whyUnknown(c: Checker, e: SelectorExpr): Type {
  const x = unparen(e.x);
  const receiver = isType(c, x) ? resolveType(c, x) : valueType(c, x);
  const found = lookup(receiver, e.sel.name, c.ref);
  return found.kind === 'unknown' ? found.why : unknownFrom(receiver);
}
