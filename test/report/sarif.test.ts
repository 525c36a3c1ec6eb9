import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { DEFAULT_OPTIONS, type ReportOptions } from '../../src/report/options.ts';
import { sarif } from '../../src/report/sarif.ts';
import schema from '../schemas/sarif-2.1.0.json' with { type: 'json' };
import { allWell, hostileReport, sampleReport } from './sample.ts';

const validate = addFormats.default(new Ajv2020({ strict: false, allErrors: true })).compile(schema);

function log(report: Report, options: Partial<ReportOptions> = {}): Log {
  return JSON.parse(sarif(report, { ...DEFAULT_OPTIONS, ...options }));
}

function run(report: Report, options: Partial<ReportOptions> = {}): Run {
  return log(report, options).runs[0]!;
}

function results(report: Report, options: Partial<ReportOptions> = {}): Result[] {
  return run(report, options).results ?? [];
}

function result(code: string): Result {
  return results(sampleReport()).find((r) => r.ruleId === code)!;
}

const everything = { include: new Set(['suppressed', 'passes'] as const), category: 'p0lint/go' };
const newOnly = { gate: { passed: true, failOn: 'error', newOnly: true } } as const;

describe('every log', () => {
  const logs: readonly (readonly [string, Log])[] = [
    ['sample', log(sampleReport())],
    ['with everything', log(sampleReport({ timestamp: '2026-11-21T03:00:00.000Z' }), everything)],
    ['new findings only', log(sampleReport({ ...newOnly, repository: null }), everything)],
    ['all well', log(allWell(), everything)],
    ['empty', log(sampleReport({ findings: [], integrations: [], notifications: [] }))],
    ['hostile', log(hostileReport('a`b](1) [c](2)\n{0} \u202e\ud83d <b>%'), everything)],
  ];

  test.each(logs)('is valid by the schema: %s', (_, it) => {
    expect(validate(it), JSON.stringify(validate.errors, null, 1)).toBe(true);
  });

  test.each(logs)('refers to what is there: %s', (_, { runs: [it] }) => {
    const rules = it!.tool.driver.rules ?? [];
    const taxa = it!.taxonomies?.[0]?.taxa ?? [];
    for (const rule of rules)
      for (const { target } of rule.relationships ?? []) expect(taxa[target.index!]?.id).toBe(target.id);
    for (const r of it!.results ?? []) {
      const rule = rules[r.ruleIndex!]!;
      expect(rule.id).toBe(r.ruleId);
      expect(r.locations).toHaveLength(1);
      // The text is the template with its arguments, so that all viewers say the same.
      if (r.message.id !== undefined) {
        const args = r.message.arguments ?? [];
        const template = rule.messageStrings![r.message.id]!.text;
        expect(template.replace(/\{(\d+)\}/g, (_, n) => args[n] ?? '?')).toBe(r.message.text);
      }
      const links = [...(r.message.text ?? '').matchAll(/\]\((\d+)\)/g)].map((m) => Number(m[1]));
      expect(links).toEqual((r.relatedLocations ?? []).map((l) => l.id));
      expect(r.message).not.toHaveProperty('markdown');
    }
  });

  test.each(logs)(
    'has suppressions and baseline states on all results or on none: %s',
    (_, { runs: [it] }) => {
      const all = it!.results ?? [];
      for (const key of ['suppressions', 'baselineState'] as const)
        expect([0, all.length]).toContain(all.filter((r) => r[key] !== undefined).length);
    },
  );

  test.each(logs)('keeps GitHub’s limits on texts: %s', (_, { runs: [it] }) => {
    for (const rule of it!.tool.driver.rules ?? []) {
      expect(rule.name).toMatch(/^([A-Z][a-z0-9]+)+$/);
      expect(rule.shortDescription!.text.length).toBeLessThanOrEqual(1024);
      expect(rule.fullDescription!.text.length).toBeLessThanOrEqual(1024);
      expect(rule.help!.text).not.toBe('');
      expect(rule.properties!.tags!.length).toBeLessThanOrEqual(10);
      expect(['note', 'warning', 'error']).toContain(rule.defaultConfiguration!.level);
    }
  });

  test.each(logs)('holds relative, encoded addresses only: %s', (_, it) => {
    const uris = [...JSON.stringify(it).matchAll(/"uri":"([^"]*)"/g)].map((m) => m[1]!);
    for (const uri of uris) {
      expect(uri).toMatch(/^[A-Za-z0-9\-._~%/]+$/);
      expect(uri).not.toMatch(/^\/|^\w+:/);
    }
  });
});

