/**
 * The door of `go/syntax`: a Go file from its text.
 *
 *     await loadParser();
 *     const file = parseGoFile('pkg/wiz/wiz.go', text, 0);
 *     file.decls[0].body     // lowered now, not before
 *
 * Declarations are lowered at once, function bodies when they are first asked for. The flat tree stays, so that a body can be made again
 * after `releaseBodies`; it takes two to three bytes per character of source. Where only declarations are wanted it goes.
 */
import type { Damage, GoFile } from '../files.ts';
import type { Comment, Ranged } from './ast.ts';
import { buildConstraint, isGenerated } from './comments.ts';
import type { FlatTree } from './flat-tree.ts';
import { LazyFuncDecl } from './lower/declarations.ts';
import type { Source } from './lower/source.ts';
import { lowerBlock } from './lower/statements.ts';
import { lowerTopLevel } from './lower/top-level.ts';
import { createNames, type Names } from './names.ts';
import { parseText } from './recover.ts';

export interface ParseOptions {
  /** Function bodies are left out: for dependencies and the standard library, of which only declarations are read. */
  readonly declarationsOnly?: boolean;
  /** Shared between files, so that equal names are one string. */
  readonly names?: Names;
  /** Offset of the first character that stands for bytes which are no UTF-8: Go refuses such a file. */
  readonly invalidAt?: number;
}

const sharedNames = createNames();

/** `text`: decoded, without BOM. `base`: the position of its first character. Requires `loadParser()`. Never throws on bad Go. */
export function parseGoFile(path: string, text: string, base: number, options: ParseOptions = {}): GoFile {
  return lowerGoFile(parseText(text), path, text, base, options);
}

/** The second half of `parseGoFile`: `tree` is that of `parseText(text)`, which another thread may have made. */
export function lowerGoFile(
  tree: FlatTree,
  path: string,
  text: string,
  base: number,
  options: ParseOptions = {},
): GoFile {
  const source: Source = {
    tree,
    nodes: tree.nodes,
    text,
    base,
    names: options.names ?? sharedNames,
    lowerBlock,
  };
  const top = lowerTopLevel(source, options.declarationsOnly !== true);
  const ranges = tree.comments;
  let comments: readonly Comment[] | undefined;
  const lineStarts = lineStartsOf(text);
  const header = commentsOf(ranges, text, base, (top.packageClause?.pos ?? base + text.length) - base);
  return {
    path,
    text,
    base,
    packageName: top.packageName?.name ?? '',
    packageRange: top.packageName ?? { pos: base, end: base },
    imports: top.imports,
    decls: top.decls,
    get comments() {
      comments ??= commentsOf(ranges, text, base, text.length);
      return comments;
    },
    damage: options.invalidAt === undefined ? top.damage : withInvalid(top.damage, base + options.invalidAt),
    lineCount: lineStarts.length - (lineStarts[lineStarts.length - 1] === text.length ? 1 : 0),
    generated: isGenerated(header),
    test: path.endsWith('_test.go'),
    buildConstraint: buildConstraint(header),
    lineStarts,
  };
}

function withInvalid(damage: readonly Damage[], pos: number): readonly Damage[] {
  const found: Damage = { pos, end: pos + 1, reason: 'not UTF-8' };
  return [...damage, found].sort((a, b) => a.pos - b.pos || a.end - b.end);
}

/**
 * Does anything in the range not parse? Then what was lowered from it is not to be trusted. Ask with the range of a whole declaration: a token
 * that is missing at its very beginning counts to what comes before.
 */
export function isDamaged(file: GoFile, range: Ranged): boolean {
  return file.damage.some(({ pos, end }) =>
    pos === end ? range.pos < pos && pos <= range.end : pos < range.end && range.pos < end,
  );
}

/** Forgets all function bodies of the file (see `LazyFuncDecl.release`). */
export function releaseBodies(file: GoFile): void {
  for (const decl of file.decls) if (decl instanceof LazyFuncDecl) decl.release();
}

/** The comments that begin before an offset. */
function commentsOf(ranges: Int32Array, text: string, base: number, before: number): readonly Comment[] {
  const result: Comment[] = [];
  for (let k = 0; k < ranges.length && ranges[k]! < before; k += 2) {
    const start = ranges[k]!;
    let end = ranges[k + 1]!;
    // Go does not count the carriage return before a line's end as part of the comment.
    if (text.charCodeAt(end - 1) === 13) end--;
    result.push({ pos: base + start, end: base + end, text: text.slice(start, end) });
  }
  return result;
}

function lineStartsOf(text: string): Int32Array {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return Int32Array.from(starts);
}
