import { describe, expect, test } from 'vitest';
import { displayWidth, toWidth, wrap } from '../../src/report/display-width.ts';

test.each([
  ['wiz', 3],
  ['名前', 4],
  ['Größe', 5],
  ['e\u0301', 1],
  ['😀', 2],
  ['👩‍💻', 2],
  ['❤️', 2],
  ['ｗｉｚ', 6],
  ['한글', 4],
  ['', 0],
])('%s is %d wide', (text, width) => expect(displayWidth(text)).toBe(width));

describe('toWidth', () => {
  test('fills', () => expect(toWidth('名', 4)).toBe('名  '));
  test('cuts in the middle, where names of one house differ least', () =>
    expect(toWidth('crowdstrike-spotlight', 11)).toBe('crowd…light'));
  test('never exceeds the width when a wide character does not fit', () => {
    expect(toWidth('名前名前名前', 6)).toBe('名…前 ');
    expect(displayWidth(toWidth('名前名前名前', 7))).toBe(7);
  });
});

describe('wrap', () => {
  test('breaks at spaces', () => expect(wrap('one two three', 7)).toEqual(['one two', 'three']));
  test('keeps long words whole, so that paths can be clicked', () =>
    expect(wrap('at pkg/tasks/integrations/wiz.go now', 10)).toEqual([
      'at',
      'pkg/tasks/integrations/wiz.go',
      'now',
    ]));
  test('measures columns', () => expect(wrap('名前 名前', 6)).toEqual(['名前', '名前']));
});
