/**
 * Paths: can control get from here to there without passing these places or edges, and how?
 *
 *     findPath(cfg, entryPlace(cfg), placeOfSend, { edges: isAcceptingVerdict })    // undefined: every path has asked
 *
 * A path leads from just behind `from` to just before `to`; neither end is in its own way. Paths are paths of the graph: that two
 * conditions exclude each other is not known here.
 * Everything is linear in the size of the graph. Of several paths the shortest is found, and always the same one.
 */
import type { BasicBlock, Cfg, Edge, Place } from './cfg.ts';

/** What a path may not pass. Of places only those of nodes count: nothing happens at the points before and behind them. */
export interface Barrier {
  readonly places?: Iterable<Place>;
  readonly edges?: (edge: Edge) => boolean;
}

/** A way through the graph: evidence for a finding. */
export interface Path {
  readonly from: Place;
  readonly to: Place;
  /** The edges taken, in order; none if the path stays in one block. */
  readonly edges: readonly Edge[];
}

/** A set of places. */
export interface Region {
  has(place: Place): boolean;
}

interface Obstacles {
  /** Is there no place to avoid in the half-open range of node indices? */
  clear(block: BasicBlock, from: number, to: number): boolean;
  allows(edge: Edge): boolean;
}

function obstacles({ places, edges }: Barrier): Obstacles {
  const byBlock = new Map<BasicBlock, number[]>();
  for (const { block, index } of places ?? []) {
    const known = byBlock.get(block);
    if (known === undefined) byBlock.set(block, [index]);
    else known.push(index);
  }
  return {
    clear: (block, from, to) => !byBlock.get(block)?.some((index) => from <= index && index < to),
    allows: (edge) => edges === undefined || !edges(edge),
  };
}

/** The shortest path that avoids the barrier; undefined if there is none. From a place to itself: once around a loop. */
export function findPath(cfg: Cfg, from: Place, to: Place, avoid: Barrier = {}): Path | undefined {
  const { clear, allows } = obstacles(avoid);
  const start = from.block;
  if (start === to.block && from.index < to.index && clear(start, from.index + 1, to.index)) {
    return { from, to, edges: [] };
  }
  if (!clear(start, from.index + 1, start.nodes.length)) return undefined;
  const via: (Edge | undefined)[] = new Array(cfg.blocks.length);
  const queue: BasicBlock[] = [start];
  for (let next = 0; next < queue.length; next++) {
    for (const edge of queue[next]!.succs) {
      const block = edge.to;
      if (via[block.index] !== undefined || !allows(edge)) continue;
      via[block.index] = edge;
      if (block === to.block && clear(block, 0, to.index))
        return { from, to, edges: edgesTo(via, block, start) };
      if (clear(block, 0, block.nodes.length)) queue.push(block);
    }
  }
  return undefined;
}

function edgesTo(via: readonly (Edge | undefined)[], last: BasicBlock, first: BasicBlock): readonly Edge[] {
  const edges: Edge[] = [];
  let block = last;
  do {
    const edge = via[block.index]!;
    edges.push(edge);
    block = edge.from;
  } while (block !== first);
  return edges.reverse();
}

/** Does every path between the two pass one of these places? True also if there is no path at all. */
export function everyPathPasses(cfg: Cfg, from: Place, to: Place, places: Iterable<Place>): boolean {
  return findPath(cfg, from, to, { places }) === undefined;
}

/** The places that control can come to behind `from`. Barrier places are included, what lies behind them is not. */
export function reachableFrom(cfg: Cfg, from: Place, avoid: Barrier = {}): Region {
  const { clear, allows } = obstacles(avoid);
  const entered = new Uint8Array(cfg.blocks.length);
  const stack: BasicBlock[] = [];
  const follow = (block: BasicBlock): void => {
    for (const edge of block.succs) {
      if (entered[edge.to.index] === 1 || !allows(edge)) continue;
      entered[edge.to.index] = 1;
      if (clear(edge.to, 0, edge.to.nodes.length)) stack.push(edge.to);
    }
  };
  if (clear(from.block, from.index + 1, from.block.nodes.length)) follow(from.block);
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) follow(block);
  return {
    has: ({ block, index }) =>
      (entered[block.index] === 1 && clear(block, 0, index)) ||
      (block === from.block && index > from.index && clear(block, from.index + 1, index)),
  };
}

/** The places behind which control can come to `to`. Barrier places are included, what lies before them is not. */
export function reaching(cfg: Cfg, to: Place, avoid: Barrier = {}): Region {
  const { clear, allows } = obstacles(avoid);
  /** From the end of the block there is a way. */
  const leads = new Uint8Array(cfg.blocks.length);
  const stack: BasicBlock[] = [];
  const follow = (block: BasicBlock): void => {
    for (const edge of block.preds) {
      if (leads[edge.from.index] === 1 || !allows(edge)) continue;
      leads[edge.from.index] = 1;
      if (clear(edge.from, 0, edge.from.nodes.length)) stack.push(edge.from);
    }
  };
  if (clear(to.block, 0, to.index)) follow(to.block);
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) follow(block);
  return {
    has: ({ block, index }) =>
      (leads[block.index] === 1 && clear(block, index + 1, block.nodes.length)) ||
      (block === to.block && index < to.index && clear(block, index + 1, to.index)),
  };
}
