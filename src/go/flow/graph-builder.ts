/**
 * Blocks and edges while a graph is being built.
 *
 *     const g = newGraph(); start(g, newBlock('entry')); add(g, node); jump(g, exit);
 *
 * There is a current block, which takes nodes, or none: behind a jump. A block gets its index when it is started, so indices follow the
 * source however the targets of jumps were created. Nodes added where there is no current block open an unreachable one.
 */
import type { Expr, Stmt } from '../syntax/ast.ts';
import type { BasicBlock, Edge, EdgeKind, FlowNode } from './cfg.ts';

export interface OpenBlock extends BasicBlock {
  /** -1 until the block is started. */
  index: number;
  readonly nodes: FlowNode[];
  readonly succs: Edge[];
  readonly preds: Edge[];
  stmt: Stmt | undefined;
}

export interface GraphBuilder {
  readonly blocks: OpenBlock[];
  current: OpenBlock | undefined;
}

const next: EdgeKind = { kind: 'next' };

export function newBlock(label: string, stmt?: Stmt): OpenBlock {
  return { index: -1, nodes: [], succs: [], preds: [], label, stmt };
}

/** Makes `block` the current one. */
export function start(g: GraphBuilder, block: OpenBlock): void {
  if (block.index < 0) {
    block.index = g.blocks.length;
    g.blocks.push(block);
  }
  g.current = block;
}

/** For a block behind a statement: if nothing jumps there, it does not exist, and code that follows is unreachable. */
export function startIfReached(g: GraphBuilder, block: OpenBlock): void {
  g.current = undefined;
  if (block.preds.length > 0) start(g, block);
}

/** The current block; in unreachable code a new one without predecessors. */
export function currentBlock(g: GraphBuilder): OpenBlock {
  if (g.current === undefined) start(g, newBlock('unreachable'));
  return g.current!;
}

export function add(g: GraphBuilder, node: FlowNode): void {
  currentBlock(g).nodes.push(node);
}

export function connect(from: OpenBlock, to: OpenBlock, why: EdgeKind = next): void {
  const edge: Edge = { from, to, why };
  from.succs.push(edge);
  to.preds.push(edge);
}

/** Ends the current block, if there is one, with an edge to `to`. */
export function jump(g: GraphBuilder, to: OpenBlock): void {
  if (g.current !== undefined) connect(g.current, to);
  g.current = undefined;
}

interface Test {
  readonly cond: Expr;
  /** Where it is evaluated; undefined: in the current block. */
  readonly at: OpenBlock | undefined;
  readonly onTrue: OpenBlock;
  readonly onFalse: OpenBlock;
}

/**
 * Ends the current block with a test of `condition`, one block per operand of its `&&` and `||`.
 * Works through a list and not by recursion: generated code holds chains of thousands of operands.
 */
export function branch(g: GraphBuilder, condition: Expr, onTrue: OpenBlock, onFalse: OpenBlock): void {
  const tests: Test[] = [{ cond: condition, at: undefined, onTrue, onFalse }];
  for (let test = tests.pop(); test !== undefined; test = tests.pop()) {
    if (test.at !== undefined) start(g, test.at);
    const { cond, whenTrue, whenFalse } = stripNegations(test);
    if (cond.kind === 'BinaryExpr' && (cond.op === '&&' || cond.op === '||')) {
      const op = cond.op;
      const operands = chain(cond, op);
      const places = operands.map((_, i) => (i === 0 ? undefined : newBlock('cond')));
      for (let i = operands.length - 1; i >= 0; i--) {
        const rest = places[i + 1];
        tests.push({
          cond: operands[i]!,
          at: places[i],
          onTrue: op === '&&' ? (rest ?? whenTrue) : whenTrue,
          onFalse: op === '||' ? (rest ?? whenFalse) : whenFalse,
        });
      }
      continue;
    }
    add(g, cond);
    const from = currentBlock(g);
    g.current = undefined;
    const constant = cond.kind === 'Ident' ? cond.name : undefined;
    if (constant !== 'false') connect(from, whenTrue, { kind: 'true', cond });
    if (constant !== 'true') connect(from, whenFalse, { kind: 'false', cond });
  }
}

function stripNegations(test: Test): { cond: Expr; whenTrue: OpenBlock; whenFalse: OpenBlock } {
  let cond = test.cond;
  let negated = false;
  for (;;) {
    if (cond.kind === 'ParenExpr') {
      cond = cond.x;
    } else if (cond.kind === 'UnaryExpr' && cond.op === '!') {
      cond = cond.x;
      negated = !negated;
    } else {
      break;
    }
  }
  return negated
    ? { cond, whenTrue: test.onFalse, whenFalse: test.onTrue }
    : { cond, whenTrue: test.onTrue, whenFalse: test.onFalse };
}

/** The operands of `a op b op c`, in source order. */
function chain(cond: Expr, op: string): Expr[] {
  const reversed: Expr[] = [];
  let left = cond;
  for (;;) {
    if (left.kind === 'ParenExpr') {
      left = left.x;
    } else if (left.kind === 'BinaryExpr' && left.op === op) {
      reversed.push(left.y);
      left = left.x;
    } else {
      reversed.push(left);
      return reversed.reverse();
    }
  }
}
