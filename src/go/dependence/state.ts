/**
 * The state of one path: memory, what has been assumed, and how the questions went.
 *
 *     d, err := getDevice(id); if err != nil { … }     // in here: err is not nil, and the question has failed
 *
 * Paths are kept apart where they differ in how the questions went; what else differs is joined when there is too much of it.
 * States are changed in place: whoever goes two ways forks first.
 */
import type { DeferStmt, ReturnStmt } from '../syntax/ast.ts';
import { Cells } from './cells.ts';
import {
  ABSENT,
  ANSWERED,
  CONTENT_READ,
  FAILED,
  type Frame,
  STATUS_READ,
  TESTED,
  UNREADABLE,
} from './machine.ts';
import type { Question, Sources } from './sources.ts';
import type { Cell, Entity, Known, Place, Value, ValueTable } from './values.ts';

export class State {
  readonly table: ValueTable;
  readonly cells: Cells;
  /** What was found out about symbols. */
  readonly facts: Map<Entity, Known>;
  /** In the order in which they were asked. */
  readonly questions: Map<Question, number>;
  readonly deferred: Set<DeferStmt>;
  returned: ReturnStmt | undefined;

  constructor(table: ValueTable, from?: State) {
    this.table = table;
    this.cells = new Cells(from?.cells);
    this.facts = new Map(from?.facts);
    this.questions = new Map(from?.questions);
    this.deferred = new Set(from?.deferred);
    this.returned = from?.returned;
  }

  fork(): State {
    return new State(this.table, this);
  }

  /** How the questions went: what keeps paths apart. */
  standing(): string {
    return [...this.questions].map(([q, ways]) => `${q.id}:${ways}`).join();
  }

  key(): string {
    const facts = [...this.facts]
      .map(([s, k]) => `${s.id}${k.kind}${k.kind === 'bool' ? k.value : ''}`)
      .sort();
    const deferred = [...this.deferred].map((d) => d.pos);
    return `${this.cells.digest()}#${facts.join()}#${this.standing()}#${deferred.join()}#${this.returned?.pos ?? ''}`;
  }

  ask(question: Question): void {
    this.questions.delete(question);
    this.questions.set(question, ANSWERED | ABSENT | FAILED);
  }

  /** Leaves only these ways for the question; false if none is left: nobody comes here. */
  narrow(question: Question, ways: number): boolean {
    const before = this.questions.get(question);
    if (before === undefined) return true;
    const left = before & ways & (ANSWERED | ABSENT | FAILED);
    if (left === 0) return false;
    this.questions.set(question, left | TESTED | (before & (STATUS_READ | CONTENT_READ)));
    return true;
  }

  /** The answer turned out to be none: it could not be read. */
  fail(question: Question): void {
    const before = this.questions.get(question);
    if (before !== undefined)
      this.questions.set(question, (before & (ABSENT | FAILED) || FAILED) | TESTED | UNREADABLE);
  }

  /** Notes what was looked at. */
  mark(question: Question, what: number): void {
    const before = this.questions.get(question);
    if (before !== undefined) this.questions.set(question, before | what);
  }

  /** Forgets what was assumed of a symbol and its parts: it is made anew. */
  renew(symbol: Entity): void {
    for (const known of this.facts.keys()) {
      for (let s: Entity | undefined = known; s !== undefined; s = s.parent) {
        if (s !== symbol) continue;
        this.facts.delete(known);
        break;
      }
    }
  }

  /** Everything that only this frame can name is gone when it returns. */
  leave(frame: Frame, addressed: ReadonlySet<Cell>): void {
    if (frame.captured) return;
    for (const [cell] of this.cells)
      if (cell.frame === frame && !addressed.has(cell)) this.cells.delete(cell);
  }
}

/**
 * It has failed, or its status was read and failure is among what was let pass. Where nobody reads a status (`http.Get`, and only the
 * error is tested) nothing is said.
 */
