/**
 * A parsed file as one array of integers: all that the lowering needs of a syntax tree, and nothing of the parser that made it.
 *
 *     a.b(1)  =>  call_expression 0..6 (next: 20)
 *                   selector_expression 0..3 field function (next: 16)
 *                     identifier 0..1 field operand (next: 12)
 *                     identifier 2..3 field field (next: 16)
 *                   int_literal 4..5 field arguments (next: 20)
 *
 * Nodes stand in pre-order, four integers each: what it is (`kind | field << 8 | operator << 16 | missing << 24`), start, end, and the index of
 * the first node after its subtree. So the first child of `i` stands at `i + NODE`, its next sibling at `nodes[i + NEXT]`.
 *
 * Left out: punctuation and keywords; comments, which have a list of their own; and nodes that only hold a list (`statement_list`,
 * `argument_list` …), whose children take their place and their field. An operator is no node, but a number in the node it stands in.
 * Offsets are UTF-16 units. Plain data: it can be handed to another thread.
 */
export interface FlatTree {
  readonly nodes: Int32Array;
  /** Start and end of every comment, in source order. */
  readonly comments: Int32Array;
  /** Every ERROR node (not those within one) and MISSING token, in source order. */
  readonly errors: readonly ParseError[];
  /** Offset of the first node that stands too deep (see MAX_NESTING), for every declaration that has one. */
  readonly deep: readonly number[];
}

export interface ParseError {
  readonly start: number;
  readonly end: number;
  /** What the parser put in to go on, as the grammar calls it; undefined: text that it skipped. */
  readonly missing: string | undefined;
}

/** Integers per node, and the place of each within a node. */
export const NODE = 4;
export const START = 1;
export const END = 2;
export const NEXT = 3;

/**
 * Nodes nest at most this deep below a top-level declaration; what is deeper is refused as damage, so that no recursion over the tree
 * can overflow the stack. Lists do not count, and long chains of one operator count as the balanced trees that they become.
 */
export const MAX_NESTING = 1000;

/** A chain like `a + b + c` of more operators than this is balanced (`chains.ts`); else it is as deep as it is long. */
export const MAX_CHAIN = 400;

export function kindOf(node: number): number {
  return node & 0xff;
}
export function fieldOf(node: number): number {
  return (node >> 8) & 0xff;
}
export function operatorOf(node: number): number {
  return (node >> 16) & 0xff;
}
export function isMissing(node: number): boolean {
  return (node & MISSING) !== 0;
}
export const MISSING = 1 << 24;
