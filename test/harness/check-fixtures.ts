/**
 * Runs rules over fixture folders and compares with the expectations in them. Failures have names:
 *
 *     missing  expected and not reported: a false negative
 *     noisy    reported and not expected: a false positive
 *     wrong    reported with another message, id, status or place than expected
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chariot } from '../../src/config/chariot.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { CheckedPackage } from '../../src/engine/check.ts';
import type { Location, Note } from '../../src/model/location.ts';
import type { Report } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';
import { diskTree } from '../../src/project/tree.ts';
import type { Rule } from '../../src/rule.ts';
import { inspect, type Request, reportOn, survey } from '../../src/run.ts';
import { type Expectations, expectationsIn } from './expectations.ts';

export const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');

export interface Outcome {
  readonly report: Report;
  readonly checked: readonly CheckedPackage[];
}

/** Check a folder of fixtures (relative to `fixtures/`) with the given rules. `await loadParser()` first. */
export function checkFixtures(
  folder: string,
  rules: readonly Rule[],
  settings: Partial<Settings> = {},
): Outcome {
  const request: Request = {
    tree: diskTree(FIXTURES),
    moduleCache: undefined,
    paths: [folder],
    settings: { ...defaultSettings(rules, { scope: 'all', dependencies: 'ignore' }), ...settings },
    vocabulary: chariot,
    rules,
    repository: null,
    timestamp: null,
  };
  const surveyed = survey(request);
  const checked = inspect(request, surveyed);
  return { report: reportOn(request, surveyed, checked), checked };
}

export function expectationsOf(files: readonly string[]): Expectations {
  const all = files.map((file) => expectationsIn(file, readFileSync(path.join(FIXTURES, file), 'utf8')));
  return {
    wants: all.flatMap((e) => e.wants),
    remarks: all.flatMap((e) => e.remarks),
    statuses: all.flatMap((e) => e.statuses),
  };
}

/** The differences within one folder, as lines to read. `ruleId`: whose ids stand unqualified. */
export function differences(
  folder: string,
  { report, checked }: Outcome,
  ruleId: string | undefined,
): string[] {
  const inFolder = (file: string) => file.startsWith(`${folder}/`);
  const files = checked.flatMap((p) => p.files.map((f) => f.path)).filter(inFolder);
  const { wants, remarks, statuses } = expectationsOf([...new Set(files)]);
  const problems: string[] = [];
  const idOf = (f: Report['findings'][number]) => (f.rule === ruleId ? f.id : `${f.rule}/${f.id}`);
  const left = new Set(report.findings.filter((f) => inFolder(f.at.file)));
  const unmet: (typeof wants)[number][] = [];
  for (const want of wants) {
    const here = [...left].filter((f) => f.at.file === want.file && f.at.line === want.line);
    const met = here.find((f) => idOf(f) === want.id && want.pattern.test(f.message));
    if (met !== undefined) left.delete(met);
    else unmet.push(want);
  }
  for (const want of unmet) {
    const here = [...left].find((f) => f.at.file === want.file && f.at.line === want.line);
    const expected = `${want.file}:${want.line} wants ${want.id} ${want.pattern}`;
    if (here === undefined) problems.push(`missing  ${expected}`);
    else {
      left.delete(here);
      problems.push(`wrong    ${expected}\n         but has ${idOf(here)}: ${here.message}`);
    }
  }
  for (const f of left)
    problems.push(`noisy    ${f.at.file}:${f.at.line}:${f.at.column} ${idOf(f)}: ${f.message}`);

  const related = report.findings.flatMap((f) => f.related);
  const evidence = checked.flatMap((p) => p.observations.flatMap((o) => o.examined));
  for (const remark of remarks) {
    const notes: readonly Note[] = remark.kind === 'related' ? related : evidence;
    const here = notes.filter((n) => n.at.file === remark.file && touches(n.at, remark.line));
    if (here.some((n) => remark.pattern.test(n.text))) continue;
    const what = `${remark.file}:${remark.line} wants ${remark.kind} ${remark.pattern}`;
    problems.push(
      here.length === 0
        ? `missing  ${what}`
        : `wrong    ${what}\n         but has ${here.map((n) => n.text).join(' | ')}`,
    );
  }
  for (const { file, line, rule, status } of statuses) {
    const integration = report.integrations.find((i) => i.at.file === file && i.at.line === line);
    const wanted = rule ?? ruleId;
    const found = integration?.requirements.find((r) => r.rule === wanted);
    // A table that names rules not run here (one rule at a time) is not a failure.
    if (integration !== undefined && found === undefined && rule !== undefined) continue;
    if (found?.status === status) continue;
    problems.push(
      `wrong    ${file}:${line} wants status ${wanted}=${status}, is ${found === undefined ? 'no integration' : `${found.status}${found.reason === null ? '' : ` (${found.reason})`}`}`,
    );
  }
  for (const { rule, subject, crash } of checked.flatMap((p) => p.observations))
    if (crash !== null) problems.push(`crash    ${rule} on ${subject}: ${crash.stack}`);
  return problems.sort();
}

function touches(at: Location, line: number): boolean {
  return at.line === line;
}
