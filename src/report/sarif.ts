/**
 * SARIF 2.1.0 as GitHub code scanning, VS Code and other viewers really read it.
 *
 * - Messages are plain text; related places are linked from them (`See [made here](1).`), for nothing else shows them. What comes from the
 *   checked code cannot make a link of its own.
 * - `kind: pass` and suppressed results are left out unless asked for: GitHub would show both as open alerts.
 * - `executionSuccessful` stays true with findings and with gaps: false makes GitHub refuse the whole log. What went wrong with the run
 *   stands in its notifications.
 * - No `automationDetails` unless a category is given: it would beat the `category` input of the upload.
 * - URIs are relative to `%SRCROOT%`, which has no address of its own: no path of the machine gets out.
 */
import type { Invocation, Log, Result, Run, Notification as SarifNotification } from 'sarif';
import type { Notification, Report, ReportedFinding, Suppression } from '../model/report.ts';
import { inertProse } from './inert.ts';
import { jsonText } from './json-text.ts';
import { repositoryUrl } from './links.ts';
import type { ReportOptions } from './options.ts';
import { compareFindings, specOf } from './placement.ts';
import { cweTaxonomy, weaknessesOf } from './sarif-cwe.ts';
import { artifact, notedLocation, physicalLocation, region, sarifFix } from './sarif-locations.ts';
import { dynamic, looseMessage, messageOf, placeholders } from './sarif-message.ts';
import { passResults, requirementDescriptors } from './sarif-passes.ts';
import { type Descriptors, descriptors } from './sarif-rules.ts';
import { type SourceLines, sourceLines } from './source-lines.ts';
import { sentence } from './words.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

interface Context {
  readonly report: Report;
  readonly rules: Descriptors;
  readonly include: ReportOptions['include'];
  sourceOf(file: string): SourceLines;
}

export function sarif(report: Report, options: Pick<ReportOptions, 'include' | 'category'>): string {
  const { include, category } = options;
  const rules = descriptors(report, include.has('passes') ? requirementDescriptors(report) : []);
  const context: Context = { report, rules, include, sourceOf: sourceLines(report) };
  const findings = [...report.findings]
    .sort(compareFindings)
    .filter((f) => f.suppressed === null || include.has('suppressed'))
    .map((f) => result(f, context));
  const passes = include.has('passes') ? passResults(report, context) : [];
  const weaknesses = weaknessesOf(report.rules);
  const run: Run = {
    tool: {
      driver: {
        name: report.tool.name,
        semanticVersion: report.tool.version,
        ...optional('informationUri', repositoryUrl(report.tool.url)),
        language: 'en-US',
        rules: [...rules.rules],
        ...(weaknesses.length === 0 ? {} : { supportedTaxonomies: [{ name: 'CWE', index: 0 }] }),
      },
    },
    ...(category === null ? {} : { automationDetails: { id: category.replace(/\/*$/, '/') } }),
    invocations: [invocation(report, context)],
    ...versionControl(report),
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the checked repository.' } } },
    defaultSourceLanguage: 'go',
    columnKind: 'utf16CodeUnits',
    results: [...findings, ...passes],
    ...(weaknesses.length === 0 ? {} : { taxonomies: [cweTaxonomy(weaknesses)] }),
  };
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  return jsonText(log);
}

function result(finding: ReportedFinding, context: Context): Result {
  const { report, rules, include, sourceOf } = context;
  const { at, code, level, related, path, fixes, symbol, integrations } = finding;
  const index = rules.indexOf(code);
  const lineHash = report.lineHashes.get(`${at.file}:${at.line}`);
  return {
    ruleId: code,
    ...(index === -1 ? {} : { ruleIndex: index }),
    level,
    message: message(finding, context),
    locations: [
      {
        physicalLocation: physicalLocation(at, sourceOf(at.file)),
        ...(symbol === null ? {} : { logicalLocations: [{ fullyQualifiedName: inertProse(symbol) }] }),
      },
    ],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((note, i) => ({
            id: i + 1,
            ...notedLocation(note.at, dynamic(note.text), sourceOf(note.at.file)),
          })),
        }),
    ...(path.length === 0
      ? {}
      : {
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: path.map((step) => ({
                    location: notedLocation(step.at, dynamic(step.text), sourceOf(step.at.file)),
                  })),
                },
              ],
            },
          ],
        }),
    partialFingerprints: {
      ...(lineHash === undefined ? {} : { primaryLocationLineHash: lineHash }),
      'p0lintFingerprint/v1': finding.fingerprint,
    },
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((fix) => sarifFix(fix, (t) => sentence(dynamic(t)))) }),
    // All results have suppressions or none has (SARIF 3.27.23).
    ...(include.has('suppressed') ? { suppressions: suppressions(finding.suppressed) } : {}),
    ...(report.gate.newOnly ? { baselineState: finding.new ? 'new' : 'unchanged' } : {}),
    ...(integrations.length === 0 ? {} : { properties: { integrations: [...integrations] } }),
  };
}

/** By id and arguments where the message is the one that its rule describes, which may not be so for a report from elsewhere. */
function message(finding: ReportedFinding, { report }: Context): Result['message'] {
  const links = finding.related.map((note) => note.text);
  const spec = specOf(report, finding);
  if (spec === undefined) return looseMessage(finding.message, links);
  const { data } = finding;
  const described = spec.text.replace(/\{(\w+)\}/g, (whole, name: string) => data[name] ?? whole);
  if (described !== finding.message) return looseMessage(finding.message, links);
  return messageOf(
    'default',
    spec.text,
    placeholders(spec.text).map((name) => data[name] ?? ''),
    links,
  );
}

function suppressions(suppressed: Suppression | null): Result['suppressions'] & object {
  if (suppressed === null) return [];
  const { kind, reason, at } = suppressed;
  return [
    {
      kind: kind === 'inline' ? 'inSource' : 'external',
      status: 'accepted',
      justification: inertProse(reason),
      ...(at === undefined
        ? {}
        : { location: { physicalLocation: { artifactLocation: artifact(at.file), region: region(at) } } }),
    },
  ];
}

function invocation(report: Report, { sourceOf }: Context): Invocation {
  const notifications = report.notifications.map((n) => notification(n, sourceOf));
  return {
    executionSuccessful: true,
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
    ...optional('endTimeUtc', report.timestamp),
  };
}

function notification(
  { level, message, file, line }: Notification,
  sourceOf: Context['sourceOf'],
): SarifNotification {
  const at = file === null || line === null ? null : { file, line, column: 1, endLine: line, endColumn: 1 };
  const known = at === null ? undefined : sourceOf(at.file)(at.line);
  return {
    level,
    message: { text: sentence(dynamic(message)) },
    ...(file === null
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: artifact(file),
                ...(at === null
                  ? {}
                  : {
                      region: {
                        startLine: at.line,
                        ...(known === undefined ? {} : { snippet: { text: known } }),
                      },
                    }),
              },
            },
          ],
        }),
  };
}

function versionControl({ repository }: Report): Pick<Run, 'versionControlProvenance'> {
  const url = repository === null ? null : repositoryUrl(repository.url);
  if (repository === null || url === null) return {};
  return {
    versionControlProvenance: [
      { repositoryUri: url, revisionId: repository.revision, mappedTo: { uriBaseId: '%SRCROOT%' } },
    ],
  };
}

function optional<K extends string>(key: K, value: string | null): { [P in K]?: string } {
  return value === null ? {} : ({ [key]: value } as { [P in K]: string });
}
