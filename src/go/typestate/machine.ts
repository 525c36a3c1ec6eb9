/**
 * Typestates: in which states one tracked object is when its methods are called, over all functions that get hold of it.
 *
 *     g := new(errgroup.Group)    // fresh
 *     g.SetLimit(10)              // fresh -> limited
 *     schedule(g)                 // limited -> running, by the Go in schedule
 *
 * A function is gone through once per frame and state at its entry, along its graph; what comes out is the set of states at its exit.
 * Recursion goes round until nothing changes. Function literals run where they are called, at once or not where they are handed to a
 * function without source, and at any time from then on where `go` starts them or a method of the object takes them. States are small
 * numbers, sets of states are bit masks; state 0 is "not made, or out of reach", where nothing happens.
 *
 * What is not done: paths that exclude each other are all taken, and two objects made by one expression are one.
 */

import type { BasicBlock, FlowNode } from '../flow/cfg.ts';
import { reversePostorder } from '../flow/graph.ts';
import type { CallExpr, Expr, Node, ReturnStmt } from '../syntax/ast.ts';
import { type Action, actionsAt, type Handed } from './actions.ts';
import { bindingsAround } from './bindings.ts';
import type { Tracker } from './tracker.ts';
import { type Frame, type FunctionValue, isRelevant, NOTHING } from './value.ts';

export const GONE = 0;

export interface Protocol {
  /** The state of a new object. */
  readonly made: number;
  /** The state after a call of a method. */
  step(method: string, state: number): number;
  /** The state after code without source had its hands on the object. */
  handed(state: number): number;
  /** Methods that run the function they are given, at any time from then on. */
  readonly runs: ReadonlySet<string>;
}

/** A call of a method of the object. */
export interface Operation {
  readonly method: string;
  readonly call: CallExpr;
  /** Without the receiver of a method expression. */
  readonly args: readonly Expr[];
  /** The states it was called in; 0 bits: never. */
  states: number;
  readonly frames: Set<Frame>;
  /** The functions given to it; `unknown`: others, too. */
  readonly given: FunctionValue[];
  unknown: boolean;
  /** It stands in a `defer` or `go` statement. */
  readonly detached: 'defer' | 'go' | undefined;
}

export interface Escape {
  readonly node: Node;
  readonly how: 'returned' | 'sent' | 'handed';
}

const MAX_DEPTH = 150;
const MAX_ROUNDS = 12;
const MAX_STEPS = 200_000;

export class Machine {
  readonly tracker: Tracker;
  readonly protocol: Protocol;
  readonly operations = new Map<CallExpr, Operation>();
  readonly escapes = new Map<Node, Escape>();
  /** Functions that can reach the object and went where they cannot be followed. */
  readonly escaped = new Map<Frame, number>();
  /** Nodes that made the object while the program was gone through. */
  readonly made = new Set<Node>();
  private readonly table = new Map<string, number>();
  private readonly visited = new Set<string>();
  private readonly actions = new Map<Frame, ReadonlyMap<FlowNode, readonly Action[]>>();
  private readonly isMaking: (node: Node) => boolean;
  private readonly follows: (fn: Frame['fn']) => boolean;
  /** The frames that are being gone through, outermost first. */
  private readonly stack: Frame[] = [];
  /** Frames in which, or in whose calls, the object is made. */
  private readonly making = new Set<Frame>();
  private steps = 0;
  private dirty = false;
  /** While trying, nothing is recorded. */
  private trying = false;

  /**
   * `makes`: does the node make the object (also declarations and literals of structs that hold it by value)? `follows`: should calls of
   * a function that is not given the object be followed?
   */
  constructor(
    tracker: Tracker,
    protocol: Protocol,
    makes: (node: Node) => boolean,
    follows: (fn: Frame['fn']) => boolean,
  ) {
    this.tracker = tracker;
    this.protocol = protocol;
    this.isMaking = makes;
    this.follows = follows;
  }

  /** To be called when `follows` has changed its mind. */
  reconsider(): void {
    this.tracker.renew();
    this.actions.clear();
  }

