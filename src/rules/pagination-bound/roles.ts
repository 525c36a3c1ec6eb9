/**
 * What part a value plays in a loop: is it counted, does it come from the answer, is it the same in every turn?
 */
import type { Place } from '../../go/flow/cfg.ts';
import { type Origins, VIA } from '../../go/provenance/origins.ts';
import type { CallExpr, Expr } from '../../go/syntax/ast.ts';
import type { Requests } from './tracking.ts';
import { progressOf, type Turn } from './turn.ts';

export interface Roles {
  /** Counted up or down from turn to turn, or the length of what grows. */
  readonly counter: boolean;
  /** Made of an answer: this turn's, or one that an earlier turn has kept. */
  readonly answer: boolean;
  /** All that it has from answers are elements of their lists. */
  readonly onlyElements: boolean;
  /** All it has from anywhere are lengths. */
  readonly length: boolean;
  /** From the clock. */
  readonly time: boolean;
  /** Something received from a channel, or given by a call that nothing of this goes into. */
  readonly received: boolean;
  /** Decided by functions that the caller brings. */
  readonly callbacks: readonly CallExpr[];
  /** A local list that is worked off. */
  readonly shrinking: boolean;
  /** The names of the fields that were taken from answers. */
  readonly names: readonly string[];
  /** Nothing of the above: the same in every turn. */
  readonly fixed: boolean;
}

export function rolesOf(turn: Turn, requests: Requests, e: Expr, place: Place): Roles {
  return rolesOfOrigins(turn, requests, turn.flow.origins(e, place).own);
}

export function rolesOfOrigins(turn: Turn, requests: Requests, origins: Origins): Roles {
  const { program } = turn.repetition.fn.pkg;
  let counter = false;
  let answer = false;
  let whole = false;
  let time = false;
  let received = false;
  let shrinking = false;
  let lengths = 0;
  let others = 0;
  const callbacks: CallExpr[] = [];
  const names = new Set<string>();
  const answered = (via: number, path: readonly string[]): void => {
    answer = true;
    if ((via & VIA.element) === 0) whole = true;
    for (const name of path) if (!name.startsWith('[')) names.add(name);
    if (via & VIA.length) lengths++;
    else others++;
  };
  for (const o of origins) {
    switch (o.kind) {
      case 'answer':
        answered(o.via, o.path);
        break;
      case 'head': {
        const progress = progressOf(turn, o.location!);
        if (progress.steps && !progress.shrinks) counter = true;
        else if (progress.grows && !progress.shrinks && o.via & VIA.length) counter = true;
        else if (progress.shrinks) shrinking = true;
        else if (progress.answers.length > 0) {
          for (const earlier of progress.answers) answered(earlier.via | o.via, [...earlier.path, ...o.path]);
        } else if (progress.others) received = true;
        if (o.via & VIA.length) lengths++;
        else others++;
        break;
      }
      case 'call': {
        const call = o.node as CallExpr;
        if (requests.isCallback(call)) callbacks.push(call);
        else if (isClock(program.calleeOf(call))) time = true;
        else received = true;
        break;
      }
      case 'channel':
        received = true;
        break;
      case 'constant':
    }
  }
  const fixed = !(counter || answer || time || received || shrinking || callbacks.length > 0);
  return {
    counter,
    answer,
    onlyElements: answer && !whole,
    length: lengths > 0 && others === 0,
    time,
    received,
    callbacks,
    shrinking,
    names: [...names],
    fixed,
  };
}

function isClock(callee: ReturnType<Turn['repetition']['fn']['pkg']['program']['calleeOf']>): boolean {
  return callee.kind === 'function' && callee.func.pkg.path === 'time';
}
