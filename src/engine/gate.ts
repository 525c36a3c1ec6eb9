/**
 * The gate: does this run block? Policy apart from the verdicts (decision 2), the same for every format.
 *
 * Only unsuppressed findings at or above `failOn` block, and in new-only mode only new ones; a run that could not analyse everything in
 * scope does not pass either, whatever it found.
 */
import { compareLevels } from '../model/finding.ts';
import type { Report, ReportedFinding } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';

export function blocks(finding: ReportedFinding, failOn: Settings['failOn']): boolean {
  if (failOn === 'never' || finding.suppressed !== null || !finding.new) return false;
  return compareLevels(finding.level, failOn) >= 0;
}

export function gatePasses(
  findings: readonly ReportedFinding[],
  failOn: Settings['failOn'],
  complete: boolean,
): boolean {
  return complete && !findings.some((finding) => blocks(finding, failOn));
}

/** The report with only some findings new, and the gate judged by those. Verdicts stay as they are. */
export function withNewness(
  report: Report,
  isNew: (finding: ReportedFinding, index: number) => boolean,
): Report {
  const findings = report.findings.map((finding, index) => ({
    ...finding,
    new: finding.new && isNew(finding, index),
  }));
  const { failOn } = report.gate;
  return {
    ...report,
    findings,
    gate: { passed: gatePasses(findings, failOn, report.complete), failOn, newOnly: true },
  };
}
