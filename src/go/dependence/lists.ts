/**
 * Composite literals and elements: a list or map is a place whose one element stands for all of them.
 *
 *     names[d.Hostname] = true     the map is made of the names, its element is true
 *     names[asset.DNS]             made of the names and of what they are compared with
 */
import type { CompositeLit, IndexExpr } from '../syntax/ast.ts';
import { evaluate, evaluateList, madeOf } from './evaluate.ts';
import type { Context, One } from './machine.ts';
import { allocate } from './places.ts';
import { compared, elementOf, type Sources } from './sources.ts';
import { pointees, readAll, readPlace, type State } from './state.ts';
import type { Value } from './values.ts';

export function ofLiteral(ctx: Context, state: State, e: CompositeLit): readonly One[] {
  const { values } = ctx.m;
  const { sources } = values;
  const type = ctx.frame.info.typeOf(e);
  const target = type.kind === 'pointer' ? type.elem : type;
  const under = target.kind === 'named' ? target.underlying : target;
  const isList = under.kind === 'slice' || under.kind === 'map' || under.kind === 'array';
  const exprs = e.elements.map((element) => (element.kind === 'KeyValueExpr' ? element.value : element));
  const keys = isList ? e.elements.flatMap((x) => (x.kind === 'KeyValueExpr' ? [x.key] : [])) : [];
  return evaluateList(ctx, state, [...exprs, ...keys]).map(({ state: s, values: all }): One => {
    const given = all.slice(0, exprs.length);
    if (isList) {
      const content = given.length === 0 ? undefined : given.reduce(values.join);
      const parts = new Map(content === undefined ? [] : [['[]', content]]);
      const list = values.value({
        parts,
        data: sources.union(...all.slice(exprs.length).map((k) => k.data)),
      });
      return { state: s, value: under.kind === 'array' ? list : allocate(ctx, s, e, list) };
    }
    const parts = new Map<string, Value>();
    e.elements.forEach((element, i) => {
      const name =
        element.kind === 'KeyValueExpr' && element.key.kind === 'Ident'
          ? element.key.name
          : under.kind === 'struct'
            ? under.fields[i]?.name
            : undefined;
      if (name !== undefined) parts.set(name, given[i]!);
    });
    const value = values.value({ known: { kind: 'zero' }, parts });
    return { state: s, value: type.kind === 'pointer' ? allocate(ctx, s, e, value) : value };
  });
}

export function ofIndex(
  ctx: Context,
  state: State,
  e: IndexExpr,
): readonly { state: State; value: Value; found: Value }[] {
  const { values } = ctx.m;
  const { sources } = values;
  const type = ctx.frame.info.typeOf(e.x);
  if (type.kind === 'signature')
    return evaluate(ctx, state, e.x).map((one) => ({ ...one, found: values.unknown }));
  return evaluateList(ctx, state, [e.x, ...e.indices]).map(({ state: s, values: [list, ...keys] }) => {
    const element = elementValue(ctx, s, list!);
    const data = compared(
      sources,
      sources.union(element.data, elementOf(sources, listData(s, list!)), ...keys.map((k) => k.data)),
      true,
    );
    const control = sources.union(element.control, list!.control, ...keys.map((k) => k.control));
    const kept = element.known?.kind === 'function' ? element.known : undefined;
    return {
      state: s,
      value: values.with(element, { known: kept, data, control }),
      found: values.value({ symbol: madeOf(ctx, s, e, []).symbol, data, control }),
    };
  });
}

/** What a list or map is made of by itself: its keys, how it was filled. */
export function listData(state: State, list: Value): Sources {
  const { sources } = state.table;
  return sources.union(list.data, ...pointees(state, list).map((place) => readPlace(state, place).data));
}

/** Any of the elements of a list, map or channel. */
export function elementValue(ctx: Context, state: State, list: Value): Value {
  const { values } = ctx.m;
  const places = pointees(state, list).map((place) => values.inside(place, '[]'));
  const inside = list.parts.get('[]');
  const element = inside ?? readAll(state, places, list) ?? values.unknown;
  return values.with(element, {
    data: elementOf(values.sources, values.sources.union(element.data, list.data)),
  });
}
