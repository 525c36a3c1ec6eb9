/**
 * The bundled action, run as the runner runs it, on real git repositories and against a server that plays GitHub's API.
 *
 * The checked rule is `file-length`, whose findings are easy to make; what is tested here is the action around the rules.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitHubApi } from '../../src/action/github-api.ts';
import { type FakeGitHub, fakeGitHub } from './server.ts';
import { type ActionSetup, runAction, type Workspace, workspace } from './workspace.ts';

const long = (lines: number, name = 'f') =>
  `package app\n\nfunc ${name}() {}\n${'// a line\n'.repeat(lines - 3)}`;
const INPUTS = { scope: 'all', only: 'file-length' };

let w: Workspace;
let api: FakeGitHub;

beforeEach(async () => {
  api = await fakeGitHub();
  w = workspace();
  w.write('go.mod', 'module example.com/app\n\ngo 1.24\n');
  w.write('old.go', long(450, 'old'));
  w.write('fine.go', long(10, 'fine'));
  w.commit('base');
});
afterEach(async () => {
  w.remove();
  await api.close();
});

/** A branch off main that makes a long file, renames one, and has names that need care. */
function pullRequest(depth: number) {
  w.git('checkout', '--quiet', '-b', 'change');
  w.write('new.go', long(420, 'fresh'));
  w.write('sp ace\ttab.go', long(20, 'spaced'));
  w.git('mv', 'old.go', 'moved.go');
  w.commit('change');
  w.git('checkout', '--quiet', 'main');
  // The base moves on: what it gains is not the pull request's.
  w.write('meanwhile.go', long(430, 'meanwhile'));
  w.commit('meanwhile');
  const { root, headSha, baseSha } = w.checkOutPullRequest('change', depth);
  const payload = {
    pull_request: {
      number: 7,
      base: { sha: baseSha },
      head: { sha: headSha, repo: { full_name: 'acme/app' } },
    },
  };
  return { root, event: { name: 'pull_request', payload }, headSha, baseSha };
}

const run = (setup: ActionSetup) =>
  runAction({ api: api.url, ...setup, inputs: { ...INPUTS, ...setup.inputs } });
const annotations = (stdout: string, kind: string) =>
  stdout.split('\n').filter((line) => line.startsWith(`::${kind} `));

describe('a plain run', () => {
  it('annotates, writes summary, SARIF and review, sets outputs and fails by the exit code of the command line', async () => {
    const { root, event } = pullRequest(2);
    const ran = await run({ root, event });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toBe('');
    expect(annotations(ran.stdout, 'error').map((line) => /file=([^,]+)/.exec(line)?.[1])).toEqual([
      'meanwhile.go',
      'moved.go',
      'new.go',
    ]);
    expect(ran.outputs).toEqual({
      verdict: 'NOT-ASSESSED',
      findings: '3',
      sarif: '.sarif/p0lint.sarif',
      review: 'p0-compliance-review.md',
    });
    const sarif = JSON.parse(readFileSync(path.join(root, '.sarif/p0lint.sarif'), 'utf8'));
    expect(sarif.runs[0].results).toHaveLength(3);
    expect(sarif.runs[0].automationDetails).toBeUndefined();
    expect(ran.summary).toContain('P0-701');
    const review = readFileSync(path.join(root, 'p0-compliance-review.md'), 'utf8');
    expect(ran.summary.trimEnd()).toBe(review.trimEnd());
    expect(api.calls).toEqual([]);
  });

  it('passes where nothing is wrong, and says NOT-ASSESSED where no integration is', async () => {
    const { root, event } = pullRequest(2);
    const ran = await run({ root, event, inputs: { paths: 'fine.go', 'fail-on': 'error' } });
    expect([ran.code, ran.outputs.findings]).toEqual([0, '0']);
  });

  it('takes --fail-on never, and refuses what it does not know', async () => {
    const { root } = pullRequest(2);
    expect((await run({ root, inputs: { 'fail-on': 'never' } })).code).toBe(0);
    const wrong = await run({ root, inputs: { 'fail-on': 'always' } });
    expect([wrong.code, wrong.stdout]).toEqual([
      2,
      "::error title=p0lint::input fail-on is 'always'; it takes error, warning, note, never\n",
    ]);
  });

  it('keeps GitHub to ten annotations of a kind, and says what was left out', async () => {
    w.git('checkout', '--quiet', '-b', 'many');
    for (let i = 0; i < 25; i++) w.write(`many/f${String(i).padStart(2, '0')}.go`, long(401, `f${i}`));
    w.commit('many');
    const { root } = w.checkOutPullRequest('many', 1);
    const ran = await run({ root });
    expect(annotations(ran.stdout, 'error')).toHaveLength(10);
    expect(ran.stdout).toMatch(/Not annotated: 16 errors\./);
  });
});

