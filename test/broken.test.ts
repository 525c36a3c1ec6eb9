/**
 * Code that does not compile or is hard to read: `fixtures/broken/`, under all rules. What is whole is judged, what is damaged is named.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../src/go/syntax/parser.ts';
import { rules } from '../src/rules/index.ts';
import { checkFixtures, differences, FIXTURES, type Outcome } from './harness/check-fixtures.ts';

/** Folders with files that are not, or not wholly, analysed. */
const DAMAGED = [
  ...[
    'bom-inside',
    'comment-only',
    'conflict',
    'empty',
    'invalid-utf8',
    'missing-node',
    'new-expr',
    'no-package',
  ],
  ...['nul-byte', 'syntax-error', 'syntax-error-and-fail', 'unterminated'],
];

describe('broken', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    await loadParser();
    const { report, checked } = checkFixtures('broken', rules);
    const findings = report.findings.filter((f) => f.code !== 'P0-004');
    outcome = { report: { ...report, findings }, checked };
  });
  for (const entry of readdirSync(path.join(FIXTURES, 'broken'), { withFileTypes: true }).filter((e) =>
    e.isDirectory(),
  ))
    it(entry.name, () => {
      expect(differences(`broken/${entry.name}`, outcome, undefined).join('\n')).toBe('');
      const states = outcome.report.files
        .filter((f) => f.path.startsWith(`broken/${entry.name}/`))
        .map((f) => f.state);
      if (DAMAGED.includes(entry.name)) expect(states).toContain('damaged');
      else if (entry.name !== 'modules') expect(states.every((s) => s === 'analysed')).toBe(true);
    });
});
