/**
 * What is well, in SARIF: requirements that are met or do not apply, with their evidence as related places. Only on request, for auditors:
 * GitHub does not know `kind` and would show each as an open alert.
 *
 *     { ruleId: 'P0-300', kind: 'pass', level: 'none', message: "'Wiz' meets requirement 3: … See [called first](1)." }
 */
import type { ReportingDescriptor, Result } from 'sarif';
import type { IntegrationReport, Report, Requirement } from '../model/report.ts';
import type { RuleDescription } from '../model/rule-description.ts';
import { rulePage } from './links.ts';
import type { ReportOptions } from './options.ts';
import { integrationLabels, sortedIntegrations } from './placement.ts';
import { notedLocation, physicalLocation } from './sarif-locations.ts';
import { dynamic, messageId, messageOf, messageTemplate } from './sarif-message.ts';
import { pascalCase, plainText } from './sarif-rules.ts';
import type { SourceLines } from './source-lines.ts';
import { sentence } from './words.ts';

const KIND = { pass: 'pass', 'not-applicable': 'notApplicable' } as const;

export interface PassContext {
  readonly include: ReportOptions['include'];
  readonly rules: { indexOf(code: string): number };
  sourceOf(file: string): SourceLines;
}

/** One per requirement, `P0-100` to `P0-700`: passes belong to a requirement and to none of its findings. */
export function requirementDescriptors(report: Report): ReportingDescriptor[] {
  const all = passes(report);
  return report.rules.flatMap((rule): ReportingDescriptor[] => {
    if (rule.requirement === null) return [];
    const page = rulePage(report.tool, rule.id);
    const own = all.filter((p) => p.requirement.rule === rule.id);
    const used = new Map(
      own.map(({ requirement: r, kind }) => [
        messageId(kind, r.evidence.length),
        { text: messageTemplate(texts(rule)[kind], r.evidence.length) },
      ]),
    );
    return [
      {
        id: requirementCode(rule.requirement),
        name: pascalCase(rule.id),
        shortDescription: { text: sentence(rule.title) },
        fullDescription: { text: `Requirement ${rule.requirement}: ${sentence(rule.title)}` },
        messageStrings: Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))),
        help: { text: plainText(rule.documentation), markdown: rule.documentation },
        ...(page === null ? {} : { helpUri: page }),
        defaultConfiguration: { level: 'note' },
        properties: { tags: ['p0', rule.id] },
      },
    ];
  });
}

export function passResults(report: Report, { include, rules, sourceOf }: PassContext): Result[] {
  const labels = integrationLabels(report);
  const byId = new Map(report.rules.map((rule) => [rule.id, rule]));
  return passes(report).flatMap(({ integration, requirement, kind }): Result[] => {
    const rule = byId.get(requirement.rule);
    if (rule === undefined) return [];
    const { evidence, number, reason } = requirement;
    const name = labels.get(integration.key) ?? integration.name;
    const values = kind === 'pass' ? [name] : [name, reason ?? 'there was nothing to examine'];
    const links = evidence.map((note) => note.text);
    const at = evidence[0]?.at ?? integration.at;
    return [
      {
        ruleId: requirementCode(number),
        ruleIndex: rules.indexOf(requirementCode(number)),
        kind,
        level: 'none',
        message: messageOf(kind, texts(rule)[kind], values, links),
        locations: [{ physicalLocation: physicalLocation(at, sourceOf(at.file)) }],
        ...(evidence.length === 0
          ? {}
          : {
              relatedLocations: evidence.map((note, i) => ({
                id: i + 1,
                ...notedLocation(note.at, dynamic(note.text), sourceOf(note.at.file)),
              })),
            }),
        // All results of a run have these or none has.
        ...(include.has('suppressed') ? { suppressions: [] } : {}),
        ...(report.gate.newOnly ? { baselineState: 'unchanged' as const } : {}),
        properties: { integrations: [integration.key] },
      },
    ];
  });
}

interface Pass {
  readonly integration: IntegrationReport;
  readonly requirement: Requirement;
  readonly kind: 'pass' | 'notApplicable';
}

function passes(report: Report): Pass[] {
  return sortedIntegrations(report).flatMap((integration) =>
    integration.requirements.flatMap((requirement) => {
      const { status } = requirement;
      return status === 'pass' || status === 'not-applicable'
        ? [{ integration, requirement, kind: KIND[status] }]
        : [];
    }),
  );
}

function texts({ requirement, title }: RuleDescription): Readonly<Record<Pass['kind'], string>> {
  // A title could hold braces, which would be placeholders here.
  const demand = title.replace(/[{}]/g, '');
  return {
    pass: `'{name}' meets requirement ${requirement}: ${demand}`,
    notApplicable: `Requirement ${requirement} does not apply to '{name}': {reason}. It is: ${demand}`,
  };
}

function requirementCode(number: number): string {
  return `P0-${number}00`;
}
