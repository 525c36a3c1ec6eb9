/**
 * Judge: from what the rules observed to findings with levels, statuses and verdicts (decision 1).
 *
 *     fail      an unsuppressed error                 unknown   a gap: code that could not be analysed, a rule that crashed
 *     warn      an unsuppressed warning               pass      something was examined
 *     not-applicable  nothing was                     not-checked   the requirement was not (fully) run, and nothing else failed
 *
 * in this order. Notes accompany any status. The gate (exit code, new-only, baseline) is decided elsewhere, from the same findings
 * (decision 2); a verdict always describes the whole state of the code.
 */
import type { Finding, Level } from '../model/finding.ts';
import { lowerLevel } from '../model/finding.ts';
import { compareLocations, compareStrings, type Location, type Note } from '../model/location.ts';
import type { IntegrationReport, Notification, ReportedFinding, Requirement } from '../model/report.ts';
import type { RuleDescription } from '../model/rule-description.ts';
import type { Settings } from '../model/settings.ts';
import type { Status, Verdict } from '../model/verdict.ts';
import type { Rule } from '../rule.ts';
import type { CheckedIntegration, CheckedObservation, CheckedPackage } from './check.ts';
import { fingerprints } from './fingerprint.ts';
import { GENERAL, generalRule } from './general.ts';
import { notAnalysed } from './not-analysed.ts';
import { applySuppressions } from './suppress.ts';

export interface Judgement {
  readonly findings: readonly ReportedFinding[];
  readonly integrations: readonly IntegrationReport[];
  readonly notifications: readonly Notification[];
  /** Everything in scope was analysed and no rule crashed. */
  readonly complete: boolean;
}

/** What the selection leaves of a package's findings: generated files and files that were not asked for say nothing. */
export type InScope = (file: string) => boolean;

interface Raw extends Finding {
  readonly rule: string;
  readonly owners: readonly string[];
  readonly symbol: string | null;
  readonly statement: string;
  readonly code: string;
  readonly level: Level;
}

export function judge(
  packages: readonly CheckedPackage[],
  rules: readonly Rule[],
  settings: Settings,
  inScope: InScope,
): Judgement {
  const all: readonly RuleDescription[] = [...rules, generalRule];
  const byId = new Map(all.map((rule) => [rule.id, rule]));

  const levelled: Raw[] = [];
  const admit = (
    rule: string,
    finding: Finding,
    place: Pick<Raw, 'owners' | 'symbol' | 'statement'>,
  ): void => {
    const spec = byId.get(rule)?.messages[finding.id];
    if (spec === undefined) throw new Error(`rule ${rule} has no finding ${finding.id}`);
    if (!inScope(finding.at.file) || settings.skippedFindings.has(`${rule}/${finding.id}`)) return;
    const configured = settings.levelOf(rule, finding.id, finding.at.file, spec.level);
    const level = finding.atMost === undefined ? configured : lowerLevel(configured, finding.atMost);
    if (level !== 'off') levelled.push({ ...finding, ...place, rule, code: spec.code, level });
  };
  for (const { observations } of packages)
    for (const { rule, findings } of observations)
      for (const finding of findings) admit(rule, finding, finding);
  const gaps = notAnalysed(packages, inScope);
  for (const finding of gaps.findings) admit(GENERAL, finding, { owners: [], symbol: null, statement: '' });

  const wasRun = (rule: string, id: string | undefined, file: string): boolean => {
    if (settings.skippedRules.has(rule)) return false;
    const messages = byId.get(rule)?.messages ?? {};
    const ids = id === undefined ? Object.keys(messages) : [id];
    return ids.some(
      (i) =>
        !settings.skippedFindings.has(`${rule}/${i}`) &&
        settings.levelOf(rule, i, file, messages[i]?.level ?? 'off') !== 'off',
    );
  };
  const directives = packages.flatMap((p) => p.directives).filter((d) => inScope(d.at.file));
  const { faults } = applySuppressions(levelled, directives, all, wasRun);
  for (const fault of faults) admit(GENERAL, fault, { owners: [], symbol: null, statement: '' });

  const sorted = sortAndMerge(levelled);
  const { by } = applySuppressions(sorted, directives, all, wasRun);
  const prints = fingerprints(sorted.map((raw) => ({ ...raw, file: raw.at.file })));
  const integrationsOf = new Map(packages.flatMap((p) => p.integrations.map((i) => [i.key, i] as const)));
  const findings = sorted.map((raw, i): ReportedFinding => {
    const waiver = configuredWaiver(raw, settings, integrationsOf);
    const { rule, code, id, level, message, data, at, related, path, fixes, owners, symbol, magnitude } = raw;
    return {
      ...{ code, rule, id, level, message, data, at, related, path, fixes, integrations: owners },
      suppressed: by[i] ?? waiver,
      new: true,
      fingerprint: prints[i]!,
      symbol,
      ...(magnitude === undefined ? {} : { magnitude }),
    };
  });

  const integrations = packages
    .flatMap((pkg) => pkg.integrations.map((integration) => ({ pkg, integration })))
    .map(({ pkg, integration }) =>
      judgeIntegration(integration, pkg, packages, findings, rules, settings, inScope),
    )
    .sort((a, b) => compareStrings(a.key, b.key));
  return { findings, integrations, notifications: gaps.notifications, complete: gaps.complete };
}

