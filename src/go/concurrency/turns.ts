/**
 * Loops whose number of turns no data decides.
 *
 *     for i := 0; i < workers; i++     // fixed: a constant, a parameter, a field, runtime.NumCPU()
 *     for range 8                      // fixed
 *     for _, port := range []string{":80", ":443"}     // fixed: written out
 *     for i := 0; i < len(hosts); i++  // as many as there are hosts
 *
 * From syntax and the assignments of local variables; a number whose origin is not seen is taken for one that somebody chose.
 */
import type { Loop } from '../flow/loops.ts';
import type { GoFunction } from '../package.ts';
import { type Expr, type ForStmt, type Node, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { bindingsAround } from '../typestate/bindings.ts';

/** Does the loop turn a number of times that no data decides? */
export function hasFixedTurns(fn: GoFunction, { stmt }: Loop): boolean {
  const { info } = fn.pkg;
  if (stmt?.kind === 'RangeStmt') {
    let type = info.typeOf(stmt.x);
    if (type.kind === 'pointer') type = type.elem;
    if (type.kind === 'named') type = type.underlying;
    if (type.kind === 'array') return true;
    if (type.kind === 'basic' && type.name !== 'string' && type.name !== 'untyped string')
      return !isDataSized(fn, stmt.x);
    return isLiteralList(fn, stmt.x);
  }
  if (stmt?.kind !== 'ForStmt' || stmt.cond === undefined) return false;
  const cond = unparen(stmt.cond);
  if (cond.kind !== 'BinaryExpr' || !/^[<>!]=?$/.test(cond.op)) return false;
  const counters = countersOf(fn, stmt);
  const isCounter = (e: Expr): boolean => counters.has(fn.pkg.program.files.textOf(unparen(e)));
  if (!(isCounter(cond.x) || isCounter(cond.y))) return false;
  const bounds = [isCounter(cond.x) ? cond.y : cond.x];
  if (stmt.init?.kind === 'AssignStmt') bounds.push(...stmt.init.rhs);
  return !bounds.some((e) => isDataSized(fn, e));
}

/** What is counted up or down by one in the header or the body: `i`, `p.workers`. */
function countersOf(fn: GoFunction, stmt: ForStmt): ReadonlySet<string> {
  const counters = new Set<string>();
  const visit = (node: Node): void => {
    if (node.kind === 'IncDecStmt') counters.add(fn.pkg.program.files.textOf(unparen(node.x)));
  };
  if (stmt.post !== undefined) visit(stmt.post);
  walk(stmt.body, visit);
  return counters;
}

const MAX_DEPTH = 3;

/** `len(hosts)`, and a variable that is only ever given such a number. */
export function isDataSized(fn: GoFunction, e: Expr, depth = 0): boolean {
  const x = unparen(e);
  const { info } = fn.pkg;
  if (info.constantOf(x) !== undefined) return false;
  switch (x.kind) {
    case 'CallExpr': {
      const fun = unparen(x.fun);
      const name = fun.kind === 'Ident' ? fun.name : fun.kind === 'SelectorExpr' ? fun.sel.name : '';
      if (info.callKind(x) === 'builtin' && name === 'min')
        return x.args.every((a) => isDataSized(fn, a, depth));
      if (info.callKind(x) === 'builtin' && name === 'max')
        return x.args.some((a) => isDataSized(fn, a, depth));
      if (info.callKind(x) === 'conversion') return x.args.some((a) => isDataSized(fn, a, depth));
      return (name === 'len' && info.callKind(x) === 'builtin') || name === 'Len';
    }
    case 'BinaryExpr':
      return isDataSized(fn, x.x, depth) || isDataSized(fn, x.y, depth);
    case 'Ident': {
      const variable = info.objectOf(x);
      // A parameter that is clamped to the data is still a number that the caller chose.
      if (variable?.kind !== 'var' || variable.role !== 'local' || depth >= MAX_DEPTH) return false;
      const sources = bindingsAround(fn).sources.get(variable) ?? [];
      return sources.length > 0 && sources.every(({ expr }) => isDataSized(fn, expr, depth + 1));
    }
    default:
      return false;
  }
}

/** `[]string{":80", ":443"}`, also by the name of a variable that is given nothing else. */
function isLiteralList(fn: GoFunction, e: Expr): boolean {
  const x = unparen(e);
  if (x.kind === 'CompositeLit') return true;
  if (x.kind !== 'Ident') return false;
  const variable = fn.pkg.info.objectOf(x);
  if (variable?.kind !== 'var' || variable.role !== 'local') return false;
  const sources = bindingsAround(fn).sources.get(variable) ?? [];
  return sources.length > 0 && sources.every(({ expr }) => unparen(expr).kind === 'CompositeLit');
}
