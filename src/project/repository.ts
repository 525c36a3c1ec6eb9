/**
 * Where the checked code lives: the repository root on disk, and its web address for links.
 *
 * The root is the nearest folder upwards that has `.git`; without git the folder that the caller names (decision 25).
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The nearest folder from `start` upwards (itself included) that holds `name`. */
export function findUpwards(start: string, name: string): string | undefined {
  for (let dir = path.resolve(start); ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, name))) return dir;
    if (path.dirname(dir) === dir) return undefined;
  }
}

/** Address and revision as git tells them; null without git, a remote or a commit. Credentials in the address are dropped. */
export function repositoryAddress(root: string): { url: string; revision: string } | null {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', root, ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    const url = webAddress(git('config', '--get', 'remote.origin.url'));
    return url === undefined ? null : { url, revision: git('rev-parse', 'HEAD') };
  } catch {
    return null;
  }
}

/** `git@github.com:o/r.git`, `https://token@github.com/o/r` -> `https://github.com/o/r`; undefined for what is no web address. */
export function webAddress(remote: string): string | undefined {
  const ssh = /^(?:ssh:\/\/)?(?:[\w.-]+@)([\w.-]+)(?::\d+)?[:/](.+?)(?:\.git)?\/?$/.exec(remote);
  if (ssh !== null) return `https://${ssh[1]}/${ssh[2]}`;
  const web = /^https?:\/\/(?:[^@/]*@)?([\w.-]+(?::\d+)?)\/(.+?)(?:\.git)?\/?$/.exec(remote);
  return web === null ? undefined : `https://${web[1]}/${web[2]}`;
}