/** By place and code; the same finding made for two subjects (an embedded type's method, say) is one with both owners. */
function sortAndMerge(findings: readonly Raw[]): Raw[] {
  const sorted = [...findings].sort(
    (a, b) =>
      compareLocations(a.at, b.at) || compareStrings(a.code, b.code) || compareStrings(a.message, b.message),
  );
  const merged: Raw[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    const same =
      last?.code === finding.code && last.message === finding.message && samePlace(last.at, finding.at);
    if (!same || last === undefined) merged.push(finding);
    else
      merged[merged.length - 1] = {
        ...last,
        owners: [...new Set([...last.owners, ...finding.owners])].sort(),
      };
  }
  return merged;
}

function samePlace(a: Location, b: Location): boolean {
  return compareLocations(a, b) === 0;
}

/** The configuration's `notApplicable` waives a finding if it does so for every integration that the finding counts for. */
function configuredWaiver(
  finding: Raw,
  settings: Settings,
  integrations: ReadonlyMap<string, CheckedIntegration>,
): ReportedFinding['suppressed'] {
  const reasons = finding.owners.map((key) => {
    const integration = integrations.get(key);
    return integration && configuredReason(finding.rule, integration, settings);
  });
  const [first] = reasons;
  if (first === undefined || reasons.includes(undefined)) return null;
  return { kind: 'configuration', reason: first };
}

function configuredReason(
  rule: string,
  integration: CheckedIntegration,
  settings: Settings,
): string | undefined {
  return settings.notApplicable.find(
    (n) => n.rule === rule && (n.type === integration.name || n.type === integration.key),
  )?.reason;
}

function judgeIntegration(
  integration: CheckedIntegration,
  pkg: CheckedPackage,
  packages: readonly CheckedPackage[],
  findings: readonly ReportedFinding[],
  rules: readonly Rule[],
  settings: Settings,
  inScope: InScope,
): IntegrationReport {
  const { key, name, at, reasons, files } = integration;
  const own = new Set(files);
  const damaged = packages
    .flatMap((p) => p.files)
    .filter(
      (file) =>
        file.damage.length > 0 && inScope(file.path) && (own.has(file.path) || isSharedFile(file.path, pkg)),
    );
  const requirements = rules.map((rule): Requirement => {
    const base = { number: rule.requirement, rule: rule.id, title: rule.title };
    const observations = packages
      .flatMap((p) => p.observations)
      .filter((o) => o.rule === rule.id && (o.subject === key || o.subject === null));
    const mine = findings.filter((f) => f.rule === rule.id && f.integrations.includes(key));
    // A rule that crashed on this integration, or on a package that holds a file of it.
    const crash = packages
      .filter((p) => p === pkg || p.files.some((f) => own.has(f.path)))
      .flatMap((p) => p.observations)
      .find((o) => o.rule === rule.id && o.crash !== null && (o.subject === null || o.subject === key))
      ?.crash?.message;
    const configured = configuredReason(rule.id, integration, settings);
    const { status, reason } =
      configured === undefined
        ? statusOf(
            rule,
            observations,
            mine,
            key,
            crash,
            damaged.map((f) => f.path),
            settings,
            files,
          )
        : { status: 'not-applicable' as const, reason: configured };
    return { ...base, status, reason, evidence: evidenceOf(observations, mine, key) };
  });
  return {
    ...{ name, key, at, reasons, files, package: integration.package },
    verdict: verdictOf(requirements.map((r) => r.status)),
    requirements,
  };
}

