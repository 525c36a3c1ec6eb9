import { describe, expect, test } from 'vitest';
import type { Edit, Fix } from '../../src/model/finding.ts';
import { fixDiff } from '../../src/report/fix-diff.ts';

const TEXT = ['func f() {', '\ta()', '\tb()', '\tc()', '', '\td()', '}'];

function edit(line: number, column: number, endLine: number, endColumn: number, newText: string): Edit {
  return { at: { file: 'a.go', line, column, endLine, endColumn }, newText };
}

function diff(first: Edit, ...rest: Edit[]): string | null {
  const fix: Fix = { title: 'x', safety: 'safe', edits: [first, ...rest] };
  return fixDiff(fix, () => (n) => TEXT[n - 1])?.join('\n') ?? null;
}

describe('a fix as a diff', () => {
  test('a replacement', () => {
    expect(diff(edit(3, 2, 3, 3, 'B'))).toBe('@@ a.go:3 @@\n a()\n-b()\n+B()\n c()');
  });
  test('an insertion of lines shows only what is new', () => {
    expect(diff(edit(3, 5, 3, 5, '\n\tg.SetLimit(10)'))).toBe('@@ a.go:4 @@\n b()\n+g.SetLimit(10)\n c()');
  });
  test('an insertion before a line', () => {
    expect(diff(edit(3, 2, 3, 2, 'if x {\n\t\treturn\n\t}\n\t'))).toBe(
      '@@ a.go:3 @@\n a()\n+if x {\n+    return\n+}\n b()',
    );
  });
  test('a deletion over lines', () => {
    expect(diff(edit(2, 5, 3, 5, ''))).toBe('@@ a.go:3 @@\n a()\n-b()\n c()');
  });
  test('edits near each other are one piece, others have their own, whatever their order', () => {
    expect(diff(edit(6, 2, 6, 3, 'D'), edit(3, 2, 3, 3, 'B'), edit(2, 2, 2, 3, 'A'))).toBe(
      '@@ a.go:2 @@\n func f() {\n-    a()\n-    b()\n+    A()\n+    B()\n     c()\n@@ a.go:6 @@\n \n-    d()\n+    D()\n }',
    );
  });
  test('none, rather than a wrong one, where an edit does not fit the lines', () => {
    expect(diff(edit(3, 2, 3, 99, 'B'))).toBeNull();
    expect(diff(edit(99, 1, 99, 1, 'B'))).toBeNull();
    expect(diff(edit(3, 2, 3, 5, 'B'), edit(3, 3, 3, 5, 'C'))).toBeNull();
  });
  test('what it inserts cannot harm', () => {
    expect(diff(edit(3, 2, 3, 3, '\u001b[31m'))).toContain('+<U+001B>[31m()');
  });
});
