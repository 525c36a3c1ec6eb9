/**
 * Options that several commands share, and how their values are read.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { nearestName } from '../model/nearest-name.ts';
import { UserError } from '../model/user-error.ts';
import type { Io } from './io.ts';

export const scopeOption = () =>
  new Option('--scope <what>', 'which Go files rules 4 to 7 look at (default: integrations)').choices([
    'integrations',
    'all',
  ]);

export const failOnOption = () =>
  new Option('--fail-on <level>', 'exit with 1 from this level on (default: error)').choices([
    'error',
    'warning',
    'note',
    'never',
  ]);

export const dependenciesOption = () =>
  new Option(
    '--dependencies <how>',
    'may the module cache be read for declarations? (default: auto)',
  ).choices(['auto', 'ignore']);

export const configOption = () =>
  new Option('-c, --config <file>', 'the configuration to use instead of the nearest p0lint.yaml');

export const baselineOption = () =>
  new Option(
    '--baseline <file>',
    'the baseline to use instead of p0lint-baseline.json beside the configuration',
  );

/** Repeatable, and comma-separated within one. */
export function names(value: string, previous: readonly string[]): string[] {
  return [...previous, ...value.split(',').filter((part) => part !== '')];
}

/** Repeatable; commas are part of it, since paths may hold them. */
export function repeated(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

/**
 * The default command takes paths, so a mistyped command arrives as a path that does not exist. Throws UserError with the command that
 * was probably meant.
 */
export function refuseMistypedCommand(paths: readonly string[], program: Command, io: Io): void {
  const [first] = paths;
  if (first === undefined || !/^[a-z-]+$/i.test(first) || existsSync(path.resolve(io.cwd, first))) return;
  const nearest = nearestName(first, [...program.commands.map((command) => command.name()), 'help']);
  if (nearest !== undefined)
    throw new UserError(
      `there is no command, file or folder '${first}'`,
      `Did you mean the command '${nearest}'?`,
    );
}
