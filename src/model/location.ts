/**
 * Places in source text, as every part of p0lint and every format sees them.
 *
 *     { file: 'pkg/wiz/wiz.go', line: 45, column: 5, endLine: 45, endColumn: 18 }
 *
 * Lines and columns start at 1, columns count UTF-16 units, the end is exclusive (half-open), `file` is relative to the
 * repository root with `/`. No offsets: those belong to the front end (`go/syntax/position`).
 */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A place and what it shows: a step of evidence, a related place, a step of a path. */
export interface Note {
  readonly at: Location;
  readonly text: string;
}

/** Order by file, line, column, end: the order of all lists that p0lint prints. */
export function compareLocations(a: Location, b: Location): number {
  return (
    compareStrings(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn
  );
}

/** Code unit order: unlike `localeCompare` it is the same on every machine. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
