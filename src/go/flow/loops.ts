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
  const regions: Region[] = [{ blocks: order.blocks, loop: undefined }];
  for (let next = 0; next < regions.length; next++) {
    const { blocks, loop: parent } = regions[next]!;
    const inRegion = (block: BasicBlock): boolean =>
      innermost[block.index] === parent && order.position[block.index] !== -1;
    const components = stronglyConnected(blocks, (edge) => inRegion(edge.to) && heads[edge.to.index] === 0);
    for (const component of components) {
      const members = new Set(component);
      const entries: Edge[] = [];
      const exits: Edge[] = [];
      for (const block of component) {
        for (const edge of block.preds) {
          if (!members.has(edge.from) && order.position[edge.from.index] !== -1) entries.push(edge);
        }
        for (const edge of block.succs) if (!members.has(edge.to)) exits.push(edge);
      }
      const doors = new Set(entries.map((edge) => edge.to));
      if (members.has(cfg.entry)) doors.add(cfg.entry);
      let head = component[0]!;
      for (const door of doors) {
        if (!doors.has(head) || order.position[door.index]! < order.position[head.index]!) head = door;
      }
      const loop = {
        head,
        stmt: head.stmt,
        blocks: component.sort((a, b) => a.index - b.index),
        backEdges: head.preds.filter((edge) => members.has(edge.from)),
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
      regions.push({ blocks: loop.blocks, loop });
    }
  }
  return { loops, innermost, byStmt };
});

/**
 * The components with a cycle (Tarjan's algorithm, on a stack of its own), considering the edges that `follow` admits; in order of
 * their first block in `blocks`.
 */
function stronglyConnected(
  blocks: readonly BasicBlock[],
  follow: (edge: Edge) => boolean,
): readonly BasicBlock[][] {
  const number = new Map<BasicBlock, number>();
  const low = new Map<BasicBlock, number>();
  const open: BasicBlock[] = [];
  const isOpen = new Set<BasicBlock>();
  const found: BasicBlock[][] = [];
  const enter = (block: BasicBlock): void => {
    number.set(block, number.size);
    low.set(block, number.get(block)!);
    open.push(block);
    isOpen.add(block);
  };
  for (const root of blocks) {
    if (number.has(root)) continue;
    enter(root);
    const stack = [{ block: root, untried: 0 }];
    while (stack.length > 0) {
      const frame = stack[stack.length - 1]!;
      const { block } = frame;
      const edge = block.succs[frame.untried++];
      if (edge !== undefined) {
        if (!follow(edge)) continue;
        if (!number.has(edge.to)) {
          enter(edge.to);
          stack.push({ block: edge.to, untried: 0 });
        } else if (isOpen.has(edge.to)) {
          low.set(block, Math.min(low.get(block)!, number.get(edge.to)!));
        }
        continue;
      }
      stack.pop();
      const below = stack[stack.length - 1]?.block;
      if (below !== undefined) low.set(below, Math.min(low.get(below)!, low.get(block)!));
      if (low.get(block) !== number.get(block)) continue;
      const component = open.splice(open.lastIndexOf(block));
      for (const member of component) isOpen.delete(member);
      const cyclic = component.length > 1 || block.succs.some((e) => e.to === block && follow(e));
      if (cyclic) found.push(component);
    }
  }
  return found.sort((a, b) => number.get(a[0]!)! - number.get(b[0]!)!);
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
