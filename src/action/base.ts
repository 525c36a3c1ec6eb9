/**
 * What a change is compared with.
 *
 * A pull request is checked out as its merge commit, whose first parent is the base that it was merged with; that, and never the event's
 * `base.sha`, is what the change has to be compared with (with the event's, the base's own later commits would count as the pull
 * request's). A shallow clone may lack the parent: then it is fetched alone; failing that, only the changed files are known, from the API.
 */
import { GitFailed, git } from '../project/git.ts';
import type { Event } from './event.ts';
import type { GitHubApi } from './github-api.ts';

export type Base =
  /** The tree of `commit` can be read. `changed`: Go files that differ and still exist. */
  | { readonly kind: 'commit'; readonly commit: string; readonly changed: readonly string[] }
  /** Only which files changed is known. */
  | { readonly kind: 'files'; readonly changed: readonly string[]; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

const FETCH_TIMEOUT_MS = 60_000;

export async function findBase(root: string, event: Event, api: GitHubApi | undefined): Promise<Base> {
  const commit = baseCommit(root, event);
  if (commit.found !== undefined)
    return { kind: 'commit', commit: commit.found, changed: changedSince(root, commit.found) };
  if (event.pullRequest === undefined || api === undefined) return { kind: 'unknown', why: commit.why };
  const files = await api.changedFiles(event.pullRequest.number);
  if (!files.ok)
    return {
      kind: 'unknown',
      why: `${commit.why}, and the changed files could not be asked for: ${files.why}`,
    };
  return { kind: 'files', changed: files.value.filter((file) => file.endsWith('.go')), why: commit.why };
}

function baseCommit(root: string, event: Event): { found?: string; why: string } {
  const head = attempt(() => git(root, ['cat-file', '-p', 'HEAD']));
  if (head === undefined) return { why: 'there is no git commit here' };
  const parents = [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]!);
  const pull = event.pullRequest;
  if (pull !== undefined) {
    const headSha = attempt(() => git(root, ['rev-parse', 'HEAD']));
    if (headSha !== pull.headSha && parents.length >= 2) return available(root, parents[0]!);
    // The head itself was checked out: what it grew from is where it left the base's history.
    const { baseSha } = pull;
    const forked = baseSha && attempt(() => git(root, ['merge-base', baseSha, 'HEAD']));
    return forked
      ? { found: forked, why: '' }
      : { why: 'the clone does not hold the commit where the pull request began' };
  }
  if (event.before !== undefined) return available(root, event.before);
  const [parent] = parents;
  return parent === undefined ? { why: 'this is the first commit' } : available(root, parent);
}

function available(root: string, commit: string): { found?: string; why: string } {
  const has = () => attempt(() => git(root, ['cat-file', '-e', `${commit}^{tree}`])) !== undefined;
  if (has()) return { found: commit, why: '' };
  attempt(() =>
    git(root, ['fetch', '--no-tags', '--depth=1', '--quiet', 'origin', commit], undefined, FETCH_TIMEOUT_MS),
  );
  return has()
    ? { found: commit, why: '' }
    : { why: 'the clone is too shallow to hold the commit to compare with' };
}

function changedSince(root: string, commit: string): readonly string[] {
  const args = [
    'diff',
    '--name-only',
    '-z',
    '-M',
    '--diff-filter=ACMRT',
    '--no-ext-diff',
    '--no-textconv',
    commit,
    'HEAD',
    '--',
  ];
  return git(root, args)
    .split('\0')
    .filter((file) => file.endsWith('.go'));
}

/** Undefined where git says no. */
function attempt(ask: () => string): string | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof GitFailed) return undefined;
    throw error;
  }
}
