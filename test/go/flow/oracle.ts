/**
 * The slow and obvious answers, to compare the fast ones with.
 */
import type { BasicBlock, Edge, Place } from '../../../src/go/flow/cfg.ts';

/** The blocks that can be reached from `from` without entering `without` or taking `avoid`; `from` itself only if it is reached again. */
export function successorsOf(
  from: BasicBlock,
  without?: BasicBlock,
  avoid: (edge: Edge) => boolean = () => false,
): ReadonlySet<BasicBlock> {
  const reached = new Set<BasicBlock>();
  const visit = (block: BasicBlock): void => {
    for (const edge of block.succs) {
      if (edge.to === without || reached.has(edge.to) || avoid(edge)) continue;
      reached.add(edge.to);
      visit(edge.to);
    }
  };
  visit(from);
  return reached;
}

/** Node by node: can control come from behind `from` to before `to`? Only nodes are in the way, not the points at a block's ends. */
export function slowlyReaches(
  from: Place,
  to: Place,
  avoid: readonly Place[],
  avoidEdge: (edge: Edge) => boolean,
): boolean {
  const seen = new Set<string>();
  const open: Place[] = [{ block: from.block, index: from.index + 1 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { block, index } = place;
    const key = `${block.index}:${index}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (block === to.block && index === to.index) return true;
    if (index >= block.nodes.length) {
      for (const edge of block.succs) if (!avoidEdge(edge)) open.push({ block: edge.to, index: 0 });
    } else if (!avoid.some((wall) => wall.block === block && wall.index === index)) {
      open.push({ block, index: index + 1 });
    }
  }
  return false;
}
