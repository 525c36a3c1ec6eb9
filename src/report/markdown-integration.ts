/**
 * The report of one integration: its verdict, the seven requirements with their evidence, each violation and warning, what was waived.
 *
 *     # P0 Compliance Report: Wiz
 *     **Status: ❌ NON-COMPLIANT** · 5 violations
 *     | # | Requirement | Status | Evidence |
 *     ## Violation 1: Unfiltered send (P0-102)
 */
import { compareLocations } from '../model/location.ts';
import type { IntegrationReport, ReportedFinding, Requirement } from '../model/report.ts';
import { STATUS_SYMBOL, type Verdict } from '../model/verdict.ts';
import { shortPlace } from './evidence.ts';
import { rulePage } from './links.ts';
import { codeSpan, escapeText, link } from './markdown-escape.ts';
import { findingLine, findingSection, findingTitle, type Page, placeLink } from './markdown-finding.ts';
import { ofLevel } from './placement.ts';
import type { Section } from './sections.ts';
import { count } from './words.ts';

/** How long parts of an integration's report stay when room is short. */
const WEIGHT = { headOfFailing: 2, violation: 3, head: 4, warning: 5, rest: 6 } as const;
/** More places make a cell that nobody reads; how many there are besides is said, and JSON has them all. */
const MAX_EVIDENCE = 8;

const WAIVED_BY = {
  inline: 'a comment in the code',
  baseline: 'the baseline',
  configuration: 'the configuration',
} as const;

export interface Findings {
  readonly active: readonly ReportedFinding[];
  readonly waived: readonly ReportedFinding[];
  /** Findings that another integration's report has described, and whose. */
  readonly describedIn: ReadonlyMap<ReportedFinding, string>;
}

export function integrationSections(
  integration: IntegrationReport,
  label: string,
  { active, waived, describedIn }: Findings,
  page: Page,
): readonly Section[] {
  const failing = integration.verdict === 'NON-COMPLIANT';
  const head: Section = {
    text: headOf(integration, label, active, page),
    weight: failing ? WEIGHT.headOfFailing : WEIGHT.head,
    named: { kind: 'integration', name: label },
  };
  const sections: Section[] = [head];
  for (const [level, word] of [['error', 'Violation'] as const, ['warning', 'Warning'] as const])
    for (const [i, finding] of ofLevel(active, level).entries()) {
      const heading = `## ${word} ${i + 1}`;
      const elsewhere = describedIn.get(finding);
      sections.push({
        text:
          elsewhere === undefined
            ? findingSection(finding, heading, page)
            : `${heading}: ${findingTitle(finding, page)}\n\n${findingLine(finding, page).slice(2)} Described under ${escapeText(elsewhere)}.`,
        // The head of a failing integration outlives its violations, which outlive the heads of those where all is well.
        weight: level === 'error' ? Math.max(WEIGHT.violation, head.weight) : WEIGHT.warning,
        needs: head,
        named: { kind: 'finding', name: finding.code },
      });
    }
  const notes = ofLevel(active, 'note');
  if (notes.length > 0)
    sections.push({
      text: `## Notes\n\n${notes.map((f) => findingLine(f, page)).join('\n')}`,
      ...{ weight: WEIGHT.rest, needs: head, named: { kind: 'list', name: `notes on ${label}` } },
    });
  if (waived.length > 0)
    sections.push({
      text: `## Waived\n\n${waivedTable(waived, page)}`,
      ...{ weight: WEIGHT.rest, needs: head, named: { kind: 'list', name: `waivers of ${label}` } },
    });
  return sections;
}

function headOf(
  integration: IntegrationReport,
  label: string,
  findings: readonly ReportedFinding[],
  page: Page,
): string {
  const violations = ofLevel(findings, 'error').length;
  const warnings = ofLevel(findings, 'warning').length;
  const counts = [count(violations, 'violation')];
  if (warnings > 0) counts.push(count(warnings, 'warning'));
  const files = count(integration.files.length, 'file');
  const rows = integration.requirements.map((r) => requirementRow(r, integration, findings, page));
  return [
    `# P0 Compliance Report: ${escapeText(label)}`,
    `**Status: ${verdictText(integration.verdict)}** · **${counts.join(', ')}** · ${placeLink(integration.at, page.report)} (${files})`,
    ['| # | Requirement | Status | Evidence |', '| --- | --- | :---: | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

export function verdictText(verdict: Verdict): string {
  return verdict === null ? '– not assessed' : `${verdict === 'COMPLIANT' ? '✅' : '❌'} ${verdict}`;
}

function requirementRow(
  requirement: Requirement,
  integration: IntegrationReport,
  findings: readonly ReportedFinding[],
  page: Page,
): string {
  const { report } = page;
  const { number, rule, title, status, reason, evidence } = requirement;
  const name = link(escapeText(title), rulePage(report.tool, rule));
  const place = (at: ReportedFinding['at']) => placeLink(at, report, shortPlace(at, integration), 'cell');
  const found = findings
    .filter((f) => f.rule === rule)
    .sort((a, b) => compareLocations(a.at, b.at))
    .map((f) => `${place(f.at)} (${f.code})`);
  const seen = evidence.map(({ at, text }) => `${place(at)} (${escapeText(text)})`);
  const items = [...found, ...seen];
  const shown = items.slice(0, MAX_EVIDENCE);
  if (items.length > shown.length) shown.push(`and ${items.length - shown.length} more`);
  const cell = [
    ...(reason === null ? [] : [escapeText(reason)]),
    ...(shown.length > 0 ? [shown.join(', ')] : []),
  ];
  return `| ${number} | ${name} | ${STATUS_SYMBOL[status]} | ${cell.join('; ')} |`;
}

/** What was found and is put up with, by whom and why: the next reader judges it again. */
export function waivedTable(waived: readonly ReportedFinding[], { report }: Page): string {
  const rows = waived.flatMap(({ code, rule, id, at, suppressed }) =>
    suppressed === null
      ? []
      : [
          `| ${code} ${codeSpan(`${rule}/${id}`, 'cell')} | ${placeLink(at, report, undefined, 'cell')} | ${WAIVED_BY[suppressed.kind]} | ${escapeText(suppressed.reason)} |`,
        ],
  );
  return ['| Finding | Place | Waived by | Reason |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
