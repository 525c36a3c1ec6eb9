/**
 * The descriptors of a SARIF log: one per code, so that each fault has its own help, level and tags in GitHub and in editors.
 *
 * Who reads what: GitHub shows `shortDescription`, `help` and the properties; VS Code shows only `fullDescription` and `helpUri`, so that
 * one carries why and what to do; messages are formatted from `messageStrings` by VS Code and taken as `text` by GitHub.
 */
import type { MultiformatMessageString, PropertyBag, ReportingDescriptor } from 'sarif';
import { compareStrings } from '../model/location.ts';
import type { Report, ReportedFinding } from '../model/report.ts';
import type { MessageSpec, RuleDescription } from '../model/rule-description.ts';
import { rulePage } from './links.ts';
import { escapeText, fence, prose } from './markdown-escape.ts';
import { relationship, weaknessesOf } from './sarif-cwe.ts';
import { messageId, messageTemplate } from './sarif-message.ts';
import { sentence } from './words.ts';

/** GitHub refuses longer descriptions. */
const MAX_DESCRIPTION = 1_024;
/** The most severe of GitHub's names for what a finding is. */
const SEVERITY = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
  off: 'recommendation',
} as const;

export interface Descriptors {
  readonly rules: readonly ReportingDescriptor[];
  indexOf(code: string): number;
}

/** All findings' descriptors and those given besides, by code. */
export function descriptors(report: Report, others: readonly ReportingDescriptor[]): Descriptors {
  const weaknesses = weaknessesOf(report.rules);
  const related = relatedCounts(report.findings);
  const ofFindings = report.rules.flatMap((rule) =>
    Object.entries(rule.messages).map(([id, spec]) =>
      descriptor(report, rule, id, spec, weaknesses, related.get(spec.code) ?? new Set()),
    ),
  );
  const rules = [...ofFindings, ...others];
  rules.sort((a, b) => compareStrings(a.id, b.id));
  const indices = new Map(rules.map((rule, i) => [rule.id, i]));
  return { rules, indexOf: (code) => indices.get(code) ?? -1 };
}

function relatedCounts(findings: readonly ReportedFinding[]): ReadonlyMap<string, ReadonlySet<number>> {
  const counts = new Map<string, Set<number>>();
  for (const { code, related } of findings)
    counts.set(code, (counts.get(code) ?? new Set()).add(related.length));
  return counts;
}

function descriptor(
  report: Report,
  rule: RuleDescription,
  id: string,
  spec: MessageSpec,
  weaknesses: readonly number[],
  related: ReadonlySet<number>,
): ReportingDescriptor {
  const page = rulePage(report.tool, rule.id);
  const links = [...new Set([0, ...related])].sort((a, b) => a - b);
  const { why, remedy } = spec;
  return {
    id: spec.code,
    name: pascalCase(`${rule.requirement === null ? 'check' : rule.id}-${id}`),
    shortDescription: { text: sentence(spec.title) },
    fullDescription: { text: cut(plainText(`${sentence(why)} ${sentence(remedy)}`)) },
    messageStrings: Object.fromEntries(
      links.map((n) => [messageId('default', n), { text: messageTemplate(spec.text, n) }]),
    ),
    help: help(rule, spec, page),
    ...(page === null ? {} : { helpUri: page }),
    defaultConfiguration: spec.level === 'off' ? { enabled: false, level: 'note' } : { level: spec.level },
    ...(spec.cwe === undefined
      ? {}
      : { relationships: spec.cwe.map((cwe) => relationship(cwe, weaknesses)) }),
    properties: properties(rule, spec),
  };
}

function properties(rule: RuleDescription, spec: MessageSpec): PropertyBag {
  const security = spec.securitySeverity === undefined ? [] : ['security'];
  const cwe = (spec.cwe ?? []).map((id) => `external/cwe/cwe-${String(id).padStart(3, '0')}`);
  return {
    tags: ['p0', rule.id, ...security, ...cwe],
    precision: spec.precision,
    'problem.severity': SEVERITY[spec.level],
    // A string, or GitHub refuses the upload.
    ...(spec.securitySeverity === undefined ? {} : { 'security-severity': spec.securitySeverity.toFixed(1) }),
  };
}

function help(rule: RuleDescription, spec: MessageSpec, page: string | null): MultiformatMessageString {
  const demand =
    rule.requirement === null
      ? sentence(rule.title)
      : `P0 requirement ${rule.requirement}: ${sentence(rule.title)}`;
  const markdown = [`**${escapeText(demand)}**`, prose(sentence(spec.why)), prose(sentence(spec.remedy))];
  const text = [demand, plainText(sentence(spec.why)), plainText(sentence(spec.remedy))];
  for (const [title, code] of [['Reported:', spec.bad] as const, ['Accepted:', spec.good] as const]) {
    if (code === undefined) continue;
    markdown.push(title, fence('go', code));
    text.push(title, code.trimEnd());
  }
  if (page !== null) {
    markdown.push(`[All about ${rule.id}](${page})`);
    text.push(`All about ${rule.id}: ${page}`);
  }
  return { text: text.join('\n\n'), markdown: markdown.join('\n\n') };
}

/** Code marks would be shown as they are. */
export function plainText(text: string): string {
  return text.replaceAll('`', '');
}

function cut(text: string): string {
  return text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1)}…`;
}

export function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
