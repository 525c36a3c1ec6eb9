/**
 * Requirement 1: every asset and every risk is filtered before it is sent.
 *
 *     if t.Filter.Asset(&asset) { continue }; t.Job.Send(&asset)                   passes
 *     if t.Filter.Asset(&asset) { log.Print("rejected") }; t.Job.Send(&asset)      unfiltered-send
 *
 * What is sent, and what is known of it there, are facts (`integrations/follow-sends`); this is the judgement of them and its wording.
 * An integration of the surface SCM is left alone: its assets are repositories, which the filter knows nothing about.
 */
import type { Program } from '../../go/package.ts';
import type { CallExpr } from '../../go/syntax/ast.ts';
import { followSends } from '../../integrations/follow-sends.ts';
import type { Integration } from '../../integrations/integration.ts';
import type { SendFacts } from '../../integrations/send-facts.ts';
import { unfilteredSurface } from '../../integrations/surface.ts';
import type { Note } from '../../model/location.ts';
import { defineIntegrationRule, type RuleContext } from '../../rule.ts';
import { documentation } from './documentation.ts';
import { type Judged, judge } from './judge.ts';
import { messages } from './messages.ts';
import { calleeName, nameOf, pathOf, quoted } from './wording.ts';

type Context = RuleContext<typeof messages, Record<string, never>>;

export default defineIntegrationRule({
  id: 'vm-filter',
  requirement: 1,
  title: 'Every asset and every risk is filtered before it is sent',
  documentation,
  messages,
  options: {},
  check(integration, context) {
    const { program } = integration.pkg;
    const surface = unfilteredSurface(integration, context.platform);
    if (surface !== undefined)
      return { examined: [surface.at], findings: [], gaps: [], notApplicable: surface.reason };
    const facts = followSends(integration, context.platform);
    const gaps = facts.gaps.map(({ fn, why }) => ({
      at: program.files.locate(fn.node.kind === 'FuncDecl' ? fn.node.name : fn.node.type),
      text: `${fn.symbol} ${why}`,
    }));
    const emits = facts.sent.some((one) => one.kind === 'sent');
    if (facts.sent.length === 0 && facts.unreached.length === 0)
      return { examined: [], findings: [], gaps, notApplicable: 'it sends neither assets nor risks' };
    const missing = emits ? missingFilter(integration, facts, context) : [];
    const faults = judge(facts).map((judged) => report(program, judged, facts, context));
    const unreached = facts.unreached.flatMap((call) => reportUnreached(program, call, context));
    return { examined: evidence(program, facts), findings: [...missing, ...faults, ...unreached], gaps };
  },
});

/** The filter that is asked must have been made; and if none is asked, there must be one that could be. */
function missingFilter(integration: Integration, facts: SendFacts, { finding }: Context) {
  const { program } = integration.pkg;
  const [asked] = facts.askedNil;
  const isMissing = facts.questions.length === 0 && facts.filters.length === 0 && !facts.holdsFilter;
  if (asked === undefined && !isMissing) return [];
  const problem =
    asked === undefined
      ? 'no filter is constructed for it'
      : `the filter of \`${calleeName(program, asked)}\` is nil there, or is on some paths`;
  const related: Note[] = facts.askedNil.map((call) => {
    return { at: program.files.locate(call), text: 'a filter is asked here that nobody may have made' };
  });
  return [finding('not-initialized', integration.at, { type: integration.name, problem }, { related })];
}

function report(program: Program, judged: Judged, facts: SendFacts, { finding }: Context) {
  const { fault, step, sent } = judged;
  const { files } = program;
  const value = quoted(program, step.expr);
  const related: Note[] = [];
  const relate = (node: Parameters<typeof files.locate>[0], text: string) =>
    related.push({ at: files.locate(node), text });
  if (step.call !== sent.send) relate(sent.send, `${nameOf(program, sent.steps[0]?.expr)} is sent here`);
  for (const call of sent.askedAt) relate(call, 'the filter is asked here');
  const path = pathOf(program, sent, step, facts.questions);
  const at = files.locate(step.call);
  const details = () => ({ related, path });
  switch (fault.id) {
    case 'unfiltered-send':
      return finding(fault.id, at, { value, problem: problemOf(fault, sent.kind === 'sent') }, details());
    case 'inverted-guard': {
      const check = `\`${calleeName(program, fault.check)}\``;
      return finding(fault.id, at, { value, check, polarity: polarityOf(program, fault.check) }, details());
    }
    case 'discarded-verdict':
      return finding(fault.id, at, { value, check: `\`${calleeName(program, fault.check)}\`` }, details());
    case 'other-value': {
      relate(fault.question, 'this is the question');
      const same = nameOf(program, fault.about) === nameOf(program, step.expr);
      const other = `${quoted(program, fault.about)}${same ? ', which is another one of that name or of another turn' : ''}`;
      return finding(fault.id, at, { value, other }, details());
    }
    case 'unproven': {
      const callee = `\`${calleeName(program, fault.call)}\``;
      if (fault.why !== 'handed') relate(sent.send, 'it is sent here');
      const place = files.locate(fault.call);
      return finding(fault.id, place, { value, callee, problem: UNPROVEN[fault.why] }, details());
    }
  }
}

/** A send that no way was found to: it may be dead, or kept from sight by something that this analysis does not know. */
function reportUnreached(program: Program, call: CallExpr, { finding, platform }: Context) {
  const guarded = call.args.find(
    (arg) => platform.isGuardedModel(program.infoOf(arg).typeOf(arg)) !== 'free',
  );
  if (guarded === undefined) return [];
  const callee = `\`${calleeName(program, call)}\``;
  const problem = 'no way to this call could be followed';
  return [
    finding('unproven', program.files.locate(call), { value: quoted(program, guarded), callee, problem }),
  ];
}

const UNPROVEN = {
  choice:
    'which of several targets that call has is open: not all of them ask the filter, or leave the sending to others',
  doubt: 'its answer decides about the send, but whether it asks the filter cannot be seen',
  handed: 'what that call does with it cannot be seen: it may send it',
} as const;

function problemOf(
  { rejected, asked }: { readonly rejected: boolean; readonly asked: boolean },
  _sent: boolean,
): string {
  if (rejected) return 'on some path the filter has rejected it';
  return asked ? 'on some path the filter has not been asked about it' : 'the filter is never asked about it';
}

/** What the answer of this question means. */
function polarityOf(program: Program, check: Parameters<Program['calleeOf']>[0]): string {
  const name = calleeName(program, check);
  return name.endsWith('ShouldSend') ? 'there, true means accept' : 'true means reject';
}

/** The line that makes the filter, each check, each send. */
function evidence(program: Program, facts: SendFacts): readonly Note[] {
  const { files } = program;
  const notes: Note[] = facts.filters.map((call) => {
    return { at: files.locate(call), text: `filter made by ${calleeName(program, call)}` };
  });
  for (const { call, expr } of facts.questions)
    notes.push({
      at: files.locate(call),
      text: `${nameOf(program, expr)} is checked by ${calleeName(program, call)}`,
    });
  const sends = new Map(facts.sent.filter((one) => one.kind === 'sent').map((one) => [one.send, one]));
  for (const [call, one] of sends)
    notes.push({ at: files.locate(call), text: `${nameOf(program, one.steps[0]?.expr)} is sent` });
  return notes;
}
