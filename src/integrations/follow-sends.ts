/**
 * Follows what an integration sends, from its constructors through its run: the facts that requirement 1 is judged by.
 *
 *     NewWiz(job, asset)      makes the integration: which filter it holds, which functions its fields hold
 *     (*Wiz).Invoke()         runs on what the constructors make
 *     (*Wiz).Publish(a)       runs on what Invoke leaves behind, if nothing else calls it
 *
 * Fields that the constructors leave alone are zero if they hold filters or models, and unknown otherwise: a client may be made by code that
 * is passed over here.
 */

import { isReachable } from '../go/flow/graph.ts';
import { placeContaining } from '../go/flow/places.ts';
import type { GoFunction, Program } from '../go/package.ts';
import { underlying } from '../go/semantics/shapes.ts';
import type { Type } from '../go/semantics/types.ts';
import type { CallExpr, CompositeLit } from '../go/syntax/ast.ts';
import { walk } from '../go/syntax/walk.ts';
import { OutOfSteps } from '../go/values/evaluate.ts';
import { type Called, type Machine, newMachine } from '../go/values/machine.ts';
import { fieldOf, pointedTo, read } from '../go/values/memory.ts';
import { runFunction } from '../go/values/run.ts';
import { opaqueOf, type Table, zeroOf } from '../go/values/table.ts';
import { alternativesOf, type Location, type Value } from '../go/values/value.ts';
import { merge, World } from '../go/values/world.ts';
import { type GuardedTypes, guardedTypesOf } from './guarded-types.ts';
import type { Integration } from './integration.ts';
import type { Platform } from './platform.ts';
import { bodiesCalled, type Relevance, relevanceOf } from './relevance.ts';
import { type SendDomain, sendDomain } from './send-domain.ts';
import type { SendFacts } from './send-facts.ts';
import { namedOf } from './type-names.ts';

/** Steps of one integration's analysis. Real integrations need a few thousand. */
const MAX_STEPS = 400_000;

const known = new WeakMap<Integration, SendFacts>();

export function followSends(integration: Integration, platform: Platform): SendFacts {
  let facts = known.get(integration);
  if (facts === undefined) {
    facts = follow(integration, platform);
    known.set(integration, facts);
  }
  return facts;
}

interface Analysis {
  readonly integration: Integration;
  readonly platform: Platform;
  readonly program: Program;
  readonly table: Table;
  readonly machine: Machine;
  readonly domain: SendDomain;
  readonly types: GuardedTypes;
  readonly relevance: Relevance;
}

function follow(integration: Integration, platform: Platform): SendFacts {
  const { pkg } = integration;
  const { program } = pkg;
  const types = guardedTypesOf(pkg, platform.vocabulary, (t) => platform.isFilter(t) || platform.isJob(t));
  const relevance = relevanceOf(program, platform, types);
  const domain = sendDomain(program, platform, types, relevance);
  const entries = new Set(integration.entries);
  const machine = newMachine(program, domain, entries, MAX_STEPS);
  const { table } = machine;
  const a: Analysis = { integration, platform, program, table, machine, domain, types, relevance };
  let held = false;
  try {
    const made = construct(a);
    const run = integration.method(platform.vocabulary.entryMethod);
    const after = made.map((world) => (run === undefined ? world : runOn(a, world, run)));
    held = [...made, ...after].some((world) => holdsFilter(a, world));
    for (const fn of others(a, run)) for (const world of after) runOn(a, world, fn);
    // A send that nothing led to is looked at on its own: whatever kept the run from it may be a mistake of this analysis.
    for (const fn of new Set(unreachedSends(a).map(({ fn }) => declaredAround(fn))))
      for (const world of after) runOn(a, world, fn);
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    const fn = integration.method(platform.vocabulary.entryMethod) ?? integration.entries[0];
    if (fn !== undefined) domain.onGap(fn, `needs more than ${MAX_STEPS} steps to follow what it sends`);
  }
  const unreached = unreachedSends(a).map(({ call }) => call);
  return { ...domain.facts(), holdsFilter: held, unreached };
}

/** Sends in functions that were run to which no way led, though the graph has one. */
function unreachedSends({ machine, domain, platform }: Analysis): { fn: GoFunction; call: CallExpr }[] {
  return [...machine.visited].flatMap((fn) =>
    fn.calls
      .filter(
        (call) => platform.sendAt(call) !== undefined && !domain.reached(call) && canBeReached(fn, call),
      )
      .map((call) => ({ fn, call })),
  );
}

