/**
 * The report for a person at a terminal.
 *
 *     pkg/wiz/wiz.go:45:9  error  P0-102 vm-filter/unfiltered-send  [Wiz]
 *       'asset' is sent and no filter was asked about it. …
 *
 *       > 45 |     w.Job.Send(&asset)
 *            |     ^^^^^^^^^^^^^^^^^^
 *
 *       pkg/wiz/wiz.go:40:3: made here
 *       fix: ask the filter first (safe: --fix applies it)
 *
 * Then what went wrong with the run itself, the table of integrations by requirements, the findings outside integrations grouped by rule,
 * and one line of totals. Suppressed findings are counted, not shown; when only new findings count, only those are shown.
 */
import type { Level } from '../model/finding.ts';
import type { Location } from '../model/location.ts';
import type { Notification, Report, ReportedFinding } from '../model/report.ts';
import { codeFrame } from './code-frame.ts';
import { displayWidth, wrap } from './display-width.ts';
import { inert, inertProse } from './inert.ts';
import type { Painter, ReportOptions } from './options.ts';
import {
  activeFindings,
  compareFindings,
  groupByRule,
  integrationLabels,
  placeFindings,
  specOf,
} from './placement.ts';
import { sourceLines } from './source-lines.ts';
import { statusTable } from './text-table.ts';
import { totals } from './totals.ts';

/** Prose and frames beyond this are hard to read, however wide the window. */
const MAX_COLUMNS = 120;

export function text(report: Report, options: ReportOptions): string {
  const shown = activeFindings(report).filter((f) => f.new || !report.gate.newOnly);
  const render = findingRenderer(report, options);
  const out = options.quiet ? shown.map(render) : sections(report, shown, render, options);
  return out.length === 0 ? '' : `${out.join('\n\n')}\n`;
}

type Render = (finding: ReportedFinding) => string;

function sections(
  report: Report,
  shown: readonly ReportedFinding[],
  render: Render,
  options: ReportOptions,
): string[] {
  const { paint, columns } = options;
  const { outside } = placeFindings(report, shown);
  const apart = new Set(outside);
  const out = shown.filter((f) => !apart.has(f)).map(render);
  const notifications = report.notifications.flatMap((n) => notification(n, options));
  if (notifications.length > 0) out.push(notifications.join('\n'));
  const table = statusTable(report, columns, paint);
  if (table.length > 0) out.push(table.join('\n'));
  if (outside.length > 0) out.push(paint.bold('Outside integrations'));
  for (const { rule, title, findings } of groupByRule(report, outside))
    out.push(paint.bold(inert(`${rule}: ${title}`)), ...findings.map(render));
  out.push(paint.bold(totals(report)));
  return out;
}

function findingRenderer(report: Report, options: ReportOptions): Render {
  const { paint } = options;
  const columns = Math.min(options.columns, MAX_COLUMNS);
  const sourceOf = sourceLines(report);
  const labels = integrationLabels(report);
  const { shared } = placeFindings(report, [...report.findings].sort(compareFindings));
  const sharedIn = new Map(shared.flatMap((s) => s.findings.map((f) => [f, s.folder] as const)));
  const indented = (prose: string, hang = '') =>
    wrap(prose, columns - 2 - hang.length).map((line, i) => `  ${i === 0 ? '' : hang}${line}`);
  const place = (at: Location) => `${inert(options.displayPath(at.file))}:${at.line}:${at.column}`;
  const frame = (at: Location, context: number, underline: '^' | '-') =>
    codeFrame(sourceOf(at.file), at, {
      ...{ context, underline, paint, columns: columns - 2, inActionsLog: options.inActionsLog },
    }).map((line) => `  ${line}`);

  return (finding) => {
    const { at, level, code, rule, id, related, path, fixes } = finding;
    const folder = sharedIn.get(finding);
    const owners = finding.integrations.map((key) => labels.get(key) ?? key);
    const about = folder === undefined ? owners : [`shared files of ${folder}`];
    const name = `${code} ${rule}/${id}${about.length === 0 ? '' : `  [${inert(about.join(', '))}]`}`;
    const word = paintLevel(level, paint);
    const head = `${place(at)}  ${level}  ${name}`;
    const lines =
      displayWidth(head) <= options.columns
        ? [`${paint.bold(place(at))}  ${word}  ${name}`]
        : [paint.bold(place(at)), `  ${word}  ${name}`];
    for (const line of finding.message.split('\n')) lines.push(...indented(inertProse(line)));

    const main = frame(at, 1, '^');
    if (main.length > 0) lines.push('', ...main);
    const after: string[] = [];
    for (const note of related) {
      after.push(...indented(`${place(note.at)}: ${inertProse(note.text)}`));
      // A place that the frame above shows anyway needs no frame of its own.
      const near =
        note.at.file === at.file && note.at.line >= at.line - 1 && note.at.endLine <= at.endLine + 1;
      if (!near) after.push(...frame(note.at, 0, '-'));
    }
    for (const [i, step] of path.entries())
      after.push(...indented(`${i + 1}. ${place(step.at)}: ${inertProse(step.text)}`, '   '));
    for (const { title, safety } of fixes) {
      const how =
        safety === 'safe' ? 'safe: --fix applies it' : 'unsafe: --fix-unsafe applies it, then look at it';
      after.push(...indented(`fix: ${inertProse(title)} (${how})`, '     '));
    }
    const remedy = specOf(report, finding)?.remedy;
    if (fixes.length === 0 && remedy !== undefined)
      after.push(...indented(`fix: ${inertProse(remedy).replaceAll('`', '')}`, '     '));
    if (after.length > 0) lines.push('', ...after);
    return lines.join('\n');
  };
}

function notification({ level, message, file, line }: Notification, options: ReportOptions): string[] {
  const where =
    file === null ? '' : `${inert(options.displayPath(file))}${line === null ? '' : `:${line}`}: `;
  const lines = wrap(`${where}${level}: ${inertProse(message)}`, Math.min(options.columns, MAX_COLUMNS) - 2);
  return lines.map((text, i) =>
    i === 0 ? text.replace(`${where}${level}`, () => where + paintLevel(level, options.paint)) : `  ${text}`,
  );
}

function paintLevel(level: Level, paint: Painter): string {
  return level === 'error' ? paint.red(level) : level === 'warning' ? paint.yellow(level) : paint.cyan(level);
}
