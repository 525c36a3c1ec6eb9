/**
 * The whole report in one line.
 *
 *     14 integrations compliant, 96 files, 0 findings
 *     2 of 5 integrations compliant, 96 files, 7 findings (4 errors, 2 warnings, 1 note), 1 suppressed
 */
import type { Level } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { count } from './words.ts';

/** `4 errors, 2 warnings, 1 note`; what there is none of is left out. */
function countByLevel(findings: Readonly<Record<Level, number>>): string {
  const parts = (['error', 'warning', 'note'] as const).filter((level) => findings[level] > 0);
  return parts.map((level) => count(findings[level], level)).join(', ');
}

export function totals(report: Report): string {
  const { integrations, compliant, nonCompliant, files, findings, suppressed } = report.summary;
  const total = findings.error + findings.warning + findings.note;
  const notAssessed = integrations - compliant - nonCompliant;
  const parts = [
    integrations === 0
      ? 'no integration'
      : compliant === integrations
        ? `${count(integrations, 'integration')} compliant`
        : `${compliant} of ${count(integrations, 'integration')} compliant`,
  ];
  if (notAssessed > 0) parts.push(`${notAssessed} not assessed`);
  parts.push(count(files, 'file'));
  parts.push(count(total, 'finding') + (total === 0 ? '' : ` (${countByLevel(findings)})`));
  if (suppressed > 0) parts.push(`${suppressed} suppressed`);
  if (report.gate.newOnly) {
    const fresh = report.findings.filter((f) => f.new && f.suppressed === null).length;
    parts.push(`${fresh} new`);
  }
  const line = parts.join(', ');
  return report.complete ? line : `${line}; the analysis is incomplete`;
}
