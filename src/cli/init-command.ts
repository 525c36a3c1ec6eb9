/**
 * `p0lint init [--workflow] [--pre-commit]`: files to start with. Nothing that exists is written over.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CONFIGURATION_NAMES } from '../config/load.ts';
import type { RuleDescription } from '../model/rule-description.ts';
import { UserError } from '../model/user-error.ts';
import { findUpwards } from '../project/repository.ts';
import { ExitCode } from './exit-codes.ts';
import { configurationTemplate, PRE_COMMIT, WORKFLOW } from './init-files.ts';
import type { Io } from './io.ts';
import { writeFileWhole } from './outputs.ts';

export interface InitFlags {
  readonly workflow?: boolean;
  readonly preCommit?: boolean;
}

/** The configuration goes into the current folder, the others into the repository's root. Throws UserError and writes nothing if one exists. */
export function initCommand(flags: InitFlags, rules: readonly RuleDescription[], io: Io): ExitCode {
  const root = findUpwards(io.cwd, '.git') ?? io.cwd;
  const extras = flags.workflow === true || flags.preCommit === true;
  const configuration = CONFIGURATION_NAMES.map((name) => path.join(io.cwd, name)).find((file) =>
    existsSync(file),
  );
  const files = new Map<string, string>();
  // Who asks for a workflow beside an existing configuration wants the workflow.
  if (configuration === undefined || !extras)
    files.set(configuration ?? path.join(io.cwd, CONFIGURATION_NAMES[0]), configurationTemplate(rules));
  if (flags.workflow === true) files.set(path.join(root, '.github/workflows/p0lint.yml'), WORKFLOW);
  if (flags.preCommit === true) files.set(path.join(root, '.pre-commit-config.yaml'), PRE_COMMIT);
  const shown = (file: string) => path.relative(io.cwd, file).split(path.sep).join('/');
  const taken = [...files.keys()].filter((file) => existsSync(file)).map(shown);
  if (taken.length > 0) {
    const hook = taken.some((file) => file.endsWith('.pre-commit-config.yaml'))
      ? ` To add the hook by hand:\n\n${PRE_COMMIT.replace(/^repos:\n/, '')}`
      : '';
    throw new UserError(
      `${taken.join(' and ')} ${taken.length === 1 ? 'exists' : 'exist'} already; nothing was written`,
      `Remove or rename ${taken.length === 1 ? 'it' : 'them'} first.${hook}`,
    );
  }
  for (const [file, text] of files) {
    writeFileWhole(file, text);
    io.stdout.write(`written: ${shown(file)}\n`);
  }
  io.stdout.write('Next: `p0lint list` shows what is taken for an integration, `p0lint` checks it.\n');
  return ExitCode.Passed;
}
