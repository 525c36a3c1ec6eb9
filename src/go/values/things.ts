/**
 * The things in a value that may be asked about: the value itself, what it points to, its elements, what it embeds.
 *
 *     &asset                  the asset
 *     batch                   everything in it
 *     &hostAsset{Asset: a}    the asset that it embeds
 */
import { identical } from '../semantics/identical.ts';
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { type Identity, originsOf, subjectOf } from './identity.ts';
import type { Machine } from './machine.ts';
import { fieldOf, narrow, read } from './memory.ts';
import { keep, release, thaw } from './places.ts';
import { pick, renew } from './renew.ts';
import { fieldType } from './table.ts';
import type { Location, Value } from './value.ts';
import type { World } from './world.ts';

/** A thing that may be asked about. */
export interface Thing {
  readonly who: Identity;
  /** What can be said of its type: `unknown` things may be of a kind that is asked about. */
  readonly kind: 'guarded' | 'unknown';
}

const MAX_DEPTH = 8;

/** Each once, in the order in which they are found. */
export function thingsIn(m: Machine, world: World, value: Value): readonly Thing[] {
  const found = new Map<string, Thing>();
  collect(m, world, value, found, 0);
  return [...found.values()];
}

function collect(m: Machine, world: World, value: Value, found: Map<string, Thing>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  const next = depth + 1;
  switch (value.kind) {
    case 'opaque':
    case 'struct': {
      const guard = guardOf(m, world, value.who);
      if (guard === 'free') return;
      if (guard === 'unknown' || guard.length === 0) {
        const { whole, of } = subjectOf(value.who);
        const kind = guard === 'unknown' ? 'unknown' : 'guarded';
        found.set(`${whole.id}.${of}`, { who: value.who, kind });
        return;
      }
      let part: Value = value;
      for (const name of guard) part = fieldOf(world, part, name);
      collect(m, world, part, found, next);
      return;
    }
    case 'pointer':
      collect(m, world, read(world, value.to), found, next);
      return;
    case 'frozen':
      collect(m, world, value.value, found, next);
      return;
    case 'list':
      for (const element of value.elements) collect(m, world, element, found, next);
      return;
    case 'tuple':
      for (const one of value.values) collect(m, world, one, found, next);
      return;
    case 'union':
      for (const one of value.alternatives) collect(m, world, one, found, next);
      return;
    default:
  }
}

/** Whether what it is known to be is asked about; an interface value by what it is known to hold. */
function guardOf(m: Machine, world: World, who: Identity): 'free' | 'unknown' | readonly string[] {
  const { kind } = underlying(who.type);
  if (kind !== 'interface' && kind !== 'unknown' && kind !== 'typeparam') return m.domain.guards(who.type);
  const held = world.held.get(who);
  if (held?.is !== undefined) {
    const guard = m.domain.guards(withoutPointers(held.is));
    return guard === 'free' ? 'free' : [];
  }
  const guard = m.domain.guards(who.type);
  if (guard !== 'unknown' || held === undefined) return guard;
  // It has been tested for everything that is asked about, by value and by pointer, and is none of it.
  const forms = m.domain.guardedTypes().flatMap((type): Type[] => [type, { kind: 'pointer', elem: type }]);
  const isNone = forms.length > 0 && forms.every((type) => held.not.some((t) => identical(t, type)));
  return isNone ? 'free' : 'unknown';
}

function withoutPointers(type: Type): Type {
  return type.kind === 'pointer' ? withoutPointers(type.elem) : type;
}

/** A world in which exactly this thing is meant by a value. */
export interface Isolated {
  readonly world: World;
  readonly thing: Thing | undefined;
}

/** For each thing that a value can be, the world in which it is; where it was read, that is noted. */
export function isolate(
  m: Machine,
  world: World,
  value: Value,
  from: Location | undefined,
  site: object,
  depth = 0,
): Isolated[] {
  if (depth > MAX_DEPTH) return [{ world, thing: undefined }];
  const next = depth + 1;
  switch (value.kind) {
    case 'union':
      return value.alternatives.flatMap((alternative, i) => {
        const one = i === value.alternatives.length - 1 ? world : world.fork();
        if (from !== undefined) narrow(one, from, alternative);
        return isolate(m, one, alternative, from, site, next);
      });
    case 'pointer':
      return isolate(m, world, read(world, value.to), value.to, site, next);
    case 'frozen': {
      const thawed = thaw({ world, value, from }, site);
      return isolate(m, thawed.world, thawed.value, from, site, next);
    }
    case 'opaque':
    case 'struct': {
      const guard = guardOf(m, world, value.who);
      if (guard === 'free') return [{ world, thing: undefined }];
      if (guard !== 'unknown' && guard.length > 0) {
        const [name = ''] = guard;
        const type = fieldType(value.who.type, name);
        const at = from && m.table.values.field(from, name, type);
        return isolate(m, world, fieldOf(world, value, name), at, site, next);
      }
      let { who } = value;
      if (who.many && from !== undefined) {
        // Of one among many nothing can be learnt; of the one that stands here, much.
        const kept = keep(world, site, [value]);
        renew(world, site);
        const one = pick(world, release(world, kept), site, m);
        narrow(world, from, one);
        if (one.kind === 'opaque' || one.kind === 'struct') who = one.who;
      }
      return [{ world, thing: { who, kind: guard === 'unknown' ? 'unknown' : 'guarded' } }];
    }
    case 'nil':
      return [];
    default:
      return [{ world, thing: undefined }];
  }
}

/** What made the things in a value, and what they were picked out of. */
export function originsIn(m: Machine, world: World, value: Value): ReadonlySet<object> {
  const origins = new Set<object>();
  for (const { who } of thingsIn(m, world, value)) for (const site of originsOf(who)) origins.add(site);
  return origins;
}
