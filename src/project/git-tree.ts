/**
 * A git revision, or the index, as a tree: what `--new-from` and `--staged` read instead of the disk.
 *
 *     gitTree(root, commitOf(root, 'origin/main'))     the tree of a commit
 *     indexTree(root)                                  what would be committed now
 *
 * Names come from one `git ls-tree` or `ls-files`, contents from one `git cat-file --batch` for the Go files and module files (those in
 * `vendor/` folder by folder, since few of them are ever read). Submodules that are checked out are part of the tree, at the commit that
 * it names; symbolic links to files are read as what they point to, if that is in the tree.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

import { compareStrings } from '../model/location.ts';
import { commitOf, git, gitBytes } from './git.ts';
import { join, normalise, parentFolder } from './paths.ts';
import { type SourceTree, type TreeEntry, UnreadableFile } from './tree.ts';

interface Blob {
  readonly hash: string;
  readonly link: boolean;
  /** The repository that has it, absolute: that of a submodule, or the root. */
  readonly repository: string;
}

const SUBMODULE = '160000';
const LINK = '120000';

/** `commit` must be a full hash (`commitOf`). Throws GitFailed, and UserError where a submodule lacks the commit. */
export function gitTree(root: string, commit: string): SourceTree {
  const blobs = new Map<string, Blob>();
  addCommit(blobs, root, '', commit);
  return blobTree(blobs);
}

function addCommit(blobs: Map<string, Blob>, repository: string, prefix: string, commit: string): void {
  for (const row of git(repository, ['ls-tree', '-r', '-z', '--full-tree', commit]).split('\0')) {
    const match = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(row);
    if (match !== null) addEntry(blobs, repository, prefix, match[1]!, match[2]!, match[3]!);
  }
}

/** The index; of files in conflict the side of the current branch. Throws GitFailed, and UserError where a submodule lacks the commit. */
export function indexTree(root: string): SourceTree {
  const blobs = new Map<string, Blob>();
  for (const row of git(root, ['ls-files', '-s', '-z', '--full-name', ':/']).split('\0')) {
    const match = /^(\d+) ([0-9a-f]+) ([0-3])\t(.*)$/s.exec(row);
    if (match === null || match[3] === '1' || match[3] === '3') continue;
    addEntry(blobs, root, '', match[1]!, match[2]!, match[4]!);
  }
  return blobTree(blobs);
}

function addEntry(
  blobs: Map<string, Blob>,
  repository: string,
  prefix: string,
  mode: string,
  hash: string,
  name: string,
): void {
  if (mode !== SUBMODULE) {
    blobs.set(join(prefix, name), { hash, link: mode === LINK, repository });
    return;
  }
  const folder = path.join(repository, name);
  // Nothing of a submodule that is not checked out is on disk either, so there is nothing to compare.
  if (!existsSync(path.join(folder, '.git'))) return;
  commitOf(folder, hash);
  addCommit(blobs, folder, join(prefix, name), hash);
}

/** Paths in the index that differ from the last commit: added, changed or renamed, not deleted. */
export function stagedFiles(root: string): readonly string[] {
  const args = [
    'diff',
    '--cached',
    '--name-only',
    '-z',
    '--diff-filter=ACMRT',
    '--no-ext-diff',
    '--no-textconv',
    '--no-relative',
    '--ignore-submodules',
    '-M',
  ];
  return git(root, args)
    .split('\0')
    .filter((name) => name !== '');
}

function blobTree(blobs: ReadonlyMap<string, Blob>): SourceTree {
  const folders = new Map<string, Map<string, TreeEntry['kind']>>([['', new Map()]]);
  for (const path of blobs.keys()) {
    let [folder, name, kind]: [string, string, TreeEntry['kind']] = [
      parentFolder(path),
      nameOf(path),
      'file',
    ];
    for (;;) {
      const known = folders.get(folder);
      if (known === undefined) folders.set(folder, new Map([[name, kind]]));
      else known.set(name, kind);
      if (known !== undefined || folder === '') break;
      [name, folder, kind] = [nameOf(folder), parentFolder(folder), 'folder'];
    }
  }
  const contents = new Map<string, Uint8Array>();

  const load = (paths: readonly string[]): void => {
    const wanted = new Map<string, Set<string>>();
    for (const { hash, repository } of paths.map((path) => blobs.get(path)!)) {
      if (contents.has(hash)) continue;
      const hashes = wanted.get(repository);
      if (hashes === undefined) wanted.set(repository, new Set([hash]));
      else hashes.add(hash);
    }
    for (const [repository, hashes] of wanted) loadFrom(repository, [...hashes]);
  };

  const loadFrom = (repository: string, hashes: readonly string[]): void => {
    const output = gitBytes(repository, ['cat-file', '--batch'], `${hashes.join('\n')}\n`);
    let at = 0;
    while (at < output.length) {
      const end = output.indexOf(10, at);
      const [hash = '', type, size = '0'] = output.toString('latin1', at, end).split(' ');
      at = end + 1;
      // A partial clone may lack a blob: the answer is then one line `<hash> missing`.
      if (type !== 'blob') continue;
      contents.set(hash, output.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
  };

  let sourcesLoaded = false;
  const read = (path: string, hops = 0): Uint8Array => {
    const blob = blobs.get(path);
    if (blob === undefined || hops > 8)
      throw new UnreadableFile(path, { code: hops > 8 ? 'ELOOP' : 'ENOENT' });
    if (!contents.has(blob.hash)) {
      const first = !sourcesLoaded && !isVendored(path);
      if (first) sourcesLoaded = true;
      const folder = parentFolder(path);
      load(
        [...blobs.keys()].filter(
          (p) => p === path || (isSource(p) && (first ? !isVendored(p) : parentFolder(p) === folder)),
        ),
      );
    }
    const content = contents.get(blob.hash);
    if (content === undefined)
      throw new UnreadableFile(path, 'git does not have its content (a partial clone?)');
    if (!blob.link) return content;
    const target = normalise(join(parentFolder(path), Buffer.from(content).toString('utf8')));
    if (target === undefined) throw new UnreadableFile(path, { code: 'ENOENT' });
    return read(target, hops + 1);
  };

  return {
    list: (folder) =>
      [...(folders.get(folder) ?? [])]
        .map(([name, kind]) => ({ name, kind: linkTo(join(folder, name)) ?? kind }))
        .sort((a, b) => compareStrings(a.name, b.name)),
    read: (path) => read(path),
    kindOf: (path) => (blobs.has(path) ? (linkTo(path) ?? 'file') : folders.has(path) ? 'folder' : undefined),
  };

  /** A link that does not lead to a file of the tree is a `link`, as on disk. */
  function linkTo(path: string): 'link' | undefined {
    if (blobs.get(path)?.link !== true) return undefined;
    try {
      read(path);
      return undefined;
    } catch (error) {
      if (error instanceof UnreadableFile) return 'link';
      throw error;
    }
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isSource(path: string): boolean {
  return /(?:\.go|\/go\.(?:mod|work)|^go\.(?:mod|work)|\.gitignore)$/.test(path);
}

function isVendored(path: string): boolean {
  return path.startsWith('vendor/') || path.includes('/vendor/');
}
