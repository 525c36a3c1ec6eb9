/**
 * From the facts about each thing at each send to one verdict per send, the most specific (rules.md 1).
 *
 *     accepted on every way                                     passes
 *     only what the filter has rejected comes here              inverted-guard
 *     asked, and nobody has listened                            discarded-verdict
 *     another value's answer decides whether it is sent         other-value
 *     what decided cannot be followed                           unproven, at that call
 *     all else                                                  unfiltered-send
 *
 * A send that is reached through several calls is judged once for each of them: a helper may be right for one caller and wrong for another.
 */
import type { CallExpr, Expr } from '../../go/syntax/ast.ts';
import { ACCEPTED, REJECTED, UNASKED, UNHEARD } from '../../go/values/answers.ts';
import { originsOf } from '../../go/values/identity.ts';
import type { Asked } from '../../go/values/world.ts';
import type { Question, SendFacts, Sent, Step } from '../../integrations/send-facts.ts';

export type Fault =
  | { readonly id: 'unfiltered-send'; readonly rejected: boolean; readonly asked: boolean }
  | { readonly id: 'inverted-guard' | 'discarded-verdict'; readonly check: CallExpr }
  | { readonly id: 'other-value'; readonly question: CallExpr; readonly about: Expr | undefined }
  | { readonly id: 'unproven'; readonly call: CallExpr; readonly why: 'choice' | 'doubt' | 'handed' };

export interface Judged {
  readonly fault: Fault;
  /** Where the finding points: the send, or the call that hands the value over. */
  readonly step: Step;
  readonly sent: Sent;
}

/** From the least specific to the most. */
const SPECIFIC: readonly Fault['id'][] = [
  'unfiltered-send',
  'unproven',
  'discarded-verdict',
  'inverted-guard',
  'other-value',
];

/** One verdict for each place at fault. */
export function judge(facts: SendFacts): readonly Judged[] {
  const honoured = honouredQuestions(facts);
  const questions = new Map(facts.questions.map((question) => [question.call, question]));
  const byPlace = new Map<CallExpr, Judged[]>();
  for (const ways of groups(facts)) {
    const judged = judgeWays(ways, facts, honoured, questions);
    if (judged === undefined) continue;
    const place = judged.fault.id === 'unproven' ? judged.fault.call : judged.step.call;
    byPlace.set(place, [...(byPlace.get(place) ?? []), judged]);
  }
  return [...byPlace.values()].map(mostSpecific);
}

/** The ways of one kind of thing to one send, through the same calls. */
function groups({ sent }: SendFacts): readonly (readonly Sent[])[] {
  const found = new Map<string, Sent[]>();
  for (const one of sent) {
    const key = `${one.kind} ${one.send.pos} ${one.context} ${one.model}`;
    const group = found.get(key);
    if (group === undefined) found.set(key, [one]);
    else group.push(one);
  }
  return [...found.values()];
}

/**
 * Of the values of one send the most specific fault is named; but where the calls that lead there differ, that which is true of all of them:
 * if one way in is not explained by another value's question, the question is no explanation.
 */
function mostSpecific(judged: readonly Judged[]): Judged {
  const rank = ({ fault }: Judged) => SPECIFIC.indexOf(fault.id);
  const byContext = new Map<string, Judged>();
  for (const one of judged) {
    const known = byContext.get(one.sent.context);
    if (known === undefined || rank(one) > rank(known)) byContext.set(one.sent.context, one);
  }
  return [...byContext.values()].reduce((a, b) => (rank(b) < rank(a) ? b : a));
}

/** Questions whose accepted values are sent: they have done their work, and were not meant for another value. */
function honouredQuestions({ sent }: SendFacts): ReadonlySet<CallExpr> {
  return new Set(sent.filter((one) => one.verdict === ACCEPTED).flatMap((one) => one.askedAt));
}

function judgeWays(
  ways: readonly Sent[],
  facts: SendFacts,
  honoured: ReadonlySet<CallExpr>,
  questions: ReadonlyMap<CallExpr, Question>,
): Judged | undefined {
  const bad = ways.filter((way) => way.verdict !== ACCEPTED);
  const [first] = bad;
  if (first === undefined) return undefined;
  const step = blamed(first, facts);
  const fault = faultOf(ways, bad, step, honoured, questions);
  const witness =
    fault.id === 'unfiltered-send' ? (bad.find((way) => way.verdict === UNASKED) ?? first) : first;
  return { fault, step, sent: witness };
}

