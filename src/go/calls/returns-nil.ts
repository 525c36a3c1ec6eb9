/**
 * Does a function return nil only, whatever happens?
 *
 *     func (r *recorder) flush() error { r.add(end); return nil }     // yes
 *     g.Go(func() error { return r.flush() })                         // yes: what it calls does
 *
 * Its last result is meant. Proven from syntax and the bodies of project functions; a variable is never taken for nil, and a named result
 * that is assigned anywhere, in a deferred literal too, is not.
 */
import { isReachable } from '../flow/graph.ts';
import type { GoFunction } from '../package.ts';
import { type Expr, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';

export function returnsNilOnly(start: GoFunction): boolean {
  const seen = new Set<GoFunction>([start]);
  for (const fn of seen) if (!ownReturnsNil(fn, (callee) => void seen.add(callee))) return false;
  return true;
}

/** `rely`: takes the functions that must return nil only for this one to do so. */
function ownReturnsNil(fn: GoFunction, rely: (callee: GoFunction) => void): boolean {
  const last = fn.results.at(-1);
  if (last === undefined) return false;
  if (last.ident !== undefined && isAssigned(fn)) return false;
  const { cfg } = fn;
  for (const block of cfg.blocks) {
    if (!isReachable(cfg, block)) continue;
    for (const node of block.nodes) {
      if (node.kind !== 'ReturnStmt') continue;
      const value = node.results.at(-1);
      if (value !== undefined && !isNil(fn, value, rely)) return false;
    }
  }
  return true;
}

function isNil(fn: GoFunction, value: Expr, rely: (callee: GoFunction) => void): boolean {
  const x = unparen(value);
  if (x.kind === 'Ident') return fn.pkg.info.objectOf(x)?.kind === 'nil';
  if (x.kind !== 'CallExpr') return false;
  const callee = fn.pkg.program.calleeOf(x);
  const bodies =
    callee.kind === 'function' ? [callee.body] : callee.kind === 'closure' ? callee.functions : [undefined];
  for (const body of bodies) {
    if (body === undefined) return false;
    rely(body);
  }
  return true;
}

/** Is the last result written, or its address taken? */
function isAssigned(fn: GoFunction): boolean {
  const result = fn.results.at(-1);
  const { info } = fn.pkg;
  const isResult = (e: Expr): boolean => {
    const x = unparen(e);
    return x.kind === 'Ident' && info.objectOf(x) === result;
  };
  let found = false;
  walk(
    fn.body,
    (node) => {
      if (node.kind === 'AssignStmt') found ||= node.lhs.some(isResult);
      else if (node.kind === 'UnaryExpr' && node.op === '&') found ||= isResult(node.x);
    },
    { literals: true },
  );
  return found;
}
