/**
 * The control-flow graph of one function (language specification, "Statements").
 *
 *     for i := 0; i < n; i++ { if skip(i) || done { continue }; use(i) }
 *
 *     b0: i := 0                         -> b1
 *     b1: [i < n]                        -> true b2, false b6
 *     b2: [skip(i)]                      -> true b5, false b3
 *     b3: [done]                         -> true b5, false b4
 *     b4: use(i)                         -> b5
 *     b5: i++                            -> b1 (back edge)
 *     b6: exit
 *
 * A block is a run of nodes that execute in order: simple statements, and the expressions of conditions, tags and range operands.
 * Conditions are taken apart at `&&`, `||`, `!` and parentheses, so that every branch tests one operand and says which way it went.
 * A function literal is a value here: its body has a graph of its own.
 * `defer` stands where it is executed as a statement, and again (as `deferred`) in the exit sequence.
 * Panics and calls that do not return end in `abort`, never in `exit`; `recover` is not modelled.
 */
import type { CommClause, Expr, FuncNode, RangeStmt, Stmt } from '../syntax/ast.ts';

/** Why an edge is taken. */
export type EdgeKind =
  | { readonly kind: 'next' }
  /** The operand of `BasicBlock.branch` was true or false. */
  | { readonly kind: 'true' | 'false'; readonly cond: Expr }
  /** `tag == value` of a switch with a tag (tag undefined never occurs: tagless cases are conditions). */
  | { readonly kind: 'case' | 'not-case'; readonly tag: Expr; readonly value: Expr }
  /** The dynamic type of a type switch is (not) among these. */
  | { readonly kind: 'type-case' | 'not-type-case'; readonly x: Expr; readonly types: readonly Expr[] }
  /** The range has another element, or is exhausted. */
  | { readonly kind: 'range-next' | 'range-done'; readonly stmt: RangeStmt }
  | { readonly kind: 'select'; readonly clause: CommClause };

export interface Edge {
  readonly from: BasicBlock;
  readonly to: BasicBlock;
  readonly why: EdgeKind;
}

/** A statement, or an expression evaluated for its value (condition, tag, range operand). */
export type FlowNode = Stmt | Expr;

export interface BasicBlock {
  readonly index: number;
  readonly nodes: readonly FlowNode[];
  readonly succs: readonly Edge[];
  readonly preds: readonly Edge[];
  /** `entry`, `exit`, `abort`, `if.then`, `for.head`, `for.body`, `for.post`, `case` …: for dumps. */
  readonly label: string;
  /** The loop statement, or the label of a backward goto, whose head this is. */
  readonly stmt: Stmt | undefined;
}

export interface Cfg {
  readonly func: FuncNode;
  readonly entry: BasicBlock;
  /** Every return, and falling off the end, arrives here. Its nodes are the deferred calls, last deferred first. */
  readonly exit: BasicBlock;
  /** Panics, os.Exit and the like. */
  readonly abort: BasicBlock;
  /** Reachable and unreachable ones; `blocks[i].index === i`. */
  readonly blocks: readonly BasicBlock[];
  /** The block and the index in it of a statement or evaluated expression that stands in the graph. */
  placeOf(node: FlowNode): Place | undefined;
}

export interface Place {
  readonly block: BasicBlock;
  readonly index: number;
}
