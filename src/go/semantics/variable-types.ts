/**
 * The types that variables get from what is assigned to them: `:=`, `var x = e`, range clauses, type switches.
 *
 *     v, ok := m[k]          => value type of m, bool
 *     for i, r := range "é"  => int, rune
 */
import type { CaseClause, Expr, RangeStmt, TypeSwitchStmt } from '../syntax/ast.ts';
import { unparen } from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { isNilLiteral, valueType } from './expressions.ts';
import { coreType, defaultType, rangeCore, underlying, unknownFrom } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Type } from './types.ts';
import { BOOL, INT, RUNE, UNKNOWN } from './universe.ts';

/** The type of the `index`th of `count` variables initialised with `values`. */
export function assignedType(c: Checker, values: readonly Expr[], index: number, count: number): Type {
  if (values.length === count) {
    const value = values[index];
    return value === undefined ? UNKNOWN : variableType(singleValue(valueType(c, value)));
  }
  if (values.length !== 1) return UNKNOWN;
  return variableType(unpackedType(c, values[0]!, index, count));
}

/** The `index`th of `count` values that one expression gives: a call's results, or the comma-ok forms. */
export function unpackedType(c: Checker, value: Expr, index: number, count: number): Type {
  const e = unparen(value);
  const type = valueType(c, e);
  if (e.kind === 'CallExpr') {
    if (type.kind === 'tuple') return type.types.length === count ? (type.types[index] ?? UNKNOWN) : UNKNOWN;
    return type.kind === 'unknown' ? type : UNKNOWN;
  }
  if (count !== 2 || !hasCommaOk(c, e)) return type.kind === 'unknown' ? type : UNKNOWN;
  // go/types gives the second value the type "untyped bool"; a variable made of it is a bool.
  return index === 0 ? type : BOOL;
}

function hasCommaOk(c: Checker, e: Expr): boolean {
  if (e.kind === 'TypeAssertExpr') return true;
  if (e.kind === 'UnaryExpr') return e.op === '<-';
  if (e.kind !== 'IndexExpr') return false;
  const container = coreType(valueType(c, e.x));
  return container === undefined || container.kind === 'map' || container.kind === 'unknown';
}

function singleValue(type: Type): Type {
  return type.kind === 'tuple' ? UNKNOWN : type;
}

/** The type of a variable whose initialiser has this type. */
export function variableType(type: Type): Type {
  return type.kind === 'basic' && type.name === 'untyped nil' ? UNKNOWN : defaultType(type);
}

/** Language specification, "For statements with range clause". */
export function rangedType(c: Checker, stmt: RangeStmt, which: 'key' | 'value'): Type {
  const type = valueType(c, stmt.x);
  const core = rangeCore(type);
  if (core === undefined) return unknownFrom(type);
  const isKey = which === 'key';
  switch (core.kind) {
    case 'basic':
      if (core.name === 'string' || core.name === 'untyped string') return isKey ? INT : RUNE;
      // `for i := range n` gives i the type of n; of an untyped constant, int.
      return isKey ? defaultType(type) : UNKNOWN;
    case 'slice':
    case 'array':
      return isKey ? INT : core.elem;
    case 'pointer': {
      const array = underlying(core.elem);
      if (array.kind !== 'array') return unknownFrom(array);
      return isKey ? INT : array.elem;
    }
    case 'map':
      return isKey ? core.key : core.value;
    case 'chan':
      return isKey ? core.elem : UNKNOWN;
    case 'signature': {
      const yielder = core.params[0];
      const callback = yielder === undefined ? undefined : coreType(yielder.type);
      if (callback?.kind !== 'signature') return unknownFrom(yielder?.type ?? UNKNOWN);
      return callback.params[isKey ? 0 : 1]?.type ?? UNKNOWN;
    }
    default:
      return unknownFrom(core);
  }
}

/** `v` in a clause has the clause's type if it lists one type, else that of the operand. */
export function clauseType(c: Checker, stmt: TypeSwitchStmt, clause: CaseClause): Type {
  const [only] = clause.exprs;
  if (clause.exprs.length === 1 && only !== undefined && !isNilLiteral(c, only)) return resolveType(c, only);
  return valueType(c, stmt.x);
}
