/**
 * `p0lint check`: the gate.
 */
import path from 'node:path';
import chalk, { Chalk } from 'chalk';
import { blocks } from '../engine/gate.ts';
import type { Report } from '../model/report.ts';
import { UserError } from '../model/user-error.ts';
import { hasCommit } from '../project/git.ts';
import { reporters } from '../report/index.ts';
import { DEFAULT_OPTIONS, type ReportOptions } from '../report/options.ts';
import { ExitCode } from './exit-codes.ts';
import { diffOf, fixAll } from './fix-command.ts';
import type { Io } from './io.ts';
import { displayPathFrom } from './locate.ts';
import { againstBaseline, againstRevision, namedBaseline, readBaseline } from './new-only.ts';
import { observedCheck, timingsTable } from './observe.ts';
import { parseFormat, parseOutput, writeFileWhole } from './outputs.ts';
import { type Asked, type RequestFlags, requestOf } from './request.ts';

export interface CheckFlags extends RequestFlags {
  readonly format: string;
  readonly output: readonly string[];
  readonly sarifInclude: readonly string[];
  readonly quiet?: boolean;
  readonly color?: string;
  readonly allowEmpty?: boolean;
  readonly newFrom?: string;
  readonly baseline?: string;
  readonly fix?: boolean;
  readonly fixUnsafe?: boolean;
  readonly diff?: boolean;
  readonly timings?: boolean;
}

/** Writes the reports and answers with the exit code. Throws UserError. */
export async function checkCommand(args: readonly string[], flags: CheckFlags, io: Io): Promise<ExitCode> {
  const format = parseFormat(flags.format);
  const outputs = flags.output.map(parseOutput);
  if (flags.staged === true && flags.newFrom !== undefined)
    throw new UserError(
      '--staged compares with the last commit; --new-from names another',
      'Use one of them.',
    );
  const asked = await requestOf(args, flags, io);
  const { root, request } = asked;
  if (flags.staged === true && request.paths.length === 0) {
    io.stderr.write('p0lint: no Go file is staged; nothing to check.\n');
    return ExitCode.Passed;
  }
  const run = () => {
    const { report, timings } = observedCheck(request, io);
    if (flags.timings === true) io.stderr.write(timingsTable(timings));
    return narrowed(report, asked, flags, io);
  };
  const first = run();
  const unsafe = flags.fixUnsafe === true;
  if (flags.diff === true) {
    io.stdout.write(diffOf(first.findings, root, unsafe));
    return exitCodeOf(first, asked, flags, args, io);
  }
  const report = flags.fix === true || unsafe ? mended(first, root, unsafe, run, flags, io) : first;
  const options = reportOptions(flags, io, root);
  const plainOptions: ReportOptions = { ...options, paint: DEFAULT_OPTIONS.paint, columns: 80 };
  for (const output of outputs)
    writeFileWhole(path.resolve(io.cwd, output.path), reporters[output.format](report, plainOptions));
  io.stdout.write(reporters[format](report, options));
  return exitCodeOf(report, asked, flags, args, io);
}

/** With what was there before marked as such. */
function narrowed(
  report: Report,
  { root, request, configurationFolder }: Asked,
  flags: CheckFlags,
  io: Io,
): Report {
  // Before the first commit everything that is staged is new.
  const revision = flags.newFrom ?? (flags.staged === true && hasCommit(root) ? 'HEAD' : undefined);
  const compared = revision === undefined ? report : againstRevision(report, request, root, revision);
  const baseline = readBaseline(request.tree, configurationFolder, namedBaseline(flags.baseline, io));
  return baseline === undefined ? compared : againstBaseline(compared, baseline, request);
}

function mended(
  first: Report,
  root: string,
  unsafe: boolean,
  run: () => Report,
  flags: CheckFlags,
  io: Io,
): Report {
  if (flags.staged === true || flags.stdinFilename !== undefined)
    throw new UserError('fixes are written to files on disk; --staged and --stdin-filename read others');
  const { report, applied, files } = fixAll(first, root, unsafe, run);
  const unsafeLeft = unsafe
    ? 0
    : report.findings.filter((f) => f.suppressed === null && f.fixes.length > 0).length;
  const more = unsafeLeft === 0 ? '' : `; ${unsafeLeft} more with --fix-unsafe`;
  io.stderr.write(
    `p0lint: ${count(applied, 'fix', 'fixes')} applied in ${count(files, 'file', 'files')}${more}.\n`,
  );
  return report;
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
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

function onlyFiles({ tree, paths }: Asked['request']): boolean {
  return paths.every((path) => tree.kindOf(path) === 'file');
}

function exitCodeOf(
  report: Report,
  asked: Asked,
  flags: CheckFlags,
  args: readonly string[],
  io: Io,
): ExitCode {
  if (!report.complete) return ExitCode.Incomplete;
  if (report.findings.some((finding) => blocks(finding, report.gate.failOn))) return ExitCode.Findings;
  const nothing =
    report.summary.files === 0 || (report.scope === 'integrations' && report.summary.integrations === 0);
  if (!nothing || flags.allowEmpty === true) return ExitCode.Passed;
  if (onlyFiles(asked.request)) {
    // Hooks and editors hand over whatever file was touched (decision 26).
    io.stderr.write('p0lint: none of these files is checked; nothing to do.\n');
    return ExitCode.Passed;
  }
  const where = args.length === 0 ? 'this folder' : args.join(', ');
  const what = report.summary.files === 0 && report.scope === 'all' ? 'no Go file' : 'no integration';
  io.stderr.write(
    `p0lint: nothing was checked: ${what} in ${where}. ${
      what === 'no integration' ? '`p0lint list` shows near misses; --scope all checks every Go file; ' : ''
    }--allow-empty accepts this.\n`,
  );
  return ExitCode.Nothing;
}