test('a finding in full', async () => {
  await expect(`${JSON.stringify(result('P0-102'), null, 2)}\n`).toMatchFileSnapshot(
    'expected/result.sarif.json.snap',
  );
});

test('a descriptor in full', async () => {
  const rule = run(sampleReport()).tool.driver.rules!.find((r) => r.id === 'P0-102');
  await expect(`${JSON.stringify(rule, null, 2)}\n`).toMatchFileSnapshot(
    'expected/descriptor.sarif.json.snap',
  );
});

describe('messages', () => {
  test('link each related place', () => {
    expect(result('P0-102').message).toEqual({
      text: "'asset' is sent and no filter was asked about it, so systems out of scope would be scanned. Ask w.Filter.Asset(&asset) first and skip what it rejects. See [made here](1), [the filter that should be asked](2).",
      id: 'default2',
      arguments: ['asset', 'w.Filter', 'made here', 'the filter that should be asked'],
    });
  });

  test('text of the checked code makes no link', () => {
    const [first] = results(hostileReport('h[0](x) [y](https://evil.example)'));
    expect(first!.message.text).not.toMatch(/\]\((?!\d+\))/);
    expect(first!.message.text).toContain('h[0] (x)');
  });

  test('one that its rule does not describe is given as it is', () => {
    const [, other] = results(hostileReport('something else'));
    expect(other!.message).toEqual({ text: 'something else. See [something else](1).' });
  });

  test('braces of a template are doubled, as SARIF wants', () => {
    const report = sampleReport();
    const rules = report.rules.map((rule) =>
      rule.id !== 'pagination-bound'
        ? rule
        : {
            ...rule,
            messages: {
              ...rule.messages,
              unbounded: { ...rule.messages.unbounded!, text: 'for {} never ends.' },
            },
          },
    );
    const findings = report.findings.map((f) =>
      f.id === 'unbounded' ? { ...f, message: 'for {} never ends.' } : f,
    );
    const it = run({ ...report, rules, findings });
    expect(it.tool.driver.rules!.find((r) => r.id === 'P0-501')!.messageStrings!.default!.text).toBe(
      'for {{}} never ends.',
    );
    expect(it.results!.find((r) => r.ruleId === 'P0-501')!.message.text).toBe('for {} never ends.');
  });
});

describe('places', () => {
  test('the region is tight, its snippet exact, and its context around it', () => {
    const { region, contextRegion } = result('P0-202').locations![0]!.physicalLocation!;
    expect(region).toEqual({
      ...{ startLine: 38, startColumn: 15, endLine: 38, endColumn: 31 },
      snippet: { text: 'CheckAffiliation' },
    });
    expect(contextRegion).toMatchObject({ startLine: 36, endLine: 40, startColumn: 1 });
    expect(contextRegion!.snippet!.text!.split('\n')).toHaveLength(5);
  });

  test('a context that is no more than the region is left out: SARIF forbids it', () => {
    const report = hostileReport('one line');
    expect(results(report)[0]!.locations![0]!.physicalLocation).not.toHaveProperty('contextRegion');
  });

  test('lines that the report did not keep are left out', () => {
    const [first] = results(sampleReport({ excerpts: new Map() }));
    const { region, contextRegion } = first!.locations![0]!.physicalLocation!;
    expect(region).not.toHaveProperty('snippet');
    expect(contextRegion).toBeUndefined();
  });

  test('a path is a code flow', () => {
    const steps = result('P0-102').codeFlows![0]!.threadFlows[0]!.locations;
    expect(steps.map((s) => s.location!.message!.text)).toEqual([
      ...['the nodes are listed', 'each becomes an asset', 'and is sent'],
    ]);
    expect(result('P0-202')).not.toHaveProperty('codeFlows');
  });
});

