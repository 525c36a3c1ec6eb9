/**
 * Paths, in one place: inside p0lint every path is relative to the repository root, with `/`, and '' is the root.
 *
 *     toTreePath('/repo', '/repo/pkg/x.go')  => 'pkg/x.go'
 *     normalise('a/../b/./c')                => 'b/c'
 *
 * The platform's own separators and drive letters are dealt with where paths come in (`toTreePath`) and go out (`fromTreePath`).
 */
import path from 'node:path';

/** The part of `node:path` that matters, so that tests can try Windows' rules anywhere. */
export type PathRules = Pick<typeof path.posix, 'relative' | 'resolve' | 'isAbsolute' | 'sep'>;

/** Undefined if the path does not lie under the root. Both absolute, or relative to the current folder. */
export function toTreePath(root: string, file: string, rules: PathRules = path): string | undefined {
  const below = rules.relative(rules.resolve(root), rules.resolve(file));
  if (below === '..' || below.startsWith(`..${rules.sep}`) || rules.isAbsolute(below)) return undefined;
  return below.split(rules.sep).join('/');
}

/** The path as the platform writes it, under the given root. */
export function fromTreePath(root: string, treePath: string, rules: PathRules = path): string {
  return rules.resolve(root, treePath.split('/').join(rules.sep));
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
}

export function parentFolder(treePath: string): string {
  const slash = treePath.lastIndexOf('/');
  return slash < 0 ? '' : treePath.slice(0, slash);
}

export function baseName(treePath: string): string {
  return treePath.slice(treePath.lastIndexOf('/') + 1);
}

/** The folder itself, its parent … up to the root. */
export function ancestors(folder: string): string[] {
  const result = [folder];
  for (let dir = folder; dir !== ''; ) {
    dir = parentFolder(dir);
    result.push(dir);
  }
  return result;
}

/** `treePath` seen from `folder`, which must be above it. */
export function relativeTo(folder: string, treePath: string): string {
  return folder === '' ? treePath : treePath.slice(folder.length + 1);
}

/** True for the folder itself and everything below it. */
export function isWithin(folder: string, treePath: string): boolean {
  return folder === '' || treePath === folder || treePath.startsWith(`${folder}/`);
}

/** Without `.` and `..`; undefined if it leaves the root. */
export function normalise(treePath: string): string | undefined {
  const result: string[] = [];
  for (const part of treePath.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') result.push(part);
    else if (result.pop() === undefined) return undefined;
  }
  return result.join('/');
}
