/**
 * What comparisons say about how a question went.
 *
 *     err != nil                                  it failed, or there is no such thing
 *     resp.StatusCode == http.StatusNotFound      there is no such thing
 *     resp.StatusCode >= 500                      it failed
 *     errors.Is(err, sql.ErrNoRows)               there is no such thing
 *     err == errGone                              known, where this package has made the error itself
 *
 * Such a comparison goes two ways, each with what it says. All other comparisons have one unknown result.
 */
import { loopsAround } from '../flow/loops.ts';
import { placeContaining } from '../flow/places.ts';
import { isErrorType } from '../semantics/method-sets.ts';
import type { Var } from '../semantics/objects.ts';
import { type Expr, type Node, unparen } from '../syntax/ast.ts';
import { madeOf } from './evaluate.ts';
import { ABSENT, ANSWERED, type Context, FAILED, type Frame, type One, STATUS_READ } from './machine.ts';
import { compared, type Question, questionsIn } from './sources.ts';
import { deepData, known, type State } from './state.ts';
import type { Known, Value } from './values.ts';

export interface Operand {
  readonly expr: Expr;
  readonly value: Value;
}

export function compare(
  ctx: Context,
  state: State,
  op: string,
  x: Operand,
  y: Operand,
  at: Expr,
): readonly One[] {
  const { values } = ctx.m;
  const equality = op === '==' || op === '!=';
  const [a, b] = [known(state, x.value), known(state, y.value)];
  if (equality && (a?.kind === 'nil' || b?.kind === 'nil')) {
    const side = b?.kind === 'nil' ? x : y;
    return testNil(ctx, state, side, at).map((one) => negate(ctx, one, op === '!='));
  }
  const sentinel = equality ? (sentinelOf(a, x.value) ?? sentinelOf(b, y.value)) : undefined;
  if (sentinel !== undefined) {
    const side = sentinelOf(a, x.value) === sentinel ? y : x;
    return testError(ctx, state, side.value, sentinel, sentinel.name, at).map((one) =>
      negate(ctx, one, op === '!='),
    );
  }
  const folded = fold(op, a, b);
  if (folded !== undefined)
    return [
      {
        state,
        value: values.value({
          known: { kind: 'bool', value: folded },
          data: values.sources.union(x.value.data, y.value.data),
          control: values.sources.union(x.value.control, y.value.control),
        }),
      },
    ];
  const status = testStatus(ctx, state, op, x, y) ?? testStatus(ctx, state, MIRRORED[op] ?? op, y, x);
  if (status !== undefined) return status;
  const absent = equality ? testAbsent(ctx, state, x, y, at) : undefined;
  if (absent !== undefined) return absent.map((one) => negate(ctx, one, op === '!='));
  const made = madeOf(ctx, state, at, [x.value, y.value]);
  const searching = questionsIn(made.data).some((question) => isTurnedOver(ctx, question));
  return [{ state, value: values.with(made, { data: compared(values.sources, made.data, searching) }) }];
}

