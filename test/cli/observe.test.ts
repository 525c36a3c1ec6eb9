/**
 * Progress and timings: on standard error, only where they are wanted, and never in what is reported.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { progressOn } from '../../src/cli/observe.ts';
import { rules } from '../../src/rules/index.ts';
import { FIXTURES } from '../harness/check-fixtures.ts';
import { p0lint } from '../harness/command-line.ts';

describe('--timings', () => {
  it('says where the time went, by phase and by rule, and changes no output', async () => {
    const cwd = path.join(FIXTURES, 'platforms/harbour');
    const plain = await p0lint(cwd, ['check', '--format', 'json']);
    const timed = await p0lint(cwd, ['check', '--format', 'json', '--timings']);
    expect([timed.code, timed.stdout]).toEqual([plain.code, plain.stdout]);
    expect(plain.stderr).toBe('');
    expect(timed.stderr).toMatch(/^Time spent:\n {2}read, parse, recognise +\d+ ms\n {2}check +\d+ ms\n/);
    for (const rule of rules) expect(timed.stderr).toMatch(new RegExp(`^ {4}${rule.id} +\\d+ ms$`, 'm'));
  });
});

describe('progress', () => {
  function shown(isTTY: boolean, env: Record<string, string>, at: readonly number[]): string {
    let written = '';
    const write = (text: string) => {
      written += text;
    };
    let time = 0;
    const progress = progressOn({ env, stderr: { write, isTTY, columns: 80 } }, () => time);
    for (time of at) progress.show(`${time}`);
    progress.clear();
    return written;
  }
  it('is one line, rewritten in place and cleared', () =>
    expect(shown(true, {}, [1200, 1250, 1400])).toBe(
      '\r\u001b[Kp0lint: 1200\r\u001b[Kp0lint: 1400\r\u001b[K',
    ));
  it('is nothing in a short run, in a pipe, and on a terminal that cannot', () => {
    expect(shown(true, {}, [100, 999])).toBe('');
    expect(shown(false, {}, [1200])).toBe('');
    expect(shown(true, { TERM: 'dumb' }, [1200])).toBe('');
  });
});
