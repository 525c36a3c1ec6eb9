/**
 * A world: one way the program can have come here, as far as ways are told apart.
 *
 *     if filter.Asset(&a) { skip = true }     // behind it there are two: a rejected and skip true, a accepted and skip false
 *
 * Two ways that differ in the answers about values that can still be reached stay apart; otherwise they are put together where they meet,
 * and variables are then worth one of several values ("property simulation", Das, Lerner, Seigle: ESP). That is what makes a flag,
 * a nil or an error carry a verdict without a word about flags here.
 *
 * Worlds are changed in place: whoever goes two ways forks first.
 */
import type { Type } from '../semantics/types.ts';
import type { CallExpr, Expr } from '../syntax/ast.ts';
import { type Answer, answersKey, joinAnswers, NO_ANSWERS, UNASKED } from './answers.ts';
import type { Identity } from './identity.ts';
import { contentOf, partOf, type Table } from './table.ts';
import type { List, Location, Value } from './value.ts';

/** What is known of the dynamic type of an interface value. */
export interface Held {
  readonly is: Type | undefined;
  readonly not: readonly Type[];
}

/** A decision on the way, last one first. */
export interface Trail {
  readonly cond: Expr;
  readonly truth: boolean;
  readonly before: Trail | undefined;
}

/** The last answer that a question got on this way, whoever it was about. */
export interface Asked {
  readonly call: CallExpr;
  readonly outcomes: number;
  /** Whom it was about. */
  readonly about: ReadonlySet<Identity>;
  /** The frames that were running, and what the thing is called in each that handed it over. */
  readonly frames: ReadonlyMap<string, Expr | undefined>;
}

export class World {
  readonly table: Table;
  readonly store: Map<Location, Value>;
  /** By the whole of what was asked about. */
  readonly answers: Map<Identity, readonly Answer[]>;
  /** How opaque booleans came out. */
  readonly assumed: Map<Identity, boolean>;
  readonly held: Map<Identity, Held>;
  /** Notes for whoever judges; ways are not told apart by them. */
  readonly asked: Map<CallExpr, Asked>;
  trail: Trail | undefined;

  constructor(table: Table, from?: World) {
    this.table = table;
    this.store = new Map(from?.store);
    this.answers = new Map(from?.answers);
    this.assumed = new Map(from?.assumed);
    this.held = new Map(from?.held);
    this.asked = new Map(from?.asked);
    this.trail = from?.trail;
  }

  fork(): World {
    return new World(this.table, this);
  }

  answersAbout(whole: Identity): readonly Answer[] {
    return whole.past ?? this.answers.get(whole) ?? NO_ANSWERS;
  }

  /** By what worlds are kept apart where they meet. */
  signature(): string {
    return [...this.answers]
      .filter(([, answers]) => answers.length > 0)
      .map(([who, answers]) => `${who.id}:${answersKey(answers)}`)
      .sort()
      .join('\n');
  }

  /** All that it is: equal keys, equal worlds. */
  key(): string {
    const store = [...this.store].map(([at, value]) => `${at.id}=${value.id}`).sort();
    const assumed = [...this.assumed].map(([who, truth]) => `${who.id}${truth ? '+' : '-'}`).sort();
    const held = [...this.held].map(([who, { is, not }]) => {
      const types = [is, ...not].map((type) => (type === undefined ? '' : this.table.numberOf(type)));
      return `${who.id}:${types.join('.')}`;
    });
    return [store.join(), assumed.join(), held.sort().join(), this.signature()].join('#');
  }
}

/** Puts what another world knows into `into`; false if that knew it already. Only for worlds of one place. */
export function merge(into: World, other: World): boolean {
  let changed = false;
  for (const [at, value] of other.store) {
    const mine = into.store.get(at);
    if (mine === value) continue;
    const joined =
      mine === undefined ? joinedWithDefault(into.table, at, value) : joinValues(into, other, mine, value);
    if (joined === mine) continue;
    into.store.set(at, joined);
    changed = true;
  }
  for (const [at, value] of into.store) {
    if (other.store.has(at)) continue;
    const joined = joinedWithDefault(into.table, at, value);
    if (joined === value) continue;
    into.store.set(at, joined);
    changed = true;
  }
  for (const [who, answers] of other.answers) {
    const mine = into.answers.get(who) ?? NO_ANSWERS;
    const joined = joinAnswers(mine, answers);
    if (answersKey(joined) === answersKey(mine)) continue;
    into.answers.set(who, joined);
    changed = true;
  }
  for (const [who, mine] of into.answers) {
    if (other.answers.has(who)) continue;
    const joined = mine.map((a) => ({ ...a, outcomes: a.outcomes | UNASKED }));
    if (answersKey(joined) === answersKey(mine)) continue;
    into.answers.set(who, joined);
    changed = true;
  }
  for (const [who, truth] of into.assumed)
    if (other.assumed.get(who) !== truth) {
      into.assumed.delete(who);
      changed = true;
    }
  for (const [who, mine] of into.held) {
    const joined = commonType(mine, other.held.get(who));
    if (joined === mine) continue;
    if (joined === undefined) into.held.delete(who);
    else into.held.set(who, joined);
    changed = true;
  }
  return joinAsked(into, other) || changed;
}

