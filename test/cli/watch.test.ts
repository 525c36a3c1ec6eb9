/**
 * `check --watch`: rounds on changes, the SARIF file rewritten, mistakes shown, an end by Ctrl-C.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { matters } from '../../src/cli/watch-command.ts';
import { inFolder, p0lint } from '../harness/command-line.ts';

const file = (n: number) => `package app\n${'\n'.repeat(n - 2)}var x int\n`;

function watching(cwd: string) {
  let out = '';
  let stop = () => {};
  const stream = {
    write(text: string) {
      out += text;
    },
    isTTY: false,
    columns: undefined,
  };
  const code = main(['check', '--watch', '--format', 'compact'], {
    cwd,
    env: { GOMODCACHE: path.join(cwd, 'none') },
    stdout: stream,
    stderr: stream,
    readStdin: async () => new Uint8Array(),
    onInterrupt(end) {
      stop = end;
      return () => {};
    },
  });
  return {
    code,
    stop: () => stop(),
    /** Resolves with what was written since the last call, once it matches. */
    async until(pattern: RegExp): Promise<string> {
      for (let tries = 0; tries < 400 && !pattern.test(out); tries++)
        await new Promise((resolve) => setTimeout(resolve, 25));
      const seen = out;
      out = '';
      expect(seen).toMatch(pattern);
      return seen;
    },
  };
}

describe('check --watch', () => {
  it('checks again on changes, rewrites the SARIF file, survives mistakes, and ends with 130', () =>
    inFolder(
      { 'go.mod': 'module x\n', 'p0lint.yaml': 'scope: all\n', 'a/a.go': file(10) },
      async (folder) => {
        mkdirSync(path.join(folder, '.git'));
        const put = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
        const results = () =>
          (
            JSON.parse(readFileSync(path.join(folder, '.sarif/p0lint.sarif'), 'utf8')) as {
              runs: { results: object[] }[];
            }
          ).runs[0]?.results.length;
        const run = watching(folder);
        await run.until(/watching; Ctrl-C ends/);
        expect(results()).toBe(0);
        put('a/a.go', file(401));
        expect(await run.until(/checked again/)).toMatch(
          /^p0lint: checking\na\/a\.go:401:1: error: .*\[P0-701\]\np0lint: checked again, a\/a\.go changed\.\n$/,
        );
        expect(results()).toBe(1);
        put('p0lint.yaml', 'scop: all\n');
        expect(await run.until(/checked again/)).toMatch(/unknown key 'scop'\. Did you mean 'scope'\?/);
        put('p0lint.yaml', 'scope: all\nrules: { file-length: { max: 500 } }\n');
        expect(await run.until(/checked again/)).not.toMatch(/P0-701/);
        expect(results()).toBe(0);
        run.stop();
        expect(await run.code).toBe(130);
      },
    ));
  it('refuses what does not go with it', () =>
    inFolder({}, async (folder) => {
      const ran = await p0lint(folder, ['check', '--watch', '--fix']);
      expect([ran.code, ran.stderr]).toEqual([
        2,
        expect.stringMatching(/^p0lint: --watch checks files as they change/),
      ]);
    }));
  it('looks at source and configuration only', () =>
    expect(
      [
        'a.go',
        'go.mod',
        'x/go.work',
        'p0lint.yml',
        '.gitignore',
        'README.md',
        '.git/x.go',
        '.sarif/p0lint.json',
        'a/node_modules/x.go',
        '.a.go.123.tmp',
      ].map(matters),
    ).toEqual([true, true, true, true, true, false, false, false, false, false]));
});
