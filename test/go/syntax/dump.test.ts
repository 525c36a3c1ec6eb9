import { expect, it } from 'vitest';
import { createFileSet } from '../../../src/go/file-set.ts';
import { dumpNode } from '../../../src/go/syntax/dump.ts';
import { parseGoFile } from '../../../src/go/syntax/parse-file.ts';
import { loadParser } from '../../../src/go/syntax/parser.ts';

await loadParser();

it('a dump has one line per node: its part, kind, range and values', () => {
  const files = createFileSet();
  const text =
    'package p\n\nfunc (t *T) f(xs ...int) {\n\tfor range xs {\n\t\tg("ä\\n", `a\nb`, xs...)\n\t}\n}\n';
  const file = files.add((base) => parseGoFile('a.go', text, base));
  const range = (node: { readonly pos: number; readonly end: number }) => {
    const { line, column, endLine, endColumn } = files.locate(node);
    return `${line}:${column}-${endLine}:${endColumn}`;
  };
  expect(dumpNode(file.decls[0]!, { range })).toBe(
    [
      'FuncDecl 3:1-8:2',
      '  name: Ident 3:13-3:14 f',
      '  recv: Field 3:7-3:11',
      '    names: Ident 3:7-3:8 t',
      '    type: StarExpr 3:9-3:11',
      '      x: Ident 3:10-3:11 T',
      '  type: FuncType 3:1-3:25',
      '    params: Field 3:15-3:24 variadic',
      '      names: Ident 3:15-3:17 xs',
      '      type: Ident 3:21-3:24 int',
      '  body: Block 3:26-8:2',
      '    stmts: RangeStmt 4:2-7:3',
      '      x: Ident 4:12-4:14 xs',
      '      body: Block 4:15-7:3',
      '        stmts: ExprStmt 5:3-6:11',
      '          x: CallExpr 5:3-6:11 ellipsis',
      '            fun: Ident 5:3-5:4 g',
      '            args: BasicLit 5:5-5:10 string "ä\\n"',
      '            args: BasicLit 5:12-6:3 string "`a\\nb`"',
      '            args: Ident 6:5-6:7 xs',
    ].join('\n'),
  );
});

it('an implicit constant shows only what is written', () => {
  const file = parseGoFile('a.go', 'package p\nconst (\n\ta T = iota\n\tb\n)\n', 0);
  expect(dumpNode(file.decls[0]!, { range: () => '' })).toBe(
    [
      'ConstDecl',
      '  specs: ConstSpec iota=0',
      '    names: Ident a',
      '    type: Ident T',
      '    values: Ident iota',
      '  specs: ConstSpec implicit iota=1',
      '    names: Ident b',
    ].join('\n'),
  );
});
