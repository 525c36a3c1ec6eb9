/**
 * Range loops: what each turn gets, and what is known when all have been had.
 *
 *     for name, a := range byName { if reject(&a) { delete(byName, name) } }     // what is left has been accepted
 *     for _, f := range filters { if f.Asset(&a) { return } }                     // filters has two: at least one turn
 *
 * A turn picks an element; the index that it has picks out the same one (`assets[i]`). A loop that deletes what it has picked, or sets it to
 * nil, and that comes to its end, has had them all: what is left is what its turns have left. Other loops leave their collection as it was,
 * with elements about which nothing new is known: which one was asked about is not remembered once the turn is over.
 */
import { underlying } from '../semantics/shapes.ts';
import { INT, UNKNOWN } from '../semantics/universe.ts';
import type { Expr, RangeStmt } from '../syntax/ast.ts';
import { fresh } from './evaluate.ts';
import type { Frame, Machine } from './machine.ts';
import { elementsOf, read, write } from './memory.ts';
import { pick, renew } from './renew.ts';
import { alternativesOf, type List, type Location, type Value } from './value.ts';
import type { World } from './world.ts';

/** Where the value of an expression is kept for what stands behind it. */
export function keptAt(m: Machine, f: Frame, e: Expr): Location {
  return m.table.values.variable(e, f.activation, UNKNOWN);
}

/** Where a loop keeps what its turns have left of its collection: a list; not there before the first turn. */
function leftAt(m: Machine, f: Frame, s: RangeStmt): Location {
  return m.table.values.variable(s, f.activation, UNKNOWN);
}

/** Where it keeps the index of its turn: as long as it does, the element that it picks out is known. */
function indexAt(m: Machine, f: Frame, s: RangeStmt): Location {
  return m.table.values.variable(s.body, f.activation, UNKNOWN);
}

/** The operand is about to be ranged over anew. */
export function startRange(m: Machine, f: Frame, world: World, s: RangeStmt): void {
  world.store.delete(leftAt(m, f, s));
  world.store.delete(indexAt(m, f, s));
}

/** Has the loop had a turn, on this way? */
export function hasTurned(m: Machine, f: Frame, world: World, s: RangeStmt): boolean {
  return world.store.has(leftAt(m, f, s));
}

/** May the loop have another turn? Not over a collection that is known to be empty. */
export function mayTurn(m: Machine, f: Frame, world: World, s: RangeStmt): boolean {
  const operand = world.store.get(keptAt(m, f, s.x));
  if (operand === undefined) return true;
  return alternativesOf(operand).some((v) => {
    if (v.kind === 'nil') return false;
    return (v.kind !== 'pointer' && v.kind !== 'frozen') || elementsOf(world, v).length > 0;
  });
}

/** May it end here? Not before the first turn over a collection that is known to have an element. */
export function mayEnd(m: Machine, f: Frame, world: World, s: RangeStmt): boolean {
  return hasTurned(m, f, world, s) || contentOf(m, f, world, s)?.filled !== true;
}

/** The list that is ranged over, if it is one that can be named. */
function contentOf(m: Machine, f: Frame, world: World, s: RangeStmt): List | undefined {
  const operand = world.store.get(keptAt(m, f, s.x));
  const content = operand?.kind === 'pointer' ? read(world, operand.to) : undefined;
  return content?.kind === 'list' ? content : undefined;
}

/** The values for key and value of the next turn. */
export function nextTurn(m: Machine, f: Frame, world: World, s: RangeStmt): readonly Value[] {
  const { values } = m.table;
  const left = remaining(m, f, world, s);
  world.store.set(leftAt(m, f, s), left);
  renew(world, s);
  const operand = world.store.get(keptAt(m, f, s.x)) ?? values.nil;
  const shape = underlying(f.info.typeOf(s.x));
  const index = fresh(m, s, shape.kind === 'map' ? shape.key : INT, 'index');
  const isKeyed = KEYED.has(shape.kind);
  world.store.set(indexAt(m, f, s), index);
  let element: Value | undefined;
  if ((s.value !== undefined || !isKeyed) && shape.kind !== 'basic') {
    const elements = elementsOf(world, operand);
    element = elements.length === 0 ? fresh(m, s, UNKNOWN, 'element') : pick(world, elements, s, m);
    const list = isKeyed && operand.kind === 'pointer' ? read(world, operand.to) : undefined;
    // The element that the index picks out is the one that the value is a copy of.
    if (operand.kind === 'pointer' && list?.kind === 'list')
      write(
        world,
        operand.to,
        values.list(list.elements, new Map(list.focus).set(index, element), list.filled),
      );
  }
  const given =
    element?.kind === 'tuple' ? element.values : isKeyed ? [index, element] : [element ?? index, undefined];
  return given.map((v) => v ?? fresh(m, s, UNKNOWN, 'other'));
}

const KEYED: ReadonlySet<string> = new Set(['slice', 'array', 'pointer', 'map', 'unknown', 'typeparam']);

/** What the turns so far have left. An element that is nil by now has been deleted. */
function remaining(m: Machine, f: Frame, world: World, s: RangeStmt): List {
  const { values } = m.table;
  const before = world.store.get(leftAt(m, f, s));
  const known = before?.kind === 'list' ? before : values.list([]);
  if (before === undefined) return known;
  const content = contentOf(m, f, world, s);
  const index = world.store.get(indexAt(m, f, s));
  const had = index && content?.focus.get(index);
  if (had === undefined) return known;
  const isGone = had.kind === 'nil' || alternativesOf(had).length === 0;
  return isGone ? known : values.list([...known.elements, had]);
}

/** All turns have been had: a collection without any is empty, and one that was thinned out holds what was left. */
export function endRange(m: Machine, f: Frame, world: World, s: RangeStmt): void {
  const { values } = m.table;
  const operand = world.store.get(keptAt(m, f, s.x));
  const content = contentOf(m, f, world, s);
  const isCollection = KEYED.has(underlying(f.info.typeOf(s.x)).kind);
  if (operand?.kind === 'pointer' && content !== undefined && isCollection) {
    const left = remaining(m, f, world, s);
    if (!hasTurned(m, f, world, s)) write(world, operand.to, values.list([]));
    else if (f.plan.thinning.has(s)) write(world, operand.to, values.list(left.elements));
  }
  startRange(m, f, world, s);
}
