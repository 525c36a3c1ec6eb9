/**
 * Keeps the columns in which gofmt puts the comments at the ends of lines, where a fix makes one of the lines longer.
 *
 *     read(a)       // first        if err := read(a); err != nil { // first
 *     readAll(a, b) // second  =>       return err
 *                                   }
 *                                   readAll(a, b) // second
 *
 * gofmt aligns the comments of consecutive lines, one statement each; a statement of several lines ends such a section.
 */
import type { GoFile } from '../../go/files.ts';
import type { Comment, Stmt } from '../../go/syntax/ast.ts';

/** A line with a statement and a comment behind it. */
interface Commented {
  readonly comment: Comment;
  /** Where the code ends. */
  readonly codeEnd: number;
  /** How many characters of code, without indentation. */
  readonly width: number;
}

/** A stretch of white space between code and comment, and what it becomes. */
export interface Gap {
  readonly pos: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The white space before the comments when the line of `list[index]` that has one becomes `growth` characters longer, and others are put
 * behind it. The first is the statement's own, changed or not, so that two fixes of one section never go together; then those of other
 * lines that change. Empty where it has no comment.
 */
export function realign(file: GoFile, list: readonly Stmt[], index: number, growth: number): readonly Gap[] {
  const own = commented(file, list[index]!);
  if (own === undefined) return [];
  const grown = { ...own, width: own.width + growth };
  const gaps: Gap[] = [];
  for (const section of [[grown, ...neighbours(file, list, index, -1)], neighbours(file, list, index, 1)]) {
    const column = Math.max(...section.map(({ width }) => width)) + 1;
    for (const line of section) {
      const gap = { pos: line.codeEnd, end: line.comment.pos, text: ' '.repeat(column - line.width) };
      const same = file.text.slice(gap.pos - file.base, gap.end - file.base) === gap.text;
      if (!same || line === grown) gaps.push(gap);
    }
  }
  return gaps;
}

/** The statements of one line each, on the lines right before or behind, that have comments. */
function neighbours(file: GoFile, list: readonly Stmt[], index: number, step: 1 | -1): readonly Commented[] {
  const found: Commented[] = [];
  let previous = list[index]!;
  if (!isOneLine(file, previous)) return found;
  for (let i = index + step; list[i] !== undefined; i += step) {
    const stmt = list[i]!;
    const line = commented(file, stmt);
    const adjacent = lineOf(file, stmt.pos) - lineOf(file, previous.pos) === step;
    if (line === undefined || !adjacent || !isOneLine(file, stmt)) break;
    found.push(line);
    previous = stmt;
  }
  return found;
}

/** The comment behind the last line of a statement, if only white space stands between. */
export function commentBehind(file: GoFile, stmt: Stmt): Comment | undefined {
  const comment = file.comments.find((c) => c.pos >= stmt.end);
  if (comment === undefined) return undefined;
  const between = file.text.slice(stmt.end - file.base, comment.pos - file.base);
  return /^[ \t]*$/.test(between) ? comment : undefined;
}

function commented(file: GoFile, stmt: Stmt): Commented | undefined {
  const comment = commentBehind(file, stmt);
  if (comment === undefined) return undefined;
  const start = file.text.lastIndexOf('\n', stmt.end - file.base - 1) + 1;
  const code = file.text.slice(start, stmt.end - file.base).trimStart();
  return { comment, codeEnd: stmt.end, width: [...code].length };
}

function isOneLine(file: GoFile, { pos, end }: Stmt): boolean {
  return lineOf(file, pos) === lineOf(file, end);
}

function lineOf(file: GoFile, pos: number): number {
  const offset = pos - file.base;
  let low = 0;
  let high = file.lineStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (file.lineStarts[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
