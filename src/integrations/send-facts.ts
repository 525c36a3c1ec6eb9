/**
 * What is known of each thing at each send: the facts that requirement 1 is judged by. Plain data; `follow-sends.ts` finds them.
 */
import type { GoFunction } from '../go/package.ts';
import type { CallExpr, Expr } from '../go/syntax/ast.ts';
import type { Outcomes } from '../go/values/answers.ts';
import type { Asked, Trail } from '../go/values/world.ts';

/** One call on the way that a thing takes to the send. */
export interface Step {
  readonly call: CallExpr;
  /** What the call is given; undefined where nobody wrote it. */
  readonly expr: Expr | undefined;
  /** The frame whose call it is. */
  readonly frame: string;
  readonly fn: GoFunction;
}

/** A thing that comes to a send, as it is on one way there. */
export interface Sent {
  /** The call of Send, or, for `handed`, a call that cannot be followed and that has the job. */
  readonly send: CallExpr;
  readonly kind: 'sent' | 'handed';
  /** The send first, then the calls that hand the thing over, outwards to where it comes from. */
  readonly steps: readonly Step[];
  /** The calls that lead to the send. */
  readonly context: string;
  readonly verdict: Outcomes;
  /** Where it was asked about. */
  readonly askedAt: readonly CallExpr[];
  /** Calls that cannot be followed, or have several targets, and may have asked about it: with the results that they had. */
  readonly doubts: readonly { readonly call: CallExpr; readonly outcomes: Outcomes }[];
  readonly choices: readonly CallExpr[];
  /** What made it, and what it was picked out of. */
  readonly origins: ReadonlySet<object>;
  /** It was taken out of a collection. */
  readonly picked: boolean;
  /** The guarded model that it is; undefined where that is not known. */
  readonly model: string | undefined;
  /** The questions on this way, whoever they were about. */
  readonly asked: readonly Asked[];
  readonly trail: Trail | undefined;
}

/** A question that is asked somewhere. */
export interface Question {
  readonly call: CallExpr;
  /** What is asked about. */
  readonly expr: Expr | undefined;
  readonly model: string | undefined;
}

export interface SendFacts {
  readonly sent: readonly Sent[];
  readonly questions: readonly Question[];
  /** The calls and literals that make filters. */
  readonly filters: readonly CallExpr[];
  /** Questions to a filter that is, or may be, nil. */
  readonly askedNil: readonly CallExpr[];
  /** Somebody holds a filter: a field, a variable. */
  readonly holdsFilter: boolean;
  /** Sends that no way was found to. */
  readonly unreached: readonly CallExpr[];
  readonly gaps: readonly { readonly fn: GoFunction; readonly why: string }[];
}
