/**
 * Exit codes are policy, the same for every format (decision 26); and the process behaves as others expect: signals, closed pipes.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNames } from '../../src/report/index.ts';
import { inFolder, p0lint } from '../harness/command-line.ts';

const MOD = { 'go.mod': 'module example.com/app\n\ngo 1.24\n' };
const file = (n: number) => `package app\n${'\n'.repeat(n - 2)}var x int\n`;
const BROKEN = 'package app\n\nfunc f( {\n';
const code = (files: Record<string, string>, ...args: readonly string[]) =>
  inFolder(
    { ...MOD, ...files },
    async (folder) => (await p0lint(folder, ['check', '--scope', 'all', ...args])).code,
  );

describe('exit code', () => {
  it('0: nothing at or above --fail-on', async () => {
    expect(await code({ 'a.go': file(10) })).toBe(0);
    expect(await code({ 'a.go': file(390) })).toBe(0);
  });
  it('1: findings at or above --fail-on', async () => {
    expect(await code({ 'a.go': file(401) })).toBe(1);
    expect(await code({ 'a.go': file(390) }, '--fail-on', 'note')).toBe(1);
    expect(await code({ 'a.go': file(401) }, '--fail-on', 'never')).toBe(0);
  });
  it('2 beats 3 beats 1 beats 4', async () => {
    expect(await code({ 'a.go': file(401), 'b.go': BROKEN }, '--config', 'none.yaml')).toBe(2);
    expect(await code({ 'a.go': file(401), 'b.go': BROKEN }, '--output', 'json=go.mod/x.json')).toBe(2);
    expect(await code({ 'a.go': file(401), 'b.go': BROKEN })).toBe(3);
    expect(await code({ 'a.go': file(401), 'b.go': BROKEN }, '--fail-on', 'never')).toBe(3);
    expect(await code({}, '--scope', 'integrations')).toBe(4);
  });
  it('4: nothing to check; 0 where that was to be expected', async () => {
    expect(await code({})).toBe(4);
    expect(await code({ 'a.go': file(10) }, '--scope', 'integrations')).toBe(4);
    expect(await code({}, '--allow-empty')).toBe(0);
    expect(await code({ 'a.go': file(10), 'a_test.go': file(10) }, 'a_test.go')).toBe(0);
    expect(await code({ 'a.go': file(10) }, 'a.go', '--scope', 'integrations')).toBe(0);
  });
  for (const format of formatNames)
    it(`the same for ${format}`, async () => {
      expect(await code({ 'a.go': file(401) }, '--format', format)).toBe(1);
      expect(await code({ 'a.go': file(10) }, '--format', format)).toBe(0);
    });
  it('findings of other files do not count when a file is named', async () => {
    expect(await code({ 'a.go': file(401), 'b.go': file(10) }, 'b.go')).toBe(0);
    expect(await code({ 'a.go': file(401), 'b.go': file(10) }, 'a.go', 'b.go')).toBe(1);
  });
  it('the other commands: 0 or 2', () =>
    inFolder({ ...MOD, 'a.go': BROKEN }, async (folder) => {
      for (const args of [
        ['list'],
        ['rules'],
        ['explain', 'P0-701'],
        ['config', 'check'],
        ['baseline'],
        ['--version'],
        ['--help'],
      ])
        expect([args, (await p0lint(folder, args)).code]).toEqual([args, 0]);
    }));
});

describe('files are written whole', () => {
  it('permissions and links stay, and nothing else is left', () =>
    inFolder({ ...MOD, 'a.go': file(401), 'real.json': 'old' }, async (folder) => {
      const real = path.join(folder, 'real.json');
      chmodSync(real, 0o640);
      symlinkSync('real.json', path.join(folder, 'link.json'));
      await p0lint(folder, [
        'check',
        '--scope',
        'all',
        '--output',
        'json=link.json',
        '--output',
        'sarif=a,b.sarif',
      ]);
      expect(lstatSync(path.join(folder, 'link.json')).isSymbolicLink()).toBe(true);
      expect(statSync(real).mode & 0o777).toBe(0o640);
      expect(readFileSync(real, 'utf8')).toMatch(/^\{/);
      expect(existsSync(path.join(folder, 'a,b.sarif'))).toBe(true);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }));
});

/** The real executable. */
function start(cwd: string, args: readonly string[]) {
  const root = path.resolve(import.meta.dirname, '../..');
  return spawn(
    process.execPath,
    [
      '--import',
      path.join(root, 'node_modules/tsx/dist/esm/index.mjs'),
      path.join(root, 'src/cli/index.ts'),
      ...args,
    ],
    { cwd, stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

describe('the process', () => {
  it('is silent when nobody reads on (EPIPE)', () =>
    inFolder(
      { ...MOD, ...Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`p${i}/a.go`, file(401)])) },
      async (folder) => {
        const child = start(folder, ['check', '--scope', 'all']);
        let stderr = '';
        child.stderr.on('data', (chunk: Buffer) => {
          stderr += chunk;
        });
        child.stdout.once('data', () => child.stdout.destroy());
        const [status] = await new Promise<[number | null, string | null]>((resolve) =>
          child.on('close', (...result) => resolve(result)),
        );
        expect([stderr, [0, 1].includes(status ?? -1)]).toEqual(['', true]);
      },
    ));
  it('ends at once on Ctrl-C, and as a shell expects: 130', () =>
    inFolder({ ...MOD, 'a.go': file(10) }, async (folder) => {
      const child = start(folder, ['check', '--scope', 'all', '--watch']);
      await new Promise<void>((resolve) =>
        child.stderr.on('data', (chunk: Buffer) => {
          if (String(chunk).includes('watching')) resolve();
        }),
      );
      child.kill('SIGINT');
      const status = await new Promise((resolve) => child.on('close', resolve));
      expect(status).toBe(130);
      expect(readdirSync(path.join(folder, '.sarif'))).toEqual(['p0lint.sarif']);
    }));
});
