import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import schema from '../../schemas/report.schema.json' with { type: 'json' };
import type { Report } from '../../src/model/report.ts';
import { type FormatName, formatNames, reporters } from '../../src/report/index.ts';
import { DEFAULT_OPTIONS, type ReportOptions } from '../../src/report/options.ts';
import { allWell, finding, hostileReport, sampleReport } from './sample.ts';

function render(format: FormatName, report: Report, options: Partial<ReportOptions> = {}): string {
  return reporters[format](report, { ...DEFAULT_OPTIONS, ...options });
}

const ajv = addFormats.default(new Ajv2020({ allErrors: true }));

describe('compact', () => {
  test('one line per finding', async () => {
    await expect(render('compact', sampleReport())).toMatchFileSnapshot('expected/compact.txt');
  });
  test('nothing where nothing was found', () => expect(render('compact', allWell())).toBe(''));
  test('quiet leaves out what is about the run', () => {
    expect(render('compact', sampleReport(), { quiet: true })).not.toContain('crashed');
  });
});

describe('json', () => {
  const validate = ajv.compile(schema);

  test('is as the schema says', async () => {
    const text = render('json', sampleReport());
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors, null, 2)).toBe(true);
    await expect(text).toMatchFileSnapshot('expected/report.json.snap');
  });

  test.each([
    ['all well', allWell()],
    ['with a time', sampleReport({ timestamp: '2026-11-21T03:00:00.000Z' })],
    ['hostile', hostileReport('a\u202e"\\\n::error::x ##[y] \u{e0041}\ud83d')],
    ['empty', sampleReport({ integrations: [], findings: [], notifications: [], files: [] })],
  ])('the schema holds: %s', (_, report) => {
    expect(validate(JSON.parse(render('json', report))), JSON.stringify(validate.errors)).toBe(true);
  });

  test('the schema is strict', () => {
    const valid = JSON.parse(render('json', sampleReport()));
    expect(validate({ ...valid, schemaVersion: 2 })).toBe(false);
    expect(validate({ ...valid, extra: 1 })).toBe(false);
    const [first, ...rest] = valid.findings;
    expect(validate({ ...valid, findings: [{ ...first, line: 0 }, ...rest] })).toBe(false);
    expect(validate({ ...valid, findings: [{ ...first, file: '/etc/passwd' }, ...rest] })).toBe(false);
  });

  test('findings name integrations by package and name, which stand in the entries', () => {
    const { integrations, findings } = JSON.parse(render('json', sampleReport()));
    const keys = new Set(
      integrations.map((i: { package: string; name: string }) => `${i.package}.${i.name}`),
    );
    const named = findings.flatMap((f: { integrations: string[] }) => f.integrations);
    expect(named.length).toBeGreaterThan(0);
    for (const key of named) expect(keys).toContain(key);
  });

  test('is sorted whatever the order of the report', () => {
    const report = sampleReport();
    const shuffled = {
      ...report,
      findings: report.findings.toReversed(),
      integrations: report.integrations.toReversed(),
    };
    expect(render('json', shuffled)).toBe(render('json', report));
  });

  test('holds the very text, and prints nothing that a terminal or a runner acts on', () => {
    const evil = 'a\u202e\u009b31m\u2028##[error]\ud83d\u{e0041}';
    const text = render('json', hostileReport(evil));
    expect(JSON.parse(text).findings.at(-1).related[0].message).toBe(evil);
    expect(text).not.toMatch(/[\u0080-\u009f\u202e\u2028]|##\[/);
  });
});

