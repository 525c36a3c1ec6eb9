/**
 * What holds for every graph of every function: checked over all fixtures, over generated functions, and, by `tools/check-flow.ts`,
 * over any folder of Go.
 */
import type { BasicBlock, Cfg, Edge, FlowNode } from '../../../src/go/flow/cfg.ts';
import { blockDominates } from '../../../src/go/flow/dominators.ts';
import { callsAt, isTypeSyntax } from '../../../src/go/flow/evaluation.ts';
import { isReachable } from '../../../src/go/flow/graph.ts';
import { isInLoop, loopForest } from '../../../src/go/flow/loops.ts';
import { nodeAt, placeContaining } from '../../../src/go/flow/places.ts';
import { blockPostDominates, controllingEdges } from '../../../src/go/flow/post-dominators.ts';
import { type CallExpr, type Node, type Stmt, unparen } from '../../../src/go/syntax/ast.ts';
import { walk } from '../../../src/go/syntax/walk.ts';

/** What does not hold, in words; empty if all is well. */
export function brokenInvariants(cfg: Cfg): readonly string[] {
  return [
    ...brokenEdges(cfg),
    ...brokenPlacement(cfg),
    ...brokenDominance(cfg),
    ...brokenLoops(cfg),
    ...brokenCalls(cfg),
  ];
}

const name = (block: BasicBlock): string => `b${block.index} ${block.label}`;
const show = ({ from, to, why }: Edge): string => `${name(from)} -${why.kind}-> ${name(to)}`;

function* brokenEdges(cfg: Cfg): Generator<string> {
  const { blocks, entry, exit, abort } = cfg;
  if (blocks[0] !== entry || blocks.at(-2) !== exit || blocks.at(-1) !== abort)
    yield 'entry, exit or abort misplaced';
  if (entry.preds.length > 0) yield 'the entry has predecessors';
  if (exit.succs.length + abort.succs.length > 0) yield 'something follows the end';
  for (const [i, block] of blocks.entries()) {
    if (block.index !== i) yield `${name(block)} is number ${i}`;
    for (const edge of block.succs) {
      if (edge.from !== block) yield `${show(edge)} leaves ${name(block)}`;
      if (blocks[edge.to.index] !== edge.to) yield `${show(edge)} leads out of the graph`;
      if (edge.to.preds.filter((other) => other === edge).length !== 1) yield `${show(edge)} is not arriving`;
    }
    for (const edge of block.preds) {
      if (edge.to !== block || !edge.from.succs.includes(edge)) yield `${show(edge)} is not leaving`;
    }
    yield* brokenBranch(cfg, block);
  }
}

/** Out of a block leads one plain edge, or edges that all speak about the same decision. */
function* brokenBranch(cfg: Cfg, block: BasicBlock): Generator<string> {
  const kinds = block.succs.map((edge) => edge.why.kind).join(' ');
  const last = block.nodes.at(-1);
  switch (block.succs[0]?.why.kind) {
    case undefined:
      if (block !== cfg.exit && block !== cfg.abort && last?.kind !== 'SelectStmt')
        yield `${name(block)} ends nowhere`;
      return;
    case 'next':
      if (kinds !== 'next') yield `${name(block)} goes on in several ways`;
      return;
    case 'true':
    case 'false':
      if (!['true false', 'true', 'false'].includes(kinds)) yield `${name(block)}: ${kinds}`;
      for (const { why } of block.succs) {
        if (!('cond' in why) || why.cond !== last) yield `${name(block)} branches on something else`;
      }
      return;
    case 'case':
      if (kinds !== 'case not-case') yield `${name(block)}: ${kinds}`;
      return;
    case 'range-next':
      if (kinds !== 'range-next range-done') yield `${name(block)}: ${kinds}`;
      return;
    case 'select':
      if (last?.kind !== 'SelectStmt') yield `${name(block)} selects without select`;
      return;
    default:
      if (!/^(type-case )*not-type-case$/.test(kinds)) yield `${name(block)}: ${kinds}`;
  }
}

const placed: ReadonlySet<Node['kind']> = new Set<Stmt['kind']>([
  'ExprStmt',
  'SendStmt',
  'IncDecStmt',
  'AssignStmt',
  'GoStmt',
  'DeferStmt',
  'ReturnStmt',
  'BranchStmt',
  'RangeStmt',
  'TypeSwitchStmt',
  'SelectStmt',
  'DeclStmt',
  'BadStmt',
]);