function faultOf(
  ways: readonly Sent[],
  bad: readonly Sent[],
  step: Step,
  honoured: ReadonlySet<CallExpr>,
  questions: ReadonlyMap<CallExpr, Question>,
): Fault {
  const [first] = bad;
  const check = bad.flatMap((way) => way.askedAt)[0];
  const is = (outcomes: number) => bad.every((way) => (way.verdict & ~ACCEPTED) === outcomes);
  if (first!.kind === 'handed') return { id: 'unproven', call: first!.send, why: 'handed' };
  if (check !== undefined && ways.every((way) => way.verdict === REJECTED))
    return { id: 'inverted-guard', check };
  if (check !== undefined && is(UNHEARD)) return { id: 'discarded-verdict', check };
  if (is(UNASKED)) {
    const stopped = stoppedAt(bad);
    if (stopped !== undefined) return stopped;
    const isAsked = bad.some((way) => way.askedAt.length > 0);
    const other = isAsked ? undefined : otherQuestion(bad, step, honoured, questions);
    if (other !== undefined) return other;
  }
  const rejected = bad.some((way) => (way.verdict & REJECTED) !== 0);
  return { id: 'unfiltered-send', rejected, asked: ways.some((way) => way.askedAt.length > 0) };
}

/** The call that stopped the proof: through which all of these ways go, and whose outcome, where it has one, decides. */
function stoppedAt(bad: readonly Sent[]): Fault | undefined {
  const [first, ...others] = bad;
  const choice = first!.choices.find((call) => others.every((way) => way.choices.includes(call)));
  if (choice !== undefined) return { id: 'unproven', call: choice, why: 'choice' };
  for (const { call } of first!.doubts) {
    let outcomes = 0;
    for (const way of bad) outcomes |= way.doubts.find((d) => d.call === call)?.outcomes ?? UNASKED;
    if (outcomes === ACCEPTED || outcomes === REJECTED) return { id: 'unproven', call, why: 'doubt' };
  }
  return undefined;
}

/**
 * A question about another value of the kind that is sent, by whose answer it is decided whether this one is sent, or that was asked about
 * other elements of the same collection: in another turn, in another loop.
 */
function otherQuestion(
  bad: readonly Sent[],
  { frame }: Step,
  honoured: ReadonlySet<CallExpr>,
  questions: ReadonlyMap<CallExpr, Question>,
): Fault | undefined {
  const candidates = new Map<CallExpr, { outcomes: number; sibling: boolean; about: Expr | undefined }>();
  for (const way of bad)
    for (const asked of way.asked) {
      const question = questions.get(asked.call);
      // What other functions have asked on their own account was not meant for this value.
      if (honoured.has(asked.call) || !mayConcern(question, way) || !asked.frames.has(frame)) continue;
      const known = candidates.get(asked.call) ?? { outcomes: 0, sibling: true };
      candidates.set(asked.call, {
        about: asked.frames.get(frame) ?? question?.expr,
        outcomes: known.outcomes | asked.outcomes,
        sibling: known.sibling && isSibling(asked, way),
      });
    }
  let best: { readonly question: CallExpr; readonly about: Expr | undefined } | undefined;
  for (const [question, { outcomes, sibling, about }] of candidates) {
    const answer = outcomes & (ACCEPTED | REJECTED);
    if (answer !== ACCEPTED && answer !== REJECTED && !sibling) continue;
    // Of several the last one before the send, as one reads.
    if (best === undefined || question.pos > best.question.pos) best = { question, about };
  }
  return best && { id: 'other-value', ...best };
}

function mayConcern(question: Question | undefined, way: Sent): boolean {
  return question?.model === undefined || way.model === undefined || question.model === way.model;
}

/** Were both taken out of one collection? */
function isSibling(asked: Asked, way: Sent): boolean {
  if (!way.picked) return false;
  return [...asked.about].some(
    (who) =>
      who.sampled.size > 0 && [...originsOf(who)].some((site) => site !== who.site && way.origins.has(site)),
  );
}

/**
 * The outermost call that hands the value over to a helper that only sends. A helper that asks the filter about such values, of itself or
 * before it sends, does not only send: the fault is its own.
 */
function blamed(sent: Sent, facts: SendFacts): Step {
  const questions = facts.questions.filter((question) => mayConcern(question, sent));
  const frames = sent.asked
    .filter(({ call }) => questions.some((q) => q.call === call))
    .map((asked) => asked.frames);
  let step = sent.steps[0]!;
  for (const next of sent.steps.slice(1)) {
    const { node } = step.fn;
    const asksItself = questions.some(({ call }) => node.pos <= call.pos && call.end <= node.end);
    if (asksItself || frames.some((running) => running.has(step.frame))) break;
    step = next;
  }
  return step;
}
