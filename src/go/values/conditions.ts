/**
 * What conditions say: which way a boolean can come out, and what is then known.
 *
 *     if found != nil { … }      // found was one of &asset and nil: in the branch it is &asset
 *     switch t := x.(type) …     // x, of which only the interface was known, is a *model.Asset in this clause
 */
import { identical } from '../semantics/identical.ts';
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { BOOL } from '../semantics/universe.ts';
import type { Expr } from '../syntax/ast.ts';
import type { Identity } from './identity.ts';
import type { Machine, Outcome } from './machine.ts';
import { narrow, read } from './memory.ts';
import { renew } from './renew.ts';
import { opaqueOf } from './table.ts';
import { alternativesOf, type Location, type Value } from './value.ts';
import type { World } from './world.ts';

/** One world for each of the values that this can be, in which it is that one where it was read. */
export function split({ world, value, from }: Outcome): Outcome[] {
  if (value.kind !== 'union') return [{ world, value, from }];
  return value.alternatives.map((alternative, i) => {
    const next = i === value.alternatives.length - 1 ? world : world.fork();
    if (from !== undefined) narrow(next, from, alternative);
    return { world: next, value: alternative, from };
  });
}

export interface Truth {
  readonly world: World;
  readonly truth: boolean;
}

/** The ways a condition can come out; `cond` is noted on the trail where it could have come out otherwise. */
export function truths(outcome: Outcome, cond?: Expr): Truth[] {
  return split(outcome).flatMap(({ world, value }): Truth[] => {
    if (value.kind === 'constant') return [{ world, truth: value.text === 'true' }];
    const who = value.kind === 'opaque' ? value.who : undefined;
    const negated = value.kind === 'opaque' && value.negated;
    const known = who && world.assumed.get(who);
    if (known !== undefined) return [{ world, truth: known !== negated }];
    const other = world.fork();
    if (who !== undefined) {
      world.assumed.set(who, !negated);
      other.assumed.set(who, negated);
    }
    if (cond !== undefined) {
      world.trail = { cond, truth: true, before: world.trail };
      other.trail = { cond, truth: false, before: other.trail };
    }
    return [
      { world, truth: true },
      { world: other, truth: false },
    ];
  });
}

/** The value of a boolean that came out like this. */
export function constantOf(world: World, truth: boolean): Value {
  return truth ? world.table.values.true : world.table.values.false;
}

export function negate({ world, value, from }: Outcome): Outcome[] {
  const { values } = world.table;
  if (value.kind === 'opaque') {
    const known = world.assumed.get(value.who);
    if (known === undefined) return [{ world, value: values.opaque(value.who, !value.negated) }];
    return [{ world, value: constantOf(world, known === value.negated) }];
  }
  return truths({ world, value, from }).map((t) => ({
    world: t.world,
    value: constantOf(t.world, !t.truth),
  }));
}

/** `a == b`, as a value; `site` names a comparison of which nothing is known. */
export function equal(a: Outcome, b: Outcome, site: object): Outcome[] {
  return split(a).flatMap((left) =>
    split({ ...b, world: left.world }).map(({ world, value }) => ({
      world,
      value: comparison(world, left.value, value, site),
    })),
  );
}

