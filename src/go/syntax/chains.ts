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
import type { Expr } from './ast.ts';
import { fieldOf, kindOf, NODE, operatorOf } from './flat-tree.ts';
import { F, K, OPERATORS } from './grammar.ts';

const ASSOCIATIVE: ReadonlySet<string> = new Set(['+', '*', '|', '&', '^', '&&', '||']);

/** Can the chain whose outermost operator stands at `node` be regrouped? */
export function isRegularChain(nodes: Int32Array, node: number): boolean {
  const op = operatorOf(nodes[node]!);
  if (!ASSOCIATIVE.has(OPERATORS[op]!)) return false;
  for (let at = node + NODE; isLeftOperator(nodes[at]!); at += NODE) {
    if (operatorOf(nodes[at]!) !== op) return false;
  }
  return true;
}

function isLeftOperator(head: number): boolean {
  return kindOf(head) === K.binary_expression && fieldOf(head) === F.left;
}

/** The operands of a regular chain, joined. */
export function balanced(op: string, operands: readonly Expr[]): Expr {
  const build = (from: number, to: number): Expr => {
    if (to - from === 1) return operands[from]!;
    const middle = (from + to) >> 1;
    const x = build(from, middle);
    const y = build(middle, to);
    return { kind: 'BinaryExpr', pos: x.pos, end: y.end, op, x, y };
  };
  return build(0, operands.length);
}
