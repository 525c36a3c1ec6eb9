/**
 * What untyped constants and generic functions become where they stand (language specification, "Constants", "Instantiations").
 *
 *     var d time.Duration = 5        // 5 is a time.Duration
 *     fmt.Println("a")               // "a" is a string: what an interface takes
 *     if err == nil { … }            // the comparison stays an untyped bool: nothing asks for more
 *     slices.SortFunc(xs, cmp.Compare) // the instantiation that fits
 *
 * As go/types records it: operands of a constant operation stay untyped, since only the result is ever used.
 */
import type {
  AssignStmt,
  BinaryExpr,
  CallExpr,
  CompositeLit,
  Expr,
  KeyValueExpr,
  Node,
  RangeStmt,
} from '../syntax/ast.ts';
import { argumentTypes, calledBuiltin, calledSignature } from './calls.ts';
import type { Checker } from './checker.ts';
import { isConstant } from './constants-evaluate.ts';
import { indexIn, pathTo } from './enclosing.ts';
import { isType, valueType } from './expressions.ts';
import { instantiateAs, parameterType } from './infer.ts';
import { elementTarget, literalCore } from './literals.ts';
import { commonType, isComparison, isShift } from './operators.ts';
import { coreType, defaultType, isUntyped, underlying } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Signature, Type } from './types.ts';
import { BOOL, INT } from './universe.ts';

/** What the context makes of an expression: a type, its default type, or nothing (it stays as it is). */
type Target = { readonly type: Type } | 'default' | 'none';

/** The type of an expression in its place, given the type that it has by itself. */
export function finalType(c: Checker, e: Expr, natural: Type): Type {
  if (natural.kind === 'basic') {
    if (!isUntyped(natural) || natural.name === 'untyped nil') return natural;
    return converted(natural, targetOf(c, e));
  }
  return natural.kind === 'signature' && natural.typeParams.length > 0
    ? instantiated(c, e, natural)
    : natural;
}

function converted(natural: Type, target: Target): Type {
  if (target === 'none') return natural;
  if (target === 'default') return defaultType(natural);
  const { type } = target;
  const u = underlying(type);
  if (u.kind === 'unknown') return natural;
  // Of two untyped constants the smaller kind becomes the larger.
  if (isUntyped(u)) return commonType(natural, u);
  return type.kind === 'typeparam' || u.kind === 'basic' ? type : defaultType(natural);
}

function instantiated(c: Checker, e: Expr, generic: Signature): Type {
  const path = pathTo(c, e);
  let i = path.length - 1;
  let node: Node = e;
  while (i > 0 && path[i - 1]!.kind === 'ParenExpr') node = path[--i]!;
  const parent = path[i - 1];
  if (parent?.kind === 'CallExpr' && parent.fun === node) return calledSignature(c, parent) ?? generic;
  const target = parent === undefined ? 'none' : targetIn(c, path, i);
  if (typeof target === 'string') return generic;
  const core = coreType(target.type);
  return core?.kind === 'signature' ? instantiateAs(generic, core) : generic;
}

function targetOf(c: Checker, e: Expr): Target {
  const path = pathTo(c, e);
  let i = path.length - 1;
  // Through operations whose result is untyped too, up to what decides.
  for (; i > 0; i--) {
    const parent = path[i - 1]!;
    if (parent.kind === 'ParenExpr') continue;
    if (parent.kind === 'UnaryExpr' || parent.kind === 'BinaryExpr') {
      const settled = operandTarget(c, parent, path[i] as Expr);
      if (settled !== 'outer') return settled;
      continue;
    }
    if (parent.kind === 'CallExpr' && isExtreme(c, parent)) {
      const settled = extremeTarget(c, parent);
      if (settled !== 'outer') return settled;
      continue;
    }
    return targetIn(c, path, i);
  }
  return 'none';
}

function isExtreme(c: Checker, call: CallExpr): boolean {
  const name = calledBuiltin(c, call)?.name;
  return name === 'min' || name === 'max';
}

/** `min` and `max` are operations on all their arguments. */
function extremeTarget(c: Checker, call: CallExpr): Target | 'outer' {
  const common = argumentTypes(c, call.args).reduce(commonType);
  if (!isUntyped(common) || isConstant(c, call)) return { type: common };
  return 'outer';
}

function operandTarget(c: Checker, parent: Expr & { readonly op: string }, e: Expr): Target | 'outer' {
  if (parent.kind !== 'BinaryExpr') return isConstant(c, parent) ? 'none' : 'outer';
  const isLeft = parent.x === e;
  if (isShift(parent.op)) {
    if (!isLeft) return isConstant(c, e) ? 'none' : 'default';
    return isConstant(c, parent) ? 'none' : 'outer';
  }
  const other = valueType(c, isLeft ? parent.y : parent.x);
  if (other.kind === 'unknown') return 'none';
  if (!isUntyped(other)) return { type: other };
  if (isComparison(parent.op)) return comparisonTarget(c, parent);
  return isConstant(c, parent) ? { type: valueType(c, parent) } : 'outer';
}

/** Two untyped operands. */
function comparisonTarget(c: Checker, e: BinaryExpr): Target {
  const common = commonType(valueType(c, e.x), valueType(c, e.y));
  if (isConstant(c, e.x) && isConstant(c, e.y)) return { type: common };
  return isUntyped(common) ? { type: defaultType(common) } : 'default';
}

