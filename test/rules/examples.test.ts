/**
 * The bad and good code that `explain` and docs/rules show: each is run, as a package of its own beside the fixtures.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { chariot } from '../../src/config/chariot.ts';
import { parseConfiguration } from '../../src/config/load.ts';
import { settingsFrom } from '../../src/config/settings.ts';
import { loadParser } from '../../src/go/syntax/parser.ts';
import type { Report } from '../../src/model/report.ts';
import type { RuleDescription } from '../../src/model/rule-description.ts';
import { diskTree, overlayTree } from '../../src/project/tree.ts';
import type { Rule } from '../../src/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { check } from '../../src/run.ts';
import { FIXTURES } from '../harness/check-fixtures.ts';

beforeAll(() => loadParser());

/** The report on one file of a package in the fixtures' module; a finding that is off by default is switched on if it is the one. */
function run(rule: Rule, id: string, code: string): Report {
  const off = rule.messages[id]?.level === 'off';
  const config = off ? `rules: { ${rule.id}: { ${id}: error } }` : '';
  const { value } = parseConfiguration('p0lint.yaml', config, rules);
  return check({
    tree: overlayTree(diskTree(FIXTURES), { 'examples/example.go': code }),
    ...{ moduleCache: undefined, paths: ['examples'], vocabulary: chariot, rules: [rule] },
    settings: settingsFrom(value, '', [rule], { scope: 'all', dependencies: 'ignore' }),
    ...{ repository: null, timestamp: null },
  });
}

const shown = (report: Report) => report.findings.map((f) => `${f.rule}/${f.id}@${f.at.line}`);

for (const rule of rules)
  describe(rule.id, () => {
    const messages = Object.entries(rule.messages as RuleDescription['messages']);

    it('has an example for every finding', () => {
      const without = messages
        .filter(([, m]) => m.bad === undefined || m.good === undefined)
        .map(([id]) => id);
      // What is wrong with a file of 401 lines is not shown by printing it.
      expect(without).toEqual(rule.id === 'file-length' ? messages.map(([id]) => id) : []);
    });

    for (const [id, { bad, good }] of messages) {
      if (bad !== undefined)
        it(`${id}: the bad code has it, and is Go`, () => {
          const report = run(rule, id, bad);
          expect(report.complete).toBe(true);
          const wanted = expect.stringMatching(new RegExp(`^${rule.id}/${id}@`));
          expect(shown(report)).toEqual(expect.arrayContaining([wanted]));
        });
      if (good !== undefined)
        it(`${id}: the good code has nothing of ${rule.id}`, () => {
          const report = run(rule, id, good);
          expect(report.complete).toBe(true);
          expect(shown(report)).toEqual([]);
        });
    }
  });
