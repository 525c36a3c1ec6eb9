/**
 * Every rule against its fixtures: `fixtures/rules/<rule-id>/<case>/`, found on disk, never listed.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../src/go/syntax/parser.ts';
import { rules } from '../src/rules/index.ts';
import { checkFixtures, differences, FIXTURES, type Outcome } from './harness/check-fixtures.ts';

beforeAll(async () => {
  await loadParser();
});

const only = process.env.P0LINT_RULE;
for (const rule of rules.filter((r) => only === undefined || r.id === only))
  describe(rule.id, () => {
    let outcome: Outcome;
    beforeAll(() => {
      outcome = checkFixtures(`rules/${rule.id}`, [rule]);
    });
    const cases = readdirSync(path.join(FIXTURES, 'rules', rule.id), { withFileTypes: true });
    for (const { name } of cases.filter((entry) => entry.isDirectory()))
      it(name, () => {
        expect(differences(`rules/${rule.id}/${name}`, outcome, rule.id).join('\n')).toBe('');
      });
  });
