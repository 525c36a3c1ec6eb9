/**
 * The door of `go/syntax`: a Go file from its text.
 *
 *     await loadParser();
 *     const file = parseGoFile('pkg/wiz/wiz.go', text, 0);
 *     file.decls[0].body     // lowered now, not before
 *
 * Declarations are lowered at once, function bodies when they are first asked for. The flat tree stays, so that a body can be made again
 * after `releaseBodies`; it takes about three bytes per character of source.
 */
import type { GoFile } from '../files.ts';
import type { Comment, Ranged } from './ast.ts';
import { buildConstraint, isGenerated } from './comments.ts';
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
}

const sharedNames = createNames();

/** `text`: decoded, without BOM. `base`: the position of its first character. Requires `loadParser()`. Never throws on bad Go. */
export function parseGoFile(path: string, text: string, base: number, options: ParseOptions = {}): GoFile {
  const tree = parseText(text);
  const source: Source = {
    tree,
    nodes: tree.nodes,
    text,
    base,
    names: options.names ?? sharedNames,
    lowerBlock,
  };
  const top = lowerTopLevel(source, options.declarationsOnly !== true);
  let comments: readonly Comment[] | undefined;
  const lineStarts = lineStartsOf(text);
  const header = commentsOf(source, (top.packageClause?.pos ?? base + text.length) - base);
  return {
    path,
    text,
    base,
    packageName: top.packageName?.name ?? '',
    packageRange: top.packageName ?? { pos: base, end: base },
    imports: top.imports,
    decls: top.decls,
    get comments() {
      comments ??= commentsOf(source, text.length);
      return comments;
    },
    damage: top.damage,
    lineCount: lineStarts.length - (lineStarts[lineStarts.length - 1] === text.length ? 1 : 0),
    generated: isGenerated(header),
    test: path.endsWith('_test.go'),
    buildConstraint: buildConstraint(header),
    lineStarts,
  };
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
function commentsOf(s: Source, before: number): readonly Comment[] {
  const { comments } = s.tree;
  const result: Comment[] = [];
  for (let k = 0; k < comments.length && comments[k]! < before; k += 2) {
    const start = comments[k]!;
    let end = comments[k + 1]!;
    // Go does not count the carriage return before a line's end as part of the comment.
    if (s.text.charCodeAt(end - 1) === 13) end--;
    result.push({ pos: s.base + start, end: s.base + end, text: s.text.slice(start, end) });
  }
  return result;
}

function lineStartsOf(text: string): Int32Array {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return Int32Array.from(starts);
}
