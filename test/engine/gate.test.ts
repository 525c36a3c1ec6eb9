/**
 * The gate is policy over findings: level, suppression, newness, completeness.
 */
import { describe, expect, it } from 'vitest';
import { parseBaseline, serialiseBaseline } from '../../src/engine/baseline.ts';
import { blocks, gatePasses } from '../../src/engine/gate.ts';
import type { ReportedFinding } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';

const finding = (level: ReportedFinding['level'], more: Partial<ReportedFinding> = {}) =>
  ({ level, suppressed: null, new: true, ...more }) as ReportedFinding;

describe('the gate', () => {
  const table: readonly (readonly [Settings['failOn'], readonly boolean[]])[] = [
    ['error', [true, false, false]],
    ['warning', [true, true, false]],
    ['note', [true, true, true]],
    ['never', [false, false, false]],
  ];
  for (const [failOn, expected] of table)
    it(`--fail-on ${failOn}`, () =>
      expect((['error', 'warning', 'note'] as const).map((l) => blocks(finding(l), failOn))).toEqual(
        expected,
      ));
  it('is not blocked by what is suppressed or known', () => {
    expect(blocks(finding('error', { suppressed: { kind: 'inline', reason: 'r' } }), 'note')).toBe(false);
    expect(blocks(finding('error', { new: false }), 'note')).toBe(false);
  });
  it('does not pass an incomplete run', () => {
    expect(gatePasses([], 'error', false)).toBe(false);
    expect(gatePasses([], 'never', false)).toBe(false);
    expect(gatePasses([finding('error')], 'error', true)).toBe(false);
    expect(gatePasses([finding('warning')], 'error', true)).toBe(true);
  });
});

describe('a baseline file', () => {
  const entry = { code: 'P0-602', file: 'a.go', symbol: 'f', fingerprint: 'abc', magnitude: 3 };
  it('reads what it writes', () =>
    expect(parseBaseline('b.json', serialiseBaseline([entry]))).toEqual([entry]));
  for (const [name, text] of [
    ['no JSON', '{'],
    ['another version', '{"version":2,"findings":[]}'],
    ['no list', '{"version":1,"findings":{}}'],
    ['a broken entry', '{"version":1,"findings":[{"code":"P0-602"}]}'],
    ['null', 'null'],
  ] as const)
    it(`that is ${name} is refused by name`, () =>
      expect(() => parseBaseline('b.json', text)).toThrow(/^b\.json is no (JSON|baseline of version 1)/));
});
