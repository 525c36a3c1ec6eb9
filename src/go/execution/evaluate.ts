/**
 * Evaluates expressions: each way in which one can come out, with the world in which it does.
 *
 *     explain("…", t.ping())      // ping comes out in two ways, so explain is called in two worlds
 */

import type { Type } from '../semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../syntax/ast.ts';
import { evaluateCall } from './call.ts';
import { cellAt, cellOf, readField } from './cells.ts';
import { composite } from './composite.ts';
import { compare, decide } from './decide.ts';
import type { Execution, Frame, Result } from './execution.ts';
import {
  constant,
  FALSE,
  isTracked,
  NIL,
  numberOf,
  SOMETHING,
  TRUE,
  UNKNOWN,
  unknown,
  type Value,
} from './value.ts';
import { read, type World } from './world.ts';

export type Results<S> = readonly Result<S>[];

export function one<S>(world: World<S>, value: Value): Results<S> {
  return [{ world, values: [value] }];
}

/** The value of an expression; of a call all its results. */
export function evaluate<S>(x: Execution<S>, frame: Frame, expr: Expr, world: World<S>): Results<S> {
  const e = unparen(expr);
  const { info } = frame.fn.pkg;
  switch (e.kind) {
    case 'BasicLit':
      return one(world, constantAt(frame, e));
    case 'Ident':
      return one(world, identValue(x, frame, e, world));
    case 'FuncLit':
      return one(world, {
        kind: 'function',
        fn: x.program.functionOf(e),
        scopes: frame.scopes,
        receiver: undefined,
        at: e,
        madeIn: frame.fn,
      });
    case 'CallExpr':
      return evaluateCall(x, frame, e, world);
    case 'CompositeLit':
      return composite(x, frame, e, info.typeOf(e), world);
    case 'SelectorExpr':
      return selector(x, frame, e, world);
    case 'UnaryExpr':
      return unary(x, frame, e, world);
    case 'BinaryExpr':
      return binary(x, frame, e, world);
    case 'StarExpr':
      return andThen(evaluate(x, frame, e.x, world), (w, v) =>
        one(w, v.kind === 'cell' ? (read(w, v.cell) ?? UNKNOWN) : v),
      );
    case 'IndexExpr':
      return index(x, frame, e, world);
    case 'SliceExpr':
      return andThen(evaluate(x, frame, e.x, world), (w, v) => one(w, unknown(isTracked(v))));
    case 'TypeAssertExpr':
      return andThen(evaluate(x, frame, e.x, world), (w, v) => one(w, v.kind === 'nil' ? UNKNOWN : v));
    default:
      return one(world, UNKNOWN);
  }
}

/** Goes on from each result with its first value. */
export function andThen<S>(
  results: Results<S>,
  go: (world: World<S>, value: Value) => Results<S>,
): Results<S> {
  return results.flatMap(({ world, values }) => go(world, values[0] ?? UNKNOWN));
}

/** The values of several expressions, evaluated in order. */
export function evaluateAll<S>(
  x: Execution<S>,
  frame: Frame,
  exprs: readonly Expr[],
  world: World<S>,
): Results<S> {
  let results: Results<S> = [{ world, values: [] }];
  for (const e of exprs)
    results = results.flatMap((before) =>
      andThen(evaluate(x, frame, e, before.world), (w, value) => [
        { world: w, values: [...before.values, value] },
      ]),
    );
  return results;
}

/** What several variables are given: the values of as many expressions, or the results of one (call, assertion, index, receive). */
export function evaluateFor<S>(
  x: Execution<S>,
  frame: Frame,
  exprs: readonly Expr[],
  count: number,
  world: World<S>,
): Results<S> {
  const [only, ...more] = exprs;
  if (only === undefined || more.length > 0 || count === 1) return evaluateAll(x, frame, exprs, world);
  return evaluate(x, frame, only, world).map((result) => {
    if (result.values.length >= count) return result;
    // The second value of `v, ok := …`.
    const rest = Array.from({ length: count - result.values.length }, () =>
      unknown(result.values.some(isTracked)),
    );
    const first =
      unparen(only).kind === 'TypeAssertExpr' ? [unknown(result.values.some(isTracked))] : result.values;
    return { world: result.world, values: [...first, ...rest] };
  });
}

function constantAt(frame: Frame, e: Expr): Value {
  const value = frame.fn.pkg.info.constantOf(e);
  if (value === undefined) return UNKNOWN;
  return constant(value.kind === 'int' ? Number(value.value) : value.value);
}

