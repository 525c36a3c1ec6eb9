/**
 * The parts that an execution by cases consists of, and what an observer is asked while it goes on.
 *
 * The execution knows Go and nothing else. What a call means (a question to a vendor, a validation), and what that changes, is the
 * observer's business: it keeps a state in each world, settles calls that it knows, and is told when a goroutine starts and when a decision
 * was made because of a tracked value.
 */
import type { Callee } from '../calls/callee.ts';
import type { GoFunction, Program } from '../package.ts';
import type { CallExpr, Node } from '../syntax/ast.ts';
import type { FunctionValue, Scopes, Value } from './value.ts';
import type { World } from './world.ts';

/** One activation of a function. */
export interface Frame {
  readonly fn: GoFunction;
  readonly depth: number;
  readonly scopes: Scopes;
  /** The calls that lead here, outermost first. */
  readonly stack: readonly Node[];
  /** The depth of the outermost function on the stack whose deferred calls are running. */
  readonly deferredBy: number | undefined;
}

export interface Site {
  readonly call: CallExpr;
  readonly callee: Callee;
  readonly frame: Frame;
  /** The function that is called, if it is a value that is known. */
  readonly fun: FunctionValue | undefined;
  /** The call was given the function as an argument: somebody in there calls it. */
  readonly handedOver?: boolean;
  readonly receiver: Value | undefined;
  readonly args: readonly Value[];
  /** The bodies that the call may run. */
  readonly targets: readonly Target[];
}

export interface Target {
  readonly fn: GoFunction;
  readonly scopes: Scopes;
  readonly receiver: Value | undefined;
}

/** One way in which a call or an expression comes out. */
export interface Result<S> {
  readonly world: World<S>;
  readonly values: readonly Value[];
}

export interface Observer<S> {
  /** The same text for the same state. */
  stateKey(state: S): string;
  /** Nothing can change this state any more: what is known of variables need not be kept. */
  settled(state: S): boolean;
  /** How the call comes out; undefined: its body is followed, or nothing is known of its results. */
  call(site: Site, world: World<S>): readonly Result<S>[] | undefined;
  /** Of several implementations those that count. */
  choose?(targets: readonly Target[]): readonly Target[];
  /** A goroutine starts: the state in which it runs, and the state in which its starter goes on when it has run. */
  spawn(at: Node, frame: Frame, world: World<S>): { readonly inside: S; after(end: S): S };
  /** A decision depends on a tracked value. */
  consult(state: S): S;
  /** A statement is executed. */
  step?(at: Node, frame: Frame, world: World<S>): void;
}

export interface Execution<S> {
  readonly program: Program;
  readonly observer: Observer<S>;
  readonly budget: { steps: number };
  /** Worlds that panic, by the depth of the function they are in. */
  readonly panics: Map<number, World<S>[]>;
}

/** How many nodes are executed in all, over all worlds. */
export const MAX_STEPS = 60_000;

export function newExecution<S>(program: Program, observer: Observer<S>): Execution<S> {
  return { program, observer, budget: { steps: MAX_STEPS }, panics: new Map() };
}

/** Was everything executed? If not, the results are not all that there are. */
export function isComplete<S>(x: Execution<S>): boolean {
  return x.budget.steps > 0;
}
