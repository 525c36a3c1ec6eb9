/**
 * Suppressions in comments: found, read and given their reach; whether they are used is for `judge`.
 *
 *     t.Job.Send(&asset) //p0lint:ignore vm-filter/unfiltered-send -- assets come filtered from the API
 *
 *     //p0lint:ignore P0-502, P0-504 -- the API guarantees an end (SEC-1234)
 *     for next != "" {
 *
 *     //p0lint:ignore-file file-length -- one table, split in the next release
 *     package wiz
 *
 * A directive covers findings on its own line, or on the header of the next statement or declaration; never what is nested in it
 * (decision 30). Lines of comment in between do not matter. Text that merely contains the words (a string, prose) is none.
 */
import { type Anchor, anchorsOf } from '../go/anchors.ts';
import type { FileSet, GoFile } from '../go/files.ts';
import type { Comment } from '../go/syntax/ast.ts';
import type { Location } from '../model/location.ts';

export interface Directive {
  readonly at: Location;
  readonly scope: 'line' | 'file';
  /** As written: rule ids, `rule/finding`, codes. */
  readonly ids: readonly string[];
  /** '' where none is given: the directive then does not count. */
  readonly reason: string;
  /** Lines (first and last) whose findings it covers; for `file`: all. */
  readonly covers: readonly [first: number, last: number];
  /** `ignore-file` behind the package clause has no effect. */
  readonly misplaced: boolean;
}

const DIRECTIVE = /^\/\/p0lint:(ignore-file|ignore)(?![\w-])(.*)$/s;

export function directivesOf(file: GoFile, files: FileSet): Directive[] {
  const found = file.comments.filter((comment) => comment.text.startsWith('//p0lint:'));
  if (found.length === 0) return [];
  const anchors = anchorsOf(file);
  const result: Directive[] = [];
  for (const comment of found) {
    const match = DIRECTIVE.exec(comment.text.trimEnd());
    if (match === null) continue;
    const [, verb, rest = ''] = match;
    const [list = '', ...reason] = rest.split(/\s--(?:\s|$)/);
    const at = files.locate(comment);
    const scope = verb === 'ignore-file' ? 'file' : 'line';
    result.push({
      at,
      scope,
      ids: list.split(/[\s,]+/).filter((id) => id !== ''),
      reason: reason.join(' -- ').trim(),
      covers: scope === 'file' ? [1, file.lineCount] : reachOf(comment, file, files, anchors),
      misplaced: scope === 'file' && comment.pos > file.packageRange.pos,
    });
  }
  return result;
}

function reachOf(
  comment: Comment,
  file: GoFile,
  files: FileSet,
  anchors: readonly Anchor[],
): readonly [number, number] {
  const line = files.lineOf(comment.pos);
  const start = file.base + (file.lineStarts[line - 1] ?? 0);
  const before = files.textOf({ pos: start, end: comment.pos });
  // Behind code it speaks of this line only; anything else on the line is code, since a line comment ends the line.
  if (before.trim() !== '') return [line, line];
  const next = anchors.find((anchor) => anchor.pos > comment.pos);
  if (next === undefined) return [line, line];
  return [files.lineOf(next.pos), files.lineOf(Math.max(next.pos, next.headerEnd - 1))];
}
