/**
 * What the fixtures of rule 4 cannot say: options, the documentation's examples, fixes, forks, and that it ends.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/engine/fix.ts';
import { loadParser } from '../../src/go/syntax/parser.ts';
import type { Report } from '../../src/model/report.ts';
import rule from '../../src/rules/errgroup-limit/index.ts';
import { checkFixtures, FIXTURES } from '../harness/check-fixtures.ts';
import { reportOf } from '../harness/in-memory.ts';

beforeAll(async () => {
  await loadParser();
});

const noGofmt = spawnSync('gofmt', ['-l'], { input: '' }).error !== undefined;

function run(source: string, { go = '1.24', config }: { go?: string; config?: string } = {}): Report {
  const files = { 'go.mod': `module example.com/app\n\ngo ${go}\n`, 'acme/acme.go': source };
  return reportOf(files, [rule], config === undefined ? {} : { config });
}

const found = (report: Report) => report.findings.map((f) => `${f.id}@${f.at.line}`);

function inFunction(statements: string, more = ''): string {
  const body = statements.trim().replaceAll(/^(?=.)/gm, '\t');
  return `package acme

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func fetch(ctx context.Context, id string) error { return ctx.Err() }

func run(ctx context.Context, ids []string) error {
${body}
}
${more}`;
}

describe('examples', () => {
  for (const [id, { bad, good }] of Object.entries(rule.messages)) {
    it(`${id}: the bad one has it, and nothing else`, () => {
      expect(new Set(run(bad).findings.map((f) => f.id))).toEqual(new Set([id]));
    });
    it(`${id}: the good one passes`, () => {
      expect(found(run(good))).toEqual([]);
    });
    it.skipIf(noGofmt)(`${id}: both are formatted as gofmt does`, () => {
      for (const source of [bad, good])
        expect(spawnSync('gofmt', { input: source, encoding: 'utf8' }).stdout).toBe(source);
    });
  }
});

describe('options', () => {
  const limited = (n: string) =>
    inFunction(
      `g := new(errgroup.Group)\ng.SetLimit(${n})\ng.Go(func() error { return nil })\nreturn g.Wait()`,
    );

  it('takes the range from the configuration', () => {
    const config = 'rules:\n  errgroup-limit:\n    minLimit: 2\n    maxLimit: 200\n';
    expect(found(run(limited('150')))).toEqual(['limit-out-of-range@13']);
    expect(found(run(limited('150'), { config }))).toEqual([]);
    expect(found(run(limited('1'), { config }))).toEqual(['limit-out-of-range@13']);
    expect(found(run(limited('0'), { config }))).toEqual(['limit-not-positive@13']);
  });

  const captured = inFunction(`
g := new(errgroup.Group)
g.SetLimit(2)
for _, id := range ids {
	g.Go(func() error { return fetch(ctx, id) })
}
return g.Wait()`);

  it('demands the copy in every version, if it is told to', () => {
    const config = 'rules:\n  errgroup-limit:\n    loopCapture: always\n';
    expect(found(run(captured))).toEqual([]);
    expect(found(run(captured, { config }))).toEqual(['loop-variable@15']);
    expect(found(run(captured, { go: '1.21', config }))).toEqual(['loop-variable@15']);
    const copied = captured.replace('\tg.Go', '\tid := id\n\t\tg.Go');
    expect(found(run(copied, { config }))).toEqual([]);
  });

  it('knows the forks that the configuration names, and only those', () => {
    const fork = captured
      .replace('golang.org/x/sync/errgroup', 'github.com/acme/errgroup')
      .replace('\tg.SetLimit(2)\n', '');
    expect(found(run(fork))).toEqual([]);
    const config = 'platform:\n  groupPackages: [golang.org/x/sync/errgroup, github.com/acme/errgroup]\n';
    expect(found(run(fork, { config }))).toEqual(['no-limit@12']);
  });
});

describe('groups without the source of errgroup', () => {
  it('follows embedded groups, fields and results', () => {
    const source = inFunction(
      'p := newPool()\nfor _, id := range ids {\n\tp.Go(func() error { return fetch(ctx, id) })\n}\nreturn p.Wait()',
      `
type pool struct{ *errgroup.Group }

func newPool() *pool { return &pool{Group: new(errgroup.Group)} }
`,
    );
    expect(found(run(source))).toEqual(['no-limit@21']);
    expect(found(run(source.replace('p := newPool()', 'p := newPool()\n\tp.SetLimit(3)')))).toEqual([]);
  });
});

/** The source after the fixes, run until there are none. */
function mend(source: string, unsafe: boolean, go = '1.24'): string {
  let text = source;
  for (let round = 0; round < 5; round++) {
    const { files } = applyFixes(run(text, { go }).findings, { unsafe }, () => text);
    if (files.length === 0) return text;
    text = files[0]!.after;
  }
  throw new Error('the fixes do not come to an end');
}

