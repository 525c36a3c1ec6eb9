/**
 * Who a value is: what stays the same when a value is copied, pointed to, put away and taken out again.
 *
 *     for _, h := range hosts {
 *       asset := model.NewAsset(h.Name)      // one identity, made by this call, of the present turn
 *       tagged := asset                      // the same
 *       kept = append(kept, &tagged)         // in the next turn it is a *past* one of this call: with the answers it had
 *     }
 *     for _, a := range kept { ask(a) }      // each turn picks a *sample* of what is in kept
 *
 * A program makes values without end, an analysis must not: of the values that one piece of syntax makes, the latest is told from all
 * earlier ones ("recency abstraction", Balakrishnan and Reps), and the earlier ones are told apart only by the answers they had when
 * they ceased to be the latest. Only of the latest can something new be learnt; whoever takes an earlier one out of somewhere gets a
 * sample of it, which is the latest again.
 */
import type { Type } from '../semantics/types.ts';
import { type Answer, answersKey } from './answers.ts';

export interface Identity {
  readonly id: number;
  /** What made it: the syntax that was executed, or a variable for what was there from the beginning. */
  readonly site: object;
  /** As declared there; unknown and interface types say nothing about what the value is. */
  readonly type: Type;
  /** Of what it is a part, if it is known as a part of something. */
  readonly whole: Identity | undefined;
  /** A field by its name, `*` what it points to, `()` what an interface holds, `[]` its elements. */
  readonly part: string;
  /** For a sample: what made the things that it may be. Grows while the analysis goes on. */
  readonly sampled: ReadonlySet<object>;
  /** Of what a sample is one, if that is known to be something that is no sample itself. */
  readonly sampleOf: Identity | undefined;
  /** It stands for several values, of which nothing new can be learnt. */
  readonly many: boolean;
  /** The answers it had when it ceased to be the latest; undefined for the latest. */
  readonly past: readonly Answer[] | undefined;
  /** All its parts are zero values but those that were written. */
  readonly zero: boolean;
  /** It is not nil, whatever it is. */
  readonly notNil: boolean;
}

export interface Origin {
  readonly site: object;
  readonly type: Type;
  readonly zero?: boolean;
  readonly notNil?: boolean;
  /** Tells several apart that one site makes at a time: the results of a call. */
  readonly which?: string;
}

const NONE: ReadonlySet<object> = new Set();

/** How deep parts of parts are told apart: `list.next.next.next…` has no end. */
const MAX_PARTS = 6;

export interface Identities {
  made(origin: Origin): Identity;
  partOf(whole: Identity, part: string, type: Type): Identity;
  /** A sample, picked out by `site`, of something that stands for many; `answers` are those that it starts with. */
  sampleOf(many: Identity, site: object, answers: readonly Answer[]): Identity;
  /** A sample of things of one type with the same answers, of which nothing else matters: they are not told apart. */
  sampleOfAny(many: readonly Identity[], site: object, answers: readonly Answer[]): Identity;
  /** What the latest of a site becomes when there is a later one. */
  pastOf(latest: Identity, answersOf: (whole: Identity) => readonly Answer[]): Identity;
}

/** A table of identities: the same description gives the same object. `numberOf` numbers sites and types. */
export function newIdentities(numberOf: (x: object) => number): Identities {
  const known = new Map<string, Identity>();
  const intern = (key: string, make: () => Omit<Identity, 'id'>): Identity => {
    let found = known.get(key);
    if (found === undefined) {
      found = { ...make(), id: known.size };
      known.set(key, found);
    }
    return found;
  };
  const plain = {
    whole: undefined,
    part: '',
    sampled: NONE,
    sampleOf: undefined,
    many: false,
    past: undefined,
    zero: false,
    notNil: false,
  };

  const made = ({ site, type, zero = false, notNil = false, which = '' }: Origin): Identity =>
    intern(`m${numberOf(site)},${which},${zero ? 'z' : ''}${notNil ? 'n' : ''},${numberOf(type)}`, () => ({
      ...plain,
      site,
      type,
      zero,
      notNil,
    }));

  const partOf = (whole: Identity, part: string, type: Type): Identity => {
    if (depthOf(whole) >= MAX_PARTS)
      return intern(`d${numberOf(type)}`, () => ({ ...plain, site: type, type, many: true }));
    const { site, zero, past } = whole;
    const many = whole.many || part === '[]';
    return intern(`p${whole.id},${part},${numberOf(type)}`, () => ({
      ...plain,
      ...{ site, type, whole, part, many, zero, past },
    }));
  };

  const withOrigins = (sample: Identity, of: readonly Identity[]): Identity => {
    for (const one of of) for (const site of originsOf(one)) (sample.sampled as Set<object>).add(site);
    return sample;
  };

  // A sample of samples is one of what they are samples of: else there would be no end of them.
  const sampleOf: Identities['sampleOf'] = (many, site, answers) => {
    const base = many.sampleOf ?? many;
    const sample = intern(`s${base.id},${numberOf(site)},${answersKey(answers)}`, () => {
      const { type, zero, notNil } = many;
      return { ...plain, site, type, zero, notNil, sampled: new Set<object>(), sampleOf: base };
    });
    return withOrigins(sample, [many]);
  };

  const sampleOfAny: Identities['sampleOfAny'] = (many, site, answers) => {
    const { type } = many[0]!;
    const sample = intern(`S${numberOf(type)},${numberOf(site)},${answersKey(answers)}`, () => {
      return { ...plain, site, type, sampled: new Set<object>() };
    });
    return withOrigins(sample, many);
  };

  const pastOf: Identities['pastOf'] = (latest, answersOf) => {
    const { whole } = latest;
    if (latest.past !== undefined) return latest;
    if (whole !== undefined) return partOf(pastOf(whole, answersOf), latest.part, latest.type);
    const past = answersOf(latest);
    const calls = past.map((a) => a.calls.map((call) => numberOf(call)).join('+')).join();
    return intern(`e${latest.id},${answersKey(past)},${calls}`, () => ({ ...latest, many: true, past }));
  };

  return { made, partOf, sampleOf, sampleOfAny, pastOf };
}

function depthOf(identity: Identity): number {
  let depth = 0;
  for (let at: Identity | undefined = identity; at !== undefined; at = at.whole) depth++;
  return depth;
}

/** What questions are about: the whole, and which part of it. What a pointer points to and what an interface holds is the thing itself. */
export interface Subject {
  readonly whole: Identity;
  readonly of: string;
}

export function subjectOf(identity: Identity): Subject {
  const path: string[] = [];
  let whole = identity;
  for (; whole.whole !== undefined; whole = whole.whole)
    if (whole.part !== '*' && whole.part !== '()') path.push(whole.part);
  return { whole, of: path.reverse().join('.') };
}

/** What made it, and what made the things that it was picked out of. */
export function originsOf(identity: Identity): ReadonlySet<object> {
  const sites = new Set<object>([identity.site]);
  for (let whole: Identity | undefined = identity; whole !== undefined; whole = whole.whole)
    for (const site of whole.sampled) sites.add(site);
  return sites;
}
