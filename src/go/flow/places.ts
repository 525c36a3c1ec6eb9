/**
 * Places: points in the graph, and which one a piece of syntax belongs to.
 *
 *     err := json.Unmarshal(body(), &v)     // placeContaining(cfg, the call body()) is the place of the assignment
 */
import type { Node, Ranged } from '../syntax/ast.ts';
import type { BasicBlock, Cfg, FlowNode, Place } from './cfg.ts';
import { oncePer } from './graph.ts';

/** Before everything. */
export function entryPlace(cfg: Cfg): Place {
  return { block: cfg.entry, index: -1 };
}

/** Behind the deferred calls: where the function returns to its caller. */
export function exitPlace(cfg: Cfg): Place {
  return endOf(cfg.exit);
}

/** Before the first node of a block. */
export function startOf(block: BasicBlock): Place {
  return { block, index: -1 };
}

/** Behind the last node of a block. */
export function endOf(block: BasicBlock): Place {
  return { block, index: block.nodes.length };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.block === b.block && a.index === b.index;
}

/** The node at a place; undefined for the points before and behind those of a block. */
export function nodeAt(place: Place): FlowNode | undefined {
  return place.block.nodes[place.index];
}

interface Spans {
  /** Ascending; of two spans that overlap, the one that starts later lies inside the other. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly places: readonly Place[];
}

/** How many spans may lie inside one: the channel and the value of a send in a select. */
const maxInner = 2;

const spans: (cfg: Cfg) => Spans = oncePer((cfg) => {
  const list: { readonly range: Ranged; readonly place: Place }[] = [];
  for (const block of cfg.blocks) {
    if (block === cfg.exit) continue;
    block.nodes.forEach((node, index) => {
      for (const range of ownRanges(node)) list.push({ range, place: { block, index } });
    });
  }
  list.sort((a, b) => a.range.pos - b.range.pos || b.range.end - a.range.end);
  return {
    starts: Float64Array.from(list, ({ range }) => range.pos),
    ends: Float64Array.from(list, ({ range }) => range.end),
    places: list.map(({ place }) => place),
  };
});

/** What is written at a node, without the statements inside it, which have places of their own. */
function ownRanges(node: FlowNode): readonly Ranged[] {
  switch (node.kind) {
    case 'RangeStmt':
      return [node.key, node.value].filter((x) => x !== undefined);
    case 'TypeSwitchStmt':
      return node.bind === undefined ? [] : [node.bind];
    case 'SelectStmt':
      return [];
    default:
      return [node];
  }
}

/**
 * The place whose node contains this part of the function; undefined for what is not executed (labels, types of a signature).
 * A deferred call itself stands in the exit block, its operands at the `defer`. What is inside a function literal belongs, in this
 * graph, to the node in which the literal is made.
 */
export function placeContaining(cfg: Cfg, part: Node): Place | undefined {
  const exact = cfg.placeOf(part as FlowNode);
  if (exact !== undefined) return exact;
  const { starts, ends, places } = spans(cfg);
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= part.pos) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= 0 && i >= low - 1 - maxInner; i--) {
    if (part.end <= ends[i]!) return places[i];
  }
  return undefined;
}
