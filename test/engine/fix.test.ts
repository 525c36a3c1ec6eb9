/**
 * The fix engine: all edits of a fix or none, nothing else of the file touched.
 */
import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/engine/fix.ts';
import type { Fix } from '../../src/model/finding.ts';
import type { ReportedFinding } from '../../src/model/report.ts';

type Edit = readonly [
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
  newText: string,
  file?: string,
];

function fix(edits: readonly Edit[], safety: Fix['safety'] = 'safe'): Fix {
  const [first, ...rest] = edits.map(([line, column, endLine, endColumn, newText, file = 'a.go']) => ({
    at: { file, line, column, endLine, endColumn },
    newText,
  }));
  return { title: 'Mend', safety, edits: [first!, ...rest] };
}

function finding(fixes: readonly Fix[], more: Partial<ReportedFinding> = {}): ReportedFinding {
  const at = fixes[0]?.edits[0].at ?? { file: 'a.go', line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    ...{
      code: 'P0-602',
      rule: 'r',
      id: 'i',
      level: 'error',
      message: 'm',
      data: {},
      at,
      related: [],
      path: [],
    },
    ...{ fixes, integrations: [], suppressed: null, new: true, fingerprint: 'f', symbol: null },
    ...more,
  };
}

function mend(text: string, fixes: readonly (Fix | ReportedFinding)[], unsafe = false) {
  const findings = fixes.map((f) => ('fixes' in f ? f : finding([f])));
  const { files, applied, skipped } = applyFixes(findings, { unsafe }, (path) =>
    path === 'a.go' ? text : `// ${path}\n`,
  );
  return {
    after: files.find((f) => f.path === 'a.go')?.after ?? text,
    files: files.map((f) => f.path),
    applied: applied.length,
    skipped: skipped.map((s) => s.why),
  };
}

describe('edits', () => {
  it('replace, insert and delete, in any order', () => {
    const edits: Edit[] = [
      [2, 1, 2, 4, 'two'],
      [1, 1, 1, 1, '// '],
      [3, 1, 4, 1, ''],
    ];
    expect(mend('one\nzwo\ngone\nlast\n', [fix(edits)]).after).toBe('// one\ntwo\nlast\n');
  });
  it('at the very end, with and without a last line end', () => {
    expect(mend('one\n', [fix([[2, 1, 2, 1, 'two\n']])]).after).toBe('one\ntwo\n');
    expect(mend('one', [fix([[1, 4, 1, 4, '!']])]).after).toBe('one!');
  });
  it('count columns in UTF-16 units', () =>
    expect(mend('x := "😀" + y\n', [fix([[1, 13, 1, 14, 'z']])]).after).toBe('x := "😀" + z\n'));
  it('keep tabs, carriage returns and the byte order mark', () => {
    const text = '\uFEFFpackage a\r\n\r\n\tx()\r\n\ty()\r\n';
    expect(mend(text, [fix([[3, 2, 3, 5, 'if err := x(); err != nil {\n\t\treturn err\n\t}']])]).after).toBe(
      '\uFEFFpackage a\r\n\r\n\tif err := x(); err != nil {\r\n\t\treturn err\r\n\t}\r\n\ty()\r\n',
    );
    expect(mend('\uFEFFx\n', [fix([[1, 1, 1, 2, 'y']])]).after).toBe('\uFEFFy\n');
  });
  it('follow the line ends that most lines have, and leave the others', () => {
    expect(mend('a\nb\r\nc\nd\n', [fix([[3, 2, 3, 2, '\nx']])]).after).toBe('a\nb\r\nc\nx\nd\n');
    expect(mend('a\r\nb\nc\r\nd\r\n', [fix([[3, 2, 3, 2, '\nx']])]).after).toBe('a\r\nb\nc\r\nx\r\nd\r\n');
  });
});

describe('overlaps', () => {
  it('leave the later fix for the next run', () => {
    const { after, applied, skipped } = mend('abcdef\n', [
      fix([[1, 1, 1, 4, 'X']]),
      fix([[1, 3, 1, 6, 'Y']]),
    ]);
    expect([after, applied]).toEqual(['Xdef\n', 1]);
    expect(skipped).toEqual(['it overlaps another fix; run again to apply it']);
  });
  it('are not fixes that touch', () =>
    expect(mend('abcdef\n', [fix([[1, 1, 1, 4, 'X']]), fix([[1, 4, 1, 7, 'Y']])]).after).toBe('XY\n'));
  it('are two insertions at one place', () =>
    expect(mend('ab\n', [fix([[1, 2, 1, 2, 'X']]), fix([[1, 2, 1, 2, 'Y']])])).toMatchObject({
      after: 'aXb\n',
      applied: 1,
    }));
  it('of one edit take its whole fix out, in every file', () => {
    const both = fix([
      [1, 1, 1, 2, 'Y'],
      [1, 1, 1, 1, 'Z', 'b.go'],
    ]);
    expect(mend('ab\n', [fix([[1, 1, 1, 3, 'X']]), both])).toMatchObject({ after: 'X\n', files: ['a.go'] });
  });
  it('within a fix take it out', () => {
    const odd = fix([
      [1, 1, 1, 3, 'X'],
      [1, 2, 1, 3, 'Y'],
    ]);
    expect(mend('abc\n', [odd])).toEqual({
      after: 'abc\n',
      files: [],
      applied: 0,
      skipped: ['its own edits overlap'],
    });
  });
});

describe('which fixes', () => {
  const safe = fix([[1, 1, 1, 2, 'S']]);
  const unsafe = fix([[1, 1, 1, 2, 'U']], 'unsafe');
  it('safe ones; unsafe ones only when asked for, and only if there is no safe one', () => {
    expect(mend('x\n', [unsafe]).after).toBe('x\n');
    expect(mend('x\n', [unsafe], true).after).toBe('U\n');
    expect(mend('x\n', [finding([unsafe, safe])], true).after).toBe('S\n');
  });
  it('none of a suppressed finding', () =>
    expect(mend('x\n', [finding([safe], { suppressed: { kind: 'inline', reason: 'known' } })]).after).toBe(
      'x\n',
    ));
  it('none in a file that is no UTF-8, and none of the other files of such a fix', () => {
    const two = finding([
      fix([
        [1, 1, 1, 1, 'X'],
        [1, 1, 1, 1, 'Y', 'latin.go'],
      ]),
    ]);
    const { files, skipped } = applyFixes([two], { unsafe: false }, (path) =>
      path === 'a.go' ? 'a\n' : undefined,
    );
    expect(files).toEqual([]);
    expect(skipped[0]?.why).toMatch(/^latin\.go is no UTF-8/);
  });
  it('that change nothing are no change', () =>
    expect(mend('x\n', [fix([[1, 1, 1, 2, 'x']])]).files).toEqual([]));
});
