/**
 * One turn of a loop: what its requests are made of, and what a turn does to what the next one will be made of.
 *
 *     for { page, err := c.list(ctx, opts); …; opts.Cursor = page.Next }
 *     // request: c.list, from opts as it was when the turn began
 *     // progress of opts.Cursor: the answer of that request
 */

import { type Variables, variablesOf } from '../../go/flow/accesses.ts';
import type { Write } from '../../go/provenance/frame.ts';
import { join, type Memory, read, write } from '../../go/provenance/memory.ts';
import {
  isWithin,
  type Location,
  locationOf,
  type Origin,
  overlap,
  VIA,
} from '../../go/provenance/origins.ts';
import type { Flow } from '../../go/provenance/run.ts';
import { type CallExpr, unparen } from '../../go/syntax/ast.ts';
import type { Repetition } from './repetition.ts';
import type { Requests } from './tracking.ts';

export interface Turn {
  readonly repetition: Repetition;
  /** One turn, from the head. */
  readonly flow: Flow;
  /** The whole function, from its start. */
  readonly whole: Flow;
  readonly variables: Variables;
  /** What the next turn finds. */
  readonly atEnd: Memory;
  /** What the turn writes; to parameters also what a recursive call gives them. */
  readonly writes: readonly Write[];
  readonly progress: Map<Location, Progress>;
  isCallback(call: CallExpr): boolean;
}

/** What a turn does to a location. */
export interface Progress {
  /** It gets something of these answers. */
  readonly answers: readonly Origin[];
  /** It is counted up or down. */
  readonly steps: boolean;
  /** A list gets longer. */
  readonly grows: boolean;
  /** It becomes a part of what it was: a list gets shorter, a chain is followed. */
  readonly shrinks: boolean;
  /** It gets something else: the result of some call, something received. */
  readonly others: boolean;
}

export const NO_PROGRESS: Progress = {
  answers: [],
  steps: false,
  grows: false,
  shrinks: false,
  others: false,
};

export function turnOf(requests: Requests, repetition: Repetition, whole: Flow): Turn {
  const { fn, head, blocks } = repetition;
  const flow = requests.turnOf(whole, head, blocks);
  return {
    repetition,
    flow,
    whole,
    variables: variablesOf(fn.cfg, fn.pkg.info),
    atEnd: memoryAtEnd(repetition, flow),
    writes: [...flow.writes, ...handedOn(repetition, flow)],
    progress: new Map(),
    isCallback: requests.isCallback,
  };
}

function memoryAtEnd(repetition: Repetition, flow: Flow): Memory {
  let memory: Memory | undefined;
  for (const { block, call } of repetition.backs) {
    let here = call === undefined ? flow.behind(block) : flow.before(call);
    if (here === undefined) continue;
    for (const { location, origins } of handedOn(repetition, flow))
      here = write(here, location, origins, true);
    memory = memory === undefined ? here : join(memory, here);
  }
  return memory ?? new Map();
}

/** The parameters of the next turn are the arguments of this one's recursive call. */
function handedOn({ fn, backs, recursive }: Repetition, flow: Flow): readonly Write[] {
  const place = backs[0]?.call;
  if (recursive === undefined || place === undefined) return [];
  return fn.params.flatMap((param, i) => {
    const arg = recursive.args[i];
    if (arg === undefined) return [];
    const x = unparen(arg);
    // What is handed on as it is, stays as it is.
    if (x.kind === 'Ident' && fn.pkg.info.objectOf(x) === param) return [];
    const origins = flow.origins(arg, place).deep;
    return [{ place, location: locationOf(param), origins, how: 'assign' as const, call: undefined }];
  });
}

/** How many locations may hang on one another. */
const MAX_CHAIN = 20;

/** What one turn does to a location: what it holds at the end, in terms of what was there at the start. */
export function progressOf(turn: Turn, location: Location, depth = 0): Progress {
  const known = turn.progress.get(location);
  if (known !== undefined) return known;
  if (depth > MAX_CHAIN) return NO_PROGRESS;
  // A location that depends on itself by way of others adds nothing to itself.
  turn.progress.set(location, NO_PROGRESS);
  const answers = new Set<Origin>();
  let { steps, grows, shrinks, others } = NO_PROGRESS;
  for (const o of read(turn.atEnd, location)) {
    switch (o.kind) {
      case 'answer':
        answers.add(o);
        break;
      case 'head': {
        const from = o.location!;
        if (overlap(from, location)) {
          const { via } = o;
          if (via & VIA.test) break;
          if (via & VIA.slice) shrinks = true;
          if (via & VIA.grown) grows = true;
          else if (via & VIA.element) shrinks = true;
          else if (via & (VIA.step | VIA.arithmetic) && !(via & VIA.length)) steps = true;
          else if (via & VIA.called || o.path.length > 0 || isFollowed(turn, from, location, via))
            shrinks = true;
          break;
        }
        const other = progressOf(turn, from, depth + 1);
        for (const answer of other.answers) answers.add(answer);
        if (other.steps || (other.grows && o.via & VIA.length)) steps = true;
        if (other.shrinks) shrinks = true;
        if (other.others) others = true;
        break;
      }
      case 'call':
      case 'channel':
        others = true;
        break;
      case 'constant':
    }
  }
  const progress = { answers: [...answers], steps, grows, shrinks, others };
  turn.progress.set(location, progress);
  return progress;
}

/** `l = l.next`: the location itself, and not only one of its parts, was given a part of itself. */
function isFollowed(turn: Turn, part: Location, location: Location, via: number): boolean {
  if (via !== 0 || part === location || !isWithin(part, location)) return false;
  return turn.writes.some((w) => w.location === location && [...w.origins].some((o) => o.location === part));
}

/** Writes of the turn that touch a location. */
export function writesTo(turn: Turn, location: Location): readonly Write[] {
  return turn.writes.filter((w) => overlap(w.location, location));
}
