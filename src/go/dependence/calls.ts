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
import { isErrorType } from '../semantics/method-sets.ts';
import type { Type } from '../semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../syntax/ast.ts';
import { evaluateBuiltin } from './builtins.ts';
import { learn, narrowAll, truth } from './conditions.ts';
import { knownErrors } from './errors.ts';
import { allocate, evaluate, evaluateList, receiverOf, variableCell } from './evaluate.ts';
import {
  ABSENT,
  ANSWERED,
  type Context,
  FAILED,
  type Frame,
  type Meaning,
  newFrame,
  reachedBy,
  type Way,
} from './machine.ts';
import { runFunction } from './run.ts';
import { answerOf, compared, elementOf, type Question, questionsIn, type Sources } from './sources.ts';
import { deepData, known, pointees, type State, taint, writePlace } from './state.ts';
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
    const name = calledName(call);
    return m.domain.meansAbsent(name) ? ways.flatMap((way) => tellAbsence(ctx, way, operands)) : ways;
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
    args.forEach((arg, i) => {
      writePlace(state, m.values.place(target.into, [`${i}`]), arg, false);
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
  call: CallExpr,
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
        fn.node.type as never,
        values.value({ parts }),
      );
    }
    state.cells.set(variableCell(m, inner, param), value);
  });
  return runFunction(m, inner, state).map(({ state: s, values: results }) => ({ state: s, values: results }));
}

// ---- Questions ----

function ask(
  ctx: Context,
  state: State,
  operands: Operands,
  meaning: Extract<Meaning, { kind: 'question' }>,
  count: number,
): readonly Way[] {
  const { m, frame } = ctx;
  const { values } = m;
  const { sources } = values;
  const { call, callee, receiver, args } = operands;
  const inputs = sources.union(
    receiver === undefined ? sources.none : deepData(state, receiver),
    ...args.map((arg, i) =>
      isContext(frame.info.typeOf(call.args[i] ?? call.fun)) ? sources.none : deepData(state, arg),
    ),
  );
  const key = `${frame.id}.${values.numberOf(call)}`;
  let question: Question | undefined = m.questions.get(key);
  if (question === undefined) {
    question = {
      id: m.questions.size,
      call,
      frame,
      name: meaning.name,
      assumed: meaning.assumed,
      kind: meaning.as,
      inputs,
    };
    m.questions.set(key, question);
  }
  question.inputs = sources.union(question.inputs, inputs);
  state.ask(question);
  const answer = sources.only(answerOf(sources, question));
  const ways = runLiterals(ctx, state, operands, answer);
  const types = resultTypes(ctx, operands, count);
  return ways.map(({ state: s }) => {
    const symbolOf = (name: string, errorOf?: Question) => {
      const symbol = values.symbol(`q${question.id}.${name}`, calledName(call), undefined, errorOf);
      s.renew(symbol);
      return symbol;
    };
    args.forEach((arg, i) => {
      const written = call.args[i] === undefined ? undefined : unparen(call.args[i]);
      const isAddress =
        written?.kind === 'UnaryExpr' && written.op === '&' && unparen(written.x).kind !== 'CompositeLit';
      const params =
        callee.kind === 'function'
          ? callee.func.signature.params
          : callee.kind === 'interface'
            ? callee.method.signature.params
            : [];
      if (!isAddress && !(params[i] !== undefined && isAny(params[i].type))) return;
      for (const place of arg.refs)
        writePlace(
          s,
          place,
          values.value({ symbol: symbolOf(`out${i}`), data: answer }),
          arg.refs.length === 1,
        );
    });
    const results = types.map((type, i) => {
      const isError = type === undefined ? i > 0 && i === types.length - 1 : isErrorType(type);
      return values.value({ symbol: symbolOf(`${i}`, isError ? question : undefined), data: answer });
    });
    return { state: s, values: results };
  });
}

function resultTypes(ctx: Context, { call }: Operands, count: number): readonly (Type | undefined)[] {
  const type = ctx.frame.info.typeOf(call);
  if (type.kind === 'tuple') return type.types;
  if (type.kind !== 'unknown') return [type];
  return Array.from({ length: Math.max(count, 1) }, () => undefined);
}

// ---- Calls out of sight ----

/** Methods that only look. */
const GETTER =
  /^(?:Get|Is|Has|Contains|Equal|String|Lookup|Find|Parse|Resolve|Join|Len|Load|Marshal|Match|Validate|Check|Format|Error|Index|Value|Query|Header|Compare|Lock|Unlock|Close|Done|Wait|Err)(?:[A-Z\d]|$)/;
/** Functions that search a list or text for something. */
const SEARCH = /^(?:Contains|Index|Search|BinarySearch|Find|Has|Any|Some|Lookup|Match)/;

