/**
 * The compliance review: a document for the reviewer and the lead, for a pull request's comment and a job's summary.
 *
 * Several integrations: a summary table first, those that fail before those that do not. Then a report of each, then what stands in shared
 * files of their packages, and at the end what stands outside integrations, by rule. Within a budget whole sections are left out, the least
 * important first, and the document says so (`sections.ts`). Whatever comes from the checked code goes through `markdown-escape.ts`.
 */
import { compareStrings } from '../model/location.ts';
import type { IntegrationReport, Report, ReportedFinding } from '../model/report.ts';
import { STATUS_SYMBOL } from '../model/verdict.ts';
import { displayWidth } from './display-width.ts';
import { rulePage } from './links.ts';
import { codeSpan, escapeText, link, prose } from './markdown-escape.ts';
import { findingLine, findingSection, type Page, pageOf } from './markdown-finding.ts';
import { integrationSections, verdictText, waivedTable } from './markdown-integration.ts';
import { type Budget, UNLIMITED } from './options.ts';
import {
  activeFindings,
  compareFindings,
  groupByRule,
  integrationLabels,
  ofLevel,
  placeFindings,
  type Shared,
} from './placement.ts';
import { assemble, type Section } from './sections.ts';
import { totals } from './totals.ts';

const WEIGHT = { title: 0, row: 1, violation: 3, rest: 6 } as const;

export function renderReview(report: Report, budget: Budget = UNLIMITED): string {
  const page = pageOf(report);
  const labels = integrationLabels(report);
  const active = placeFindings(report, activeFindings(report));
  const waived = placeFindings(
    report,
    report.findings.filter((f) => f.suppressed !== null).sort(compareFindings),
  );
  const integrations = byVerdict(report.integrations);
  const described = new Map<ReportedFinding, string>();
  const reports = integrations.flatMap((integration) => {
    const label = labels.get(integration.key) ?? integration.name;
    const own = active.byIntegration.get(integration.key) ?? [];
    const sections = integrationSections(
      integration,
      label,
      {
        active: own,
        waived: waived.byIntegration.get(integration.key) ?? [],
        describedIn: described,
      },
      page,
    );
    for (const finding of own) if (!described.has(finding)) described.set(finding, label);
    return sections;
  });
  const apart = [...active.shared.flatMap((shared) => sharedSections(shared, page))];
  const outsideWaived = [...waived.shared.flatMap((s) => s.findings), ...waived.outside];
  return assemble(
    [
      ...opening(report, integrations, labels, active.byIntegration),
      ...reports,
      ...apart,
      ...outsideSections(active.outside, outsideWaived, page),
    ],
    budget,
  );
}

/** Failing ones first, then those that were not assessed; by key within each. */
function byVerdict(integrations: readonly IntegrationReport[]): readonly IntegrationReport[] {
  const rank = ({ verdict }: IntegrationReport) =>
    verdict === 'NON-COMPLIANT' ? 0 : verdict === null ? 1 : 2;
  return [...integrations].sort((a, b) => rank(a) - rank(b) || compareStrings(a.key, b.key));
}

