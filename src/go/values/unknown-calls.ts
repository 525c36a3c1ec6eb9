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
import type { Called, Frame, Machine, Outcome } from './machine.ts';
import { read, write } from './memory.ts';
import { note } from './questions.ts';
import { zeroOf } from './table.ts';
import { type Thing, thingsIn } from './things.ts';
import { alternativesOf, type Location, type Value } from './value.ts';
import type { World } from './world.ts';

export function callUnknown(m: Machine, f: Frame, start: World, called: Called): Outcome[] {
  const { call, args } = called;
  const things = args.flatMap(({ value }) => thingsIn(m, start, value));
  const isDoubtful = m.domain.onUnknownCall(called, f, things, start);
  const waits = called.func?.name === 'Wait' || called.selector?.sel.name === 'Wait';
  const worlds = waits ? runStarted(m, f, start) : runArguments(m, f, start, called);
  return worlds.flatMap((world) => {
    renewed(world, call, []);
    for (const { value } of args) disturb(m, world, value, call);
    if (called.receiver !== undefined) disturb(m, world, called.receiver, call);
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
  // A literal may write the variables that it captures.
  if (target.kind === 'literal') return true;
  if (target.kind !== 'declared') return false;
  const body = m.program.bodyOf(target.func.origin);
  return body !== undefined && m.domain.matters(body) && !m.entries.has(body);
}

function paramsOf(m: Machine, fun: Extract<Value, { kind: 'function' }>): readonly Type[] {
  const { target } = fun;
  if (target.kind === 'literal') return m.program.functionOf(target.node).params.map((p) => p.type);
  return target.kind === 'declared' ? target.func.signature.params.map((p) => p.type) : [];
}

/**
 * Whoever is given a pointer may write through it: what is plain there is anything from then on. Things stay who they are, and keep their
 * filters, functions and collections: a call that is passed over has nothing to do with those.
 */
function disturb(m: Machine, world: World, value: Value, site: object): void {
  for (const pointer of alternativesOf(value)) {
    if (pointer.kind !== 'pointer' || pointer.to.kind === 'element') continue;
    const { to } = pointer;
    const content = read(world, to);
    const disturbed = alternativesOf(content).map((v) => disturbedValue(m, v, to, site));
    if (disturbed.some((v, i) => v !== alternativesOf(content)[i]))
      write(world, to, m.table.values.union(disturbed));
  }
}

function disturbedValue(m: Machine, value: Value, at: Location, site: object): Value {
  const { values, identities } = m.table;
  const some = () => fresh(m, site, at.type, `&${at.id}`);
  switch (value.kind) {
    case 'constant':
      return some();
    case 'nil':
      return isNilable(at.type) ? some() : value;
    case 'opaque':
      return at.kind === 'variable' && m.domain.guards(value.who.type) === 'free' ? some() : value;
    case 'struct': {
      const { who } = value;
      const fields = new Map([...value.fields].filter(([, v]) => v.kind !== 'constant'));
      const isUnset = who.zero && m.domain.guards(who.type) === 'free';
      if (!isUnset) return fields.size === value.fields.size ? value : values.struct(who, fields);
      const shape = underlying(who.type);
      if (shape.kind === 'struct')
        for (const field of shape.fields)
          if (!fields.has(field.name) && staysUnset(m, field.type))
            fields.set(field.name, zeroOf(m.table, field.type, field));
      return values.struct(identities.made({ site, type: who.type, which: `&${at.id}` }), fields);
    }
    default:
      return value;
  }
}

/** Fields for things, and what decides about them, are set by code that is followed. */
function staysUnset(m: Machine, type: Type): boolean {
  const { kind } = underlying(type);
  return kind === 'interface' || kind === 'signature' || m.domain.guards(type) !== 'free';
}

/** May the value be set to something by whoever has its address? Interfaces and functions are left alone: an unset one is a fact. */
function isNilable(type: Type): boolean {
  const { kind } = underlying(type);
  return kind === 'slice' || kind === 'map' || kind === 'pointer' || kind === 'unknown';
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
