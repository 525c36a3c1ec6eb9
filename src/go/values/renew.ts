/**
 * What happens to the earlier values of a site when it makes a new one, and how they are taken out again.
 *
 *     for … { asset := make(); if ok(&asset) { kept = append(kept, &asset) } }
 *
 * Before `make()` is executed again, `renew` rewrites the world: the latest value of this call becomes a past one with the answers that it
 * has, and the pointer to the variable `asset` of this turn, which nobody can name any more, is frozen: it holds what stood there.
 * What is frozen is not shared any more: a change through one pointer is not seen through another. Nobody writes like that.
 */
import type { Type } from '../semantics/types.ts';
import { UNKNOWN } from '../semantics/universe.ts';
import { answersKey } from './answers.ts';
import { type Identity, subjectOf } from './identity.ts';
import { pointedTo, read } from './memory.ts';
import { anyOf } from './table.ts';
import { alternativesOf, type Location, type Value } from './value.ts';
import type { World } from './world.ts';

/** Frozen things inside frozen things: a linked list that a loop builds. */
const MAX_DEPTH = 8;

/** Makes everything that this site has made so far a past thing. `target`: a node, or the location of a variable that is declared anew. */
export function renew(world: World, target: object): void {
  if (!isMentioned(world, target)) return;
  const rewriting: Rewriting = { world, target, known: new Map(), open: new Set() };
  const rewritten: [Location, Value][] = [];
  for (const [at, value] of world.store)
    if (!belongsTo(at, target) && value.mentions.has(target)) rewritten.push([at, rewrite(rewriting, value)]);
  const gone = [...world.store.keys()].filter((at) => belongsTo(at, target));
  for (const at of gone) world.store.delete(at);
  for (const [at, value] of rewritten) world.store.set(at, value);
  const forget = <T>(facts: Map<Identity, T>) => {
    for (const who of facts.keys()) if (who.site === target && who.past === undefined) facts.delete(who);
  };
  forget(world.answers);
  forget(world.assumed);
  forget(world.held);
}

function isMentioned(world: World, target: object): boolean {
  for (const [at, value] of world.store) if (value.mentions.has(target) || belongsTo(at, target)) return true;
  for (const who of world.answers.keys()) if (who.site === target && who.past === undefined) return true;
  for (const who of world.assumed.keys()) if (who.site === target && who.past === undefined) return true;
  return false;
}

/** Is it a location that this site has allocated, or what an opaque value of the site refers to? */
function belongsTo(at: Location, target: object): boolean {
  switch (at.kind) {
    case 'variable':
      return at === target;
    case 'object':
      return at.site === target;
    case 'pointee':
      return at.of.site === target && at.of.past === undefined;
    case 'field':
      return belongsTo(at.of, target);
    case 'element':
      return belongsTo(at.of, target) || at.index.mentions.has(target);
  }
}

interface Rewriting {
  readonly world: World;
  readonly target: object;
  readonly known: Map<Value, Value>;
  /** Locations whose content is being frozen: a thing that points to itself. */
  readonly open: Set<Location>;
}

function rewrite(r: Rewriting, value: Value): Value {
  if (!value.mentions.has(r.target)) return value;
  const known = r.known.get(value);
  if (known !== undefined) return known;
  const result = rewritten(r, value);
  r.known.set(value, result);
  return result;
}

function rewritten(r: Rewriting, value: Value): Value {
  const { values } = r.world.table;
  switch (value.kind) {
    case 'opaque':
      return values.opaque(pastOf(r, value.who), value.negated);
    case 'struct':
      return values.struct(
        pastOf(r, value.who),
        new Map([...value.fields].map(([name, v]) => [name, rewrite(r, v)])),
      );
    case 'pointer':
      return freeze(r, value.to);
    case 'frozen':
      return values.frozen(rewrite(r, value.value));
    case 'list':
      return values.list(
        value.elements.map((v) => rewrite(r, v)),
        // An index of an earlier turn picks out nothing any more.
        new Map(
          [...value.focus].flatMap(([at, v]) => (at.mentions.has(r.target) ? [] : [[at, rewrite(r, v)]])),
        ),
        value.filled,
      );
    case 'function': {
      const captured = new Map([...value.captured].map(([at, v]) => [at, rewrite(r, v)]));
      if (value.target.kind === 'literal')
        for (const at of value.target.bindings.values())
          if (belongsTo(at, r.target) && !captured.has(at)) captured.set(at, contentFor(r, at));
      return values.function(value.target, value.receiver && rewrite(r, value.receiver), captured);
    }
    case 'tuple':
      return values.tuple(value.values.map((v) => rewrite(r, v)));
    case 'union':
      return values.union(value.alternatives.map((v) => rewrite(r, v)));
    default:
      return value;
  }
}

function pastOf(r: Rewriting, who: Identity): Identity {
  if (who.site !== r.target) return who;
  return r.world.table.identities.pastOf(who, (whole) => r.world.answersAbout(whole));
}

function freeze(r: Rewriting, at: Location): Value {
  const content = contentFor(r, at);
  return r.world.table.values.frozen(content);
}

/** What stands at a location that is about to go, without the things that go with it. */
function contentFor(r: Rewriting, at: Location): Value {
  if (r.open.has(at) || r.open.size > MAX_DEPTH) return anyOf(r.world.table, at.type);
  r.open.add(at);
  const content = rewrite(r, read(r.world, at));
  r.open.delete(at);
  return content.depth > MAX_DEPTH ? anyOf(r.world.table, UNKNOWN) : content;
}

/** Which types are asked about (`machine.ts`). */
export interface Kinds {
  readonly isAtom: (type: Type) => boolean;
  readonly isThing: (type: Type) => boolean;
}

