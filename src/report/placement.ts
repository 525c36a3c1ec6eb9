/**
 * Where in a report each finding stands: with the integrations that it counts for, with the files that integrations of a package share,
 * or outside integrations (decisions 4 and 27); and by what name an integration goes.
 */
import type { Level } from '../model/finding.ts';
import { compareLocations, compareStrings } from '../model/location.ts';
import type { IntegrationReport, Report, ReportedFinding } from '../model/report.ts';
import type { MessageSpec, RuleDescription } from '../model/rule-description.ts';

/** The order of all lists: path, line, column, code. */
export function compareFindings(a: ReportedFinding, b: ReportedFinding): number {
  const byStart = compareLocations(
    { ...a.at, endLine: 0, endColumn: 0 },
    { ...b.at, endLine: 0, endColumn: 0 },
  );
  return byStart || compareStrings(a.code, b.code) || compareLocations(a.at, b.at);
}

/** The findings that nobody waived, in order. */
export function activeFindings(report: Report): readonly ReportedFinding[] {
  return report.findings.filter((f) => f.suppressed === null).sort(compareFindings);
}

export interface Shared {
  /** The package folder. */
  readonly folder: string;
  readonly findings: readonly ReportedFinding[];
}

export interface Placement {
  /** Integration key -> the findings that count for it. One finding may count for several. */
  readonly byIntegration: ReadonlyMap<string, readonly ReportedFinding[]>;
  /** In a package that holds an integration, or in a file of one, but counting for none. */
  readonly shared: readonly Shared[];
  /** Everything else; general findings always, as they are about the check and not about anybody's code. */
  readonly outside: readonly ReportedFinding[];
}

export function placeFindings(report: Report, findings: readonly ReportedFinding[]): Placement {
  const byIntegration = new Map<string, ReportedFinding[]>();
  const folders = new Set(report.integrations.map((i) => i.package));
  const ownedBy = new Map(
    report.integrations.flatMap((i) => i.files.map((file) => [file, i.package] as const)),
  );
  const shared = new Map<string, ReportedFinding[]>();
  const outside: ReportedFinding[] = [];
  for (const finding of findings) {
    for (const key of finding.integrations) push(byIntegration, key, finding);
    if (finding.integrations.length > 0) continue;
    const folder = ownedBy.get(finding.at.file) ?? folderOf(finding.at.file);
    const general = ruleOf(report, finding.rule)?.requirement === null;
    if (folders.has(folder) && !general) push(shared, folder, finding);
    else outside.push(finding);
  }
  return {
    byIntegration,
    shared: [...shared]
      .sort(([a], [b]) => compareStrings(a, b))
      .map(([folder, own]) => ({ folder, findings: own })),
    outside,
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Groups by rule: the seven requirements in order, then the general findings. */
export function groupByRule(
  report: Report,
  findings: readonly ReportedFinding[],
): readonly {
  readonly rule: string;
  readonly title: string;
  readonly findings: readonly ReportedFinding[];
}[] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) push(groups, finding.rule, finding);
  const order = (rule: string) => ruleOf(report, rule)?.requirement ?? 8;
  return [...groups]
    .sort(([a], [b]) => order(a) - order(b) || compareStrings(a, b))
    .map(([rule, own]) => ({ rule, title: ruleOf(report, rule)?.title ?? rule, findings: own }));
}

/** By severity, keeping the order within each. */
export function ofLevel(findings: readonly ReportedFinding[], level: Level): readonly ReportedFinding[] {
  return findings.filter((f) => f.level === level);
}

/**
 * Key -> what an integration is called: its type's name, with as much of its package as tells it from others of that name.
 *
 *     pkg/wiz.Wiz, pkg/a/okta.Task, pkg/b/okta.Task  => 'Wiz', 'a/okta.Task', 'b/okta.Task'
 */
export function integrationLabels(report: Report): ReadonlyMap<string, string> {
  const label = ({ name, package: folder, key }: IntegrationReport): string => {
    const rivals = report.integrations.filter((i) => i.name === name && i.key !== key);
    if (rivals.length === 0) return name;
    const parts = folder.split('/');
    for (let n = 1; n < parts.length; n++) {
      const tail = parts.slice(-n).join('/');
      if (!rivals.some((r) => r.package === tail || r.package.endsWith(`/${tail}`))) return `${tail}.${name}`;
    }
    return `${folder}.${name}`;
  };
  return new Map(report.integrations.map((i) => [i.key, label(i)]));
}

/** Integrations by key: the order of every table. */
export function sortedIntegrations(report: Report): readonly IntegrationReport[] {
  return [...report.integrations].sort((a, b) => compareStrings(a.key, b.key));
}

export function ruleOf(report: Report, rule: string): RuleDescription | undefined {
  return report.rules.find((r) => r.id === rule);
}

export function specOf(report: Report, finding: ReportedFinding): MessageSpec | undefined {
  return ruleOf(report, finding.rule)?.messages[finding.id];
}
