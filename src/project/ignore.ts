/**
 * What git ignores: nested `.gitignore` files and `.git/info/exclude` (gitignore(5)), by the `ignore` package.
 *
 *     const ignored = gitIgnore(tree);
 *     ignored('build/', true)   // asked for every folder on the way down, so a file in an ignored folder is never asked for
 *
 * A rule in a deeper file beats one above it. A user's global excludes are their own business and are not read.
 */
import ignore, { type Ignore } from 'ignore';
import { ancestors, join, parentFolder, relativeTo } from './paths.ts';
import { decode, type SourceTree, UnreadableFile } from './tree.ts';

export type IgnoreTest = (path: string, isFolder: boolean) => boolean;

export function gitIgnore(tree: SourceTree): IgnoreTest {
  const rules = new Map<string, Ignore | undefined>();
  const rulesOf = (folder: string): Ignore | undefined => {
    if (!rules.has(folder)) rules.set(folder, readRules(tree, folder));
    return rules.get(folder);
  };
  return (path, isFolder) => {
    for (const folder of ancestors(parentFolder(path))) {
      const found = rulesOf(folder);
      if (found === undefined) continue;
      const result = found.test(relativeTo(folder, path) + (isFolder ? '/' : ''));
      if (result.ignored) return true;
      if (result.unignored) return false;
    }
    return false;
  };
}

function readRules(tree: SourceTree, folder: string): Ignore | undefined {
  const texts: string[] = [];
  const names = folder === '' ? ['.git/info/exclude', '.gitignore'] : ['.gitignore'];
  for (const name of names) {
    const path = join(folder, name);
    if (tree.kindOf(path) !== 'file') continue;
    try {
      texts.push(decode(tree.read(path)).text);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
    }
  }
  return texts.length === 0 ? undefined : ignore({ ignorecase: false }).add(texts.join('\n'));
}
