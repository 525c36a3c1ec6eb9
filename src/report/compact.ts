/**
 * One line per finding, for editors, grep and problem matchers.
 *
 *     pkg/wiz/wiz.go:45:9: error: 'asset' is sent and no filter was asked about it. [P0-102]
 *
 * The form is that of compilers, so that what understands gcc understands it. Suppressed findings are left out; when only new findings
 * count, the others too. What the run has to say of itself comes last, under the tool's name where it is about no file.
 */
import type { Report } from '../model/report.ts';
import { inert, inertProse } from './inert.ts';
import type { ReportOptions } from './options.ts';
import { activeFindings } from './placement.ts';

export function compact(report: Report, { displayPath, quiet }: ReportOptions): string {
  const lines = activeFindings(report)
    .filter((f) => f.new || !report.gate.newOnly)
    .map(({ at, level, message, code }) => {
      const place = `${inert(displayPath(at.file))}:${at.line}:${at.column}`;
      return `${place}: ${level}: ${inertProse(message)} [${code}]\n`;
    });
  if (!quiet)
    for (const { level, message, file, line } of report.notifications) {
      const place = file === null ? report.tool.name : `${inert(displayPath(file))}:${line ?? 1}:1`;
      lines.push(`${place}: ${level}: ${inertProse(message)}\n`);
    }
  return lines.join('');
}