function identValue<S>(
  x: Execution<S>,
  frame: Frame,
  e: Extract<Expr, { kind: 'Ident' }>,
  world: World<S>,
): Value {
  const object = frame.fn.pkg.info.objectOf(e);
  switch (object?.kind) {
    case 'nil':
      return NIL;
    case 'const':
      return constantAt(frame, e);
    case 'func':
      return functionValue(x, frame, e, object.origin, undefined);
    case 'var': {
      const cell = cellOf(object, frame);
      const known = cell === undefined ? undefined : read(world, cell);
      if (known !== undefined) return known;
      // `var errNoToken = errors.New(…)`: that such a variable is nil is nobody's intention.
      return object.role === 'package' && isError(object.type) ? SOMETHING : UNKNOWN;
    }
    default:
      if (e.name === 'true') return TRUE;
      return e.name === 'false' ? FALSE : UNKNOWN;
  }
}

export function isError(type: Type): boolean {
  return type.kind === 'named' && type.object.name === 'error' && type.object.pkg.origin === 'universe';
}

function functionValue<S>(
  x: Execution<S>,
  frame: Frame,
  at: Expr,
  func: Parameters<Execution<S>['program']['bodyOf']>[0],
  receiver: Value | undefined,
): Value {
  const fn = x.program.bodyOf(func);
  return fn === undefined
    ? SOMETHING
    : { kind: 'function', fn, scopes: new Map(), receiver, at, madeIn: frame.fn };
}

function selector<S>(
  x: Execution<S>,
  frame: Frame,
  e: Extract<Expr, { kind: 'SelectorExpr' }>,
  world: World<S>,
): Results<S> {
  const selection = frame.fn.pkg.info.selectionOf(e);
  switch (selection?.kind) {
    case 'qualified': {
      const { object } = selection;
      if (object?.kind === 'const') return one(world, constantAt(frame, e));
      if (object?.kind === 'func') return one(world, functionValue(x, frame, e, object.origin, undefined));
      if (object?.kind !== 'var') return one(world, UNKNOWN);
      const cell = cellOf(object, frame);
      return one(
        world,
        (cell === undefined ? undefined : read(world, cell)) ?? (isError(object.type) ? SOMETHING : UNKNOWN),
      );
    }
    case 'field':
      return andThen(evaluate(x, frame, e.x, world), (w, base) =>
        one(
          w,
          base.kind === 'object'
            ? readField(w, base, [...selection.path, selection.field])
            : unknown(isTracked(base)),
        ),
      );
    case 'method':
      return andThen(evaluate(x, frame, e.x, world), (w, base) => {
        const receiver = receiverOf(w, base, selection.path);
        const { method } = selection;
        if (!method.interfaceMethod) return one(w, functionValue(x, frame, e, method.origin, receiver));
        const found = methodOf(x, w, base, method.name);
        return one(
          w,
          found === undefined
            ? SOMETHING
            : { kind: 'function', ...found, at: e, madeIn: frame.fn, scopes: new Map() },
        );
      });
    case 'method-expression':
      return one(world, functionValue(x, frame, e, selection.method.origin, undefined));
    default:
      return andThen(evaluate(x, frame, e.x, world), (w, base) => one(w, unknown(isTracked(base))));
  }
}

/** The value on which a promoted method is called. */
export function receiverOf<S>(world: World<S>, base: Value, path: Parameters<typeof readField>[2]): Value {
  return base.kind === 'object' ? readField(world, base, path) : unknown(isTracked(base));
}

/** The method that a call through an interface reaches, where it is known what the interface holds. */
export function methodOf<S>(
  x: Execution<S>,
  world: World<S>,
  base: Value,
  name: string,
): { readonly fn: ReturnType<Execution<S>['program']['functionOf']>; readonly receiver: Value } | undefined {
  if (base.kind !== 'object' || base.type === undefined) return undefined;
  const member = x.program.lookupMember({ kind: 'pointer', elem: base.type.type }, name);
  if (member?.kind !== 'method' || member.method.interfaceMethod) return undefined;
  const fn = x.program.bodyOf(member.method.origin);
  return fn && { fn, receiver: receiverOf(world, base, member.path) };
}

function unary<S>(
  x: Execution<S>,
  frame: Frame,
  e: Extract<Expr, { kind: 'UnaryExpr' }>,
  world: World<S>,
): Results<S> {
  switch (e.op) {
    case '!':
      return truths(decide(x, frame, e, world));
    case '&': {
      const inner = unparen(e.x);
      if (inner.kind === 'CompositeLit') return evaluate(x, frame, inner, world);
      return andThen(evaluate(x, frame, inner, world), (w, v) => {
        if (v.kind === 'object') return one(w, v);
        const cell = cellAt(x, frame, inner, w);
        return one(w, cell === undefined ? SOMETHING : { kind: 'cell', cell });
      });
    }
    case '<-':
      return andThen(evaluate(x, frame, e.x, world), (w, v) =>
        one(w, v.kind === 'object' ? (read(w, `${v.name}.<-`) ?? UNKNOWN) : unknown(isTracked(v))),
      );
    default:
      return andThen(evaluate(x, frame, e.x, world), (w, v) => one(w, unknown(isTracked(v))));
  }
}

