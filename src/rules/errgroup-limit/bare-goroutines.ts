/**
 * `go` statements in a loop, with nothing that limits how many run at once.
 *
 *     for _, host := range hosts { go probe(host) }                             // a finding
 *     for i := 0; i < workers; i++ { go work(jobs) }                            // a fixed number
 *     for … { slots <- struct{}{}; go func() { defer func() { <-slots }() … } } // a semaphore
 *     for { conn, err := ln.Accept(); …; go serve(conn) }                       // how servers are written
 *
 * A `sync.WaitGroup` waits and limits nothing, except where every turn waits before the next one.
 */

import { hasFixedTurns, isDataSized } from '../../go/concurrency/turns.ts';
import type { BasicBlock, Place } from '../../go/flow/cfg.ts';
import { dominates } from '../../go/flow/dominators.ts';
import { isInLoop, type Loop, loopsAround } from '../../go/flow/loops.ts';
import { findPath } from '../../go/flow/paths.ts';
import { placeContaining, startOf } from '../../go/flow/places.ts';
import type { GoFunction, GoPackage } from '../../go/package.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { type CallExpr, type Expr, type GoStmt, type Node, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import { bindingsAround } from '../../go/typestate/bindings.ts';
import type { GroupTypes } from '../../integrations/group-types.ts';
import { isContext } from '../../integrations/sinks.ts';
import type { Finding } from '../../model/finding.ts';
import { allFunctions } from './calls.ts';
import type { Context } from './index.ts';
import { isWaitGroup } from './loop-variables.ts';

export function judgeBareGoroutines(pkg: GoPackage, types: GroupTypes, context: Context): readonly Finding[] {
  const findings: Finding[] = [];
  for (const fn of allFunctions(pkg)) {
    const statements: GoStmt[] = [];
    walk(fn.body, (node) => {
      if (node.kind === 'GoStmt') statements.push(node);
    });
    for (const stmt of statements) {
      const place = fn.cfg.placeOf(stmt);
      if (place === undefined) continue;
      const loops = loopsAround(fn.cfg, place.block);
      const loop = loops.find((l) => !hasFixedTurns(fn, l));
      if (loop === undefined || isLimited(fn, stmt, place, loops, types)) continue;
      const hint = waitsSomewhere(fn) ? ' (a WaitGroup waits, it does not limit)' : '';
      const at = loop.stmt === undefined ? stmt : { pos: loop.stmt.pos, end: loop.stmt.pos + 1 };
      const related = [{ at: context.locate(at), text: 'the loop' }];
      findings.push(context.finding('bare-goroutine', context.locate(headOf(stmt)), { hint }, { related }));
    }
  }
  return findings;
}

/** The statement without the body of its literal: `go func()`. */
function headOf(stmt: GoStmt): { readonly pos: number; readonly end: number } {
  const call = unparen(stmt.call);
  const fun = call.kind === 'CallExpr' ? unparen(call.fun) : call;
  return { pos: stmt.pos, end: fun.kind === 'FuncLit' ? fun.body.pos : stmt.end };
}

function waitsSomewhere(fn: GoFunction): boolean {
  return fn.calls.some((call) => {
    const fun = unparen(call.fun);
    return fun.kind === 'SelectorExpr' && fun.sel.name === 'Wait' && isWaitGroup(fn.pkg, fun.x);
  });
}

/** Names of what takes a place in a semaphore or pool, or waits for a rate limiter. */
const ACQUIRE = /^(?:Try)?(?:[aA]cquire|[tT]ake|[lL]easeSlot)(?:[A-Z]\w*)?$/;
const ACCEPT = /^Accept(?:[A-Z]\w*)?$/;

function isLimited(
  fn: GoFunction,
  stmt: GoStmt,
  place: Place,
  loops: readonly Loop[],
  types: GroupTypes,
): boolean {
  const [innermost] = loops;
  if (innermost === undefined) return false;
  const { cfg } = fn;
  const before = (block: BasicBlock, node: Node): boolean => {
    const at = placeContaining(cfg, node);
    return at !== undefined && isInLoop(cfg, loops.at(-1)!, block) && dominates(cfg, at, place);
  };
  for (const block of loops.at(-1)!.blocks)
    for (const node of block.nodes) {
      let limited = false;
      walk(node, (x) => {
        if (node.kind === 'RangeStmt' || limited) return false;
        if (x.kind === 'CallExpr')
          limited = (limitsByName(fn.pkg, x) || paces(fn.pkg, x, types)) && before(block, node);
        else if (x.kind === 'SendStmt')
          limited = isSemaphore(fn, x.chan) && releases(fn, stmt, x.chan, 'receive') && before(block, node);
        else if (x.kind === 'UnaryExpr' && x.op === '<-')
          limited = holdsTokens(fn, x.x) && releases(fn, stmt, x.x, 'send') && before(block, node);
        return !limited;
      });
      if (limited) return true;
    }
  return (
    takesInside(fn, stmt) ||
    isGivenSemaphore(fn, stmt) ||
    asksLimiter(fn, stmt, innermost) ||
    waitsEachTurn(fn, stmt, place, innermost)
  );
}