function canBeReached(fn: GoFunction, call: CallExpr): boolean {
  const place = placeContaining(fn.cfg, call);
  return place !== undefined && isReachable(fn.cfg, place.block);
}

function declaredAround(fn: GoFunction): GoFunction {
  return fn.parent === undefined ? fn : declaredAround(fn.parent);
}

/** Where the integration itself stands: one object for all ways in which it can be made. */
function self({ table, integration }: Analysis): Location {
  return table.values.object(integration.type, integration.type.type);
}

/** Pins the integration: it is never dropped. */
function pin(a: Analysis, world: World): void {
  const { values } = a.table;
  world.store.set(values.variable(a.integration.type, 0, a.integration.type.type), values.pointer(self(a)));
}

/** The worlds in which the constructors have made the integration; without a constructor, one in which its fields are untouched. */
function construct(a: Analysis): World[] {
  const worlds: World[] = [];
  for (const fn of constructors(a)) {
    let joined: World | undefined;
    for (const { world, value } of runFunction(
      a.machine,
      undefined,
      new World(a.table),
      fn,
      callOf(a, fn, undefined),
      undefined,
    ))
      for (const content of madeHere(a, world, value)) {
        const one = world.fork();
        one.store.set(self(a), withZeroFields(a, content));
        pin(a, one);
        if (joined === undefined) joined = one;
        else merge(joined, one);
      }
    if (joined !== undefined) worlds.push(joined);
  }
  if (worlds.length > 0) return worlds;
  const world = new World(a.table);
  const { type } = a.integration.type;
  const who = a.table.identities.made({ site: a.integration.type, type });
  world.store.set(self(a), withZeroFields(a, a.table.values.opaque(who)));
  pin(a, world);
  return [world];
}

/** The integration among the results of a constructor, as a struct. */
function madeHere(a: Analysis, world: World, value: Value): Value[] {
  const { type } = a.integration.type;
  const results = value.kind === 'tuple' ? value.values : [value];
  return results
    .flatMap(alternativesOf)
    .flatMap((result) => alternativesOf(pointedTo(world, result)))
    .filter((v) => v.kind === 'struct' && namedOf(v.who.type)?.object === namedOf(type)?.object);
}

/** The struct as that of the one integration: what its constructor has set, and zero for filters and models that it has not. */
function withZeroFields(a: Analysis, content: Value): Value {
  const { values, identities } = a.table;
  const { type } = a.integration.type;
  const shape = underlying(type);
  const who = identities.made({ site: a.integration.type, type });
  const fields = new Map(content.kind === 'struct' ? content.fields : []);
  if (shape.kind === 'struct')
    for (const field of shape.fields)
      if (!fields.has(field.name) && holdsThings(a, field.type, 0))
        fields.set(field.name, zeroOf(a.table, field.type, field));
  return values.struct(who, fields);
}

function holdsThings(a: Analysis, type: Type, depth: number): boolean {
  if (depth > 4) return false;
  if (a.platform.isFilter(type)) return true;
  const shape = underlying(type);
  if (shape.kind === 'slice' || shape.kind === 'map' || shape.kind === 'array')
    return a.types.guardOf(type) !== 'free';
  return shape.kind === 'struct' && shape.fields.some((field) => holdsThings(a, field.type, depth + 1));
}

/**
 * The functions of the package that make the integration, and that no other function of it calls: what a helper makes on the way is not
 * what comes out.
 */
function constructors({ integration, program }: Analysis): readonly GoFunction[] {
  const { pkg, type } = integration;
  const called = new Set(
    pkg.functions.flatMap((fn) => fn.calls.flatMap((call) => bodiesCalled(program, call))),
  );
  const makers = pkg.functions.filter(
    (fn) =>
      fn.results.length > 0 &&
      (fn.results.some((result) => namedOf(result.type)?.object === type) ||
        (fn.object?.receiver === undefined &&
          fn.results.some((r) => underlying(r.type).kind === 'interface') &&
          makes(fn, type))),
  );
  const outer = makers.filter((fn) => !called.has(fn));
  return outer.length > 0 ? outer : makers;
}

/** Does a literal of the type stand in the function? */
function makes(fn: GoFunction, type: Integration['type']): boolean {
  let found = false;
  walk(fn.body, (node) => {
    if (node.kind === 'CompositeLit' && node.type !== undefined && isLiteralOf(fn, node, type)) found = true;
    return !found;
  });
  return found;
}

function isLiteralOf(fn: GoFunction, node: CompositeLit, type: Integration['type']): boolean {
  return namedOf(fn.pkg.info.typeOf(node))?.object === type;
}

