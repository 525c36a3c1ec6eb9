/**
 * Functions of libraries that move values or pick some of them out (`knowledge/collections.ts` says which).
 *
 *     slices.DeleteFunc(list, reject)    what is left is what reject does not hold for
 *     slices.Clone(list)                 has the same elements
 *     errors.New("…")                    is not nil
 */
import { collectionFunction } from '../../knowledge/collections.ts';
import type { Func } from '../semantics/objects.ts';
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { callWith } from './calls.ts';
import { split, truths } from './conditions.ts';
import { fresh, renewed } from './evaluate.ts';
import type { Called, Frame, Machine, Outcome } from './machine.ts';
import { allocate, elementsOf, pointedTo, write } from './memory.ts';
import { keep, release } from './places.ts';
import { detach, pick, renew } from './renew.ts';
import { thingsIn } from './things.ts';
import { alternativesOf, type Value } from './value.ts';
import type { World } from './world.ts';

/** Undefined for functions of which nothing special is known. */
export function callLibrary(
  m: Machine,
  f: Frame,
  start: World,
  called: Called,
  func: Func,
): Outcome[] | undefined {
  if (func.pkg.origin === 'project') return undefined;
  const known = collectionFunction(func.pkg.path, func.receiver?.type.name, func.name);
  if (known === undefined) return undefined;
  const { call, args } = called;
  const type = f.info.typeOf(call);
  if (known.kind === 'not-nil') {
    renew(start, call);
    return [
      {
        world: start,
        value: m.table.values.opaque(m.table.identities.made({ site: call, type, notNil: true })),
      },
    ];
  }
  if (known.kind === 'is') return isSame(m, start, called, type);
  return drained(m, f, start, called).map(({ world, values }) => {
    let elements: readonly Value[] = [];
    let isKnown = true;
    values.forEach((value, k) => {
      if (isCollectionValue(world, value)) elements = [...elements, ...elementsOf(world, value)];
      else if (value.kind === 'function') return;
      else if (args[k]?.expr !== undefined && isCollectionType(f.info.typeOf(args[k].expr))) isKnown = false;
      // What is inserted.
      else if (thingsIn(m, world, value).length > 0) elements = [...elements, value];
    });
    const predicate = known.kind === 'sieve' ? args[known.predicate] : undefined;
    if (known.kind === 'sieve' && predicate !== undefined) {
      const list = values[known.list];
      elements =
        list === undefined ? [] : sieve(m, f, world, called, elementsOf(world, list), predicate.value, known);
      if (known.inPlace && list?.kind === 'pointer') write(world, list.to, m.table.values.list(elements));
    }
    const kept = renewed(world, call, elements);
    // A collection of which nothing is known may hold anything: so may the result.
    if (!isKnown && kept.length === 0) return { world, value: fresh(m, call, type) };
    const all = isKnown ? kept : [...kept, ...elementsOf(world, fresh(m, call, type))];
    if (isCollectionType(type))
      return { world, value: allocate(world, call, m.table.values.list(all), type) };
    // One of them, such as the greatest.
    const one =
      m.domain.guards(type) === 'free' || all.length === 0 ? fresh(m, call, type) : pick(world, all, call, m);
    return { world, value: one };
  });
}

/** `errors.Is`: an error is itself, and nil is none; what is wrapped may be or not. */
function isSame(m: Machine, world: World, { call, args }: Called, type: Type): Outcome[] {
  const { values } = m.table;
  const [error, wanted] = args;
  if (error === undefined || wanted === undefined) return [{ world, value: fresh(m, call, type) }];
  return split({ world, value: error.value, from: error.from }).map((one) => {
    if (one.value.kind === 'nil') return { world: one.world, value: values.false };
    if (one.value.kind === 'opaque' && one.value === wanted.value && !one.value.who.many)
      return { world: one.world, value: values.true };
    renew(one.world, call);
    return { world: one.world, value: fresh(m, call, type) };
  });
}

function isCollectionType(type: Type): boolean {
  const { kind } = underlying(type);
  return (
    kind === 'slice' ||
    kind === 'map' ||
    kind === 'array' ||
    kind === 'signature' ||
    kind === 'typeparam' ||
    kind === 'unknown'
  );
}

function isCollectionValue(world: World, value: Value): boolean {
  return alternativesOf(value).every((v) => v.kind === 'nil' || pointedTo(world, v).kind === 'list');
}

interface Drained {
  readonly world: World;
  readonly values: readonly Value[];
}

/** The arguments, with iterators replaced by a list of what they yield. */
function drained(m: Machine, f: Frame, start: World, called: Called): Drained[] {
  let ways: Drained[] = [{ world: start, values: called.args.map((arg) => arg.value) }];
  called.args.forEach(({ value }, i) => {
    if (!isIterator(m, value)) return;
    ways = ways.flatMap((way) =>
      drain(m, f, way.world, called.call, value, called.call.args[i] ?? called.call).map(
        ({ world, value: list }) => ({
          world,
          values: way.values.with(i, list),
        }),
      ),
    );
  });
  return ways;
}

/** A function whose one parameter is a function that returns a bool: `iter.Seq`. */
export function isIterator(m: Machine, value: Value): boolean {
  if (value.kind !== 'function') return false;
  const { target } = value;
  const params =
    target.kind === 'literal'
      ? m.program.functionOf(target.node).params
      : target.kind === 'declared'
        ? target.func.signature.params
        : [];
  const [yields, ...more] = params;
  if (yields === undefined || more.length > 0) return false;
  const shape = underlying(yields.type);
  return shape.kind === 'signature' && shape.results.length === 1;
}

/** Runs an iterator to its end: a list of what it yields. */
export function drain(
  m: Machine,
  f: Frame,
  world: World,
  call: Called['call'],
  iterator: Value,
  site: object,
): Outcome[] {
  const { values } = m.table;
  const [fun] = renewed(world, site, [iterator]);
  const type = { kind: 'unknown', missing: undefined } as const;
  const list = allocate(world, site, values.list([]), type, 'yield');
  if (list.kind !== 'pointer') return [];
  const collector = values.function({ kind: 'collector', into: list.to });
  const kept = keep(world, site, [list]);
  return callWith(m, f, world, call, fun!, [collector]).map((outcome) => ({
    world: outcome.world,
    value: release(outcome.world, kept)[0]!,
  }));
}

/** The elements that a predicate lets through, each with the answers that were got on the way. */
function sieve(
  m: Machine,
  f: Frame,
  world: World,
  { call }: Called,
  elements: readonly Value[],
  predicate: Value,
  { deletes, parameter }: { readonly deletes: boolean; readonly parameter: number },
): Value[] {
  const left: Value[] = [];
  for (const element of elements) {
    const scratch = world.fork();
    const [fun, one] = renewed(scratch, call, [predicate, element]);
    const picked = detach(scratch, one!, call);
    const [at] = keep(scratch, call, [picked]);
    const given = [...Array(parameter).fill(m.table.values.nil), picked];
    for (const fn of alternativesOf(fun!))
      for (const outcome of callWith(m, f, scratch.fork(), call, fn, given))
        for (const { world: after, truth } of truths(outcome)) {
          if (truth === deletes) continue;
          renew(after, call);
          left.push(...release(after, [at!]));
        }
  }
  return left;
}
