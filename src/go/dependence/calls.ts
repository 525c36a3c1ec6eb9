/**
 * What a call gives back, and what it does to memory.
 *
 *     d, err := getDevice(client, id)     a function of the project: run in place
 *     resp, err := client.Do(req)         a question: its answer and its error, which are known by it
 *     errors.As(err, &answer)             what the standard library says of errors
 *     query.Set("id", asset.CloudId)      out of sight: a method with arguments changes its receiver
 *     json.Unmarshal(body, &resp)         out of sight: what stands behind `&` is written
 *
 * What is out of sight is believed to be ordinary: results are made of the arguments, getters change nothing.
 */
import type { Callee } from '../calls/callee.ts';
import type { GoFunction } from '../package.ts';
import type { Type } from '../semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../syntax/ast.ts';
import { ask } from './ask.ts';
import { evaluateBuiltin } from './builtins.ts';
import { learn, narrowAll, truth } from './conditions.ts';
import { evaluate, evaluateList } from './evaluate.ts';
import {
  ABSENT,
  ANSWERED,
  type CallSite,
  type Context,
  FAILED,
  type Frame,
  newFrame,
  reachedBy,
  type Way,
} from './machine.ts';
import { outside } from './outside.ts';
import { allocate, receiverOf, variableCell } from './places.ts';
import { runFunction } from './run.ts';
import { questionsIn } from './sources.ts';
import { known, type State, writePlace } from './state.ts';
import type { Value } from './values.ts';

const MAX_DEPTH = 40;

/** How often a function is run inside itself. */
const MAX_RECURSION = 2;

/** Receiver and arguments of a call, evaluated. */
export interface Operands {
  readonly call: CallExpr;
  readonly callee: Callee;
  readonly receiver: Value | undefined;
  readonly args: readonly Value[];
}

export function evaluateCall(ctx: Context, state: State, call: CallExpr, count: number): readonly Way[] {
  const { m } = ctx;
  const callee = m.program.calleeOf(call);
  if (callee.kind === 'conversion') return evaluateList(ctx, state, call.args);
  if (callee.kind === 'builtin') return evaluateBuiltin(ctx, state, callee.name, call);
  return operandsOf(ctx, state, call, callee).flatMap(({ state: s, operands, fun }) => {
    const ways = dispatch(ctx, s, operands, fun, count);
    return asksForAbsence(ctx, operands) ? ways.flatMap((way) => tellAbsence(ctx, way, operands)) : ways;
  });
}

function operandsOf(
  ctx: Context,
  state: State,
  call: CallExpr,
  callee: Callee,
): readonly { state: State; operands: Operands; fun: Value | undefined }[] {
  const { info } = ctx.frame;
  let fun = unparen(call.fun);
  if (fun.kind === 'IndexExpr' && info.typeOf(fun.x).kind === 'signature') fun = unparen(fun.x);
  const selection = fun.kind === 'SelectorExpr' ? info.selectionOf(fun) : undefined;
  const named = fun.kind === 'Ident' && info.objectOf(fun)?.kind === 'func';
  let heads: readonly { state: State; receiver?: Value; fun?: Value }[];
  if (fun.kind === 'SelectorExpr' && selection?.kind === 'method')
    heads = receiverOf(ctx, state, fun).map(({ state: s, value }) => ({ state: s, receiver: value }));
  else if (fun.kind === 'SelectorExpr' && selection === undefined && !isPackage(ctx, fun.x))
    heads = evaluate(ctx, state, fun.x).map(({ state: s, value }) => ({ state: s, receiver: value }));
  else if (named || selection?.kind === 'qualified' || selection?.kind === 'method-expression')
    heads = [{ state }];
  else heads = evaluate(ctx, state, fun).map(({ state: s, value }) => ({ state: s, fun: value }));
  return heads.flatMap((head) => {
    // `f(g())`: the results of one call are the arguments of the other.
    const [only] = call.args;
    const inner = only === undefined ? undefined : unparen(only);
    const spread =
      call.args.length === 1 && inner?.kind === 'CallExpr' && info.typeOf(inner).kind === 'tuple';
    const ways = spread
      ? evaluateCall(ctx, head.state, inner as CallExpr, 2)
      : evaluateList(ctx, head.state, call.args);
    return ways.map((way) => ({
      state: way.state,
      operands: { call, callee, receiver: head.receiver, args: way.values },
      fun: head.fun,
    }));
  });
}

function isPackage(ctx: Context, x: Expr): boolean {
  const e = unparen(x);
  return e.kind === 'Ident' && ctx.frame.info.objectOf(e)?.kind === 'package';
}

