/**
 * `p0lint baseline`: write what is there into a file, so that only what comes later blocks (decision 31).
 *
 *     p0lint baseline            every finding of today is known from now on
 *     p0lint baseline --prune    only takes out what is mended, and notes that long files have become shorter
 *
 * Entries of files that this run does not look at stay as they are, so that a baseline can be kept folder by folder.
 */
import path from 'node:path';
import { BASELINE_NAME, type BaselineEntry, baselineOf, serialiseBaseline } from '../engine/baseline.ts';
import { compareFindings } from '../engine/compare.ts';
import { compareStrings } from '../model/location.ts';
import type { Report } from '../model/report.ts';
import { fromTreePath, join } from '../project/paths.ts';
import type { SourceTree } from '../project/tree.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { namedBaseline, readBaseline } from './new-only.ts';
import { observedCheck } from './observe.ts';
import { writeFileWhole } from './outputs.ts';
import { type RequestFlags, requestOf } from './request.ts';

export interface BaselineFlags extends RequestFlags {
  readonly prune?: boolean;
  readonly baseline?: string;
}

/** Throws UserError. */
export async function baselineCommand(
  args: readonly string[],
  flags: BaselineFlags,
  io: Io,
): Promise<ExitCode> {
  const { root, request, configurationFolder } = await requestOf(args, flags, io);
  const named = flags.baseline;
  const file =
    named === undefined
      ? fromTreePath(root, join(configurationFolder, BASELINE_NAME))
      : path.resolve(io.cwd, named);
  const given = namedBaseline(named, io, { mayBeMissing: flags.prune !== true });
  const before =
    named !== undefined && given === undefined
      ? []
      : (readBaseline(request.tree, configurationFolder, given) ?? []);
  const report = observedCheck(request, io).report;
  const next =
    flags.prune === true ? pruned(before, report, request.tree) : written(before, report, request.tree);
  writeFileWhole(file, serialiseBaseline(sorted(next)));
  const shown = path.relative(io.cwd, file).split(path.sep).join('/');
  const gone = before.length - next.length;
  const change =
    flags.prune === true
      ? `${gone} stale ${gone === 1 ? 'entry' : 'entries'} removed, ${next.length} left`
      : `${next.length} ${next.length === 1 ? 'finding is' : 'findings are'} known from now on`;
  io.stdout.write(`${shown}: ${change}\n`);
  if (!report.complete)
    io.stderr.write(
      'p0lint: not everything could be analysed (p0lint check says what); what lies there is not in the baseline.\n',
    );
  return ExitCode.Passed;
}

function written(
  before: readonly BaselineEntry[],
  report: Report,
  tree: SourceTree,
): readonly BaselineEntry[] {
  const checked = checkedFiles(report);
  const elsewhere = before.filter(({ file }) => !checked.has(file) && tree.kindOf(file) === 'file');
  return [...elsewhere, ...baselineOf(report.findings)];
}

function pruned(
  before: readonly BaselineEntry[],
  report: Report,
  tree: SourceTree,
): readonly BaselineEntry[] {
  const checked = checkedFiles(report);
  const now = baselineOf(report.findings);
  const exists = (file: string) => tree.kindOf(file) === 'file';
  const { was, gone } = compareFindings(before, now, exists);
  const elsewhere = gone.filter(({ file }) => !checked.has(file) && exists(file));
  // What moved is known at its new place; what became shorter may not grow back, and what grew stays to be seen.
  const kept = now.flatMap((entry, i) => {
    const earlier = was[i];
    if (earlier === undefined) return [];
    if (entry.magnitude === undefined || earlier.magnitude === undefined) return [entry];
    return [{ ...entry, magnitude: Math.min(entry.magnitude, earlier.magnitude) }];
  });
  return [...elsewhere, ...kept];
}

function checkedFiles(report: Report): ReadonlySet<string> {
  return new Set(report.files.map(({ path }) => path));
}

function sorted(entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  return [...entries].sort(
    (a, b) =>
      compareStrings(a.file, b.file) ||
      compareStrings(a.code, b.code) ||
      compareStrings(a.symbol ?? '', b.symbol ?? '') ||
      compareStrings(a.fingerprint, b.fingerprint),
  );
}
