/**
 * Long chains of one operator as a balanced tree.
 *
 *     a + b + c + d    ((a + b) + c) + d    becomes    (a + b) + (c + d)
 *
 * Generated code joins thousands of strings with `+`; as written the tree would be thousands of levels deep, and everyone who walks it
 * would need a loop where a recursion is natural. For these operators the balanced tree has the same operands in the same order, the same
 * type and the same value (`&&` and `||` also evaluate the same operands), so nobody can tell. Chains that mix operators, or use others
 * (`-`, `/`, `<<`), cannot be regrouped and are refused when they are longer than MAX_CHAIN.
 */
import type { Expr } from '../ast.ts';

/** Operands beyond the first. Shorter chains keep the shape that the language gives them. */
export const MAX_CHAIN = 400;

const ASSOCIATIVE: ReadonlySet<string> = new Set(['+', '*', '|', '&', '^', '&&', '||']);

/** `operators[k]` stands between `operands[k]` and `operands[k + 1]`. Undefined where the chain cannot be regrouped. */
export function balanced(operators: readonly string[], operands: readonly Expr[]): Expr | undefined {
  const op = operators[0]!;
  if (!ASSOCIATIVE.has(op) || operators.some((other) => other !== op)) return undefined;
  const build = (from: number, to: number): Expr => {
    if (to - from === 1) return operands[from]!;
    const middle = (from + to) >> 1;
    const x = build(from, middle);
    const y = build(middle, to);
    return { kind: 'BinaryExpr', pos: x.pos, end: y.end, op, x, y };
  };
  return build(0, operands.length);
}