function limitsByName(pkg: GoPackage, call: CallExpr): boolean {
  const fun = unparen(call.fun);
  if (fun.kind !== 'SelectorExpr') return false;
  const { name } = fun.sel;
  // A rate limiter holds the goroutine back.
  return ACQUIRE.test(name) || (name === 'Wait' && /[lL]imit/.test(pkg.program.files.textOf(fun.x)));
}

/** Calls that hold the loop itself back: an accept loop; a group's Go, whose limit is asked of the group. */
function paces(pkg: GoPackage, call: CallExpr, types: GroupTypes): boolean {
  const fun = unparen(call.fun);
  if (fun.kind !== 'SelectorExpr') return false;
  return ACCEPT.test(fun.sel.name) || (fun.sel.name === 'Go' && types.isGroup(pkg.info.typeOf(fun.x)));
}

/** Names by which a goroutine gives its place back. */
const RELEASE = /^(?:Done|Release|Put|Return|Free|Leave|release|put|done)$/;

/** A limiter of the project's own: the loop asks it (`t.Throttle()`, `tokens.Get()`), the goroutine gives back (`t.Done()`). */
function asksLimiter(fn: GoFunction, stmt: GoStmt, loop: Loop): boolean {
  const released = new Set<Var>();
  walk(
    stmt,
    (node) => {
      if (node.kind !== 'CallExpr') return;
      const fun = unparen(node.fun);
      if (fun.kind !== 'SelectorExpr' || !RELEASE.test(fun.sel.name) || isWaitGroup(fn.pkg, fun.x)) return;
      const variable = variableOf(fn, fun.x);
      // The context's Done is asked, and gives nothing back.
      if (variable !== undefined && !isContext(variable.type)) released.add(variable);
    },
    { literals: true },
  );
  if (released.size === 0 || loop.stmt === undefined) return false;
  let asked = false;
  walk(loop.stmt, (node) => {
    if (node === stmt) return false;
    if (node.kind === 'CallExpr') {
      const fun = unparen(node.fun);
      const variable = fun.kind === 'SelectorExpr' ? variableOf(fn, fun.x) : undefined;
      if (variable !== undefined && released.has(variable)) asked = true;
    }
    return !asked;
  });
  return asked;
}

/** A channel of empty structs with a fixed number of places, made for nothing else, is handed to the goroutine. */
function isGivenSemaphore(fn: GoFunction, stmt: GoStmt): boolean {
  const call = unparen(stmt.call);
  if (call.kind !== 'CallExpr') return false;
  return call.args.some((arg) => {
    const variable = variableOf(fn, arg);
    if (variable?.type.kind !== 'chan' || variable.type.elem.kind !== 'struct') return false;
    const made = (bindingsAround(fn).sources.get(variable) ?? []).some(({ expr }) => {
      const make = unparen(expr);
      return make.kind === 'CallExpr' && make.args.length === 2;
    });
    return made && isSemaphore(fn, arg);
  });
}

/** A channel with a fixed number of places; one that has room for all data holds nobody back. */
function isSemaphore(fn: GoFunction, chan: Expr): boolean {
  const variable = variableOf(fn, chan);
  const sources = variable === undefined ? [] : (bindingsAround(fn).sources.get(variable) ?? []);
  return sources.every(({ expr }) => {
    const call = unparen(expr);
    if (call.kind !== 'CallExpr') return true;
    const fun = unparen(call.fun);
    if (fun.kind !== 'Ident' || fun.name !== 'make') return true;
    return call.args[1] !== undefined && !isDataSized(fn, call.args[1]);
  });
}

/** What goes through the channel says nothing: a place, and no work. */
function holdsTokens(fn: GoFunction, chan: Expr): boolean {
  const type = fn.pkg.info.typeOf(chan);
  if (type.kind !== 'chan') return false;
  const { elem } = type;
  return elem.kind === 'struct' || (elem.kind === 'basic' && elem.name !== 'string');
}

