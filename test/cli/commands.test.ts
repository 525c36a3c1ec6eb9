/**
 * The commands beside check, as a user meets them: baseline, config, init, and what is said of mistyped words.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfiguration } from '../../src/config/load.ts';
import { vocabularyOf } from '../../src/config/profiles.ts';
import { settingsFrom } from '../../src/config/settings.ts';
import { rules } from '../../src/rules/index.ts';
import { inFolder, p0lint } from '../harness/command-line.ts';
import { repository, write } from '../harness/repository.ts';

const MOD = 'module example.com/app\n\ngo 1.24\n';
const file = (n: number) => `package app\n${'\n'.repeat(n - 2)}var x${n} int\n`;
const ALL = { 'p0lint.yaml': 'scope: all\n' };
const read = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8');
const codes = (folder: string, name = 'p0lint-baseline.json') =>
  (
    JSON.parse(read(folder, name)) as { findings: { code: string; file: string; magnitude?: number }[] }
  ).findings.map((f) => `${f.code} ${f.file} ${f.magnitude}`);

describe('baseline', () => {
  it('knows what is there; check then blocks on what is new or has grown only', () =>
    inFolder({ 'go.mod': MOD, 'a.go': file(450), 'b/b.go': file(500), ...ALL }, async (folder) => {
      expect((await p0lint(folder, ['check'])).code).toBe(1);
      const made = await p0lint(folder, ['baseline']);
      expect(made).toEqual({
        code: 0,
        stdout: 'p0lint-baseline.json: 2 findings are known from now on\n',
        stderr: '',
      });
      expect(codes(folder)).toEqual(['P0-701 a.go 450', 'P0-701 b/b.go 500']);
      expect((await p0lint(folder, ['check'])).code).toBe(0);
      write(folder, { 'a.go': file(451) });
      expect((await p0lint(folder, ['check'])).code).toBe(1);
      expect((await p0lint(folder, ['check', 'b'])).code).toBe(0);
    }));
  it('says which entries are stale, and prunes them; what became shorter may not grow back', () =>
    inFolder(
      { 'go.mod': MOD, 'a.go': file(450), 'b.go': file(500), 'c.go': file(410), ...ALL },
      async (folder) => {
        await p0lint(folder, ['baseline']);
        write(folder, { 'a.go': file(10), 'b.go': file(420) });
        const ran = await p0lint(folder, ['check', '--format', 'json']);
        expect(ran.code).toBe(0);
        expect(ran.stdout).toContain(
          '1 entry of the baseline is stale (mended or gone); `p0lint baseline --prune` removes it.',
        );
        expect((await p0lint(folder, ['baseline', '--prune'])).stdout).toBe(
          'p0lint-baseline.json: 1 stale entry removed, 2 left\n',
        );
        expect(codes(folder)).toEqual(['P0-701 b.go 420', 'P0-701 c.go 410']);
        write(folder, { 'b.go': file(500) });
        expect((await p0lint(folder, ['check'])).code).toBe(1);
      },
    ));
  it('prune takes nothing new in, and leaves folders alone that it does not look at', () =>
    inFolder({ 'go.mod': MOD, 'a/a.go': file(450), 'b/b.go': file(500), ...ALL }, async (folder) => {
      await p0lint(folder, ['baseline']);
      write(folder, { 'a/a.go': file(10), 'b/b.go': file(10), 'b/new.go': file(401) });
      await p0lint(folder, ['baseline', '--prune', 'b']);
      expect(codes(folder)).toEqual(['P0-701 a/a.go 450']);
      write(folder, { 'a/a.go': null });
      await p0lint(folder, ['baseline', '--prune', 'b']);
      // The file is gone: its entry follows the code, as far as it is no longer than before.
      expect(codes(folder)).toEqual(['P0-701 b/new.go 401']);
    }));
  it('of one folder leaves the entries of the others', () =>
    inFolder({ 'go.mod': MOD, 'a/a.go': file(450), 'b/b.go': file(500), ...ALL }, async (folder) => {
      await p0lint(folder, ['baseline', 'a']);
      await p0lint(folder, ['baseline', 'b']);
      expect(codes(folder)).toEqual(['P0-701 a/a.go 450', 'P0-701 b/b.go 500']);
    }));
  it('is written where it is told, lies beside the configuration else, and is the same bytes each time', () =>
    inFolder({ 'go.mod': MOD, 'a/a.go': file(450), ...ALL }, async (folder) => {
      repository(folder);
      await p0lint(path.join(folder, 'a'), ['baseline']);
      const first = read(folder, 'p0lint-baseline.json');
      await p0lint(folder, ['baseline']);
      expect(read(folder, 'p0lint-baseline.json')).toBe(first);
      expect((await p0lint(folder, ['baseline', '--baseline', 'known.json'])).stdout).toMatch(
        /^known\.json: 1 finding is/,
      );
      expect(codes(folder, 'known.json')).toEqual(['P0-701 a/a.go 450']);
    }));
  it('that cannot be read is named', () =>
    inFolder({ 'go.mod': MOD, 'p0lint-baseline.json': '{', ...ALL }, async (folder) => {
      expect(await p0lint(folder, ['check', '--baseline', 'none.json'])).toMatchObject({
        code: 2,
        stderr: 'p0lint: cannot read the baseline none.json: ENOENT\n',
      });
      expect((await p0lint(folder, ['check'])).stderr).toMatch(/^p0lint: p0lint-baseline\.json is no JSON: /);
    }));
});

describe('config', () => {
  const CONFIG =
    'scope: all\nrules:\n  file-length:\n    max: 500\nplatform:\n  sendMethods: { add: [Emit] }\n';
  it('check says that it is fine, or what is not', () =>
    inFolder({ 'p0lint.yaml': CONFIG, 'bad/p0lint.yaml': 'scop: all\n' }, async (folder) => {
      expect(await p0lint(folder, ['config', 'check'])).toEqual({
        code: 0,
        stdout: 'p0lint.yaml is fine.\n',
        stderr: '',
      });
      expect(await p0lint(folder, ['config', 'check', 'bad'])).toEqual({
        code: 2,
        stdout: '',
        stderr: "p0lint: bad/p0lint.yaml:1:1: unknown key 'scop'. Did you mean 'scope'?\n",
      });
      expect((await p0lint(folder, ['config', 'check', '--config', 'none.yaml'])).code).toBe(2);
    }));
  it('check without one says so', () =>
    inFolder({}, async (folder) =>
      expect((await p0lint(folder, ['config', 'check'])).stdout).toMatch(
        /^There is no configuration; the defaults hold/,
      ),
    ));
  it('print names the origin of each value', () =>
    inFolder({ 'p0lint.yaml': CONFIG }, async (folder) => {
      const { stdout, code } = await p0lint(folder, ['config', 'print', '--fail-on', 'warning']);
      expect(code).toBe(0);
      const origin = (start: string) =>
        stdout
          .split('\n')
          .find((line) => line.trimStart().startsWith(start))
          ?.split(' # ')[1];
      expect(
        ['scope:', 'fail-on:', 'tests:', 'max:', 'too-long:', 'sendMethods:', 'jobTypes:'].map(origin),
      ).toEqual([
        'p0lint.yaml:1',
        '--fail-on',
        'default',
        'p0lint.yaml:4',
        'default',
        'profile chariot, p0lint.yaml:6',
        'profile chariot',
      ]);
    }));
  it('print gives a configuration that means the same', () =>
    inFolder(
      {
        'p0lint.yaml': `${CONFIG}overrides: [{ paths: [x], rules: { file-length: { too-long: note } } }]\nexclude: ["*#.go"]\nnot-applicable: [{ rule: file-length, type: Wiz, reason: "so: be it" }]\n`,
      },
      async (folder) => {
        const { stdout } = await p0lint(folder, ['config', 'print']);
        const [given, printed] = [read(folder, 'p0lint.yaml'), stdout].map(
          (text) => parseConfiguration('c', text, rules).value,
        );
        expect(vocabularyOf(printed!)).toEqual(vocabularyOf(given!));
        const [a, b] = [given!, printed!].map((c) => settingsFrom(c, '', rules));
        for (const rule of rules)
          expect(b!.optionsOf(rule.id, 'x/a.go')).toEqual(a!.optionsOf(rule.id, 'x/a.go'));
        expect([b!.scope, b!.excluded('a#.go'), b!.notApplicable]).toEqual([
          a!.scope,
          true,
          a!.notApplicable,
        ]);
        expect(b!.levelOf('file-length', 'too-long', 'x/a.go', 'error')).toBe('note');
      },
    ));
});

describe('init', () => {
  it('writes a configuration that changes nothing, and one that is right when uncommented', () =>
    inFolder({}, async (folder) => {
      expect((await p0lint(folder, ['init'])).stdout).toMatch(/^written: p0lint\.yaml\n/);
      const text = read(folder, 'p0lint.yaml');
      expect(parseConfiguration('p0lint.yaml', text, rules).value).toEqual({ extends: 'chariot' });
      const uncommented = text.replaceAll(/^# (?=\s*(?!yaml-language)[a-zA-Z-]+:|\s+- )/gm, '');
      const { value } = parseConfiguration('p0lint.yaml', uncommented, rules);
      expect(Object.keys(value)).toEqual(
        expect.arrayContaining([
          'scope',
          'tests',
          'fail-on',
          'exclude',
          'rules',
          'overrides',
          'not-applicable',
          'platform',
        ]),
      );
      expect(Object.keys(value.rules ?? {})).toEqual(rules.map((rule) => rule.id));
    }));
  it('writes workflow and hook into the root of the repository', () =>
    inFolder({}, async (folder) => {
      repository(folder);
      write(folder, { 'service/go.mod': MOD });
      const ran = await p0lint(path.join(folder, 'service'), ['init', '--workflow', '--pre-commit']);
      expect(ran.stdout).toMatch(
        /^written: p0lint\.yaml\nwritten: \.\.\/\.github\/workflows\/p0lint\.yml\nwritten: \.\.\/\.pre-commit-config\.yaml\n/,
      );
      const workflow = parse(read(folder, '.github/workflows/p0lint.yml')) as {
        jobs: { p0lint: { steps: { id?: string; uses: string; with?: object }[] } };
      };
      const action = parse(readFileSync('action.yml', 'utf8')) as { inputs: object; outputs: object };
      const [, step, upload] = workflow.jobs.p0lint.steps;
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? {})));
      expect(Object.keys(action.outputs)).toContain('sarif');
      expect(upload?.uses).toMatch(/upload-sarif/);
      const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { id: string }[];
      const wanted = parse(read(folder, '.pre-commit-config.yaml')) as {
        repos: { hooks: { id: string }[] }[];
      };
      expect(hooks.map((h) => h.id)).toContain(wanted.repos[0]?.hooks[0]?.id);
    }));
  it('writes nothing at all where something exists', () =>
    inFolder({ 'p0lint.yml': 'scope: all\n', '.github/workflows/p0lint.yml': 'mine\n' }, async (folder) => {
      expect(await p0lint(folder, ['init'])).toMatchObject({
        code: 2,
        stderr: 'p0lint: p0lint.yml exists already; nothing was written. Remove or rename it first.\n',
      });
      expect((await p0lint(folder, ['init', '--workflow', '--pre-commit'])).code).toBe(2);
      expect(existsSync(path.join(folder, '.pre-commit-config.yaml'))).toBe(false);
      expect(read(folder, '.github/workflows/p0lint.yml')).toBe('mine\n');
      expect((await p0lint(folder, ['init', '--pre-commit'])).stdout).toMatch(
        /^written: \.pre-commit-config\.yaml\n/,
      );
    }));
  it('the hooks run commands that exist', async () => {
    const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { entry: string }[];
    for (const { entry } of hooks)
      await inFolder({ 'go.mod': MOD }, async (folder) => {
        repository(folder).commit({});
        expect((await p0lint(folder, entry.split(' ').slice(1))).code).toBe(0);
      });
  });
});

describe('mistyped', () => {
  const cases: readonly (readonly [args: readonly string[], stderr: RegExp])[] = [
    [['chek'], /^p0lint: there is no command, file or folder 'chek'\. Did you mean the command 'check'\?\n$/],
    [['basline', '--prune'], /Did you mean the command 'baseline'|unknown option '--prune'/],
    [['config', 'prnt'], /unknown command 'prnt'\n\(Did you mean print\?\)/],
    [['check', '--frmat', 'json'], /unknown option '--frmat'\n\(Did you mean --format\?\)/],
    [['check', '--format', 'jsn'], /Allowed choices are .*json/],
    [
      ['check', '--only', 'file-lenght'],
      /--only: there is no rule, finding or code 'file-lenght'\. Did you mean 'file-length'\?/,
    ],
    [['check', '--output', 'sarfi'], /unknown format 'sarfi'\. Did you mean 'sarif'\?/],
    [['explain', 'P0-7001'], /Did you mean 'P0-70\d'\?/],
    [['nowhere/at/all'], /^p0lint: no such file or folder: nowhere\/at\/all\n$/],
  ];
  for (const [args, stderr] of cases)
    it(args.join(' '), () =>
      inFolder({}, async (folder) => {
        const ran = await p0lint(folder, args);
        expect([ran.code, ran.stdout]).toEqual([2, '']);
        expect(ran.stderr).toMatch(stderr);
      }),
    );
});