/** A package's file that belongs to no integration alone: its damage may hide anything of any of them. */
function isSharedFile(path: string, pkg: CheckedPackage): boolean {
  return pkg.files.some((f) => f.path === path) && !pkg.integrations.some((i) => i.files.includes(path));
}

function statusOf(
  rule: Rule,
  observations: readonly CheckedObservation[],
  findings: readonly ReportedFinding[],
  key: string,
  crash: string | undefined,
  damaged: readonly string[],
  settings: Settings,
  files: readonly string[],
): { status: Status; reason: string | null } {
  const active = findings.filter((f) => f.suppressed === null);
  if (active.some((f) => f.level === 'error')) return { status: 'fail', reason: null };
  if (settings.skippedRules.has(rule.id)) return { status: 'not-checked', reason: 'the rule was not run' };
  if (crash !== undefined) return { status: 'unknown', reason: `not analysed: the rule crashed (${crash})` };
  // How long a file is can be told from damaged files too (decision 18).
  if (damaged.length > 0 && rule.requirement !== 7)
    return { status: 'unknown', reason: `not analysed: ${damaged.join(', ')} does not parse` };
  const gaps = observations.flatMap((o) => o.gaps).filter((gap) => gap.owners.includes(key));
  if (gaps[0] !== undefined) return { status: 'unknown', reason: `not analysed: ${gaps[0].text}` };
  const off = notFullyRun(rule, settings, files);
  if (off !== undefined) return { status: 'not-checked', reason: off };
  if (active.some((f) => f.level === 'warning')) return { status: 'warn', reason: null };
  const notApplicable = observations.find(
    (o) => o.notApplicable !== null && o.subject === key,
  )?.notApplicable;
  if (notApplicable) return { status: 'not-applicable', reason: notApplicable };
  const examined = observations.some((o) => o.examined.some((note) => note.owners.includes(key)));
  if (examined || findings.length > 0) return { status: 'pass', reason: null };
  const nothing = rule.subject === 'package' ? rule.nothingExamined : 'there was nothing to examine';
  return { status: 'not-applicable', reason: nothing };
}

/** A finding that the defaults look for and this run does not, or not in every file of the integration. */
function notFullyRun(rule: Rule, settings: Settings, files: readonly string[]): string | undefined {
  for (const [id, spec] of Object.entries((rule as RuleDescription).messages)) {
    if (spec.level === 'off') continue;
    if (settings.skippedFindings.has(`${rule.id}/${id}`)) return `${rule.id}/${id} was not run`;
    const off = files.filter((file) => settings.levelOf(rule.id, id, file, spec.level) === 'off');
    if (off.length === 0) continue;
    const where = off.length === files.length ? '' : ` in ${off.join(', ')}`;
    return `${rule.id}/${id} is switched off${where}`;
  }
  return undefined;
}

function evidenceOf(
  observations: readonly CheckedObservation[],
  findings: readonly ReportedFinding[],
  key: string,
): readonly Note[] {
  const notes = new Map<string, Note>();
  const add = ({ at, text }: Note) => notes.set(`${at.file}:${at.line}:${at.column}:${text}`, { at, text });
  for (const observation of observations)
    for (const note of observation.examined) if (note.owners.includes(key)) add(note);
  for (const { suppressed, at, code } of findings)
    if (suppressed !== null) add({ at, text: `${code} waived: ${suppressed.reason}` });
  return [...notes.values()].sort((a, b) => compareLocations(a.at, b.at) || compareStrings(a.text, b.text));
}

function verdictOf(statuses: readonly Status[]): Verdict {
  if (statuses.some((s) => s === 'fail' || s === 'unknown')) return 'NON-COMPLIANT';
  return statuses.includes('not-checked') ? null : 'COMPLIANT';
}
