/**
 * What is asked of a function's graph again and again while it is interpreted, found out once per function.
 */
import { variablesOf } from '../flow/accesses.ts';
import type { Cfg } from '../flow/cfg.ts';
import { isNamedAfter } from '../flow/liveness.ts';
import { startOf } from '../flow/places.ts';
import type { GoFunction } from '../package.ts';
import type { Var } from '../semantics/objects.ts';
import { type Expr, type Ident, type RangeStmt, type Stmt, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import type { Plan } from './machine.ts';

const known = new WeakMap<Cfg, Plan>();

export function planOf(fn: GoFunction): Plan {
  const { cfg } = fn;
  let plan = known.get(cfg);
  if (plan === undefined) {
    plan = makePlan(fn, cfg);
    known.set(cfg, plan);
  }
  return plan;
}

function makePlan(fn: GoFunction, cfg: Cfg): Plan {
  const variables = variablesOf(cfg, fn.pkg.info);
  const live = cfg.blocks.map((block) => {
    const start = startOf(block);
    return new Set<Var>(variables.variables.filter((v) => isNamedAfter(variables, start, v)));
  });
  const kept = new Set<Expr>();
  const ranges = new Map<Expr, RangeStmt>();
  const binds = new Set<Ident>();
  for (const block of cfg.blocks) {
    for (const node of block.nodes)
      if (node.kind === 'TypeSwitchStmt' && node.bind !== undefined) binds.add(node.bind);
    for (const { why } of block.succs) {
      if (why.kind === 'case') kept.add(why.tag);
      if (why.kind === 'type-case' || why.kind === 'not-type-case') kept.add(why.x);
      if (why.kind === 'range-next') {
        kept.add(why.stmt.x);
        ranges.set(why.stmt.x, why.stmt);
      }
    }
  }
  const thinning = new Set([...ranges.values()].filter(thins));
  return { live, kept, ranges, thinning, binds, recovers: fn.body.stmts.some(recovers) };
}

/** `defer func() { if r := recover(); … }()` at the top of the function. */
function recovers(stmt: Stmt): boolean {
  if (stmt.kind !== 'DeferStmt') return false;
  const call = unparen(stmt.call);
  if (call.kind !== 'CallExpr') return false;
  let found = false;
  walk(
    call,
    (node) => {
      if (node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'recover') found = true;
      return !found;
    },
    { literals: true },
  );
  return found;
}

/** Does the loop's body delete something, or set an element to nil? */
function thins({ body }: RangeStmt): boolean {
  let found = false;
  walk(body, (node) => {
    if (node.kind === 'CallExpr' && node.fun.kind === 'Ident' && node.fun.name === 'delete') found = true;
    if (node.kind === 'AssignStmt')
      found ||= node.lhs.some((x, i) => unparen(x).kind === 'IndexExpr' && isNil(node.rhs[i]));
    return !found;
  });
  return found;
}

function isNil(e: Expr | undefined): boolean {
  return e?.kind === 'Ident' && e.name === 'nil';
}
