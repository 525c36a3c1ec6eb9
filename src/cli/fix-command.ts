/**
 * `--fix`, `--fix-unsafe`, `--diff`: apply what the findings offer, or show it.
 *
 * Files are replaced whole, by rename; the code is checked again after each round, since one fix may make room for another.
 */
import { readFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { applyFixes, type FixResult } from '../engine/fix.ts';
import type { Report, ReportedFinding } from '../model/report.ts';
import { fromTreePath } from '../project/paths.ts';
import { writeFileWhole } from './outputs.ts';

/** No fixture needs more than two rounds; a fix that brings its own finding back must end all the same. */
const MAX_ROUNDS = 10;

export interface Fixed {
  readonly report: Report;
  readonly applied: number;
  readonly files: number;
}

/** Throws UserError where a file cannot be written; files written before stay mended. */
export function fixAll(first: Report, root: string, unsafe: boolean, again: () => Report): Fixed {
  let report = first;
  let applied = 0;
  const files = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result = fixesOf(report.findings, root, unsafe);
    if (result.files.length === 0) break;
    for (const file of result.files) {
      writeFileWhole(fromTreePath(root, file.path), file.after);
      files.add(file.path);
    }
    applied += result.applied.length;
    report = again();
  }
  return { report, applied, files: files.size };
}

/** The fixes as one unified diff; nothing is written. */
export function diffOf(findings: readonly ReportedFinding[], root: string, unsafe: boolean): string {
  return fixesOf(findings, root, unsafe)
    .files.map(({ path, before, after }) =>
      createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, '', ''),
    )
    .map((patch) => patch.replace(/^=+\n/, '').replaceAll(/^(---|\+\+\+) (.*)\t$/gm, '$1 $2'))
    .join('');
}

function fixesOf(findings: readonly ReportedFinding[], root: string, unsafe: boolean): FixResult {
  const wanted = findings.filter((finding) => finding.new);
  return applyFixes(wanted, { unsafe }, (path) => readExactly(fromTreePath(root, path)));
}

/** The text, byte order mark included; undefined if encoding it again would give other bytes. */
function readExactly(file: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
