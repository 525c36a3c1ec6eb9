/**
 * Git, asked by argument list and never through a shell; nothing of the checked repository is executed (no hooks, no textconv, no pager).
 *
 *     git(root, ['rev-parse', '--verify', 'main^{commit}'])   => '3f2c…'
 */
import { execFileSync } from 'node:child_process';
import { UserError } from '../model/user-error.ts';

const QUIET = [
  '-c',
  'core.quotepath=off',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '--no-pager',
  '--no-optional-locks',
];

const NOT_INSTALLED = 'git is not installed';

export class GitFailed extends Error {
  /** What git said on standard error, or why it could not be started. */
  readonly said: string;

  constructor(args: readonly string[], said: string) {
    super(`git ${args[0]}: ${said}`);
    this.name = 'GitFailed';
    this.said = said;
  }
}

/** Standard output as bytes. Throws GitFailed. */
export function gitBytes(root: string, args: readonly string[], input?: string, timeoutMs?: number): Buffer {
  try {
    return execFileSync('git', [...QUIET, '-c', `safe.directory=${root}`, ...args], {
      cwd: root,
      maxBuffer: 2 ** 31 - 1,
      stdio: ['pipe', 'pipe', 'pipe'],
      input: input ?? '',
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    });
  } catch (cause) {
    const failure = cause as { code?: string; stderr?: Buffer };
    const said = failure.code === 'ENOENT' ? NOT_INSTALLED : (failure.stderr?.toString().trim() ?? '');
    throw new GitFailed(args, said || String(cause));
  }
}

/** Standard output as text without the last line end. Throws GitFailed. */
export function git(root: string, args: readonly string[], input?: string, timeoutMs?: number): string {
  return gitBytes(root, args, input, timeoutMs).toString('utf8').replace(/\n$/, '');
}

/** The commit that a revision names. Throws UserError with what to do. */
export function commitOf(root: string, revision: string): string {
  if (revision.startsWith('-')) throw new UserError(`'${revision}' is no revision`);
  try {
    return git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    if (isNoRepository(error)) throw noRepository(root);
    if (!hasCommit(root))
      throw new UserError(
        `there is nothing to compare with: the repository at ${root} has no commit yet`,
        'A baseline file (`p0lint baseline`) works without one.',
      );
    const hint = isShallow(root)
      ? `The clone is shallow: fetch it (git fetch --depth=1 origin ${revision}), or check out with more depth.`
      : 'Fetch it first, or name another revision.';
    throw new UserError(`git does not know the revision '${revision}'`, hint);
  }
}

/** Is there a last commit? Throws UserError where there is no git repository. */
export function hasCommit(root: string): boolean {
  try {
    git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
    return true;
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    if (isNoRepository(error)) throw noRepository(root);
    return false;
  }
}

function isNoRepository({ said }: GitFailed): boolean {
  return said === NOT_INSTALLED || /not a git repository/.test(said);
}

function noRepository(root: string): UserError {
  return new UserError(
    `there is no git repository at ${root} (or git is not installed)`,
    'A baseline file (`p0lint baseline`) works without git.',
  );
}

function isShallow(root: string): boolean {
  try {
    return git(root, ['rev-parse', '--is-shallow-repository']) === 'true';
  } catch {
    return false;
  }
}
