/**
 * Is each group limited before its first Go, and to what?
 *
 * Several faults of one limit are one finding: `limit-after-go` rather than `no-limit` and rather than a judgement of the value,
 * `limit-not-positive` rather than `limit-out-of-range`.
 */
import type { GoPackage } from '../../go/package.ts';
import type { CallExpr, Expr } from '../../go/syntax/ast.ts';
import { bit, FRESH, LIMITED_RUNNING, UNLIMITED_RUNNING } from '../../integrations/groups.ts';
import type { Finding } from '../../model/finding.ts';
import type { Note } from '../../model/location.ts';
import type { Group, GroupCall } from './calls.ts';
import { limitFix } from './fixes.ts';
import type { Context } from './index.ts';

const UNLIMITED = bit(FRESH) | bit(UNLIMITED_RUNNING);
const RUNNING = bit(UNLIMITED_RUNNING) | bit(LIMITED_RUNNING);

/** How many places of one kind are named. */
const MAX_RELATED = 3;

export function judgeLimits(
  pkg: GoPackage,
  groups: readonly Group[],
  calls: readonly GroupCall[],
  context: Context,
): readonly Finding[] {
  const { locate } = context;
  const findings: Finding[] = [];
  const late = new Map<CallExpr, { readonly group: Group; readonly started: readonly Note[] }>();
  for (const group of groups) {
    const starts = group.operations.filter(({ method }) => method === 'Go' || method === 'TryGo');
    const limits = group.operations.filter(
      ({ method, detached }) => method === 'SetLimit' && detached !== 'defer',
    );
    const unlimited = starts.filter(({ states }) => (states & UNLIMITED) !== 0);
    const tooLate = limits.filter(({ states }) => (states & RUNNING) !== 0);
    for (const { call, states } of tooLate) {
      const before = (states & bit(UNLIMITED_RUNNING)) !== 0 ? unlimited : starts;
      if (!late.has(call))
        late.set(call, { group, started: notes(before, 'Go comes before the limit', context) });
    }
    if (group.parameter || unlimited.length === 0) continue;
    if (tooLate.some(({ states }) => (states & bit(UNLIMITED_RUNNING)) !== 0)) continue;
    // Of several groups in a container each is limited in a loop, which the graph may leave out.
    if (group.creation.many === true && limits.length > 0) continue;
    const related = [
      ...notes(unlimited, 'Go without a limit', context),
      ...notes(limits, 'this SetLimit is not on every path to it', context),
    ];
    const where = limits.length > 0 ? ' on some path' : '';
    const fix = limitFix(pkg, group, unlimited, context);
    findings.push(
      context.finding('no-limit', locate(group.at), { group: group.name, where }, { related, fixes: fix }),
    );
  }
  for (const [call, { group, started }] of late)
    findings.push(
      context.finding('limit-after-go', locate(call), { group: group.name }, { related: started }),
    );
  const values = new Map<CallExpr, { readonly name: string; readonly arg: Expr | undefined }>();
  for (const { call, receiver, args, method } of calls)
    if (method === 'SetLimit') values.set(call, { name: pkg.program.files.textOf(receiver), arg: args[0] });
  for (const group of groups)
    for (const { method, call, args } of group.operations)
      if (method === 'SetLimit' && !values.has(call) && isHere(pkg, call))
        values.set(call, { name: group.name, arg: args[0] });
  for (const [call, { name, arg }] of values) {
    if (late.has(call) || arg === undefined) continue;
    const found = judgeValue(pkg, call, name, arg, context);
    if (found !== undefined) findings.push(found);
  }
  return findings;
}

function judgeValue(
  pkg: GoPackage,
  call: CallExpr,
  group: string,
  arg: Expr,
  context: Context,
): Finding | undefined {
  const constant = pkg.info.constantOf(arg);
  if (constant?.kind !== 'int') return undefined;
  const { minLimit, maxLimit } = context.options;
  const range = { min: `${minLimit}`, max: `${maxLimit}` };
  const written = pkg.program.files.textOf(arg);
  const value = written === `${constant.value}` ? written : `${written} = ${constant.value}`;
  if (constant.value <= 0n) {
    const effect =
      constant.value === 0n ? 'the first Go blocks for ever' : 'a negative limit is no limit at all';
    return context.finding('limit-not-positive', context.locate(call), { group, value, effect, ...range });
  }
  if (constant.value >= BigInt(minLimit) && constant.value <= BigInt(maxLimit)) return undefined;
  return context.finding('limit-out-of-range', context.locate(call), { group, value, ...range });
}

function notes(
  operations: readonly { readonly call: CallExpr }[],
  text: string,
  { locate }: Context,
): readonly Note[] {
  return operations.slice(0, MAX_RELATED).map(({ call }) => ({ at: locate(call), text }));
}

export function isHere(pkg: GoPackage, call: CallExpr): boolean {
  return pkg.program.packageAt(call.pos) === pkg;
}
