/**
 * Does somebody wait for each group, and read what Wait returns?
 *
 *     _ = g.Wait()      // dropped: a finding, unless nothing given to the group can fail
 *     go func() { _ = g.Wait(); close(found) }() … return g.Wait()     // the second one reads the same error: none
 */
import { returnsNilOnly } from '../../go/calls/returns-nil.ts';
import { reachableFrom } from '../../go/flow/paths.ts';
import { placeContaining } from '../../go/flow/places.ts';
import type { GoFunction, GoPackage } from '../../go/package.ts';
import { type CallExpr, type Expr, type Node, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Operation } from '../../go/typestate/machine.ts';
import type { Finding } from '../../model/finding.ts';
import type { Group } from './calls.ts';
import type { Context } from './index.ts';
import { isHere } from './limits.ts';

export function judgeWaits(
  pkg: GoPackage,
  groups: readonly Group[],
  context: Context,
): { readonly findings: readonly Finding[]; readonly read: ReadonlySet<CallExpr> } {
  const findings: Finding[] = [];
  const drops = new Map<CallExpr, Group>();
  const read = new Set<CallExpr>();
  for (const group of groups) {
    const starts = group.operations.filter(({ method }) => method === 'Go' || method === 'TryGo');
    const waits = group.operations.filter(({ method }) => method === 'Wait');
    const [first] = starts;
    if (!group.parameter && first !== undefined && waits.length === 0 && !group.outOfSight) {
      if (group.escapes.length === 0 || group.escapes.every(({ how }) => how === 'returned')) {
        const related = [{ at: context.locate(first.call), text: 'started here' }];
        findings.push(
          context.finding('wait-missing', context.locate(group.at), { group: group.name }, { related }),
        );
      }
    }
    const dropped = waits.filter(({ call }) => isDropped(pkg, call));
    const used = waits.filter((wait) => !dropped.includes(wait));
    for (const { call } of used) read.add(call);
    if (group.parameter || dropped.length === 0 || isHarmless(starts)) continue;
    for (const { call } of dropped)
      if (isHere(pkg, call) && !drops.has(call) && !used.some((other) => isReadLater(pkg, call, other.call)))
        drops.set(call, group);
  }
  for (const [call, group] of drops) {
    const [first] = group.operations.filter(({ method }) => method === 'Go' || method === 'TryGo');
    const related =
      first === undefined ? [] : [{ at: context.locate(first.call), text: 'what may fail is started here' }];
    findings.push(
      context.finding('wait-error-ignored', context.locate(call), { group: group.name }, { related }),
    );
  }
  return { findings, read };
}

/** Every function given to the group returns nil only; a group that was given nothing has no error either. */
function isHarmless(starts: readonly Operation[]): boolean {
  return starts.every(({ given, unknown }) => !unknown && given.every(({ fn }) => returnsNilOnly(fn)));
}

const droppedCalls = new WeakMap<GoPackage, ReadonlySet<Expr>>();

/** Is the call a statement, or its result assigned to the blank identifier? */
function isDropped(pkg: GoPackage, call: CallExpr): boolean {
  const home = pkg.program.packageAt(call.pos);
  let found = droppedCalls.get(home);
  if (found === undefined) {
    const calls = new Set<Expr>();
    const visit = (node: Node): void => {
      switch (node.kind) {
        case 'ExprStmt':
          calls.add(unparen(node.x));
          return;
        case 'GoStmt':
        case 'DeferStmt':
          calls.add(unparen(node.call));
          return;
        case 'AssignStmt':
          if (node.lhs.every((x) => x.kind === 'Ident' && x.name === '_'))
            for (const x of node.rhs) calls.add(unparen(x));
          return;
        default:
      }
    };
    for (const fn of [...home.functions, ...home.initializers]) walk(fn.body, visit, { literals: true });
    found = calls;
    droppedCalls.set(home, found);
  }
  return found.has(call);
}

/** May a Wait that reads the error come after this one? In functions that do not enclose each other no order is known: it may. */
function isReadLater(pkg: GoPackage, dropped: CallExpr, used: CallExpr): boolean {
  const { program } = pkg;
  const around = chain(program.functionAt(dropped.pos));
  const other = chain(program.functionAt(used.pos));
  const common = around.find((fn) => other.includes(fn));
  if (common === undefined) return true;
  const { cfg } = common;
  const from = placeIn(common, around, dropped);
  const to = placeIn(common, other, used);
  if (from === undefined || to === undefined) return true;
  // A deferred Wait is executed last: it is the net under another that reads.
  if (from.block === cfg.exit || isDeferredLiteral(common, around)) return true;
  return reachableFrom(cfg, from).has(to);
}

function chain(fn: GoFunction | undefined): readonly GoFunction[] {
  const found: GoFunction[] = [];
  for (let f = fn; f !== undefined; f = f.parent) found.push(f);
  return found;
}

/** Where, in an enclosing function, the call or the literal around it stands. */
function placeIn(common: GoFunction, around: readonly GoFunction[], call: CallExpr) {
  const literal = around[around.indexOf(common) - 1];
  return placeContaining(common.cfg, literal === undefined ? call : literal.node);
}

function isDeferredLiteral(common: GoFunction, around: readonly GoFunction[]): boolean {
  const literal = around[around.indexOf(common) - 1];
  return (
    literal !== undefined &&
    common.cfg.defers.some((d) => d.pos <= literal.node.pos && literal.node.end <= d.end)
  );
}
