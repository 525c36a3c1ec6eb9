/**
 * Find the configuration of a run: one file for all paths, the nearest from the first path upwards (decision 25).
 */

import type { RuleDescription } from '../model/rule-description.ts';
import { UserError } from '../model/user-error.ts';
import { CONFIGURATION_NAMES, type LoadedConfiguration, parseConfiguration } from './load.ts';

/** What is needed of a tree of files; `project/tree` fits. Paths relative to the repository root. */
export interface ConfigurationFiles {
  kindOf(path: string): string | undefined;
  read(path: string): Uint8Array;
}

export interface FoundConfiguration extends LoadedConfiguration {
  /** The folder it lies in, relative to the repository root. */
  readonly folder: string;
}

/**
 * `folders`: where the paths of the run start. Throws UserError where they would find different files, or where a folder holds several,
 * or the file is wrong. Undefined: there is none, the defaults hold.
 */
export function findConfiguration(
  files: ConfigurationFiles,
  folders: readonly string[],
  rules: readonly RuleDescription[],
): FoundConfiguration | undefined {
  const found = folders.map((folder) => nearest(files, folder));
  const [first] = found;
  const other = found.find((path) => path !== first);
  if (found.some((path) => path !== first)) {
    const names = `${first ?? 'none'} and ${other ?? 'none'}`;
    throw new UserError(
      `the paths have different configurations: ${names}`,
      'Check them in separate runs, or name one with --config.',
    );
  }
  return first === undefined ? undefined : loadConfiguration(files, first, rules);
}

/** Throws UserError for a file that cannot be read or is wrong. */
export function loadConfiguration(
  files: ConfigurationFiles,
  path: string,
  rules: readonly RuleDescription[],
): FoundConfiguration {
  let text: string;
  try {
    text = new TextDecoder().decode(files.read(path));
  } catch (cause) {
    throw new UserError(`cannot read the configuration ${path}: ${(cause as Error).message}`, undefined, {
      cause,
    });
  }
  return {
    ...parseConfiguration(path, text, rules),
    folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))),
  };
}

function nearest(files: ConfigurationFiles, start: string): string | undefined {
  for (let folder = start; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const here = CONFIGURATION_NAMES.map((name) => (folder === '' ? name : `${folder}/${name}`)).filter(
      (path) => files.kindOf(path) === 'file',
    );
    const [only, another] = here;
    if (only !== undefined && another !== undefined)
      throw new UserError(`two configurations in one folder: ${only} and ${another}`, 'Keep one of them.');
    if (only !== undefined || folder === '') return only;
  }
}
