/**
 * Platforms that are not chariot: each folder of `fixtures/platforms` with the vocabulary of its own p0lint.yaml, and nothing else.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chariot } from '../src/config/chariot.ts';
import { loadConfiguration } from '../src/config/find.ts';
import { vocabularyOf } from '../src/config/profiles.ts';
import { settingsFrom } from '../src/config/settings.ts';
import { loadParser } from '../src/go/syntax/parser.ts';
import { diskTree } from '../src/project/tree.ts';
import { rules } from '../src/rules/index.ts';
import { inspect, type Request, reportOn, survey } from '../src/run.ts';
import { differences, FIXTURES } from './harness/check-fixtures.ts';

beforeAll(() => loadParser());

function requestOf(name: string): Request {
  const tree = diskTree(FIXTURES);
  const { value, folder } = loadConfiguration(tree, `platforms/${name}/p0lint.yaml`, rules);
  return {
    ...{ tree, rules, vocabulary: vocabularyOf(value), paths: [folder], moduleCache: undefined },
    settings: settingsFrom(value, folder, rules, { dependencies: 'ignore' }),
    ...{ repository: null, timestamp: null },
  };
}

for (const { name } of readdirSync(path.join(FIXTURES, 'platforms'), { withFileTypes: true }))
  describe(name, () => {
    it('is judged in its own words', () => {
      const request = requestOf(name);
      const surveyed = survey(request);
      const checked = inspect(request, surveyed);
      const report = reportOn(request, surveyed, checked);
      // The fixture names the findings of all seven rules.
      const known = (problem: string) => {
        const rule = / wants ([\w-]+)\//.exec(problem)?.[1];
        return rule === undefined || rules.some(({ id }) => id === rule);
      };
      const problems = differences(`platforms/${name}`, { report, checked }, undefined);
      expect(problems.filter(known).join('\n')).toBe('');
      expect(report.integrations.length).toBeGreaterThan(1);
    });
    it('is nothing in the words of chariot', () =>
      expect(survey({ ...requestOf(name), vocabulary: chariot }).integrations).toEqual([]));
  });