describe('new-only', () => {
  const isNew = (stdout: string) =>
    annotations(stdout, 'error').map((line) => /file=([^,]+)/.exec(line)?.[1]);

  for (const depth of [2, 0])
    it(`subtracts the merge commit's first parent (fetch-depth ${depth}); renames and the base's own commits are not new`, async () => {
      const { root, event } = pullRequest(depth);
      const ran = await run({ root, event, inputs: { 'new-only': 'true' } });
      expect(ran.code).toBe(1);
      expect(isNew(ran.stdout)).toEqual(['new.go']);
      expect(ran.outputs.findings).toBe('1');
    });

  it('fetches the parent of a clone of depth 1', async () => {
    const { root, event } = pullRequest(1);
    const ran = await run({ root, event, inputs: { 'new-only': 'true' } });
    expect(isNew(ran.stdout)).toEqual(['new.go']);
  });

  it('at depth 1 without a remote: findings in the changed files block, with a notice', async () => {
    const { root, event } = pullRequest(1);
    api.files = [
      { filename: 'new.go', status: 'added' },
      { filename: 'moved.go', status: 'renamed' },
      { filename: 'gone.go', status: 'removed' },
    ];
    execFileSync('git', ['remote', 'remove', 'origin'], { cwd: root });
    const ran = await run({ root, event, inputs: { 'new-only': 'true' } });
    expect(isNew(ran.stdout)).toEqual(['moved.go', 'new.go']);
    expect(annotations(ran.stdout, 'notice').join('\n')).toMatch(/fetch-depth: 2/);
    expect(api.calls.map((call) => call.path)).toEqual(['/repos/acme/app/pulls/7/files']);
  });

  it('after a push compares with the commit before it', async () => {
    const before = w.git('rev-parse', 'HEAD');
    w.write('pushed.go', long(405, 'pushed'));
    w.commit('pushed');
    const ran = await run({
      root: w.origin,
      event: { name: 'push', payload: { before } },
      inputs: { 'new-only': 'true' },
    });
    expect(isNew(ran.stdout)).toEqual(['pushed.go']);
  });
});

describe('changed-files', () => {
  it('checks only Go files of the pull request, odd names included', async () => {
    const { root, event } = pullRequest(2);
    const ran = await run({ root, event, inputs: { 'changed-files': 'true' } });
    expect(annotations(ran.stdout, 'error').map((line) => /file=([^,]+)/.exec(line)?.[1])).toEqual([
      'moved.go',
      'new.go',
    ]);
    expect(ran.stdout).toMatch(/3 files/);
  });
});

