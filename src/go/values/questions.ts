/**
 * Calls that mean something to the domain: questions, sieves, uses.
 *
 *     skip := t.Filter.Asset(&a)     // two ways on: a rejected and skip true, a accepted and skip false
 *     t.Job.Send(&a)                 // the domain is told what is known of a
 */
import type { Type } from '../semantics/types.ts';
import type { CallExpr, Expr } from '../syntax/ast.ts';
import { ACCEPTED, type Answer, type Outcomes, REJECTED, UNASKED, UNHEARD, withAnswer } from './answers.ts';
import { constantOf, mayBeNil } from './conditions.ts';
import { renewed } from './evaluate.ts';
import { originsOf, subjectOf } from './identity.ts';
import type { Argument, Called, Frame, Machine, Meaning, Outcome } from './machine.ts';
import { allocate, elementsOf } from './memory.ts';
import { keep, release } from './places.ts';
import { detach, renew } from './renew.ts';
import { anyOf, opaqueOf } from './table.ts';
import { isolate, type Thing, thingsIn } from './things.ts';
import type { Value } from './value.ts';
import type { World } from './world.ts';

export function carryOut(m: Machine, f: Frame, world: World, called: Called, meaning: Meaning): Outcome[] {
  const { values } = m.table;
  const { call } = called;
  switch (meaning.kind) {
    case 'question':
      return ask(m, f, world, called, meaning);
    case 'use': {
      for (const argument of meaning.values) {
        const things = thingsIn(m, world, argument.value);
        if (things.length > 0) m.domain.onUse({ call, frame: f, argument, things, world });
      }
      return [{ world, value: values.tuple([]) }];
    }
    case 'sieve': {
      const elements = elementsOf(world, meaning.list.value);
      m.domain.onQuestion(called, f, meaning.list);
      renewed(world, call, []);
      const accepted = elements.map((element) =>
        settled(m, world, element, call, ACCEPTED, keyOf(meaning.asked)),
      );
      return [{ world, value: allocate(world, call, values.list(accepted), f.info.typeOf(call)) }];
    }
    case 'makes-free':
      renew(world, call);
      return [{ world, value: opaqueOf(m.table, m.table.identities.made({ site: call, type: FREE })) }];
    case 'makes': {
      renew(world, call);
      m.domain.onMade(called, f);
      return [
        {
          world,
          value: opaqueOf(
            m.table,
            m.table.identities.made({ site: call, type: f.info.typeOf(call), notNil: true }),
          ),
        },
      ];
    }
  }
}

/** One among many, as the sieve lets it out: a past thing of the call with that answer. */
function settled(
  m: Machine,
  world: World,
  element: Value,
  call: CallExpr,
  outcomes: Outcomes,
  key: string,
): Value {
  const scratch = world.fork();
  const picked = detach(scratch, element, call);
  const [at] = keep(scratch, call, [picked]);
  for (const thing of thingsIn(m, scratch, picked))
    note(scratch, thing, { key, kind: 'question', outcomes, calls: [call] });
  renew(scratch, call);
  return release(scratch, [at!])[0]!;
}

/** A type without any parts. */
const FREE: Type = { kind: 'struct', fields: [] };

function keyOf(asked: Value | undefined): string {
  return asked === undefined ? '?' : `${asked.id}`;
}

/** Enters an answer about a thing; nothing can be entered about what is past. */
export function note(world: World, thing: Thing, answer: Omit<Answer, 'of'>): void {
  const { whole, of } = subjectOf(thing.who);
  if (whole.past !== undefined) return;
  world.answers.set(whole, withAnswer(world.answersAbout(whole), { ...answer, of }));
}

function ask(
  m: Machine,
  f: Frame,
  start: World,
  called: Called,
  { about, whenTrue, asked }: Extract<Meaning, { kind: 'question' }>,
): Outcome[] {
  const { call } = called;
  if (asked !== undefined && mayBeNil(asked)) m.domain.onNilAsked(called, f);
  const key = keyOf(asked);
  m.domain.onQuestion(called, f, about);
  return isolate(m, start, about.value, about.from, call).flatMap(({ world, thing }): Outcome[] => {
    if (thing === undefined) return [{ world, value: anyOf(m.table, f.info.typeOf(call)) }];
    m.questions.push({ call, thing });
    const { whole, of } = subjectOf(thing.who);
    const before = world
      .answersAbout(whole)
      .find((a) => a.of === of && a.key === key && a.kind === 'question');
    const known = before?.outcomes;
    const possible = known === ACCEPTED || known === REJECTED ? [known] : [ACCEPTED, REJECTED];
    return possible.map((outcome, i) => {
      const next = i === possible.length - 1 ? world : world.fork();
      const calls =
        before !== undefined && known === outcome ? [...new Set([...before.calls, call])] : [call];
      note(next, thing, { key, kind: 'question', outcomes: outcome, calls });
      remember(next, f, call, about, thing, outcome);
      return { world: next, value: constantOf(next, (outcome === ACCEPTED) === (whenTrue === ACCEPTED)) };
    });
  });
}

/** Notes the question, with the frames that are running and the names that the thing has in them. */
function remember(
  world: World,
  f: Frame,
  call: CallExpr,
  about: Argument,
  thing: Thing,
  outcomes: Outcomes,
): void {
  const origins = originsOf(thing.who);
  const frames = new Map<string, Expr | undefined>();
  let name = about.expr;
  for (let frame: Frame | undefined = f; frame !== undefined; frame = frame.parent) {
    frames.set(frame.key, name);
    const site = [...origins].find((origin) => frame?.received.has(origin) === true);
    name = site === undefined ? undefined : frame.received.get(site);
  }
  world.asked.set(call, { call, outcomes, about: new Set([thing.who]), frames });
}

/** Nobody has listened to what these questions were answered in this world. */
export function unheard(
  world: World,
  asked: readonly { readonly call: CallExpr; readonly thing: Thing }[],
): void {
  for (const { call, thing } of asked) {
    const { whole, of } = subjectOf(thing.who);
    for (const answer of world.answersAbout(whole))
      if (
        answer.of === of &&
        answer.kind === 'question' &&
        answer.calls.includes(call) &&
        (answer.outcomes & UNASKED) === 0
      )
        note(world, thing, { ...answer, outcomes: UNHEARD });
  }
}

/** An argument that nobody wrote. */
export function unwritten(value: Value): Argument {
  return { value, expr: undefined, spread: false, from: undefined };
}
