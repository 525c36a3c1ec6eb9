/**
 * What statements do to memory.
 *
 *     go func() { verdict <- ask(id) }()    taken for done: somebody may wait for it
 *     for d := range t.all()                an iterator of the project is run, and what it yields is what a turn sees
 */
import { accessesAt, variablesOf } from '../flow/accesses.ts';
import type { FlowNode } from '../flow/cfg.ts';
import { type AssignStmt, type Expr, type RangeStmt, unparen } from '../syntax/ast.ts';
import { callFunction, evaluateCall } from './calls.ts';
import { evaluate, evaluateList, evaluateSeveral, evaluateStored, madeOf, storeValue } from './evaluate.ts';
import { elementValue } from './lists.ts';
import { type Context, type One, reachedBy } from './machine.ts';
import { assign, variableCell } from './places.ts';
import { elementOf } from './sources.ts';
import { known, pointees, readPlace, type State, writePlace } from './state.ts';
import { type Value, zeroOf } from './values.ts';

export function runNode(ctx: Context, state: State, node: FlowNode): readonly One[] {
  const { m, frame } = ctx;
  const { values } = m;
  const done = (states: readonly State[]): readonly One[] =>
    states.map((s) => ({ state: s, value: values.unknown }));
  switch (node.kind) {
    case 'AssignStmt':
      return done(runAssignment(ctx, state, node));
    case 'IncDecStmt':
      return done(
        evaluate(ctx, state, node.x).flatMap(({ state: s, value }) =>
          assign(ctx, s, node.x, values.value({ data: value.data, control: value.control })),
        ),
      );
    case 'DeclStmt': {
      if (node.decl.kind !== 'VarDecl') return done([state]);
      let states: readonly State[] = [state];
      for (const { names, values: given } of node.decl.specs)
        states = states.flatMap((s) => {
          if (given.length === 0)
            return names.reduce<readonly State[]>(
              (all, name) =>
                all.flatMap((one) => assign(ctx, one, name, zeroOf(values, frame.info.typeOf(name)))),
              [s],
            );
          return assignAll(ctx, s, names, given);
        });
      return done(states);
    }
    case 'ExprStmt':
      return done(evaluate(ctx, state, node.x).map((one) => one.state));
    case 'SendStmt':
      return done(
        evaluateList(ctx, state, [node.chan, node.value]).map(({ state: s, values: [channel, value] }) => {
          const control = values.sources.union(value!.control, reachedBy(m, frame, ctx.block));
          for (const place of pointees(s, channel!))
            writePlace(s, values.inside(place, '[]'), values.with(value!, { control }), false);
          return s;
        }),
      );
    case 'GoStmt': {
      // Somebody may wait for it, so what it does is taken for done.
      const call = unparen(node.call);
      return call.kind === 'CallExpr'
        ? done(evaluateCall(ctx, state, call, 0).map((way) => way.state))
        : done([state]);
    }
    case 'DeferStmt':
      state.deferred.add(node);
      return done([state]);
    case 'ReturnStmt':
      return done(runReturn(ctx, state, node.results, () => node));
    case 'RangeStmt':
      return done(runRange(ctx, state, node));
    case 'TypeSwitchStmt':
      return done(
        evaluateStored(ctx, state, node.x).map(({ state: s, value }) => {
          const place = frame.fn.cfg.placeOf(node);
          if (place === undefined) return s;
          for (const access of accessesAt(variablesOf(frame.fn.cfg, frame.info), place))
            if (access.kind === 'declare') s.cells.set(variableCell(m, frame, access.variable), value);
          return s;
        }),
      );
    case 'SelectStmt':
    case 'BranchStmt':
    case 'EmptyStmt':
    case 'BadStmt':
    case 'Block':
    case 'IfStmt':
    case 'SwitchStmt':
    case 'ForStmt':
    case 'LabeledStmt':
      return done([state]);
    default:
      return evaluate(ctx, state, node).map((one) => {
        if (!isCondition(ctx, node)) storeValue(ctx, one.state, node, one.value);
        return one;
      });
  }
}

/** The last node of a block that branches on it: used at once, and never again. */
function isCondition({ block }: Context, node: FlowNode): boolean {
  return block.nodes.at(-1) === node && block.succs.some(({ why }) => 'cond' in why || 'value' in why);
}

