/**
 * The files of a program under one numbering of positions (`files.ts` says what that is).
 *
 *     const files = createFileSet();
 *     const file = files.add((base) => parseGoFile(path, text, base));
 *     files.locate(node)   // { file: 'pkg/wiz/wiz.go', line: 45, column: 5, … }
 */
import type { Location } from '../model/location.ts';
import type { FileSet, GoFile } from './files.ts';

export interface GrowingFileSet extends FileSet {
  /** Adds a file; `parse` receives its base and must return a file that has it. */
  add(parse: (base: number) => GoFile): GoFile;
}

export function createFileSet(): GrowingFileSet {
  const files: GoFile[] = [];
  let next = 1;

  const fileAt = (pos: number): GoFile => {
    let low = 0;
    let high = files.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (files[middle]!.base <= pos) low = middle;
      else high = middle - 1;
    }
    const file = files[low];
    if (file === undefined || pos < file.base || pos > file.base + file.text.length) {
      throw new RangeError(`position ${pos} lies in no file of this program`);
    }
    return file;
  };

  return {
    add(parse) {
      const file = parse(next);
      if (file.base !== next) throw new Error(`${file.path} was parsed for base ${file.base}, not ${next}`);
      files.push(file);
      // One position between files: the end of a file is not the start of the next.
      next += file.text.length + 1;
      return file;
    },
    fileAt,
    locate({ pos, end }) {
      return locateIn(fileAt(pos), pos, end);
    },
    textOf({ pos, end }) {
      const file = fileAt(pos);
      return file.text.slice(pos - file.base, end - file.base);
    },
    lineOf(pos) {
      const file = fileAt(pos);
      return lineIndex(file, pos - file.base) + 1;
    },
  };
}

function locateIn(file: GoFile, pos: number, end: number): Location {
  const start = pos - file.base;
  const stop = end - file.base;
  const line = lineIndex(file, start);
  const endLine = lineIndex(file, stop);
  return {
    file: file.path,
    line: line + 1,
    column: start - file.lineStarts[line]! + 1,
    endLine: endLine + 1,
    endColumn: stop - file.lineStarts[endLine]! + 1,
  };
}

/** The index of the line that holds an offset. */
function lineIndex(file: GoFile, offset: number): number {
  const starts = file.lineStarts;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The place of a position counted in bytes of UTF-8, as Go's own tools and SARIF's byteOffset count. The text is the decoded one: where the
 * file held bytes that are no UTF-8, each such sequence counts the three bytes of U+FFFD, and a BOM is not counted.
 */
export function byteOffset(file: GoFile, pos: number): number {
  return Buffer.byteLength(file.text.slice(0, pos - file.base), 'utf8');
}
