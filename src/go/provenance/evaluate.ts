/**
 * What an expression's value is made of, and what evaluating it does to memory.
 *
 *     evaluate(frame, `resp.NextPage + 1`)   // { origins: the answer's NextPage by `step`, … }
 *
 * Values are described, not computed: conditions are not decided, every element of a list is the same one, and of two fields that are
 * written only one, both are. Calls are `effects.ts`.
 */

import type { Place } from '../flow/cfg.ts';
import type { GoFunction, Program } from '../package.ts';
import type { Info } from '../semantics/info.ts';
import type { Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import {
  type BinaryExpr,
  type CallExpr,
  type CompositeLit,
  type Expr,
  type FuncLit,
  type Ident,
  type IndexExpr,
  type KeyValueExpr,
  type SelectorExpr,
  unparen,
} from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { evaluateCall } from './effects.ts';
import { copyParts, type Memory, read, write } from './memory.ts';
import {
  CONSTANT,
  fieldOrigins,
  type Location,
  locationOf,
  NOTHING,
  type Origins,
  only,
  partOf,
  receivedBy,
  through,
  union,
  VIA,
} from './origins.ts';
import { addReference, closure, pointees, type References } from './references.ts';
import type { Summary } from './summary.ts';

export interface Value {
  readonly origins: Origins;
  /** What the value points to, or holds on to. */
  readonly refs: readonly Location[];
  /** Where its parts can be read: a struct that was read or made. */
  readonly content: Location | undefined;
  /** What it holds on to somewhere inside: an encoder its writer, a request its body. */
  readonly held?: readonly Location[];
}

export const NO_VALUE: Value = { origins: CONSTANT, refs: [], content: undefined };

/** What evaluation must know of the program around a function. */
export interface World {
  readonly program: Program;
  /** Is the answer of this call one to remember? */
  isTracked(call: CallExpr): boolean;
  /** Does the call leave alone what it is given (logging)? */
  isHarmless(call: CallExpr): boolean;
  /** Is it a call of a function that the caller has brought, whose verdict is the caller's? It is not followed. */
  isCallback(call: CallExpr): boolean;
  /** The functions of the project that the call runs; empty where it is not followed. */
  bodiesOf(call: CallExpr): readonly GoFunction[];
  /** Undefined where the function cannot be summed up. */
  summaryOf(fn: GoFunction): Summary | undefined;
}

/** How a location was written. */
export interface Write {
  readonly place: Place;
  readonly location: Location;
  readonly origins: Origins;
  /**
   * `assign`: by a statement; `set`: by a method or function that is known, or believed, to write; `filled`: by a tracked call, through a
   * pointer that it was given; `possible`: by a call out of sight that could.
   */
  readonly how: 'assign' | 'set' | 'filled' | 'possible';
  readonly call: CallExpr | undefined;
}

/** A tracked call and what goes into it. */
export interface Request {
  readonly call: CallExpr;
  /** Where a function of the project makes it for its caller: the call in that function. */
  readonly inner: CallExpr | undefined;
  readonly place: Place;
  readonly inputs: Origins;
  /** What was in memory when it was made. */
  readonly memory: Memory;
}

export interface Log {
  readonly writes: Write[];
  readonly requests: Request[];
}

/** A function while it is looked at. */
export interface Frame {
  readonly world: World;
  readonly fn: GoFunction;
  readonly info: Info;
  readonly references: References;
  memory: Memory;
  place: Place;
  log: Log | undefined;
  /** Of expressions that are nodes of the graph: what they were worth. */
  readonly values: Map<Expr, Value>;
  /** Locations that were written through a pointer: `*p = v`. */
  readonly throughPointer: Set<Location>;
}

export function evaluate(frame: Frame, e: Expr): Value {
  const x = unparen(e);
  switch (x.kind) {
    case 'Ident':
    case 'StarExpr':
      return readValue(frame, x);
    case 'SelectorExpr':
      return evaluateSelector(frame, x);
    case 'IndexExpr':
      return evaluateIndex(frame, x);
    case 'SliceExpr': {
      for (const bound of [x.low, x.high, x.max]) if (bound !== undefined) evaluate(frame, bound);
      const value = evaluate(frame, x.x);
      return { ...value, origins: through(value.origins, VIA.slice) };
    }
    case 'TypeAssertExpr':
      return evaluate(frame, x.x);
    case 'UnaryExpr':
      return evaluateUnary(frame, x.op, x.x);
    case 'BinaryExpr':
      return evaluateBinary(frame, x);
    case 'CallExpr':
      return evaluateCall(frame, x)[0] ?? NO_VALUE;
    case 'CompositeLit':
      return evaluateComposite(frame, x);
    case 'FuncLit':
      return { origins: NOTHING, refs: capturedBy(frame, x), content: undefined };
    case 'KeyValueExpr':
      return evaluate(frame, x.value);
    default:
      return NO_VALUE;
  }
}

/** The results of an expression that may have several. */
export function evaluateAll(frame: Frame, e: Expr, count: number): readonly Value[] {
  const x = unparen(e);
  if (x.kind === 'CallExpr') {
    const results = evaluateCall(frame, x);
    const last = results.at(-1) ?? NO_VALUE;
    return Array.from({ length: count }, (_, i) => results[i] ?? last);
  }
  // `v, ok := m[k]`, `v, ok := x.(T)`, `v, ok := <-c`: ok says something about the value.
  const value = evaluate(frame, x);
  return Array.from({ length: count }, (_, i) =>
    i === 0 ? value : { origins: through(value.origins, VIA.test), refs: [], content: undefined },
  );
}

function evaluateUnary(frame: Frame, op: string, x: Expr): Value {
  if (op === '&') {
    const locations = locate(frame, x);
    return { origins: NOTHING, refs: locations, content: undefined };
  }
  const value = evaluate(frame, x);
  if (op === '<-') return { origins: only(receivedBy(x)), refs: [], content: undefined };
  if (op === '!') return plain(through(value.origins, VIA.test));
  return plain(value.origins);
}

function evaluateBinary(frame: Frame, e: BinaryExpr): Value {
  const origins = union(evaluate(frame, e.x).origins, evaluate(frame, e.y).origins);
  switch (e.op) {
    case '+':
    case '-':
      return plain(through(origins, isText(frame.info.typeOf(e)) ? VIA.text : VIA.step));
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '&&':
    case '||':
      return plain(through(origins, VIA.test));
    default:
      return plain(through(origins, VIA.arithmetic));
  }
}

function evaluateSelector(frame: Frame, e: SelectorExpr): Value {
  const selection = frame.info.selectionOf(e);
  if (selection?.kind === 'qualified') {
    const { object } = selection;
    return object?.kind === 'var' ? readAt(frame, [locationOf(object)], object.type) : NO_VALUE;
  }
  if (selection?.kind === 'method' || selection?.kind === 'method-expression') {
    // A method value holds on to its receiver.
    const receiver = evaluate(frame, e.x);
    return {
      ...receiver,
      refs: [...receiver.refs, ...(receiver.content === undefined ? [] : [receiver.content])],
    };
  }
  return readValue(frame, e);
}

/** The value at an operand that has locations; else that of the fields of what was computed. */
function readValue(frame: Frame, e: Expr): Value {
  const locations = locate(frame, e);
  if (locations.length > 0) return readAt(frame, locations, frame.info.typeOf(e), e.kind === 'Ident');
  if (e.kind === 'SelectorExpr') return plain(fieldOrigins(evaluate(frame, e.x).origins, e.sel.name));
  if (e.kind === 'StarExpr') return evaluate(frame, e.x);
  return NO_VALUE;
}

function readAt(frame: Frame, locations: readonly Location[], type: Type, isName = true): Value {
  let origins: Origins = NOTHING;
  for (const location of locations) origins = union(origins, read(frame.memory, location));
  const shape = shapeOf(type);
  const pointing = shape === 'reference' || (shape === 'unknown' && isName);
  let refs = pointing ? locations.flatMap((location) => pointees(frame.references, location)) : [];
  // A `*string` is passed on as a value: whoever gets it does not see what its old place holds later.
  if (isPointerToBasic(type)) refs = refs.filter((location) => !locations.includes(location));
  return { origins, refs, content: shape === 'value' ? undefined : locations[0] };
}

function evaluateIndex(frame: Frame, e: IndexExpr): Value {
  if (frame.info.isType(e) || e.indices.some((index) => frame.info.isType(index)))
    return evaluate(frame, e.x);
  for (const index of e.indices) evaluate(frame, index);
  const locations = locate(frame, e);
  const base = frame.info.typeOf(e.x);
  // Entries of a map are told apart by their names; only of a list any element is as good as another.
  const via = isMap(base) || hasConstantKey(frame, e) || isFromEnd(e) ? 0 : VIA.element;
  if (locations.length === 0) {
    return plain(through(fieldOrigins(evaluate(frame, e.x).origins, elementField(frame, e)), via));
  }
  const value = readAt(frame, locations, frame.info.typeOf(e), false);
  return { ...value, origins: through(value.origins, via) };
}

function evaluateComposite(frame: Frame, e: CompositeLit): Value {
  const made = locationOf(e);
  frame.memory = write(frame.memory, made, CONSTANT, true);
  const type = under(frame.info.typeOf(e));
  const fields = type.kind === 'struct' ? type.fields : undefined;
  const named = type.kind !== 'map' && type.kind !== 'slice' && type.kind !== 'array';
  for (const [i, element] of e.elements.entries()) {
    const { field, value } = elementOf(frame, element, i, fields, named);
    store(frame, partOf(made, field), value, field !== '[]');
    note(frame, partOf(made, field), value.origins, 'assign', undefined);
  }
  return { origins: read(frame.memory, made), refs: named ? [] : [made], content: made };
}

function elementOf(
  frame: Frame,
  element: Expr,
  index: number,
  fields: readonly Var[] | undefined,
  named: boolean,
): { field: string; value: Value } {
  if (element.kind !== 'KeyValueExpr') {
    const field = named ? (fields?.[index]?.name ?? `#${index}`) : '[]';
    return { field, value: implied(frame, element) };
  }
  const { key, value } = element satisfies KeyValueExpr;
  if (key.kind === 'Ident' && named) return { field: key.name, value: implied(frame, value) };
  evaluate(frame, key);
  return { field: keyField(frame, key), value: implied(frame, value) };
}

/** Inside a literal `{…}` may stand for `&T{…}`; what it is made of is the same. */
function implied(frame: Frame, element: Expr): Value {
  const value = evaluate(frame, element);
  const x = unparen(element);
  return x.kind === 'CompositeLit' && x.type === undefined && value.content !== undefined
    ? { ...value, refs: [value.content] }
    : value;
}

/** The places that an operand stands for: what could be assigned to. Empty for results of calls that point nowhere known. */
export function locate(frame: Frame, e: Expr): readonly Location[] {
  const x = unparen(e);
  switch (x.kind) {
    case 'Ident': {
      const object = frame.info.objectOf(x);
      return object?.kind === 'var' && object.role !== 'field' ? [locationOf(object)] : [];
    }
    case 'SelectorExpr':
      return locateSelector(frame, x);
    case 'IndexExpr': {
      const field = elementField(frame, x);
      return locateAll(frame, x.x).map((base) => partOf(base, field));
    }
    case 'StarExpr':
      return locateAll(frame, x.x);
    case 'SliceExpr':
    case 'TypeAssertExpr':
      return locate(frame, x.x);
    case 'CompositeLit':
      return [evaluateComposite(frame, x).content!];
    case 'CallExpr': {
      const value = evaluateCall(frame, x)[0];
      return value === undefined ? [] : value.refs;
    }
    default:
      return [];
  }
}

function locateSelector(frame: Frame, e: SelectorExpr): readonly Location[] {
  const selection = frame.info.selectionOf(e);
  if (selection?.kind === 'qualified') {
    return selection.object?.kind === 'var' ? [locationOf(selection.object)] : [];
  }
  if (selection?.kind === 'method' || selection?.kind === 'method-expression') return [];
  if (frame.info.isType(e.x)) return [];
  const path = selection?.kind === 'field' ? selection.path.map((field) => field.name) : [];
  let locations = locateAll(frame, e.x);
  for (const field of path) {
    locations = locations.flatMap((l) => pointees(frame.references, partOf(l, field)));
  }
  return locations.map((l) => partOf(l, e.sel.name));
}

/** An operand's own places, and those that it points to. */
export function locateAll(frame: Frame, e: Expr): readonly Location[] {
  const found = locate(frame, e);
  const all = new Set<Location>();
  for (const location of found) for (const target of pointees(frame.references, location)) all.add(target);
  return [...all];
}

/** `all[len(all)-1]`: the last one, which says how far the list has come. */
function isFromEnd({ indices }: IndexExpr): boolean {
  const index = indices[0] === undefined ? undefined : unparen(indices[0]);
  if (index?.kind !== 'BinaryExpr' || index.op !== '-') return false;
  const length = unparen(index.x);
  return length.kind === 'CallExpr' && length.fun.kind === 'Ident' && length.fun.name === 'len';
}

function elementField(frame: Frame, e: IndexExpr): string {
  const [index] = e.indices;
  return index === undefined || !isMapLike(frame, e) ? '[]' : keyField(frame, index);
}

function keyField(frame: Frame, key: Expr): string {
  const value = frame.info.constantOf(key);
  return value?.kind === 'string' ? `["${value.value}"]` : '[]';
}

function isMapLike(frame: Frame, e: IndexExpr): boolean {
  return isMap(frame.info.typeOf(e.x)) || hasConstantKey(frame, e);
}

function hasConstantKey(frame: Frame, e: IndexExpr): boolean {
  const [index] = e.indices;
  return index !== undefined && frame.info.constantOf(index)?.kind === 'string';
}

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

/** The variables from outside that a literal uses: it sees what they hold when it runs. */
function capturedBy(frame: Frame, literal: FuncLit): readonly Location[] {
  const found = new Set<Location>();
  walk(
    literal.body,
    (node) => {
      if (node.kind !== 'Ident') return;
      const object = frame.info.objectOf(node);
      if (object?.kind !== 'var' || object.role === 'field' || object.role === 'package') return;
      const { ident } = object;
      if (ident !== undefined && (ident.pos < literal.pos || ident.pos >= literal.end))
        found.add(locationOf(object));
    },
    { literals: true },
  );
  return [...found];
}

export function plain(origins: Origins): Value {
  return { origins, refs: [], content: undefined };
}

export function under(type: Type): Type {
  return type.kind === 'named' ? type.underlying : type;
}

/** Does a value of the type share what it holds with its copies? */
export function shapeOf(type: Type): 'reference' | 'struct' | 'value' | 'unknown' {
  if (type.kind === 'named' && type.object.name === 'error' && type.object.pkg.origin === 'universe')
    return 'value';
  const t = under(type);
  switch (t.kind) {
    case 'pointer':
    case 'map':
    case 'slice':
    case 'chan':
    case 'signature':
    case 'interface':
      return 'reference';
    case 'struct':
    case 'array':
      return 'struct';
    case 'basic':
      return 'value';
    default:
      return 'unknown';
  }
}

function isPointerToBasic(type: Type): boolean {
  return type.kind === 'pointer' && under(type.elem).kind === 'basic';
}

function isMap(type: Type): boolean {
  return under(type).kind === 'map';
}

function isText(type: Type): boolean {
  const t = under(type);
  return t.kind === 'basic' && (t.name === 'string' || t.name === 'untyped string');
}
