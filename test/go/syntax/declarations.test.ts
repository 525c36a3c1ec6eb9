/**
 * Declarations. The trees are those of go/parser for the same text.
 */
import { describe, expect, it } from 'vitest';
import { declarations } from './harness.ts';

describe('functions', () => {
  it.each([
    ['func f()', 'FuncDecl{name: f, type: FuncType{}}'],
    ['func f() {}', 'FuncDecl{name: f, type: FuncType{}, body: Block{}}'],
    [
      'func f(a int, b ...string) (c int, err error) { return }',
      'FuncDecl{name: f, type: FuncType{params: [{names: [a], type: int}, {names: [b], type: string, variadic}], results: [{names: [c], type: int}, {names: [err], type: error}]}, body: Block{stmts: [ReturnStmt{}]}}',
    ],
    [
      'func f() int { return 1 }',
      'FuncDecl{name: f, type: FuncType{results: [{type: int}]}, body: Block{stmts: [ReturnStmt{results: [1]}]}}',
    ],
    ['func f(string, int)', 'FuncDecl{name: f, type: FuncType{params: [{type: string}, {type: int}]}}'],
    ['func f(string string)', 'FuncDecl{name: f, type: FuncType{params: [{names: [string], type: string}]}}'],
    [
      'func f(new, make int) {}',
      'FuncDecl{name: f, type: FuncType{params: [{names: [new, make], type: int}]}, body: Block{}}',
    ],
    ['func new() {}', 'FuncDecl{name: new, type: FuncType{}, body: Block{}}'],
  ])('%s', (source, tree) => {
    expect(declarations(source)).toEqual([tree].flat());
  });
});

describe('long lists of names share a type', () => {
  it.each([
    [
      'func f(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12 int, b string) {}',
      'FuncDecl{name: f, type: FuncType{params: [{names: [a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12], type: int}, {names: [b], type: string}]}, body: Block{}}',
    ],
    [
      'func f(a, b, c, d, e, f, g, h, i, j, k, l)',
      'FuncDecl{name: f, type: FuncType{params: [{type: a}, {type: b}, {type: c}, {type: d}, {type: e}, {type: f}, {type: g}, {type: h}, {type: i}, {type: j}, {type: k}, {type: l}]}}',
    ],
    [
      'func f() (a, b, c, d, e, f, g, h, i, j, k, l T.U) { return }',
      'FuncDecl{name: f, type: FuncType{results: [{names: [a, b, c, d, e, f, g, h, i, j, k, l], type: SelectorExpr{x: T, sel: U}}]}, body: Block{stmts: [ReturnStmt{}]}}',
    ],
    [
      'type T interface { m(a, b, c, d, e, f, g, h, i, j, k, l int) }',
      'TypeDecl{specs: [TypeSpec{name: T, type: InterfaceType{methods: [{name: m, type: FuncType{params: [{names: [a, b, c, d, e, f, g, h, i, j, k, l], type: int}]}}]}}]}',
    ],
  ])('%s', (source, tree) => {
    expect(declarations(source)).toEqual([tree].flat());
  });
});

describe('methods', () => {
  it.each([
    ['func (T) m()', 'FuncDecl{name: m, recv: {type: T}, type: FuncType{}}'],
    ['func (*T) m()', 'FuncDecl{name: m, recv: {type: StarExpr{x: T}}, type: FuncType{}}'],
    [
      'func (t *T) m() (x int)',
      'FuncDecl{name: m, recv: {names: [t], type: StarExpr{x: T}}, type: FuncType{results: [{names: [x], type: int}]}}',
    ],
    [
      'func (s *Set[T]) Add(x T) {}',
      'FuncDecl{name: Add, recv: {names: [s], type: StarExpr{x: IndexExpr{x: Set, indices: [T]}}}, type: FuncType{params: [{names: [x], type: T}]}, body: Block{}}',
    ],
    [
      'func (s Set[K, V]) F() {}',
      'FuncDecl{name: F, recv: {names: [s], type: IndexExpr{x: Set, indices: [K, V]}}, type: FuncType{}, body: Block{}}',
    ],
    [
      'func (Set[_]) F() {}',
      'FuncDecl{name: F, recv: {type: IndexExpr{x: Set, indices: [_]}}, type: FuncType{}, body: Block{}}',
    ],
    [
      'func (t (T)) m() {}',
      'FuncDecl{name: m, recv: {names: [t], type: ParenExpr{x: T}}, type: FuncType{}, body: Block{}}',
    ],
  ])('%s', (source, tree) => {
    expect(declarations(source)).toEqual([tree].flat());
  });
});

