/**
 * Throw-away git repositories: `const git = repository(folder); git('init')`. No user's configuration, no hooks, no signing.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Repository {
  (...args: readonly string[]): string;
  readonly folder: string;
  /** Writes files (null deletes) and commits everything. */
  commit(files: Readonly<Record<string, string | null>>): string;
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** The handle of a repository; `init` makes one in the folder. */
export function repository(folder: string, { init = true } = {}): Repository {
  mkdirSync(folder, { recursive: true });
  const run = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...IDENTITY },
    }).trim();
  const git = Object.assign(run, {
    folder,
    commit(files: Readonly<Record<string, string | null>>) {
      write(folder, files);
      run('add', '-A');
      run('commit', '-q', '--allow-empty', '-m', 'change');
      return run('rev-parse', 'HEAD');
    },
  });
  if (init) git('init', '-q', '-b', 'main');
  return git;
}

export function write(folder: string, files: Readonly<Record<string, string | null>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    if (content === null) rmSync(file);
    else {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}