function truths<S>({ whenTrue, whenFalse }: ReturnType<typeof decide<S>>): Results<S> {
  return [...whenTrue.flatMap((w) => one(w, TRUE)), ...whenFalse.flatMap((w) => one(w, FALSE))];
}

function binary<S>(
  x: Execution<S>,
  frame: Frame,
  e: Extract<Expr, { kind: 'BinaryExpr' }>,
  world: World<S>,
): Results<S> {
  const folded = constantAt(frame, e);
  if (folded.kind === 'constant') return one(world, folded);
  switch (e.op) {
    case '&&':
    case '||':
      return truths(decide(x, frame, e, world));
    case '==':
    case '!=':
      return evaluateAll(x, frame, [e.x, e.y], world).flatMap(({ world: w, values: [a, b] }) => {
        // Only what is about nil and truth is worth two worlds.
        const matters = a!.kind === 'nil' || b!.kind === 'nil';
        if (!matters && (a!.kind !== 'constant' || b!.kind !== 'constant'))
          return one(w, unknown(isTracked(a!) || isTracked(b!)));
        const { whenTrue, whenFalse } = compare(x, frame, w, [e.x, a!], [e.y, b!]);
        return truths(e.op === '==' ? { whenTrue, whenFalse } : { whenTrue: whenFalse, whenFalse: whenTrue });
      });
    default:
      return evaluateAll(x, frame, [e.x, e.y], world).flatMap(({ world: w, values: [a, b] }) =>
        one(w, calculated(e.op, a!, b!) ?? unknown(isTracked(a!) || isTracked(b!))),
      );
  }
}

/** Numbers are followed as far as loops with a fixed count need it. */
export function calculated(op: string, a: Value, b: Value): Value | undefined {
  if (a.kind !== 'constant' || b.kind !== 'constant') return undefined;
  if (typeof a.value !== 'number' || typeof b.value !== 'number') return undefined;
  switch (op) {
    case '<':
      return constant(a.value < b.value);
    case '<=':
      return constant(a.value <= b.value);
    case '>':
      return constant(a.value > b.value);
    case '>=':
      return constant(a.value >= b.value);
    case '+':
      return counted(a.value + b.value);
    case '-':
      return counted(a.value - b.value);
    default:
      return undefined;
  }
}

/** Counting has an end: beyond it numbers are not told apart. */
const MAX_COUNT = 8;

function counted(n: number): Value {
  return Math.abs(n) <= MAX_COUNT ? constant(n) : UNKNOWN;
}

function index<S>(
  x: Execution<S>,
  frame: Frame,
  e: Extract<Expr, { kind: 'IndexExpr' }>,
  world: World<S>,
): Results<S> {
  // An instantiated generic function.
  const generic = unparen(e.x);
  if (generic.kind === 'Ident' && frame.fn.pkg.info.objectOf(generic)?.kind === 'func')
    return evaluate(x, frame, generic, world);
  return evaluateAll(x, frame, [e.x, ...e.indices], world).flatMap(({ world: w, values: [of, at] }) => {
    if (of?.kind === 'list' && at?.kind === 'constant' && typeof at.value === 'number')
      return one(w, of.elements[at.value] ?? UNKNOWN);
    const some = of?.kind === 'choice' ? of.of : of?.kind === 'list' ? of.elements : [];
    return some.length > 0 ? some.flatMap((v) => one(w, v)) : one(w, unknown(isTracked(of!)));
  });
}

/** The results of a call of which nothing is known but its type. */
export function resultsOf(frame: Frame, call: CallExpr, tracked: boolean): readonly Value[] {
  const type = frame.fn.pkg.info.typeOf(call);
  const types = type.kind === 'tuple' ? type.types : [type];
  return types.map((t, i) => {
    if (tracked) return unknown(true);
    const named = t.kind === 'pointer' ? t.elem : t;
    if (named.kind !== 'named' || named.underlying.kind === 'interface') return UNKNOWN;
    const isStruct =
      named.underlying.kind === 'struct' || (named.underlying.kind === 'unknown' && t.kind === 'pointer');
    return isStruct
      ? { kind: 'object', name: `c${numberOf(call)}:${i}@${frame.depth}`, type: named.object, zero: false }
      : UNKNOWN;
  });
}
