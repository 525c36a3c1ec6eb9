/**
 * Comparisons that lead out of a loop: of a counter with a bound, of an answer with what it should be.
 */
import type { Place } from '../../go/flow/cfg.ts';
import { definitionsAt } from '../../go/flow/definitions.ts';
import { type Expr, unparen } from '../../go/syntax/ast.ts';
import { isErrorOperand, statusTest } from './errors.ts';
import { type Court, guardsAt, judge, type Verdict } from './exits.ts';
import { type Roles, rolesOf } from './roles.ts';
import { judgeBehind, judgeSentinel } from './sentinels.ts';

const OPPOSITE: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

export function opposite(op: string): string {
  return OPPOSITE[op] ?? op;
}

/** What it proves that the loop is left where `left op right`. `at` is what evidence shows. */
export function judgeComparison(
  court: Court,
  op: string,
  left: Expr,
  right: Expr,
  at: Expr,
  place: Place,
): readonly Verdict[] {
  const { turn, requests } = court;
  const { info } = turn.repetition.fn.pkg;
  for (const [operand, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (isErrorOperand(info, operand)) {
      if (!isNil(other))
        return op === '==' ? judgeSentinel(court, operand, at, place) : [{ kind: 'other', at }];
      return op === '!='
        ? [{ kind: 'error', at }, ...judgeBehind(court, operand, at, place)]
        : [{ kind: 'other', at }];
    }
    const truth = info.constantOf(other);
    if (truth?.kind === 'bool') return judge(court, operand, (op === '==') === truth.value, place, 1);
  }
  const status = statusTest(info, op, left, right);
  if (status === 'gone') return [{ kind: 'signal', at, form: 'not found', names: [] }];
  if (status !== undefined) return [{ kind: status === 'well' ? 'other' : 'error', at }];

  const [a, b] = [rolesOf(turn, requests, left, place), rolesOf(turn, requests, right, place)];
  for (const roles of [a, b]) {
    const [call] = roles.callbacks;
    if (call !== undefined && !roles.answer && !roles.counter)
      return [{ kind: 'unseen', at, call, truth: op === '==' }];
  }
  if (a.time || b.time) return [{ kind: 'budget', at, local: false }];
  // Two counters that meet (a binary search) need nobody to tell them.
  if (a.counter && b.counter) return [{ kind: 'local', at }];
  if (a.counter) return [counterVerdict(court, b, at, right)];
  if (b.counter) return [counterVerdict(court, a, at, left)];
  if (a.answer && b.answer) return [{ kind: 'signal', at, form: 'total', names: [...a.names, ...b.names] }];
  if (a.answer) return judgeAnswer(court, op, left, a, right, at, place);
  if (b.answer) return judgeAnswer(court, MIRRORED[op] ?? op, right, b, left, at, place);
  if (a.shrinking || b.shrinking || a.received || b.received) return [{ kind: 'local', at }];
  return [{ kind: 'fixed', at }];
}

/** A counter has reached something: a bound, or a total that the API has named. */
function counterVerdict(court: Court, other: Roles, at: Expr, bound: Expr): Verdict {
  if (other.answer) return { kind: 'signal', at, form: 'total', names: other.names };
  if (other.shrinking || other.received) return { kind: 'local', at };
  // A list that was fetched before is worked off here, whoever has made it.
  if (isLengthOfList(bound)) return { kind: 'cap', at, local: true };
  const names = answeredBefore(court, bound);
  if (names !== undefined) return { kind: 'signal', at, form: 'total', names };
  return { kind: 'cap', at, local: false };
}

/** Was the bound answered before the loop: `for page := 2; page <= first.LastPage; page++`? */
function answeredBefore({ turn }: Court, bound: Expr): readonly string[] | undefined {
  const { whole, repetition } = turn;
  if (repetition.kind === 'recursion') return undefined;
  const names: string[] = [];
  let answered = false;
  for (const o of whole.origins(bound, { block: repetition.head, index: 0 }).own) {
    if (o.kind !== 'answer') continue;
    answered = true;
    names.push(...o.path);
  }
  return answered ? names : undefined;
}

function isLengthOfList(bound: Expr): boolean {
  const x = unparen(bound);
  if (x.kind !== 'CallExpr') return false;
  return x.fun.kind === 'Ident' && (x.fun.name === 'len' || x.fun.name === 'cap');
}

/** Something of the answer is compared with what does not change. */
function judgeAnswer(
  court: Court,
  op: string,
  answer: Expr,
  roles: Roles,
  other: Expr,
  at: Expr,
  place: Place,
): readonly Verdict[] {
  const { info } = court.turn.repetition.fn.pkg;
  if (roles.length) {
    const empty = isEmpty(info, other) || (op === '<' && isOne(info, other));
    if (isTextLength(info, answer)) {
      return op === '==' || op === '<' || op === '<='
        ? tokenVerdicts(court, answer, roles, at, place)
        : [{ kind: 'hit', at }];
    }
    const small = op === '<' || op === '<=' || (op === '==' && empty) || (op === '!=' && !empty);
    if (!small) return [{ kind: 'hit', at }];
    return [{ kind: 'signal', at, form: empty ? 'empty page' : 'short page', names: roles.names }];
  }
  if (isEmpty(info, other)) {
    const ends = op === '==' || op === '<=' || op === '<';
    if (roles.names.some((name) => /err/i.test(name))) return [{ kind: 'error', at }];
    return ends ? tokenVerdicts(court, answer, roles, at, place) : [{ kind: 'hit', at }];
  }
  if (roles.onlyElements) return [{ kind: 'hit', at }];
  if (op === '!=' && roles.names.some((name) => /^(?:.*code|.*status|success|ok|ret)$/i.test(name)))
    return [{ kind: 'error', at }];
  return [{ kind: 'signal', at, form: op === '==' || op === '!=' ? 'flag' : 'total', names: roles.names }];
}

/** The token is empty: in the loop's own condition that is the cursor's condition, in its body a signal. */
function tokenVerdicts(court: Court, token: Expr, roles: Roles, at: Expr, place: Place): readonly Verdict[] {
  const { stmt } = court.turn.repetition;
  const header =
    stmt?.kind === 'ForStmt' && stmt.cond !== undefined && stmt.cond.pos <= at.pos && at.end <= stmt.cond.end;
  if (!header) return [{ kind: 'signal', at, form: 'token', names: roles.names }];
  return [{ kind: 'cursor', at }, ...whereCleared(court, token, place)];
}

/** Where the turn itself clears the cursor, `else { next = "" }`: what has decided that, ends the loop. */
function whereCleared(court: Court, token: Expr, place: Place): readonly Verdict[] {
  const { turn } = court;
  const { info } = turn.repetition.fn.pkg;
  const x = unparen(token);
  const variable = x.kind === 'Ident' ? info.objectOf(x) : undefined;
  if (variable?.kind !== 'var') return [];
  return definitionsAt(turn.variables, place, variable).flatMap((d) => {
    const inside =
      turn.repetition.inside.has(d.place.block) && d.value !== undefined && isEmpty(info, d.value);
    return inside ? guardsAt(court, d.place, 1) : [];
  });
}

function isNil(e: Expr): boolean {
  const x = unparen(e);
  return x.kind === 'Ident' && x.name === 'nil';
}

function isEmpty(info: Court['turn']['repetition']['fn']['pkg']['info'], e: Expr): boolean {
  if (isNil(e)) return true;
  const constant = info.constantOf(e);
  return (
    (constant?.kind === 'string' && constant.value === '') ||
    (constant?.kind === 'int' && constant.value === 0n)
  );
}

function isOne(info: Court['turn']['repetition']['fn']['pkg']['info'], e: Expr): boolean {
  const constant = info.constantOf(e);
  return constant?.kind === 'int' && constant.value === 1n;
}

/** `len(token)`, of a text. */
function isTextLength(info: Court['turn']['repetition']['fn']['pkg']['info'], e: Expr): boolean {
  const x = unparen(e);
  if (x.kind !== 'CallExpr' || x.args[0] === undefined) return false;
  const type = info.typeOf(x.args[0]);
  const t = type.kind === 'named' ? type.underlying : type;
  return t.kind === 'basic' && t.name === 'string';
}
