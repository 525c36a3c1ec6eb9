/**
 * What a function does for its caller, in terms of its parameters and of the variables that it shares.
 *
 *     func (s *session) next(ctx context.Context) ([]device, error) {
 *       page, err := s.client.byToken(ctx, s.cursor)
 *       s.cursor = page.Next
 *       return page.Devices, err
 *     }
 *     results: the answer's Devices; the answer
 *     writes:  s.cursor <- the answer's Next
 *     asks:    byToken, with s.client and s.cursor
 *
 * Several tracked calls in one function keep apart: an answer knows which of them gave it (`inner`), so that a token which one call has
 * refreshed is not taken for what the other has answered.
 */
import type { GoFunction } from '../package.ts';
import type { Var } from '../semantics/objects.ts';
import type { CallExpr } from '../syntax/ast.ts';
import { type Frame, shapeOf, type Value } from './frame.ts';
import { type Memory, read, write } from './memory.ts';
import {
  answerOf,
  type Cell,
  fieldOrigins,
  fieldsOf,
  type Location,
  NOTHING,
  type Origin,
  type Origins,
  only,
  partOf,
  replay,
  union,
} from './origins.ts';
import { closure, referencesWithin } from './references.ts';
import { deepAt, deepOrigins, note } from './store.ts';

export interface Summary {
  readonly results: readonly {
    readonly origins: Origins;
    /** Places of the caller's that the result points to, and those that it holds on to somewhere inside. */
    readonly refs: readonly Location[];
    readonly held: readonly Location[];
  }[];
  /** What the caller may notice that was written: behind its pointers, in shared variables. */
  readonly writes: readonly { readonly location: Location; readonly origins: Origins }[];
  readonly asks: readonly { readonly call: CallExpr; readonly inputs: Origins }[];
}

/** The values of one `return`. */
export type Returned = readonly Value[];

/** Sums up a function that has been run from its start: its last state, and what it returned. */
export function summarise(frame: Frame, atExit: Memory, returns: readonly Returned[]): Summary {
  const { fn } = frame;
  const count = returns.reduce((most, values) => Math.max(most, values.length), 0);
  const results = Array.from({ length: count }, (_, i) => {
    let origins: Origins = NOTHING;
    const refs = new Set<Location>();
    const held = new Set<Location>();
    for (const values of returns) {
      const value = values[i];
      if (value === undefined) continue;
      origins = union(origins, value.origins);
      for (const location of value.refs) if (!isPrivate(fn, location.cell)) refs.add(location);
      for (const location of value.held ?? []) if (!isPrivate(fn, location.cell)) held.add(location);
    }
    return { origins, refs: [...refs], held: [...held].filter((location) => !refs.has(location)) };
  });
  return { results, writes: writesOf(frame, atExit), asks: asksOf(frame) };
}

function writesOf(frame: Frame, atExit: Memory): Summary['writes'] {
  const { fn } = frame;
  const writes: { location: Location; origins: Origins }[] = [];
  for (const [cell, contents] of atExit) {
    if (isPrivate(fn, cell)) continue;
    const parameter = isParameter(fn, cell);
    if (parameter && shapeOf((cell as Var).type) === 'value') continue;
    for (const [location, origins] of contents) {
      // A parameter itself is the function's own variable; what it points to is the caller's.
      if (
        parameter &&
        location.depth === 0 &&
        !frame.throughPointer.has(location) &&
        !wasSet(frame, location)
      )
        continue;
      if (parameter && isCopy(cell as Var)) continue;
      writes.push({ location, origins });
    }
  }
  return writes;
}

/** Was it written as a whole by a call (a decoder that fills `out`, a setter)? */
function wasSet(frame: Frame, location: Location): boolean {
  return (
    frame.log?.writes.some((w) => w.location === location && (w.how === 'filled' || w.how === 'set')) === true
  );
}

/** A struct that is given by value: what becomes of it, the caller does not see. */
function isCopy(param: Var): boolean {
  return (
    shapeOf(param.type) === 'struct' || (param.type.kind === 'named' && shapeOf(param.type) === 'unknown')
  );
}

function asksOf(frame: Frame): Summary['asks'] {
  const byCall = new Map<CallExpr, Origins>();
  for (const { call, inputs } of frame.log?.requests ?? []) {
    byCall.set(call, union(byCall.get(call) ?? NOTHING, inputs));
  }
  return [...byCall].map(([call, inputs]) => ({ call, inputs }));
}

