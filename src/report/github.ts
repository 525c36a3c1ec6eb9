/**
 * Workflow commands that GitHub Actions shows as annotations.
 *
 *     ::error file=pkg/wiz/wiz.go,line=45,endLine=45,col=9,endColumn=27,title=P0-102 vm-filter/unfiltered-send::'asset' is sent …
 *
 * A step may give ten errors, ten warnings and ten notices; what is more is dropped by the runner without a word. So the most severe come
 * first, and what was left out is said. Where only new findings count, only those are annotated. Text from the checked code is escaped as
 * the runner unescapes it, so it can neither end a command nor begin one. Paths are relative to the repository root, whatever the current
 * folder, because the runner takes them so; one with controls in it is shown by their code points and so attached to nothing. The job summary is `renderReview`'s.
 */
import { compareLevels, type Level } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { inert, inertLines, inertProse, neutraliseCommands } from './inert.ts';
import { activeFindings } from './placement.ts';
import { totals } from './totals.ts';
import { count } from './words.ts';

const PER_KIND = 10;
/** The runner cuts messages at 4,096 characters. */
const MAX_MESSAGE = 4_000;
const COMMAND: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

interface Annotation {
  readonly level: Level;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly message: string;
}

export function github(report: Report): string {
  const lines: string[] = [];
  const left: string[] = [];
  const all = annotations(report);
  for (const level of ['error', 'warning', 'note'] as const) {
    const own = all.filter((annotation) => annotation.level === level);
    lines.push(...own.slice(0, PER_KIND).map(command));
    if (own.length > PER_KIND) left.push(count(own.length - PER_KIND, level));
  }
  if (left.length > 0)
    lines.push(
      `Not annotated: ${left.join(', ')}. GitHub takes ${PER_KIND} annotations of each kind from a step; the other formats have all findings.`,
    );
  lines.push(neutraliseCommands(totals(report)));
  return `${lines.join('\n')}\n`;
}

/** What is wrong with the run comes before what is wrong with the code: it puts the rest in doubt. */
function annotations(report: Report): Annotation[] {
  const ofRun = report.notifications.map(
    ({ level, message, file, line }): Annotation => ({
      level,
      message: inertProse(message),
      properties: {
        ...(file === null ? {} : { file: inert(file) }),
        ...(line === null ? {} : { line }),
        title: report.tool.name,
      },
    }),
  );
  const ofCode = activeFindings(report)
    .filter((f) => f.new || !report.gate.newOnly)
    .map(({ level, message, at, code, rule, id }): Annotation => {
      // The runner drops columns of an annotation over several lines.
      const columns =
        at.line === at.endLine ? { col: at.column, endColumn: Math.max(at.column, at.endColumn - 1) } : {};
      return {
        level,
        message: inertLines(message),
        properties: {
          file: inert(at.file),
          ...{ line: at.line, endLine: at.endLine, ...columns },
          title: `${code} ${rule}/${id}`,
        },
      };
    });
  return [...ofRun, ...ofCode].sort((a, b) => compareLevels(b.level, a.level));
}

function command({ level, properties, message }: Annotation): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(`${value}`)}`);
  const text = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  return `::${COMMAND[level]} ${list.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
