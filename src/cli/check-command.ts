/**
 * `p0lint check`: the gate.
 */

import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import chalk, { Chalk } from 'chalk';
import { type FoundConfiguration, findConfiguration, loadConfiguration } from '../config/find.ts';
import { vocabularyOf } from '../config/profiles.ts';
import { settingsFrom } from '../config/settings.ts';
import { blocks } from '../engine/gate.ts';
import { loadParser } from '../go/syntax/parser.ts';
import type { Report } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { UserError } from '../model/user-error.ts';
import { parentFolder, toTreePath } from '../project/paths.ts';
import { repositoryAddress } from '../project/repository.ts';
import { diskTree, type SourceTree } from '../project/tree.ts';
import { reporters } from '../report/index.ts';
import { DEFAULT_OPTIONS, type ReportOptions } from '../report/options.ts';
import { rules } from '../rules/index.ts';
import { check, type Request } from '../run.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { displayPathFrom, locate } from './locate.ts';
import { skipsOf } from './names.ts';
import { parseFormat, parseOutput, writeFileWhole } from './outputs.ts';

export interface CheckFlags {
  readonly format: string;
  readonly output: readonly string[];
  readonly scope?: Settings['scope'];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly failOn?: Settings['failOn'];
  readonly sarifInclude: readonly string[];
  readonly dependencies?: Settings['dependencies'];
  readonly config?: string;
  readonly quiet?: boolean;
  readonly color?: string;
  readonly allowEmpty?: boolean;
  readonly timestamp?: boolean;
}

/** Writes the reports and answers with the exit code. Throws UserError. */
export async function checkCommand(args: readonly string[], flags: CheckFlags, io: Io): Promise<ExitCode> {
  const format = parseFormat(flags.format);
  const outputs = flags.output.map(parseOutput);
  const { root, request } = await requestOf(args, flags, io);
  const report = check(request);
  const options = reportOptions(flags, io, root);
  const plainOptions: ReportOptions = { ...options, paint: DEFAULT_OPTIONS.paint, columns: 80 };
  for (const output of outputs)
    writeFileWhole(path.resolve(io.cwd, output.path), reporters[output.format](report, plainOptions));
  io.stdout.write(reporters[format](report, options));
  return exitCodeOf(report, flags, args, io);
}

/** What `check` and `list` ask the pipeline. Throws UserError. */
export async function requestOf(
  args: readonly string[],
  flags: Pick<CheckFlags, 'scope' | 'only' | 'skip' | 'failOn' | 'dependencies' | 'timestamp' | 'config'>,
  io: Io,
): Promise<{ root: string; request: Request }> {
  const { root, paths } = locate(io.cwd, args);
  const tree = diskTree(root);
  const configuration = configurationOf(tree, root, paths, flags.config, io);
  const settings = settingsFrom(configuration?.value ?? {}, configuration?.folder ?? '', rules, {
    ...(flags.scope === undefined ? {} : { scope: flags.scope }),
    ...(flags.failOn === undefined ? {} : { failOn: flags.failOn }),
    ...(flags.dependencies === undefined ? {} : { dependencies: flags.dependencies }),
    ...skipsOf(flags.only, flags.skip, rules),
  });
  await loadParser();
  const request: Request = {
    tree,
    moduleCache: moduleCache(io),
    paths,
    settings,
    vocabulary: vocabularyOf(configuration?.value ?? {}),
    rules,
    repository: repositoryAddress(root),
    timestamp: flags.timestamp === true ? timestamp(io) : null,
  };
  return { root, request };
}

/** The file that `--config` names, wherever it lies, else the nearest one above the paths. */
function configurationOf(
  tree: SourceTree,
  root: string,
  paths: readonly string[],
  named: string | undefined,
  io: Io,
): FoundConfiguration | undefined {
  if (named === undefined) {
    const folders = paths.map((p) => (tree.kindOf(p) === 'file' ? parentFolder(p) : p));
    return findConfiguration(tree, folders, rules);
  }
  const absolute = path.resolve(io.cwd, named);
  const inside = toTreePath(root, absolute);
  if (inside !== undefined) return loadConfiguration(tree, inside, rules);
  // A file from elsewhere (a shared one, say) speaks about this repository as if it lay in its root.
  const folder = diskTree(path.dirname(absolute));
  return { ...loadConfiguration(folder, path.basename(absolute), rules), file: named, folder: '' };
}

/** GOMODCACHE, else GOPATH's, else the usual place (go help environment). */
function moduleCache(io: Io): SourceTree | undefined {
  const gopath = io.env.GOPATH?.split(path.delimiter)[0] || path.join(io.env.HOME ?? os.homedir(), 'go');
  const folder = io.env.GOMODCACHE || path.join(gopath, 'pkg', 'mod');
  return existsSync(folder) ? diskTree(folder) : undefined;
}

/** Honours SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch). */
function timestamp(io: Io): string {
  const epoch = io.env.SOURCE_DATE_EPOCH;
  const date = epoch === undefined || epoch === '' ? new Date() : new Date(Number(epoch) * 1000);
  if (Number.isNaN(date.getTime()))
    throw new UserError(`SOURCE_DATE_EPOCH is no number of seconds: '${epoch}'`);
  return date.toISOString();
}

function reportOptions(flags: CheckFlags, io: Io, root: string): ReportOptions {
  const include = new Set<'suppressed' | 'passes'>();
  for (const name of flags.sarifInclude)
    if (name === 'suppressed' || name === 'passes') include.add(name);
    else throw new UserError(`--sarif-include knows 'suppressed' and 'passes', not '${name}'`);
  return {
    ...DEFAULT_OPTIONS,
    paint: painter(flags.color, io),
    columns: io.stdout.columns ?? 80,
    quiet: flags.quiet === true,
    displayPath: displayPathFrom(io.cwd, root),
    inActionsLog: io.env.GITHUB_ACTIONS === 'true',
    include,
  };
}

/** no-color.org; `--color always|never` beats everything. */
function painter(color: string | undefined, io: Io): ReportOptions['paint'] {
  if (color === 'always') return new Chalk({ level: 1 });
  const wanted = color !== 'never' && io.stdout.isTTY && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  return wanted ? chalk : DEFAULT_OPTIONS.paint;
}

function exitCodeOf(report: Report, flags: CheckFlags, args: readonly string[], io: Io): ExitCode {
  if (!report.complete) return ExitCode.Incomplete;
  if (report.findings.some((finding) => blocks(finding, report.gate.failOn))) return ExitCode.Findings;
  const nothing =
    report.summary.files === 0 || (report.scope === 'integrations' && report.summary.integrations === 0);
  if (!nothing || flags.allowEmpty === true) return ExitCode.Passed;
  const where = args.length === 0 ? 'this folder' : args.join(', ');
  const what = report.summary.files === 0 && report.scope === 'all' ? 'no Go file' : 'no integration';
  io.stderr.write(
    `p0lint: nothing was checked: ${what} in ${where}. ${
      what === 'no integration' ? '`p0lint list` shows near misses; --scope all checks every Go file; ' : ''
    }--allow-empty accepts this.\n`,
  );
  return ExitCode.Nothing;
}
