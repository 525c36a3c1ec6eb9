/**
 * The order of execution of any pieces of a function: paths, evaluation order within a node, `defer` and `go` taken together.
 *
 *     defer t.Job.Send(&a)                  // sent at the end, on every path from here
 *     if t.Filter.Asset(&a) { return }      // so this is executed before, and still every path sends
 *
 * - Within one node calls are executed in the order in which they end in the source: operands before the call that takes them (language
 *   specification, "Order of evaluation"). What `&&` or `||` in a value may skip is not certainly executed.
 * - A deferred call is executed in the exit block, if its `defer` was.
 * - The call of a `go` statement is executed at some time: it may come behind other things and is certainly before none.
 *
 * Function literals are opaque: a part of a literal's body counts as executed where the literal is made, so who asks must ask about parts
 * of this function's own code.
 */
import type { Node } from '../syntax/ast.ts';
import type { Cfg, Edge, Place } from './cfg.ts';
import { dominates } from './dominators.ts';
import { deferOf, isConditional } from './evaluation.ts';
import { findPath, type Path } from './paths.ts';
import { entryPlace, exitPlace, nodeAt, placeContaining, samePlace } from './places.ts';

/** Whenever `b` is executed, has `a` been executed before (or is `a` the same)? Both must stand in the graph; else the answer is no. */
export function executesBefore(cfg: Cfg, a: Node, b: Node): boolean {
  if (a === b) return true;
  const placeA = placeContaining(cfg, a);
  const placeB = placeContaining(cfg, b);
  if (placeA === undefined || placeB === undefined) return false;
  const ordinary = placeA.block !== cfg.exit && placeB.block !== cfg.exit && !samePlace(placeA, placeB);
  if (!ordinary) return oneExecutesBefore(cfg, [a], b);
  return placeExecuting(cfg, a) !== undefined && dominates(cfg, placeA, placeB);
}

/** Whenever `b` is executed, has one of `nodes` been executed before? A `SetLimit` in every branch comes before `Go`; no single one does. */
export function oneExecutesBefore(cfg: Cfg, nodes: Iterable<Node>, b: Node): boolean {
  return placeContaining(cfg, b) !== undefined && pathToExecution(cfg, b, { nodes }) === undefined;
}

/** What a path may not pass. */
export interface Excluded {
  /** None of these may have been executed. */
  readonly nodes?: Iterable<Node>;
  readonly edges?: (edge: Edge) => boolean;
}

/**
 * A path from the entry at whose end `node` is executed, and on which nothing of what is excluded was; undefined if there is none. For a
 * deferred call the path leads over its `defer` to the exit.
 */
export function pathToExecution(cfg: Cfg, node: Node, excluded: Excluded = {}): Path | undefined {
  const to = placeContaining(cfg, node);
  if (to === undefined) return undefined;
  const places: Place[] = [];
  for (const one of excluded.nodes ?? []) {
    const place = placeExecuting(cfg, one);
    if (place === undefined) continue;
    const happens = placeContaining(cfg, one)!;
    if (samePlace(happens, to)) {
      if (one.end <= node.end) return undefined;
    } else if (happens.block !== cfg.exit) {
      places.push(place);
    } else if (to.block === cfg.exit && happens.index < to.index) {
      // Both are deferred, and this one runs first, if its `defer` was passed.
      places.push(place);
    }
  }
  const avoid = { places, ...(excluded.edges && { edges: excluded.edges }) };
  const deferred = deferOf(cfg, node);
  if (deferred === undefined) return findPath(cfg, entryPlace(cfg), to, avoid);
  const registered = cfg.placeOf(deferred)!;
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

/**
 * The place that, once passed, means that the node is executed (for a deferred call: will be); undefined if it may be skipped, and for
 * the call of a `go` statement.
 */
function placeExecuting(cfg: Cfg, node: Node): Place | undefined {
  const deferred = deferOf(cfg, node);
  if (deferred !== undefined) return cfg.placeOf(deferred);
  const place = placeContaining(cfg, node);
  const at = place && nodeAt(place);
  if (at === undefined || isConditional(at, node)) return undefined;
  return at.kind === 'GoStmt' && at.call === node ? undefined : place;
}
