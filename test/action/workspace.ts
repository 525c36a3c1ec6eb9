/**
 * Real git repositories for the action's tests, and the action run in them as the runner would: the bundle, a clean environment,
 * inputs as variables, an event file, empty files for outputs and summary.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const BUNDLE = path.resolve(import.meta.dirname, '../../dist/action/index.js');

export interface Workspace {
  readonly folder: string;
  /** The repository that the clones come from. */
  readonly origin: string;
  git(...args: string[]): string;
  write(file: string, content: string): void;
  commit(message: string): string;
  /** A merge commit of two branches, as GitHub makes one for a pull request, checked out in a clone of the given depth (0: all). */
  checkOutPullRequest(
    head: string,
    depth: number,
  ): { readonly root: string; readonly headSha: string; readonly baseSha: string };
  remove(): void;
}

export function workspace(): Workspace {
  const folder = mkdtempSync(path.join(tmpdir(), 'p0lint-action-'));
  const origin = path.join(folder, 'origin');
  mkdirSync(origin);
  const identity = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  const inside = (cwd: string, ...args: string[]) =>
    execFileSync('git', [...identity, ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const git = (...args: string[]) => inside(origin, ...args);
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  let clones = 0;
  return {
    folder,
    origin,
    git,
    write(file, content) {
      const target = path.join(origin, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, content);
    },
    commit(message) {
      git('add', '--all');
      git('commit', '--quiet', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    checkOutPullRequest(head, depth) {
      const headSha = git('rev-parse', head);
      const baseSha = git('rev-parse', 'main');
      git('checkout', '--quiet', '-B', 'pull', 'main');
      git('merge', '--quiet', '--no-ff', '--no-edit', head);
      git('update-ref', 'refs/pull/7/merge', 'HEAD');
      git('checkout', '--quiet', 'main');
      const root = path.join(folder, `clone-${++clones}`);
      mkdirSync(root);
      inside(root, 'init', '--quiet');
      inside(root, 'remote', 'add', 'origin', `file://${origin}`);
      const limit = depth === 0 ? [] : [`--depth=${depth}`];
      inside(
        root,
        'fetch',
        '--quiet',
        '--no-tags',
        ...limit,
        'origin',
        '+refs/pull/7/merge:refs/remotes/pull/7/merge',
      );
      inside(root, 'checkout', '--quiet', '--force', 'refs/remotes/pull/7/merge');
      return { root, headSha, baseSha };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface ActionRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface ActionSetup {
  readonly root: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload: unknown };
  readonly api?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The defaults of action.yml, as the runner fills them in. */
function defaultInputs(): Record<string, string> {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../action.yml'), 'utf8');
  const inputs: Record<string, string> = {};
  for (const [, name = '', body = ''] of text.matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n)+)/gm)) {
    const value = /^ {4}default: (.*)$/m.exec(body)?.[1]?.replace(/^'(.*)'$/, '$1');
    if (value !== undefined) inputs[name] = value;
  }
  return { ...inputs, token: 'test-token' };
}

export async function runAction({
  root,
  inputs = {},
  event,
  api,
  env = {},
}: ActionSetup): Promise<ActionRun> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'p0lint-runner-'));
  const file = (name: string, content = '') => {
    const target = path.join(scratch, name);
    writeFileSync(target, content);
    return target;
  };
  const [output, summary] = [file('output'), file('summary')];
  const variables: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: scratch,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: root,
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: event?.name ?? 'workflow_dispatch',
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event?.payload ?? {})),
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_API_URL: api ?? 'http://127.0.0.1:1',
    ...env,
  };
  for (const [name, value] of Object.entries({ ...defaultInputs(), ...inputs }))
    variables[`INPUT_${name.toUpperCase()}`] = value;
  try {
    const child = spawn(process.execPath, [BUNDLE], {
      cwd: root,
      env: variables,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return {
      code,
      stdout,
      stderr,
      summary: readFileSync(summary, 'utf8'),
      outputs: outputsIn(readFileSync(output, 'utf8')),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** `name<<delimiter` … `delimiter`, as the runner reads it. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm))
    outputs[name] = value;
  return outputs;
}