test('fingerprints: GitHub’s and our own', () => {
  expect(result('P0-102').partialFingerprints).toEqual({
    primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{1,16}:1$/),
    'p0lintFingerprint/v1': expect.stringMatching(/^[0-9a-f]{16}$/),
  });
});

test('fixes replace and insert', () => {
  const [fix] = result('P0-601').fixes ?? result('P0-401').fixes!;
  expect(fix!.artifactChanges[0]!.replacements[0]).toEqual({
    deletedRegion: { startLine: 21, startColumn: 22, endLine: 21, endColumn: 22 },
    insertedContent: { text: '\n\tg.SetLimit(10)' },
  });
});

describe('what GitHub would show as open alerts is left out', () => {
  test('suppressed findings', () => {
    const reasons = (all: Result[]) =>
      all.flatMap((r) => r.suppressions?.map((s) => `${s.kind}: ${s.justification}`) ?? []);
    expect(results(sampleReport())).toHaveLength(11);
    const all = results(sampleReport(), { include: new Set(['suppressed']) });
    expect(all).toHaveLength(13);
    expect(reasons(all)).toEqual([
      ...[
        'external: recorded in p0lint-baseline.json',
        'inSource: the audit log is best effort, see `@org/audit` #12',
      ],
    ]);
  });

  test('passes', () => {
    expect(results(sampleReport()).every((r) => r.kind === undefined)).toBe(true);
    const passes = results(sampleReport(), { include: new Set(['passes']) }).filter(
      (r) => r.kind !== undefined,
    );
    expect(passes.every((r) => r.level === 'none')).toBe(true);
    expect(passes.find((r) => r.ruleId === 'P0-300' && r.message.text?.includes('Wiz'))!.message.text).toBe(
      "'Wiz' meets requirement 3: Invoke validates credentials first and fails fast. See [called first](1), [fails fast](2).",
    );
    expect(passes.filter((r) => r.kind === 'notApplicable').map((r) => r.message.text)).toContain(
      "Requirement 1 does not apply to 'Okta': Surface() returns attacksurface.SCM. It is: Every asset or risk is filtered before it is sent.",
    );
  });
});

describe('the run', () => {
  test('never says that the execution failed: GitHub would refuse the log', () => {
    const [invocation] = run(sampleReport({ complete: false })).invocations!;
    expect(invocation!.executionSuccessful).toBe(true);
    expect(invocation!.toolExecutionNotifications!.map((n) => n.level)).toEqual(['error', 'note']);
  });

  test('has no category unless given', () => {
    expect(run(sampleReport())).not.toHaveProperty('automationDetails');
    expect(run(sampleReport(), { category: 'p0lint/go' }).automationDetails).toEqual({ id: 'p0lint/go/' });
    expect(run(sampleReport(), { category: 'a/' }).automationDetails).toEqual({ id: 'a/' });
  });

  test('has no address of its root', () => {
    expect(run(sampleReport()).originalUriBaseIds!['%SRCROOT%']).not.toHaveProperty('uri');
    expect(run(sampleReport()).columnKind).toBe('utf16CodeUnits');
  });

  test('names its repository without credentials', () => {
    const url = 'https://user:token@github.com/acme/platform.git';
    expect(run(sampleReport({ repository: { url, revision: 'abc' } })).versionControlProvenance).toEqual([
      {
        repositoryUri: 'https://github.com/acme/platform',
        revisionId: 'abc',
        mappedTo: { uriBaseId: '%SRCROOT%' },
      },
    ]);
  });

  test('is named by a schema that VS Code accepts', () => {
    expect(log(sampleReport()).$schema).toMatch(/\/sarif-2\.1\.0\.json$/);
  });

  test('severity of security is a string', () => {
    const rule = run(sampleReport()).tool.driver.rules!.find((r) => r.id === 'P0-102')!;
    expect(rule.properties).toMatchObject({ 'security-severity': '7.5', precision: 'high' });
    expect(rule.properties!.tags).toContain('external/cwe/cwe-862');
  });
});
