/**
 * How conditions come out: in each world one way, or both, and then each world learns what that means.
 *
 *     if err != nil && strict { … }
 *
 * Where nothing is known of err, it is `something` in the worlds behind the true edge and nil in the others.
 */
import { type Expr, unparen } from '../syntax/ast.ts';
import { cellAt, valueAt } from './cells.ts';
import { evaluate } from './evaluate.ts';
import type { Execution, Frame } from './execution.ts';
import { areEqual, constant, FALSE, isTracked, NIL, SOMETHING, TRUE, type Value } from './value.ts';
import { type World, write } from './world.ts';

export interface Decided<S> {
  readonly whenTrue: readonly World<S>[];
  readonly whenFalse: readonly World<S>[];
}

export function decide<S>(x: Execution<S>, frame: Frame, condition: Expr, world: World<S>): Decided<S> {
  const e = unparen(condition);
  if (e.kind === 'UnaryExpr' && e.op === '!') {
    const { whenTrue, whenFalse } = decide(x, frame, e.x, world);
    return { whenTrue: whenFalse, whenFalse: whenTrue };
  }
  if (e.kind === 'BinaryExpr' && (e.op === '&&' || e.op === '||')) {
    const left = decide(x, frame, e.x, world);
    const [going, gone] = e.op === '&&' ? [left.whenTrue, left.whenFalse] : [left.whenFalse, left.whenTrue];
    const right = going.map((w) => decide(x, frame, e.y, w));
    const whenTrue = right.flatMap((d) => d.whenTrue);
    const whenFalse = right.flatMap((d) => d.whenFalse);
    return e.op === '&&'
      ? { whenTrue, whenFalse: [...gone, ...whenFalse] }
      : { whenTrue: [...gone, ...whenTrue], whenFalse };
  }
  const both = { whenTrue: [] as World<S>[], whenFalse: [] as World<S>[] };
  const add = (some: Decided<S>): void => {
    both.whenTrue.push(...some.whenTrue);
    both.whenFalse.push(...some.whenFalse);
  };
  if (e.kind === 'BinaryExpr' && (e.op === '==' || e.op === '!=')) {
    for (const left of evaluate(x, frame, e.x, world))
      for (const right of evaluate(x, frame, e.y, left.world)) {
        const equal = compare(x, frame, right.world, [e.x, left.values[0]!], [e.y, right.values[0]!]);
        add(e.op === '==' ? equal : { whenTrue: equal.whenFalse, whenFalse: equal.whenTrue });
      }
    return both;
  }
  for (const result of evaluate(x, frame, e, world)) {
    const value = result.values[0]!;
    if (value.kind === 'constant') {
      add({
        whenTrue: value.value === true ? [result.world] : [],
        whenFalse: value.value === false ? [result.world] : [],
      });
      continue;
    }
    const after = isTracked(value) ? consulted(x, result.world) : result.world;
    add({
      whenTrue: [learn(x, frame, after, e, TRUE)],
      whenFalse: [learn(x, frame, after, e, FALSE)],
    });
  }
  return both;
}

type Operand = readonly [Expr, Value];

/** The worlds in which two operands are equal, and those in which they are not. */
export function compare<S>(
  x: Execution<S>,
  frame: Frame,
  world: World<S>,
  [leftExpr, left]: Operand,
  [rightExpr, right]: Operand,
): Decided<S> {
  const equal = areEqual(left, right);
  if (equal !== undefined) return { whenTrue: equal ? [world] : [], whenFalse: equal ? [] : [world] };
  const after = isTracked(left) || isTracked(right) ? consulted(x, world) : world;
  const same = learn(x, frame, learn(x, frame, after, leftExpr, right), rightExpr, left);
  const [unknownExpr, other] = left.kind === 'unknown' ? [leftExpr, right] : [rightExpr, left];
  const differs =
    other.kind === 'nil'
      ? SOMETHING
      : typeof truth(other) === 'boolean'
        ? constant(!truth(other))
        : undefined;
  return {
    whenTrue: [same],
    whenFalse: [differs === undefined ? after : learn(x, frame, after, unknownExpr, differs)],
  };
}

function truth(value: Value): boolean | undefined {
  return value.kind === 'constant' && typeof value.value === 'boolean' ? value.value : undefined;
}

/** The variable or field is worth this, as has just been found out. Only what is certain is noted, and only over what was unknown. */
function learn<S>(x: Execution<S>, frame: Frame, world: World<S>, operand: Expr, value: Value): World<S> {
  if (value.kind !== 'nil' && value.kind !== 'something' && value.kind !== 'constant') return world;
  const cell = cellAt(x, frame, operand, world);
  if (cell === undefined) return world;
  const before = world.cells.get(cell);
  if (before !== undefined && before.kind !== 'unknown') return world;
  if (value.kind === 'something' && valueAt(x, frame, operand, world)?.kind === 'object') return world;
  const tracked = before !== undefined && isTracked(before);
  return write(world, cell, value.kind === 'something' && tracked ? { ...value, tracked } : value);
}

export function consulted<S>(x: Execution<S>, world: World<S>): World<S> {
  const state = x.observer.consult(world.state);
  return state === world.state ? world : { ...world, state };
}

/** The worlds in which a value is nil, and those in which it is something. */
export function splitByNil<S>(
  world: World<S>,
  value: Value,
): readonly { readonly world: World<S>; readonly value: Value }[] {
  if (value.kind !== 'unknown') return [{ world, value }];
  return [
    { world, value: NIL },
    { world, value: { kind: 'something', tracked: value.tracked } },
  ];
}
