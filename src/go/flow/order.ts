/**
 * The order of execution of any two pieces of a function: places, evaluation order within a node, and `defer` taken together.
 *
 *     defer t.Job.Send(&a)                  // sent at the end, on every path from here
 *     if t.Filter.Asset(&a) { return }      // so this is executed before, and still every path sends
 *
 * Function literals are opaque: a part of a literal's body counts as executed where the literal is made, so who asks must ask about parts
 * of this function's own code.
 */
import type { Node } from '../syntax/ast.ts';
import type { Cfg, Place } from './cfg.ts';
import { dominates } from './dominators.ts';
import { deferOf, isConditional } from './evaluation.ts';
import { type Barrier, findPath, type Path } from './paths.ts';
import { entryPlace, exitPlace, nodeAt, placeContaining, samePlace } from './places.ts';

/**
 * Whenever `b` is executed, has `a` been executed before (or is `a` the same)?
 *
 * Within one node calls are executed in the order in which they end in the source: operands before the call that takes them
 * (language specification, "Order of evaluation"). Both must stand in the graph; else the answer is no.
 */
export function executesBefore(cfg: Cfg, a: Node, b: Node): boolean {
  if (a === b) return true;
  const pa = placeContaining(cfg, a);
  const pb = placeContaining(cfg, b);
  if (pa === undefined || pb === undefined) return false;
  if (samePlace(pa, pb)) return a.end <= b.end && !isConditional(nodeAt(pa)!, a);
  if (isConditional(nodeAt(pa)!, a)) return false;
  const deferredA = deferOf(cfg, a);
  const deferredB = deferOf(cfg, b);
  if (deferredA === undefined && deferredB === undefined) return dominates(cfg, pa, pb);
  // What is deferred runs in the exit block, so something deferred never precedes ordinary code.
  if (deferredA !== undefined && pb.block !== cfg.exit) return false;
  if (deferredA !== undefined && pa.index > pb.index) return false;
  // A deferred call is executed if its `defer` was.
  const passed = deferredA === undefined ? pa : cfg.placeOf(deferredA)!;
  return pathToExecution(cfg, b, { places: [passed] }) === undefined;
}

/**
 * A path from the entry on which `node` is executed, and nothing of the barrier is passed; undefined if there is none. For a deferred
 * call the path leads over its `defer` to the exit. (That what executes it twice, in a loop, passes the barrier in between, does not count.)
 */
export function pathToExecution(cfg: Cfg, node: Node, avoid: Barrier = {}): Path | undefined {
  const to = placeContaining(cfg, node);
  if (to === undefined) return undefined;
  const deferred = deferOf(cfg, node);
  if (deferred === undefined) return findPath(cfg, entryPlace(cfg), to, avoid);
  const registered = cfg.placeOf(deferred)!;
  for (const place of avoid.places ?? []) if (samePlace(place, registered)) return undefined;
  const first = findPath(cfg, entryPlace(cfg), registered, avoid);
  const second = first && findPath(cfg, registered, to, avoid);
  return second && { from: first!.from, to, edges: [...first!.edges, ...second.edges] };
}

/** A path from entry to return that executes none of these; undefined if every path that returns executes one. */
export function pathWithout(cfg: Cfg, nodes: Iterable<Node>): Path | undefined {
  const places: Place[] = [];
  for (const node of nodes) {
    const place = placeExecuting(cfg, node);
    if (place !== undefined) places.push(place);
  }
  return findPath(cfg, entryPlace(cfg), exitPlace(cfg), { places });
}

/** Is one of these executed on every path from the entry to the function's return? Paths that panic or never end do not count. */
export function onEveryPath(cfg: Cfg, ...nodes: readonly Node[]): boolean {
  return pathWithout(cfg, nodes) === undefined;
}

/** The place that, once passed, means that the node is (or for a deferred call: will be) executed; undefined if it may be skipped. */
function placeExecuting(cfg: Cfg, node: Node): Place | undefined {
  const deferred = deferOf(cfg, node);
  if (deferred !== undefined) return cfg.placeOf(deferred);
  const place = placeContaining(cfg, node);
  const at = place && nodeAt(place);
  if (at === undefined || isConditional(at, node)) return undefined;
  return place;
}
