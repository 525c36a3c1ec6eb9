/**
 * Go 1.26 allows an expression as the argument of `new`; the grammar knows only types there.
 */
import { describe, expect, it } from 'vitest';
import { walk } from '../../../src/go/syntax/walk.ts';
import { expression, parse, parseWhole, show } from './harness.ts';

describe('new(expr)', () => {
  it.each([
    ['new("x")', 'CallExpr{fun: new, args: ["x"]}'],
    ['new(1 + 1)', 'CallExpr{fun: new, args: [BinaryExpr{op: +, x: 1, y: 1}]}'],
    ['new(-x)', 'CallExpr{fun: new, args: [UnaryExpr{op: -, x: x}]}'],
    ['new(time.Now())', 'CallExpr{fun: new, args: [CallExpr{fun: SelectorExpr{x: time, sel: Now}}]}'],
    [
      'new(T{a: 1})',
      'CallExpr{fun: new, args: [CompositeLit{type: T, elements: [KeyValueExpr{key: a, value: 1}]}]}',
    ],
    ['new([]int{1})', 'CallExpr{fun: new, args: [CompositeLit{type: SliceType{elem: int}, elements: [1]}]}'],
    ['new(a.b.c)', 'CallExpr{fun: new, args: [SelectorExpr{x: SelectorExpr{x: a, sel: b}, sel: c}]}'],
    ['new(x.(T))', 'CallExpr{fun: new, args: [TypeAssertExpr{x: x, type: T}]}'],
    ['new(<-c)', 'CallExpr{fun: new, args: [UnaryExpr{op: <-, x: c}]}'],
    ['new(a[0])', 'CallExpr{fun: new, args: [IndexExpr{x: a, indices: [0]}]}'],
    ['new(int64(5))', 'CallExpr{fun: new, args: [CallExpr{fun: int64, args: [5]}]}'],
    [
      'new(new(new(1)))',
      'CallExpr{fun: new, args: [CallExpr{fun: new, args: [CallExpr{fun: new, args: [1]}]}]}',
    ],
    ['new /* a */ (1)', 'CallExpr{fun: new, args: [1]}'],
    [
      'f(new(")("), new(T))',
      'CallExpr{fun: f, args: [CallExpr{fun: new, args: [")("]}, CallExpr{fun: new, args: [T]}]}',
    ],
    [
      '&T{a: new("x"), b: new(map[string]int), c: new([]byte)}',
      'UnaryExpr{op: &, x: CompositeLit{type: T, elements: [' +
        'KeyValueExpr{key: a, value: CallExpr{fun: new, args: ["x"]}}, ' +
        'KeyValueExpr{key: b, value: CallExpr{fun: new, args: [MapType{key: string, value: int}]}}, ' +
        'KeyValueExpr{key: c, value: CallExpr{fun: new, args: [SliceType{elem: byte}]}}]}}',
    ],
    [
      'new(func() *T { return new(struct{ a int }) }())',
      'CallExpr{fun: new, args: [CallExpr{fun: FuncLit{type: FuncType{results: [{type: StarExpr{x: T}}]}, body: Block{stmts: [' +
        'ReturnStmt{results: [CallExpr{fun: new, args: [StructType{fields: [{names: [a], type: int}]}]}]}]}}}]}',
    ],
  ])('%s', (source, tree) => {
    expect(expression(source)).toBe(tree);
  });

  it('keeps every position', () => {
    const text = 'package p\n\nvar x = f(new("ä"), new(map[K]V), new(g(y)))\n';
    walk(parseWhole(text).decls[0]!, (node) => {
      if (node.kind === 'Ident') expect(text.slice(node.pos, node.end)).toBe(node.name);
    });
  });

  it('is cured in any number', () => {
    const many = Array.from({ length: 300 }, (_, k) => `\tx${k} := new(${k}) + new(map[string]int)\n`).join(
      '',
    );
    expect(parse(`package p\n\nfunc f() {\n${many}}\n`).damage).toEqual([]);
  });

  it('is cured beside real damage', () => {
    const file = parse(
      'package p\n\nfunc a() { x := new("a") }\n\nfunc b( { y := new("b") }\n\nfunc c() { z := new("c") }\n',
    );
    expect(file.damage.map(({ reason }) => reason)).toEqual(['missing )']);
    expect(file.decls.map((decl) => show(decl).includes('CallExpr{fun: new'))).toEqual([true, true, true]);
  });

  it('is cured in a file whose braces do not match', () => {
    const file = parse(
      'package p\n\nfunc a() { if x { y(new("a"), new([]int)) }\n\nfunc b() { z := new("b") }\n',
    );
    expect(file.damage.map(({ reason }) => reason)).toEqual(['missing }']);
    expect(show(file.decls[1]!)).toContain('CallExpr{fun: new, args: ["b"]}');
  });
});

describe('text that is no Go at all', () => {
  it('costs no more for the cures that it seems to need', () => {
    const file = parse(`package p\n${'new( ) ) { make( '.repeat(5000)}\nfunc f() {}\n`);
    expect(file.damage).not.toEqual([]);
    expect(file.decls[file.decls.length - 1]).toMatchObject({ kind: 'FuncDecl', name: { name: 'f' } });
  });
});

describe('make as a name of the program', () => {
  it.each([
    ['make(100)', 'CallExpr{fun: make, args: [100]}'],
    ['make(n-1)', 'CallExpr{fun: make, args: [BinaryExpr{op: -, x: n, y: 1}]}'],
    ['&T{make(n - 1), make([]int, 2)}', expect.stringContaining('SliceType')],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('what is no call of new', () => {
  it.each(['"new("', '`new(1)`', 'renew(1)', 'new_(1)', 'x.new(1)'])('%s stays', (source) => {
    expect(parse(`package p\nvar x = ${source} + )\n`).damage).not.toEqual([]);
    expect(parse(`package p\nvar x = ${source}\n`).damage).toEqual([]);
  });

  it('an error elsewhere stays an error', () => {
    expect(parse('package p\nvar x = new(T)\nvar y = )\n').damage.length).toBe(1);
    expect(parse('package p\nvar x = new(1 +)\n').damage).not.toEqual([]);
  });
});