describe('fixes', () => {
  const unlimited = `
g, ctx := errgroup.WithContext(ctx) // stops at the first error
for _, id := range ids {
	g.Go(func() error { return fetch(ctx, id) })
}
return g.Wait()`;

  it('limits the group, safely where goroutines cannot wait for each other', () => {
    const fixed = mend(inFunction(unlimited), false);
    expect(fixed).toContain('// stops at the first error\n\tg.SetLimit(10)\n\tfor');
    expect(found(run(fixed))).toEqual([]);
  });

  it.each([
    ['a channel', 'g.Go(func() error { done <- id; return nil })'],
    ['a channel in what it calls', 'g.Go(func() error { return send(done) })'],
    ['Go on the same group', 'g.Go(func() error { g.Go(func() error { return nil }); return nil })'],
    ['TryGo', 'g.TryGo(func() error { return fetch(ctx, id) })'],
    ['a function that is not known', 'g.Go(task)'],
  ])('is unsafe where there is %s', (_, statement) => {
    const source = inFunction(
      `done := make(chan string)\nvar task func() error\ng := new(errgroup.Group)\nfor _, id := range ids {\n\t_ = id\n\t${statement}\n}\nreturn g.Wait()`,
      '\nfunc send(done chan string) error {\n\tdone <- ""\n\treturn nil\n}\n',
    );
    const fixes = run(source).findings.flatMap((f) => f.fixes.map((fix) => fix.safety));
    expect(fixes).toEqual(['unsafe']);
    expect(found(run(mend(source, true)))).toEqual([]);
  });

  it('copies loop variables, one after the other', () => {
    const source = inFunction(`
g := new(errgroup.Group)
g.SetLimit(2)
for i, id := range ids {
	g.Go(func() error { _ = i; return fetch(ctx, id) })
}
return g.Wait()`);
    const fixed = mend(source, false, '1.20');
    expect(fixed).toContain('\t\ti := i\n');
    expect(fixed).toContain('\t\tid := id\n');
    expect(found(run(fixed, { go: '1.20' }))).toEqual([]);
  });

  it('leaves a loop variable alone that the body changes', () => {
    const source = inFunction(`
g := new(errgroup.Group)
g.SetLimit(2)
for i := 0; i < len(ids); i++ {
	g.Go(func() error { return fetch(ctx, ids[i]) })
	i++
}
return g.Wait()`);
    const [finding] = run(source, { go: '1.20' }).findings;
    expect(finding?.id).toBe('loop-variable');
    expect(finding?.fixes).toEqual([]);
  });

  it('keeps carriage returns', () => {
    const source = inFunction(unlimited).replaceAll('\n', '\r\n');
    const fixed = mend(source, true);
    expect(fixed).toContain('error\r\n\tg.SetLimit(10)\r\n');
    expect(fixed.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('has none where comments of neighbouring lines are aligned', () => {
    const source = inFunction(
      'g := new(errgroup.Group) // the group\nn := 1                   // one\n_ = n\ng.Go(func() error { return nil })\nreturn g.Wait()',
    );
    expect(run(source).findings.map((f) => [f.id, f.fixes.length])).toEqual([['no-limit', 0]]);
  });

  // Every fix of every fixture: the finding is gone, nothing new appears, and gofmt agrees.
  const cases = readdirSync(path.join(FIXTURES, 'rules/errgroup-limit'));
  it.each(cases)('mends the fixtures: %s', (name) => {
    const folder = `rules/errgroup-limit/${name}`;
    const { report } = checkFixtures(folder, [rule]);
    const fixable = report.findings.filter((f) => f.fixes.length > 0);
    for (const finding of fixable) {
      const read = (file: string) => readFileSync(path.join(FIXTURES, file), 'utf8');
      const { files } = applyFixes([finding], { unsafe: true }, read);
      const [file] = files;
      const module = readModule(path.join(FIXTURES, folder));
      const after = reportOf({ ...module, [path.relative(folder, finding.at.file)]: file!.after }, [rule]);
      const moved = after.findings.map((f) => `${f.id} ${f.symbol} ${f.data.variable ?? f.data.group ?? ''}`);
      const gone = `${finding.id} ${finding.symbol} ${finding.data.variable ?? finding.data.group ?? ''}`;
      const before = reportOf(module, [rule]).findings.map(
        (f) => `${f.id} ${f.symbol} ${f.data.variable ?? f.data.group ?? ''}`,
      );
      expect(after.files.every((f) => f.state === 'analysed')).toBe(true);
      expect(count(moved, gone)).toBe(count(before, gone) - 1);
      expect(moved.length).toBe(before.length - 1);
      if (!noGofmt)
        expect(spawnSync('gofmt', { input: file!.after, encoding: 'utf8' }).stdout).toBe(file!.after);
    }
  });
  it.skipIf(!noGofmt)('gofmt is not installed: that it agrees with the fixes was not tested', () => {});
});

function count(list: readonly string[], item: string): number {
  return list.filter((x) => x === item).length;
}

/** The files of one case as a module of its own. */
function readModule(folder: string): Record<string, string> {
  const module = `example.com/fixtures/${path.relative(FIXTURES, folder).split(path.sep).join('/')}`;
  const files: Record<string, string> = { 'go.mod': `module ${module}\n\ngo 1.24\n` };
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/\.go$|^go\.mod$/.test(name)) files[name] = readFileSync(path.join(folder, name), 'utf8');
  return files;
}

describe('it ends', () => {
  it('in functions that hand a group to each other', () => {
    const functions = Array.from(
      { length: 40 },
      (_, i) =>
        `func f${i}(g *errgroup.Group, next func(*errgroup.Group)) {\n\tg.Go(func() error { return nil })\n\tif next != nil {\n\t\tnext(g)\n\t}\n\tf${(i + 1) % 40}(g, func(h *errgroup.Group) { f${(i * 7) % 40}(h, next) })\n}\n`,
    ).join('\n');
    const report = run(inFunction('g := new(errgroup.Group)\nf0(g, nil)\nreturn g.Wait()', `\n${functions}`));
    expect(report.findings.map((f) => f.id)).toContain('no-limit');
  });

  it('in a function with thousands of branches', () => {
    const branches = 'if len(ids) > 1 {\n\tg.Go(func() error { return nil })\n}\n'.repeat(3000);
    const report = run(inFunction(`g := new(errgroup.Group)\n${branches}return g.Wait()`));
    expect(found(report)).toEqual(['no-limit@12']);
  });

  it('with types that contain themselves', () => {
    const types = `
type tree []tree

type link struct {
	*link
	next *link
}

func grow(t tree, l *link, c chan chan tree) (tree, *link) { return t, l }
`;
    const statements = `
g := new(errgroup.Group)
var l *link
var c chan chan tree
t, l := grow(nil, l, c)
_, _ = grow(t, l.link, c)
l.Go(func() error { return nil })
g.Go(func() error { return nil })
return g.Wait()`;
    expect(found(run(inFunction(statements, types)))).toEqual(['no-limit@12']);
  });
});
