/**
 * New code only, on real git repositories: revisions, the index, renames, shallow clones, worktrees, submodules, no git (decisions 2, 21, 23).
 *
 * A file over 400 lines stands for a finding: its length is its magnitude.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, p0lint } from '../harness/command-line.ts';
import { repository, write } from '../harness/repository.ts';

const MOD = 'module example.com/app\n\ngo 1.24\n';
/** A Go file of n lines. */
const file = (n: number, name = 'app') => `package ${name}\n${'\n'.repeat(n - 2)}var x${n} int\n`;
const CHECK = ['check', '--scope', 'all', '--format', 'json'];

interface Json {
  readonly gate: { readonly newOnly: boolean; readonly passed: boolean };
  readonly findings: readonly { readonly file: string; readonly new: boolean }[];
  readonly notifications: readonly { readonly message: string }[];
}

async function check(folder: string, ...args: readonly string[]) {
  const ran = await p0lint(folder, [...CHECK, ...args]);
  const report = ran.stdout === '' ? undefined : (JSON.parse(ran.stdout) as Json);
  return {
    ...ran,
    report,
    fresh: report?.findings.filter((f) => f.new).map((f) => f.file),
    known: report?.findings.filter((f) => !f.new).map((f) => f.file),
  };
}

describe('--new-from', () => {
  it('knows what was there, fails on what is new, grown or copied', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      git.commit({ 'go.mod': MOD, 'a/old.go': file(450), 'a/grows.go': file(450), 'a/near.go': file(399) });
      expect((await check(folder)).code).toBe(1);
      expect(await check(folder, '--new-from', 'HEAD')).toMatchObject({ code: 0, fresh: [] });
      write(folder, {
        'a/old.go': file(449),
        'a/grows.go': file(451),
        'a/near.go': file(401),
        'b/new.go': file(500),
      });
      const { code, fresh, known, report } = await check(folder, '--new-from', 'HEAD');
      expect([code, fresh, known]).toEqual([1, ['a/grows.go', 'a/near.go', 'b/new.go'], ['a/old.go']]);
      expect(report?.gate).toMatchObject({ newOnly: true, passed: false });
    }));

  it('follows renames, staged or not, and also where only the new file is checked', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      git.commit({ 'go.mod': MOD, 'a/old.go': file(450) });
      git('mv', 'a/old.go', 'a/renamed.go');
      expect(await check(folder, '--new-from', 'HEAD')).toMatchObject({ code: 0, known: ['a/renamed.go'] });
      expect(await check(folder, 'a/renamed.go', '--new-from', 'HEAD')).toMatchObject({ code: 0 });
      git('commit', '-q', '-m', 'rename');
      write(folder, { 'a/renamed.go': null, 'b/moved.go': file(450) });
      expect(await check(folder, '--new-from', 'HEAD')).toMatchObject({ code: 0, known: ['b/moved.go'] });
      git('add', '-A');
      expect(await check(folder, 'b', '--new-from', 'HEAD')).toMatchObject({
        code: 0,
        known: ['b/moved.go'],
      });
    }));

  it('takes the configuration of the new side for both (decision 21)', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      git.commit({ 'go.mod': MOD, 'a.go': file(380) });
      write(folder, { 'p0lint.yaml': 'rules: { file-length: { max: 300 } }\n' });
      expect(await check(folder)).toMatchObject({ code: 1 });
      expect(await check(folder, '--new-from', 'HEAD')).toMatchObject({ code: 0, known: ['a.go'] });
    }));

  it('sees a finding on an old line that a change elsewhere causes', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      const callee = (result: string, body: string) => `package a\n\nfunc F() ${result}{ ${body} }\n`;
      git.commit({
        'go.mod': MOD,
        'a/a.go': callee('', ''),
        'b/b.go': 'package b\n\nimport "example.com/app/a"\n\nfunc g() {\n\ta.F()\n}\n',
      });
      write(folder, { 'a/a.go': callee('error ', 'return nil') });
      expect(await check(folder, '--new-from', 'HEAD')).toMatchObject({ code: 1, fresh: ['b/b.go'] });
      expect(await check(folder, 'b', '--new-from', 'HEAD')).toMatchObject({ code: 1, fresh: ['b/b.go'] });
    }));

  it('works in a subfolder, and with a folder that did not exist then', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      git.commit({ 'go.mod': MOD, 'a/old.go': file(450) });
      expect(await check(path.join(folder, 'a'), '--new-from', 'HEAD')).toMatchObject({
        code: 0,
        known: ['a/old.go'],
      });
      write(folder, { 'c/c.go': file(450, 'c') });
      expect(await check(folder, 'c', '--new-from', 'HEAD')).toMatchObject({ code: 1, fresh: ['c/c.go'] });
    }));

  it('in a worktree', () =>
    inFolder({}, async (folder) => {
      const git = repository(path.join(folder, 'main'));
      git.commit({ 'go.mod': MOD, 'old.go': file(450) });
      git('worktree', 'add', '-q', path.join(folder, 'tree'), '-b', 'topic');
      write(path.join(folder, 'tree'), { 'new.go': file(401) });
      expect(await check(path.join(folder, 'tree'), '--new-from', 'main')).toMatchObject({
        code: 1,
        fresh: ['new.go'],
        known: ['old.go'],
      });
    }));

  it('with a submodule, whose findings belong to the commit that the revision names', () =>
    inFolder({}, async (folder) => {
      const lib = repository(path.join(folder, 'lib'));
      lib.commit({ 'go.mod': MOD, 'lib.go': file(450, 'lib') });
      const git = repository(path.join(folder, 'main'));
      git.commit({ 'go.mod': MOD, 'a.go': file(10) });
      git('submodule', 'add', '-q', lib.folder, 'third');
      git.commit({});
      expect(await check(git.folder, '--new-from', 'HEAD')).toMatchObject({
        code: 0,
        known: ['third/lib.go'],
      });
      expect(await check(git.folder, '--new-from', 'HEAD~1')).toMatchObject({
        code: 1,
        fresh: ['third/lib.go'],
      });
      expect(await check(path.join(git.folder, 'third'), '--new-from', 'HEAD')).toMatchObject({
        code: 0,
        known: ['lib.go'],
      });
    }));

  it('in a shallow clone: a clear answer, and it works with what was fetched', () =>
    inFolder({}, async (folder) => {
      const git = repository(path.join(folder, 'main'));
      const first = git.commit({ 'go.mod': MOD, 'old.go': file(450) });
      git.commit({ 'new.go': file(401) });
      git('clone', '-q', '--depth=1', `file://${git.folder}`, path.join(folder, 'clone'));
      const clone = repository(path.join(folder, 'clone'), { init: false });
      const refused = await check(clone.folder, '--new-from', first);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toBe(
        `p0lint: git does not know the revision '${first}'. The clone is shallow: fetch it (git fetch --depth=1 origin ${first}), or check out with more depth.\n`,
      );
      clone('fetch', '-q', '--depth=1', 'origin', first);
      expect(await check(clone.folder, '--new-from', first)).toMatchObject({ code: 1, fresh: ['new.go'] });
    }));
});

