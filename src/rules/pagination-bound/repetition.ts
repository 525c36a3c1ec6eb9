/**
 * What repeats in a function: loops, jumps back to a label, and the function itself where it calls itself.
 *
 *     for { … }            head: the loop's; back: its end and each `continue`; exits: condition, break, return
 *     again: … goto again  head: the label; back: the jumps
 *     func f(x) { … f(y) } head: the start; back: the call, which gives x a new value; exits: the ways past the call
 *
 * A `range` over anything but an integer is an iteration, which its operand ends, and not listed.
 */
import type { BasicBlock, Cfg, Edge, Place } from '../../go/flow/cfg.ts';
import { reversePostorder } from '../../go/flow/graph.ts';
import { type Loop, loopForest } from '../../go/flow/loops.ts';
import { placeContaining } from '../../go/flow/places.ts';
import type { GoFunction } from '../../go/package.ts';
import type { CallExpr, ForStmt, Ranged, RangeStmt } from '../../go/syntax/ast.ts';

export interface Repetition {
  readonly fn: GoFunction;
  readonly kind: 'for' | 'range' | 'goto' | 'recursion';
  /** The `for` keyword, the label, or the recursive call. */
  readonly at: Ranged;
  readonly stmt: ForStmt | RangeStmt | undefined;
  readonly head: BasicBlock;
  readonly blocks: readonly BasicBlock[];
  readonly inside: ReadonlySet<BasicBlock>;
  /** Where a turn ends and the next one begins: behind these blocks, or at the recursive call. */
  readonly backs: readonly { readonly block: BasicBlock; readonly call: Place | undefined }[];
  readonly exits: readonly Edge[];
  readonly recursive: CallExpr | undefined;
}

/** `callsItself`: the calls of the function in its own body, literals excluded. */
export function repetitionsOf(fn: GoFunction, callsItself: readonly CallExpr[]): readonly Repetition[] {
  const { cfg } = fn;
  const loops = loopForest(cfg).loops.flatMap((loop) => ofLoop(fn, loop) ?? []);
  return [...loops, ...callsItself.flatMap((call) => ofRecursion(fn, cfg, call) ?? [])];
}

function ofLoop(fn: GoFunction, loop: Loop): Repetition | undefined {
  const { stmt } = loop;
  const base = {
    fn,
    head: loop.head,
    blocks: loop.blocks,
    inside: new Set(loop.blocks),
    backs: loop.backEdges.map((edge) => ({ block: edge.from, call: undefined })),
    exits: loop.exits,
    recursive: undefined,
  };
  switch (stmt?.kind) {
    case 'ForStmt':
      return { ...base, kind: 'for', stmt, at: { pos: stmt.pos, end: stmt.pos + 'for'.length } };
    case 'RangeStmt': {
      const type = fn.pkg.info.typeOf(stmt.x);
      const t = type.kind === 'named' ? type.underlying : type;
      const counts = t.kind === 'basic' && t.name !== 'string' && t.name !== 'untyped string';
      if (!counts) return undefined;
      return { ...base, kind: 'range', stmt, at: { pos: stmt.pos, end: stmt.pos + 'for'.length } };
    }
    case 'LabeledStmt':
      return { ...base, kind: 'goto', stmt: undefined, at: stmt.label };
    default:
      return undefined;
  }
}

function ofRecursion(fn: GoFunction, cfg: Cfg, call: CallExpr): Repetition | undefined {
  const place = placeContaining(cfg, call);
  if (place === undefined || place.block === cfg.exit) return undefined;
  const leading = new Set<BasicBlock>([place.block]);
  for (const block of leading) for (const { from } of block.preds) leading.add(from);
  const blocks = reversePostorder(cfg).blocks.filter((block) => leading.has(block));
  if (!blocks.includes(place.block)) return undefined;
  const inside = new Set(blocks);
  return {
    fn,
    kind: 'recursion',
    at: call,
    stmt: undefined,
    head: cfg.entry,
    blocks,
    inside,
    backs: [{ block: place.block, call: place }],
    exits: blocks.flatMap((block) =>
      block === place.block ? [] : block.succs.filter((edge) => !inside.has(edge.to)),
    ),
    recursive: call,
  };
}