describe('type parameters', () => {
  it.each([
    [
      'func F[T any](x T) T { return x }',
      'FuncDecl{name: F, type: FuncType{typeParams: [{names: [T], type: any}], params: [{names: [x], type: T}], results: [{type: T}]}, body: Block{stmts: [ReturnStmt{results: [x]}]}}',
    ],
    [
      'func F[K comparable, V int | ~string](m map[K]V) {}',
      'FuncDecl{name: F, type: FuncType{typeParams: [{names: [K], type: comparable}, {names: [V], type: BinaryExpr{op: |, x: int, y: UnaryExpr{op: ~, x: string}}}], params: [{names: [m], type: MapType{key: K, value: V}}]}, body: Block{}}',
    ],
    [
      'func F[A, B any, C interface{ M() }](a A) {}',
      'FuncDecl{name: F, type: FuncType{typeParams: [{names: [A, B], type: any}, {names: [C], type: InterfaceType{methods: [{name: M, type: FuncType{}}]}}], params: [{names: [a], type: A}]}, body: Block{}}',
    ],
    [
      'func F[A, B, C, D, E, F, G, H, I, J, K, L any, M ~[]A]()',
      'FuncDecl{name: F, type: FuncType{typeParams: [{names: [A, B, C, D, E, F, G, H, I, J, K, L], type: any}, {names: [M], type: UnaryExpr{op: ~, x: SliceType{elem: A}}}]}}',
    ],
    [
      'type L[T any] struct { next *L[T] }',
      'TypeDecl{specs: [TypeSpec{name: L, typeParams: [{names: [T], type: any}], type: StructType{fields: [{names: [next], type: StarExpr{x: IndexExpr{x: L, indices: [T]}}}]}}]}',
    ],
    [
      'type T[P *C,] int',
      'TypeDecl{specs: [TypeSpec{name: T, typeParams: [{names: [P], type: StarExpr{x: C}}], type: int}]}',
    ],
    [
      'type T[P *C, Q any] int',
      'TypeDecl{specs: [TypeSpec{name: T, typeParams: [{names: [P], type: StarExpr{x: C}}, {names: [Q], type: any}], type: int}]}',
    ],
    [
      'type T[P interface{ *C }] int',
      'TypeDecl{specs: [TypeSpec{name: T, typeParams: [{names: [P], type: InterfaceType{embedded: [StarExpr{x: C}]}}], type: int}]}',
    ],
    [
      'type T[P *C|D,] struct{}',
      'TypeDecl{specs: [TypeSpec{name: T, typeParams: [{names: [P], type: BinaryExpr{op: |, x: StarExpr{x: C}, y: D}}], type: StructType{}}]}',
    ],
    [
      'type T[P []C] int',
      'TypeDecl{specs: [TypeSpec{name: T, typeParams: [{names: [P], type: SliceType{elem: C}}], type: int}]}',
    ],
    [
      'type T[P C[int]] struct{}',
      'TypeDecl{specs: [TypeSpec{name: T, typeParams: [{names: [P], type: IndexExpr{x: C, indices: [int]}}], type: StructType{}}]}',
    ],
    [
      'type T[A, B, C, D, E, F, G, H, I, J, K, L any] int',
      'TypeDecl{specs: [TypeSpec{name: T, typeParams: [{names: [A, B, C, D, E, F, G, H, I, J, K, L], type: any}], type: int}]}',
    ],
  ])('%s', (source, tree) => {
    expect(declarations(source)).toEqual([tree].flat());
  });
});

