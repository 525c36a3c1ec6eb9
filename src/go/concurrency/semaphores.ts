/**
 * Channels that hold goroutines back: a fixed number of places, one of which is taken before the work and given back after it.
 *
 *     slots <- struct{}{}; go func() { defer func() { <-slots }() … }()     // taken before, received back inside
 *     <-free; go func() { defer func() { free <- struct{}{} }() … }()       // the other way round: tokens
 *     go func() { slots <- struct{}{}; defer func() { <-slots }() … }()     // taken inside
 *     buf := p.get(); go func() { defer p.put(buf) … }()                    // in helpers, one call further down
 *
 * Channels are known by variable, or by type and field. A channel that has room for all data is none; nor is one that work goes through
 * and not only places, unless helpers get and put it. A named function that is given the channel is taken at its word.
 */
import type { GoFunction } from '../package.ts';
import type { Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import { type Expr, type GoStmt, type Node, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { bindingsAround } from '../typestate/bindings.ts';
import { isDataSized } from './turns.ts';

/** The channels that a piece of code uses. */
export interface Channels {
  readonly sent: ReadonlySet<Var>;
  readonly received: ReadonlySet<Var>;
  /** Used by a project function that is called, not here. */
  readonly byCalled: { readonly sent: ReadonlySet<Var>; readonly received: ReadonlySet<Var> };
}

/** What `root`, a part of `fn`, its literals, and the project functions that it calls by name do to channels. */
export function channelsOf(fn: GoFunction, root: Node): Channels {
  const own = { sent: new Set<Var>(), received: new Set<Var>() };
  const byCalled = { sent: new Set<Var>(), received: new Set<Var>() };
  collect(fn, root, own, (callee) => collect(callee, callee.body, byCalled, () => {}));
  return { ...own, byCalled };
}

function collect(
  fn: GoFunction,
  root: Node,
  into: { readonly sent: Set<Var>; readonly received: Set<Var> },
  enter: (callee: GoFunction) => void,
): void {
  const note = (chan: Expr, set: Set<Var>): void => {
    const variable = variableOf(fn, chan);
    if (variable !== undefined) set.add(variable);
  };
  walk(
    root,
    (node) => {
      if (node.kind === 'SendStmt') note(node.chan, into.sent);
      else if (node.kind === 'UnaryExpr' && node.op === '<-') note(node.x, into.received);
      else if (node.kind === 'CallExpr') {
        const callee = fn.pkg.program.calleeOf(node);
        if (callee.kind === 'function' && callee.body !== undefined) enter(callee.body);
      }
    },
    { literals: true },
  );
}

/** The local variable, parameter, package variable or field that an expression names. */
export function variableOf(fn: GoFunction, e: Expr): Var | undefined {
  const x = unparen(e);
  const { info } = fn.pkg;
  if (x.kind === 'Ident') {
    const object = info.objectOf(x);
    return object?.kind === 'var' ? object : undefined;
  }
  if (x.kind !== 'SelectorExpr') return undefined;
  const selection = info.selectionOf(x);
  return selection?.kind === 'field' ? selection.field.origin : undefined;
}

/** What a `go` statement runs: the literal, or the project functions that it may call. */
export function bodiesOf(fn: GoFunction, stmt: GoStmt): readonly GoFunction[] {
  const call = unparen(stmt.call);
  if (call.kind !== 'CallExpr') return [];
  const { program } = fn.pkg;
  const fun = unparen(call.fun);
  if (fun.kind === 'FuncLit') return [program.functionOf(fun)];
  const callee = program.calleeOf(call);
  if (callee.kind === 'function') return callee.body === undefined ? [] : [callee.body];
  return callee.kind === 'closure' ? callee.functions : [];
}

/** Does the node, which stands before the `go` statement, take a place that the goroutine gives back? */
export function takesPlaceFor(fn: GoFunction, node: Node, stmt: GoStmt): boolean {
  const before = channelsOf(fn, node);
  const used = [before.sent, before.received, before.byCalled.sent, before.byCalled.received];
  if (used.every((set) => set.size === 0)) return false;
  const inside = bodiesOf(fn, stmt).map((body) => channelsOf(body, body.body));
  const back = (variable: Var, how: 'sent' | 'received'): boolean =>
    inside.some((c) => c[how].has(variable)) || isGiven(fn, stmt, variable);
  return (
    [...before.sent].some((v) => hasPlaces(fn, v) && back(v, 'received')) ||
    [...before.received].some((v) => isOfTokens(v.type) && back(v, 'sent')) ||
    [...before.byCalled.sent].some((v) => inside.some((c) => c.byCalled.received.has(v))) ||
    [...before.byCalled.received].some((v) => inside.some((c) => c.byCalled.sent.has(v)))
  );
}

/** Does the function take a place and give it back itself? */
export function takesItsOwnPlace(body: GoFunction): boolean {
  const { sent, received } = channelsOf(body, body.body);
  // A channel that is made in the body is this goroutine's own.
  const isOwn = ({ ident }: Var): boolean =>
    ident !== undefined && body.body.pos <= ident.pos && ident.end <= body.body.end;
  return [...sent].some((v) => received.has(v) && !isOwn(v) && hasPlaces(body, v));
}

/** Is the variable among the arguments of the call? */
export function isGiven(fn: GoFunction, stmt: GoStmt, variable: Var): boolean {
  const call = unparen(stmt.call);
  return call.kind === 'CallExpr' && call.args.some((arg) => variableOf(fn, arg) === variable);
}

/** Is the goroutine handed a channel of empty structs with a fixed number of places, which can be for nothing else? */
export function isGivenSemaphore(fn: GoFunction, stmt: GoStmt): boolean {
  const call = unparen(stmt.call);
  if (call.kind !== 'CallExpr') return false;
  return call.args.some((arg) => {
    const variable = variableOf(fn, arg);
    if (variable?.type.kind !== 'chan' || variable.type.elem.kind !== 'struct') return false;
    const made = (bindingsAround(fn).sources.get(variable) ?? []).some(({ expr }) => {
      const make = unparen(expr);
      return make.kind === 'CallExpr' && make.args.length === 2;
    });
    return made && hasPlaces(fn, variable);
  });
}

/** A fixed number of places, as far as is seen where the channel is made. */
function hasPlaces(fn: GoFunction, variable: Var): boolean {
  return (bindingsAround(fn).sources.get(variable) ?? []).every(({ expr }) => {
    const call = unparen(expr);
    if (call.kind !== 'CallExpr') return true;
    const fun = unparen(call.fun);
    if (fun.kind !== 'Ident' || fun.name !== 'make') return true;
    return call.args[1] !== undefined && !isDataSized(fn, call.args[1]);
  });
}

/** What goes through the channel says nothing: a place, and no work. */
function isOfTokens(type: Type): boolean {
  if (type.kind !== 'chan') return false;
  const { elem } = type;
  return elem.kind === 'struct' || (elem.kind === 'basic' && elem.name !== 'string');
}
