/**
 * How deep nodes stand in the tree that will be made of them.
 *
 *     f((a))        call 1, parentheses 2, a 3
 *
 * The depth in the flat tree is almost that, but long chains of one operator become balanced trees, which are much less deep.
 */
import { isBalanced, isLeftOperator } from './chains.ts';
import { END, kindOf, MAX_NESTING, NEXT, NODE, START } from './flat-tree.ts';
import { K } from './grammar.ts';

/**
 * `suspects`: offsets of nodes that stand deeper than MAX_NESTING in the flat tree. Gives the first node of each declaration that also stands
 * too deep in the final tree.
 */
export function trulyDeep(nodes: Int32Array, suspects: readonly number[]): readonly number[] {
  if (suspects.length === 0) return suspects;
  const result: number[] = [];
  for (let node = NODE; node < nodes[NEXT]!; node = nodes[node + NEXT]!) {
    const start = nodes[node + START]!;
    const end = nodes[node + END]!;
    if (!suspects.some((offset) => start <= offset && offset < end)) continue;
    const first = firstDeep(nodes, node);
    if (first !== undefined) result.push(first);
  }
  return result;
}

function firstDeep(nodes: Int32Array, declaration: number): number | undefined {
  /** The nodes around the current one: where their subtrees end, and how deep they stand. */
  const around: { readonly next: number; readonly depth: number }[] = [];
  const stop = nodes[declaration + NEXT]!;
  for (let node = declaration; node < stop; node += NODE) {
    while (around.length > 0 && around[around.length - 1]!.next <= node) around.pop();
    let depth = (around[around.length - 1]?.depth ?? 0) + 1;
    if (kindOf(nodes[node]!) === K.binary_expression && isBalanced(nodes, node)) {
      const first = node;
      while (isLeftOperator(nodes, node + NODE)) node += NODE;
      depth += Math.ceil(Math.log2((node - first) / NODE + 2));
      for (let operator = first; operator < node; operator += NODE) {
        around.push({ next: nodes[operator + NEXT]!, depth });
      }
    }
    if (depth > MAX_NESTING) return nodes[node + START]!;
    around.push({ next: nodes[node + NEXT]!, depth });
  }
  return undefined;
}
