/**
 * The ways out of a loop, and what each of them proves (go-api-code.md, C4).
 *
 *     for next != "" {                        // cursor: a bare condition on the cursor
 *       if err != nil { return err }          // error: proves nothing
 *       if pages >= maxPages { break }        // cap: proves that it ends
 *       if !page.HasMore { return nil }       // signal: proves that it ends where the API says so
 *       if d.Name == wanted { return nil }    // hit: it may never come
 *     }
 *
 * A flag is traced to where the turn sets it; a helper's verdict to what it is made of. A way out that is only open after an error is an
 * error's.
 */

import type { Access } from '../../go/flow/accesses.ts';
import type { Edge, Place } from '../../go/flow/cfg.ts';
import { nilTest } from '../../go/flow/conditions.ts';
import { definitionsAt } from '../../go/flow/definitions.ts';
import { decisionsAt } from '../../go/flow/facts.ts';
import type { Location } from '../../go/provenance/origins.ts';
import { type CallExpr, type Expr, type Ident, type Stmt, unparen } from '../../go/syntax/ast.ts';
import { judgeCall } from './calls.ts';
import { judgeComparison, opposite } from './comparisons.ts';
import type { Cursor } from './cursors.ts';
import { isErrorOperand, isFailedStatus } from './errors.ts';
import { type Roles, rolesOf } from './roles.ts';
import type { Requests } from './tracking.ts';
import type { Turn } from './turn.ts';

export type SignalForm =
  | 'flag'
  | 'token'
  | 'total'
  | 'short page'
  | 'empty page'
  | 'sentinel'
  | 'not found'
  | 'pager';

export type Verdict =
  /** A bound of the loop's own: pages or items, a budget of time, cursors that were seen. */
  | {
      readonly kind: 'cap' | 'budget' | 'seen';
      readonly at: Expr;
      /** The bound is the length of a local list. */
      readonly local: boolean;
    }
  | {
      readonly kind: 'signal';
      readonly at: Expr;
      readonly form: SignalForm;
      readonly names: readonly string[];
    }
  /** A bare condition on the cursor. */
  | { readonly kind: 'cursor'; readonly at: Expr }
  /** A call out of sight decides. */
  | { readonly kind: 'unseen'; readonly at: Expr; readonly call: CallExpr; readonly truth: boolean }
  | {
      readonly kind: 'error' | 'context' | 'yield' | 'hit' | 'local' | 'fixed' | 'other';
      readonly at: Expr | undefined;
    };

export interface Exit {
  readonly edge: Edge;
  readonly verdicts: readonly Verdict[];
}

/** What judging conditions needs to know. */
export interface Court {
  readonly turn: Turn;
  readonly requests: Requests;
  readonly cursors: readonly Cursor[];
}

export function exitsOf(court: Court): readonly Exit[] {
  const { repetition } = court.turn;
  const quiet = blocksWithoutError(court);
  return repetition.exits.map((edge) => {
    const verdicts = withOtherOperands(court, edge, judgeEdge(court, edge, 0));
    // After an error only what the error itself says counts.
    if (!quiet.has(edge.from) && !verdicts.some((v) => v.kind === 'signal' && isOfError(v.form)))
      return { edge, verdicts: [{ kind: 'error', at: verdicts[0]?.at }] };
    return { edge, verdicts };
  });
}

/** `limit > 0 && n >= limit`: where one operand says nothing, the others of the same condition may. */
function withOtherOperands(court: Court, edge: Edge, verdicts: readonly Verdict[]): readonly Verdict[] {
  if (verdicts.some((v) => v.kind !== 'fixed') || !('cond' in edge.why)) return verdicts;
  const { fn, inside } = court.turn.repetition;
  const place: Place = { block: edge.from, index: Math.max(0, edge.from.nodes.length - 1) };
  const found: Verdict[] = [];
  let right: Expr = edge.why.cond;
  for (const decision of decisionsAt(fn.cfg, place)) {
    const { why } = decision;
    if (!inside.has(decision.from) || !('cond' in why) || !isSameCondition(court, why.cond, right)) break;
    found.push(...judgeEdge(court, decision, 0));
    right = why.cond;
  }
  return [...verdicts, ...found];
}

