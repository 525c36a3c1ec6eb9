/**
 * The SARIF Multitool's strict rules and GitHub's find no error and no warning. It is large and native, so it is no dependency: the test runs
 * where `@microsoft/sarif-multitool` is installed (`npm install --no-save @microsoft/sarif-multitool`) or SARIF_MULTITOOL names the program.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { Log } from 'sarif';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { DEFAULT_OPTIONS, type ReportOptions } from '../../src/report/options.ts';
import { sarif } from '../../src/report/sarif.ts';
import { allWell, hostileReport, sampleReport } from './sample.ts';

const program = findProgram();
const folder = mkdtempSync(path.join(os.tmpdir(), 'p0lint-sarif-'));
afterAll(() => rmSync(folder, { recursive: true }));

function findProgram(): string | undefined {
  if (process.env.SARIF_MULTITOOL !== undefined) return process.env.SARIF_MULTITOOL;
  try {
    const root = path.dirname(
      createRequire(import.meta.url).resolve('@microsoft/sarif-multitool-linux/package.json'),
    );
    const file = path.join(root, 'Sarif.Multitool');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** What the Multitool complains of. Its exit code says nothing, and a rule that throws is off for the files after: one file per process. */
function complaints(text: string): string[] {
  const file = path.join(folder, 'p0lint.sarif');
  const output = path.join(folder, 'validation.sarif');
  writeFileSync(file, text);
  rmSync(output, { force: true });
  const args = [
    'validate',
    file,
    '--rule-kind',
    'Sarif;Ghas',
    '--config',
    path.join(import.meta.dirname, 'sarif-strict.xml'),
  ];
  const limits = ['--max-file-size-in-kb', '102400', '--output', output, '--log', 'ForceOverwrite;Minify'];
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const { stdout, stderr } = spawnSync(program ?? '', [...args, ...limits], { encoding: 'utf8', env });
  if (!existsSync(output)) throw new Error(`no validation log: ${stdout}${stderr}`);
  const { runs } = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, '')) as Log;
  const failed = (runs[0]?.invocations ?? []).flatMap((i) => i.toolExecutionNotifications ?? []);
  const results = (runs[0]?.results ?? []).filter(
    (r) => r.level === 'error' || (r.level ?? 'warning') === 'warning',
  );
  return [
    ...failed.map((n) => `failed: ${n.message.text}`),
    ...results.map((r) => `${r.ruleId}: ${r.message.arguments?.join(' ')}`),
  ];
}

const everything = { include: new Set(['suppressed', 'passes'] as const), category: 'p0lint/go' };
const newOnly = { gate: { passed: true, failOn: 'error', newOnly: true } } as const;

describe.skipIf(program === undefined)('the Multitool accepts', () => {
  const cases: readonly (readonly [string, Report, Partial<ReportOptions>])[] = [
    ['the sample', sampleReport(), {}],
    ['passes and suppressed findings', sampleReport({ timestamp: '2026-11-21T03:00:00.000Z' }), everything],
    ['new findings only', sampleReport({ ...newOnly, repository: null }), everything],
    ['a run in which all is well', allWell(), {}],
    [
      'a run that found nothing to check',
      sampleReport({ findings: [], integrations: [], notifications: [] }),
      {},
    ],
    ['hostile text', hostileReport('a`b](1) [c](2)\n{0} \u202e\ud83d <b>%'), everything],
  ];

  test.each(cases)('%s', (_, report, options) => {
    expect(complaints(sarif(report, { ...DEFAULT_OPTIONS, ...options }))).toEqual([]);
  });

  test('and would not accept an absolute path', () => {
    const log = sarif(sampleReport(), DEFAULT_OPTIONS).replaceAll('"uri": "pkg/', '"uri": "/pkg/');
    expect(complaints(log).join('\n')).toMatch(/SARIF1004|GH1005/);
  });
});
