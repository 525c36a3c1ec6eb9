/**
 * Requirement 2: CheckAffiliation really asks.
 *
 *     return true, nil                                          => stub
 *     _, _ = t.device(asset.CloudId); return true, nil          => verdict-independent
 *     if err != nil { return true, nil }                        => fail-open
 *     d, err := t.device(asset.CloudId) … return d.Managed      => pattern A
 *
 * What the verdict depends on is worked out by `go/dependence`; this file judges it. A second fault of a verdict that nobody was asked for
 * is not reported: the same constant everywhere neither fails open nor contradicts its error.
 */
import { type Analysis, analyse } from '../../go/dependence/analyse.ts';
import { type Ending, resolved } from '../../go/dependence/machine.ts';
import { mayHaveFailed, standsOnFailure } from '../../go/dependence/state.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import { type CallExpr, type Ranged, type ReturnStmt, unparen } from '../../go/syntax/ast.ts';
import type { Integration } from '../../integrations/integration.ts';
import { matchesAny } from '../../integrations/patterns.ts';
import { questionsOf } from '../../integrations/questions.ts';
import type { Finding } from '../../model/finding.ts';
import type { Note } from '../../model/location.ts';
import type { Observation } from '../../model/verdict.ts';
import { defineIntegrationRule, type RuleContext } from '../../rule.ts';
import { documentation } from './documentation.ts';
import { outermostCall, patternNotes } from './evidence.ts';
import { messages } from './messages.ts';
import {
  asksAboutSubject,
  hasError,
  lastReturn,
  truthOf,
  type Verdict,
  verdictOf,
  verdictValue,
} from './verdict.ts';

type Context = RuleContext<typeof messages, Record<string, never>>;

export default defineIntegrationRule({
  id: 'check-affiliation',
  requirement: 2,
  title: 'CheckAffiliation really asks; no stub',
  documentation,
  messages,
  options: {},
  check(integration, context): Observation {
    const { platform } = context;
    if (!integration.entries.some((fn) => platform.sinkReachedFrom(fn) !== undefined))
      return {
        examined: [],
        findings: [],
        gaps: [],
        notApplicable: 'it reaches no external service that could be asked',
      };
    const fn = integration.method(platform.vocabulary.affiliationMethod);
    return fn === undefined ? undeclared(integration, context) : judge(fn, context);
  },
});

/** No method of the project: the platform's default, or one from a package that cannot be read. */
function undeclared(integration: Integration, { platform, finding }: Context): Observation {
  const { pkg, type, at } = integration;
  const { affiliationMethod, baseTypes } = platform.vocabulary;
  const member = pkg.program.lookupMember({ kind: 'pointer', elem: type.type }, affiliationMethod);
  const owner = member?.kind === 'method' ? member.method.receiver?.type : undefined;
  const isDefault =
    owner === undefined || matchesAny(baseTypes, { importPath: owner.pkg.path, name: owner.name });
  const found = isDefault
    ? finding('missing', at, { type: integration.name })
    : finding('unproven', at, {
        call: `${owner.pkg.name}.${owner.name}`,
        reason: 'which is embedded and whose source is not part of the project',
      });
  return { examined: [{ at, text: `no ${affiliationMethod} of its own` }], findings: [found], gaps: [] };
}

function judge(fn: GoFunction, context: Context): Observation {
  const { program } = fn.pkg;
  const { files } = program;
  const name = fn.node.kind === 'FuncDecl' ? fn.node.name : fn.node;
  const at = files.locate(name);
  const analysis = analyse(fn, questionsOf(context.platform, program));
  if (analysis.exhausted)
    return {
      examined: [],
      findings: [],
      gaps: [{ at, text: `${fn.symbol} has more paths than are followed` }],
    };
  const verdict = verdictOf(analysis);
  const findings = [
    ...judgeVerdict(fn, name, analysis, verdict, context),
    ...judgePaths(program, analysis, verdict, context),
  ];
  const examined: Note[] = [{ at, text: `declares ${context.platform.vocabulary.affiliationMethod}` }];
  const related = !findings.some((f) => f.id === 'unrelated-query');
  return {
    examined: [...examined, ...patternNotes(program, analysis, verdict, related)],
    findings,
    gaps: [],
  };
}

