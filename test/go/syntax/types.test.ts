/**
 * Types. The trees are those of go/parser for the same text.
 */
import { describe, expect, it } from 'vitest';
import { type } from './harness.ts';

describe('simple types', () => {
  it.each([
    ['T', 'T'],
    ['pkg.T', 'SelectorExpr{x: pkg, sel: T}'],
    ['(T)', 'ParenExpr{x: T}'],
    ['*T', 'StarExpr{x: T}'],
    ['[]*T', 'SliceType{elem: StarExpr{x: T}}'],
    ['[3]int', 'ArrayType{length: 3, elem: int}'],
    ['[n * 2]int', 'ArrayType{length: BinaryExpr{op: *, x: n, y: 2}, elem: int}'],
    ['[2][3]int', 'ArrayType{length: 2, elem: ArrayType{length: 3, elem: int}}'],
    ['map[string][]int', 'MapType{key: string, value: SliceType{elem: int}}'],
    [
      'map[[2]int]chan struct{}',
      'MapType{key: ArrayType{length: 2, elem: int}, value: ChanType{direction: both, elem: StructType{}}}',
    ],
    ['G[int]', 'IndexExpr{x: G, indices: [int]}'],
    [
      'pkg.G[int, []string]',
      'IndexExpr{x: SelectorExpr{x: pkg, sel: G}, indices: [int, SliceType{elem: string}]}',
    ],
  ])('%s', (source, tree) => {
    expect(type(source)).toEqual(tree);
  });
});

describe('channels: the arrow belongs to the leftmost chan', () => {
  it.each([
    ['chan int', 'ChanType{direction: both, elem: int}'],
    ['chan<- int', 'ChanType{direction: send, elem: int}'],
    ['<-chan int', 'ChanType{direction: receive, elem: int}'],
    ['chan<- chan int', 'ChanType{direction: send, elem: ChanType{direction: both, elem: int}}'],
    ['chan<- <-chan int', 'ChanType{direction: send, elem: ChanType{direction: receive, elem: int}}'],
    [
      'chan (<-chan int)',
      'ChanType{direction: both, elem: ParenExpr{x: ChanType{direction: receive, elem: int}}}',
    ],
    ['<-chan <-chan int', 'ChanType{direction: receive, elem: ChanType{direction: receive, elem: int}}'],
    [
      'chan <- chan <- chan int',
      'ChanType{direction: send, elem: ChanType{direction: send, elem: ChanType{direction: both, elem: int}}}',
    ],
  ])('%s', (source, tree) => {
    expect(type(source)).toEqual(tree);
  });
});

describe('functions', () => {
  it.each([
    ['func()', 'FuncType{}'],
    ['func(int, string) error', 'FuncType{params: [{type: int}, {type: string}], results: [{type: error}]}'],
    [
      'func(a, b int, c ...string)',
      'FuncType{params: [{names: [a, b], type: int}, {names: [c], type: string, variadic}]}',
    ],
    ['func(...int)', 'FuncType{params: [{type: int, variadic}]}'],
    ['func(a.B, c)', 'FuncType{params: [{type: SelectorExpr{x: a, sel: B}}, {type: c}]}'],
    [
      'func(a, b.C, *d)',
      'FuncType{params: [{type: a}, {type: SelectorExpr{x: b, sel: C}}, {type: StarExpr{x: d}}]}',
    ],
    [
      'func(a, b T.U, c ...V)',
      'FuncType{params: [{names: [a, b], type: SelectorExpr{x: T, sel: U}}, {names: [c], type: V, variadic}]}',
    ],
    ['func() (int, error)', 'FuncType{results: [{type: int}, {type: error}]}'],
    [
      'func() (a int, err error)',
      'FuncType{results: [{names: [a], type: int}, {names: [err], type: error}]}',
    ],
    [
      'func(func(int) bool) func()',
      'FuncType{params: [{type: FuncType{params: [{type: int}], results: [{type: bool}]}}], results: [{type: FuncType{}}]}',
    ],
    [
      'func(a [3]b, c d[e], f g[h, i], j (k))',
      'FuncType{params: [{names: [a], type: ArrayType{length: 3, elem: b}}, {names: [c], type: IndexExpr{x: d, indices: [e]}}, {names: [f], type: IndexExpr{x: g, indices: [h, i]}}, {names: [j], type: ParenExpr{x: k}}]}',
    ],
    [
      'func(a, b, c, d, e, f, g, h, i, j, k, l int)',
      'FuncType{params: [{names: [a, b, c, d, e, f, g, h, i, j, k, l], type: int}]}',
    ],
    [
      'func(a, b, c, d, e, f, g, h, i, j, k, l *pkg.T, m ...int)',
      'FuncType{params: [{names: [a, b, c, d, e, f, g, h, i, j, k, l], type: StarExpr{x: SelectorExpr{x: pkg, sel: T}}}, {names: [m], type: int, variadic}]}',
    ],
    [
      'func(a, b, c, d, e, f, g, h, i, j, k, l)',
      'FuncType{params: [{type: a}, {type: b}, {type: c}, {type: d}, {type: e}, {type: f}, {type: g}, {type: h}, {type: i}, {type: j}, {type: k}, {type: l}]}',
    ],
  ])('%s', (source, tree) => {
    expect(type(source)).toEqual(tree);
  });
});

describe('structs', () => {
  it.each([
    ['struct{}', 'StructType{}'],
    [
      'struct{ a, b int; c string `json:"c"` }',
      'StructType{fields: [{names: [a, b], type: int}, {names: [c], type: string}]}',
    ],
    [
      'struct{ T; *U; pkg.V; *pkg.W; G[int]; *pkg.H[int] "tag" }',
      'StructType{fields: [{type: T}, {type: StarExpr{x: U}}, {type: SelectorExpr{x: pkg, sel: V}}, {type: StarExpr{x: SelectorExpr{x: pkg, sel: W}}}, {type: IndexExpr{x: G, indices: [int]}}, {type: StarExpr{x: IndexExpr{x: SelectorExpr{x: pkg, sel: H}, indices: [int]}}}]}',
    ],
  ])('%s', (source, tree) => {
    expect(type(source)).toEqual(tree);
  });
});

describe('interfaces', () => {
  it.each([
    ['interface{}', 'InterfaceType{}'],
    [
      'interface{ M(a int) error; N() }',
      'InterfaceType{methods: [{name: M, type: FuncType{params: [{names: [a], type: int}], results: [{type: error}]}}, {name: N, type: FuncType{}}]}',
    ],
    ['interface{ io.Reader; error }', 'InterfaceType{embedded: [SelectorExpr{x: io, sel: Reader}, error]}'],
    [
      'interface{ ~int | ~string | *T }',
      'InterfaceType{embedded: [BinaryExpr{op: |, x: BinaryExpr{op: |, x: UnaryExpr{op: ~, x: int}, y: UnaryExpr{op: ~, x: string}}, y: StarExpr{x: T}}]}',
    ],
    [
      'interface{ int | string; M(); E[F] }',
      'InterfaceType{methods: [{name: M, type: FuncType{}}], embedded: [BinaryExpr{op: |, x: int, y: string}, IndexExpr{x: E, indices: [F]}]}',
    ],
  ])('%s', (source, tree) => {
    expect(type(source)).toEqual(tree);
  });
});
