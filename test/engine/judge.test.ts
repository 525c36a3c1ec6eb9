/**
 * Statuses and verdicts: decision 1 in all its orders, waivers, what was not checked, crashes, damage.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../../src/go/syntax/parser.ts';
import type { Report } from '../../src/model/report.ts';
import { integration, type MemoryRun, reportOf } from '../harness/in-memory.ts';
import { integrationRule, packageRule } from '../harness/marker-rule.ts';

beforeAll(() => loadParser());

const one = integrationRule('one', 1);
const four = packageRule('four', 4);
const seven = packageRule('seven', 7);
const rules = [one, four, seven];

function judged(body: string, run: MemoryRun = {}, more: Record<string, string> = {}) {
  const report = reportOf(integration(body, more), rules, run);
  return { report, ...statusesOf(report) };
}

function statusesOf(report: Report) {
  const [wiz] = report.integrations.filter((i) => i.name === 'Wiz');
  const requirement = (rule: string) => wiz?.requirements.find((r) => r.rule === rule);
  return { wiz, one: requirement('one'), four: requirement('four'), verdict: wiz?.verdict };
}

const MARKS = { bad: 'bad()', gap: 'gap()', warn: 'warn()', note: 'note()', good: 'good()' } as const;

describe('the status is the first that holds', () => {
  const expected: readonly (readonly [
    marks: readonly (keyof typeof MARKS)[],
    status: string,
    verdict: string,
  ])[] = [
    [['bad', 'gap', 'warn', 'good'], 'fail', 'NON-COMPLIANT'],
    [['bad', 'gap'], 'fail', 'NON-COMPLIANT'],
    [['gap', 'warn', 'good'], 'unknown', 'NON-COMPLIANT'],
    [['gap', 'good'], 'unknown', 'NON-COMPLIANT'],
    [['gap'], 'unknown', 'NON-COMPLIANT'],
    [['warn', 'good'], 'warn', 'COMPLIANT'],
    [['warn'], 'warn', 'COMPLIANT'],
    [['note', 'good'], 'pass', 'COMPLIANT'],
    [['good'], 'pass', 'COMPLIANT'],
    [[], 'not-applicable', 'COMPLIANT'],
  ];
  for (const [marks, status, verdict] of expected)
    for (const order of [marks, [...marks].reverse()])
      it(`${order.join(', ') || 'nothing'}: ${status}, ${verdict}`, () => {
        const { one, four, verdict: found } = judged(order.map((mark) => MARKS[mark]).join('\n'));
        expect([one?.status, four?.status, found]).toEqual([status, status, verdict]);
      });

  it('a note beside nothing else: something was looked at', () =>
    expect(judged('note()').four?.status).toBe('pass'));
  it('a cap lowers an error to a warning, whatever is configured', () => {
    expect(judged('probably()').one?.status).toBe('warn');
    expect(judged('probably()', { config: 'rules: { one: { probably: error } }' }).one?.status).toBe('warn');
    const noted = judged('probably()', { config: 'rules: { one: { probably: note } }' });
    expect(noted.report.findings.find((f) => f.rule === 'one')?.level).toBe('note');
  });
  it('levels come from the configuration', () => {
    expect(judged('warn()', { config: 'rules: { one: { warn: error } }' }).one?.status).toBe('fail');
    expect(judged('bad()\ngood()', { config: 'rules: { one: { bad: note } }' }).one?.status).toBe('pass');
  });
});

describe('waivers', () => {
  it('an inline suppression takes its finding out of the status; the evidence names it', () => {
    const { one, verdict } = judged('bad() //p0lint:ignore one, four, seven -- agreed with the vendor');
    expect([one?.status, verdict]).toEqual(['pass', 'COMPLIANT']);
    expect(one?.evidence.map((e) => e.text)).toEqual(['P0-101 waived: agreed with the vendor']);
  });
  it('one waived error does not waive the other', () =>
    expect(judged('bad() //p0lint:ignore one, four -- known\nbad()').one?.status).toBe('fail'));
  for (const type of ['Wiz', 'wiz.Wiz'])
    it(`not-applicable by configuration (${type}) needs a reason and shows it`, () => {
      const config = `not-applicable: [{ rule: one, type: ${type}, reason: no assets at all }]`;
      const { one, four, report } = judged('bad()', { config });
      expect([one?.status, one?.reason, four?.status]).toEqual([
        'not-applicable',
        'no assets at all',
        'fail',
      ]);
      const suppressed = report.findings.find((f) => f.rule === 'one')?.suppressed;
      expect(suppressed).toEqual({ kind: 'configuration', reason: 'no assets at all' });
    });
});

describe('what was not (fully) run', () => {
  it('a skipped rule is not checked, and nothing is assessed', () => {
    const { one, verdict, wiz } = judged('good()', { choices: { skippedRules: new Set(['one']) } });
    expect([one?.status, one?.reason, verdict]).toEqual(['not-checked', 'the rule was not run', null]);
    expect(wiz?.requirements).toHaveLength(3);
  });
  it('unless another requirement fails', () =>
    expect(judged('bad()', { choices: { skippedRules: new Set(['one']) } }).verdict).toBe('NON-COMPLIANT'));
  it('a finding that is skipped or off', () => {
    const skipped = judged('good()', { choices: { skippedFindings: new Set(['one/warn']) } });
    expect([skipped.one?.status, skipped.one?.reason]).toEqual(['not-checked', 'one/warn was not run']);
    const off = judged('good()', { config: 'rules: { one: { warn: off } }' });
    expect([off.one?.status, off.one?.reason]).toEqual(['not-checked', 'one/warn is switched off']);
  });
  it('a finding that is off in a file of the integration', () => {
    const config = 'overrides: [{ paths: [wiz/extra.go], rules: { four: { warn: off } } }]';
    const { four, one } = judged('good()', { config }, { 'wiz/extra.go': 'package wiz\n' });
    expect([four?.status, four?.reason]).toEqual([
      'not-checked',
      'four/warn is switched off in wiz/extra.go',
    ]);
    expect(one?.status).toBe('pass');
  });
  it('a rule that is off everywhere but where an override brings it back is run there', () => {
    const config = 'rules: { four: off }\noverrides: [{ paths: [wiz], rules: { four: { bad: error } } }]';
    const { report } = judged(
      'bad()',
      { config },
      { 'other/other.go': 'package other\n\nfunc f() { bad() }\n' },
    );
    expect(report.findings.filter((f) => f.rule === 'four').map((f) => f.at.file)).toEqual(['wiz/wiz.go']);
  });
  it('fail beats not-checked of the same rule', () =>
    expect(judged('bad()', { config: 'rules: { one: { warn: off } }' }).one?.status).toBe('fail'));
});

describe('options by file', () => {
  it('hold for the files that an override names, also within one package', () => {
    const config = 'overrides: [{ paths: [wiz/extra.go], rules: { four: { limit: 3 } } }]';
    const { report } = judged(
      'note()',
      { config },
      { 'wiz/extra.go': 'package wiz\n\nfunc g() { note() }\n' },
    );
    expect(report.findings.filter((f) => f.rule === 'four').map((f) => [f.at.file, f.message])).toEqual([
      ['wiz/extra.go', 'note, limit 3, was called.'],
      ['wiz/wiz.go', 'note, limit 10, was called.'],
    ]);
  });
});

describe('a rule that crashes', () => {
  it('is unknown and never a pass; the run is incomplete and says so', () => {
    const { one, four, verdict, report } = judged('good()\ncrash()');
    expect([one?.status, four?.status, verdict, report.complete]).toEqual([
      'unknown',
      'unknown',
      'NON-COMPLIANT',
      false,
    ]);
    expect(one?.reason).toBe('not analysed: the rule crashed (crashed as told)');
    expect(report.gate.passed).toBe(false);
    expect(report.notifications.filter((n) => n.level === 'error').map((n) => n.message)).toContainEqual(
      expect.stringContaining('rule one crashed on wiz.Wiz: crashed as told.'),
    );
  });
  it('on a package that holds no file of the integration says nothing about it', () => {
    const { four, report } = judged(
      'good()',
      {},
      { 'other/other.go': 'package other\n\nfunc f() { crash() }\n' },
    );
    expect([four?.status, report.complete]).toEqual(['pass', false]);
  });
});

describe('damage', () => {
  const broken = { 'wiz/broken.go': 'package wiz\n\nfunc g( {\n' };
  it('makes rules 1 to 6 unknown unless they fail, and leaves rule 7 (decision 18)', () => {
    const { one, wiz, verdict, report } = judged('good()', {}, broken);
    expect([one?.status, one?.reason, verdict, report.complete]).toEqual([
      'unknown',
      'not analysed: wiz/broken.go does not parse',
      'NON-COMPLIANT',
      false,
    ]);
    expect(wiz?.requirements.find((r) => r.rule === 'seven')?.status).toBe('pass');
    expect(judged('bad()', {}, broken).one?.status).toBe('fail');
  });
  it('elsewhere leaves the integration alone, and the run incomplete', () => {
    const { one, verdict, report } = judged(
      'good()',
      {},
      { 'other/broken.go': 'package other\n\nfunc g( {\n' },
    );
    expect([one?.status, verdict, report.complete]).toEqual(['pass', 'COMPLIANT', false]);
  });
});

describe('shared files (decision 4)', () => {
  const two = (shared: string) =>
    reportOf(
      integration('shared()\ngood()', {
        'wiz/okta.go': `package wiz

import "example.com/app/pkg/base"

type Okta struct {
	base.BaseCapability
}

func (o *Okta) Invoke() error {
	good()
	return nil
}
`,
        'wiz/util.go': `package wiz\n\nfunc shared() {\n\t${shared}\n}\n\nfunc unreached() {\n\tbad()\n}\n`,
      }),
      [four],
    );
  it('a finding counts for those whose methods reach its function', () => {
    const report = two('bad()');
    const owners = report.findings.map((f) => [f.at.line, f.integrations]);
    expect(owners).toEqual([
      [4, ['wiz.Wiz']],
      [8, []],
    ]);
    expect(report.integrations.map((i) => [i.name, i.requirements[0]?.status])).toEqual([
      ['Okta', 'pass'],
      ['Wiz', 'fail'],
    ]);
  });
});
