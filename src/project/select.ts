/**
 * Which Go files a run is about: from the paths on the command line to folders and files.
 *
 *     select(tree, ['pkg', 'vendor/x/x.go'], rules)
 *     => { folders: ['pkg/wiz', …], files: [...], leftOut: [{ path: 'vendor/x/x.go', why: 'vendor/ is not …' }], … }
 *
 * A folder is recursive, across nested go.mod files too; a file selects its folder's package, and findings are later narrowed to the
 * file (decision 24). Out of scope unless brought in: `vendor/`, `testdata/`, hidden and underscore names, what git ignores,
 * `_test.go` files, and what the configuration excludes. Generated files are told apart later, by their text.
 */
import { UserError } from '../model/user-error.ts';
import type { IgnoreTest } from './ignore.ts';
import { isGoFile } from './modules.ts';
import { ancestors, baseName, join, parentFolder } from './paths.ts';
import { type SourceTree, UnreadableFile } from './tree.ts';

export interface SelectionRules {
  readonly ignored: IgnoreTest;
  readonly excluded: (path: string) => boolean;
  readonly tests: boolean;
}

export interface Selection {
  /** Folders that hold at least one selected Go file, sorted. */
  readonly folders: readonly string[];
  /** The selected Go files, sorted. */
  readonly files: readonly string[];
  /** The findings are to be narrowed to `files` in these folders: they were chosen file by file. */
  readonly partial: ReadonlySet<string>;
  /** Files that were named and nevertheless stay out, with the reason. */
  readonly leftOut: readonly { readonly path: string; readonly why: string }[];
  /** Folders and files found on the way that cannot be read. */
  readonly unreadable: readonly UnreadableFile[];
}

export function select(tree: SourceTree, paths: readonly string[], rules: SelectionRules): Selection {
  const files = new Set<string>();
  const whole = new Set<string>();
  const chosen = new Set<string>();
  const leftOut: { path: string; why: string }[] = [];
  const unreadable: UnreadableFile[] = [];

  const walk = (folder: string): void => {
    const pending = [folder];
    for (let dir = pending.pop(); dir !== undefined; dir = pending.pop()) {
      let entries: ReturnType<SourceTree['list']>;
      try {
        entries = tree.list(dir);
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        // The folder that was named on the command line is an argument (exit 2), one found below it is a gap (exit 3).
        if (dir === folder && paths.includes(folder)) throw new UserError(error.message);
        unreadable.push(error);
        continue;
      }
      for (const { name, kind } of entries) {
        const path = join(dir, name);
        if (kind === 'folder') {
          if (!isSkippedFolder(name) && !rules.ignored(path, true) && !rules.excluded(path))
            pending.push(path);
        } else if (kind === 'file' && isGoFile(name) && whyOut(path) === undefined) {
          files.add(path);
          whole.add(dir);
        }
      }
    }
  };

  const whyOut = (path: string): string | undefined => {
    if (!rules.tests && path.endsWith('_test.go'))
      return 'test files are not checked (set tests: true to include them)';
    if (rules.excluded(path)) return 'the configuration excludes it';
    if (rules.ignored(path, false)) return 'git ignores it';
    return undefined;
  };

  /** Of a path that was named: nobody walked down to it and looked at the folders on the way. */
  const whyNamedOut = (path: string, isFolder: boolean): string | undefined => {
    const folders = ancestors(isFolder ? path : parentFolder(path)).filter((folder) => folder !== '');
    const skipped = folders.find((folder) => isSkippedFolder(baseName(folder)));
    if (skipped !== undefined) return `${skipped}/ is not part of what is checked`;
    if (folders.some((folder) => rules.excluded(folder))) return 'the configuration excludes it';
    if (folders.some((folder) => rules.ignored(folder, true))) return 'git ignores it';
    return undefined;
  };

  for (const path of paths) {
    const kind = tree.kindOf(path);
    if (kind === undefined && path !== '') throw new UserError(`no such file or folder: ${path}`);
    if (kind === 'file') {
      const why = isGoFile(baseName(path)) ? (whyNamedOut(path, false) ?? whyOut(path)) : 'it is no Go file';
      if (why === undefined) {
        files.add(path);
        chosen.add(parentFolder(path));
      } else leftOut.push({ path, why });
    } else if (kind === 'link') leftOut.push({ path, why: 'symbolic links to folders are not followed' });
    else {
      const why = whyNamedOut(path, true);
      if (why === undefined) walk(path);
      else leftOut.push({ path, why });
    }
  }
  const folders = [...new Set([...files].map(parentFolder))].sort();
  const partial = new Set([...chosen].filter((folder) => !whole.has(folder)));
  return { folders, files: [...files].sort(), partial, leftOut, unreadable };
}

function isSkippedFolder(name: string): boolean {
  return /^[._]|^(?:vendor|testdata|node_modules)$/.test(name);
}
