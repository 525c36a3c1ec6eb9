/**
 * Whole integrations under all rules: `fixtures/integrations/<vendor>/`, found on disk.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../src/go/syntax/parser.ts';
import { rules } from '../src/rules/index.ts';
import { checkFixtures, differences, FIXTURES, type Outcome } from './harness/check-fixtures.ts';

describe('integrations', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    await loadParser();
    outcome = checkFixtures('integrations', rules, { scope: 'integrations' });
  });
  for (const { name } of readdirSync(path.join(FIXTURES, 'integrations'), { withFileTypes: true }))
    it(name, () => {
      expect(differences(`integrations/${name}`, outcome, undefined).join('\n')).toBe('');
    });
});
