/**
 * Positions: UTF-16 offsets in nodes, lines and columns in locations, bytes on demand.
 */
import { describe, expect, it } from 'vitest';
import { byteOffset, createFileSet } from '../../../src/go/file-set.ts';
import type { FileSet, GoFile } from '../../../src/go/files.ts';
import type { CallExpr, Ident, Node } from '../../../src/go/syntax/ast.ts';
import { parseGoFile } from '../../../src/go/syntax/parse-file.ts';
import { walk } from '../../../src/go/syntax/walk.ts';
import { parseWhole } from './harness.ts';

function open(...texts: readonly string[]): { files: FileSet; opened: readonly GoFile[] } {
  const files = createFileSet();
  const opened = texts.map((text, k) => files.add((base) => parseGoFile(`f${k}.go`, text, base)));
  return { files, opened };
}

function identsOf(file: GoFile): readonly Ident[] {
  const result: Ident[] = [];
  const enter = (node: Node) => {
    if (node.kind === 'Ident') result.push(node);
  };
  for (const decl of file.decls) walk(decl, enter, { literals: true });
  return result;
}

describe('offsets', () => {
  it.each([
    ['ASCII', 'package p\n\nfunc f(a int) { g(a, "x") }\n'],
    ['two and three bytes', 'package p\n\nfunc ä(ß int) ñ { return 世界 + "日本" + `語` + x }\n'],
    ['four bytes, two UTF-16 units', 'package p\n\nvar 𝒳 = "😀" + f("😀😀", y) // 😀\nvar z = 𝒳\n'],
    ['CRLF', 'package p\r\n\r\nfunc f() {\r\n\tx(y) // c\r\n\tz := `a\r\nb`\r\n}\r\n'],
    ['no final line end', 'package p\n\ntype T struct{ a, b int }'],
    ['U+FFFD in a string and a comment', 'package p\n\nvar a = "\uFFFD" + b // \uFFFD\nvar c = d\n'],
  ])('of every name are those of the text: %s', (_, text) => {
    const file = parseWhole(text);
    const idents = identsOf(file);
    expect(idents.length).toBeGreaterThan(1);
    for (const { pos, end, name } of idents) expect(text.slice(pos, end)).toBe(name);
  });

  it('stay right where a surrogate pair lies across the chunks in which the parser reads', () => {
    for (let padding = 5100; padding < 5140; padding++) {
      const text = `package p\n\n// ${'x'.repeat(padding)}😀\nvar a = "😀"\n\nvar b = c\n`;
      const [a, b, c] = identsOf(parseWhole(text));
      expect([a, b, c].map((ident) => text.slice(ident!.pos, ident!.end))).toEqual(['a', 'b', 'c']);
    }
  });

  it('are exact for whole nodes', () => {
    const text = 'package p\n\nfunc (t *T) f() { defer t.g(1)[2:] }\n';
    const file = parseWhole(text);
    const seen: string[] = [];
    walk(file.decls[0]!, (node) => {
      if (node.kind !== 'Ident') seen.push(text.slice(node.pos, node.end));
    });
    expect(seen).toEqual([
      'func (t *T) f() { defer t.g(1)[2:] }',
      '*T',
      'func (t *T) f()',
      '{ defer t.g(1)[2:] }',
      'defer t.g(1)[2:]',
      't.g(1)[2:]',
      't.g(1)',
      't.g',
      '1',
      '2',
    ]);
  });

  it('of clauses end with their last statement', () => {
    const text = 'package p\nfunc f() {\n\tswitch {\n\tcase a:\n\t\tx()\n\n\tdefault:\n\t}\n}\n';
    const texts: string[] = [];
    walk(parseWhole(text).decls[0]!, (node) => {
      if (node.kind === 'CaseClause') texts.push(text.slice(node.pos, node.end));
    });
    expect(texts).toEqual(['case a:\n\t\tx()', 'default:']);
  });
});

describe('a file set', () => {
  const first = 'package p\n\nfunc f() {\n\tg()\n}\n';
  const second = 'package p\r\n\r\nfunc ä() {\r\n\t"😀".h()\r\n}';

  function callIn(file: GoFile): CallExpr {
    let found: CallExpr | undefined;
    walk(file.decls[0]!, (node) => {
      if (node.kind === 'CallExpr') found = node;
    });
    return found!;
  }

  it('gives every file a range of its own', () => {
    const { files, opened } = open(first, second, '');
    for (const file of opened) {
      expect(files.fileAt(file.base)).toBe(file);
      expect(files.fileAt(file.base + file.text.length)).toBe(file);
    }
    expect(() => files.fileAt(0)).toThrow(RangeError);
    expect(() => files.fileAt(1_000_000)).toThrow(RangeError);
  });

  it('locates nodes by line and column in UTF-16 units', () => {
    const { files, opened } = open(first, second);
    expect(files.locate(callIn(opened[0]!))).toEqual({
      file: 'f0.go',
      line: 4,
      column: 2,
      endLine: 4,
      endColumn: 5,
    });
    expect(files.locate(callIn(opened[1]!))).toEqual({
      file: 'f1.go',
      line: 4,
      column: 2,
      endLine: 4,
      endColumn: 10,
    });
    expect(files.locate(opened[1]!.decls[0]!)).toEqual({
      file: 'f1.go',
      line: 3,
      column: 1,
      endLine: 5,
      endColumn: 2,
    });
  });

  it('gives text and line of a node', () => {
    const { files, opened } = open(first, second);
    const call = callIn(opened[1]!);
    expect(files.textOf(call)).toBe('"😀".h()');
    expect(files.lineOf(call.pos)).toBe(4);
    expect(files.lineOf(opened[1]!.base)).toBe(1);
  });

  it('counts bytes of UTF-8 on demand', () => {
    const { opened } = open(first, second);
    const call = callIn(opened[1]!);
    // ä is one unit and two bytes; 😀 two units and four bytes.
    expect(byteOffset(opened[1]!, call.pos)).toBe(call.pos - opened[1]!.base + 1);
    expect(byteOffset(opened[1]!, call.end)).toBe(call.end - opened[1]!.base + 3);
  });

  it('refuses a file that was parsed for another place', () => {
    const files = createFileSet();
    expect(() => files.add((base) => parseGoFile('a.go', first, base + 1))).toThrow(/was parsed for base/);
  });
});

describe('lines', () => {
  it.each([
    ['', 0],
    ['package p', 1],
    ['package p\n', 1],
    ['package p\n\n', 2],
    ['package p\n\nvar x int', 3],
    ['package p\r\n\r\nvar x int\r\n', 3],
  ])('are counted as wc -l does, and an unfinished last line: %j', (text, count) => {
    expect(parseGoFile('a.go', text, 0).lineCount).toBe(count);
  });

  it('begin after each line end', () => {
    expect([...parseWhole('package p\r\n\nvar x int').lineStarts]).toEqual([0, 11, 12]);
  });
});
