/**
 * Loops of a graph, however they are written: `for`, `range`, and `goto` to a label further up.
 *
 *     again:                    // head; stmt: the labelled statement
 *       page := fetch(token)
 *       if page.Next != "" { token = page.Next; goto again }     // back edge
 *
 * A loop is a set of blocks each of which can come back to the head; a block that only leaves (`break`, `return`) is not part of it.
 * So a `for` whose body always leaves is no loop, and `loopOf(cfg, stmt)` has no answer for it.
 * Back edges to one head make one loop; loops with different heads are nested or disjoint.
 *
 * Method: strongly connected components, taken apart at their heads (Steensgaard's loop forest); for loops with one way in these are the
 * natural loops. A region with several ways in (only `goto` makes them) is one loop, `reducible: false`, headed by the entry that stands
 * first; cycles in it that avoid this head are loops inside it. So every cycle runs over a back edge of some loop.
 * Functions whose loops nest so deep that this would cost too much (thousands of crossing `goto`s) have inner loops that are not found.
 */
import type { Stmt } from '../syntax/ast.ts';
import type { BasicBlock, Cfg, Edge } from './cfg.ts';
import { oncePer, reversePostorder } from './graph.ts';

export interface Loop {
  readonly head: BasicBlock;
  /** The `for`, `range` or labelled statement that the head belongs to. */
  readonly stmt: Stmt | undefined;
  /** In order of index; those of inner loops included. */
  readonly blocks: readonly BasicBlock[];
  /** From inside to the head. */
  readonly backEdges: readonly Edge[];
  /** From inside to outside. */
  readonly exits: readonly Edge[];
  /** From outside to inside; all of them to the head if the loop is reducible. */
  readonly entries: readonly Edge[];
  readonly parent: Loop | undefined;
  readonly children: readonly Loop[];
  /** 1 for an outermost loop. */
  readonly depth: number;
  readonly reducible: boolean;
}

export interface LoopForest {
  /** Outer loops before inner ones. */
  readonly loops: readonly Loop[];
  /** By block index: the innermost loop that the block belongs to. */
  readonly innermost: readonly (Loop | undefined)[];
  readonly byStmt: ReadonlyMap<Stmt, Loop>;
}

/** How many blocks of loops are looked into for inner loops: enough for 1,000 blocks nested 1,000 deep. */
const maxSteps = 1_000_000;

interface Region {
  readonly blocks: readonly BasicBlock[];
  readonly loop: (Loop & { readonly children: Loop[] }) | undefined;
}

export const loopForest: (cfg: Cfg) => LoopForest = oncePer((cfg) => {
  const order = reversePostorder(cfg);
  const loops: Loop[] = [];
  const innermost: (Loop | undefined)[] = cfg.blocks.map(() => undefined);
  const byStmt = new Map<Stmt, Loop>();
  const heads = new Uint8Array(cfg.blocks.length);
  const scratch: Scratch = {
    number: new Int32Array(cfg.blocks.length),
    low: new Int32Array(cfg.blocks.length),
    open: new Uint8Array(cfg.blocks.length),
  };
  /** By block index: the last loop, counted from 1, that the block was found to belong to. */
  const member = new Int32Array(cfg.blocks.length);
  let budget = maxSteps;
  const regions: Region[] = [{ blocks: order.blocks, loop: undefined }];
  for (let next = 0; next < regions.length; next++) {
    const { blocks, loop: parent } = regions[next]!;
    const inRegion = (block: BasicBlock): boolean =>
      innermost[block.index] === parent && order.position[block.index] !== -1;
    const components = stronglyConnected(
      blocks,
      (edge) => inRegion(edge.to) && heads[edge.to.index] === 0,
      scratch,
    );
    for (const component of components) {
      const id = loops.length + 1;
      for (const { index } of component) member[index] = id;
      const entries: Edge[] = [];
      const exits: Edge[] = [];
      for (const block of component) {
        for (const edge of block.preds) {
          if (member[edge.from.index] !== id && order.position[edge.from.index] !== -1) entries.push(edge);
        }
        for (const edge of block.succs) if (member[edge.to.index] !== id) exits.push(edge);
      }
      const doors = new Set(entries.map((edge) => edge.to));
      let head = component[0]!;
      for (const door of doors) {
        if (!doors.has(head) || order.position[door.index]! < order.position[head.index]!) head = door;
      }
      const loop = {
        head,
        stmt: head.stmt,
        blocks: component.sort((a, b) => a.index - b.index),
        backEdges: head.preds.filter((edge) => member[edge.from.index] === id),
        exits,
        entries,
        parent,
        children: [],
        depth: (parent?.depth ?? 0) + 1,
        reducible: doors.size === 1,
      };
      loops.push(loop);
      parent?.children.push(loop);
      heads[head.index] = 1;
      for (const block of component) innermost[block.index] = loop;
      if (head.stmt !== undefined) byStmt.set(head.stmt, loop);
      budget -= component.length;
      if (budget > 0) regions.push({ blocks: loop.blocks, loop });
    }
  }
  return { loops, innermost, byStmt };
});