/** Does the verdict depend on somebody who was asked about the asset? */
function judgeVerdict(
  fn: GoFunction,
  name: Ranged,
  { endings }: Analysis,
  verdict: Verdict,
  { finding }: Context,
): readonly Finding[] {
  const { files } = fn.pkg.program;
  const method = fn.symbol;
  const seeds = verdict.sources.some((s) => s.kind === 'ground');
  const related = verdict.asked.map((q) => ({ at: files.locate(outermostCall(q)), text: `asks ${q.name}` }));
  if (verdict.answers.length === 0 && !seeds) {
    const unseen = verdict.sources.find((s) => s.kind === 'unseen');
    if (unseen?.kind === 'unseen') return [unproven(fn.pkg.program, unseen.call, finding)];
    const [asked] = verdict.asked;
    if (asked === undefined)
      return [finding('stub', files.locate(name), { method, reason: reasonOf(endings, verdict) })];
    const constants = endings.filter((ending) => truthOf(ending) !== undefined);
    const by: Ranged = lastReturn(constants) ?? lastReturn(endings) ?? name;
    const shown = verdict.constant === undefined ? '' : `${verdict.constant} `;
    return [
      finding(
        'verdict-independent',
        files.locate(by),
        { method, question: asked.name, verdict: shown.trim() || textOf(files.textOf(by)) },
        { related },
      ),
    ];
  }
  if (seeds || asksAboutSubject(verdict.answers)) return [];
  const match = verdict.sources.filter((s) => s.kind === 'match');
  const question = verdict.answers[0]?.name ?? '';
  if (match.some((s) => s.searched))
    return [finding('full-enumeration', files.locate(name), { method, question }, { related })];
  if (match.length > 0) return [];
  const yes = endings.filter((ending) => truthOf(ending) !== false);
  const by: Ranged =
    lastReturn(yes.filter((ending) => truthOf(ending) === undefined)) ??
    lastReturn(yes) ??
    lastReturn(endings) ??
    name;
  const parameter = fn.params.map((p) => p.name).find((p) => p !== '' && p !== '_' && p !== 'ctx');
  return [
    finding(
      'unrelated-query',
      files.locate(by),
      {
        method,
        question,
        parameter: parameter === undefined ? 'a parameter without a name' : `parameter ${parameter}`,
      },
      { related },
    ),
  ];
}

function reasonOf(endings: readonly Ending[], { constant }: Verdict): string {
  if (endings.length === 0) return 'it never returns';
  if (constant === undefined) return 'its verdict comes from local data alone';
  const refuses = endings.every(hasError);
  return refuses ? `it always returns ${constant} and an error` : `its verdict is the constant ${constant}`;
}

function textOf(source: string): string {
  return source
    .replace(/\s+/g, ' ')
    .replace(/^return /, '')
    .slice(0, 60);
}

function unproven(program: Program, call: CallExpr, finding: Context['finding']): Finding {
  const callee = program.calleeOf(call);
  const fun = unparen(call.fun);
  const reason =
    callee.kind === 'interface'
      ? 'an interface with several implementations'
      : callee.kind === 'closure' || callee.kind === 'value'
        ? 'a function value whose target is not known'
        : 'whose source is not part of the project';
  return finding('unproven', program.files.locate(call), { call: program.files.textOf(fun), reason });
}

/** Does some path say yes where it should not? */
function judgePaths(
  program: Program,
  { endings, machine }: Analysis,
  verdict: Verdict,
  { finding }: Context,
): readonly Finding[] {
  if (verdict.constant !== undefined) return [];
  const found = new Map<ReturnStmt, Finding>();
  for (const ending of endings) {
    const value = verdictValue(ending);
    const by = value?.origin ?? ending.by;
    if (value === undefined || by === undefined || truthOf(ending) !== true || found.has(by)) continue;
    const at = program.files.locate(by);
    if (hasError(ending)) {
      found.set(by, finding('true-with-error', at, {}));
      continue;
    }
    // What the seeds say stands, whether or not anybody could be asked.
    const bySeeds = resolved(machine, value.data, value.control).items.some((s) => s.kind === 'ground');
    if (bySeeds || !standsOnFailure(ending.state)) continue;
    // A question whose answer changes nothing is `verdict-independent`, and that alone.
    const failed = [...ending.state.questions].findLast(
      ([q, ways]) => mayHaveFailed(ways) && verdict.answers.includes(q),
    )?.[0];
    if (failed === undefined) continue;
    const related = [
      { at: program.files.locate(outermostCall(failed)), text: `the question: ${failed.name}` },
    ];
    found.set(by, finding('fail-open', at, { question: failed.name }, { related }));
  }
  return [...found.values()];
}
