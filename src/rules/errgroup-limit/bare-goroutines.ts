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

import {
  bodiesOf,
  channelsOf,
  isGiven,
  isGivenSemaphore,
  takesItsOwnPlace,
  takesPlaceFor,
  variableOf,
} from '../../go/concurrency/semaphores.ts';
import { hasFixedTurns } from '../../go/concurrency/turns.ts';
import type { BasicBlock, Place } from '../../go/flow/cfg.ts';
import { dominates } from '../../go/flow/dominators.ts';
import { isInLoop, type Loop, loopsAround } from '../../go/flow/loops.ts';
import { findPath } from '../../go/flow/paths.ts';
import { placeContaining, startOf } from '../../go/flow/places.ts';
import type { GoFunction, GoPackage } from '../../go/package.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { type CallExpr, type Expr, type GoStmt, type Node, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
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
      if (node === stmt || node.kind === 'RangeStmt' || !before(block, node)) continue;
      if (takesPlaceFor(fn, node, stmt)) return true;
      let paced = false;
      walk(node, (x) => {
        if (x.kind === 'CallExpr') paced ||= limitsByName(fn.pkg, x) || paces(fn.pkg, x, types);
        return !paced;
      });
      if (paced) return true;
    }
  const bodies = bodiesOf(fn, stmt);
  return (
    bodies.some(takesItsOwnPlace) ||
    bodies.some((body) => callsIn(body.body).some((call) => limitsByName(body.pkg, call))) ||
    isGivenSemaphore(fn, stmt) ||
    asksLimiter(fn, stmt, innermost) ||
    waitsEachTurn(fn, stmt, place, innermost)
  );
}

function callsIn(root: Node): readonly CallExpr[] {
  const calls: CallExpr[] = [];
  walk(
    root,
    (node) => {
      if (node.kind === 'CallExpr') calls.push(node);
    },
    { literals: true },
  );
  return calls;
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
  let found = bodiesOf(fn, stmt).some((body) => channelsOf(body, body.body).sent.has(variable));
  found ||= isGiven(fn, stmt, variable);
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
