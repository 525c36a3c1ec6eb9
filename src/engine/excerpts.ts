/**
 * The lines of source that a report shows: cut out while the text is at hand, so that no reporter reads a file (decision 22).
 */
import type { Location } from '../model/location.ts';
import type { Excerpt } from '../model/report.ts';

export interface Wanted {
  readonly at: Location;
  /** Lines of context above and below. */
  readonly context: number;
}

/** Overlapping and touching pieces are joined; pieces are in source order. `lineStarts` are offsets in `text`. */
export function cutExcerpts(
  text: string,
  lineStarts: ArrayLike<number>,
  lineCount: number,
  wanted: readonly Wanted[],
): Excerpt[] {
  const lines = new Set<number>();
  for (const { at, context } of wanted)
    for (let line = at.line - context; line <= at.endLine + context; line++)
      if (line >= 1 && line <= lineCount) lines.add(line);
  const excerpts: { firstLine: number; lines: string[] }[] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const start = lineStarts[line - 1] ?? text.length;
    const content = text.slice(start, lineStarts[line] ?? text.length).replace(/\r?\n$/, '');
    const last = excerpts.at(-1);
    if (last !== undefined && last.firstLine + last.lines.length === line) last.lines.push(content);
    else excerpts.push({ firstLine: line, lines: [content] });
  }
  return excerpts;
}
