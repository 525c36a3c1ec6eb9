/**
 * Calls out of sight: the standard library, other modules, function values that nobody knows.
 *
 *     query.Set("id", asset.CloudId)      a method with arguments changes its receiver
 *     json.Unmarshal(body, &resp)         what stands behind `&` is written
 *     slices.ContainsFunc(list, func …)   a literal is run with what the call brings
 *
 * They are believed to be ordinary: results are made of the arguments, getters change nothing.
 */
import { isErrorType } from '../semantics/method-sets.ts';
import { unparen } from '../syntax/ast.ts';
import { calledName, callFunction, isContext, type Operands } from './calls.ts';
import { knownErrors } from './errors.ts';
import type { Context, Way } from './machine.ts';
import { compared, elementOf, type Sources } from './sources.ts';
import { deepData, joinStates, known, pointees, type State, taint } from './state.ts';
import type { Value } from './values.ts';

/** Methods that only look. */
const GETTER =
  /^(?:Get|Is|Has|Contains|Equal|String|Lookup|Find|Parse|Resolve|Join|Len|Load|Marshal|Match|Validate|Check|Format|Error|Index|Value|Query|Header|Compare|Lock|Unlock|Close|Done|Wait|Err)(?:[A-Z\d]|$)/;
/** Functions that write to what they are given. */
const WRITER = /^(?:Unmarshal|Decode|Fprint|Copy|Read|WriteString|Scan|Fscan|Sscan)/;
/** Functions that search a list or text for something. */
const SEARCH = /^(?:Contains|Index|Search|BinarySearch|Find|Any|Some|Lookup)/;

export function outside(
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
  args.forEach((arg, i) => {
    const written = call.args[i] === undefined ? undefined : unparen(call.args[i]);
    const addressed = written?.kind === 'UnaryExpr' && written.op === '&';
    const writes = addressed || WRITER.test(name);
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
export function runLiterals(
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
    state: group.map((w) => w.state).reduce(joinStates),
    values: group[0]!.values.map((v, i) => group.map((w) => w.values[i] ?? v).reduce(values.join)),
  }));
}