function dispatch(
  ctx: Context,
  state: State,
  operands: Operands,
  fun: Value | undefined,
  count: number,
): readonly Way[] {
  const { m } = ctx;
  const { call, callee, receiver, args } = operands;
  const meaning = m.domain.meaningOf(call, callee);
  switch (meaning?.kind) {
    case 'harmless':
      return [{ state, values: [m.values.unknown, m.values.unknown] }];
    case 'question':
      return ask(ctx, state, operands, meaning, count);
    case 'refusal':
      return [
        {
          state,
          values: [
            m.values.bool(false),
            m.values.value({ known: { kind: 'non-nil', sentinels: [], open: false } }),
          ],
        },
      ];
    case 'unseen':
      return outside(ctx, state, operands, true);
    default:
  }
  const target = fun === undefined ? undefined : known(state, fun);
  if (target?.kind === 'function')
    return callFunction(ctx, state, call, target.fn, target.scope, target.receiver, args);
  if (target?.kind === 'collector') {
    const before = state.cells.get(target.into);
    args.forEach((arg, i) => {
      const first = before?.parts.has(`${i}`) !== true;
      writePlace(state, m.values.place(target.into, [`${i}`]), arg, first);
    });
    return [{ state, values: [m.values.unknown] }];
  }
  const bodies = bodiesOf(callee);
  if (bodies.length === 0)
    return outside(
      ctx,
      state,
      operands,
      callee.kind === 'value' ||
        callee.kind === 'unknown' ||
        (callee.kind === 'interface' && callee.method.pkg.origin === 'project'),
      fun,
    );
  return bodies.flatMap((body, i) => {
    const s = i === bodies.length - 1 ? state : state.fork();
    const isExpression = receiver === undefined && body.receiver !== undefined && fun === undefined;
    const [self, ...rest] = args;
    const given = isExpression ? rest : args;
    const on = isExpression ? self : callee.kind === 'interface' ? undefined : receiver;
    return callFunction(
      ctx,
      s,
      call,
      body,
      body.parent && scopeOf(ctx.frame, body.parent),
      (on ?? fun?.known?.kind === 'function') ? on : receiver,
      given,
    );
  });
}

function bodiesOf(callee: Callee): readonly GoFunction[] {
  switch (callee.kind) {
    case 'function':
      return callee.body === undefined ? [] : [callee.body];
    case 'closure':
      return callee.functions;
    case 'interface':
      return callee.method.pkg.origin === 'project' && callee.implementations.length === 1
        ? callee.implementations
        : [];
    default:
      return [];
  }
}

function scopeOf(frame: Frame, fn: GoFunction): Frame | undefined {
  for (let f: Frame | undefined = frame; f !== undefined; f = f.parent) if (f.fn === fn) return f;
  return undefined;
}

/** Runs a function in place. None of its ways comes back where it only calls itself. */
export function callFunction(
  ctx: Context,
  state: State,
  call: CallSite,
  fn: GoFunction,
  scope: Frame | undefined,
  receiver: Value | undefined,
  args: readonly Value[],
): readonly Way[] {
  const { m, frame, block } = ctx;
  const { values } = m;
  let active = 0;
  for (let f: Frame | undefined = frame; f !== undefined; f = f.parent) if (f.fn === fn) active++;
  if (active >= MAX_RECURSION) return [];
  if (frame.depth >= MAX_DEPTH) return [{ state, values: [] }];
  const inner = newFrame(m, fn, { frame, call, reached: reachedBy(m, frame, block) }, scope);
  if (fn.receiver !== undefined)
    state.cells.set(variableCell(m, inner, fn.receiver), receiver ?? values.unknown);
  const variadic =
    fn.node.type.params.at(-1)?.variadic === true && call.kind === 'CallExpr' && !call.ellipsis;
  fn.params.forEach((param, i) => {
    let value = args[i] ?? values.unknown;
    if (variadic && i === fn.params.length - 1) {
      const rest = args.slice(i);
      const parts = new Map(rest.length === 0 ? [] : [['[]', rest.reduce(values.join)]]);
      value = allocate(
        { m, frame: inner, block: fn.cfg.entry },
        state,
        fn.node.type,
        values.value({ parts }),
      );
    }
    state.cells.set(variableCell(m, inner, param), value);
  });
  return runFunction(m, inner, state).map(({ state: s, values: results }) => ({ state: s, values: results }));
}

/** `isNotFound(err)`, `strings.Contains(err.Error(), "NoSuchKey")` */
function asksForAbsence({ m }: Context, { call, args }: Operands): boolean {
  const name = calledName(call);
  if (m.domain.meansAbsent(name)) return true;
  if (!/^(?:Contains|HasPrefix|HasSuffix|EqualFold|MatchString)$/.test(name)) return false;
  return args.some(({ known: k }) => k?.kind === 'constant' && m.domain.meansAbsent(k.text));
}

/** A yes says that there is no such thing. */
function tellAbsence(ctx: Context, way: Way, { receiver, args }: Operands): readonly Way[] {
  const { sources } = ctx.m.values;
  const [first, ...more] = way.values;
  const questions = questionsIn(
    sources.union(receiver?.data ?? sources.none, ...args.map((arg) => arg.data)),
  );
  if (first === undefined || questions.length === 0) return [way];
  const is = known(way.state, first);
  if (is !== undefined && is.kind !== 'bool') return [way];
  const ways: Way[] = [];
  for (const answer of is === undefined ? [true, false] : [is.value]) {
    const state = is === undefined ? way.state.fork() : way.state;
    if (answer) {
      const errors = args.filter((arg) => arg.symbol?.errorOf !== undefined);
      if (!errors.every((e) => known(state, e)?.kind === 'non-nil' || learn(ctx, state, e, false))) continue;
      if (!narrowAll(state, questions, ABSENT)) continue;
    } else if (is === undefined && !narrowAll(state, questions, ANSWERED | FAILED)) continue;
    ways.push({ state, values: [truth(ctx, state, answer, first).value, ...more] });
  }
  return ways;
}

export function calledName(call: CallExpr): string {
  let fun = unparen(call.fun);
  if (fun.kind === 'IndexExpr') fun = unparen(fun.x);
  return fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
}

export function isContext(type: Type): boolean {
  return type.kind === 'named' && type.object.name === 'Context' && type.object.pkg.path === 'context';
}
