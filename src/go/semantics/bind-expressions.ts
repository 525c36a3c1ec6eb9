/**
 * Binding of expressions and types (see `bind.ts`).
 */
import type { CompositeLit, Expr, FuncLit, IndexExpr } from '../syntax/ast.ts';
import { unparen } from '../syntax/ast.ts';
import type { Binder } from './bind.ts';
import { bindFields, openOwnTypeParams } from './bind.ts';
import { bindBlockBody } from './bind-statements.ts';
import { signatureOfType } from './declare-function.ts';
import type { GoObject } from './objects.ts';

export function bindExpr(b: Binder, start: Expr): void {
  let e = start;
  // Chains of operators, calls and selectors may be long: only their other branches recurse.
  const spine: Expr[] = [];
  for (;;) {
    if (e.kind === 'CallExpr') b.parts.calls.push(e);
    const inner = leftmost(e);
    if (inner === undefined) break;
    spine.push(e);
    e = inner;
  }
  bindLeaf(b, e);
  for (let i = spine.length - 1; i >= 0; i--) bindRest(b, spine[i]!);
}

/** The operand that an expression starts with. */
function leftmost(e: Expr): Expr | undefined {
  switch (e.kind) {
    case 'ParenExpr':
    case 'SelectorExpr':
    case 'IndexExpr':
    case 'SliceExpr':
    case 'TypeAssertExpr':
    case 'StarExpr':
    case 'UnaryExpr':
    case 'BinaryExpr':
      return e.x;
    case 'CallExpr':
      return e.fun;
    default:
      return undefined;
  }
}

/** Everything of an expression but its leftmost operand. */
function bindRest(b: Binder, e: Expr): void {
  switch (e.kind) {
    case 'SelectorExpr':
      b.c.objects.set(e.sel, e);
      return;
    case 'IndexExpr':
      bindIndices(b, e);
      return;
    case 'SliceExpr':
      if (e.low !== undefined) bindExpr(b, e.low);
      if (e.high !== undefined) bindExpr(b, e.high);
      if (e.max !== undefined) bindExpr(b, e.max);
      return;
    case 'TypeAssertExpr':
      bindType(b, e.type);
      return;
    case 'UnaryExpr':
      if (e.op === '&') noteOpaque(b, e.x);
      return;
    case 'BinaryExpr':
      bindExpr(b, e.y);
      return;
    case 'CallExpr': {
      const builtin = builtinName(b, e.fun);
      e.args.forEach((arg, i) => {
        // `new(e)` of Go 1.26 takes a value too; of a name that only a missing package knows, a type is by far the likelier.
        if (i === 0 && (builtin === 'make' || builtin === 'new')) bindType(b, arg);
        else bindExpr(b, arg);
      });
      return;
    }
    default:
  }
}

function builtinName(b: Binder, fun: Expr): string | undefined {
  const e = unparen(fun);
  if (e.kind !== 'Ident') return undefined;
  const object = b.c.objects.get(e);
  return object?.kind === 'builtin' ? object.name : undefined;
}

function bindIndices(b: Binder, e: IndexExpr): void {
  const x = unparen(e.x);
  const object = x.kind === 'Ident' ? b.c.objects.get(x) : undefined;
  const instantiates = object?.kind === 'func' || object?.kind === 'type';
  for (const index of e.indices) {
    if (instantiates) bindType(b, index);
    else bindExpr(b, index);
  }
}

function bindLeaf(b: Binder, e: Expr): void {
  switch (e.kind) {
    case 'Ident':
      b.use(e);
      return;
    case 'CompositeLit':
      bindLiteral(b, e);
      return;
    case 'FuncLit':
      bindFuncLit(b, e);
      return;
    case 'KeyValueExpr':
      bindExpr(b, e.key);
      bindExpr(b, e.value);
      return;
    case 'BasicLit':
    case 'BadExpr':
      return;
    default:
      bindType(b, e);
  }
}

