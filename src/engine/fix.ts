/**
 * Apply fixes to files: all edits of a fix or none, all fixes of a file or the file untouched.
 *
 *     applyFixes(findings, { unsafe: false }, read)
 *     => { files: [{ path, before, after }], applied: [...], skipped: [{ finding, why: 'overlaps another fix' }] }
 *
 * Fixes are taken in the order of the findings; one that overlaps an earlier one is left for the next run, which sees the mended code.
 * Edits are placed by line and column in the text as it was analysed, so carriage returns, tabs and a byte order mark outside the
 * edited ranges stay as they are; inserted line ends follow the file's own. Nothing is written here: `cli/` renames new files over old.
 */
import type { Fix } from '../model/finding.ts';
import type { ReportedFinding } from '../model/report.ts';

export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface FixResult {
  readonly files: readonly FixedFile[];
  readonly applied: readonly { readonly finding: ReportedFinding; readonly fix: Fix }[];
  readonly skipped: readonly { readonly finding: ReportedFinding; readonly why: string }[];
}

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * `read` gives a file's text with its byte order mark, if it has one; undefined where writing it back would not give the same bytes (it is
 * no UTF-8). Suppressed findings are left alone.
 */
export function applyFixes(
  findings: readonly ReportedFinding[],
  wanted: { readonly unsafe: boolean },
  read: (path: string) => string | undefined,
): FixResult {
  const texts = new Map<string, Text | undefined>();
  const textAt = (path: string): Text | undefined => {
    if (!texts.has(path)) {
      const content = read(path);
      texts.set(path, content === undefined ? undefined : textOf(content));
    }
    return texts.get(path);
  };
  const placed = new Map<string, Placed[]>();
  const applied: { finding: ReportedFinding; fix: Fix }[] = [];
  const skipped: { finding: ReportedFinding; why: string }[] = [];
  for (const finding of findings) {
    const fix =
      finding.fixes.find((f) => f.safety === 'safe') ?? (wanted.unsafe ? finding.fixes[0] : undefined);
    if (fix === undefined || finding.suppressed !== null) continue;
    const unfit = fix.edits.find(({ at }) => textAt(at.file) === undefined);
    if (unfit !== undefined) {
      skipped.push({
        finding,
        why: `${unfit.at.file} is no UTF-8, and writing it would change more than the fix`,
      });
      continue;
    }
    const edits = new Map<string, Placed[]>();
    for (const { at, newText } of fix.edits) {
      const text = textAt(at.file)!;
      const edit = {
        start: text.offsetOf(at.line, at.column),
        end: text.offsetOf(at.endLine, at.endColumn),
        newText,
      };
      edits.set(at.file, [...(edits.get(at.file) ?? []), edit]);
    }
    if ([...edits.values()].some(clashesWithin)) {
      skipped.push({ finding, why: 'its own edits overlap' });
      continue;
    }
    const clash = [...edits].some(([file, list]) =>
      list.some((e) => (placed.get(file) ?? []).some((p) => overlaps(e, p))),
    );
    if (clash) {
      skipped.push({ finding, why: 'it overlaps another fix; run again to apply it' });
      continue;
    }
    for (const [file, list] of edits) placed.set(file, [...(placed.get(file) ?? []), ...list]);
    applied.push({ finding, fix });
  }
  const files = [...placed].map(([path, edits]): FixedFile => {
    const text = texts.get(path)!;
    return { path, before: text.content, after: text.edited(edits) };
  });
  return { files: files.filter((f) => f.before !== f.after), applied, skipped };
}

function clashesWithin(edits: readonly Placed[]): boolean {
  return edits.some((edit, i) => edits.slice(0, i).some((other) => overlaps(edit, other)));
}

/** Two insertions at one place clash too: their order would be a guess. */
function overlaps(a: Placed, b: Placed): boolean {
  if (a.start === b.start && a.end === b.end) return true;
  return a.start < b.end && b.start < a.end;
}

interface Text {
  readonly content: string;
  offsetOf(line: number, column: number): number;
  edited(edits: readonly Placed[]): string;
}

function textOf(content: string): Text {
  // Locations speak of the text without its byte order mark.
  const bom = content.startsWith('\uFEFF') ? 1 : 0;
  const starts = [bom];
  for (let i = content.indexOf('\n'); i >= 0; i = content.indexOf('\n', i + 1)) starts.push(i + 1);
  // Of a file with both kinds of line ends the more frequent one is its own.
  const crlf = content.split('\r\n').length * 2 > starts.length + 1;
  return {
    content,
    offsetOf: (line, column) => Math.min((starts[line - 1] ?? content.length) + column - 1, content.length),
    edited(edits) {
      let result = '';
      let from = 0;
      for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
        const newText = crlf ? edit.newText.replaceAll(/\r?\n/g, '\r\n') : edit.newText;
        result += content.slice(from, edit.start) + newText;
        from = edit.end;
      }
      return result + content.slice(from);
    },
  };
}
