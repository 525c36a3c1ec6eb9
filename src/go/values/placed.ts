/**
 * What a loop keeps of a list by putting it at the list's beginning and counting up.
 *
 *     n := 0
 *     for _, a := range list { if !reject(&a) { list[n] = a; n++ } }
 *     list = list[:n]                      // holds what was put there
 *
 * It is followed from `n = 0` on as long as each `n++` comes behind a `…[n] = …`, whatever the list is; any other change of n ends it.
 */
import type { Var } from '../semantics/objects.ts';
import { UNKNOWN } from '../semantics/universe.ts';
import { type Expr, unparen } from '../syntax/ast.ts';
import type { Frame, Machine } from './machine.ts';
import type { List, Location, Value } from './value.ts';
import type { World } from './world.ts';

/** Stands where an activation stands for variables: the location lives as long as the counter. */
export const PLACED = -2000;

/** A list of what was put there; `filled` while the place that n names has been taken, and n not yet counted up. */
function placedAt(m: Machine, counter: Var): Location {
  return m.table.values.variable(counter, PLACED, UNKNOWN);
}

function counterOf(f: Frame, e: Expr | undefined): Var | undefined {
  const x = e && unparen(e);
  const object = x?.kind === 'Ident' ? f.info.objectOf(x) : undefined;
  return object?.kind === 'var' && object.role === 'local' ? object : undefined;
}

/** An assignment: to a counter, or to the element that one names. */
export function notePlaced(m: Machine, f: Frame, world: World, target: Expr, value: Value): void {
  const { values } = m.table;
  const assigned = counterOf(f, target);
  if (assigned !== undefined) {
    if (value.kind === 'constant' && value.text === '0')
      world.store.set(placedAt(m, assigned), values.list([]));
    else world.store.delete(placedAt(m, assigned));
    return;
  }
  const index = target.kind === 'IndexExpr' && target.indices.length === 1 ? target.indices[0] : undefined;
  const counter = counterOf(f, index);
  const before = counter && world.store.get(placedAt(m, counter));
  if (counter === undefined || before?.kind !== 'list') return;
  world.store.set(placedAt(m, counter), values.list([...before.elements, value], new Map(), true));
}

/** `n++` */
export function noteCounted(m: Machine, f: Frame, world: World, target: Expr): void {
  const counter = counterOf(f, target);
  const before = counter && world.store.get(placedAt(m, counter));
  if (counter === undefined || before?.kind !== 'list') return;
  if (before.filled) world.store.set(placedAt(m, counter), m.table.values.list(before.elements));
  else world.store.delete(placedAt(m, counter));
}

/** What `list[:n]` holds; undefined where n is no such counter. */
export function placedUpTo(m: Machine, f: Frame, world: World, high: Expr | undefined): List | undefined {
  const counter = counterOf(f, high);
  const placed = counter && world.store.get(placedAt(m, counter));
  return placed?.kind === 'list' ? placed : undefined;
}