/** Does the cell belong to the function alone? Its parameters do not: they stand for what the caller gives. */
function isPrivate(fn: GoFunction, cell: Cell): boolean {
  if (cell.kind !== 'var') return cell.pos >= fn.node.pos && cell.pos < fn.node.end;
  if (isParameter(fn, cell)) return false;
  const { ident } = cell;
  return (
    ident !== undefined && cell.role !== 'package' && ident.pos >= fn.node.pos && ident.pos < fn.node.end
  );
}

function isParameter(fn: GoFunction, cell: Cell): boolean {
  return cell === fn.receiver || fn.params.includes(cell as Var);
}

/** Does at the call what the summary says, and gives the results. */
export function applySummary(
  frame: Frame,
  call: CallExpr,
  body: GoFunction,
  summary: Summary,
  args: ReadonlyMap<Var, Value>,
): readonly Value[] {
  const tracked = frame.world.isTracked(call);
  const before = frame.memory;
  const translate = (origins: Origins, deep: boolean): Origins => {
    let found: Origins = NOTHING;
    for (const o of origins) found = union(found, translateOne(frame, call, body, args, tracked, o, deep));
    return found;
  };
  for (const ask of summary.asks) {
    const inputs = translate(ask.inputs, true);
    frame.log?.requests.push({ call, inner: ask.call, place: frame.place, inputs, memory: before });
  }
  const writes = summary.writes.map(({ location, origins }) => ({
    locations: placesOf(body, args, location),
    // Of what was there before, only what lies at the place itself.
    origins: translate(origins, false),
  }));
  const results = summary.results.map(({ origins, refs, held }): Value => {
    const places = (list: readonly Location[]) => list.flatMap((location) => placesOf(body, args, location));
    return { origins: translate(origins, true), refs: places(refs), content: undefined, held: places(held) };
  });
  for (const { locations, origins } of writes) {
    for (const location of locations) {
      frame.memory = write(frame.memory, location, origins, locations.length <= 2);
      note(frame, location, origins, 'set', call);
    }
  }
  return results;
}

/** The caller's places for a place in the function's terms; none for what the function keeps to itself. */
function placesOf(body: GoFunction, args: ReadonlyMap<Var, Value>, location: Location): readonly Location[] {
  const { cell } = location;
  if (cell.kind !== 'var') return [];
  const value = args.get(cell);
  if (value === undefined) return isParameter(body, cell) ? [] : [location];
  const fields = fieldsOf(location);
  return value.refs.map((base) => fields.reduce(partOf, base));
}

function translateOne(
  frame: Frame,
  call: CallExpr,
  body: GoFunction,
  args: ReadonlyMap<Var, Value>,
  tracked: boolean,
  o: Origin,
  deep: boolean,
): Origins {
  switch (o.kind) {
    case 'head':
      return replay(o, valueAt(frame, body, args, o.location!, deep));
    case 'answer':
      return tracked ? replay(o, only(answerOf(call, o.node as CallExpr))) : only(o);
    default:
      return only(o);
  }
}

/** What the function finds at a place when it starts; `deep`: and all that can be reached from there. */
function valueAt(
  frame: Frame,
  body: GoFunction,
  args: ReadonlyMap<Var, Value>,
  location: Location,
  deep: boolean,
): Origins {
  const { cell } = location;
  if (cell.kind !== 'var') return NOTHING;
  const at = (places: readonly Location[]): Origins =>
    deep
      ? deepAt(frame, places)
      : places.reduce<Origins>((sum, l) => union(sum, read(frame.memory, l)), NOTHING);
  const fields = fieldsOf(location);
  const value = args.get(cell);
  if (value === undefined) return isPrivate(body, cell) || isParameter(body, cell) ? NOTHING : at([location]);
  const bases = value.content === undefined ? value.refs : [...value.refs, value.content];
  if (fields.length === 0) return deep ? deepOrigins(frame, value) : union(value.origins, at(bases));
  if (bases.length > 0) return at(bases.map((base) => fields.reduce(partOf, base)));
  return fields.reduce(fieldOrigins, value.origins);
}

/** What a value that is returned holds on to, seen from outside: through the function's own objects. */
export function heldOutside(frame: Frame, value: Value): readonly Location[] {
  const { refs, content, held = [] } = value;
  const reached = closure(frame.references, [...refs, ...held, ...(content === undefined ? [] : [content])]);
  return [...reached].filter(({ cell }) => !isPrivate(frame.fn, cell));
}

/** What a value that is returned points to, seen from outside: through the function's own variables. */
export function outerReferences(frame: Frame, value: Value): readonly Location[] {
  const found = new Set<Location>();
  for (const location of value.refs) {
    if (!isPrivate(frame.fn, location.cell)) found.add(location);
    else
      for (const [from, target] of referencesWithin(frame.references, location))
        if (from === location) found.add(target);
  }
  return [...found];
}
