/**
 * `why`, `split` and `explain`: what they print of the fixtures.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { FIXTURES } from '../harness/check-fixtures.ts';
import { inFolder, p0lint } from '../harness/command-line.ts';

const HARBOUR = path.join(FIXTURES, 'platforms/harbour');
const LEAKY = 'ports/leaky/leaky.go';
const why = (place: string) => p0lint(HARBOUR, ['why', place]);

describe('why', () => {
  it('says what the calls are taken for, and shows findings that touch the line with their steps', async () => {
    const { code, stdout } = await why(`${LEAKY}:36`);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ports\/leaky\/leaky\.go:36, in \(\*Leaky\)\.Sail; counts for Leaky\n {4}if l\.Sieve\.Keeps\(&crate\) \{\n/,
    );
    expect(stdout).toContain('asks the filter about &crate; true means accept');
    expect(stdout).toContain('ports/leaky/leaky.go:39: error P0-103 vm-filter/inverted-guard');
    expect(stdout).toMatch(/\n {2}2\. ports\/leaky\/leaky\.go:36: /);
  });
  it('shows the evidence of what passes, and the status that it led to', async () => {
    const { stdout } = await why('ports/freshline/freshline.go:59');
    expect(stdout).toMatch(/asks a third party: \(\*dock\.Radio\)\.Call\n/);
    expect(stdout).toMatch(
      /Requirement 2 of Freshline, check-affiliation: pass\n {2}evidence here: pattern A/,
    );
  });
  it('understands a place with a column, as compact prints it', async () =>
    expect((await why(`${LEAKY}:39:2`)).stdout).toMatch(/sends crate/));
  it('of a line that nobody speaks of shows what is said about its function', async () => {
    const { stdout } = await why(`${LEAKY}:47`);
    expect(stdout).toMatch(
      /No rule says anything about this line\. About \(\*Leaky\)\.ShowPapers:\n {2}ports\/leaky\/leaky\.go:\d+: /,
    );
  });
  for (const [place, stderr] of [
    ['leaky.go', "p0lint: 'leaky.go' is no place. Write <file>:<line>, e.g. pkg/wiz/wiz.go:45.\n"],
    ['nowhere.go:3', 'p0lint: no such file or folder: nowhere.go\n'],
    [`${LEAKY}:999`, `p0lint: ${LEAKY} has `],
    [`${LEAKY}:0`, `p0lint: ${LEAKY} has `],
    ['p0lint.yaml:1', 'p0lint: p0lint.yaml is not checked: it is no Go file\n'],
    ['ports:1', 'p0lint: ports is no Go file\n'],
  ] as const)
    it(`refuses ${place}`, async () => {
      const ran = await why(place);
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr.startsWith(stderr), ran.stderr).toBe(true);
    });
});

describe('split', () => {
  const split = (...args: readonly string[]) =>
    p0lint(path.join(FIXTURES, 'rules/file-length'), ['split', ...args]);
  it('prints the whole plan', async () => {
    const { code, stdout } = await split('at-501/sentrio.go');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^at-501\/sentrio\.go has 501 lines; the limit is 400\. It can be split into 3 files:\n/,
    );
    expect(stdout).toMatch(/\nat-501\/sentrio_client\.go {2}\d+ lines\n(?: {2}\d+-\d+ +\d+ {2}\S+\n)+/);
  });
  it('plans for another limit, and says where nothing has to move or can', async () => {
    expect((await split('at-400/cortexa.go')).stdout).toMatch(/Nothing has to move/);
    expect((await split('at-400/cortexa.go', '--max', '250')).stdout).toMatch(/can be split into \d files/);
    expect((await split('one-declaration/codes.go')).stdout).toMatch(
      /No split by whole declarations helps: \w+ alone has/,
    );
    expect(await split('at-400/cortexa.go', '--max', 'many')).toMatchObject({ code: 2 });
    expect(await split('nowhere.go')).toMatchObject({ code: 2 });
  });
  it('the message of the finding has it in short, and names the files', async () => {
    const ran = await p0lint(path.join(FIXTURES, 'rules/file-length'), [
      'check',
      'at-501',
      '--scope',
      'all',
      '--format',
      'compact',
    ]);
    expect(ran.stdout).toMatch(/P0-701/);
    expect(ran.stdout).toMatch(
      /Split it: move Host, hostPage, Agent and \d more to sentrio_types\.go \(\d+ lines\); .*; sentrio\.go keeps \d+ lines\./,
    );
  });
});

describe('explain', () => {
  for (const rule of rules)
    it(`explains ${rule.id}, and each of its findings by id and code`, () =>
      inFolder({}, async (folder) => {
        const page = await p0lint(folder, ['explain', rule.id]);
        expect(page.stdout).toContain(rule.title);
        for (const [id, message] of Object.entries(
          rule.messages as Record<string, { code: string; bad?: string; good?: string }>,
        )) {
          const byCode = await p0lint(folder, ['explain', message.code]);
          expect(byCode.stdout).toBe((await p0lint(folder, ['explain', `${rule.id}/${id}`])).stdout);
          const lines = byCode.stdout.split('\n').map((line) => line.trim());
          for (const code of [message.bad, message.good])
            if (code !== undefined)
              expect(lines).toEqual(
                expect.arrayContaining(
                  code
                    .trim()
                    .split('\n')
                    .map((l) => l.trim()),
                ),
              );
        }
      }));
});

describe('hostile source', () => {
  const HOSTILE = 'package app\n\nfunc f() { g() } // \u202e\u001b[31m\n\nfunc g() {}\n';
  it('is shown by code points', () =>
    inFolder({ 'a.go': HOSTILE }, async (folder) => {
      const { stdout } = await p0lint(folder, ['why', 'a.go:3']);
      expect(stdout).toContain('<U+202E><U+001B>[31m');
      expect([...'\u001b\u202e'].some((c) => stdout.includes(c))).toBe(false);
    }));
  it('gives no commands to a GitHub job, neither do names of keys and files', () =>
    inFolder({ 'a.go': HOSTILE, 'p0lint.yaml': '"\\n::error::x": 1\n' }, async (folder) => {
      const { stderr, code } = await p0lint(folder, ['config', 'check'], { env: { GITHUB_ACTIONS: 'true' } });
      expect(code).toBe(2);
      expect(stderr).not.toMatch(/^::/m);
    }));
});