export function mayHaveFailed(ways: number): boolean {
  if ((ways & FAILED) === 0) return false;
  const readOtherwise = (ways & CONTENT_READ) !== 0;
  if ((ways & ANSWERED) === 0) return !((ways & UNREADABLE) !== 0 && readOtherwise);
  return (ways & STATUS_READ) !== 0 && !readOtherwise;
}

/** Has a question failed on this path, and nobody else answered since? */
export function standsOnFailure(state: State): boolean {
  let failed = false;
  for (const ways of state.questions.values()) {
    if (mayHaveFailed(ways)) failed = true;
    else if ((ways & (ANSWERED | ABSENT)) !== 0 && (ways & TESTED) !== 0) failed = false;
  }
  return failed;
}

/** Puts two states of one place together. */
export function joinStates(a: State, b: State): State {
  const { table } = a;
  const joined = new State(table);
  for (const [cell, value] of a.cells) {
    const other = b.cells.get(cell);
    joined.cells.set(cell, other === undefined ? weaker(table, cell, value) : table.join(value, other));
  }
  for (const [cell, value] of b.cells)
    if (!a.cells.has(cell)) joined.cells.set(cell, weaker(table, cell, value));
  for (const [symbol, known] of a.facts) {
    const other = b.facts.get(symbol);
    if (
      other !== undefined &&
      other.kind === known.kind &&
      (known.kind !== 'bool' || known.value === (other as typeof known).value)
    )
      joined.facts.set(symbol, known);
  }
  const order = [...a.questions.keys()];
  const sameOrder = [...b.questions.keys()].every((question, i) => question === order[i]);
  // A question that only one of them has asked is open; where they were asked in another order, all are.
  for (const [question, ways] of a.questions)
    joined.questions.set(question, sameOrder ? joinWays(ways, b.questions.get(question) ?? OPEN) : OPEN);
  for (const question of b.questions.keys())
    if (!a.questions.has(question)) joined.questions.set(question, OPEN);
  for (const stmt of [...a.deferred, ...b.deferred]) joined.deferred.add(stmt);
  joined.returned = (a.returned?.pos ?? -1) >= (b.returned?.pos ?? -1) ? a.returned : b.returned;
  return joined;
}

const OPEN = ANSWERED | ABSENT | FAILED;

function joinWays(a: number, b: number): number {
  return ((a | b) & (OPEN | CONTENT_READ)) | (a & b & (TESTED | STATUS_READ | UNREADABLE));
}

/** One of the ways has not come to it yet (a variable), or has left it as it was (what a symbol points to). */
function weaker(table: ValueTable, cell: Cell, value: Value): Value {
  return cell.symbol === undefined && cell.global === undefined
    ? value
    : table.join(value, untouched(table, cell));
}

/** What a cell holds that nobody has written. */
export function untouched(table: ValueTable, cell: Cell): Value {
  if (cell.symbol !== undefined) return table.value({ symbol: cell.symbol });
  if (cell.global !== undefined)
    return table.value({ symbol: table.symbol(`g${cell.id}`, cell.global.name) });
  return table.unknown;
}

export function symbolCell(table: ValueTable, symbol: Entity): Cell {
  return table.cell(`s${symbol.id}`, { symbol });
}

/** What a pointer, slice, map or channel refers to. */
export function pointees(state: State, value: Value): readonly Place[] {
  const { table } = state;
  if (value.symbol === undefined) return value.refs;
  return [...value.refs, table.place(symbolCell(table, value.symbol))];
}

export function partOf(state: State, value: Value, name: string): Value {
  const { table } = state;
  const part = value.parts.get(name);
  if (part !== undefined) return part;
  const { data, control } = value;
  const symbol = value.symbol && table.child(value.symbol, name);
  return table.value({ ...(symbol === undefined ? {} : { symbol }), data, control });
}

