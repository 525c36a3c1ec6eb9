/**
 * Post-dominators (what will certainly be executed) and control dependence (which decisions lead here).
 *
 *     if rejected { continue }
 *     send(a)          // depends on the edge "rejected is false"
 *
 * The end of the function is a point behind `exit` and `abort`, so "certainly" means: however the function ends. Loops without a way out
 * and `select {}` never end; they count as ends too, at their last block, so that every reachable block has an answer.
 * For "on every path that returns" ask `everyPathPasses` of `paths.ts`.
 */
import type { BasicBlock, Cfg, Edge } from './cfg.ts';
import { buildDominatorTree, type DominatorTree, inSubtree } from './dominators.ts';
import { oncePer, reversePostorder } from './graph.ts';

interface ReverseGraph {
  /** The nodes in reverse postorder of the reversed graph; the first, number `blocks.length`, is the common end. */
  readonly order: readonly number[];
  /** By block index: does the function end here? */
  readonly ends: Uint8Array;
}

function reverseGraph(cfg: Cfg): ReverseGraph {
  const count = cfg.blocks.length;
  const seen = new Uint8Array(count);
  const ends = new Uint8Array(count);
  const postorder: number[] = [];
  const visit = (end: BasicBlock): void => {
    if (seen[end.index] === 1) return;
    ends[end.index] = 1;
    seen[end.index] = 1;
    const stack = [end];
    const untried = [0];
    while (stack.length > 0) {
      const block = stack[stack.length - 1]!;
      const i = untried[untried.length - 1]!;
      if (i === block.preds.length) {
        postorder.push(block.index);
        stack.pop();
        untried.pop();
        continue;
      }
      untried[untried.length - 1] = i + 1;
      const { from } = block.preds[i]!;
      if (seen[from.index] === 1) continue;
      seen[from.index] = 1;
      stack.push(from);
      untried.push(0);
    }
  };
  const { blocks } = reversePostorder(cfg);
  for (const block of blocks) {
    if (block.succs.length === 0) visit(block);
  }
  // What is left cannot end. The last block of an endless loop comes first here.
  for (let i = blocks.length - 1; i >= 0; i--) visit(blocks[i]!);
  postorder.push(count);
  return { order: postorder.reverse(), ends };
}

const postDominatorTree: (cfg: Cfg) => DominatorTree = oncePer((cfg) => {
  const { order, ends } = reverseGraph(cfg);
  const end = cfg.blocks.length;
  return buildDominatorTree(
    order,
    (index) => {
      const successors = cfg.blocks[index]!.succs.map((edge) => edge.to.index);
      if (ends[index] === 1) successors.push(end);
      return successors;
    },
    end + 1,
  );
});

/** Does every path from `b` to the end of the function, however it ends, pass through `a`? Every block post-dominates itself. */
export function blockPostDominates(cfg: Cfg, a: BasicBlock, b: BasicBlock): boolean {
  return inSubtree(postDominatorTree(cfg), a.index, b.index);
}

const dependence: (cfg: Cfg) => readonly (readonly Edge[])[] = oncePer((cfg) => {
  const { parent } = postDominatorTree(cfg);
  const result: Edge[][] = cfg.blocks.map(() => []);
  for (const block of reversePostorder(cfg).blocks) {
    if (block.succs.length < 2) continue;
    for (const edge of block.succs) {
      for (let b = edge.to.index; b !== parent[block.index] && b < result.length; b = parent[b]!) {
        result[b]!.push(edge);
      }
    }
  }
  return result;
});

/**
 * The edges that decide whether control comes to `block`: behind each of them it certainly does, and the block they leave could have
 * avoided it. Direct ones only; the loop that a block stands in counts (each turn decides about the next). In order of their blocks.
 */
export function controllingEdges(cfg: Cfg, block: BasicBlock): readonly Edge[] {
  return dependence(cfg)[block.index]!;
}