/** Scratch space for `stronglyConnected`, by block index, shared by all calls for one graph. */
interface Scratch {
  /** Order of discovery, from 1; 0: not yet. */
  readonly number: Int32Array;
  readonly low: Int32Array;
  readonly open: Uint8Array;
}

/**
 * The components with a cycle (Tarjan's algorithm, on a stack of its own), considering the edges that `follow` admits; in order of
 * the discovery of their first blocks.
 */
function stronglyConnected(
  blocks: readonly BasicBlock[],
  follow: (edge: Edge) => boolean,
  { number, low, open }: Scratch,
): readonly BasicBlock[][] {
  for (const { index } of blocks) number[index] = 0;
  let count = 0;
  const stack: BasicBlock[] = [];
  const found: BasicBlock[][] = [];
  const path: BasicBlock[] = [];
  const untried: number[] = [];
  const enter = (block: BasicBlock): void => {
    count++;
    number[block.index] = count;
    low[block.index] = count;
    open[block.index] = 1;
    stack.push(block);
    path.push(block);
    untried.push(0);
  };
  for (const root of blocks) {
    if (number[root.index] !== 0) continue;
    enter(root);
    while (path.length > 0) {
      const block = path[path.length - 1]!;
      const edge = block.succs[untried[untried.length - 1]!++];
      if (edge !== undefined) {
        if (!follow(edge)) continue;
        const to = edge.to.index;
        if (number[to] === 0) enter(edge.to);
        else if (open[to] === 1) low[block.index] = Math.min(low[block.index]!, number[to]!);
        continue;
      }
      path.pop();
      untried.pop();
      const below = path[path.length - 1];
      if (below !== undefined) low[below.index] = Math.min(low[below.index]!, low[block.index]!);
      if (low[block.index] !== number[block.index]) continue;
      const component = stack.splice(stack.lastIndexOf(block));
      for (const member of component) open[member.index] = 0;
      if (component.length > 1 || block.succs.some((e) => e.to === block && follow(e))) found.push(component);
    }
  }
  return found.sort((a, b) => number[a[0]!.index]! - number[b[0]!.index]!);
}

/** The loop that a `for` or `range` statement, or a label with a `goto` back to it, makes; undefined if it never comes back. */
export function loopOf(cfg: Cfg, stmt: Stmt): Loop | undefined {
  return loopForest(cfg).byStmt.get(stmt);
}

/** The loops that a block belongs to, innermost first. */
export function loopsAround(cfg: Cfg, block: BasicBlock): readonly Loop[] {
  const around: Loop[] = [];
  for (let loop = loopForest(cfg).innermost[block.index]; loop !== undefined; loop = loop.parent)
    around.push(loop);
  return around;
}

/** Is the block part of the loop (or of one inside it)? */
export function isInLoop(cfg: Cfg, loop: Loop, block: BasicBlock): boolean {
  return loopsAround(cfg, block).includes(loop);
}