describe('the comment', () => {
  const inputs = { comment: 'true' };

  it('is created once, left alone when equal and updated in place', async () => {
    const { root, event } = pullRequest(2);
    expect((await run({ root, event, inputs })).stdout).toContain('Comment created.');
    expect((await run({ root, event, inputs })).stdout).toContain('Comment unchanged.');
    expect((await run({ root, event, inputs: { ...inputs, paths: 'fine.go' } })).stdout).toContain(
      'Comment updated.',
    );
    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.body).toMatch(/^<!-- p0lint-review:p0lint -->\n/);
    expect(api.calls.every((call) => call.authorization === 'Bearer test-token')).toBe(true);
  });

  it('is found behind a hundred others, and never taken from another author who planted the marker', async () => {
    const { root, event } = pullRequest(2);
    const marker = '<!-- p0lint-review:p0lint -->';
    api.comments.push({ id: 1, body: `${marker}\nall is well`, user: { login: 'mallory' } });
    for (let id = 2; id <= 120; id++) api.comments.push({ id, body: 'chat', user: { login: 'alice' } });
    api.comments.push({ id: 121, body: `${marker}\nold review`, user: { login: 'github-actions[bot]' } });
    const ran = await run({ root, event, inputs });
    expect(ran.stdout).toContain('Comment updated.');
    expect(api.comments[0]?.body).toBe(`${marker}\nall is well`);
    expect(api.comments.at(-1)?.body).toContain('P0-701');
  });

  for (const status of [403, 404, 422, 500, 302])
    it(`that is answered with ${status} is a notice, and the verdict stands`, async () => {
      const { root, event } = pullRequest(2);
      api.refuse = { method: 'POST', status };
      const ran = await run({ root, event, inputs });
      expect(ran.code).toBe(1);
      expect(annotations(ran.stdout, 'notice').join('\n')).toMatch(/No comment: /);
      expect(ran.stdout + ran.stderr).not.toContain('test-token');
    });

  it('of a fork without rights is a notice that says so', async () => {
    const { root, event } = pullRequest(2);
    event.payload.pull_request.head.repo.full_name = 'mallory/app';
    api.refuse = { method: 'GET', status: 403 };
    const ran = await run({ root, event, inputs });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/from a fork has no right to comment/);
  });

  it('is not tried for events that are no pull request', async () => {
    const { root } = pullRequest(2);
    const ran = await run({ root, event: { name: 'push', payload: {} }, inputs });
    expect(ran.stdout).toMatch(/the event push is no pull request/);
    expect(api.calls).toEqual([]);
  });
});

describe('safety', () => {
  it('text of the checked code cannot become a workflow command, a mention or HTML', async () => {
    w.git('checkout', '--quiet', '-b', 'hostile');
    const nasty = '// ::error::owned ##[error]owned @everyone <script>alert(1)</script> #12';
    w.write('nasty.go', `package app\n${`${nasty}\n`.repeat(420)}`);
    w.write('::set-output name=x::.go', long(410, 'x'));
    w.commit('hostile');
    const { root, ...rest } = w.checkOutPullRequest('hostile', 2);
    const event = {
      name: 'pull_request',
      payload: {
        pull_request: {
          number: 7,
          base: { sha: rest.baseSha },
          head: { sha: rest.headSha, repo: { full_name: 'acme/app' } },
        },
      },
    };
    const ran = await run({ root, event, inputs: { comment: 'true', annotations: 'false' } });
    const commands = ran.stdout.split('\n').filter((line) => /^\s*::\w/.test(line) || line.includes('##['));
    expect(commands).toEqual([]);
    const body = api.comments[0]?.body ?? '';
    expect(body).not.toContain('<script>');
    expect(body.replaceAll(/```[\s\S]*?```|`[^`]*`/g, '')).not.toMatch(/(?<!\u200B)@everyone/);
  });

  it('under pull_request_target the configuration of the checkout is not trusted', async () => {
    w.git('checkout', '--quiet', '-b', 'loose');
    w.write('p0lint.yaml', 'fail-on: never\nexclude: ["**"]\n');
    w.commit('loose');
    w.git('checkout', '--quiet', 'main');
    const { root, headSha, baseSha } = w.checkOutPullRequest('loose', 0);
    const payload = {
      pull_request: {
        number: 7,
        base: { sha: baseSha },
        head: { sha: headSha, repo: { full_name: 'mallory/app' } },
      },
    };
    expect((await run({ root, event: { name: 'pull_request', payload } })).code).not.toBe(1);
    const guarded = await run({ root, event: { name: 'pull_request_target', payload } });
    expect([guarded.code, guarded.outputs.findings]).toEqual([1, '1']);
  });

  it('writes no summary where none is wanted', async () => {
    const { root } = pullRequest(2);
    const ran = await run({ root, inputs: { summary: 'false' } });
    expect([ran.code, ran.summary]).toEqual([1, '']);
  });

  it('a server that does not answer is given up on', async () => {
    api.silent = true;
    const answer = await gitHubApi(api.url, 'acme/app', 'test-token', fetch, 200).comments(7);
    expect(answer).toEqual({ ok: false, status: undefined, why: 'no answer within 0.2 s' });
  });
});