describe('manifest', () => {
  test('one document per integration', async () => {
    const text = render('manifest', sampleReport());
    await expect(text).toMatchFileSnapshot('expected/manifest.yaml.snap');
    const documents = parseAllDocuments(text).map((d) => d.toJS().compliance);
    expect(documents.map((d) => d.integration)).toEqual(['Nessus', 'Task', 'Tenable', 'Okta', 'Task', 'Wiz']);
    expect(documents.at(-1)).toMatchObject({
      status: 'NON-COMPLIANT',
      violations_count: 5,
      warnings_count: 0,
    });
    expect(documents.at(-1).p0_checks).toHaveLength(7);
  });

  test.each(['yes', '1.0', '- x', 'a: b', '#x', '"', "'", '*a', '!!js', 'x\n---\ny: 1', '\u0000'])(
    'foreign text stays text: %j',
    (evil) => {
      const documents = parseAllDocuments(render('manifest', hostileReport(evil)));
      expect(documents).toHaveLength(1);
      expect(documents[0]?.errors).toEqual([]);
      const { compliance } = documents[0]?.toJS() ?? {};
      expect(Object.keys(compliance)).toEqual([
        ...['integration', 'package', 'status', 'p0_checks', 'violations_count', 'warnings_count'],
      ]);
      expect(typeof compliance.integration).toBe('string');
    },
  );

  test('says so where there is no integration', () => {
    expect(render('manifest', sampleReport({ integrations: [] }))).toBe('# No integration was found.\n');
  });
});

describe('github', () => {
  test('one command per finding, most severe first', async () => {
    await expect(render('github', sampleReport())).toMatchFileSnapshot('expected/github.txt');
  });

  test('ten of each kind, and what was left out is said', () => {
    const base = sampleReport();
    const [one] = base.findings.filter((f) => f.code === 'P0-501');
    const many = (n: number, level: 'error' | 'warning' | 'note') =>
      Array.from({ length: n }, () => ({ ...one!, level }));
    const findings = [...many(12, 'note'), ...many(3, 'warning'), ...many(11, 'error')];
    const lines = render('github', { ...base, findings, notifications: [] })
      .trimEnd()
      .split('\n');
    const kinds = lines.map((l) => /^::(\w+) /.exec(l)?.[1] ?? 'text');
    expect(kinds.filter((k) => k === 'error')).toHaveLength(10);
    expect(kinds.filter((k) => k === 'warning')).toHaveLength(3);
    expect(kinds.filter((k) => k === 'notice')).toHaveLength(10);
    expect(kinds.indexOf('notice')).toBeGreaterThan(kinds.lastIndexOf('error'));
    expect(lines.at(-2)).toMatch(/^Not annotated: 1 error, 2 notes\. GitHub takes 10/);
  });

  test('when only new findings count, only they are annotated', () => {
    const out = render('github', sampleReport({ gate: { passed: false, failOn: 'error', newOnly: true } }));
    expect(out).not.toContain('P0-202');
  });

  test('a long message is cut before the runner does it', () => {
    const long = finding({ ...sampleReport().findings[0]!, message: '%'.repeat(10_000) });
    const [line] = render('github', { ...sampleReport(), findings: [long], notifications: [] }).split('\n');
    expect(line!.slice(line!.lastIndexOf('::') + 2)).toBe(`${'%25'.repeat(4_000)}…`);
  });

  test('properties and text are escaped as the runner unescapes them', () => {
    const evil = 'a,line=9::%0A:b\nc';
    const out = render('github', hostileReport(evil));
    const commands = out.split('\n').filter((l) => l.startsWith('::'));
    expect(commands).toHaveLength(4);
    for (const command of commands) {
      const [, head, data] = /^::(.*?)::(.*)$/.exec(command)!;
      expect(head).toMatch(/^(error|warning) file=pkg\/a%2Cline=9%3A%3A%250A%3Ab<U\+000A>c\.go,line=1,/);
      expect(data).not.toContain('%0A:b\n');
    }
  });
});

test('every format: no path of a machine, no time unless asked for, the same bytes twice', () => {
  for (const format of formatNames) {
    const options = { include: new Set(['suppressed', 'passes'] as const) };
    const text = render(format, sampleReport(), options);
    expect(text).toBe(render(format, sampleReport(), options));
    expect(text).not.toMatch(/2026-|\/work|\/tmp|\/home|file:\/\//);
    expect(text.endsWith('\n')).toBe(true);
  }
});