/**
 * What is one thing on one way and another on the other. Two lists become one that holds what both hold, and it is the same one for all who
 * name them: so the list that a loop starts with and the one that it appends to stay one variable's list.
 */
function joinValues(into: World, other: World, a: Value, b: Value): Value {
  const { table } = into;
  const { values } = table;
  if (a === b) return a;
  if (a.kind === 'struct' && b.kind === 'struct' && a.who === b.who) {
    const fields = new Map<string, Value>();
    for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
      const [mine, theirs] = [a, b].map((v) => v.fields.get(name) ?? partOf(table, a.who, name));
      fields.set(name, joinValues(into, other, mine!, theirs!));
    }
    return values.struct(a.who, fields);
  }
  if (a.kind === 'list' || b.kind === 'list') return joinLists(table, a, b);
  const mine = listAt(into, a);
  const theirs = listAt(other, b);
  // No elements: a nil slice is an empty one.
  if (a.kind === 'nil' && theirs !== undefined) {
    if (b.kind === 'pointer' && !into.store.has(b.to)) into.store.set(b.to, theirs);
    return b;
  }
  if (b.kind === 'nil' && mine !== undefined) return a;
  if (mine === undefined || theirs === undefined || a.kind !== 'pointer' || b.kind !== 'pointer')
    return values.union([a, b]);
  const at = values.united([a.to, b.to]);
  const before = into.store.get(at);
  const content = joinLists(table, mine, theirs);
  into.store.set(at, before === undefined ? content : joinLists(table, before, content));
  return values.pointer(at);
}

function listAt(world: World, value: Value): List | undefined {
  if (value.kind !== 'pointer' || value.to.kind !== 'object') return undefined;
  const content = world.store.get(value.to);
  return content?.kind === 'list' ? content : undefined;
}

function joinedWithDefault(table: Table, at: Location, value: Value): Value {
  switch (at.kind) {
    case 'pointee':
      return joinLists(table, contentOf(table, at.of), value);
    default:
      // A variable that one of the ways has not come to yet; or what only one of them has allocated.
      return value;
  }
}

/** One list of all elements. */
function joinLists(table: Table, a: Value, b: Value): Value {
  const { values } = table;
  if (a.kind !== 'list' || b.kind !== 'list') return values.union([a, b]);
  const focus = new Map<Value, Value>();
  for (const [index, value] of a.focus) {
    const other = b.focus.get(index);
    if (other !== undefined) focus.set(index, values.union([value, other]));
  }
  return values.list([...a.elements, ...b.elements], focus, a.filled && b.filled);
}

function commonType(a: Held, b: Held | undefined): Held | undefined {
  if (b === undefined) return undefined;
  const is = a.is === b.is ? a.is : undefined;
  const not = a.not.filter((type) => b.not.includes(type) || (b.is !== undefined && b.is !== type));
  if (is === a.is && not.length === a.not.length) return a;
  return is === undefined && not.length === 0 ? undefined : { is, not };
}

/** Notes of both; true if there is something new. */
function joinAsked(into: World, other: World): boolean {
  let changed = false;
  for (const [call, asked] of other.asked) {
    const mine = into.asked.get(call);
    if (mine === asked) continue;
    const outcomes = asked.outcomes | (mine?.outcomes ?? UNASKED);
    const about = new Set([...(mine?.about ?? []), ...asked.about]);
    const frames = new Map([...(mine?.frames ?? []), ...asked.frames]);
    if (
      mine !== undefined &&
      outcomes === mine.outcomes &&
      about.size === mine.about.size &&
      frames.size === mine.frames.size
    )
      continue;
    into.asked.set(call, { call, outcomes, about, frames });
    changed = true;
  }
  for (const [call, mine] of into.asked) {
    if (other.asked.has(call) || (mine.outcomes & UNASKED) !== 0) continue;
    into.asked.set(call, { ...mine, outcomes: mine.outcomes | UNASKED });
    changed = true;
  }
  return changed;
}
