/**
 * The fixes of rule 6, tried on every fixture: each one alone, and all of them together.
 *
 * After a fix the file parses, the finding is gone and no other has come, gofmt would not change it and go vet accepts it (these two
 * where Go is installed). `// fix safe`, `// fix unsafe` and `// fix none` in the fixtures say what is offered.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chariot } from '../../src/config/chariot.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { applyFixes } from '../../src/engine/fix.ts';
import { loadParser } from '../../src/go/syntax/parser.ts';
import type { Report, ReportedFinding } from '../../src/model/report.ts';
import { diskTree, overlayTree, type SourceTree } from '../../src/project/tree.ts';
import rule from '../../src/rules/ignored-error/index.ts';
import { check } from '../../src/run.ts';
import { FIXTURES } from '../harness/check-fixtures.ts';

const FOLDER = 'rules/ignored-error';
const goInstalled = spawnSync('gofmt', ['-h']).error === undefined;
const disk = diskTree(FIXTURES);
const read = (file: string) => readFileSync(path.join(FIXTURES, file), 'utf8');

function checked(tree: SourceTree, folder: string): Report {
  const settings = defaultSettings([rule], { scope: 'all', dependencies: 'ignore' });
  const rest = {
    moduleCache: undefined,
    vocabulary: chariot,
    rules: [rule],
    repository: null,
    timestamp: null,
  };
  return check({ tree, paths: [folder], settings, ...rest });
}

let report: Report;
/** Of the copy of the fixtures that Go's tools look at. */
let scratch: string;
beforeAll(async () => {
  await loadParser();
  report = checked(disk, FOLDER);
  scratch = mkdtempSync(path.join(tmpdir(), 'p0lint-fixes-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What remains the same when lines move. */
const kinds = (findings: readonly ReportedFinding[]) => {
  const counts = new Map<string, number>();
  for (const { at, id } of findings)
    counts.set(`${at.file} ${id}`, (counts.get(`${at.file} ${id}`) ?? 0) + 1);
  return counts;
};

describe('fixes of ignored-error', () => {
  it('are offered as the fixtures say', () => {
    const problems: string[] = [];
    let marks = 0;
    for (const { path: file } of report.files)
      for (const [index, line] of read(file).split('\n').entries()) {
        const wanted = /\/\/ fix (safe|unsafe|none)\b/.exec(line)?.[1];
        if (wanted === undefined) continue;
        marks++;
        const here = report.findings.filter((f) => f.at.file === file && f.at.line === index + 1);
        const offered = new Set(here.flatMap((f) => f.fixes.map((fix) => fix.safety as string)));
        const right = wanted === 'none' ? offered.size === 0 : offered.size === 1 && offered.has(wanted);
        if (!right || here.length === 0)
          problems.push(`${file}:${index + 1} wants ${wanted}, has ${[...offered].join(' ') || 'none'}`);
      }
    expect(marks).toBeGreaterThan(80);
    expect(problems).toEqual([]);
  });

  it('end the finding, alone: the file parses, nothing else is reported, gofmt changes nothing', () => {
    const problems: string[] = [];
    const texts: string[] = [];
    const withFix = report.findings.filter((f) => f.fixes.length > 0);
    expect(withFix.length).toBeGreaterThan(100);
    for (const finding of withFix) {
      const { files } = applyFixes([finding], { unsafe: true }, read);
      const [fixed] = files;
      const place = `${finding.at.file}:${finding.at.line} ${finding.id}`;
      if (fixed === undefined || files.length !== 1) {
        problems.push(`${place}: nothing changed`);
        continue;
      }
      const folder = path.posix.dirname(fixed.path);
      const after = checked(overlayTree(disk, { [fixed.path]: fixed.after }), folder);
      if (!after.complete) problems.push(`${place}: no longer parses\n${fixed.after}`);
      const before = kinds(report.findings.filter((f) => path.posix.dirname(f.at.file) === folder));
      const now = kinds(after.findings.filter((f) => path.posix.dirname(f.at.file) === folder));
      for (const [kind, count] of now) {
        const allowed = (before.get(kind) ?? 0) - (kind === `${finding.at.file} ${finding.id}` ? 1 : 0);
        // Where fmt is not imported the error is returned as it is, which is worth a note.
        if (count > allowed && !kind.endsWith(' unwrapped-return'))
          problems.push(`${place}: ${kind} was to be ${allowed} times, is ${count}`);
      }
      const name = `${texts.length}.go`;
      writeFileSync(path.join(scratch, name), fixed.after);
      texts.push(`${name} ${place}`);
    }
    if (goInstalled) {
      const { stdout, stderr } = spawnSync('gofmt', ['-d', scratch], { encoding: 'utf8' });
      for (const text of texts) {
        const [name = ''] = text.split(' ');
        if (stdout.includes(`/${name}.orig`) || stderr.includes(`/${name}:`)) problems.push(`gofmt: ${text}`);
      }
      if (problems.length > 0) problems.push(stdout.slice(0, 4000), stderr.slice(0, 2000));
    }
    expect(problems.join('\n')).toBe('');
  }, 300_000);

  it.runIf(goInstalled)(
    'all together, run by run until none is left: gofmt and go vet agree',
    () => {
      const copy = path.join(scratch, 'all');
      cpSync(FIXTURES, copy, { recursive: true });
      for (let turn = 0; turn < 10; turn++) {
        const { findings } = checked(diskTree(copy), FOLDER);
        const { files } = applyFixes(findings, { unsafe: true }, (file) =>
          readFileSync(path.join(copy, file), 'utf8'),
        );
        if (files.length === 0) break;
        expect(turn).toBeLessThan(9);
        for (const file of files) writeFileSync(path.join(copy, file.path), file.after);
      }
      expect(checked(diskTree(copy), FOLDER).findings.filter((f) => f.fixes.length > 0)).toEqual([]);
      const folder = path.join(copy, FOLDER);
      expect(spawnSync('gofmt', ['-d', folder], { encoding: 'utf8' }).stdout).toBe('');
      const env = { ...process.env, GOFLAGS: '', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off' };
      const vet = spawnSync('go', ['vet', `./${FOLDER}/...`], { cwd: copy, env, encoding: 'utf8' });
      expect(vet.stdout + vet.stderr).toBe('');
    },
    300_000,
  );
});