/** Every statement stands in the graph once; deferred calls stand in the exit block besides. */
function* brokenPlacement(cfg: Cfg): Generator<string> {
  const seen = new Set<FlowNode>();
  for (const block of cfg.blocks) {
    for (const [index, node] of block.nodes.entries()) {
      if (seen.has(node)) yield `${node.kind} at ${node.pos} stands in the graph twice`;
      seen.add(node);
      const place = cfg.placeOf(node);
      if (place?.block !== block || place.index !== index)
        yield `${node.kind} at ${node.pos} does not know its place`;
    }
  }
  const body: Node = cfg.func.body!;
  const missing: Node[] = [];
  walk(body, (node) => {
    if (placed.has(node.kind) && !seen.has(node as Stmt)) missing.push(node);
  });
  for (const node of missing) yield `${node.kind} at ${node.pos} does not stand in the graph`;
  const deferred = cfg.defers.map((stmt) => unparen(stmt.call)).reverse();
  if (deferred.length !== cfg.exit.nodes.length || deferred.some((call, i) => call !== cfg.exit.nodes[i])) {
    yield 'the exit sequence is not the deferred calls backwards';
  }
}

function* brokenDominance(cfg: Cfg): Generator<string> {
  for (const block of cfg.blocks) {
    if (!blockDominates(cfg, cfg.entry, block)) yield `the entry does not dominate ${name(block)}`;
    if (!isReachable(cfg, block)) continue;
    if (!blockDominates(cfg, block, block)) yield `${name(block)} does not dominate itself`;
    if (!blockPostDominates(cfg, block, block)) yield `${name(block)} does not post-dominate itself`;
    for (const edge of controllingEdges(cfg, block)) {
      if (!blockPostDominates(cfg, block, edge.to)) yield `${show(edge)} does not lead to ${name(block)}`;
    }
  }
}

function* brokenLoops(cfg: Cfg): Generator<string> {
  const { loops, innermost } = loopForest(cfg);
  for (const loop of loops) {
    const title = `loop at ${name(loop.head)}`;
    if (!loop.blocks.includes(loop.head)) yield `${title}: head is outside`;
    if (loop.backEdges.length === 0) yield `${title}: nothing comes back`;
    for (const edge of [...loop.backEdges, ...loop.exits]) {
      if (!isInLoop(cfg, loop, edge.from)) yield `${title}: ${show(edge)} comes from outside`;
    }
    for (const edge of loop.exits)
      if (isInLoop(cfg, loop, edge.to)) yield `${title}: ${show(edge)} stays inside`;
    for (const block of loop.blocks) {
      if (!isInLoop(cfg, loop, block)) yield `${title}: ${name(block)} is not inside`;
      if (loop.reducible && !blockDominates(cfg, loop.head, block))
        yield `${title}: ${name(block)} has another way in`;
    }
    if (loop.parent !== undefined && !loop.blocks.every((block) => isInLoop(cfg, loop.parent!, block))) {
      yield `${title}: not inside its parent`;
    }
  }
  for (const block of cfg.blocks) {
    for (const { to } of block.succs) {
      // An edge to a dominator closes a natural loop.
      if (!isReachable(cfg, block) || !blockDominates(cfg, to, block)) continue;
      if (!loops.some((loop) => loop.head === to && isInLoop(cfg, loop, block)))
        yield `no loop from ${name(block)} to ${name(to)}`;
    }
    if (innermost[block.index] !== undefined && !isReachable(cfg, block))
      yield `${name(block)} loops unreached`;
  }
}

/** Every call is executed at the one place that contains it. */
function* brokenCalls(cfg: Cfg): Generator<string> {
  const executed = new Map<CallExpr, FlowNode>();
  const problems: string[] = [];
  const own = new Set<CallExpr>();
  for (const block of cfg.blocks) {
    for (const node of block.nodes) {
      for (const call of callsAt(cfg, node)) {
        if (executed.has(call)) problems.push(`the call at ${call.pos} is executed twice`);
        executed.set(call, node);
      }
    }
  }
  walk(cfg.func.body!, (node) => {
    if (isTypeSyntax(node) || node.kind === 'ConstDecl') return false;
    if (node.kind !== 'CallExpr') return true;
    own.add(node);
    const place = placeContaining(cfg, node);
    if (place === undefined) problems.push(`the call at ${node.pos} has no place`);
    else if (executed.get(node) !== undefined && executed.get(node) !== nodeAt(place)) {
      problems.push(`the call at ${node.pos} is executed elsewhere`);
    } else if (executed.get(node) === undefined && isReachable(cfg, place.block)) {
      problems.push(`the call at ${node.pos} is not executed`);
    }
    return true;
  });
  for (const call of executed.keys()) {
    if (!own.has(call)) problems.push(`the call at ${call.pos} is executed although it stands in a literal`);
  }
  yield* problems;
}
