/**
 * Expressions. The trees are those of go/parser for the same text.
 */
import { describe, expect, it } from 'vitest';
import { expression } from './harness.ts';

describe('literals', () => {
  it.each([
    ['0x1F', '0x1F'],
    ['1_000.5e3', '1_000.5e3'],
    ['0x1p-2', '0x1p-2'],
    ['3i', '3i'],
    ["'\\''", "'\\''"],
    ['"a\\"b" + `c\\d`', 'BinaryExpr{op: +, x: "a\\"b", y: `c\\d`}'],
    ['nil', 'nil'],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('operators', () => {
  it.each([
    ['a + b * c', 'BinaryExpr{op: +, x: a, y: BinaryExpr{op: *, x: b, y: c}}'],
    ['a - b - c', 'BinaryExpr{op: -, x: BinaryExpr{op: -, x: a, y: b}, y: c}'],
    ['a << 1 &^ b', 'BinaryExpr{op: &^, x: BinaryExpr{op: <<, x: a, y: 1}, y: b}'],
    [
      'a || b && c == d',
      'BinaryExpr{op: ||, x: a, y: BinaryExpr{op: &&, x: b, y: BinaryExpr{op: ==, x: c, y: d}}}',
    ],
    ['(a + b) * c', 'BinaryExpr{op: *, x: ParenExpr{x: BinaryExpr{op: +, x: a, y: b}}, y: c}'],
    ['!x && !y', 'BinaryExpr{op: &&, x: UnaryExpr{op: !, x: x}, y: UnaryExpr{op: !, x: y}}'],
    ['-*p', 'UnaryExpr{op: -, x: StarExpr{x: p}}'],
    ['&T{}', 'UnaryExpr{op: &, x: CompositeLit{type: T}}'],
    ['^x', 'UnaryExpr{op: ^, x: x}'],
    ['<-f()', 'UnaryExpr{op: <-, x: CallExpr{fun: f}}'],
    ['a & ^b', 'BinaryExpr{op: &, x: a, y: UnaryExpr{op: ^, x: b}}'],
    ['*x * *y', 'BinaryExpr{op: *, x: StarExpr{x: x}, y: StarExpr{x: y}}'],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('calls and selectors', () => {
  it.each([
    ['a.b.c', 'SelectorExpr{x: SelectorExpr{x: a, sel: b}, sel: c}'],
    [
      'a.b().c[1](2)',
      'CallExpr{fun: IndexExpr{x: SelectorExpr{x: CallExpr{fun: SelectorExpr{x: a, sel: b}}, sel: c}, indices: [1]}, args: [2]}',
    ],
    ['f(x, y...)', 'CallExpr{fun: f, args: [x, y], ellipsis}'],
    ['f(\n\ta,\n\tb,\n)', 'CallExpr{fun: f, args: [a, b]}'],
    [
      'f(func() { g() })',
      'CallExpr{fun: f, args: [FuncLit{type: FuncType{}, body: Block{stmts: [ExprStmt{x: CallExpr{fun: g}}]}}]}',
    ],
    [
      'f(a < b, c > (d))',
      'CallExpr{fun: f, args: [BinaryExpr{op: <, x: a, y: b}, BinaryExpr{op: >, x: c, y: ParenExpr{x: d}}]}',
    ],
    [
      'func() int { return 1 }()',
      'CallExpr{fun: FuncLit{type: FuncType{results: [{type: int}]}, body: Block{stmts: [ReturnStmt{results: [1]}]}}}',
    ],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('an index, a slice, an instance: one tree', () => {
  it.each([
    ['a[i]', 'IndexExpr{x: a, indices: [i]}'],
    ['a[i].b', 'SelectorExpr{x: IndexExpr{x: a, indices: [i]}, sel: b}'],
    ['a[f(x)]', 'IndexExpr{x: a, indices: [CallExpr{fun: f, args: [x]}]}'],
    ['m[string]', 'IndexExpr{x: m, indices: [string]}'],
    ['F[[]int]', 'IndexExpr{x: F, indices: [SliceType{elem: int}]}'],
    ['F[map[string]int, *T]', 'IndexExpr{x: F, indices: [MapType{key: string, value: int}, StarExpr{x: T}]}'],
    ['a[b][c]', 'IndexExpr{x: IndexExpr{x: a, indices: [b]}, indices: [c]}'],
    ['a[:]', 'SliceExpr{x: a}'],
    ['a[1:]', 'SliceExpr{x: a, low: 1}'],
    ['a[:2]', 'SliceExpr{x: a, high: 2}'],
    ['a[1:2:3]', 'SliceExpr{x: a, low: 1, high: 2, max: 3}'],
    ['a[:2:3]', 'SliceExpr{x: a, high: 2, max: 3}'],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('a call, a conversion, a call of an instance: one tree', () => {
  it.each([
    ['f[int](x)', 'CallExpr{fun: IndexExpr{x: f, indices: [int]}, args: [x]}'],
    ['f[int, string](x)', 'CallExpr{fun: IndexExpr{x: f, indices: [int, string]}, args: [x]}'],
    ['pkg.F[int](x)', 'CallExpr{fun: IndexExpr{x: SelectorExpr{x: pkg, sel: F}, indices: [int]}, args: [x]}'],
    ['F[G[int]](x)', 'CallExpr{fun: IndexExpr{x: F, indices: [IndexExpr{x: G, indices: [int]}]}, args: [x]}'],
    [
      'G[chan int](x)',
      'CallExpr{fun: IndexExpr{x: G, indices: [ChanType{direction: both, elem: int}]}, args: [x]}',
    ],
    ['a[b](c)', 'CallExpr{fun: IndexExpr{x: a, indices: [b]}, args: [c]}'],
    ['[]byte(s)', 'CallExpr{fun: SliceType{elem: byte}, args: [s]}'],
    ['(T)(x)', 'CallExpr{fun: ParenExpr{x: T}, args: [x]}'],
    ['(func())(x)', 'CallExpr{fun: ParenExpr{x: FuncType{}}, args: [x]}'],
    ['interface{}(nil)', 'CallExpr{fun: InterfaceType{}, args: [nil]}'],
    ['map[string]int(x)', 'CallExpr{fun: MapType{key: string, value: int}, args: [x]}'],
    ['struct{}(x)', 'CallExpr{fun: StructType{}, args: [x]}'],
    ['make([]int, n)', 'CallExpr{fun: make, args: [SliceType{elem: int}, n]}'],
    ['make(chan int)', 'CallExpr{fun: make, args: [ChanType{direction: both, elem: int}]}'],
    ['new(T)', 'CallExpr{fun: new, args: [T]}'],
    ['new(map[string]int)', 'CallExpr{fun: new, args: [MapType{key: string, value: int}]}'],
    [
      'append([]int(nil), xs...)',
      'CallExpr{fun: append, args: [CallExpr{fun: SliceType{elem: int}, args: [nil]}, xs], ellipsis}',
    ],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('pointers and conversions', () => {
  it.each([
    ['(*T)(p)', 'CallExpr{fun: ParenExpr{x: StarExpr{x: T}}, args: [p]}'],
    ['*(*T)(p)', 'StarExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: T}}, args: [p]}}'],
    [
      '**(**T)(p)',
      'StarExpr{x: StarExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: StarExpr{x: T}}}, args: [p]}}}',
    ],
    [
      '*(*T)(p).f[1]',
      'StarExpr{x: IndexExpr{x: SelectorExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: T}}, args: [p]}, sel: f}, indices: [1]}}',
    ],
    [
      '*(*T)(p)[1:2]',
      'StarExpr{x: SliceExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: T}}, args: [p]}, low: 1, high: 2}}',
    ],
    [
      '*(*T)(p).(U)',
      'StarExpr{x: TypeAssertExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: T}}, args: [p]}, type: U}}',
    ],
    ['*[]T(x)[0]', 'StarExpr{x: IndexExpr{x: CallExpr{fun: SliceType{elem: T}, args: [x]}, indices: [0]}}'],
    [
      '*(*struct{ a int })(p).a.b()',
      'StarExpr{x: CallExpr{fun: SelectorExpr{x: SelectorExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: StructType{fields: [{names: [a], type: int}]}}}, args: [p]}, sel: a}, sel: b}}}',
    ],
    [
      '*(*T)(p) + *(*U)(q)',
      'BinaryExpr{op: +, x: StarExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: T}}, args: [p]}}, y: StarExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: U}}, args: [q]}}}',
    ],
    ['(*T).Method', 'SelectorExpr{x: ParenExpr{x: StarExpr{x: T}}, sel: Method}'],
    ['(*S[K, V]).M', 'SelectorExpr{x: ParenExpr{x: StarExpr{x: IndexExpr{x: S, indices: [K, V]}}}, sel: M}'],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('channels and conversions', () => {
  it.each([
    ['chan int(x)', 'CallExpr{fun: ChanType{direction: both, elem: int}, args: [x]}'],
    ['<-chan int(x)', 'UnaryExpr{op: <-, x: CallExpr{fun: ChanType{direction: both, elem: int}, args: [x]}}'],
    [
      '<-chan int(nil)',
      'UnaryExpr{op: <-, x: CallExpr{fun: ChanType{direction: both, elem: int}, args: [nil]}}',
    ],
    ['(<-chan int)(x)', 'CallExpr{fun: ParenExpr{x: ChanType{direction: receive, elem: int}}, args: [x]}'],
    ['chan<- int(x)', 'CallExpr{fun: ChanType{direction: send, elem: int}, args: [x]}'],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('composite literals', () => {
  it.each([
    ['T{1, 2}', 'CompositeLit{type: T, elements: [1, 2]}'],
    ['&T{a: 1}', 'UnaryExpr{op: &, x: CompositeLit{type: T, elements: [KeyValueExpr{key: a, value: 1}]}}'],
    [
      '[]T{{1}, {a: 2}}',
      'CompositeLit{type: SliceType{elem: T}, elements: [CompositeLit{elements: [1]}, CompositeLit{elements: [KeyValueExpr{key: a, value: 2}]}]}',
    ],
    [
      '[]*T{{1}, {}}',
      'CompositeLit{type: SliceType{elem: StarExpr{x: T}}, elements: [CompositeLit{elements: [1]}, CompositeLit{}]}',
    ],
    [
      'map[K]V{{1}: {2}}',
      'CompositeLit{type: MapType{key: K, value: V}, elements: [KeyValueExpr{key: CompositeLit{elements: [1]}, value: CompositeLit{elements: [2]}}]}',
    ],
    [
      '[...]int{1, 5: 2}',
      'CompositeLit{type: ArrayType{elem: int}, elements: [1, KeyValueExpr{key: 5, value: 2}]}',
    ],
    [
      '[][]int{{1}, {2, 3}}',
      'CompositeLit{type: SliceType{elem: SliceType{elem: int}}, elements: [CompositeLit{elements: [1]}, CompositeLit{elements: [2, 3]}]}',
    ],
    ['pkg.T{}', 'CompositeLit{type: SelectorExpr{x: pkg, sel: T}}'],
    ['G[int]{1}', 'CompositeLit{type: IndexExpr{x: G, indices: [int]}, elements: [1]}'],
    ['pkg.G[int]{}', 'CompositeLit{type: IndexExpr{x: SelectorExpr{x: pkg, sel: G}, indices: [int]}}'],
    [
      'struct{ a int }{1}',
      'CompositeLit{type: StructType{fields: [{names: [a], type: int}]}, elements: [1]}',
    ],
    ['[2]struct{}{}', 'CompositeLit{type: ArrayType{length: 2, elem: StructType{}}}'],
    [
      'T{\n\ta: 1,\n\tb: 2,\n}',
      'CompositeLit{type: T, elements: [KeyValueExpr{key: a, value: 1}, KeyValueExpr{key: b, value: 2}]}',
    ],
    [
      'map[string]func(){"a": f}',
      'CompositeLit{type: MapType{key: string, value: FuncType{}}, elements: [KeyValueExpr{key: "a", value: f}]}',
    ],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('type assertions', () => {
  it.each([
    ['x.(T)', 'TypeAssertExpr{x: x, type: T}'],
    ['x.(*pkg.T)', 'TypeAssertExpr{x: x, type: StarExpr{x: SelectorExpr{x: pkg, sel: T}}}'],
    [
      'x.(interface{ M() }).M()',
      'CallExpr{fun: SelectorExpr{x: TypeAssertExpr{x: x, type: InterfaceType{methods: [{name: M, type: FuncType{}}]}}, sel: M}}',
    ],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});

describe('function literals', () => {
  it.each([
    [
      'func(a, b int, c ...string) (x int, err error) { return }',
      'FuncLit{type: FuncType{params: [{names: [a, b], type: int}, {names: [c], type: string, variadic}], results: [{names: [x], type: int}, {names: [err], type: error}]}, body: Block{stmts: [ReturnStmt{}]}}',
    ],
    [
      'func(_ int, _ ...string) {}',
      'FuncLit{type: FuncType{params: [{names: [_], type: int}, {names: [_], type: string, variadic}]}, body: Block{}}',
    ],
    [
      'func(f func(a int, b ...T) (c D, e E), g ...func()) {}',
      'FuncLit{type: FuncType{params: [{names: [f], type: FuncType{params: [{names: [a], type: int}, {names: [b], type: T, variadic}], results: [{names: [c], type: D}, {names: [e], type: E}]}}, {names: [g], type: FuncType{}, variadic}]}, body: Block{}}',
    ],
  ])('%s', (source, tree) => {
    expect(expression(source)).toEqual(tree);
  });
});