/** Do two operands stand side by side in one condition? */
function isSameCondition(court: Court, left: Expr, right: Expr): boolean {
  if (left.end > right.pos) return false;
  const between = court.turn.repetition.fn.pkg.program.files.textOf({ pos: left.end, end: right.pos });
  return /^[\s()!]*(?:&&|\|\|)[\s()!]*$/.test(between);
}

function isOfError(form: SignalForm): boolean {
  return form === 'sentinel' || form === 'not found';
}

/** The blocks of the turn that control can come to without an error. */
function blocksWithoutError({ turn }: Court): ReadonlySet<Edge['from']> {
  const { repetition } = turn;
  const reached = new Set([repetition.head]);
  for (const block of reached) {
    for (const edge of block.succs) {
      if (repetition.inside.has(edge.to) && !isErrorEdge(turn, edge)) reached.add(edge.to);
    }
  }
  return reached;
}

/** Is the edge taken where something has failed: `err != nil`, a status other than success? */
export function isErrorEdge(turn: Turn, edge: Edge): boolean {
  const test = nilTest(edge.why);
  if (test !== undefined) return !test.isNil && isErrorOperand(turn.repetition.fn.pkg.info, test.x);
  return isFailedStatus(turn.repetition.fn.pkg.info, edge.why);
}

export function judgeEdge(court: Court, edge: Edge, depth: number): readonly Verdict[] {
  const { why, from } = edge;
  const place: Place = { block: from, index: Math.max(0, from.nodes.length - 1) };
  switch (why.kind) {
    case 'true':
    case 'false':
      return judge(court, why.cond, why.kind === 'true', place, depth);
    case 'case':
    case 'not-case':
      return judgeComparison(court, why.kind === 'case' ? '==' : '!=', why.tag, why.value, why.value, place);
    case 'type-case':
    case 'not-type-case':
      return judgeRoles(rolesOf(court.turn, court.requests, why.x, place), why.x, true);
    case 'range-done':
      return why.stmt === court.turn.repetition.stmt
        ? [{ kind: 'cap', at: why.stmt.x, local: false }]
        : [{ kind: 'other', at: why.stmt.x }];
    case 'select':
      return [judgeSelect(court, why.clause.comm)];
    default:
      return [{ kind: 'other', at: undefined }];
  }
}

/** What it proves that the loop is left where the condition is `truth`. */
export function judge(court: Court, cond: Expr, truth: boolean, place: Place, depth = 0): readonly Verdict[] {
  const x = unparen(cond);
  if (depth > MAX_DEPTH) return [{ kind: 'other', at: x }];
  if (x.kind === 'UnaryExpr' && x.op === '!') return judge(court, x.x, !truth, place, depth + 1);
  if (x.kind === 'BinaryExpr') {
    if (x.op === '&&' || x.op === '||') {
      return [...judge(court, x.x, truth, place, depth + 1), ...judge(court, x.y, truth, place, depth + 1)];
    }
    return judgeComparison(court, truth ? x.op : opposite(x.op), x.x, x.y, x, place);
  }
  if (x.kind === 'CallExpr') return judgeCall(court, x, truth, place);
  if (x.kind === 'IndexExpr' && isRecordedIn(court.turn, x.x)) return [{ kind: 'seen', at: x, local: false }];
  if (x.kind === 'Ident') return judgeFlag(court, x, truth, place, depth);
  const roles = rolesOf(court.turn, court.requests, x, place);
  if (roles.fixed) {
    const guarded = guardsOfField(court, x, truth, place, depth);
    if (guarded.length > 0) return guarded;
  }
  return judgeRoles(roles, x, truth);
}

