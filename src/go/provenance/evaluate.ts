import type { Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import {
  type BinaryExpr,
  type CompositeLit,
  type Expr,
  type FuncLit,
  type IndexExpr,
  type KeyValueExpr,
  type SelectorExpr,
  unparen,
} from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { evaluateCall } from './effects.ts';
import {
  type Frame,
  isMap,
  isPointerToBasic,
  isText,
  NO_VALUE,
  plain,
  shapeOf,
  under,
  type Value,
} from './frame.ts';
import { read, write } from './memory.ts';
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
import { pointees } from './references.ts';
import { note, store } from './store.ts';

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

export function elementField(frame: Frame, e: IndexExpr): string {
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