/** The summary, where there is more than one integration or none; what the run has to say; the gate. */
function opening(
  report: Report,
  integrations: readonly IntegrationReport[],
  labels: ReadonlyMap<string, string>,
  findings: ReadonlyMap<string, readonly ReportedFinding[]>,
): Section[] {
  const sections: Section[] = [];
  const notices = report.notifications.map(({ level, message, file, line }) => {
    const where = file === null ? '' : `${codeSpan(line === null ? file : `${file}:${line}`)}: `;
    return `- ${level}: ${where}${escapeText(message)}`;
  });
  const incomplete = report.complete
    ? []
    : [
        '> ⚠️ **The analysis is incomplete.** What could not be analysed is marked ❓ and never counts as met.',
      ];
  const facts = [
    gateText(report),
    `${escapeText(report.tool.name)} ${escapeText(report.tool.version)}`,
    ...(report.repository === null ? [] : [`revision ${codeSpan(report.repository.revision.slice(0, 12))}`]),
    ...(report.timestamp === null ? [] : [escapeText(report.timestamp)]),
  ];
  const text = [
    ...(integrations.length === 1 ? [] : ['# P0 Compliance Review']),
    `**${escapeText(totals(report))}**`,
    facts.join(' · '),
    ...incomplete,
    ...(integrations.length === 0 ? ['No integration was found.'] : []),
  ].join('\n\n');
  sections.push({ text, weight: WEIGHT.title });
  if (notices.length > 0)
    sections.push({ text: notices.join('\n'), weight: WEIGHT.row, named: { kind: 'list', name: 'notices' } });
  if (integrations.length < 2) return sections;

  const requirements = integrations[0]?.requirements ?? [];
  const rows = integrations.map((integration) => [
    escapeText(labels.get(integration.key) ?? integration.name),
    verdictText(integration.verdict),
    `${ofLevel(findings.get(integration.key) ?? [], 'error').length}`,
    ...integration.requirements.map((r) => STATUS_SYMBOL[r.status]),
  ]);
  const titles = ['Integration', 'Verdict', 'Violations', ...requirements.map((r) => `${r.number}`)];
  // Aligned, for those who read it in a terminal.
  const widths = titles.map((title, i) =>
    Math.max(3, ...[title, ...rows.map((r) => r[i] ?? '')].map(displayWidth)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell + ' '.repeat(Math.max(0, widths[i]! - displayWidth(cell)))).join(' | ')} |`;
  const rule = widths.map((w, i) =>
    i < 2 ? '-'.repeat(w) : i === 2 ? `${'-'.repeat(w - 1)}:` : `:${'-'.repeat(w - 2)}:`,
  );
  const table: Section = { text: `${line(titles)}\n${line(rule)}`, weight: WEIGHT.title };
  sections.push(table);
  for (const [i, row] of rows.entries())
    sections.push({
      text: line(row),
      ...{ weight: WEIGHT.row, needs: table, glued: true },
      named: { kind: 'row', name: integrations[i]!.name },
    });
  const legend = requirements.map(
    (r) => `${r.number} ${link(escapeText(r.rule), rulePage(report.tool, r.rule))}`,
  );
  const symbols =
    '✅ met · ❌ violated · ⚠️ warnings only · N/A does not apply · ❓ not analysed · – not checked';
  sections.push({ text: `${legend.join(' · ')}\n\n${symbols}`, weight: WEIGHT.title });
  return sections;
}

function gateText({ gate, complete }: Report): string {
  const on =
    gate.failOn === 'never'
      ? 'never fails'
      : `fails on ${gate.failOn}${gate.failOn === 'error' ? 's' : 's and worse'}`;
  const what = gate.newOnly ? `${on}, new findings only` : on;
  return `Gate ${gate.passed ? (complete ? 'passed' : 'passed as far as analysed') : '**failed**'} (${what})`;
}

function sharedSections({ folder, findings }: Shared, page: Page): Section[] {
  const head: Section = {
    text: `# Shared files of ${codeSpan(folder === '' ? '.' : folder)}\n\nThey belong to no integration alone, so they count for the gate and for no verdict.`,
    weight: WEIGHT.violation - 1,
    named: { kind: 'list', name: `shared files of ${folder}` },
  };
  const serious = findings.filter((f) => f.level !== 'note');
  const notes = ofLevel(findings, 'note');
  return [
    head,
    ...serious.map((finding, i): Section => {
      const word = finding.level === 'error' ? 'Finding' : 'Warning';
      return {
        text: findingSection(finding, `## ${word} ${i + 1}`, page),
        ...{ weight: WEIGHT.violation, needs: head, named: { kind: 'finding', name: finding.code } },
      };
    }),
    ...(notes.length === 0
      ? []
      : [
          {
            text: notes.map((f) => findingLine(f, page)).join('\n'),
            ...{ weight: WEIGHT.rest, needs: head, named: { kind: 'list', name: 'notes' } as const },
          },
        ]),
  ];
}

/** By rule: a line each, and once for all why it matters. */
function outsideSections(
  findings: readonly ReportedFinding[],
  waived: readonly ReportedFinding[],
  page: Page,
): Section[] {
  if (findings.length === 0 && waived.length === 0) return [];
  const { report } = page;
  const head: Section = { text: '# Outside integrations', weight: WEIGHT.violation };
  const groups = groupByRule(report, findings).map(({ rule, title, findings: own }): Section => {
    const heading = `## ${escapeText(title)} (${link(escapeText(rule), rulePage(report.tool, rule))})`;
    const whys = [...new Set(own.map((f) => f.id))].flatMap((id) => {
      const spec = report.rules.find((r) => r.id === rule)?.messages[id];
      return spec === undefined ? [] : [`${spec.code}: ${prose(spec.why)} ${prose(spec.remedy)}`];
    });
    return {
      text: [heading, own.map((f) => findingLine(f, page)).join('\n'), ...whys].join('\n\n'),
      ...{ weight: WEIGHT.rest, needs: head, named: { kind: 'list', name: rule } },
    };
  });
  const table: Section[] =
    waived.length === 0
      ? []
      : [
          {
            text: `## Waived\n\n${waivedTable(waived, page)}`,
            ...{ weight: WEIGHT.rest + 1, needs: head, named: { kind: 'list', name: 'waivers' } as const },
          },
        ];
  return [head, ...groups, ...table];
}
