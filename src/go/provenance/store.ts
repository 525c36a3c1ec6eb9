import type { Var } from '../semantics/objects.ts';
import { type CallExpr, type Expr, type Ident, unparen } from '../syntax/ast.ts';
import { elementField, locate } from './evaluate.ts';
import type { Frame, Value, Write } from './frame.ts';
import { copyParts, read, write } from './memory.ts';
import { type Location, locationOf, NOTHING, type Origins, partOf, union } from './origins.ts';
import { addReference, closure, pointees, type References } from './references.ts';

/** Assigns a value to an operand. */
export function assign(frame: Frame, target: Expr, value: Value): void {
  const x = unparen(target);
  if (x.kind === 'Ident') {
    assignName(frame, x, value);
    return;
  }
  const locations = locate(frame, x);
  const certain = locations.length <= 2 && !(x.kind === 'IndexExpr' && elementField(frame, x) === '[]');
  for (const location of locations) {
    if (x.kind === 'StarExpr') frame.throughPointer.add(location);
    store(frame, location, value, certain);
    note(frame, location, value.origins, 'assign', undefined);
  }
}

export function assignName(frame: Frame, ident: Ident, value: Value): void {
  const object = frame.info.objectOf(ident);
  if (object?.kind === 'var') assignVariable(frame, object, value);
}

export function assignVariable(frame: Frame, variable: Var, value: Value): void {
  const location = locationOf(variable);
  store(frame, location, value, true);
  note(frame, location, value.origins, 'assign', undefined);
}

/** The part of a value that stands for what it holds on to. */
const HELD = '(held)';

/** What a place holds on to, beyond what it points to. */
export function heldAt(frame: Frame, location: Location): readonly Location[] {
  return pointees(frame.references, partOf(location, HELD)).slice(1);
}

/** Puts a value at a location: its origins, its parts and what it points to. */
export function store(frame: Frame, location: Location, value: Value, certain: boolean): void {
  frame.memory = write(frame.memory, location, value.origins, certain);
  for (const target of value.refs) addReference(frame.references, location, target);
  for (const target of value.held ?? []) addReference(frame.references, partOf(location, HELD), target);
  const { content } = value;
  if (content === undefined || value.refs.includes(content)) return;
  frame.memory = copyParts(frame.memory, content, location);
  copyReferences(frame.references, content, location);
}

function copyReferences(references: References, from: Location, to: Location): void {
  const locations = references.byCell.get(from.cell);
  if (locations === undefined || from.cell === to.cell) return;
  for (const [at, found] of [...locations]) {
    const fields = at === from ? [] : partFields(at, from);
    if (fields === undefined || fields.length === 0) continue;
    let copy = to;
    for (const field of fields) copy = partOf(copy, field);
    for (const target of found) addReference(references, copy, target);
  }
}

function partFields(inner: Location, outer: Location): readonly string[] | undefined {
  const fields: string[] = [];
  for (let at: Location | undefined = inner; at !== undefined; at = at.parent) {
    if (at === outer) return fields.reverse();
    fields.push(at.field);
  }
  return undefined;
}

export function note(
  frame: Frame,
  location: Location,
  origins: Origins,
  how: Write['how'],
  call: CallExpr | undefined,
): void {
  frame.log?.writes.push({ place: frame.place, location, origins, how, call });
}

/** The origins of everything that can be reached from a location. */
export function deepAt(frame: Frame, locations: readonly Location[]): Origins {
  let origins: Origins = NOTHING;
  for (const location of closure(frame.references, locations)) {
    origins = union(origins, read(frame.memory, location));
  }
  return origins;
}

/** The origins of everything that can be reached from a value. */
export function deepOrigins(frame: Frame, value: Value): Origins {
  const { refs, content, held = [] } = value;
  const start = [...refs, ...held, ...(content === undefined ? [] : [content])];
  return union(value.origins, deepAt(frame, start));
}
