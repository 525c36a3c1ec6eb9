/**
 * The source files of a program and the positions in them.
 *
 * Every file occupies a range of positions of its own (`base` … `base + text.length`), so that a node's `pos` tells file and offset.
 * Offsets are UTF-16 units of the decoded text. The order of bases depends on the order of loading and is never shown.
 */
import type { Location } from '../model/location.ts';
import type { Comment, Decl, ImportSpec, Ranged } from './syntax/ast.ts';

/** A region that does not parse, or is not analysed. */
export interface Damage extends Ranged {
  /** Why, as a short phrase: `syntax error`, `missing )`, `nested deeper than 1000 levels` … */
  readonly reason: string;
}

export interface GoFile {
  /** Relative to the repository root, with `/` (for dependencies and the standard library: their import path and file). */
  readonly path: string;
  /** What was analysed: decoded as UTF-8, without a BOM. */
  readonly text: string;
  /** Position of the first character. */
  readonly base: number;
  readonly packageName: string;
  /** Where the package name stands in the package clause. */
  readonly packageRange: Ranged;
  readonly imports: readonly ImportSpec[];
  readonly decls: readonly Decl[];
  /** In source order. Real comments only. */
  readonly comments: readonly Comment[];
  /** Regions that do not parse (for a missing token an empty range), in source order. `isDamaged` tells whether a function has any. */
  readonly damage: readonly Damage[];
  /** As `wc -l` counts, plus an unterminated last line. */
  readonly lineCount: number;
  /** `// Code generated … DO NOT EDIT.` before the package clause (go.dev/s/generatedcode). */
  readonly generated: boolean;
  /** `_test.go` */
  readonly test: boolean;
  /** The expression of its `//go:build` line (or old `+build` lines, translated). */
  readonly buildConstraint: string | undefined;
  /** Line starts as offsets, the first is 0. */
  readonly lineStarts: readonly number[] | Int32Array;
}

export interface FileSet {
  fileAt(pos: number): GoFile;
  locate(range: Ranged): Location;
  /** The source text of a range. */
  textOf(range: Ranged): string;
  /** Line, from 1. */
  lineOf(pos: number): number;
}