const MAX_DEPTH = 6;

/** A boolean variable: what the turn gives it, and when. */
function judgeFlag(
  court: Court,
  ident: Ident,
  truth: boolean,
  place: Place,
  depth: number,
): readonly Verdict[] {
  const { turn } = court;
  const variable = turn.repetition.fn.pkg.info.objectOf(ident);
  if (variable?.kind !== 'var') return [{ kind: 'fixed', at: ident }];
  const inside = definitionsAt(turn.variables, place, variable).filter(
    (d) => turn.repetition.inside.has(d.place.block) && d.place.index >= 0,
  );
  if (inside.length === 0) {
    const roles = rolesOf(turn, court.requests, ident, place);
    return judgeRoles(roles, ident, truth);
  }
  const verdicts = inside.flatMap((d) => judgeDefinition(court, d, inside, ident, truth, depth));
  return verdicts.length > 0 ? verdicts : [{ kind: 'fixed', at: ident }];
}

function judgeDefinition(
  court: Court,
  definition: Access,
  all: readonly Access[],
  ident: Ident,
  truth: boolean,
  depth: number,
): readonly Verdict[] {
  const { place, value, result } = definition;
  const { info } = court.turn.repetition.fn.pkg;
  const constant = constantBool(info, definition);
  if (constant === truth) {
    const guards = guardsAt(court, place, depth);
    if (guards.length > 0) return guards;
    // Set in every turn, and taken back where some element fits: the loop is left where none does.
    const taken = all.filter((other) => constantBool(info, other) === !truth);
    const hits = taken.flatMap((other) => guardsAt(court, other.place, depth));
    return hits.some((v) => v.kind === 'hit') ? [{ kind: 'signal', at: ident, form: 'flag', names: [] }] : [];
  }
  if (constant !== undefined) return [];
  if (value === undefined) return [{ kind: 'other', at: ident }];
  if (result < 0) return judge(court, value, truth, place, depth + 1).map((v) => inHeader(court, v, place));
  const x = unparen(value);
  // `_, ok := seen[cursor]`
  if (x.kind === 'IndexExpr' && isRecordedIn(court.turn, x.x)) return [{ kind: 'seen', at: x, local: false }];
  const behind = { block: place.block, index: place.index + 1 };
  const roles = rolesOf(court.turn, court.requests, ident, behind);
  return judgeRoles(roles, ident, truth);
}

/** A flag that is set in the loop's header says no more than the header would. */
function inHeader(court: Court, verdict: Verdict, place: Place): Verdict {
  const { stmt } = court.turn.repetition;
  const node = place.block.nodes[place.index];
  const isPost = stmt?.kind === 'ForStmt' && stmt.post !== undefined && node === stmt.post;
  return isPost && verdict.kind === 'signal' && verdict.form === 'token'
    ? { kind: 'cursor', at: verdict.at }
    : verdict;
}

function constantBool(
  info: Court['turn']['repetition']['fn']['pkg']['info'],
  { value, result, kind }: Access,
): boolean | undefined {
  if (value === undefined) return kind === 'declare' ? false : undefined;
  if (result >= 0) return undefined;
  const constant = info.constantOf(value);
  return constant?.kind === 'bool' ? constant.value : undefined;
}

/** The decisions of the turn that lead to a place. */
export function guardsAt(court: Court, place: Place, depth: number): readonly Verdict[] {
  const { fn, inside } = court.turn.repetition;
  if (depth > MAX_DEPTH) return [];
  return decisionsAt(fn.cfg, place)
    .filter((edge) => inside.has(edge.from))
    .flatMap((edge) => judgeEdge(court, edge, depth + 1))
    .filter((v) => v.kind !== 'cursor');
}

