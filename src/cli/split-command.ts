/**
 * `p0lint split <file>`: how a file can be split, in full. It moves nothing.
 */
import { openPlatform } from '../integrations/open-platform.ts';
import { UserError } from '../model/user-error.ts';
import { inFull } from '../rules/file-length/describe.ts';
import fileLength from '../rules/file-length/index.ts';
import { splitFacts } from '../rules/file-length/roles.ts';
import { planSplit } from '../rules/file-length/split-plan.ts';
import { survey } from '../run.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { displayPathFrom } from './locate.ts';
import { printable } from './printable.ts';
import { type RequestFlags, requestOf } from './request.ts';

export interface SplitFlags extends RequestFlags {
  readonly max?: string;
}

/** Throws UserError where the file is none that is checked. */
export async function splitCommand(name: string, flags: SplitFlags, io: Io): Promise<ExitCode> {
  const { root, request } = await requestOf([name], { ...flags, scope: 'all' }, io);
  const [path = ''] = request.paths;
  const { packages, integrations, selection } = survey(request);
  const [out] = selection.leftOut;
  if (out !== undefined) throw new UserError(`${name} is not checked: ${out.why}`);
  const pkg = packages.find((p) => p.files.some((file) => file.path === path));
  const file = pkg?.files.find((f) => f.path === path);
  if (pkg === undefined || file === undefined) throw new UserError(`${name} is no Go file`);
  const max = maxOf(flags.max) ?? Number(request.settings.optionsOf(fileLength.id, path).max);
  const shown = displayPathFrom(io.cwd, root)(path);
  if (file.lineCount <= max) {
    io.stdout.write(
      `${shown} has ${file.lineCount} lines; the limit is ${max}. Nothing has to move; --max <lines> plans for a lower limit.\n`,
    );
    return ExitCode.Passed;
  }
  const platform = openPlatform(pkg.program, request.vocabulary, integrations, packages);
  const plan = planSplit(pkg, file, max, splitFacts(pkg, platform));
  io.stdout.write(printable(inFull(plan, shown, file.lineCount, max), io));
  return ExitCode.Passed;
}

function maxOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const max = Number(text);
  if (!Number.isInteger(max) || max < 1) throw new UserError(`--max wants a number of lines, not '${text}'`);
  return max;
}
