/**
 * The source lines that a Report carries, by number. A line that was not kept is undefined: reporters then show the place without it.
 */
import type { Location } from '../model/location.ts';
import type { Report } from '../model/report.ts';

export type SourceLines = (line: number) => string | undefined;

/** A look-up per file; each file's excerpts are indexed once. */
export function sourceLines(report: Pick<Report, 'excerpts'>): (file: string) => SourceLines {
  const files = new Map<string, SourceLines>();
  return (file) => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const lines = new Map<number, string>();
    for (const excerpt of report.excerpts.get(file) ?? [])
      for (const [i, text] of excerpt.lines.entries()) lines.set(excerpt.firstLine + i, text);
    const look: SourceLines = (line) => lines.get(line);
    files.set(file, look);
    return look;
  };
}

/** The lines from `first` to `last`, or undefined if one of them was not kept. */
export function linesBetween(lines: SourceLines, first: number, last: number): string[] | undefined {
  const found: string[] = [];
  for (let n = first; n <= last; n++) {
    const text = lines(n);
    if (text === undefined) return undefined;
    found.push(text);
  }
  return found;
}

/** Exactly the text of a range, lines joined by `\n`; undefined if a line of it was not kept or the range does not fit it. */
export function textOf(lines: SourceLines, at: Location): string | undefined {
  const all = linesBetween(lines, at.line, at.endLine);
  const first = all?.[0];
  const last = all?.at(-1);
  if (all === undefined || first === undefined || last === undefined) return undefined;
  if (at.column - 1 > first.length || at.endColumn - 1 > last.length) return undefined;
  if (all.length === 1) return first.slice(at.column - 1, at.endColumn - 1);
  return [first.slice(at.column - 1), ...all.slice(1, -1), last.slice(0, at.endColumn - 1)].join('\n');
}
