/**
 * Values of expressions, with the ways that their evaluation can go.
 *
 *     return err == nil && d.Managed, err     // two ways: the question went well, and it is the answer's; it failed, and it is false
 *
 * An expression is evaluated into several ways only where that tells how a question went. Everything else that is not known is one unknown
 * value, made of its operands.
 */
import type { Var } from '../semantics/objects.ts';
import { type Expr, type Ident, type SelectorExpr, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { evaluateCall } from './calls.ts';
import { compare } from './conditions.ts';
import { ofIndex, ofLiteral } from './lists.ts';
import type { Context, Machine, One, Way } from './machine.ts';
import { allocate, fieldOf, locate, receiverOf, variableCell, withOrigin } from './places.ts';
import type { Sources } from './sources.ts';
import { deepData, known, pointees, readAll, readPlace, type State } from './state.ts';
import { type Cell, NOT_NIL, type Value } from './values.ts';

export function evaluate(ctx: Context, state: State, start: Expr): readonly One[] {
  const e = unparen(start);
  const { m, frame } = ctx;
  const { values } = m;
  const { sources } = values;
  m.budget--;
  if (m.budget < 0) return [{ state, value: values.unknown }];
  const constant = isConstantSyntax(e) ? frame.info.constantOf(e) : undefined;
  if (constant !== undefined) {
    const value =
      constant.kind === 'bool'
        ? values.bool(constant.value)
        : values.value({ known: { kind: 'constant', text: JSON.stringify(String(constant.value)) } });
    return [{ state, value }];
  }
  switch (e.kind) {
    case 'Ident':
      return [{ state, value: ofIdent(ctx, state, e) }];
    case 'SelectorExpr':
      return ofSelector(ctx, state, e);
    case 'CompositeLit':
      return ofLiteral(ctx, state, e);
    case 'FuncLit': {
      frame.captured = true;
      const fn = m.program.functionOf(e);
      return [
        {
          state,
          value: values.value({
            known: { kind: 'function', fn, scope: frame, receiver: undefined },
            data: capturedBy(ctx, state, e),
          }),
        },
      ];
    }
    case 'CallExpr':
      return evaluateCall(ctx, state, e, 1).map((way) => ({
        state: way.state,
        value: way.values[0] ?? values.unknown,
      }));
    case 'IndexExpr':
      return ofIndex(ctx, state, e).map(({ state: s, value }) => ({ state: s, value }));
    case 'SliceExpr': {
      const bounds = [e.low, e.high, e.max].filter((x) => x !== undefined);
      return evaluateList(ctx, state, [e.x, ...bounds]).map(({ state: s, values: [x, ...rest] }) => ({
        state: s,
        value: values.with(x!, {
          known: undefined,
          data: sources.union(x!.data, ...rest.map((v) => v.data)),
        }),
      }));
    }
    case 'TypeAssertExpr':
      return evaluate(ctx, state, e.x).map(({ state: s, value }) => ({
        state: s,
        value: values.with(value, { known: undefined }),
      }));
    case 'StarExpr':
      return evaluate(ctx, state, e.x).map(({ state: s, value }) => ({
        state: s,
        value: withOrigin(ctx, readAll(s, pointees(s, value), value) ?? values.unknown, value),
      }));
    case 'UnaryExpr':
      if (e.op === '&') return ofAddress(ctx, state, e.x);
      if (e.op === '<-')
        return evaluateStored(ctx, state, e.x).map(({ state: s, value }) => ({
          state: s,
          value: received(ctx, s, value),
        }));
      return evaluate(ctx, state, e.x).map(({ state: s, value }) => {
        const is = known(s, value);
        const { data, control } = value;
        if (e.op === '!' && is?.kind === 'bool')
          return {
            state: s,
            value: values.value({ known: { kind: 'bool', value: !is.value }, data, control }),
          };
        return { state: s, value: madeOf(ctx, s, e, [value]) };
      });
    case 'BinaryExpr':
      if (e.op === '&&' || e.op === '||') return ofShortCircuit(ctx, state, e.x, e.op === '&&', e.y, e);
      return evaluateList(ctx, state, [e.x, e.y]).flatMap(({ state: s, values: [x, y] }) => {
        if (/^(?:==|!=|<|<=|>|>=)$/.test(e.op))
          return compare(ctx, s, e.op, { expr: e.x, value: x! }, { expr: e.y, value: y! }, e);
        return [{ state: s, value: madeOf(ctx, s, e, [x!, y!]) }];
      });
    default:
      return [{ state, value: values.unknown }];
  }
}

/** Only these can be constants; asking about calls would evaluate conversions, which keep their operand anyway. */
function isConstantSyntax(e: Expr): boolean {
  return e.kind !== 'CallExpr' && e.kind !== 'FuncLit' && e.kind !== 'CompositeLit' && e.kind !== 'IndexExpr';
}

export function evaluateList(ctx: Context, state: State, exprs: readonly Expr[]): readonly Way[] {
  let ways: readonly Way[] = [{ state, values: [] }];
  for (const e of exprs)
    ways = ways.flatMap((way) =>
      evaluate(ctx, way.state, e).map(({ state: s, value }) => ({
        state: s,
        values: [...way.values, value],
      })),
    );
  return ways;
}

/** The values of an expression that gives several: a call, or a comma-ok form. */
export function evaluateSeveral(ctx: Context, state: State, start: Expr, count: number): readonly Way[] {
  const e = unparen(start);
  if (e.kind === 'CallExpr') return evaluateCall(ctx, state, e, count);
  if (e.kind === 'IndexExpr')
    return ofIndex(ctx, state, e).map(({ state: s, value, found }) => ({ state: s, values: [value, found] }));
  return evaluate(ctx, state, e).map(({ state: s, value }) => ({
    state: s,
    values: [value, madeOf(ctx, s, e, [value])],
  }));
}

/** An unknown value that is made of others. It is the same as long as the expression is not evaluated again. */
export function madeOf(ctx: Context, state: State, at: Expr, from: readonly Value[], name = ''): Value {
  const { values } = ctx.m;
  const symbol = values.symbol(`e${ctx.frame.id}.${values.numberOf(at)}`, name);
  state.renew(symbol);
  return values.value({
    symbol,
    data: values.sources.union(...from.map((v) => v.data)),
    control: values.sources.union(...from.map((v) => v.control)),
  });
}

function ofShortCircuit(
  ctx: Context,
  state: State,
  x: Expr,
  isAnd: boolean,
  y: Expr,
  whole: Expr,
): readonly One[] {
  const { values } = ctx.m;
  const { sources } = values;
  return evaluate(ctx, state, x).flatMap(({ state: s, value: left }): readonly One[] => {
    const is = known(s, left);
    if (is?.kind === 'bool' && is.value !== isAnd)
      return [{ state: s, value: values.value({ known: is, data: left.data, control: left.control }) }];
    return evaluate(ctx, s, y).map(({ state: t, value: right }) => {
      const r = known(t, right);
      // Where the left side leaves it open: what the right side knows is all, if it decides.
      if (r?.kind === 'bool' && (is !== undefined || r.value !== isAnd))
        return {
          state: t,
          value: values.value({
            known: r,
            data:
              is === undefined && r === right.known && right.data.items.length === 0
                ? sources.none
                : sources.union(left.data, right.data),
            control: sources.union(left.control, right.control),
          }),
        };
      return { state: t, value: madeOf(ctx, t, whole, [left, right]) };
    });
  });
}

function ofIdent(ctx: Context, state: State, e: Ident): Value {
  const { m, frame } = ctx;
  const object = frame.info.objectOf(e);
  if (object?.kind === 'nil') return m.values.nil;
  if (object?.kind === 'func') return functionValue(ctx, object, undefined);
  if (object?.kind !== 'var') return m.values.unknown;
  return object.role === 'package'
    ? globalValue(ctx, state, object)
    : readPlace(state, m.values.place(variableCell(m, frame, object)));
}

function functionValue(
  ctx: Context,
  func: Parameters<Machine['program']['bodyOf']>[0],
  receiver: Value | undefined,
): Value {
  const fn = ctx.m.program.bodyOf(func.origin);
  return fn === undefined
    ? ctx.m.values.value({ known: { kind: 'non-nil', sentinels: [], open: true } })
    : ctx.m.values.value({ known: { kind: 'function', fn, scope: undefined, receiver } });
}

/** A package variable. One that holds an error is a sentinel: it is never nil. */
function globalValue(ctx: Context, state: State, v: Var): Value {
  const { values } = ctx.m;
  const cell = variableCell(ctx.m, ctx.frame, v);
  if (!state.cells.has(cell) && v.type.kind === 'named' && v.type.object.name === 'error')
    return values.value({ known: { kind: 'non-nil', sentinels: [v], open: false } });
  return readPlace(state, values.place(cell));
}

function ofSelector(ctx: Context, state: State, e: SelectorExpr): readonly One[] {
  const { m, frame } = ctx;
  const { values } = m;
  const selection = frame.info.selectionOf(e);
  switch (selection?.kind) {
    case 'qualified': {
      const { object } = selection;
      if (object?.kind === 'var') return [{ state, value: globalValue(ctx, state, object) }];
      return [
        { state, value: object?.kind === 'func' ? functionValue(ctx, object, undefined) : values.unknown },
      ];
    }
    case 'field':
      return evaluate(ctx, state, e.x).map(({ state: s, value }) => {
        let type = frame.info.typeOf(e.x);
        let v = value;
        for (const field of [...selection.path, selection.field]) {
          v = fieldOf(ctx, s, v, type, field.name, field.type);
          type = field.type;
        }
        return { state: s, value: grounded(ctx, e, v) };
      });
    case 'method':
      return receiverOf(ctx, state, e).map(({ state: s, value }) => ({
        state: s,
        value: functionValue(ctx, selection.method, value),
      }));
    case 'method-expression':
      return [{ state, value: functionValue(ctx, selection.method, undefined) }];
    default:
      return evaluate(ctx, state, e.x).map(({ state: s, value }) => ({
        state: s,
        value: grounded(ctx, e, fieldOf(ctx, s, value, frame.info.typeOf(e.x), e.sel.name, undefined)),
      }));
  }
}

function grounded(ctx: Context, e: SelectorExpr, value: Value): Value {
  const { m } = ctx;
  if (!m.domain.isGround(e)) return value;
  const { sources } = m.values;
  const ground = sources.source(`g${m.values.numberOf(e)}`, () => ({ kind: 'ground', at: e }));
  return m.values.with(value, { data: sources.union(value.data, sources.only(ground)) });
}

function ofAddress(ctx: Context, state: State, x: Expr): readonly One[] {
  const { m } = ctx;
  if (unparen(x).kind === 'CompositeLit')
    return evaluate(ctx, state, x).map(({ state: s, value }) => ({
      state: s,
      value: allocate(ctx, s, x, value),
    }));
  return locate(ctx, state, x).map(({ state: s, places }) => {
    for (const place of places) m.addressed.add(place.cell);
    return { state: s, value: m.values.value({ known: NOT_NIL, refs: places }) };
  });
}

function received(ctx: Context, state: State, channel: Value): Value {
  const places = pointees(state, channel).map((place) => ctx.m.values.inside(place, '[]'));
  return withOrigin(ctx, readAll(state, places, channel) ?? ctx.m.values.unknown, channel);
}

/** What variables of its surroundings a literal mentions, as far as they are of use to who cannot run it. */
function capturedBy(ctx: Context, state: State, e: Expr): Sources {
  const { m, frame } = ctx;
  const found: Sources[] = [];
  walk(e, (node) => {
    if (node.kind !== 'Ident') return true;
    const object = frame.info.objectOf(node);
    if (object?.kind !== 'var' || object.role === 'package' || object.role === 'field') return true;
    const value = state.cells.get(variableCell(m, frame, object));
    if (value !== undefined) found.push(deepData(state, value));
    return true;
  });
  return m.values.sources.union(...found);
}

function storedCell(ctx: Context, e: Expr): Cell {
  return ctx.m.values.cell(`t${ctx.frame.id}.${ctx.m.values.numberOf(e)}`, { frame: ctx.frame });
}

export function storeValue(ctx: Context, state: State, e: Expr, value: Value): void {
  state.cells.set(storedCell(ctx, e), value);
}

/** The value of a switch's tag, a range's operand, a select's channel: evaluated once, where it has a node of its own. */
export function evaluateStored(ctx: Context, state: State, e: Expr): readonly One[] {
  const stored = state.cells.get(storedCell(ctx, e));
  return stored === undefined ? evaluate(ctx, state, e) : [{ state, value: stored }];
}