describe('types', () => {
  it.each([
    ['type T int', 'TypeDecl{specs: [TypeSpec{name: T, type: int}]}'],
    ['type T [N]int', 'TypeDecl{specs: [TypeSpec{name: T, type: ArrayType{length: N, elem: int}}]}'],
    [
      'type T [P * C]int',
      'TypeDecl{specs: [TypeSpec{name: T, type: ArrayType{length: BinaryExpr{op: *, x: P, y: C}, elem: int}}]}',
    ],
    [
      'type T [a[b]]int',
      'TypeDecl{specs: [TypeSpec{name: T, type: ArrayType{length: IndexExpr{x: a, indices: [b]}, elem: int}}]}',
    ],
    [
      'type F func(int) error',
      'TypeDecl{specs: [TypeSpec{name: F, type: FuncType{params: [{type: int}], results: [{type: error}]}}]}',
    ],
    ['type T = int', 'TypeDecl{specs: [TypeSpec{name: T, alias, type: int}]}'],
    [
      'type A[T any] = []T',
      'TypeDecl{specs: [TypeSpec{name: A, typeParams: [{names: [T], type: any}], alias, type: SliceType{elem: T}}]}',
    ],
    [
      'type ( A int; B = A; C[T any] D[T] )',
      'TypeDecl{specs: [TypeSpec{name: A, type: int}, TypeSpec{name: B, alias, type: A}, TypeSpec{name: C, typeParams: [{names: [T], type: any}], type: IndexExpr{x: D, indices: [T]}}]}',
    ],
    ['type ()', 'TypeDecl{}'],
  ])('%s', (source, tree) => {
    expect(declarations(source)).toEqual([tree].flat());
  });
});

describe('variables', () => {
  it.each([
    ['var x, y int', 'VarDecl{specs: [VarSpec{names: [x, y], type: int}]}'],
    ['var x int = 1', 'VarDecl{specs: [VarSpec{names: [x], type: int, values: [1]}]}'],
    [
      'var ( a = 1; b string = "x"; c, d int )',
      'VarDecl{specs: [VarSpec{names: [a], values: [1]}, VarSpec{names: [b], type: string, values: ["x"]}, VarSpec{names: [c, d], type: int}]}',
    ],
    ['var (a = 1)', 'VarDecl{specs: [VarSpec{names: [a], values: [1]}]}'],
    ['var ()', 'VarDecl{}'],
    [
      'var f = func() { g() }',
      'VarDecl{specs: [VarSpec{names: [f], values: [FuncLit{type: FuncType{}, body: Block{stmts: [ExprStmt{x: CallExpr{fun: g}}]}}]}]}',
    ],
  ])('%s', (source, tree) => {
    expect(declarations(source)).toEqual([tree].flat());
  });
});

describe('constants repeat the line before', () => {
  it.each([
    ['const A = 1', 'ConstDecl{specs: [ConstSpec{names: [A], values: [1], iota: 0}]}'],
    ['const (A = 1)', 'ConstDecl{specs: [ConstSpec{names: [A], values: [1], iota: 0}]}'],
    ['const a, b T = 1, 2', 'ConstDecl{specs: [ConstSpec{names: [a, b], type: T, values: [1, 2], iota: 0}]}'],
    [
      'const ( A T = iota + 1; B; _; C, D = iota, "x"; E, F )',
      'ConstDecl{specs: [ConstSpec{names: [A], type: T, values: [BinaryExpr{op: +, x: iota, y: 1}], iota: 0}, ConstSpec{names: [B], type: T, values: [BinaryExpr{op: +, x: iota, y: 1}], implicit, iota: 1}, ConstSpec{names: [_], type: T, values: [BinaryExpr{op: +, x: iota, y: 1}], implicit, iota: 2}, ConstSpec{names: [C, D], values: [iota, "x"], iota: 3}, ConstSpec{names: [E, F], values: [iota, "x"], implicit, iota: 4}]}',
    ],
    [
      'const ( _ = 1 << (10 * iota); KB; MB )',
      'ConstDecl{specs: [ConstSpec{names: [_], values: [BinaryExpr{op: <<, x: 1, y: ParenExpr{x: BinaryExpr{op: *, x: 10, y: iota}}}], iota: 0}, ConstSpec{names: [KB], values: [BinaryExpr{op: <<, x: 1, y: ParenExpr{x: BinaryExpr{op: *, x: 10, y: iota}}}], implicit, iota: 1}, ConstSpec{names: [MB], values: [BinaryExpr{op: <<, x: 1, y: ParenExpr{x: BinaryExpr{op: *, x: 10, y: iota}}}], implicit, iota: 2}]}',
    ],
    ['const ()', 'ConstDecl{}'],
  ])('%s', (source, tree) => {
    expect(declarations(source)).toEqual([tree].flat());
  });
});
