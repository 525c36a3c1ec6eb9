/**
 * `p0lint config check` and `p0lint config print`.
 */
import path from 'node:path';
import { effectiveValues, type FlagValues, printEffective } from '../config/effective.ts';
import { diskTree } from '../project/tree.ts';
import { rules } from '../rules/index.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { locate } from './locate.ts';
import { configurationOf } from './request.ts';

export interface ConfigFlags {
  readonly config?: string;
  readonly scope?: string;
  readonly failOn?: string;
  readonly dependencies?: string;
}

/** Is the configuration that holds for this folder sound? Throws UserError with every problem. */
export function configCheck(args: readonly string[], flags: ConfigFlags, io: Io): ExitCode {
  const found = find(args, flags, io);
  io.stdout.write(
    found.configuration === undefined
      ? 'There is no configuration; the defaults hold. `p0lint init` writes one.\n'
      : `${found.shown} is fine.\n`,
  );
  return ExitCode.Passed;
}

/** Every value in force, and where it comes from. Throws UserError. */
export function configPrint(args: readonly string[], flags: ConfigFlags, io: Io): ExitCode {
  const { configuration, shown } = find(args, flags, io);
  const given: FlagValues = {
    ...(flags.scope === undefined ? {} : { scope: flags.scope }),
    ...(flags.failOn === undefined ? {} : { 'fail-on': flags.failOn }),
    ...(flags.dependencies === undefined ? {} : { dependencies: flags.dependencies }),
  };
  const loaded = configuration && { ...configuration, file: shown };
  io.stdout.write(printEffective(effectiveValues(loaded, rules, given)));
  return ExitCode.Passed;
}

function find(args: readonly string[], { config }: ConfigFlags, io: Io) {
  const { root, paths } = locate(io.cwd, args);
  const configuration = configurationOf(diskTree(root), root, paths, config, io);
  const file = configuration?.file ?? '';
  const shown = config ?? path.relative(io.cwd, path.join(root, file)).split(path.sep).join('/');
  return { configuration, shown };
}
