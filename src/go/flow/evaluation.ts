/**
 * What is executed when control passes a node of the graph.
 *
 *     case item := <-queue(ctx):     // node `item := <-queue(ctx)`: the assignment; `queue(ctx)` has a node of its own before the select
 *     defer resp.Body.Close()        // node: `resp.Body` is evaluated; the call happens in the exit block
 *
 * A node is a piece of syntax, but not all that is written in it happens there: this file is the one place that knows the difference.
 */
import {
  type CallExpr,
  type DeferStmt,
  type Expr,
  type Node,
  type Ranged,
  type Stmt,
  unparen,
} from '../syntax/ast.ts';
import { forEachChild, walk } from '../syntax/walk.ts';
import type { Cfg, FlowNode } from './cfg.ts';
import { oncePer } from './graph.ts';

/**
 * The channel, and for a send the value, of a select case: evaluated once, before the select waits, whichever case is taken
 * (language specification, "Select statements"). Empty for `default`.
 */
export function commOperands(comm: Stmt | undefined): readonly Expr[] {
  switch (comm?.kind) {
    case 'SendStmt':
      return [comm.chan, comm.value];
    case 'ExprStmt':
      return receiveOperand(comm.x);
    case 'AssignStmt':
      return comm.rhs.length === 1 ? receiveOperand(comm.rhs[0]!) : [];
    default:
      return [];
  }
}

function receiveOperand(x: Expr): readonly Expr[] {
  const receive = unparen(x);
  return receive.kind === 'UnaryExpr' && receive.op === '<-' ? [receive.x] : [];
}

/** Is this statement the send or receive of a select case? */
export function isComm(cfg: Cfg, node: FlowNode): boolean {
  const [operand] = commOperands(node as Stmt);
  return operand !== undefined && cfg.placeOf(operand) !== undefined;
}

const defersByCall: (cfg: Cfg) => Map<Expr, DeferStmt> = oncePer(
  (cfg) => new Map(cfg.defers.map((stmt) => [unparen(stmt.call), stmt])),
);

/** The `defer` statement of a call in the exit block; undefined for any other node. */
export function deferOf(cfg: Cfg, call: Node): DeferStmt | undefined {
  return defersByCall(cfg).get(call as Expr);
}

/**
 * The roots of what a node evaluates, in source order; the operands of statements, and of assignments both sides.
 * For a deferred call in the exit block: none, its operands were evaluated at the `defer` (whose roots are they).
 */
export function evaluatedRoots(cfg: Cfg, node: FlowNode): readonly Expr[] {
  switch (node.kind) {
    case 'RangeStmt':
      return [node.key, node.value].filter((x) => x !== undefined);
    case 'TypeSwitchStmt':
    case 'SelectStmt':
    case 'BranchStmt':
    case 'BadStmt':
    case 'EmptyStmt':
      return [];
    case 'ExprStmt':
      return isComm(cfg, node) ? [] : [node.x];
    case 'IncDecStmt':
      return [node.x];
    case 'SendStmt':
      return isComm(cfg, node) ? [] : [node.chan, node.value];
    case 'AssignStmt':
      return isComm(cfg, node) ? node.lhs : [...node.lhs, ...node.rhs];
    case 'ReturnStmt':
      return node.results;
    case 'GoStmt':
    case 'DeferStmt': {
      const call = unparen(node.call);
      return call.kind === 'CallExpr' ? [call.fun, ...call.args] : [node.call];
    }
    case 'DeclStmt':
      return node.decl.kind === 'VarDecl' ? node.decl.specs.flatMap((spec) => spec.values) : [];
    case 'Block':
    case 'IfStmt':
    case 'SwitchStmt':
    case 'ForStmt':
    case 'LabeledStmt':
      return [];
    default:
      return deferOf(cfg, node) === undefined ? [node] : [];
  }
}

/**
 * The calls (and conversions) that a node executes, in the order of execution: operands first. The call of a `go` statement is the last
 * one of its node: it starts there. The call of a `defer` belongs to the exit block. Calls in function literals are not among them.
 *
 * Operands of `&&` and `||` inside a node are listed although they may be skipped: see `isConditional`.
 */
export function callsAt(cfg: Cfg, node: FlowNode): readonly CallExpr[] {
  const calls: CallExpr[] = [];
  for (const root of evaluatedRoots(cfg, node)) {
    if (root.kind === 'FuncLit') continue;
    walk(root, (x) => !isTypeSyntax(x), {
      leave: (x) => {
        if (x.kind === 'CallExpr') calls.push(x);
      },
    });
  }
  const own = node.kind === 'GoStmt' ? unparen(node.call) : deferOf(cfg, node) && node;
  if (own?.kind === 'CallExpr') calls.push(own);
  return calls;
}

/** Is this the syntax of a type? Nothing in it is evaluated at run time, not the length of an array either. */
export function isTypeSyntax(node: Node): boolean {
  switch (node.kind) {
    case 'SliceType':
    case 'ArrayType':
    case 'MapType':
    case 'ChanType':
    case 'FuncType':
    case 'StructType':
    case 'InterfaceType':
      return true;
    default:
      return false;
  }
}

/**
 * May the node pass without executing this part of it, because it is the right operand of `&&` or `||` in a value?
 *
 *     ok := cached || valid(x)       // valid(x) is conditional
 *     if cached || valid(x) { … }    // here it is not: the operands of a condition are nodes of their own
 */
export function isConditional(node: FlowNode, part: Ranged): boolean {
  let at: Node = node;
  for (;;) {
    if (at.pos === part.pos && at.end === part.end) return false;
    let inner: Node | undefined;
    forEachChild(at, (child) => {
      if (child.pos <= part.pos && part.end <= child.end) inner ??= child;
    });
    if (inner === undefined) return false;
    if (at.kind === 'BinaryExpr' && (at.op === '&&' || at.op === '||') && inner === at.y) return true;
    at = inner;
  }
}
