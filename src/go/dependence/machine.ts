/**
 * What a dependence analysis is about: who asks whom is the domain's knowledge, the interpreter knows Go and nothing else.
 */
import type { Callee } from '../calls/callee.ts';
import type { BasicBlock } from '../flow/cfg.ts';
import { controllingEdges } from '../flow/post-dominators.ts';
import type { GoFunction, Program } from '../package.ts';
import type { Info } from '../semantics/info.ts';
import type { CallExpr, Expr, RangeStmt, ReturnStmt, SelectorExpr } from '../syntax/ast.ts';
import type { Question, Sources } from './sources.ts';
import type { State } from './state.ts';
import type { Cell, Value, ValueTable } from './values.ts';

export type Meaning =
  | {
      readonly kind: 'question';
      readonly name: string;
      readonly assumed: boolean;
      readonly as: Question['kind'];
    }
  /** Logging: its results carry nothing. */
  | { readonly kind: 'harmless' }
  /** Returns zero values and an error, always. */
  | { readonly kind: 'refusal' }
  /** What it does cannot be told. */
  | { readonly kind: 'unseen' };

/** How a question went, as far as the path has found out: the ways that are still possible. */
export const ANSWERED = 1;
export const ABSENT = 2;
export const FAILED = 4;
/** Somebody has looked whether there is an answer. */
export const TESTED = 8;
/** Somebody has looked at its status, or at the kind of its error: what that leaves open is left open on purpose. */
export const STATUS_READ = 16;
/** Somebody has decided by what the answer says: so there is one. */
export const CONTENT_READ = 32;
/** There is one, but it could not be decoded. */
export const UNREADABLE = 64;

export interface Domain {
  /** Undefined: the call is followed if it can be. */
  meaningOf(call: CallExpr, callee: Callee): Meaning | undefined;
  /** A call out of sight that may hide a question, if it is given the subject. */
  mayAsk(call: CallExpr, callee: Callee): boolean;
  /** Does the selector name a ground of its own (the seeds of a job)? */
  isGround(selector: SelectorExpr): boolean;
  /** Does the name (of a function, variable or constant, or a text) mean that what was asked about does not exist? */
  meansAbsent(name: string): boolean;
  /** Does a field or method of this name hold the status of an answer? */
  isStatus(name: string): boolean;
  /** What a status says: ANSWERED, ABSENT or FAILED. */
  classOf(status: number): number;
  /** Statuses that stand for all. */
  readonly statuses: readonly number[];
}

export type CallSite = CallExpr | RangeStmt;

/** A function that is being run, by the chain of calls that led to it. */
export interface Frame {
  readonly id: number;
  readonly fn: GoFunction;
  readonly info: Info;
  readonly parent: Frame | undefined;
  /** Where it is called; for an iterator the `range`. */
  readonly call: CallSite | undefined;
  /** For literals: the frame whose variables they see. */
  readonly scope: Frame | undefined;
  /** Whether the call is executed: what decides about that decides about everything in here. */
  readonly reached: Sources;
  readonly depth: number;
  /** By index of the block that a decision ends: what it was made from. */
  readonly decisions: Map<number, Decision>;
  /** Its variables are seen by a literal. */
  captured: boolean;
}

export interface Decision {
  readonly at: Expr;
  data: Sources;
  control: Sources;
}

export interface Machine {
  readonly program: Program;
  readonly domain: Domain;
  readonly values: ValueTable;
  readonly frames: Map<string, Frame>;
  readonly questions: Map<string, Question>;
  /** Variables whose address was taken: they may outlive their frame. */
  readonly addressed: Set<Cell>;
  /** Steps left. */
  budget: number;
}

/** Where in a function an expression is evaluated. */
export interface Context {
  readonly m: Machine;
  readonly frame: Frame;
  readonly block: BasicBlock;
}

/** A way on, and what the expression was worth on it. */
export interface One {
  readonly state: State;
  readonly value: Value;
}

/** A way on, and what the expressions were worth on it. */
export interface Way {
  readonly state: State;
  readonly values: readonly Value[];
}

/** A way through a function to its return. */
export interface Ending {
  readonly state: State;
  readonly values: readonly Value[];
  /** Undefined: it fell off the end. */
  readonly by: ReturnStmt | undefined;
}

export function newFrame(
  m: Machine,
  fn: GoFunction,
  from: { frame: Frame; call: CallSite; reached: Sources } | undefined,
  scope: Frame | undefined,
): Frame {
  const key = `${from?.frame.id ?? ''}:${from === undefined ? '' : m.values.numberOf(from.call)}:${m.values.numberOf(fn)}:${scope?.id ?? ''}`;
  let frame = m.frames.get(key);
  if (frame === undefined) {
    frame = {
      id: m.frames.size,
      fn,
      info: fn.pkg.info,
      parent: from?.frame,
      call: from?.call,
      scope,
      reached: from?.reached ?? m.values.sources.none,
      depth: (from?.frame.depth ?? 0) + 1,
      decisions: new Map(),
      captured: false,
    };
    m.frames.set(key, frame);
  }
  return frame;
}

/** What decides whether a block of the frame is executed. */
export function reachedBy(m: Machine, frame: Frame, block: BasicBlock): Sources {
  if (controllingEdges(frame.fn.cfg, block).length === 0) return frame.reached;
  const { sources } = m.values;
  return sources.only(
    sources.source(`b${frame.id}.${block.index}`, () => ({ kind: 'branch', frame, block })),
  );
}

/** Notes what a decision at the end of a block was made from. */
export function decide(m: Machine, frame: Frame, block: BasicBlock, at: Expr, value: Value): void {
  const { sources } = m.values;
  const known = frame.decisions.get(block.index);
  if (known === undefined) {
    frame.decisions.set(block.index, { at, data: value.data, control: value.control });
    return;
  }
  known.data = sources.union(known.data, value.data);
  known.control = sources.union(known.control, value.control);
}

/** All that a value depends on, branches resolved to what their decisions were made from. */
export function resolved(m: Machine, data: Sources, control: Sources): Sources {
  const { sources } = m.values;
  const found = new Set(data.items);
  const seen = new Set<object>();
  const open = [...control.items];
  for (let s = open.pop(); s !== undefined; s = open.pop()) {
    if (s.kind !== 'branch') {
      found.add(s);
      continue;
    }
    if (seen.has(s)) continue;
    seen.add(s);
    open.push(...s.frame.reached.items);
    for (const edge of controllingEdges(s.frame.fn.cfg, s.block)) {
      open.push(...reachedBy(m, s.frame, edge.from).items);
      const decision = s.frame.decisions.get(edge.from.index);
      if (decision === undefined) continue;
      for (const d of decision.data.items) found.add(d);
      open.push(...decision.control.items);
    }
  }
  return sources.of([...found].filter((s) => s.kind !== 'branch'));
}

/** The decisions that a value's control leads to. */
export function decisionsBehind(m: Machine, control: Sources): readonly Decision[] {
  const found = new Set<Decision>();
  const seen = new Set<object>();
  const open = [...control.items];
  for (let s = open.pop(); s !== undefined; s = open.pop()) {
    if (s.kind !== 'branch' || seen.has(s)) continue;
    seen.add(s);
    open.push(...s.frame.reached.items);
    for (const edge of controllingEdges(s.frame.fn.cfg, s.block)) {
      open.push(...reachedBy(m, s.frame, edge.from).items);
      const decision = s.frame.decisions.get(edge.from.index);
      if (decision === undefined) continue;
      found.add(decision);
      open.push(...decision.control.items);
    }
  }
  return [...found];
}