const NO_KINDS: Kinds = { isAtom: () => false, isThing: () => false };

/**
 * One of these values, taken out by `site`: what stands for many becomes a sample of it, which starts with the answers that it had, and
 * what is frozen gets a place of its own. Whatever the site has picked before must have been renewed.
 *
 * Things of one type with the same answers make one sample: Other things
 * are samples, too: whoever takes an element out of a collection cannot know that it is the one that was put in last.
 */
export function pick(world: World, choices: readonly Value[], site: object, kinds: Kinds = NO_KINDS): Value {
  const { values } = world.table;
  const all = choices.flatMap(alternativesOf).flatMap((value) => pointers(world, value, kinds));
  const groups = new Map<string, Identity[]>();
  for (const value of all) {
    const who = atomOf(world, value, kinds);
    if (who === undefined) continue;
    const key = groupOf(world, value, who);
    const group = groups.get(key) ?? [];
    if (!group.includes(who))
      groups.set(
        key,
        [...group, who].sort((a, b) => a.id - b.id),
      );
  }
  const picker: Picker = { world, site, groups, kinds, detaches: false };
  return values.union(all.map((value) => picked(picker, value)));
}

/** Like `pick`, but the result has nothing to do any more with what it was taken from: what is learnt of the one is not of the other. */
export function detach(world: World, value: Value, site: object): Value {
  return picked({ world, site, groups: new Map(), kinds: NO_KINDS, detaches: true }, value);
}

/** A pointer to one of several things as several pointers to one each. */
function pointers(world: World, value: Value, { isThing }: Kinds): readonly Value[] {
  if (!isPointer(value)) return [value];
  const content = pointedTo(world, value);
  if (content.kind !== 'union') return [value];
  const things = content.alternatives.every(
    (v) => (v.kind === 'opaque' || v.kind === 'struct') && isThing(v.who.type),
  );
  return things ? content.alternatives.map((v) => world.table.values.frozen(v)) : [value];
}

interface Picker {
  readonly world: World;
  readonly site: object;
  /** Things that make one sample. */
  readonly groups: ReadonlyMap<string, readonly Identity[]>;
  readonly kinds: Kinds;
  readonly detaches: boolean;
}

/** The thing that a value is or points to, if it is one of which nothing matters but who it is. */
function atomOf(world: World, value: Value, { isAtom }: Kinds): Identity | undefined {
  const thing = pointedTo(world, value);
  return (thing.kind === 'opaque' || thing.kind === 'struct') && isAtom(thing.who.type)
    ? thing.who
    : undefined;
}

function groupOf(world: World, value: Value, who: Identity): string {
  const { whole, of } = subjectOf(who);
  const answers = world.answersAbout(whole).filter((a) => a.of === of);
  return `${isPointer(value)},${world.table.numberOf(who.type)},${answersKey(answers)}`;
}

function isPointer(value: Value): boolean {
  return value.kind === 'frozen' || value.kind === 'pointer';
}

function picked(p: Picker, value: Value): Value {
  const { world, site } = p;
  const { values, identities } = world.table;
  const atom = atomOf(world, value, p.kinds);
  if (atom !== undefined) {
    const group = p.groups.get(groupOf(world, value, atom));
    if (group !== undefined) {
      const { whole, of } = subjectOf(atom);
      const answers = world
        .answersAbout(whole)
        .filter((a) => a.of === of)
        .map((a) => ({ ...a, of: '' }));
      const who = identities.sampleOfAny(group, site, answers);
      world.answers.set(who, answers);
      if (!isPointer(value)) return values.opaque(who);
      const at = values.object(site, who.type, `${who.id}`);
      world.store.set(at, values.opaque(who));
      return values.pointer(at);
    }
  }
  switch (value.kind) {
    case 'opaque':
      return values.opaque(sample(p, value.who), value.negated);
    case 'struct':
      return values.struct(
        sample(p, value.who),
        new Map([...value.fields].map(([name, v]) => [name, picked(p, v)])),
      );
    case 'frozen': {
      const inside = value.value;
      const type = inside.kind === 'opaque' || inside.kind === 'struct' ? inside.who.type : UNKNOWN;
      const at = values.object(site, type, `${value.id}`);
      // The content of a list stays what it is: its elements are picked when they are.
      world.store.set(at, inside.kind === 'list' ? inside : picked(p, inside));
      return values.pointer(at);
    }
    case 'pointer': {
      if (value.to.kind === 'pointee' && value.to.of.many)
        return values.pointer(values.pointee(sample(p, value.to.of), value.to.type));
      return p.detaches || holdsThing(p, value) ? picked(p, values.frozen(read(world, value.to))) : value;
    }
    case 'union':
      return values.union(value.alternatives.map((v) => picked(p, v)));
    case 'tuple':
      return values.tuple(value.values.map((v) => picked(p, v)));
    default:
      return value;
  }
}

/** Does the pointer point to a thing, or to what embeds one? */
function holdsThing({ world, kinds }: Picker, value: Value): boolean {
  const content = pointedTo(world, value);
  return (content.kind === 'opaque' || content.kind === 'struct') && kinds.isThing(content.who.type);
}

function sample(p: Picker, who: Identity): Identity {
  if (!who.many && !p.detaches && !p.kinds.isThing(who.type)) return who;
  const { world, site } = p;
  const { identities } = world.table;
  const { whole } = who;
  // A part of one among many is that part of the sample.
  if (whole?.many === true && who.part !== '[]')
    return identities.partOf(sample(p, whole), who.part, who.type);
  const answers = whole === undefined ? world.answersAbout(who) : [];
  const one = identities.sampleOf(who, site, answers);
  if (answers.length > 0 && !world.answers.has(one)) world.answers.set(one, answers);
  return one;
}
