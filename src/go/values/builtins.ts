/**
 * The builtin functions of the language, as far as they move values.
 *
 *     batch = append(batch, &asset)     // a new list: what batch had, and asset
 *     copy(dst, src)                    // dst has what src has as well
 */
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { INT } from '../semantics/universe.ts';
import type { CallExpr } from '../syntax/ast.ts';
import { evaluateAll, fresh, type Operands, renewed } from './evaluate.ts';
import type { Frame, Machine, Outcome } from './machine.ts';
import { addElements, allocate, elementsOf, read, write } from './memory.ts';
import { anyOf, elementType, zeroOf } from './table.ts';
import type { World } from './world.ts';

export function callBuiltin(m: Machine, f: Frame, world: World, call: CallExpr, name: string): Outcome[] {
  const { values } = m.table;
  const type = f.info.typeOf(call);
  if (name === 'new' || name === 'make') return make(m, f, world, call, name);
  const ways = evaluateAll(m, f, world, call.args);
  switch (name) {
    case 'append':
      return ways.map((way) => append(m, way, call, type));
    case 'copy':
      return ways.map(({ world: w, values: [to, from] }) => {
        if (to !== undefined && from !== undefined) addElements(w, to, elementsOf(w, from));
        return { world: w, value: fresh(m, call, INT) };
      });
    case 'delete':
      return ways.map(({ world: w, values: [map, key] }) => {
        // The element that the key picks out is gone; of the others nothing is known.
        const list = map?.kind === 'pointer' ? read(w, map.to) : undefined;
        if (map?.kind === 'pointer' && list?.kind === 'list' && key !== undefined)
          write(w, map.to, values.list(list.elements, new Map(list.focus).set(key, values.union([]))));
        return { world: w, value: values.tuple([]) };
      });
    case 'clear':
      return ways.map(({ world: w, values: [list] }) => {
        if (list?.kind === 'pointer') write(w, list.to, values.list([]));
        return { world: w, value: values.tuple([]) };
      });
    case 'panic':
      for (const way of ways) m.panics?.push(way.world);
      return [];
    case 'min':
    case 'max':
    case 'len':
    case 'cap':
    case 'real':
    case 'imag':
    case 'complex':
      return ways.map((way) => {
        renewed(way.world, call, []);
        return { world: way.world, value: fresh(m, call, type) };
      });
    case 'recover':
      return ways.map((way) => ({ world: way.world, value: anyOf(m.table, type) }));
    default:
      return ways.map((way) => ({ world: way.world, value: values.tuple([]) }));
  }
}

function append(m: Machine, way: Operands, call: CallExpr, type: Type): Outcome {
  const { world } = way;
  const [list, ...added] = renewed(world, call, way.values);
  const last = added.at(-1);
  const more =
    call.ellipsis && last !== undefined ? [...added.slice(0, -1), ...elementsOf(world, last)] : added;
  const elements = [...(list === undefined ? [] : elementsOf(world, list)), ...more];
  return {
    world,
    value: allocate(
      world,
      call,
      m.table.values.list(elements, new Map(), added.length > (call.ellipsis ? 1 : 0)),
      type,
    ),
  };
}

function make(m: Machine, f: Frame, world: World, call: CallExpr, name: string): Outcome[] {
  const { values } = m.table;
  const [what, ...sizes] = call.args;
  if (what === undefined) return [];
  const isType = f.info.isType(what);
  const type = isType ? f.info.typeOf(what) : f.info.typeOf(call);
  return evaluateAll(m, f, world, isType ? sizes : call.args).map((way) => {
    const { world: w } = way;
    const given = renewed(w, call, way.values);
    if (name === 'new') {
      const content = isType ? zeroOf(m.table, type, call) : given[0]!;
      return { world: w, value: allocate(w, call, content, isType ? type : elementType(type)) };
    }
    // Elements that a length has made are zero values, which go out like others.
    const size = sizes[0];
    const length = size && f.info.constantOf(size);
    const filled =
      underlying(type).kind === 'slice' &&
      size !== undefined &&
      !(length?.kind === 'int' && length.value === 0n);
    const zero = zeroOf(m.table, elementType(type), call);
    return { world: w, value: allocate(w, call, values.list(filled ? [zero] : []), type) };
  });
}