function runReturn(
  ctx: Context,
  state: State,
  exprs: readonly Expr[],
  stmt: () => NonNullable<State['returned']>,
): readonly State[] {
  const { m, frame } = ctx;
  const { results } = frame.fn;
  const { values } = m;
  const control = reachedBy(m, frame, ctx.block);
  const ways =
    exprs.length === 0
      ? [{ state, values: results.map((r) => readPlace(state, values.place(variableCell(m, frame, r)))) }]
      : exprs.length === 1 && results.length > 1
        ? evaluateSeveral(ctx, state, exprs[0]!, results.length)
        : evaluateList(ctx, state, exprs);
  return ways.map(({ state: s, values: given }) => {
    results.forEach((result, i) => {
      const value = given[i] ?? values.unknown;
      s.cells.set(
        variableCell(m, frame, result),
        values.with(value, { control: values.sources.union(value.control, control) }),
      );
    });
    s.returned = stmt();
    return s;
  });
}

function runAssignment(ctx: Context, state: State, { lhs, op, rhs }: AssignStmt): readonly State[] {
  if (op === '=' || op === ':=') return assignAll(ctx, state, lhs, rhs);
  const [target] = lhs;
  const [operand] = rhs;
  if (target === undefined || operand === undefined) return [state];
  return evaluateList(ctx, state, [target, operand]).flatMap(({ state: s, values: [x, y] }) =>
    assign(ctx, s, target, madeOf(ctx, s, operand, [x!, y!])),
  );
}

function assignAll(
  ctx: Context,
  state: State,
  targets: readonly Expr[],
  given: readonly Expr[],
): readonly State[] {
  const ways =
    given.length === 1 && targets.length > 1
      ? evaluateSeveral(ctx, state, given[0]!, targets.length)
      : evaluateList(ctx, state, given);
  return ways.flatMap(({ state: s, values }) => {
    let states: readonly State[] = [s];
    targets.forEach((target, i) => {
      states = states.flatMap((one) => assign(ctx, one, target, values[i] ?? ctx.m.values.unknown));
    });
    return states;
  });
}

/** The start of a turn: key and value are any element's. */
function runRange(ctx: Context, state: State, node: RangeStmt): readonly State[] {
  const { m, frame } = ctx;
  const { values } = m;
  return evaluateStored(ctx, state, node.x).flatMap(({ state: start, value: operand }) => {
    const over = known(start, operand);
    if (over?.kind === 'function') return runIterator(ctx, start, node, operand);
    const type = frame.info.typeOf(node.x);
    const under = type.kind === 'named' ? type.underlying : type;
    const element = elementValue(ctx, start, operand);
    if (element.symbol !== undefined) start.renew(element.symbol);
    const fresh = element.known?.kind === 'function' ? element : values.with(element, { known: undefined });
    const index = values.value({
      data: under.kind === 'basic' ? operand.data : elementOf(values.sources, operand.data),
      control: operand.control,
    });
    const keyed =
      under.kind === 'map'
        ? values.value({
            data: elementOf(
              values.sources,
              values.sources.union(
                operand.data,
                ...pointees(start, operand).map((p) => readPlace(start, p).data),
              ),
            ),
          })
        : index;
    let states: readonly State[] = [start];
    if (node.key !== undefined) {
      const key = under.kind === 'chan' || under.kind === 'signature' ? fresh : keyed;
      states = states.flatMap((s) => assign(ctx, s, node.key!, key));
    }
    if (node.value !== undefined) states = states.flatMap((s) => assign(ctx, s, node.value!, fresh));
    return states;
  });
}

/** `for d := range t.all()`: the iterator is run, and what it yields is what the turn sees. */
function runIterator(ctx: Context, state: State, node: RangeStmt, iterator: Value): readonly State[] {
  const { m, frame } = ctx;
  const { values } = m;
  const into = values.cell(`y${frame.id}.${values.numberOf(node)}`);
  const yielding = values.value({ known: { kind: 'collector', into } });
  const is = known(state, iterator);
  if (is?.kind !== 'function') return [state];
  state.cells.delete(into);
  return callFunction(ctx, state, node, is.fn, is.scope, is.receiver, [yielding]).flatMap(({ state: s }) => {
    const names = [node.key, node.value];
    let states: readonly State[] = [s];
    names.forEach((target, i) => {
      if (target === undefined) return;
      states = states.flatMap((one) => {
        const value = readPlace(one, values.place(into, [`${i}`]));
        return assign(ctx, one, target, values.with(value, { data: elementOf(values.sources, value.data) }));
      });
    });
    return states;
  });
}
