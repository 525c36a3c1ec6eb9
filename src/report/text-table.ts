/**
 * Integrations by the seven requirements, as a table that fits the terminal.
 *
 *     Integration  1     2     3     4     5     6     7     Verdict
 *     Wiz          pass  FAIL  pass  n/a   warn  pass  pass  NON-COMPLIANT
 *
 *     1 vm-filter  2 check-affiliation  3 validate-credentials …
 *
 * The widest of three headings that fits is taken: the rules' ids, the ids broken at their hyphen, or numbers with a legend. Statuses are
 * words, because terminals do not agree on the width of the symbols that the review uses.
 */
import { compareStrings } from '../model/location.ts';
import type { IntegrationReport, Report } from '../model/report.ts';
import type { Status, Verdict } from '../model/verdict.ts';
import { displayWidth, toWidth, wrap } from './display-width.ts';
import { inert } from './inert.ts';
import type { Painter } from './options.ts';
import { integrationLabels, sortedIntegrations } from './placement.ts';

const WORD: Readonly<Record<Status, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  warn: 'warn',
  'not-applicable': 'n/a',
  unknown: '?',
  'not-checked': '-',
};

const GAP = '  ';
const MIN_NAME = 12;

export function statusTable(report: Report, columns: number, paint: Painter): readonly string[] {
  const integrations = sortedIntegrations(report);
  const [first] = integrations;
  if (first === undefined) return [];
  const labels = integrationLabels(report);
  const names = integrations.map((i) => inert(labels.get(i.key) ?? i.name));
  const rules = first.requirements.map((r) => ({ number: r.number, id: r.rule }));

  const nameWidth = Math.max('Integration'.length, ...names.map(displayWidth));
  const verdictWidth = Math.max('Verdict'.length, ...integrations.map((i) => verdictWord(i.verdict).length));
  const widthOf = (heads: readonly (readonly string[])[]) =>
    heads.map((lines) => Math.max(4, ...lines.map((l) => l.length)));
  const headings = [
    rules.map((r) => [r.id]),
    rules.map((r) => breakAtHyphen(r.id)),
    rules.map((r) => [`${r.number}`]),
  ];
  const restOf = (heads: readonly (readonly string[])[]) =>
    widthOf(heads).reduce((sum, w) => sum + GAP.length + w, 0) + GAP.length + verdictWidth;
  const numbered = headings[2]!;
  const heads = headings.find((h) => nameWidth + restOf(h) <= columns) ?? numbered;
  const nameColumn = Math.min(nameWidth, Math.max(MIN_NAME, columns - restOf(heads)));
  const widths = widthOf(heads);

  const row = (cells: readonly string[]) => cells.join(GAP).trimEnd();
  const height = Math.max(...heads.map((lines) => lines.length));
  const lines = Array.from({ length: height }, (_, i) => {
    const last = i === height - 1;
    const cells = heads.map((head, c) => toWidth(head[i] ?? '', widths[c]!));
    return paint.bold(row([toWidth(last ? 'Integration' : '', nameColumn), ...cells, last ? 'Verdict' : '']));
  });
  for (const [i, integration] of integrations.entries()) {
    const cells = integration.requirements.map((r, c) =>
      paintStatus(r.status, toWidth(WORD[r.status], widths[c] ?? 4), paint),
    );
    lines.push(row([toWidth(names[i]!, nameColumn), ...cells, paintVerdict(integration.verdict, paint)]));
  }
  if (heads === numbered) {
    // Entries do not break; the second no-break space makes the gap between them wider than the one within.
    const legend = rules.map((r) => `${r.number}\u00a0${r.id}\u00a0`).join(' ');
    lines.push(
      '',
      ...wrap(legend, columns).map((line) => paint.dim(line.replaceAll('\u00a0', ' ').trimEnd())),
    );
  }
  return [...lines, ...reasons(integrations, labels, columns)];
}

/** Why a status is unknown or not checked: one line for all the requirements that share the reason. */
function reasons(
  integrations: readonly IntegrationReport[],
  labels: ReadonlyMap<string, string>,
  columns: number,
): string[] {
  const lines: string[] = [];
  for (const integration of integrations) {
    const byReason = new Map<string, string[]>();
    for (const { status, reason, rule } of integration.requirements) {
      if ((status !== 'unknown' && status !== 'not-checked') || reason === null) continue;
      const key = `${WORD[status]} ${reason}`;
      byReason.set(key, [...(byReason.get(key) ?? []), rule]);
    }
    for (const [key, rules] of [...byReason].sort(([a], [b]) => compareStrings(a, b))) {
      const [word, reason] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
      const text = inert(`${labels.get(integration.key)}, ${rules.join(', ')}: ${reason}`);
      lines.push(...wrap(text, columns - 2).map((line, i) => `${i === 0 ? word : ' '} ${line}`));
    }
  }
  return lines.length === 0 ? [] : ['', ...lines];
}

function breakAtHyphen(id: string): string[] {
  const hyphen = id.indexOf('-');
  return hyphen === -1 ? ['', id] : [id.slice(0, hyphen + 1), id.slice(hyphen + 1)];
}

function verdictWord(verdict: Verdict): string {
  return verdict ?? 'not assessed';
}

function paintVerdict(verdict: Verdict, paint: Painter): string {
  const word = verdictWord(verdict);
  return verdict === 'COMPLIANT' ? paint.green(word) : verdict === null ? paint.dim(word) : paint.red(word);
}

function paintStatus(status: Status, text: string, paint: Painter): string {
  switch (status) {
    case 'pass':
      return paint.green(text);
    case 'fail':
    case 'unknown':
      return paint.red(text);
    case 'warn':
      return paint.yellow(text);
    case 'not-applicable':
    case 'not-checked':
      return paint.dim(text);
  }
}
