/**
 * One finding in the review: where, what, the code, the change, why; or in a line where that is enough.
 */
import type { Location } from '../model/location.ts';
import type { Report, ReportedFinding } from '../model/report.ts';
import { codeFrame } from './code-frame.ts';
import { fixDiff } from './fix-diff.ts';
import { rulePage, sourceLink } from './links.ts';
import { codeSpan, escapeText, fence, link, prose } from './markdown-escape.ts';
import { specOf } from './placement.ts';
import { type SourceLines, sourceLines } from './source-lines.ts';
import { sentence } from './words.ts';

export interface Page {
  readonly report: Report;
  sourceOf(file: string): SourceLines;
}

export function pageOf(report: Report): Page {
  return { report, sourceOf: sourceLines(report) };
}

const FRAME_COLUMNS = 110;

/** `heading` comes before the finding's title: `## Violation 1`. */
export function findingSection(finding: ReportedFinding, heading: string, page: Page): string {
  const { report, sourceOf } = page;
  const { at, symbol, related, path, fixes, rule } = finding;
  const spec = specOf(report, finding);
  const where = symbol === null ? '' : ` in ${codeSpan(symbol)}`;
  const fresh = report.gate.newOnly ? (finding.new ? ' · new' : ' · was there before') : '';
  const parts = [
    `${heading}: ${findingTitle(finding, page)}`,
    `**Location:** ${placeLink(at, report)}${where}${fresh}`,
    `**Issue:** ${messageText(finding, report)}`,
  ];
  const frame = codeFrame(sourceOf(at.file), at, { context: 2, columns: FRAME_COLUMNS });
  if (frame.length > 0) parts.push('**Current code:**', fence('go', frame.join('\n')));
  if (related.length > 0)
    parts.push(
      '**Related:**',
      related.map((note) => `- ${placeLink(note.at, report)}: ${escapeText(note.text)}`).join('\n'),
    );
  if (path.length > 0)
    parts.push(
      '**How it comes about:**',
      path.map((step, i) => `${i + 1}. ${placeLink(step.at, report)}: ${escapeText(step.text)}`).join('\n'),
    );
  parts.push(`**Required change:** ${spec === undefined ? 'see the issue above.' : prose(spec.remedy)}`);
  for (const fix of fixes) {
    const how =
      fix.safety === 'safe' ? '`p0lint check --fix` applies it' : 'unsafe: look at it after `--fix-unsafe`';
    parts.push(`**Fix:** ${escapeText(fix.title)} (${how})`);
    const diff = fixDiff(fix, sourceOf);
    if (diff !== null) parts.push(fence('diff', diff.join('\n')));
  }
  const more = link(`About ${rule}`, rulePage(report.tool, rule));
  if (spec !== undefined) parts.push(`**Why it matters:** ${prose(sentence(spec.why))} ${more}.`);
  return parts.join('\n\n');
}

/** `Unfiltered send (P0-102)` */
export function findingTitle(finding: ReportedFinding, { report }: Page): string {
  return `${escapeText(specOf(report, finding)?.title ?? finding.id)} (${finding.code})`;
}

/** ``- [`wiz.go:7`](…) P0-608: message`` */
export function findingLine(finding: ReportedFinding, { report }: Page): string {
  const level = finding.level === 'error' ? '' : `${finding.level}, `;
  return `- ${placeLink(finding.at, report)} (${level}${finding.code}): ${messageText(finding, report)}`;
}

/** A place by its path from the repository root, linked where git knows an address. */
export function placeLink(
  at: Location,
  report: Report,
  shown = `${at.file}:${at.line}`,
  where: 'prose' | 'cell' = 'prose',
): string {
  return link(codeSpan(shown, where), sourceLink(report, at));
}

/** Values that the rule quotes are set as code, where the message is the one that its rule describes. */
function messageText(finding: ReportedFinding, report: Report): string {
  const { message, data } = finding;
  const text = specOf(report, finding)?.text;
  const described = text?.replace(/\{(\w+)\}/g, (whole, name: string) => data[name] ?? whole);
  return text !== undefined && described === message ? prose(text, data) : prose('{message}', { message });
}
