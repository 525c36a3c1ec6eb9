/** What the formats make of the rules as they are, not of a sample of them. */
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { generalRule } from '../../src/engine/general.ts';
import { escapeText, prose } from '../../src/report/markdown-escape.ts';
import { DEFAULT_OPTIONS } from '../../src/report/options.ts';
import { sarif } from '../../src/report/sarif.ts';
import { rules } from '../../src/rules/index.ts';
import { sampleReport } from './sample.ts';

const report = sampleReport({ rules: [...rules, generalRule], findings: [], integrations: [] });
const { runs } = JSON.parse(sarif(report, DEFAULT_OPTIONS)) as Log;
const descriptors = runs[0]!.tool.driver.rules!;

test('each finding has a descriptor, and each descriptor a name of its own', () => {
  const codes = report.rules.flatMap((rule) => Object.values(rule.messages).map((m) => m.code));
  expect(descriptors.map((d) => d.id)).toEqual(codes.toSorted());
  expect(new Set(descriptors.map((d) => d.name)).size).toBe(codes.length);
});

describe.each(descriptors.map((d) => [d.id, d] as const))('%s', (_, descriptor) => {
  test('is within GitHub’s limits and in whole sentences', () => {
    expect(descriptor.name).toMatch(/^([A-Z][a-z0-9]+)+$/);
    for (const text of [descriptor.shortDescription!.text, descriptor.fullDescription!.text]) {
      expect(text.length).toBeLessThanOrEqual(1_024);
      expect(text).toMatch(/[.!?]$/);
    }
    expect(descriptor.messageStrings!.default!.text).toMatch(/[.!?]$/);
    expect(descriptor.properties!.tags!.length).toBeLessThanOrEqual(10);
  });
});

test('every weakness that a rule refers to has its name', () => {
  const taxa = runs[0]!.taxonomies?.[0]?.taxa ?? [];
  expect(taxa.filter((t) => t.name === undefined).map((t) => t.id)).toEqual([]);
});

test('what the rules say survives Markdown: backticks are in pairs, and the words are all there', () => {
  for (const rule of report.rules)
    for (const { why, remedy, title, text } of Object.values(rule.messages)) {
      for (const part of [why, remedy, text]) {
        expect(part.split('`').length % 2, part).toBe(1);
        expect(prose(part)).not.toBe('');
      }
      expect(escapeText(title)).not.toMatch(/[\\<]/);
    }
});
