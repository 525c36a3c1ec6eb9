/**
 * The types of binary operations (language specification, "Operators").
 *
 *     n + 1 (n int64)    => int64;     1 << n => untyped until its context says more;     a == b => untyped bool
 */
import type { BinaryExpr, Expr } from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { valueType } from './expressions.ts';
import { isUntyped } from './shapes.ts';
import type { BasicName, Type } from './types.ts';
import { UNTYPED_BOOL, UNTYPED_FLOAT, UNTYPED_INT } from './universe.ts';

export function isComparison(op: string): boolean {
  return op === '==' || op === '!=' || op === '<' || op === '<=' || op === '>' || op === '>=';
}

export function isShift(op: string): boolean {
  return op === '<<' || op === '>>' || op === '<<=' || op === '>>=';
}

export function binaryType(c: Checker, start: BinaryExpr): Type {
  // `a + b + c + …` is deep on the left: its operands are taken from there.
  const chain: BinaryExpr[] = [];
  let leftmost: Expr = start;
  while (leftmost.kind === 'BinaryExpr' && !c.types.has(leftmost)) {
    chain.push(leftmost);
    leftmost = leftmost.x;
  }
  let type = valueType(c, leftmost);
  for (let i = chain.length - 1; i >= 0; i--) {
    const e = chain[i]!;
    type = combine(c, e, type);
    c.types.set(e, type);
  }
  return type;
}

function combine(c: Checker, e: BinaryExpr, x: Type): Type {
  if (isComparison(e.op)) return UNTYPED_BOOL;
  if (isShift(e.op)) {
    // A constant such as 1.0 that is shifted counts as an integer.
    return x === UNTYPED_FLOAT ? UNTYPED_INT : x;
  }
  return commonType(x, valueType(c, e.y));
}

const RANK: ReadonlyMap<BasicName, number> = new Map([
  ['untyped int', 1],
  ['untyped rune', 2],
  ['untyped float', 3],
  ['untyped complex', 4],
]);

/** The type of an operation whose operands have these types: the typed one's, or the larger kind of two untyped ones. */
export function commonType(x: Type, y: Type): Type {
  if (!isUntyped(x)) return x.kind === 'unknown' && !isUntyped(y) ? y : x;
  if (!isUntyped(y)) return y;
  return (RANK.get(y.name) ?? 0) > (RANK.get(x.name) ?? 0) ? y : x;
}
