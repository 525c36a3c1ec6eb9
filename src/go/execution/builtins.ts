/**
 * The predeclared functions, as far as they matter for what is nil and who is in which list.
 */
import { type CallExpr, unparen } from '../syntax/ast.ts';
import { evaluateAll, one, type Results } from './evaluate.ts';
import type { Execution, Frame } from './execution.ts';
import { constant, isTracked, NIL, numberOf, UNKNOWN, unknown, type Value, zeroOf } from './value.ts';
import { read, type World, write } from './world.ts';

/** A list with more elements is not told apart any more. */
const MAX_ELEMENTS = 12;
/** Set while a function's deferred calls run because of a panic. */
export const PANICKING = 'panicking';

export function callBuiltin<S>(
  x: Execution<S>,
  frame: Frame,
  call: CallExpr,
  name: string,
  world: World<S>,
): Results<S> {
  const { info } = frame.fn.pkg;
  const [first] = call.args;
  switch (name) {
    case 'make':
    case 'new': {
      if (first === undefined) return one(world, UNKNOWN);
      const given = info.typeOf(first);
      const type = given.kind === 'named' && name === 'make' ? given.underlying : given;
      const object = `n${numberOf(call)}@${frame.depth}`;
      if (name === 'new') {
        const zero = zeroOf(given, object);
        if (zero.kind === 'object') return one(world, zero);
        return one(write(world, object, zero), { kind: 'cell', cell: object });
      }
      if (type.kind === 'chan')
        return one(world, { kind: 'object', name: object, type: undefined, zero: true });
      const empty = unparen(call.args[1] ?? first);
      const none = call.args.length > 1 && empty.kind === 'BasicLit' && empty.text === '0';
      return one(
        world,
        type.kind === 'slice' && none
          ? { kind: 'list', elements: [] }
          : { kind: 'something', tracked: false },
      );
    }
    case 'panic':
      return evaluateAll(x, frame, call.args, world).flatMap(({ world: w }) => {
        x.panics.get(frame.depth)?.push(w);
        return [];
      });
    case 'recover': {
      const panicking = read(world, PANICKING);
      if (panicking === undefined) return one(world, NIL);
      const cells = new Map(world.cells);
      cells.delete(PANICKING);
      return one({ ...world, cells }, { kind: 'something', tracked: false });
    }
    default:
      return evaluateAll(x, frame, call.args, world).flatMap(({ world: w, values }) =>
        one(w, resultOf(name, values, call.ellipsis)),
      );
  }
}

function resultOf(name: string, values: readonly Value[], spread: boolean): Value {
  const [list, ...more] = values;
  const tracked = values.some(isTracked);
  switch (name) {
    case 'append': {
      const base = list?.kind === 'nil' ? [] : list?.kind === 'list' ? list.elements : undefined;
      const [last] = more;
      const added = !spread ? more : last?.kind === 'list' ? last.elements : undefined;
      if (base === undefined || added === undefined || base.length + added.length > MAX_ELEMENTS)
        return more.length > 0 ? { kind: 'something', tracked } : unknown(tracked);
      return { kind: 'list', elements: [...base, ...added] };
    }
    case 'len':
      if (list?.kind === 'list') return constant(list.elements.length);
      return list?.kind === 'nil' ? constant(0) : unknown(tracked);
    default:
      return unknown(tracked);
  }
}