/** Binds an expression that stands where only a type can. */
export function bindType(b: Binder, e: Expr): void {
  switch (e.kind) {
    case 'SliceType':
      bindType(b, e.elem);
      return;
    case 'ArrayType':
      if (e.length !== undefined) bindExpr(b, e.length);
      bindType(b, e.elem);
      return;
    case 'MapType':
      bindType(b, e.key);
      bindType(b, e.value);
      return;
    case 'ChanType':
      bindType(b, e.elem);
      return;
    case 'FuncType':
      b.scopes.open();
      openOwnTypeParams(b, e.typeParams);
      bindFields(b, e.params);
      bindFields(b, e.results);
      b.scopes.close();
      return;
    case 'StructType':
      bindFields(b, e.fields);
      return;
    case 'InterfaceType':
      for (const method of e.methods) bindType(b, method.type);
      for (const embedded of e.embedded) bindType(b, embedded);
      return;
    case 'ParenExpr':
    case 'StarExpr':
      bindType(b, e.x);
      return;
    case 'UnaryExpr':
      if (e.op === '~') bindType(b, e.x);
      else bindExpr(b, e);
      return;
    case 'BinaryExpr':
      if (e.op !== '|') {
        bindExpr(b, e);
        return;
      }
      bindUnion(b, e);
      return;
    case 'IndexExpr':
      bindType(b, e.x);
      for (const index of e.indices) bindType(b, index);
      return;
    case 'SelectorExpr':
      bindExpr(b, e);
      if (e.x.kind === 'Ident' && isPackage(b.c.objects.get(e.x))) b.c.typePositions.add(e);
      return;
    case 'Ident':
      if (b.use(e) === undefined) b.c.typePositions.add(e);
      return;
    default:
      bindExpr(b, e);
  }
}

function bindUnion(b: Binder, e: Expr): void {
  const terms: Expr[] = [];
  let left = e;
  while (left.kind === 'BinaryExpr' && left.op === '|') {
    terms.push(left.y);
    left = left.x;
  }
  bindType(b, left);
  for (let i = terms.length - 1; i >= 0; i--) bindType(b, terms[i]!);
}

function isPackage(object: { readonly kind: string } | undefined): boolean {
  return object?.kind === 'package';
}

function bindLiteral(b: Binder, literal: CompositeLit): void {
  const { c } = b;
  if (literal.type !== undefined) bindType(b, literal.type);
  // Keys of maps, slices and arrays are expressions; those of anything else may be field names.
  const type = literal.type?.kind;
  const plainKeys = type === 'MapType' || type === 'SliceType' || type === 'ArrayType';
  for (const element of literal.elements) {
    let value = element;
    if (element.kind === 'KeyValueExpr') {
      const { key } = element;
      if (key.kind === 'Ident' && !plainKeys) {
        const object: GoObject | undefined = b.lookup(key.name);
        c.objects.set(key, { kind: 'literal-key', literal, object });
      } else if (key.kind === 'CompositeLit' && key.type === undefined) {
        c.enclosingLiterals.set(key, literal);
        c.keyLiterals.add(key);
        bindLiteral(b, key);
      } else bindExpr(b, key);
      value = element.value;
    }
    if (value.kind === 'CompositeLit' && value.type === undefined) {
      c.enclosingLiterals.set(value, literal);
      bindLiteral(b, value);
    } else bindExpr(b, value);
  }
}

function bindFuncLit(b: Binder, literal: FuncLit): void {
  const { owner, parts } = b;
  parts.literals.push(literal);
  bindType(b, literal.type);
  b.owner = literal;
  b.parts = { calls: [], literals: [] };
  b.c.parts.set(literal, b.parts);
  b.scopes.open();
  const signature = signatureOfType(b.c, literal.type, literal);
  b.c.types.set(literal.type, signature);
  b.declareVariables(signature.params);
  b.declareVariables(signature.results);
  bindBlockBody(b, literal.body.stmts);
  b.scopes.close();
  b.owner = owner;
  b.parts = parts;
}

/** `&x`, or another way to write x that does not show what is written. */
export function noteOpaque(b: Binder, target: Expr): void {
  const e = unparen(target);
  if (e.kind !== 'Ident') return;
  const object = b.c.objects.get(e);
  if (object?.kind !== 'var' || object.role === 'field') return;
  const writes = b.c.writes.get(object);
  if (writes === undefined) b.c.writes.set(object, { values: [], opaque: true });
  else writes.opaque = true;
}

export function noteAssignment(b: Binder, target: Expr, value: Expr | undefined): void {
  if (value === undefined) {
    noteOpaque(b, target);
    return;
  }
  const e = unparen(target);
  if (e.kind !== 'Ident') return;
  const object = b.c.objects.get(e);
  if (object?.kind !== 'var') return;
  const writes = b.c.writes.get(object);
  if (writes === undefined) b.c.writes.set(object, { values: [value], opaque: false });
  else writes.values.push(value);
}
