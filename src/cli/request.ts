/**
 * From words on the command line to a `Request` for the pipeline: where, with which configuration, what of it.
 */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type FoundConfiguration, findConfiguration, loadConfiguration } from '../config/find.ts';
import { vocabularyOf } from '../config/profiles.ts';
import { settingsFrom } from '../config/settings.ts';
import { loadParser } from '../go/syntax/parser.ts';
import type { Settings } from '../model/settings.ts';
import { UserError } from '../model/user-error.ts';
import { hasCommit } from '../project/git.ts';
import { indexTree, stagedFiles } from '../project/git-tree.ts';
import { parentFolder, toTreePath } from '../project/paths.ts';
import { repositoryAddress } from '../project/repository.ts';
import { diskTree, overlayTree, type SourceTree } from '../project/tree.ts';
import { rules } from '../rules/index.ts';
import type { Request } from '../run.ts';
import type { Io } from './io.ts';
import { locate } from './locate.ts';
import { skipsOf } from './names.ts';

export interface RequestFlags {
  readonly scope?: Settings['scope'];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: Settings['failOn'];
  readonly dependencies?: Settings['dependencies'];
  readonly config?: string;
  readonly timestamp?: boolean;
  readonly staged?: boolean;
  readonly stdinFilename?: string;
}

export interface Asked {
  /** The repository root on disk, absolute. */
  readonly root: string;
  readonly request: Request;
  /** Where the configuration lies, or would; relative to the root. */
  readonly configurationFolder: string;
  readonly configuration: FoundConfiguration | undefined;
}

/** Throws UserError. */
export async function requestOf(args: readonly string[], flags: RequestFlags, io: Io): Promise<Asked> {
  const { root, paths } = locate(io.cwd, flags.stdinFilename === undefined ? args : ['.']);
  const chosen = await chosenTree(root, paths, flags, io);
  const configuration = configurationOf(chosen.tree, root, paths, flags.config, io);
  const settings = settingsFrom(configuration?.value ?? {}, configuration?.folder ?? '', rules, {
    ...(flags.scope === undefined ? {} : { scope: flags.scope }),
    ...(flags.failOn === undefined ? {} : { failOn: flags.failOn }),
    ...(flags.dependencies === undefined ? {} : { dependencies: flags.dependencies }),
    ...skipsOf(flags.only ?? [], flags.skip ?? [], rules),
  });
  await loadParser();
  const request: Request = {
    ...chosen,
    moduleCache: moduleCache(io),
    settings,
    vocabulary: vocabularyOf(configuration?.value ?? {}),
    rules,
    repository: repositoryAddress(root),
    timestamp: flags.timestamp === true ? timestamp(io) : null,
  };
  return { root, request, configuration, configurationFolder: configuration?.folder ?? '' };
}

/** The disk; the index with what is staged in it; or the disk with one file from standard input. */
async function chosenTree(
  root: string,
  paths: readonly string[],
  flags: RequestFlags,
  io: Io,
): Promise<Pick<Request, 'tree' | 'paths'>> {
  const disk = diskTree(root);
  if (flags.stdinFilename !== undefined) {
    const file = toTreePath(root, path.resolve(io.cwd, flags.stdinFilename));
    if (file === undefined)
      throw new UserError(`--stdin-filename ${flags.stdinFilename} lies outside of the repository`);
    return { tree: overlayTree(disk, { [file]: await io.readStdin() }), paths: [file] };
  }
  if (flags.staged !== true) return { tree: disk, paths };
  hasCommit(root);
  const within = (file: string) => paths.some((p) => p === '' || file === p || file.startsWith(`${p}/`));
  return {
    tree: indexTree(root),
    paths: stagedFiles(root).filter((file) => file.endsWith('.go') && within(file)),
  };
}

/** The file that `--config` names, wherever it lies, else the nearest one above the paths. */
export function configurationOf(
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
