import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import { reporters } from '../../src/report/index.ts';
import { DEFAULT_OPTIONS, type ReportOptions } from '../../src/report/options.ts';
import { allWell, sampleReport } from './sample.ts';

function text(report: Report, options: Partial<ReportOptions> = {}): string {
  return reporters.text(report, { ...DEFAULT_OPTIONS, ...options });
}

test('80 columns', async () => {
  await expect(text(sampleReport())).toMatchFileSnapshot('expected/text-80.txt');
});

test('200 columns', async () => {
  await expect(text(sampleReport(), { columns: 200 })).toMatchFileSnapshot('expected/text-200.txt');
});

test('all well: the table, then one line', () => {
  const lines = text(allWell()).trimEnd().split('\n');
  expect(lines[0]).toMatch(/^Integration +1 /);
  expect(lines.at(-1)).toBe('14 integrations compliant, 96 files, 0 findings');
  expect(lines.filter((l) => l.startsWith('Vendor'))).toHaveLength(14);
});

describe('the table fits', () => {
  test.each([80, 100, 120, 160, 200])('%d columns', (columns) => {
    const lines = text(sampleReport(), { columns }).split('\n');
    const first = lines.findIndex((l) => /^Integration {2}|^ +vm- /.test(l));
    const table = lines.slice(first, lines.indexOf('Outside integrations'));
    expect(Math.max(...table.map(displayWidth))).toBeLessThanOrEqual(columns);
    expect(table.join('\n')).toMatch(/Wiz +FAIL +FAIL +pass +FAIL +FAIL +FAIL +pass +NON-COMPLIANT/);
  });

  test('with rules broken at their hyphen between', () => {
    const out = text(sampleReport(), { columns: 110 });
    expect(out).toContain(
      '             vm-     check-       validate-    errgroup-  pagination-  ignored-  file-\n',
    );
    expect(out).toContain(
      '\nIntegration  filter  affiliation  credentials  limit      bound        error     length  Verdict\n',
    );
  });

  test('long names are cut rather than the table', () => {
    const report = sampleReport();
    const [first, ...rest] = report.integrations;
    const name = 'CrowdStrikeFalconSpotlightVulnerabilities';
    const out = text({ ...report, integrations: [{ ...first!, name }, ...rest] });
    expect(out).toContain('CrowdStrike…erabilities  ?     ?');
  });
});

test('quiet: findings only', () => {
  const out = text(sampleReport(), { quiet: true });
  expect(out).toContain('P0-102 vm-filter/unfiltered-send');
  expect(out).toContain('P0-002 p0lint/unused-suppression');
  expect(out).not.toMatch(/Verdict|compliant|Outside integrations|crashed/);
  expect(text(allWell(), { quiet: true })).toBe('');
});

test('when only new findings count, only those are shown, and the line says how many', () => {
  const out = text(sampleReport({ gate: { passed: false, failOn: 'error', newOnly: true } }));
  expect(out).toContain('P0-102');
  expect(out).not.toContain('P0-202');
  expect(out).toMatch(/11 findings \(7 errors, 3 warnings, 1 note\), 2 suppressed, 10 new;/);
});

test('suppressed findings are counted and not shown', () => {
  expect(text(sampleReport())).not.toContain('w.audit()');
});

test('paths are shown as the reader stands', () => {
  const displayPath = (path: string) => path.replace('pkg/tasks/integrations/', '../');
  expect(text(sampleReport(), { displayPath })).toContain('\n../wiz/wiz.go:27:3  error  P0-102');
});

test('colour is the painter’s, and takes no room in the table', () => {
  const chalk = new Chalk({ level: 1 });
  const painted = text(sampleReport(), { paint: chalk });
  expect(painted).toContain('\u001b[31mFAIL\u001b[39m');
  expect(stripVTControlCharacters(painted)).toBe(text(sampleReport()));
});

test('in the log of a job no line is a command', () => {
  const out = text(sampleReport(), { inActionsLog: true });
  expect(out).not.toContain('##[');
  expect(out).not.toMatch(/^\s*::/m);
});

test('nothing found at all', () => {
  const report = sampleReport({ ...{ integrations: [], findings: [], notifications: [], complete: true } });
  expect(text(report)).toBe('no integration, 9 files, 0 findings\n');
});