describe('--new-from that cannot be', () => {
  const stderrOf = (prepare: (folder: string) => void, ...args: readonly string[]) =>
    inFolder({ 'go.mod': MOD, 'a.go': file(10) }, async (folder) => {
      prepare(folder);
      const { code, stderr, stdout } = await check(folder, ...args);
      expect([code, stdout]).toEqual([2, '']);
      return stderr.replaceAll(folder, '<folder>');
    });
  it('without git', async () =>
    expect(await stderrOf(() => {}, '--new-from', 'HEAD')).toBe(
      'p0lint: there is no git repository at <folder> (or git is not installed). A baseline file (`p0lint baseline`) works without git.\n',
    ));
  it('staged without git', async () =>
    expect(await stderrOf(() => {}, '--staged')).toMatch(/^p0lint: there is no git repository at <folder>/));
  it('without a commit', async () =>
    expect(await stderrOf(repository, '--new-from', 'HEAD')).toMatch(/has no commit yet\. A baseline file/));
  it('with an unknown revision', async () =>
    expect(await stderrOf((f) => repository(f).commit({}), '--new-from', 'nope')).toBe(
      "p0lint: git does not know the revision 'nope'. Fetch it first, or name another revision.\n",
    ));
  it('with an option in its place', async () =>
    expect(await stderrOf((f) => repository(f).commit({}), '--new-from=--upload-pack=x')).toBe(
      "p0lint: '--upload-pack=x' is no revision\n",
    ));
  it('together with --staged', async () =>
    expect(await stderrOf(repository, '--staged', '--new-from', 'HEAD')).toMatch(/Use one of them\.\n$/));
});

describe('--staged', () => {
  it('reads the index and not the disk', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      git.commit({ 'go.mod': MOD, 'a.go': file(10), 'old.go': file(450) });
      expect(await check(folder, '--staged')).toMatchObject({
        code: 0,
        stderr: 'p0lint: no Go file is staged; nothing to check.\n',
      });
      write(folder, { 'a.go': file(401) });
      expect((await check(folder, '--staged')).code).toBe(0);
      git('add', 'a.go');
      write(folder, { 'a.go': file(10) });
      expect(await check(folder, '--staged')).toMatchObject({ code: 1, fresh: ['a.go'] });
    }));
  it('checks staged files only, and knows their earlier findings', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      git.commit({ 'go.mod': MOD, 'a.go': file(450), 'b.go': file(450) });
      write(folder, { 'a.go': `${file(450)}`.replace('x450', 'y450') });
      git('add', 'a.go');
      expect(await check(folder, '--staged')).toMatchObject({ code: 0, fresh: [], known: ['a.go'] });
    }));
  it('before the first commit everything is new', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      write(folder, { 'go.mod': MOD, 'a.go': file(401) });
      git('add', '-A');
      expect(await check(folder, '--staged')).toMatchObject({ code: 1, fresh: ['a.go'] });
    }));
  it('of nothing that is checked: 0 with a line', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      git.commit({ 'go.mod': MOD });
      write(folder, { 'a_test.go': file(500) });
      git('add', '-A');
      const ran = await check(folder, '--staged');
      expect([ran.code, ran.stderr]).toEqual([0, 'p0lint: none of these files is checked; nothing to do.\n']);
    }));
  it('writes no fixes', () =>
    inFolder({}, async (folder) => {
      const git = repository(folder);
      git.commit({ 'go.mod': MOD });
      write(folder, { 'a.go': file(10) });
      git('add', '-A');
      expect(await check(folder, '--staged', '--fix')).toMatchObject({ code: 2 });
    }));
});