/** The local variable, parameter or field that an expression names. */
function variableOf(fn: GoFunction, e: Expr): Var | undefined {
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

/** Does the goroutine give the place back? A named function is taken at its word if it is given the channel. */
function releases(fn: GoFunction, stmt: GoStmt, chan: Expr, how: 'send' | 'receive'): boolean {
  const variable = variableOf(fn, chan);
  if (variable === undefined) return false;
  const call = unparen(stmt.call);
  if (call.kind !== 'CallExpr') return false;
  if (call.args.some((arg) => variableOf(fn, arg) === variable)) return true;
  return bodiesOf(fn, call).some((body) => {
    let found = false;
    walk(
      body.fn.body,
      (node) => {
        const used = channelIn(node, how);
        if (used !== undefined && variableOf(body.fn, used) === variable) found = true;
        return !found;
      },
      { literals: true },
    );
    return found;
  });
}

function channelIn(node: Node, how: 'send' | 'receive'): Expr | undefined {
  if (how === 'send') return node.kind === 'SendStmt' ? node.chan : undefined;
  return node.kind === 'UnaryExpr' && node.op === '<-' ? node.x : undefined;
}

/** The body of the goroutine: the literal, or the project function that is called. */
function bodiesOf(fn: GoFunction, call: CallExpr): readonly { readonly fn: GoFunction }[] {
  const { program } = fn.pkg;
  const fun = unparen(call.fun);
  if (fun.kind === 'FuncLit') return [{ fn: program.functionOf(fun) }];
  const callee = program.calleeOf(call);
  if (callee.kind === 'function') return callee.body === undefined ? [] : [{ fn: callee.body }];
  return callee.kind === 'closure' ? callee.functions.map((f) => ({ fn: f })) : [];
}

/** The goroutine itself takes a place and gives it back: it sends to a channel and receives from it, or acquires. */
function takesInside(fn: GoFunction, stmt: GoStmt): boolean {
  const call = unparen(stmt.call);
  if (call.kind !== 'CallExpr') return false;
  return bodiesOf(fn, call).some(({ fn: body }) => {
    const sent = new Set<Var>();
    const received = new Set<Var>();
    let acquires = false;
    walk(
      body.body,
      (node) => {
        const to = channelIn(node, 'send');
        const from = channelIn(node, 'receive');
        const target = to === undefined ? undefined : variableOf(body, to);
        const source = from === undefined ? undefined : variableOf(body, from);
        if (to !== undefined && target !== undefined && isSemaphore(body, to)) sent.add(target);
        if (source !== undefined) received.add(source);
        if (node.kind === 'CallExpr') acquires ||= limitsByName(body.pkg, node);
      },
      { literals: true },
    );
    return acquires || [...sent].some((channel) => received.has(channel));
  });
}

/** Every turn waits for its goroutine, on a WaitGroup or a channel that the goroutine uses, before the next one begins. */
function waitsEachTurn(fn: GoFunction, stmt: GoStmt, place: Place, loop: Loop): boolean {
  const { cfg } = fn;
  const places: Place[] = [];
  for (const block of loop.blocks)
    for (const node of block.nodes) {
      let waits = false;
      walk(node, (x) => {
        if (x === stmt || node.kind === 'RangeStmt') return false;
        if (x.kind === 'CallExpr') {
          const fun = unparen(x.fun);
          waits ||= fun.kind === 'SelectorExpr' && fun.sel.name === 'Wait' && isWaitGroup(fn.pkg, fun.x);
        } else if (x.kind === 'UnaryExpr' && x.op === '<-') waits ||= mentions(fn, stmt, x.x);
        return true;
      });
      const at = waits ? placeContaining(cfg, node) : undefined;
      if (at !== undefined) places.push(at);
    }
  return places.length > 0 && findPath(cfg, place, startOf(loop.head), { places }) === undefined;
}

/** Does the goroutine send to the channel, or close it? */
function mentions(fn: GoFunction, stmt: GoStmt, chan: Expr): boolean {
  const variable = variableOf(fn, chan);
  if (variable === undefined) return false;
  let found = releases(fn, stmt, chan, 'send');
  walk(
    stmt,
    (node) => {
      if (node.kind !== 'CallExpr') return !found;
      const fun = unparen(node.fun);
      const [arg] = node.args;
      if (fun.kind === 'Ident' && fun.name === 'close' && arg !== undefined)
        found ||= variableOf(fn, arg) === variable;
      return !found;
    },
    { literals: true },
  );
  return found;
}
