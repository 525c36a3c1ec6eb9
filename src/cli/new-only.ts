/**
 * New code only: what was already there, by another revision or by a baseline file, does not block.
 *
 * Both trees are analysed with the configuration of the new side and the findings subtracted by fingerprint (decisions 2, 21, 23): a
 * line that did not change can have a new finding, and a moved one an old.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BASELINE_NAME, type BaselineEntry, parseBaseline } from '../engine/baseline.ts';
import { compareFindings, type KnownFinding } from '../engine/compare.ts';
import { withNewness } from '../engine/gate.ts';
import type { Report, ReportedFinding } from '../model/report.ts';
import { UserError } from '../model/user-error.ts';
import { commitOf, git } from '../project/git.ts';
import { gitTree } from '../project/git-tree.ts';
import { isWithin, join, parentFolder } from '../project/paths.ts';
import { decode, type SourceTree } from '../project/tree.ts';
import { check, type Request } from '../run.ts';
import type { Io } from './io.ts';

/** The report with the findings that the revision had already marked as not new. Throws UserError. */
export function againstRevision(report: Report, request: Request, root: string, revision: string): Report {
  const commit = commitOf(root, revision);
  const tree = gitTree(root, commit);
  const renames = renamedFrom(root, commit);
  const paths = earlierPaths(request, tree, renames);
  const before = paths.length === 0 ? [] : check({ ...request, tree, paths, repository: null }).findings;
  return subtract(report, known(before), request.tree, renames).report;
}

/**
 * Where the earlier side is looked at. Of a file its whole folder, and the folder that it was renamed from: code may have come from
 * there, and more earlier findings than needed do no harm.
 */
function earlierPaths(
  { paths, tree: now }: Request,
  before: SourceTree,
  renames: ReadonlyMap<string, string>,
): readonly string[] {
  const wanted = new Set<string>();
  for (const path of paths) wanted.add(now.kindOf(path) === 'file' ? parentFolder(path) : path);
  for (const [to, from] of renames) if (paths.some((p) => isWithin(p, to))) wanted.add(parentFolder(from));
  const there = [...wanted].filter((path) => path === '' || before.kindOf(path) !== undefined);
  // A folder covers those below it.
  return there.filter((path) => !there.some((other) => other !== path && isWithin(other, path)));
}

/** Current path -> path in the commit, as git sees renames. Staged and unstaged changes alike. */
function renamedFrom(root: string, commit: string): ReadonlyMap<string, string> {
  const args = [
    'diff',
    '--name-status',
    '-z',
    '-M',
    '--diff-filter=R',
    '--no-ext-diff',
    '--no-textconv',
    '--no-relative',
    '--ignore-submodules',
    commit,
    '--',
  ];
  const words = git(root, args).split('\0');
  const renames = new Map<string, string>();
  for (let i = 0; i + 2 < words.length; i += 3) renames.set(words[i + 2]!, words[i + 1]!);
  return renames;
}

export interface BaselineUse {
  readonly report: Report;
  readonly stale: readonly KnownFinding[];
}

/** The baseline that holds: the named one, or the usual one beside the configuration. Undefined: none. Throws UserError. */
export function readBaseline(
  tree: SourceTree,
  folder: string,
  named: { readonly path: string; readonly text: string } | undefined,
): readonly BaselineEntry[] | undefined {
  if (named !== undefined) return parseBaseline(named.path, named.text);
  const file = join(folder, BASELINE_NAME);
  if (tree.kindOf(file) !== 'file') return undefined;
  return parseBaseline(file, decode(tree.read(file)).text);
}

/** The text of a baseline that was named; undefined if none was, or if it may be missing and is. Throws UserError. */
export function namedBaseline(
  name: string | undefined,
  io: Io,
  { mayBeMissing = false } = {},
): { readonly path: string; readonly text: string } | undefined {
  if (name === undefined) return undefined;
  try {
    return { path: name, text: readFileSync(path.resolve(io.cwd, name), 'utf8') };
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (mayBeMissing && code === 'ENOENT') return undefined;
    throw new UserError(`cannot read the baseline ${name}: ${code}`, undefined, { cause });
  }
}

/** Marks what the baseline knows as not new, and reports entries that nothing corresponds to any more. */
export function againstBaseline(
  report: Report,
  baseline: readonly BaselineEntry[],
  request: Request,
): Report {
  const checked = new Set(report.files.map((file) => file.path));
  const { report: marked, stale } = subtract(report, baseline, request.tree, new Map());
  // Only of files that were looked at can one say that a fault is gone.
  const gone = stale.filter(
    (entry) => checked.has(entry.file) || request.tree.kindOf(entry.file) === undefined,
  );
  if (gone.length === 0) return marked;
  const message = `${gone.length} ${gone.length === 1 ? 'entry' : 'entries'} of the baseline ${gone.length === 1 ? 'is' : 'are'} stale (mended or gone); \`p0lint baseline --prune\` removes ${gone.length === 1 ? 'it' : 'them'}.`;
  return {
    ...marked,
    notifications: [...marked.notifications, { level: 'note', message, file: null, line: null }],
  };
}

function subtract(
  report: Report,
  before: readonly KnownFinding[],
  tree: SourceTree,
  renames: ReadonlyMap<string, string>,
): BaselineUse {
  const after = report.findings.map((finding) => ({ ...finding, file: finding.at.file }));
  const { isNew, gone } = compareFindings(before, after, (file) => tree.kindOf(file) === 'file', renames);
  return { report: withNewness(report, (_, index) => isNew[index] === true), stale: gone };
}

/** What was suppressed before and is so no longer is new: nobody has accepted it. */
function known(findings: readonly ReportedFinding[]): KnownFinding[] {
  return findings
    .filter((finding) => finding.suppressed === null)
    .map(({ fingerprint, at, magnitude }) => ({
      fingerprint,
      file: at.file,
      ...(magnitude === undefined ? {} : { magnitude }),
    }));
}
