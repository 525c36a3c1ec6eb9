/**
 * Dominators: what has certainly been executed before.
 *
 *     g := new(errgroup.Group)
 *     if limited { g.SetLimit(10) }    // does not dominate g.Go: there is a path around it
 *     g.Go(work)
 *
 * A place dominates another if every path from the entry to the second passes the first; every place dominates itself. Nothing that
 * cannot be reached is ever executed, so of unreachable places it is (vacuously) true that everything dominates them.
 *
 * Algorithm: Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm"; questions are answered in constant time.
 * Deferred calls: `executesBefore` of `order.ts` knows about them, this file asks about places only.
 */
import type { BasicBlock, Cfg, Edge, Place } from './cfg.ts';
import { oncePer, reversePostorder } from './graph.ts';

export interface DominatorTree {
  /** By node: its immediate dominator; -1 for the root and for nodes that the root does not reach. */
  readonly parent: Int32Array;
  /** The tree's preorder: `a` dominates `b` iff `enter[a] <= enter[b] && leave[b] <= leave[a]`; -1 for nodes that are not reached. */
  readonly enter: Int32Array;
  readonly leave: Int32Array;
}

/**
 * The dominator tree of any graph with nodes 0 … count - 1. `order` is the reverse postorder of the nodes reached, the root first;
 * `predecessors` may name nodes that are not reached.
 */
export function buildDominatorTree(
  order: readonly number[],
  predecessors: (node: number) => readonly number[],
  count: number,
): DominatorTree {
  const position = new Int32Array(count).fill(-1);
  order.forEach((node, i) => {
    position[node] = i;
  });
  // Immediate dominators by position in the order; the root is its own while the loop runs.
  const idom = new Int32Array(order.length).fill(-1);
  idom[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < order.length; i++) {
      let common = -1;
      for (const predecessor of predecessors(order[i]!)) {
        const p = position[predecessor]!;
        if (p === -1 || idom[p] === -1) continue;
        common = common === -1 ? p : intersect(idom, common, p);
      }
      if (idom[i] === common) continue;
      idom[i] = common;
      changed = true;
    }
  }
  const parent = new Int32Array(count).fill(-1);
  for (let i = 1; i < order.length; i++) parent[order[i]!] = order[idom[i]!]!;
  return { parent, ...numberTree(order, parent, count) };
}

function intersect(idom: Int32Array, a: number, b: number): number {
  let x = a;
  let y = b;
  while (x !== y) {
    while (x > y) x = idom[x]!;
    while (y > x) y = idom[y]!;
  }
  return x;
}

/** Preorder intervals without a traversal: sizes from the leaves up, then each node takes its share of its parent's interval. */
function numberTree(
  order: readonly number[],
  parent: Int32Array,
  count: number,
): { enter: Int32Array; leave: Int32Array } {
  const size = new Int32Array(count).fill(1);
  for (let i = order.length - 1; i > 0; i--) size[parent[order[i]!]!]! += size[order[i]!]!;
  const enter = new Int32Array(count).fill(-1);
  const leave = new Int32Array(count).fill(-1);
  const free = new Int32Array(count);
  order.forEach((node, i) => {
    const from = i === 0 ? 0 : free[parent[node]!]!;
    if (i > 0) free[parent[node]!] = from + size[node]!;
    enter[node] = from;
    leave[node] = from + size[node]! - 1;
    free[node] = from + 1;
  });
  return { enter, leave };
}

/** Constant time; false if either was not reached. */
export function inSubtree(tree: DominatorTree, root: number, node: number): boolean {
  const from = tree.enter[root]!;
  return from !== -1 && from <= tree.enter[node]! && tree.leave[node]! <= tree.leave[root]!;
}

export const dominatorTree: (cfg: Cfg) => DominatorTree = oncePer((cfg) =>
  buildDominatorTree(
    reversePostorder(cfg).blocks.map((block) => block.index),
    (index) => cfg.blocks[index]!.preds.map((edge) => edge.from.index),
    cfg.blocks.length,
  ),
);

/** Does every path from the entry to `b` pass through `a`? Every block dominates itself. */
export function blockDominates(cfg: Cfg, a: BasicBlock, b: BasicBlock): boolean {
  const tree = dominatorTree(cfg);
  return tree.enter[b.index] === -1 || inSubtree(tree, a.index, b.index);
}

/** The closest block that every path to `block` passes through; undefined for the entry and for unreachable blocks. */
export function immediateDominator(cfg: Cfg, block: BasicBlock): BasicBlock | undefined {
  return cfg.blocks[dominatorTree(cfg).parent[block.index]!];
}

/** Does every path from the entry to `b` pass `a`? Every place dominates itself. */
export function dominates(cfg: Cfg, a: Place, b: Place): boolean {
  if (a.block === b.block) return a.index <= b.index || dominatorTree(cfg).enter[b.block.index] === -1;
  return blockDominates(cfg, a.block, b.block);
}

/**
 * Does every path from the entry to `block` take this edge? Then, whenever control is in `block`, the last decision in `edge.from` was
 * the one that the edge stands for.
 */
export function edgeDominates(cfg: Cfg, edge: Edge, block: BasicBlock): boolean {
  const tree = dominatorTree(cfg);
  if (tree.enter[block.index] === -1) return true;
  if (!inSubtree(tree, edge.to.index, block.index)) return false;
  return edge.to.preds.every((other) => other === edge || blockDominates(cfg, edge.to, other.from));
}