/** `s.done = true`: where the turn writes that constant to the field. */
function guardsOfField(
  court: Court,
  x: Expr,
  truth: boolean,
  place: Place,
  depth: number,
): readonly Verdict[] {
  const { turn } = court;
  const { info } = turn.repetition.fn.pkg;
  const read = new Set<Location>();
  for (const o of turn.flow.origins(x, place).own) if (o.location !== undefined) read.add(o.location);
  return turn.writes.flatMap((w) => {
    const node = w.place.block.nodes[w.place.index];
    if (w.how !== 'assign' || !read.has(w.location) || node?.kind !== 'AssignStmt') return [];
    const constants = node.rhs.map((value) => info.constantOf(value));
    return constants.some((c) => c?.kind === 'bool' && c.value === truth)
      ? guardsAt(court, w.place, depth)
      : [];
  });
}

/** Is the map, or set, one that the turn writes to? */
export function isRecordedIn(turn: Turn, map: Expr): boolean {
  const x = unparen(map);
  const object = x.kind === 'Ident' ? turn.repetition.fn.pkg.info.objectOf(x) : undefined;
  const type = turn.repetition.fn.pkg.info.typeOf(x);
  const t = type.kind === 'named' ? type.underlying : type;
  if (t.kind !== 'map' && t.kind !== 'unknown') return false;
  const name = x.kind === 'SelectorExpr' ? x.sel.name : undefined;
  return turn.writes.some(
    ({ location, how }) =>
      (how === 'assign' || how === 'set') &&
      location.field.startsWith('[') &&
      ((object !== undefined && location.cell === object) ||
        (name !== undefined && location.parent?.field === name)),
  );
}

function judgeSelect(court: Court, comm: Stmt | undefined): Verdict {
  const received = receivedIn(comm);
  if (received === undefined) return { kind: 'other', at: undefined };
  const x = unparen(received);
  if (x.kind === 'CallExpr') return { kind: 'context', at: x };
  // A timer that was started before the loop is a budget; `time.After` in the select is only a pause.
  const { whole, repetition } = court.turn;
  const entry = { block: repetition.head, index: 0 };
  for (const o of whole.origins(x, entry).deep) {
    if (o.kind !== 'call') continue;
    const callee = repetition.fn.pkg.program.calleeOf(o.node as CallExpr);
    if (
      callee.kind === 'function' &&
      callee.func.pkg.path === 'time' &&
      /^(?:After|NewTimer)$/.test(callee.func.name)
    )
      return { kind: 'budget', at: x, local: false };
  }
  return { kind: 'context', at: x };
}

/** The channel that a case of a select receives from. */
export function receivedIn(comm: Stmt | undefined): Expr | undefined {
  const e = comm?.kind === 'ExprStmt' ? comm.x : comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const x = e && unparen(e);
  return x?.kind === 'UnaryExpr' && x.op === '<-' ? x.x : undefined;
}

/** A value that is a verdict by itself: a flag of the answer, the result of a helper. */
export function judgeRoles(roles: Roles, at: Expr, truth: boolean): readonly Verdict[] {
  const [callback] = roles.callbacks;
  if (roles.answer && !roles.onlyElements) {
    if (roles.names.some((name) => FAILURE.test(name)) && !roles.counter) return [{ kind: 'error', at }];
    return [{ kind: 'signal', at, form: roles.counter ? 'total' : 'flag', names: roles.names }];
  }
  if (roles.counter) return [{ kind: 'cap', at, local: false }];
  if (roles.answer)
    return [truth ? { kind: 'hit', at } : { kind: 'signal', at, form: 'flag', names: roles.names }];
  if (callback !== undefined) return [{ kind: 'unseen', at, call: callback, truth }];
  if (roles.time) return [{ kind: 'budget', at, local: false }];
  if (roles.shrinking || roles.received) return [{ kind: 'local', at }];
  return [{ kind: 'fixed', at }];
}

/** Fields of answers that say whether the request went well. */
const FAILURE = /^(?:err(?:or|ors|orCode|orMessage|_code)?|success|ok|failed|failure)$/i;