/** What the parent of `path[i]` makes of it. */
function targetIn(c: Checker, path: readonly Node[], i: number): Target {
  const e = path[i] as Expr;
  const parent = path[i - 1]!;
  switch (parent.kind) {
    case 'CallExpr':
      return argumentTarget(c, parent, e);
    case 'IndexExpr': {
      if (parent.x === e) return 'none';
      const container = coreType(valueType(c, parent.x));
      if (container?.kind === 'unknown') return 'none';
      return { type: container?.kind === 'map' ? container.key : INT };
    }
    case 'SliceExpr':
      return parent.x === e ? 'none' : { type: INT };
    case 'CompositeLit':
      return literalTarget(c, parent, e, e);
    case 'KeyValueExpr':
      return literalTarget(c, path[i - 2] as CompositeLit, parent, e);
    case 'AssignStmt':
      return assignTarget(c, parent, e);
    case 'ReturnStmt':
      return returnTarget(c, path, i - 1, indexIn(parent.results, e));
    case 'SendStmt': {
      const chan = coreType(valueType(c, parent.chan));
      return chan?.kind === 'chan' ? { type: chan.elem } : 'default';
    }
    case 'VarSpec':
      return parent.type === undefined ? 'default' : { type: resolveType(c, parent.type) };
    case 'ConstSpec':
      return parent.type === undefined ? 'none' : { type: resolveType(c, parent.type) };
    case 'SwitchStmt':
      return 'default';
    case 'CaseClause':
      return caseTarget(c, path[i - 2]);
    case 'RangeStmt':
      return rangeTarget(c, parent, e);
    default:
      return 'none';
  }
}

function argumentTarget(c: Checker, call: CallExpr, e: Expr): Target {
  if (isType(c, call.fun)) return conversionTarget(c, call, e);
  const builtin = calledBuiltin(c, call);
  if (builtin !== undefined) return builtinTarget(c, call, e, builtin.name);
  const signature = calledSignature(c, call);
  const type = signature && parameterType(signature, indexIn(call.args, e), call.ellipsis);
  return type === undefined ? 'none' : { type };
}

function conversionTarget(c: Checker, call: CallExpr, e: Expr): Target {
  const type = resolveType(c, call.fun);
  const u = underlying(type);
  const natural = valueType(c, e);
  const isNumber =
    natural.kind === 'basic' && (natural.name === 'untyped int' || natural.name === 'untyped rune');
  // string(65): the number stays what it is.
  if (isNumber && u.kind === 'basic' && u.name === 'string') return 'none';
  return u.kind === 'basic' ? { type } : 'default';
}

function builtinTarget(c: Checker, call: CallExpr, e: Expr, name: string): Target {
  const index = indexIn(call.args, e);
  const [first] = call.args;
  switch (name) {
    case 'append': {
      const slice = index > 0 && first !== undefined ? coreType(valueType(c, first)) : undefined;
      if (slice?.kind !== 'slice') return 'none';
      // append(bytes, "text"...) takes the string as it is.
      return call.ellipsis ? 'none' : { type: slice.elem };
    }
    case 'make':
      return { type: INT };
    case 'delete': {
      const map = first === undefined ? undefined : coreType(valueType(c, first));
      return map?.kind === 'map' ? { type: map.key } : 'none';
    }
    case 'complex': {
      const common = argumentTypes(c, call.args).reduce(commonType);
      return isUntyped(common) ? 'none' : { type: common };
    }
    case 'len':
    case 'cap':
    case 'copy':
    case 'real':
    case 'imag':
      return 'none';
    default:
      return 'default';
  }
}

function literalTarget(c: Checker, literal: CompositeLit, element: Expr, value: Expr): Target {
  const core = literalCore(c, literal);
  const isIndex = element.kind === 'KeyValueExpr' && (element as KeyValueExpr).key === value;
  if (isIndex && (core.kind === 'slice' || core.kind === 'array')) return { type: INT };
  const type = elementTarget(c, literal, element, value);
  return type === undefined ? 'none' : { type };
}

function assignTarget(c: Checker, stmt: AssignStmt, e: Expr): Target {
  if (isShift(stmt.op)) return 'none';
  const left = stmt.lhs[indexIn(stmt.rhs, e)];
  if (left === undefined) return 'none';
  if (left.kind === 'Ident' && left.name === '_') return 'default';
  return { type: valueType(c, left) };
}

function returnTarget(c: Checker, path: readonly Node[], at: number, index: number): Target {
  for (let i = at; i >= 0; i--) {
    const node = path[i]!;
    let signature: Type | undefined;
    if (node.kind === 'FuncLit') signature = resolveType(c, node.type);
    else if (node.kind === 'FuncDecl') signature = c.functionObject(node)?.signature;
    if (signature?.kind !== 'signature') continue;
    const type = signature.results[index]?.type;
    return type === undefined ? 'none' : { type };
  }
  return 'none';
}

function caseTarget(c: Checker, outer: Node | undefined): Target {
  if (outer?.kind !== 'SwitchStmt') return 'none';
  return { type: outer.tag === undefined ? BOOL : defaultType(valueType(c, outer.tag)) };
}

function rangeTarget(c: Checker, stmt: RangeStmt, e: Expr): Target {
  const type = valueType(c, e);
  if (type.kind === 'basic' && type.name === 'untyped string') return 'none';
  if (stmt.define || stmt.key === undefined) return { type: INT };
  return { type: valueType(c, stmt.key) };
}