/** A call that nobody wrote: the platform's. */
function callOf(_a: Analysis, fn: GoFunction, receiver: Value | undefined): Called {
  const pos = fn.node.pos;
  const fun = { kind: 'Ident', name: fn.symbol, pos, end: pos } as const;
  const call = { kind: 'CallExpr', fun, args: [], ellipsis: false, pos, end: pos } as const;
  return { call, func: fn.object, selector: undefined, receiver, args: [] };
}

/** The world that a run of the function leaves behind; if it never returns, the one before. */
function runOn(a: Analysis, before: World, fn: GoFunction): World {
  const world = before.fork();
  const { values } = a.table;
  const pointer = values.pointer(self(a));
  const own = namedOf(fn.receiver?.type ?? a.integration.type.type)?.object === a.integration.type;
  const receiver =
    fn.receiver === undefined
      ? undefined
      : own
        ? receiverFor(a, world, fn, pointer)
        : opaqueReceiver(a, world, fn);
  let joined: World | undefined;
  for (const outcome of runFunction(a.machine, undefined, world, fn, callOf(a, fn, receiver), undefined)) {
    if (joined === undefined) joined = outcome.world;
    else merge(joined, outcome.world);
  }
  return joined ?? before;
}

function receiverFor(a: Analysis, world: World, fn: GoFunction, pointer: Value): Value {
  return fn.object?.receiver?.pointer === true ? pointer : read(world, self(a));
}

/** The embedded value on which a promoted method runs. */
function opaqueReceiver(a: Analysis, world: World, fn: GoFunction): Value {
  const { values, identities } = a.table;
  const wanted = namedOf(fn.receiver!.type)?.object;
  const path = wanted && embeddedPath(a.integration.type.type, wanted, 0);
  if (path === undefined)
    return opaqueOf(a.table, identities.made({ site: fn.node, type: fn.receiver!.type }));
  let at = self(a);
  for (const field of path) {
    const content = read(world, at);
    const inner = fieldOf(world, content, field.name);
    if (inner.kind === 'pointer') at = inner.to;
    else at = values.field(at, field.name, field.type);
  }
  return fn.object?.receiver?.pointer === true ? values.pointer(at) : read(world, at);
}

function embeddedPath(
  type: Type,
  wanted: object,
  depth: number,
): readonly { name: string; type: Type }[] | undefined {
  const shape = underlying(type.kind === 'pointer' ? type.elem : type);
  if (shape.kind !== 'struct' || depth > 6) return undefined;
  for (const field of shape.fields) {
    if (!field.embedded) continue;
    if (namedOf(field.type)?.object === wanted) return [field];
    const rest = embeddedPath(field.type, wanted, depth + 1);
    if (rest !== undefined) return [field, ...rest];
  }
  return undefined;
}

/** Functions of the integration that may send and that the run has not come to; those first that none of the others calls. */
function others(a: Analysis, run: GoFunction | undefined): Iterable<GoFunction> {
  const { integration, machine, relevance, program } = a;
  const own = new Set(integration.files);
  const candidates = [
    ...new Set([...integration.entries, ...integration.pkg.functions.filter((fn) => own.has(fn.file.path))]),
  ].filter((fn) => fn !== run && relevance.sends(fn) && belongs(a, fn));
  const left = candidates.filter((fn) => !machine.visited.has(fn));
  const called = new Set(left.flatMap((fn) => fn.calls.flatMap((call) => bodiesCalled(program, call))));
  const ordered = [...left.filter((fn) => !called.has(fn)), ...left.filter((fn) => called.has(fn))];
  return (function* () {
    for (const fn of ordered) if (!machine.visited.has(fn)) yield fn;
  })();
}

/** Methods of other integrations in the package are theirs. */
function belongs({ integration }: Analysis, fn: GoFunction): boolean {
  return fn.object?.receiver === undefined || integration.entries.includes(fn);
}

/** Does a field of the integration hold a filter that is not nil? */
function holdsFilter(a: Analysis, world: World): boolean {
  const shape = underlying(a.integration.type.type);
  if (shape.kind !== 'struct') return false;
  return shape.fields.some((field) =>
    holds(a, world, fieldOf(world, read(world, self(a)), field.name), field.type, 0),
  );
}

function holds(a: Analysis, world: World, value: Value, type: Type, depth: number): boolean {
  if (depth > 3) return false;
  if (a.platform.isFilter(type)) return alternativesOf(value).every((v) => v.kind !== 'nil');
  const shape = underlying(type);
  if (shape.kind !== 'struct') return false;
  return shape.fields.some((field) =>
    holds(a, world, fieldOf(world, value, field.name), field.type, depth + 1),
  );
}