function comparison(world: World, a: Value, b: Value, site: object): Value {
  const { identities, values } = world.table;
  if (a.kind === 'constant' && b.kind === 'opaque') return comparison(world, b, a, site);
  if (b.kind !== 'nil' && a.kind === 'nil') return comparison(world, b, a, site);
  const about = (who: Identity, what: string) => values.opaque(identities.partOf(who, what, BOOL));
  if (b.kind === 'nil') {
    switch (a.kind) {
      case 'nil':
        return values.true;
      case 'opaque':
        return a.who.notNil ? values.false : about(a.who, '==nil');
      case 'pointer':
        if (a.to.kind === 'pointee' && !a.to.of.notNil) return about(a.to.of, '==nil');
        // Nil slices are put together with empty ones.
        if (world.store.get(a.to)?.kind !== 'list') return values.false;
        renew(world, site);
        return values.opaque(identities.made({ site, type: BOOL }));
      default:
        return values.false;
    }
  }
  if (a.kind === 'constant' && b.kind === 'constant') return constantOf(world, a.text === b.text);
  if (a.kind === 'opaque' && b.kind === 'constant') {
    const known = world.assumed.get(a.who);
    if (b.text === 'true' || b.text === 'false') {
      const same = (b.text === 'true') !== a.negated;
      if (known !== undefined) return constantOf(world, known === same);
      return values.opaque(a.who, !same);
    }
    return about(a.who, `==${b.text}`);
  }
  if (a === b && a.kind === 'opaque' && !a.who.many) return values.true;
  renew(world, site);
  return values.opaque(identities.made({ site, type: BOOL }));
}

/** The type of what an interface value holds, or of any other value; undefined where that is not known. */
export function dynamicType(world: World, value: Value, depth = 0): Type | undefined {
  switch (value.kind) {
    case 'opaque':
      return isKnownType(value.who.type) ? value.who.type : world.held.get(value.who)?.is;
    case 'struct':
      return value.who.type;
    case 'pointer': {
      const content = world.store.get(value.to) ?? (depth < 4 ? read(world, value.to) : undefined);
      if (content?.kind === 'list') return value.to.kind === 'pointee' ? value.to.of.type : undefined;
      const elem = isKnownType(value.to.type)
        ? value.to.type
        : content && depth < 4
          ? dynamicType(world, content, depth + 1)
          : undefined;
      return elem && { kind: 'pointer', elem };
    }
    case 'frozen': {
      const elem =
        value.value.kind === 'list' || depth > 3 ? undefined : dynamicType(world, value.value, depth + 1);
      return elem && { kind: 'pointer', elem };
    }
    default:
      return undefined;
  }
}

function isKnownType(type: Type): boolean {
  const { kind } = underlying(type);
  return kind !== 'interface' && kind !== 'unknown' && kind !== 'typeparam';
}

/** `x.(T)`: the ways in which it holds, with the value as a T, and those in which it does not. */
export function typeTest(
  m: Machine,
  x: Outcome,
  type: Type,
): { readonly holds: Outcome[]; readonly fails: Outcome[] } {
  const holds: Outcome[] = [];
  const fails: Outcome[] = [];
  for (const one of split(x)) {
    const { world, value, from } = one;
    const known = dynamicType(world, value);
    const verdict = value.kind === 'nil' ? false : hasType(m, known, type);
    if (verdict === true) holds.push(one);
    else if (verdict === false) fails.push(one);
    else {
      const other = { ...one, world: world.fork() };
      holds.push({ world, value: as(world, value, type), from });
      if (value.kind !== 'opaque') {
        fails.push(other);
        continue;
      }
      const held = world.held.get(value.who);
      if (held?.not.some((t) => identical(t, type)) === true) {
        holds.pop();
        fails.push(other);
        continue;
      }
      if (isKnownType(type)) world.held.set(value.who, { is: type, not: [] });
      other.world.held.set(value.who, { is: held?.is, not: [...(held?.not ?? []), type] });
      fails.push(other);
    }
  }
  return { holds, fails };
}

function hasType(m: Machine, known: Type | undefined, wanted: Type): boolean | undefined {
  if (known === undefined) return undefined;
  if (underlying(wanted).kind === 'interface') return m.program.implementsInterface(known, wanted);
  return identical(known, wanted);
}

/** An opaque interface value as what it has turned out to be. */
function as(world: World, value: Value, type: Type): Value {
  if (value.kind !== 'opaque' || !isKnownType(type)) return value;
  return opaqueOf(world.table, world.table.identities.partOf(value.who, '()', type));
}

/** Where several values of one location are told apart. */
export type From = Location | undefined;

/** Can this be nil? */
export function mayBeNil(value: Value): boolean {
  return alternativesOf(value).some((v) => v.kind === 'nil');
}
