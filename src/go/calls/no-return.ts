/**
 * Calls that never come back: known functions (`knowledge/no-return.ts`), and functions of the project that end in such a call.
 *
 *     func fatal(msg string) { log.Print(msg); os.Exit(1) }
 *     fatal("no token")   // does not come back
 *
 * A function counts only if it has no `return` and its last statement never ends; what a reader sees at a glance. Others may come back.
 */
import { beginsFatalEvent, neverReturns, sendsEvent } from '../../knowledge/no-return.ts';
import type { GoFunction } from '../package.ts';
import { type CallExpr, type Stmt, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import type { Callee } from './callee.ts';

export interface Endings {
  readonly calleeOf: (call: CallExpr) => Callee;
  /** Filled as functions are looked at. */
  readonly known: Map<GoFunction, boolean>;
}

/** True if control never comes back from the call. */
export function endsBefore(endings: Endings, call: CallExpr): boolean {
  const callee = endings.calleeOf(call);
  const name = nameOf(callee);
  if (name !== undefined && neverReturns(...name)) return true;
  switch (callee.kind) {
    case 'builtin':
      return callee.name === 'panic';
    case 'function':
      if (callee.body !== undefined && neverEnds(endings, callee.body)) return true;
      break;
    case 'closure':
      return callee.functions.every((fn) => neverEnds(endings, fn));
  }
  return sendsFatalEvent(endings, call);
}

/** Import path, name of the receiver's type, and name of the function; undefined for what is not called by name. */
function nameOf(callee: Callee): [path: string, type: string | undefined, name: string] | undefined {
  switch (callee.kind) {
    case 'function':
      return [callee.func.pkg.path, callee.func.receiver?.type.name, callee.func.name];
    case 'interface':
      return [callee.method.pkg.path, callee.method.receiver?.type.name, callee.method.name];
    case 'missing': {
      const { receiver } = callee;
      const type = receiver?.kind === 'pointer' ? receiver.elem : receiver;
      const name = type?.kind === 'named' ? type.object.name : undefined;
      if (receiver !== undefined && name === undefined) return undefined;
      return [callee.importPath, name, callee.name];
    }
    default:
      return undefined;
  }
}

/** `log.Fatal().Err(err).Msg("no token")`: Msg sends the event that a call further left has begun. */
function sendsFatalEvent(endings: Endings, call: CallExpr): boolean {
  const fun = unparen(call.fun);
  if (fun.kind !== 'SelectorExpr' || !sendsEvent(fun.sel.name)) return false;
  for (let x = unparen(fun.x); x.kind === 'CallExpr'; ) {
    const name = nameOf(endings.calleeOf(x));
    if (name !== undefined && beginsFatalEvent(...name)) return true;
    const left = unparen(x.fun);
    if (left.kind !== 'SelectorExpr') return false;
    x = unparen(left.x);
  }
  return false;
}

function neverEnds(endings: Endings, fn: GoFunction): boolean {
  const known = endings.known.get(fn);
  if (known !== undefined) return known;
  // While it is being looked at it may come back: recursion alone does not end a program.
  endings.known.set(fn, false);
  const result = looksEndless(endings, fn);
  endings.known.set(fn, result);
  return result;
}

function looksEndless(endings: Endings, fn: GoFunction): boolean {
  const last = fn.body.stmts.at(-1);
  if (last === undefined || !mayBeEndless(last)) return false;
  if (last.kind === 'ExprStmt') {
    const call = unparen(last.x);
    if (call.kind !== 'CallExpr' || !endsBefore(endings, call)) return false;
  }
  let leaves = false;
  walk(fn.body, (node) => {
    if (
      node.kind === 'ReturnStmt' ||
      (node.kind === 'BranchStmt' && last.kind === 'ForStmt' && node.tok !== 'continue')
    )
      leaves = true;
    return !leaves;
  });
  return !leaves && !recovers(fn);
}

function mayBeEndless(stmt: Stmt): boolean {
  if (stmt.kind === 'ExprStmt') return unparen(stmt.x).kind === 'CallExpr';
  if (stmt.kind === 'ForStmt') return stmt.cond === undefined;
  return stmt.kind === 'SelectStmt' && stmt.cases.length === 0;
}

/** A deferred function may recover from a panic, and the caller goes on. */
function recovers(fn: GoFunction): boolean {
  return fn.body.stmts.some((stmt) => stmt.kind === 'DeferStmt');
}
