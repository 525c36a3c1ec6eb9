/**
 * Answers: what has been learnt about a value from the questions that were asked about it.
 *
 *     if filter.Asset(&a) { … }      // answer of filter: rejected in the one branch, accepted in the other
 *     filter.Asset(&a)               // answer of filter: unheard
 *
 * An answer is a set of outcomes, since what is known where paths meet is what any of them knows. Answers of one who is asked twice about
 * one value are one answer: who is asked is its key. Different ones are independent: what one has rejected stays rejected.
 */
import type { CallExpr } from '../syntax/ast.ts';

export const ACCEPTED = 1;
export const REJECTED = 2;
/** Asked, and nobody has listened. */
export const UNHEARD = 4;
/** On some path not asked. */
export const UNASKED = 8;

/** A set of the above. */
export type Outcomes = number;

export interface Answer {
  /** The part of the value that was asked about: a path of fields, empty for the value itself. */
  readonly of: string;
  /** Who was asked. */
  readonly key: string;
  /**
   * `question`: it was asked. `doubt`: a call that cannot be followed received the value and perhaps asked; accepted means that its result
   * was true. `choice`: a call with several possible targets received it, and each of them does something else.
   */
  readonly kind: 'question' | 'doubt' | 'choice';
  readonly outcomes: Outcomes;
  /** Where. */
  readonly calls: readonly CallExpr[];
}

export const NO_ANSWERS: readonly Answer[] = [];

function sameAnswer(a: Answer, b: Answer): boolean {
  return a.of === b.of && a.key === b.key;
}

/** Replaces the answer of the same one about the same part, or adds it. */
export function withAnswer(answers: readonly Answer[], answer: Answer): readonly Answer[] {
  const others = answers.filter((a) => !sameAnswer(a, answer));
  others.push(answer);
  return others.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** What is known where two paths meet. */
export function joinAnswers(a: readonly Answer[], b: readonly Answer[]): readonly Answer[] {
  if (a === b) return a;
  const joined = a.map((answer) => {
    const other = b.find((o) => sameAnswer(o, answer));
    if (other === undefined) return { ...answer, outcomes: answer.outcomes | UNASKED };
    const calls = [...new Set([...answer.calls, ...other.calls])];
    return { ...answer, outcomes: answer.outcomes | other.outcomes, calls };
  });
  for (const answer of b)
    if (!a.some((o) => sameAnswer(o, answer)))
      joined.push({ ...answer, outcomes: answer.outcomes | UNASKED });
  return joined.sort((x, y) => (keyOf(x) < keyOf(y) ? -1 : 1));
}

function keyOf({ of, key }: Answer): string {
  return `${of}|${key}`;
}

/** The same text for the same knowledge. */
export function answersKey(answers: readonly Answer[]): string {
  return answers.map((a) => `${keyOf(a)}=${a.outcomes}`).join(';');
}

/** What may be true of a part of a value, all answers taken together: accepted only if somebody has accepted it and nobody has rejected it. */
export function verdictOf(answers: readonly Answer[], of: string): Outcomes {
  let possible = UNASKED;
  for (const answer of answers) {
    if (answer.kind !== 'question' || answer.of !== of) continue;
    let next = 0;
    for (const before of [ACCEPTED, REJECTED, UNHEARD, UNASKED])
      if ((possible & before) !== 0)
        for (const now of [ACCEPTED, REJECTED, UNHEARD, UNASKED])
          if ((answer.outcomes & now) !== 0) next |= combined(before, now);
    possible = next;
  }
  return possible;
}

function combined(a: Outcomes, b: Outcomes): Outcomes {
  if (a === REJECTED || b === REJECTED) return REJECTED;
  if (a === ACCEPTED || b === ACCEPTED) return ACCEPTED;
  return a === UNHEARD || b === UNHEARD ? UNHEARD : UNASKED;
}
