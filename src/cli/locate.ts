/**
 * From the paths on the command line to a tree and paths in it.
 *
 * `./...` and `pkg/...` mean the folder, since folders are recursive anyway (decision 24).
 */
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../model/user-error.ts';
import { fromTreePath, toTreePath } from '../project/paths.ts';
import { findUpwards } from '../project/repository.ts';

export interface Located {
  /** The repository root on disk, absolute. */
  readonly root: string;
  /** Relative to it, with `/`. */
  readonly paths: readonly string[];
}

/** Throws UserError for a path that does not exist or lies in another repository than the first. */
export function locate(cwd: string, args: readonly string[]): Located {
  const given = args.length === 0 ? ['.'] : args;
  const absolute = given.map((arg) => {
    const folder = arg === '...' ? '.' : arg.replace(/[/\\]\.\.\.$/, '') || '/';
    const resolved = path.resolve(cwd, folder);
    try {
      lstatSync(resolved);
    } catch (cause) {
      const code = (cause as { code?: string }).code;
      const why =
        code === 'ENOENT' || code === 'ENOTDIR' ? 'no such file or folder' : `cannot read (${code})`;
      throw new UserError(`${why}: ${arg}`, undefined, { cause });
    }
    return resolved;
  });
  const [first = cwd] = absolute;
  const start = lstatSync(first).isDirectory() ? first : path.dirname(first);
  const root = findUpwards(start, '.git') ?? rootWithoutGit(cwd, start, absolute);
  const paths = absolute.map((file, i) => {
    const below = toTreePath(root, file);
    if (below === undefined)
      throw new UserError(
        `${given[i]} lies outside the repository of ${given[0]}`,
        'Check one repository at a time.',
      );
    return below;
  });
  return { root, paths };
}

/** The current folder if it holds everything that is asked for (decision 25); else the workspace or module of the first path. */
function rootWithoutGit(cwd: string, start: string, paths: readonly string[]): string {
  const holdsAll = (folder: string | undefined): folder is string =>
    folder !== undefined && paths.every((file) => toTreePath(folder, file) !== undefined);
  const candidates = [cwd, findUpwards(start, 'go.work'), findUpwards(start, 'go.mod'), start];
  return candidates.find(holdsAll) ?? start;
}

/** A path of the report as the reader would type it: relative to the current folder, with `/`. */
export function displayPathFrom(cwd: string, root: string): (treePath: string) => string {
  return (treePath) => {
    const relative = path.relative(cwd, fromTreePath(root, treePath));
    return relative === '' ? '.' : relative.split(path.sep).join('/');
  };
}