export function readPlace(state: State, place: Place, pointer?: Value): Value {
  let value = state.cells.get(place.cell) ?? untouched(state.table, place.cell);
  if (pointer !== undefined && place.cell.symbol !== undefined && place.cell.symbol === pointer.symbol) {
    // What an opaque pointer refers to is made of what the pointer is made of.
    const { sources } = state.table;
    value = state.table.with(value, {
      data: sources.union(value.data, pointer.data),
      control: sources.union(value.control, pointer.control),
    });
  }
  for (const name of place.path) value = partOf(state, value, name);
  return value;
}

export function readAll(state: State, places: readonly Place[], pointer?: Value): Value | undefined {
  const [first, ...rest] = places.map((place) => readPlace(state, place, pointer));
  return first === undefined ? undefined : rest.reduce(state.table.join, first);
}

export function writePlace(state: State, place: Place, value: Value, strong: boolean): void {
  const { table } = state;
  const put = (old: Value, path: readonly string[]): Value => {
    const [name, ...rest] = path;
    if (name === undefined) return strong ? value : table.join(old, value);
    const parts = new Map(old.parts);
    const inner = old.parts.get(name);
    const weak = name === '[]' || !strong;
    if (name === '[]' && rest.length === 0)
      parts.set(name, inner === undefined ? value : table.join(inner, value));
    else if (rest.length === 0 && inner === undefined && weak)
      parts.set(name, table.join(partOf(state, old, name), value));
    else parts.set(name, put(inner ?? partOf(state, old, name), rest));
    return table.with(old, { parts });
  };
  const old = state.cells.get(place.cell) ?? untouched(table, place.cell);
  state.cells.set(place.cell, put(old, place.path));
}

/** Adds to what a place is made of, and forgets what was known of it. */
export function taint(state: State, place: Place, data: Sources, control: Sources): void {
  const { table } = state;
  const { sources } = table;
  const old = readPlace(state, place);
  writePlace(
    state,
    place,
    table.value({
      ...old,
      known: undefined,
      data: sources.union(old.data, data),
      control: sources.union(old.control, control),
      parts: new Map(
        [...old.parts].map(([name, part]) => [
          name,
          table.value({ ...part, known: undefined, data: sources.union(part.data, data) }),
        ]),
      ),
    }),
    true,
  );
}

/** All that a value is made of: its parts, and what it refers to. */
export function deepData(state: State, value: Value): Sources {
  const { sources } = state.table;
  const seen = new Set<object>();
  const found: Sources[] = [];
  const ofCell = (cell: Cell, path: readonly string[]): void => {
    const key = state.table.place(cell, path);
    if (seen.has(key)) return;
    seen.add(key);
    let v = state.cells.get(cell);
    if (v === undefined) return;
    for (const name of path) v = partOf(state, v, name);
    visit(v);
  };
  const visit = (v: Value): void => {
    if (seen.has(v)) return;
    seen.add(v);
    found.push(v.data);
    for (const part of v.parts.values()) visit(part);
    for (const place of v.refs) ofCell(place.cell, place.path);
    if (v.symbol !== undefined) ofCell(symbolCell(state.table, v.symbol), []);
    if (v.known?.kind === 'function' && v.known.receiver !== undefined) visit(v.known.receiver);
    // What hangs below a symbol and has been written.
    if (v.symbol !== undefined)
      for (const [cell, written] of state.cells)
        if (cell.symbol !== undefined && isBelow(cell.symbol, v.symbol)) visit(written);
  };
  visit(value);
  return sources.union(...found);
}

function isBelow(symbol: Entity, top: Entity): boolean {
  for (let s: Entity | undefined = symbol.parent; s !== undefined; s = s.parent) if (s === top) return true;
  return false;
}

/** The value with what the path has found out about it. */
export function known(state: State, value: Value): Known | undefined {
  return value.known ?? (value.symbol && state.facts.get(value.symbol));
}
