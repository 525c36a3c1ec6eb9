/**
 * Orders over the blocks of a graph, and the memory of what was computed about it.
 */
import type { BasicBlock, Cfg } from './cfg.ts';

/**
 * Makes an analysis compute its result once per graph (or whatever its input is). The result lives as long as the input.
 *
 *     export const dominatorTree = oncePer((cfg: Cfg) => …);
 */
export function oncePer<K extends object, T>(analyse: (input: K) => T): (input: K) => T {
  const results = new WeakMap<K, { readonly result: T }>();
  return (input) => {
    let known = results.get(input);
    if (known === undefined) {
      known = { result: analyse(input) };
      results.set(input, known);
    }
    return known.result;
  };
}

/** 1 for the index of each block that control can reach from `entry`. */
export function reachableBlocks(entry: BasicBlock, count: number): Uint8Array {
  const reached = new Uint8Array(count);
  const stack = [entry];
  reached[entry.index] = 1;
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    for (const { to } of block.succs) {
      if (reached[to.index] === 1) continue;
      reached[to.index] = 1;
      stack.push(to);
    }
  }
  return reached;
}

export interface BlockOrder {
  /** The reachable blocks in reverse postorder: a block stands before its successors, except along back edges. */
  readonly blocks: readonly BasicBlock[];
  /** By block index: the position in `blocks`; -1 for unreachable blocks. */
  readonly position: Int32Array;
}

export const reversePostorder: (cfg: Cfg) => BlockOrder = oncePer((cfg) => {
  const position = new Int32Array(cfg.blocks.length).fill(-1);
  const postorder: BasicBlock[] = [];
  const seen = new Uint8Array(cfg.blocks.length);
  const stack: BasicBlock[] = [cfg.entry];
  // Successors are entered last first, so that in the result a branch's first arm stands before its second.
  const untried: number[] = [cfg.entry.succs.length];
  seen[cfg.entry.index] = 1;
  while (stack.length > 0) {
    const block = stack[stack.length - 1]!;
    const i = untried[untried.length - 1]! - 1;
    if (i < 0) {
      postorder.push(block);
      stack.pop();
      untried.pop();
      continue;
    }
    untried[untried.length - 1] = i;
    const { to } = block.succs[i]!;
    if (seen[to.index] === 1) continue;
    seen[to.index] = 1;
    stack.push(to);
    untried.push(to.succs.length);
  }
  const blocks = postorder.reverse();
  blocks.forEach((block, i) => {
    position[block.index] = i;
  });
  return { blocks, position };
});

/** Can control reach this block? */
export function isReachable(cfg: Cfg, block: BasicBlock): boolean {
  return reversePostorder(cfg).position[block.index] !== -1;
}

/** Can the function come back to its caller in the ordinary way? `func fail() { log.Fatal("x") }` and endless loops cannot. */
export function canReturn(cfg: Cfg): boolean {
  return isReachable(cfg, cfg.exit);
}
