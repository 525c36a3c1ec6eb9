/**
 * Where values stand: variables, fields, elements, what pointers lead to.
 *
 *     t.Job.Config["tenant"]     an element of what stands in a field of a field of what the receiver points to
 *
 * Slices, maps and channels are places of one element, `[]`, that stands for all of them.
 */
import type { Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import { type Expr, type Ranged, type SelectorExpr, unparen } from '../syntax/ast.ts';
import { evaluate, evaluateList } from './evaluate.ts';
import { type Context, type Frame, type Machine, type One, reachedBy } from './machine.ts';
import { partOf, pointees, readAll, readPlace, type State, writePlace } from './state.ts';
import { type Cell, NOT_NIL, type Place, type Value, zeroOf } from './values.ts';

export function variableCell(m: Machine, frame: Frame, v: Var): Cell {
  const { values } = m;
  if (v.role === 'package') return values.cell(`p${values.numberOf(v)}`, { global: v });
  for (let f: Frame | undefined = frame; f !== undefined; f = f.scope)
    if (f.fn.node === v.owner) return values.cell(`v${f.id}.${values.numberOf(v)}`, { frame: f });
  return values.cell(`v.${values.numberOf(v)}`);
}

/** What a pointer leads to is also made of what the pointer is made of. */
export function withOrigin(ctx: Context, value: Value, pointer: Value): Value {
  const { sources } = ctx.m.values;
  return ctx.m.values.with(value, {
    data: sources.union(value.data, pointer.data),
    control: sources.union(value.control, pointer.control),
  });
}

export function isPointer(type: Type): boolean {
  const t = type.kind === 'named' ? type.underlying : type;
  return t.kind === 'pointer';
}

export function fieldOf(
  ctx: Context,
  state: State,
  base: Value,
  type: Type,
  name: string,
  fieldType: Type | undefined,
): Value {
  const behind = isPointer(type) || base.refs.length > 0 ? pointees(state, base) : [];
  const holders = behind.length > 0 ? behind.map((place) => readPlace(state, place, base)) : [base];
  const parts = holders.map((holder) => {
    const part = partOf(state, holder, name);
    const zero = holder.known?.kind === 'zero' && !holder.parts.has(name) && fieldType !== undefined;
    return zero ? zeroOf(ctx.m.values, fieldType) : part;
  });
  const joined = parts.reduce(ctx.m.values.join);
  return behind.length > 0 ? withOrigin(ctx, joined, base) : joined;
}

export interface Located {
  readonly state: State;
  readonly places: readonly Place[];
}

/** Where the value of an expression stands; a fresh place for what stands nowhere. */
export function locate(ctx: Context, state: State, start: Expr): readonly Located[] {
  const e = unparen(start);
  const { m, frame } = ctx;
  const { values } = m;
  switch (e.kind) {
    case 'Ident': {
      const object = frame.info.objectOf(e);
      if (object?.kind !== 'var') return [{ state, places: [] }];
      return [{ state, places: [values.place(variableCell(m, frame, object))] }];
    }
    case 'SelectorExpr': {
      const selection = frame.info.selectionOf(e);
      if (selection?.kind === 'qualified') {
        const { object } = selection;
        return [
          { state, places: object?.kind === 'var' ? [values.place(variableCell(m, frame, object))] : [] },
        ];
      }
      const steps = selection?.kind === 'field' ? [...selection.path, selection.field] : [];
      const names = steps.length > 0 ? steps.map((f) => f.name) : [e.sel.name];
      return locateHolder(ctx, state, e.x).map(({ state: s, places }) => {
        let at = places;
        names.forEach((name, i) => {
          at = at.map((place) => values.inside(place, name));
          const type = steps[i]?.type;
          if (i < names.length - 1 && type !== undefined && isPointer(type))
            at = at.flatMap((place) => pointees(s, readPlace(s, place)));
        });
        return { state: s, places: at };
      });
    }
    case 'IndexExpr':
      return locateHolder(ctx, state, e.x, true).flatMap(({ state: s, places }) =>
        evaluateList(ctx, s, e.indices).map((way) => ({
          state: way.state,
          places: places.map((p) => values.inside(p, '[]')),
        })),
      );
    case 'StarExpr':
      return evaluate(ctx, state, e.x).map(({ state: s, value }) => ({
        state: s,
        places: pointees(s, value),
      }));
    default:
      return evaluate(ctx, state, e).map(({ state: s, value }) => {
        const cell = values.cell(`t${frame.id}.${values.numberOf(e)}`);
        s.cells.set(cell, value);
        return { state: s, places: [values.place(cell)] };
      });
  }
}

/** Where the struct, or the elements, behind an expression stand: pointers, and for elements slices and maps, are followed. */
function locateHolder(ctx: Context, state: State, x: Expr, elements = false): readonly Located[] {
  const type = ctx.frame.info.typeOf(x);
  const under = type.kind === 'named' ? type.underlying : type;
  const follows = under.kind === 'pointer' || (elements && under.kind !== 'array');
  if (!follows) return locate(ctx, state, x);
  return evaluate(ctx, state, x).map(({ state: s, value }) => ({ state: s, places: pointees(s, value) }));
}

/** The receiver that a method is called on: for a pointer method of a variable, its address. */
export function receiverOf(ctx: Context, state: State, e: SelectorExpr): readonly One[] {
  const { m, frame } = ctx;
  const { values } = m;
  const selection = frame.info.selectionOf(e);
  const path = selection?.kind === 'method' ? selection.path : [];
  const wantsPointer = selection?.kind === 'method' && selection.method.receiver?.pointer === true;
  const last = path.at(-1)?.type ?? frame.info.typeOf(e.x);
  if (wantsPointer && !isPointer(last)) {
    return locateHolder(ctx, state, e.x).map(({ state: s, places }) => {
      let at = places;
      for (const field of path) {
        at = at.map((place) => values.inside(place, field.name));
        if (field !== path.at(-1) && isPointer(field.type))
          at = at.flatMap((place) => pointees(s, readPlace(s, place)));
      }
      for (const place of at) m.addressed.add(place.cell);
      return { state: s, value: values.value({ known: NOT_NIL, refs: at }) };
    });
  }
  return evaluate(ctx, state, e.x).map(({ state: s, value }) => {
    let type = frame.info.typeOf(e.x);
    let v = value;
    for (const field of path) {
      v = fieldOf(ctx, s, v, type, field.name, field.type);
      type = field.type;
    }
    if (selection?.kind === 'method' && !wantsPointer && !selection.method.interfaceMethod && isPointer(type))
      v = withOrigin(ctx, readAll(s, pointees(s, v), v) ?? v, v);
    return { state: s, value: v };
  });
}

/** A pointer to a new place that holds the value. */
export function allocate(ctx: Context, state: State, at: Ranged, content: Value): Value {
  const { values } = ctx.m;
  const cell = values.cell(`h${ctx.frame.id}.${values.numberOf(at)}`);
  state.cells.set(cell, content);
  return values.value({ known: NOT_NIL, refs: [values.place(cell)] });
}

/** Gives a variable, a field, an element its value. */
export function assign(ctx: Context, state: State, target: Expr, value: Value): readonly State[] {
  const { m, frame, block } = ctx;
  const { values } = m;
  const t = unparen(target);
  if (t.kind === 'Ident' && t.name === '_') return [state];
  const { sources } = values;
  const given = values.with(value, { control: sources.union(value.control, reachedBy(m, frame, block)) });
  if (t.kind !== 'IndexExpr')
    return locate(ctx, state, t).map(({ state: s, places }) => {
      for (const place of places) writePlace(s, place, given, places.length === 1);
      return s;
    });
  return evaluateList(ctx, state, t.indices).flatMap(({ state: s, values: keys }) =>
    locateHolder(ctx, s, t.x, true).map(({ state: u, places }) => {
      const data = sources.union(...keys.map((key) => key.data));
      for (const place of places) {
        writePlace(u, values.inside(place, '[]'), given, false);
        const holder = readPlace(u, place);
        writePlace(
          u,
          place,
          values.with(holder, {
            data: sources.union(holder.data, data),
            control: sources.union(holder.control, given.control),
          }),
          true,
        );
      }
      return u;
    }),
  );
}
