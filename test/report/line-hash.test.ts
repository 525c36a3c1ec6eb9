import { describe, expect, test } from 'vitest';
import { hashLines } from '../../src/report/line-hash.ts';

/** Vectors published with github/codeql-action's own tests. */
describe('the hashes that GitHub computes', () => {
  test.each([
    ['an empty file', '', ['c129715d7a2bc9a3:1']],
    [
      'spaces and tabs do not count',
      ' a\nb\n  \t\tc\n d',
      ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1'],
    ],
    [
      'equal lines are numbered',
      'Lorem ipsum dolor sit amet.\n'.repeat(10),
      [
        ...['a7f2ff13bc495cf2:1', 'a7f2ff13bc495cf2:2', 'a7f2ff13bc495cf2:3', 'a7f2ff13bc495cf2:4'],
        ...['a7f2ff13bc495cf2:5', 'a7f2ff13bc495cf2:6', 'a7f2ff1481e87703:1', 'a9cf91f7bbf1862b:1'],
        ...['55ec222b86bcae53:1', 'cc97dc7b1d7d8f7b:1', 'c129715d7a2bc9a3:1'],
      ],
    ],
  ])('%s', (_, text, hashes) => {
    const lines = hashes.map((_, i) => i + 1);
    expect([...hashLines(text, lines).values()]).toEqual(hashes);
  });

  test('all ways of ending a line are one', () => {
    const [unix, windows, mac] = ['\n', '\r\n', '\r'].map((end) => hashLines(`a${end}b${end}`, [1, 2, 3]));
    expect(windows).toEqual(unix);
    expect(mac).toEqual(unix);
  });

  test('a byte order mark counts, and only for the first line', () => {
    const without = hashLines('a\nb\n', [1, 2]);
    const withMark = hashLines('\ufeffa\nb\n', [1, 2]);
    expect(withMark.get(1)).not.toBe(without.get(1));
    expect(withMark.get(2)).toBe(without.get(2));
  });
});

test('only wanted lines get a hash, in the order of the file, and lines beyond the end get none', () => {
  expect([...hashLines('a\nb\nc', [3, 1, 99]).keys()]).toEqual([1, 3]);
});

test('the ordinal counts equal windows before a line that is not itself asked for', () => {
  const text = `x\n${'y'.repeat(200)}\n`.repeat(2);
  expect(hashLines(text, [4]).get(4)).toMatch(/:2$/);
});