/** Is the answer read in a loop in which it is not asked for: line by line, one element after the other? */
function isTurnedOver({ frame, block }: Context, question: Question): boolean {
  const { cfg } = frame.fn;
  const loops = loopsAround(cfg, block);
  if (loops.length === 0) return false;
  let { call, frame: at }: { call: Node; frame: Frame | undefined } = question;
  while (at !== undefined && at !== frame) {
    call = at.call ?? call;
    at = at.parent;
  }
  const asked = at === undefined ? undefined : placeContaining(cfg, call)?.block;
  return asked === undefined || loops.some((loop) => !loop.blocks.includes(asked));
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

function negate(ctx: Context, one: One, turn: boolean): One {
  if (!turn) return one;
  const { value } = one;
  if (value.known?.kind === 'bool')
    return {
      state: one.state,
      value: ctx.m.values.with(value, { known: { kind: 'bool', value: !value.known.value } }),
    };
  return one;
}

function fold(op: string, a: Known | undefined, b: Known | undefined): boolean | undefined {
  const text = (k: Known | undefined) =>
    k?.kind === 'constant' ? k.text : k?.kind === 'bool' ? String(k.value) : undefined;
  const [x, y] = [text(a), text(b)];
  if (x === undefined || y === undefined) return undefined;
  if (op === '==') return x === y;
  if (op === '!=') return x !== y;
  const [m, n] = [numberIn(a), numberIn(b)];
  if (m === undefined || n === undefined) return undefined;
  return holds(m, op, n);
}

function numberIn(k: Known | undefined): number | undefined {
  if (k?.kind !== 'constant') return undefined;
  const n = Number(k.text.replaceAll('"', ''));
  return Number.isFinite(n) && k.text !== '""' ? n : undefined;
}

function holds(m: number, op: string, n: number): boolean {
  switch (op) {
    case '<':
      return m < n;
    case '<=':
      return m <= n;
    case '>':
      return m > n;
    case '>=':
      return m >= n;
    case '==':
      return m === n;
    default:
      return m !== n;
  }
}

export function truth(ctx: Context, state: State, value: boolean, from: Value): One {
  return {
    state,
    value: ctx.m.values.value({ known: { kind: 'bool', value }, data: from.data, control: from.control }),
  };
}

/** Is it nil? For errors, and what can be told, two ways. */
export function testNil(ctx: Context, state: State, { expr, value }: Operand, at: Expr): readonly One[] {
  const { values } = ctx.m;
  const is = known(state, value);
  if (is !== undefined) {
    // What was made here depends on the way that led here, and not on what it was made of.
    const from = value.known === undefined ? value : values.with(value, { data: values.sources.none });
    return [truth(ctx, state, is.kind === 'nil', from)];
  }
  const isError = value.symbol?.errorOf !== undefined || isErrorType(ctx.frame.info.typeOf(expr));
  if (!isError) return [{ state, value: madeOf(ctx, state, at, [value]) }];
  const ways: One[] = [];
  const other = state.fork();
  if (learn(ctx, state, value, true)) ways.push(truth(ctx, state, true, value));
  if (learn(ctx, other, value, false)) ways.push(truth(ctx, other, false, value));
  return ways;
}

/** Notes that an error is, or is not, nil, and what that says of the questions behind it; false if it cannot be. */
export function learn(ctx: Context, state: State, error: Value, isNil: boolean): boolean {
  if (error.symbol !== undefined)
    state.facts.set(error.symbol, isNil ? { kind: 'nil' } : { kind: 'non-nil', sentinels: [], open: true });
  const own = error.symbol?.errorOf;
  if (own !== undefined) {
    if (own.kind === 'response') return state.narrow(own, isNil ? ANSWERED | ABSENT | FAILED : FAILED);
    return state.narrow(own, isNil ? ANSWERED : ABSENT | FAILED);
  }
  if (isNil) return !isMadeOfFailure(state, error);
  // An error that was made from an answer: it could not be read.
  for (const question of questionsIn(ctx.m.values.sources.union(error.data, deepData(state, error))))
    state.fail(question);
  return true;
}

/** `HandleHTTPError(resp)` where the status says failure: whoever makes an error there makes one. */
function isMadeOfFailure(state: State, error: Value): boolean {
  if (!/[eE]rr(?:or)?(?:[A-Z]|$)|^Check(?:Response|Status)/.test(error.symbol?.name ?? '')) return false;
  return questionsIn(error.data).some(
    (question) => ((state.questions.get(question) ?? ANSWERED) & ANSWERED) === 0,
  );
}

/** Narrows all questions that a value comes from, by their status or the kind of their error. */
export function narrowAll(state: State, questions: readonly Question[], ways: number): boolean {
  for (const question of questions) state.mark(question, STATUS_READ);
  return questions.every((question) => state.narrow(question, ways));
}

function sentinelOf(k: Known | undefined, value: Value): Var | undefined {
  if (k?.kind !== 'non-nil' || value.known !== k || k.open) return undefined;
  return k.sentinels.length === 1 ? k.sentinels[0] : undefined;
}

/** Is the error this one, or does it wrap it? `errors.Is(err, target)`, `err == target`. */
export function testError(
  ctx: Context,
  state: State,
  error: Value,
  target: Var | undefined,
  name: string,
  at: Expr,
): readonly One[] {
  const { values, domain } = ctx.m;
  const is = known(state, error);
  const byControl = values.value({ control: error.control });
  if (is?.kind === 'nil') return [truth(ctx, state, false, error.known === undefined ? error : byControl)];
  if (is?.kind === 'non-nil') {
    if (target !== undefined && is.sentinels.includes(target)) return [truth(ctx, state, true, byControl)];
    if (!is.open) return [truth(ctx, state, false, byControl)];
  }
  const questions = questionsIn(error.data);
  if (questions.length === 0) return [{ state, value: madeOf(ctx, state, at, [error]) }];
  const absent = domain.meansAbsent(name);
  const other = state.fork();
  const ways: One[] = [];
  if (learn(ctx, state, error, false) && narrowAll(state, questions, absent ? ABSENT : FAILED))
    ways.push(truth(ctx, state, true, error));
  if (!absent || narrowAll(other, questions, ANSWERED | FAILED)) ways.push(truth(ctx, other, false, error));
  return ways;
}

/** A status of an answer against a number. */
function testStatus(
  ctx: Context,
  state: State,
  op: string,
  x: Operand,
  y: Operand,
): readonly One[] | undefined {
  const { domain, values } = ctx.m;
  const limit = numberIn(known(state, y.value));
  if (limit === undefined) return undefined;
  const of = statusOperand(ctx, x, limit);
  if (of === undefined) return undefined;
  const questions = questionsIn(x.value.data);
  if (questions.length === 0) return undefined;
  let yes = 0;
  let no = 0;
  const equality = op === '==' || op === '!=';
  if (equality && of === 1) {
    // Whoever names one status of success means success: `!= 200` is failure, and so is what a switch leaves over.
    const one = domain.classOf(limit);
    const rest = (ANSWERED | ABSENT | FAILED) & (one === FAILED ? ANSWERED | ABSENT | FAILED : ~one);
    [yes, no] = op === '==' ? [one, rest] : [rest, one];
  } else
    for (const status of domain.statuses) {
      if (holds(Math.floor(status / of), op, limit)) yes |= domain.classOf(status);
      else no |= domain.classOf(status);
    }
  const data = values.with(x.value, {
    data: compared(values.sources, values.sources.union(x.value.data, y.value.data)),
  });
  // A code in the body that contradicts the status of the response is another code: nobody comes here only by the status itself.
  const isBody = !(x.value.symbol?.name ?? '').endsWith('StatusCode');
  const ways: One[] = [];
  for (const [outcome, left] of [
    [true, yes],
    [false, no],
  ] as const) {
    const told = state.fork();
    if (narrowAll(told, questions, left)) ways.push(truth(ctx, told, outcome, data));
    else if (isBody) ways.push(truth(ctx, state.fork(), outcome, data));
  }
  return ways;
}

/** By what the status was divided, if the operand is one. */
function statusOperand(ctx: Context, { expr, value }: Operand, limit: number): number | undefined {
  const { domain } = ctx.m;
  const e = unparen(expr);
  if (e.kind === 'BinaryExpr' && e.op === '/') {
    const by = ctx.frame.info.constantOf(e.y);
    const x = unparen(e.x);
    const name = x.kind === 'SelectorExpr' ? x.sel.name : x.kind === 'Ident' ? x.name : '';
    return by?.kind === 'int' && by.value === 100n && domain.isStatus(name) ? 100 : undefined;
  }
  const name = value.symbol?.name ?? '';
  const written = e.kind === 'SelectorExpr' ? e.sel.name : e.kind === 'Ident' ? e.name : '';
  if (limit < 100 || limit > 599) return undefined;
  return domain.isStatus(name) || domain.isStatus(written) ? 1 : undefined;
}

/** `status.Code(err) == codes.NotFound`, `apiErr.Code() == "ResourceNotFound"`: a name that says that there is none. */
function testAbsent(
  ctx: Context,
  state: State,
  x: Operand,
  y: Operand,
  at: Expr,
): readonly One[] | undefined {
  for (const [side, other] of [
    [x, y],
    [y, x],
  ] as const) {
    const questions = questionsIn(side.value.data);
    if (questions.length === 0 || !ctx.m.domain.meansAbsent(nameOf(ctx, state, other))) continue;
    const apart = state.fork();
    const ways: One[] = [];
    if (narrowAll(state, questions, ABSENT)) ways.push(truth(ctx, state, true, side.value));
    ways.push({ state: apart, value: madeOf(ctx, apart, at, [side.value]) });
    return ways.map((one) =>
      one.value.known === undefined ? truth(ctx, one.state, false, side.value) : one,
    );
  }
  return undefined;
}

function nameOf(ctx: Context, state: State, { expr, value }: Operand): string {
  const e = unparen(expr);
  if (e.kind === 'SelectorExpr') return e.sel.name;
  if (e.kind === 'Ident' && ctx.frame.info.objectOf(e)?.kind !== 'var') return e.name;
  const k = known(state, value);
  return k?.kind === 'constant' ? k.text : '';
}
