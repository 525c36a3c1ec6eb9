/**
 * Long chains of one operator as a balanced tree.
 *
 *     a + b + c + d    ((a + b) + c) + d    becomes    (a + b) + (c + d)
 *
 * Generated code joins thousands of strings with `+`; as written the tree would be thousands of levels deep, and everyone who walks it
 * would need a loop where a recursion is natural. For these operators the balanced tree has the same operands in the same order, the same
 * type and the same value (`&&` and `||` also evaluate the same operands), so nobody can tell. Chains that mix operators, or use others
 * (`-`, `/`, `<<`), cannot be regrouped: there each operator counts as a level of nesting.
 */
import type { Expr } from './ast.ts';
import { fieldOf, kindOf, MAX_CHAIN, NODE, operatorOf } from './flat-tree.ts';
import { F, K, OPERATORS } from './grammar.ts';

const ASSOCIATIVE: ReadonlySet<string> = new Set(['+', '*', '|', '&', '^', '&&', '||']);

/** Is the chain whose outermost operator stands at `node` long, and can it be regrouped? */
export function isBalanced(nodes: Int32Array, node: number): boolean {
  const op = operatorOf(nodes[node]!);
  if (!ASSOCIATIVE.has(OPERATORS[op]!)) return false;
  let at = node + NODE;
  while (isLeftOperator(nodes, at)) {
    if (operatorOf(nodes[at]!) !== op) return false;
    at += NODE;
  }
  return (at - node) / NODE > MAX_CHAIN;
}

/** Left operands stand right behind their operator's node, so a chain is a run of nodes. */
export function isLeftOperator(nodes: Int32Array, node: number): boolean {
  const head = nodes[node] ?? 0;
  return kindOf(head) === K.binary_expression && fieldOf(head) === F.left;
}

/** The operands of such a chain, joined. */
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
