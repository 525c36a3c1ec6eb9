import { describe, expect, test } from 'vitest';
import { renderReview } from '../../src/report/markdown.ts';
import { COMMENT_BUDGET, SUMMARY_BUDGET } from '../../src/report/options.ts';
import { allWell, sampleReport, withCounts } from './sample.ts';

test('several integrations', async () => {
  await expect(renderReview(sampleReport())).toMatchFileSnapshot('expected/review.md.snap');
});

test('one integration has no summary table', async () => {
  const report = sampleReport({ complete: true, notifications: [] });
  const wiz = report.integrations.filter((i) => i.name === 'Wiz');
  const findings = report.findings.filter((f) => f.integrations.includes(wiz[0]!.key));
  const review = renderReview(withCounts({ ...report, integrations: wiz, findings }));
  expect(review).not.toContain('# P0 Compliance Review');
  expect(review).toContain('# P0 Compliance Report: Wiz\n\n**Status: ❌ NON-COMPLIANT** · **5 violations**');
});

test('all well: every requirement is met, nothing else is there', () => {
  const review = renderReview(allWell());
  expect(review.match(/^# P0 Compliance Report: Vendor\d+$/gm)).toHaveLength(14);
  expect(review).toContain('**14 integrations compliant, 96 files, 0 findings**');
  expect(review).not.toMatch(/Violation \d|Waived|Outside|❌ NON/);
});

test('without an address of the repository places are not linked', () => {
  const review = renderReview(sampleReport({ repository: null }));
  expect(review).not.toContain('acme/platform');
  expect(review).toContain('**Location:** `pkg/tasks/integrations/wiz/wiz.go:27` in `(*Wiz).Invoke`');
});

test('credentials in an address do not get out, and other schemes make no link', () => {
  const linked = (url: string) => renderReview(sampleReport({ repository: { url, revision: 'abc' } }));
  expect(linked('https://user:token@github.com/acme/platform.git')).toContain(
    '](https://github.com/acme/platform/blob/abc/',
  );
  expect(linked('https://user:token@github.com/acme/platform.git')).not.toContain('token');
  expect(linked('ssh://git@github.com/acme/platform')).not.toContain('/blob/abc/');
  expect(linked('https://gitlab.com/acme/platform')).toContain(
    '](https://gitlab.com/acme/platform/-/blob/abc/',
  );
});

test('when only new findings count, each says which it is', () => {
  const review = renderReview(sampleReport({ gate: { passed: false, failOn: 'error', newOnly: true } }));
  expect(review).toContain('wiz.go#L27) in `(*Wiz).Invoke` · new');
  expect(review).toContain('wiz.go#L38) in `(*Wiz).CheckAffiliation` · was there before');
  expect(review).toContain('Gate **failed** (fails on errors, new findings only)');
});

describe('within a budget', () => {
  const sample = sampleReport();
  const wiz = sample.integrations.find((i) => i.name === 'Wiz')!;
  const many = Array.from({ length: 400 }, (_, i) => ({
    ...wiz,
    name: `Wiz${i}`,
    key: `${wiz.package}.Wiz${i}`,
  }));
  const findings = many.flatMap(({ key }) => sample.findings.map((f) => ({ ...f, integrations: [key] })));
  const huge = withCounts({ ...sample, integrations: many, findings });

  test.each([
    ['a comment', COMMENT_BUDGET],
    ['a job summary', SUMMARY_BUDGET],
    ['very little', { maxBytes: 6_000, maxUnits: 6_000 }],
  ])('%s', (_, budget) => {
    const review = renderReview(huge, budget);
    expect(new TextEncoder().encode(review).length).toBeLessThanOrEqual(budget.maxBytes);
    expect(review.length).toBeLessThanOrEqual(budget.maxUnits);
    expect(review).toMatch(/^# P0 Compliance Review\n/);
    expect(review).toMatch(/\n> ✂️ Left out to stay within the size limit: .*reports? of/);
  });

  test('the summary of all integrations outlives the details of some', () => {
    const review = renderReview(huge, COMMENT_BUDGET);
    expect(review.match(/^\| Wiz\d+ +\|/gm)).toHaveLength(400);
    expect(review).toContain('# P0 Compliance Report: Wiz0');
  });

  test('what fits is whole', () => {
    expect(renderReview(sample, SUMMARY_BUDGET)).toBe(renderReview(sample));
  });
});