function outside(
  ctx: Context,
  state: State,
  operands: Operands,
  unseen: boolean,
  fun?: Value,
): readonly Way[] {
  const { m, frame } = ctx;
  const { values } = m;
  const { sources } = values;
  const { call, callee, receiver, args } = operands;
  const special = knownErrors(ctx, state, operands);
  if (special !== undefined) return special;
  const isFunction = args.map((arg) => known(state, arg)?.kind === 'function');
  const given = args.map((arg, i) =>
    isFunction[i] || isContext(frame.info.typeOf(call.args[i] ?? call.fun))
      ? sources.none
      : deepData(state, arg),
  );
  const ofReceiver = receiver === undefined ? (fun?.data ?? sources.none) : deepData(state, receiver);
  const brought = elementOf(sources, sources.union(ofReceiver, ...given));
  return runLiterals(ctx, state, operands, brought).map(({ state: s, results }) => {
    let data = sources.union(ofReceiver, ...given, ...results.map((v) => deepData(s, v)));
    const control = sources.union(
      receiver?.control ?? sources.none,
      ...args.map((v) => v.control),
      ...results.map((v) => v.control),
    );
    const asksAbout = data.items.some((x) => x.kind === 'subject');
    if (unseen || (asksAbout && m.domain.mayAsk(call, callee)))
      data = sources.union(
        data,
        sources.only(sources.source(`u${call.pos}`, () => ({ kind: 'unseen', call }))),
      );
    const type = frame.info.typeOf(call);
    const types = type.kind === 'tuple' ? type.types : [type];
    const verdictLike = types.some((t) => {
      const u = t.kind === 'named' ? t.underlying : t;
      return u.kind === 'basic' && !u.name.includes('string');
    });
    const name = calledName(call);
    if (verdictLike) data = compared(sources, data, SEARCH.test(name));
    affect(ctx, s, operands, given, results);
    const refs = [...(receiver?.refs ?? []), ...args.flatMap((arg, i) => (isFunction[i] ? [] : arg.refs))];
    const made = types.map((t, i) => {
      const symbol = values.symbol(`e${frame.id}.${values.numberOf(call)}.${i}`, name);
      s.renew(symbol);
      const u = t.kind === 'named' ? t.underlying : t;
      return values.value({ symbol, data, control, refs: u.kind === 'basic' || isErrorType(t) ? [] : refs });
    });
    while (made.length < 2) made.push(made.at(-1)!);
    return { state: s, values: made };
  });
}

/** What a call out of sight writes. */
function affect(
  ctx: Context,
  state: State,
  { call, callee, receiver, args }: Operands,
  given: readonly Sources[],
  results: readonly Value[],
): void {
  const { sources } = ctx.m.values;
  const name = calledName(call);
  const returned = sources.union(...results.map((v) => deepData(state, v)));
  const all = sources.union(...given, returned);
  const control = sources.union(...args.map((v) => v.control), ...results.map((v) => v.control));
  if (receiver !== undefined && !GETTER.test(name) && all.items.length > 0)
    for (const place of pointees(state, receiver)) taint(state, place, all, control);
  const fromReceiver = receiver === undefined ? sources.none : deepData(state, receiver);
  const isStd = callee.kind === 'function' && callee.func.pkg.origin === 'stdlib';
  args.forEach((arg, i) => {
    const written = call.args[i] === undefined ? undefined : unparen(call.args[i]);
    const addressed = written?.kind === 'UnaryExpr' && written.op === '&';
    const writes =
      addressed ||
      (isStd && /^(?:Unmarshal|Decode|Fprint|Copy|Read|WriteString|Scan|Fscan|Sscan)/.test(name));
    if (!writes && callee.kind !== 'value') return;
    const others = sources.union(
      fromReceiver,
      ...given.filter((_, j) => j !== i),
      callee.kind === 'value' ? arg.data : sources.none,
    );
    for (const place of pointees(state, arg)) taint(state, place, others, control);
  });
}

/** Literals that are handed over are believed to be called, now, with what the call brings. */
function runLiterals(
  ctx: Context,
  state: State,
  { call, args }: Operands,
  brought: Sources,
): readonly { state: State; results: readonly Value[] }[] {
  let ways: readonly { state: State; results: readonly Value[] }[] = [{ state, results: [] }];
  const { values } = ctx.m;
  for (const arg of args) {
    ways = ways.flatMap((way) => {
      const is = known(way.state, arg);
      if (is?.kind !== 'function') return [way];
      const symbol = values.symbol(`l${ctx.frame.id}.${values.numberOf(call)}`, '');
      const params = is.fn.params.map(() => values.value({ symbol, data: brought }));
      const skipped = way.state.fork();
      const ran = callFunction(ctx, way.state, call, is.fn, is.scope, is.receiver, params);
      return ran.length === 0
        ? [{ ...way, state: skipped }]
        : joinRuns(ctx, ran).map((r) => ({ state: r.state, results: [...way.results, ...r.values] }));
    });
  }
  return ways;
}

/** The ways of a literal by how the questions went in it: which of its returns was taken each time is not told apart. */
function joinRuns(ctx: Context, ran: readonly Way[]): readonly Way[] {
  const { values } = ctx.m;
  const groups = new Map<string, Way[]>();
  for (const way of ran) {
    const key = way.state.standing();
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [way]);
    else list.push(way);
  }
  return [...groups.values()].map((group) => ({
    state: group[0]!.state,
    values: group[0]!.values.map((v, i) => group.map((w) => w.values[i] ?? v).reduce(values.join)),
  }));
}

/** `isNotFound(err)`: a yes says that there is no such thing. */
function tellAbsence(ctx: Context, way: Way, { args }: Operands): readonly Way[] {
  const { sources } = ctx.m.values;
  const [first, ...more] = way.values;
  const questions = questionsIn(sources.union(...args.map((arg) => arg.data)));
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
  if (call.kind !== 'CallExpr') return '';
  let fun = unparen(call.fun);
  if (fun.kind === 'IndexExpr') fun = unparen(fun.x);
  return fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
}

export function isContext(type: Type): boolean {
  return type.kind === 'named' && type.object.name === 'Context' && type.object.pkg.path === 'context';
}

function isAny(type: Type): boolean {
  const t = type.kind === 'named' ? type.underlying : type;
  return t.kind === 'interface' && t.methods.length === 0 && t.embedded.length === 0;
}
