/**
 * The control-flow graph of one function (language specification, "Statements").
 *
 *     for i := 0; i < n; i++ { if skip(i) || done { continue }; use(i) }
 *
 *     b0 entry: i := 0                -> b1
 *     b1 for.head: [i < n]            -> true b2, false b7
 *     b2 for.body: [skip(i)]          -> true b4, false b3
 *     b3 cond: [done]                 -> true b4, false b5
 *     b4 if.then: continue            -> b6
 *     b5 if.done: use(i)              -> b6
 *     b6 for.post: i++                -> b1 (back edge)
 *     b7 for.done:                    -> exit
 *
 * A block is a run of nodes that execute in order: simple statements, and the expressions of conditions, tags and range operands.
 * Conditions are taken apart at `&&`, `||`, `!` and parentheses, so that every branch tests one operand and says which way it went;
 * where the operand is the word `true` or `false`, only that edge exists. Named constants are not folded: another build may differ.
 *
 * Statements that contain others have no node of their own, with three exceptions, where they do something themselves:
 * - a `RangeStmt` stands at the start of its body, where each turn assigns key and value (its operand stands before the loop);
 * - a `TypeSwitchStmt` stands behind its operand, where it binds its variable;
 * - a `SelectStmt` stands where it waits. The channels and values of its cases are evaluated before it and have nodes there; the
 *   send or receive itself stands at the start of its clause.
 *
 * A function literal is a value here: its body has a graph of its own.
 * `defer` stands where it is executed as a statement (then its operands are evaluated), and its call stands again in the exit
 * sequence. A call that was deferred on some paths only, or several times, stands there once.
 * Panics and calls that do not return end in `abort`, never in `exit`; `recover` is not modelled, nor are run-time panics.
 * A `select {}`, and a loop without a way out, reach neither.
 *
 * Code that nothing leads to stays in the graph, in blocks that `entry` does not reach.
 */
import type { CommClause, DeferStmt, Expr, FuncNode, RangeStmt, Stmt } from '../syntax/ast.ts';

/** Why an edge is taken. */
export type EdgeKind =
  | { readonly kind: 'next' }
  /** The condition, the last node of the block that the edge leaves, was true or false. Never a `!`, `&&`, `||` or parenthesis. */
  | { readonly kind: 'true' | 'false'; readonly cond: Expr }
  /** `tag == value` of a switch with a tag; the value is the last node of the block. (Tagless cases are conditions.) */
  | { readonly kind: 'case' | 'not-case'; readonly tag: Expr; readonly value: Expr }
  /** The dynamic type of a type switch is among these; for `not-type-case`, these are the types of all its clauses. */
  | { readonly kind: 'type-case' | 'not-type-case'; readonly x: Expr; readonly types: readonly Expr[] }
  /** The range has another element, or is exhausted. */
  | { readonly kind: 'range-next' | 'range-done'; readonly stmt: RangeStmt }
  | { readonly kind: 'select'; readonly clause: CommClause };

export interface Edge {
  readonly from: BasicBlock;
  readonly to: BasicBlock;
  readonly why: EdgeKind;
}

/** A statement, or an expression evaluated for its value (condition, tag, range operand, deferred call). */
export type FlowNode = Stmt | Expr;

export interface BasicBlock {
  readonly index: number;
  readonly nodes: readonly FlowNode[];
  readonly succs: readonly Edge[];
  readonly preds: readonly Edge[];
  /** `entry`, `exit`, `abort`, `if.then`, `for.head`, `for.body`, `for.post`, `case` …: for dumps. */
  readonly label: string;
  /** The loop statement whose head this is, or the labelled statement that starts here. */
  readonly stmt: Stmt | undefined;
}

export interface Cfg {
  readonly func: FuncNode;
  readonly entry: BasicBlock;
  /** Every return, and falling off the end, arrives here. Its nodes are the deferred calls, last deferred first. */
  readonly exit: BasicBlock;
  /** Panics, os.Exit and the like. */
  readonly abort: BasicBlock;
  /** Reachable and unreachable ones, in source order, `exit` and `abort` last; `blocks[i].index === i`. */
  readonly blocks: readonly BasicBlock[];
  /** The reachable `defer` statements, in source order. */
  readonly defers: readonly DeferStmt[];
  /**
   * The block, and the index in it, of a statement or evaluated expression that stands in the graph. A deferred call stands in `exit`.
   * For parts of nodes see `placeContaining`.
   */
  placeOf(node: FlowNode): Place | undefined;
}

/**
 * A node of the graph, or the point before or behind those of a block: index -1 and `nodes.length`.
 */
export interface Place {
  readonly block: BasicBlock;
  readonly index: number;
}
