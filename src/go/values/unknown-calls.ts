/**
 * Calls that cannot be followed, or need not be.
 *
 *     json.Unmarshal(data, &host)     host is another thing from here on
 *     g.Go(func() error { … })        the literal runs, here or later: it is run here
 *     t.allow(filter, &asset)         a function that somebody else has chosen: its result may stand for an answer
 */
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { ACCEPTED, REJECTED } from './answers.ts';
import { callWith } from './calls.ts';
import { constantOf } from './conditions.ts';
import { fresh, renewed } from './evaluate.ts';
import { noteStarted, runStarted } from './goroutines.ts';
import type { Argument, Called, Frame, Machine, Outcome } from './machine.ts';
import { read, write } from './memory.ts';
import { note } from './questions.ts';
import { type Thing, thingsIn } from './things.ts';
import { alternativesOf, type Value } from './value.ts';
import type { World } from './world.ts';

export function callUnknown(m: Machine, f: Frame, start: World, called: Called): Outcome[] {
  const { call, args } = called;
  const things = args.flatMap(({ value }) => thingsIn(m, start, value));
  const isDoubtful = m.domain.onUnknownCall(called, f, things, start);
  const waits = called.func?.name === 'Wait' || called.selector?.sel.name === 'Wait';
  const worlds = waits ? runStarted(m, f, start) : runArguments(m, f, start, called);
  return worlds.flatMap((world) => {
    renewed(world, call, []);
    for (const arg of args) overwrite(m, world, arg, call);
    const type = f.info.typeOf(call);
    if (isDoubtful && things.length > 0) return inDoubt(m, world, called, things, type);
    return [{ world, value: results(m, called, type) }];
  });
}

/** Functions that are handed over run once, with arguments of which nothing is known. One that never returns leaves the world as it was. */
function runArguments(m: Machine, f: Frame, start: World, called: Called): World[] {
  let worlds = [start];
  called.args.forEach(({ value }, i) => {
    for (const fun of alternativesOf(value)) {
      if (fun.kind !== 'function' || !worthRunning(m, fun)) continue;
      const params = paramsOf(m, fun);
      worlds = worlds.flatMap((world) => {
        const [kept] = renewed(world, called.call, [fun]);
        noteStarted(m, world, { call: called.call, fun: kept!, args: [] });
        const given = params.map((type, j) => fresh(m, called.call, type, `${i}.${j}`));
        const before = world.fork();
        const after = callWith(m, f, world, called.call, kept!, given);
        return after.length === 0 ? [before] : after.map((outcome) => outcome.world);
      });
    }
  });
  return worlds;
}

function worthRunning(m: Machine, fun: Extract<Value, { kind: 'function' }>): boolean {
  const { target } = fun;
  if (target.kind === 'literal') return m.domain.matters(m.program.functionOf(target.node));
  if (target.kind !== 'declared') return false;
  const body = m.program.bodyOf(target.func.origin);
  return body !== undefined && m.domain.matters(body) && !m.entries.has(body);
}

function paramsOf(m: Machine, fun: Extract<Value, { kind: 'function' }>): readonly Type[] {
  const { target } = fun;
  if (target.kind === 'literal') return m.program.functionOf(target.node).params.map((p) => p.type);
  return target.kind === 'declared' ? target.func.signature.params.map((p) => p.type) : [];
}

/** Whoever is given the address of something plain, or of something that has no content yet, may write to it. */
function overwrite(m: Machine, world: World, { value }: Argument, site: object): void {
  for (const pointer of alternativesOf(value)) {
    if (pointer.kind !== 'pointer') continue;
    const { to } = pointer;
    if (to.kind === 'pointee' || to.kind === 'object') continue;
    const content = read(world, to);
    if (!alternativesOf(content).every((v) => isPlain(m, v))) continue;
    write(world, to, fresh(m, site, to.type, `&${to.id}`));
  }
}

/** Values that are not worth keeping when somebody unknown may have written over them. */
function isPlain(m: Machine, value: Value): boolean {
  switch (value.kind) {
    case 'constant':
    case 'nil':
      return true;
    case 'opaque':
      return m.domain.guards(value.who.type) === 'free';
    case 'struct':
      return value.who.zero && value.fields.size === 0 && m.domain.guards(value.who.type) === 'free';
    default:
      return false;
  }
}

/** What the call returns: something new, of which nothing is known. */
function results(m: Machine, called: Called, type: Type): Value {
  if (type.kind !== 'tuple') return fresh(m, called.call, type);
  return m.table.values.tuple(type.types.map((one, i) => fresh(m, called.call, one, `${i}`)));
}

/**
 * The call may have asked, or not. Its first boolean, or error, comes out both ways, and which way it was is noted for what it was given;
 * things that it returns are noted, too.
 */
function inDoubt(m: Machine, world: World, called: Called, things: readonly Thing[], type: Type): Outcome[] {
  const { call } = called;
  const { values } = m.table;
  const key = `doubt ${m.table.numberOf(call)}`;
  const types = type.kind === 'tuple' ? type.types : [type];
  const decides = types.findIndex((t) => isBool(t) || isError(t));
  const returned = types.map((one, i) => fresh(m, call, one, `${i}`));
  const outcomes = decides < 0 ? [ACCEPTED] : [ACCEPTED, REJECTED];
  return outcomes.map((outcome, i) => {
    const next = i === outcomes.length - 1 ? world : world.fork();
    for (const thing of [...things, ...returned.flatMap((v) => thingsIn(m, next, v))])
      note(next, thing, { key, kind: 'doubt', outcomes: outcome, calls: [call] });
    const given = returned.map((value, j): Value => {
      if (j !== decides) return value;
      if (isBool(types[j]!)) return constantOf(next, outcome === ACCEPTED);
      return outcome === ACCEPTED ? values.nil : opaqueError(m, call, types[j]!);
    });
    return { world: next, value: type.kind === 'tuple' ? values.tuple(given) : given[0]! };
  });
}

function opaqueError(m: Machine, site: object, type: Type): Value {
  return m.table.values.opaque(m.table.identities.made({ site, type, notNil: true, which: 'error' }));
}

export function isBool(type: Type): boolean {
  const shape = underlying(type);
  return shape.kind === 'basic' && /bool$/.test(shape.name);
}

export function isError(type: Type): boolean {
  return type.kind === 'named' && type.object.name === 'error' && type.object.pkg.origin === 'universe';
}
