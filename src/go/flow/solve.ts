/**
 * Solves data-flow equations over the blocks of a graph, with sets of numbers.
 *
 *     solve({ cfg, bits: definitions.length, direction: 'forward', meet: 'any', pass: (block, state) => … })
 *
 * The sets start empty (`any`) or full (`all`) and only grow (shrink), so it ends; blocks are visited in the order of the graph, so that
 * one sweep settles everything but loops.
 */
import { type BitRows, bitRows } from './bits.ts';
import type { BasicBlock, Cfg, Edge } from './cfg.ts';
import { reversePostorder } from './graph.ts';

export interface Problem {
  readonly cfg: Cfg;
  /** The numbers are 0 … bits - 1. */
  readonly bits: number;
  readonly direction: 'forward' | 'backward';
  /** Does a number count that comes over any edge, or only one that comes over all of them? */
  readonly meet: 'any' | 'all';
  /** Changes row 0 of `state` from what holds where control (backward: the search) enters the block to what holds where it leaves. */
  readonly pass: (block: BasicBlock, state: BitRows) => void;
  /** Changes row 0 of `state` by what taking the edge means. */
  readonly follow?: (edge: Edge, state: BitRows) => void;
  /** What holds at first where nothing enters: rows by block index. Only for `any`. */
  readonly seed?: (rows: BitRows) => void;
}

/**
 * By block index: the numbers at the start of the block (backward: at its end). Unreachable blocks are not visited: their rows are empty,
 * and they contribute nothing.
 */
export function solve(problem: Problem): BitRows {
  const { cfg, bits, direction, meet, pass, follow, seed } = problem;
  const forward = direction === 'forward';
  const order = reversePostorder(cfg);
  const count = order.blocks.length;
  const rows = bitRows(cfg.blocks.length, bits);
  const { width, words } = rows;
  if (meet === 'all') {
    for (const { index } of order.blocks) words.fill(0xffffffff, index * width, (index + 1) * width);
    words.fill(0, cfg.entry.index * width, (cfg.entry.index + 1) * width);
  }
  seed?.(rows);
  const left = bitRows(1, bits);
  const over = bitRows(1, bits);
  const waiting = new Uint8Array(count).fill(1);
  for (let more = true; more; ) {
    more = false;
    for (let step = 0; step < count; step++) {
      const i = forward ? step : count - 1 - step;
      if (waiting[i] === 0) continue;
      waiting[i] = 0;
      const block = order.blocks[i]!;
      left.words.set(words.subarray(block.index * width, (block.index + 1) * width));
      pass(block, left);
      for (const edge of forward ? block.succs : block.preds) {
        const next = forward ? edge.to : edge.from;
        const j = order.position[next.index]!;
        if (j === -1) continue;
        let state = left;
        if (follow !== undefined) {
          over.words.set(left.words);
          follow(edge, over);
          state = over;
        }
        if (!join(words, next.index * width, state.words, meet)) continue;
        waiting[j] = 1;
        if (forward ? j <= i : j >= i) more = true;
      }
    }
  }
  return rows;
}

/** Joins `state` into the row that starts at `start`; did it change? */
function join(rows: Uint32Array, start: number, state: Uint32Array, meet: 'any' | 'all'): boolean {
  let changed = false;
  for (let w = 0; w < state.length; w++) {
    const before = rows[start + w]!;
    const after = (meet === 'any' ? before | state[w]! : before & state[w]!) >>> 0;
    if (after === before) continue;
    rows[start + w] = after;
    changed = true;
  }
  return changed;
}

/** A copy of one row, to go on with inside a block. */
export function copyRow(rows: BitRows, row: number, bits: number): BitRows {
  const copy = bitRows(1, bits);
  copy.words.set(rows.words.subarray(row * rows.width, (row + 1) * rows.width));
  return copy;
}
