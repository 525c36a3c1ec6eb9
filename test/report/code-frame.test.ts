import { describe, expect, test } from 'vitest';
import { codeFrame, type FrameOptions } from '../../src/report/code-frame.ts';
import { displayWidth } from '../../src/report/display-width.ts';

/** Frames the part of `lines` that stands between `«` and `»`. */
function frame(marked: readonly string[], options: Partial<FrameOptions> = {}): string {
  let line = 0;
  let column = 0;
  let endLine = 0;
  let endColumn = 0;
  const lines = marked.map((text, i) => {
    if (text.includes('«')) [line, column] = [i + 1, text.indexOf('«') + 1];
    const opened = text.replace('«', '');
    if (opened.includes('»')) [endLine, endColumn] = [i + 1, opened.indexOf('»') + 1];
    return opened.replace('»', '');
  });
  const at = { file: 'a.go', line, column, endLine, endColumn };
  return `\n${codeFrame((n) => lines[n - 1], at, options).join('\n')}\n`;
}

test('a line with its neighbours, shared indentation dropped', () => {
  expect(frame(['\t\tif x {', '\t\t\t«send(a)»', '\t\t}'])).toBe(`
  1 | if x {
> 2 |     send(a)
    |     ^^^^^^^
  3 | }
`);
});

test('tabs inside a line, wide characters and combining marks before the place', () => {
  // 名前 takes 4 columns, the tab 1 (to the next multiple of four), e\u0301 takes 1 and the emoji 2.
  expect(frame(['名前 :=\te\u0301, "😀", «wrong»'])).toBe(`
> 1 | 名前 := e\u0301, "😀", wrong
    | ${' '.repeat(17)}^^^^^
`);
});

test('the place itself may be wide', () => {
  expect(frame(['a := «名前»'])).toBe(`
> 1 | a := 名前
    |      ^^^^
`);
});

test('hidden and bidi characters are shown, and the caret stands behind them', () => {
  expect(frame(['if x \u202e{ «y»'])).toBe(`
> 1 | if x <U+202E>{ y
    |                ^
`);
});

test('an empty place has one caret, also at the end of a line', () => {
  expect(frame(['a', 'b«»'])).toBe(`
  1 | a
> 2 | b
    |  ^
`);
});

test('several lines: all marked, the first underlined to its end', () => {
  expect(frame(['a', 'f(«x,', '\ty», z)', 'b'])).toBe(`
  1 | a
> 2 | f(x,
    |   ^^
> 3 |     y, z)
  4 | b
`);
});

test('a place of many lines is cut, and says so', () => {
  const body = Array.from({ length: 12 }, (_, i) => `\tline${i + 2}`);
  expect(frame(['«func f() {', ...body, '}»', '', 'func g() {'])).toBe(`
> 1 | func f() {
    | ^^^^^^^^^^
> 2 |     line2
> 3 |     line3
> 4 |     line4
> 5 |     line5
> 6 |     line6
    | … and 8 more lines
`);
});

test('an end at column 1 belongs to the line before', () => {
  expect(frame(['«a', '»b'])).toBe(`
> 1 | a
    | ^
  2 | b
`);
});

test('empty lines at the edges are left out, those within are not', () => {
  expect(frame(['', 'a', '', '«b»', '', ''], { context: 3 })).toBe(`
  2 | a
  3 |
> 4 | b
    | ^
`);
});

test('line numbers are aligned', () => {
  const lines = [...Array.from({ length: 98 }, () => 'x'), '«a»', 'b'];
  expect(frame(lines)).toBe(`
   98 | x
>  99 | a
      | ^
  100 | b
`);
});

describe('a line that is too long', () => {
  const columns = 40;

  test('is cut behind the place', () => {
    expect(frame([`«here» ${'x'.repeat(100)}`], { columns })).toBe(`
> 1 | here ${'x'.repeat(28)}…
    | ^^^^
`);
  });

  test('is cut on both sides of a place in its middle', () => {
    const out = frame([`${'x'.repeat(100)} «here» ${'y'.repeat(100)}`], { columns });
    expect(out).toBe(`
> 1 | …xxxxxxxxxx here yyyyyyyyyyyyyyyy…
    |             ^^^^
`);
  });

  test('never passes the width, wherever the place is and whatever it holds', () => {
    for (let i = 0; i < 60; i++) {
      const text = `${'名x\t'.repeat(i)}«${'前'.repeat(20)}»${'z'.repeat(60)}`;
      const lines = frame([text], { columns }).trim().split('\n');
      expect(Math.max(...lines.map((l) => displayWidth(l)))).toBeLessThanOrEqual(columns);
      expect(lines[1]).toContain('^');
    }
  });
});

test('in the log of a job, the place stays under its text behind a broken command', () => {
  expect(frame(['x ##[error] «y»'], { inActionsLog: true })).toBe(`
> 1 | x ## [error] y
    |              ^
`);
});

test('a line that the report did not keep has no frame', () => {
  expect(codeFrame(() => undefined, { file: 'a.go', line: 1, column: 1, endLine: 1, endColumn: 2 })).toEqual(
    [],
  );
});
