/**
 * A fix as a diff, from its edits and the lines that the Report kept.
 *
 *     @@ pkg/wiz/wiz.go:21 @@
 *      var g errgroup.Group
 *     +g.SetLimit(10)
 *
 * For reading, not for `git apply` (`p0lint check --diff` is that): indentation that all lines share is dropped, tabs are four columns.
 */
import type { Edit, Fix } from '../model/finding.ts';
import { compareLocations } from '../model/location.ts';
import { inert } from './inert.ts';
import { linesBetween, type SourceLines } from './source-lines.ts';

interface Hunk {
  readonly file: string;
  first: number;
  last: number;
  readonly edits: Edit[];
}

/** The lines of the diff; null if a line that it touches was not kept or an edit does not fit it. */
export function fixDiff(fix: Fix, sourceOf: (file: string) => SourceLines): readonly string[] | null {
  const lines: string[] = [];
  for (const hunk of hunksOf(fix.edits)) {
    const source = sourceOf(hunk.file);
    const before = linesBetween(source, hunk.first, hunk.last);
    const after = before && apply(before, hunk);
    if (before === undefined || after === undefined) return null;
    const head = commonLength(before, after);
    const tail = commonLength(before.slice(head).reverse(), after.slice(head).reverse());
    const removed = before.slice(head, before.length - tail);
    const added = after.slice(head, after.length - tail);
    const above = source(hunk.first + head - 1);
    const below = source(hunk.last - tail + 1);
    const marked = [
      ...(above === undefined ? [] : [[' ', above] as const]),
      ...removed.map((line) => ['-', line] as const),
      ...added.map((line) => ['+', line] as const),
      ...(below === undefined ? [] : [[' ', below] as const]),
    ].map(([mark, line]) => [mark, expandTabs(line)] as const);
    const indents = marked.filter(([, l]) => l.trim() !== '').map(([, l]) => l.length - l.trimStart().length);
    const indent = indents.length === 0 ? 0 : Math.min(...indents);
    lines.push(`@@ ${inert(hunk.file)}:${hunk.first + head} @@`);
    lines.push(...marked.map(([mark, line]) => inert(`${mark}${line.slice(indent)}`.trimEnd() || ' ')));
  }
  return lines;
}

/** Edits on the same or neighbouring lines belong together. */
function hunksOf(edits: readonly Edit[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (const edit of [...edits].sort((a, b) => compareLocations(a.at, b.at))) {
    const { file, line, endLine } = edit.at;
    const last = hunks.at(-1);
    if (last !== undefined && last.file === file && line <= last.last + 1) {
      last.edits.push(edit);
      last.last = Math.max(last.last, endLine);
    } else hunks.push({ file, first: line, last: endLine, edits: [edit] });
  }
  return hunks;
}

/** The hunk's lines after its edits; undefined if an edit lies outside them or two overlap. */
function apply(before: readonly string[], hunk: Hunk): string[] | undefined {
  const starts: number[] = [];
  let total = 0;
  for (const line of before) {
    starts.push(total);
    total += line.length + 1;
  }
  const text = before.join('\n');
  const offset = (line: number, column: number): number | undefined => {
    const i = line - hunk.first;
    return column - 1 <= (before[i]?.length ?? -1) ? starts[i]! + column - 1 : undefined;
  };
  let result = '';
  let done = 0;
  for (const { at, newText } of hunk.edits) {
    const from = offset(at.line, at.column);
    const to = offset(at.endLine, at.endColumn);
    if (from === undefined || to === undefined || from < done || to < from) return undefined;
    result += text.slice(done, from) + newText.replaceAll('\r\n', '\n');
    done = to;
  }
  return (result + text.slice(done)).split('\n');
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

function expandTabs(line: string): string {
  return line.replaceAll('\t', '    ');
}