  /** Runs the roots until nothing changes. `trying`: only to learn the answer of `run`. */
  settle(runRoots: () => void, trying = false): void {
    const before = this.trying;
    this.trying = trying;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      this.dirty = false;
      this.visited.clear();
      runRoots();
      if (this.tracker.changed) {
        this.tracker.renew();
        this.actions.clear();
      } else if (!this.dirty) break;
    }
    this.trying = before;
  }

  /** The states at the exit of a function that is entered in one state. */
  run(frame: Frame, state: number): number {
    const key = `${this.trying ? 't' : ''}${frame.id}:${state}`;
    const known = this.table.get(key) ?? 0;
    if (this.visited.has(key)) return known;
    this.visited.add(key);
    this.steps += frame.fn.cfg.blocks.length;
    if (this.stack.length >= MAX_DEPTH || this.steps > MAX_STEPS) {
      this.tracker.exhausted = true;
      return 1 << state;
    }
    this.stack.push(frame);
    const result = known | this.through(frame, state);
    this.stack.pop();
    if (result !== known) {
      this.table.set(key, result);
      this.dirty = true;
    }
    return result;
  }

  private through(frame: Frame, state: number): number {
    this.store(frame);
    const { cfg } = frame.fn;
    const order = reversePostorder(cfg).blocks;
    const at = new Int32Array(cfg.blocks.length);
    at[cfg.entry.index] = 1 << state;
    const waiting = new Set<BasicBlock>(order);
    const actions = this.actionsOf(frame);
    for (let again = true; again; ) {
      again = false;
      for (const block of order) {
        if (!waiting.delete(block)) continue;
        let mask = at[block.index]!;
        if (mask === 0) continue;
        for (const node of block.nodes) {
          for (const action of actions.get(node) ?? []) mask = this.apply(frame, action, mask);
          if (node.kind === 'ReturnStmt' && mask !== 0 && (this.making.has(frame) || this.trying))
            if (isFailure(frame, node) && !this.returnsObject(frame, node))
              // What was made here goes no further; who is being tried gives up.
              mask = 1 << (this.making.has(frame) ? state : GONE);
        }
        for (const { to } of block.succs) {
          if ((at[to.index]! | mask) === at[to.index]) continue;
          at[to.index] = at[to.index]! | mask;
          waiting.add(to);
          again = true;
        }
        if (block === cfg.exit) at[cfg.exit.index] = at[cfg.exit.index]! | (mask << 16);
      }
    }
    return at[cfg.exit.index]! >>> 16;
  }

  /** Notes what the function puts into fields, whether or not the statement is reached. */
  private store(frame: Frame): void {
    const { node } = frame.fn;
    for (const { field, expr, result } of bindingsAround(frame.fn).stores) {
      if (expr.pos < node.pos || expr.end > node.end) continue;
      if (frame.fn.literals.some((l) => l.node.pos <= expr.pos && expr.end <= l.node.end && l.node !== expr))
        continue;
      const value =
        expr.kind === 'CallExpr'
          ? this.tracker.resultOf(frame, expr, result)
          : this.tracker.valueOf(frame, expr);
      if (!isRelevant(value)) continue;
      const functions = value.functions.filter((f) => f.outer !== undefined);
      this.tracker.hold(field, { ...value, functions });
    }
  }

  private actionsOf(frame: Frame): ReadonlyMap<FlowNode, readonly Action[]> {
    let known = this.actions.get(frame);
    if (known === undefined) {
      const found = new Map<FlowNode, readonly Action[]>();
      const { cfg } = frame.fn;
      for (const block of reversePostorder(cfg).blocks)
        for (const node of block.nodes) {
          const list = actionsAt(this.tracker, frame, node, this.isMaking, this.follows);
          if (list.length > 0) found.set(node, list);
        }
      known = found;
      this.actions.set(frame, known);
    }
    return known;
  }

  private apply(frame: Frame, action: Action, mask: number): number {
    switch (action.kind) {
      case 'make':
        if (!this.trying) this.made.add(action.node);
        for (const open of this.stack) {
          if (this.making.has(open)) continue;
          this.making.add(open);
          this.dirty = true;
        }
        return 1 << this.protocol.made;
      case 'operation':
        return this.operate(frame, action, mask);
      case 'call': {
        let after = action.certain ? 0 : mask;
        // What may be called may be called again.
        let now = mask;
        for (;;) {
          const before = now;
          for (const target of action.targets) {
            const out = each(now, (state) =>
              action.once === true && state !== GONE && state !== this.protocol.made
                ? 1 << state
                : this.run(target, state),
            );
            after |= out;
            if (action.repeated) now |= out;
          }
          if (now === before) return after;
        }
      }
      case 'handed':
        return this.handOver(action, mask);
    }
  }

  private operate(frame: Frame, action: Extract<Action, { kind: 'operation' }>, mask: number): number {
    const { method, call, args } = action;
    const isGone = (mask & ~(1 << GONE)) === 0;
    if (isGone) return mask;
    const { protocol, tracker } = this;
    if (!this.trying) {
      let known = this.operations.get(call);
      if (known === undefined) {
        known = {
          ...{ method, call, args, states: 0, frames: new Set(), given: [], unknown: false },
          detached: action.detached,
        };
        this.operations.set(call, known);
      }
      known.states |= mask & ~(1 << GONE);
      known.frames.add(frame);
    }
    const after =
      action.detached === 'defer' || (action.detached === 'go' && method !== 'Go')
        ? each(mask, (s) => (1 << s) | (action.detached === 'go' ? 1 << protocol.step(method, s) : 0))
        : each(mask, (s) => 1 << (s === GONE ? GONE : protocol.step(method, s)));
    if (!protocol.runs.has(method)) return action.conditional ? after | mask : after;
    const [task] = args;
    const given = task === undefined ? NOTHING : tracker.valueOf(frame, task);
    const known = this.operations.get(call);
    if (known !== undefined && !this.trying) {
      if (given.functions.length === 0) known.unknown = true;
      for (const f of given.functions)
        if (!known.given.some((g) => g.fn.node === f.fn.node && g.outer === f.outer)) known.given.push(f);
    }
    for (const target of given.functions) {
      if (target.outer === undefined && !this.follows(target.fn)) continue;
      const callee = tracker.called(target, [], NOTHING);
      if (callee !== undefined) each(after & ~(1 << GONE), (state) => this.run(callee, state));
    }
    return action.conditional ? after | mask : after;
  }

  private handOver(action: Handed, mask: number): number {
    if ((mask & ~(1 << GONE)) !== 0 && !this.trying && !this.escapes.has(action.node))
      this.escapes.set(action.node, { node: action.node, how: action.how });
    for (const target of action.functions) {
      const callee = this.tracker.called(target, [], NOTHING);
      if (callee !== undefined && !this.trying)
        this.escaped.set(callee, (this.escaped.get(callee) ?? 0) | mask);
    }
    if (action.how !== 'handed') return mask;
    return each(mask, (s) => 1 << (s === GONE ? GONE : this.protocol.handed(s)));
  }

  private returnsObject(frame: Frame, node: ReturnStmt): boolean {
    return node.results.some((x) => {
      const value = this.tracker.valueOf(frame, x);
      return value.object || value.methods.length > 0;
    });
  }
}

/** `return nil, err`: the caller does not go on with what was made. */
function isFailure(frame: Frame, node: ReturnStmt): boolean {
  const { results } = node;
  const last = results.at(-1);
  if (last === undefined || results.length < 2) return false;
  const type = frame.fn.results.at(-1)?.type;
  const isError =
    type?.kind === 'named' && type.object.name === 'error' && type.object.pkg.origin === 'universe';
  return isError && !(last.kind === 'Ident' && last.name === 'nil');
}

/** The union of the answers for each state of a set. */
function each(mask: number, next: (state: number) => number): number {
  let result = 0;
  for (let state = 0; state < 16; state++) if ((mask & (1 << state)) !== 0) result |= next(state);
  return result;
}
