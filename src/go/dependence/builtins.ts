/** What the predeclared functions give (language specification, "Built-in functions"). */
import type { CallExpr } from '../syntax/ast.ts';
import { evaluateList, madeOf } from './evaluate.ts';
import { elementValue, listData } from './lists.ts';
import { type Context, reachedBy, type Way } from './machine.ts';
import { allocate } from './places.ts';
import { deepData, pointees, type State, taint } from './state.ts';
import { zeroOf } from './values.ts';

export function evaluateBuiltin(ctx: Context, state: State, name: string, call: CallExpr): readonly Way[] {
  const { m, frame } = ctx;
  const { values } = m;
  const { sources } = values;
  const operands = call.args.filter((arg) => !frame.info.isType(arg));
  return evaluateList(ctx, state, operands).map(({ state: s, values: args }): Way => {
    const [first, ...rest] = args;
    switch (name) {
      case 'len':
      case 'cap': {
        if (first === undefined) break;
        const data = sources.union(listData(s, first), elementValue(ctx, s, first).data);
        const control = sources.union(first.control, elementValue(ctx, s, first).control);
        return { state: s, values: [values.with(madeOf(ctx, s, call, [first]), { data, control })] };
      }
      case 'append': {
        if (first === undefined) break;
        const old = elementValue(ctx, s, first);
        const isEmpty = first.known?.kind === 'nil' || (first.symbol === undefined && old === values.unknown);
        const added = rest.map((v) => (call.ellipsis ? elementValue(ctx, s, v) : v));
        const all = isEmpty ? added : [old, ...added];
        const reached = reachedBy(m, frame, ctx.block);
        const joined = all.length === 0 ? values.unknown : all.reduce(values.join);
        const element = values.with(joined, { control: sources.union(joined.control, reached) });
        const list = values.value({ parts: new Map([['[]', element]]), data: listData(s, first) });
        const made = allocate(ctx, s, call, list);
        return {
          state: s,
          values: [
            values.with(made, {
              data: sources.union(first.data, ...added.map((v) => v.data)),
              control: first.control,
            }),
          ],
        };
      }
      case 'make':
        return { state: s, values: [allocate(ctx, s, call, values.value({}))] };
      case 'new': {
        const type = frame.info.typeOf(call);
        const content = first ?? (type.kind === 'pointer' ? zeroOf(values, type.elem) : values.unknown);
        return { state: s, values: [allocate(ctx, s, call, content)] };
      }
      case 'copy':
        if (first !== undefined && rest[0] !== undefined)
          for (const place of pointees(s, first)) taint(s, place, deepData(s, rest[0]), rest[0].control);
        return { state: s, values: [values.unknown] };
      default:
    }
    return { state: s, values: [madeOf(ctx, s, call, args), values.unknown] };
  });
}
