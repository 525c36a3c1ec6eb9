/**
 * What could not be analysed: damaged files, gaps that rules name, rules that crashed. Each ends as a finding P0-004 or a notification,
 * and the run as incomplete (exit code 3); none is ever taken for clean.
 */
import type { Finding } from '../model/finding.ts';
import type { Notification } from '../model/report.ts';
import { findingMaker } from '../rule.ts';
import type { CheckedPackage } from './check.ts';
import { generalMessages } from './general.ts';

export interface NotAnalysed {
  readonly findings: readonly Finding[];
  readonly notifications: readonly Notification[];
  readonly complete: boolean;
}

export function notAnalysed(
  packages: readonly CheckedPackage[],
  inScope: (file: string) => boolean,
): NotAnalysed {
  const findings: Finding[] = [];
  const notifications: Notification[] = [];
  const make = findingMaker(generalMessages);
  const named = new Set<string>();
  for (const pkg of packages) {
    for (const file of pkg.files) {
      const [first, ...rest] = file.damage;
      if (first === undefined || !inScope(file.path) || named.has(file.path)) continue;
      named.add(file.path);
      const more =
        rest.length === 0 ? '' : ` and in ${rest.length} more ${rest.length === 1 ? 'place' : 'places'}`;
      const why = `${first.text} at line ${first.at.line}${more}`;
      const related = rest.slice(0, 10);
      findings.push(make('not-analysed', first.at, { what: file.path, why }, { related }));
    }
    for (const { rule, gaps, crash, subject } of pkg.observations) {
      for (const gap of gaps) {
        const key = `${gap.at.file}:${gap.at.line}:${gap.text}`;
        if (named.has(key) || named.has(gap.at.file) || !inScope(gap.at.file)) continue;
        named.add(key);
        findings.push(make('not-analysed', gap.at, { what: 'This', why: gap.text }));
      }
      if (crash !== null) {
        const where = subject ?? (pkg.folder === '' ? '.' : pkg.folder);
        const message = `rule ${rule} crashed on ${where}: ${crash.message}. This is a bug of p0lint; please report it (--debug shows the stack).`;
        notifications.push({ level: 'error', message, file: null, line: null });
      }
    }
  }
  const complete = findings.length === 0 && notifications.length === 0;
  return { findings, notifications, complete };
}
