/**
 * Statements. The trees are those of go/parser for the same text.
 */
import { describe, expect, it } from 'vitest';
import { statements } from './harness.ts';

describe('simple statements', () => {
  it.each([
    ['f()', 'ExprStmt{x: CallExpr{fun: f}}'],
    ['a, b := 1, 2', 'AssignStmt{lhs: [a, b], op: :=, rhs: [1, 2]}'],
    [
      'x.y, z[1] = f()',
      'AssignStmt{lhs: [SelectorExpr{x: x, sel: y}, IndexExpr{x: z, indices: [1]}], op: =, rhs: [CallExpr{fun: f}]}',
    ],
    ['x += 1', 'AssignStmt{lhs: [x], op: +=, rhs: [1]}'],
    ['x &^= y', 'AssignStmt{lhs: [x], op: &^=, rhs: [y]}'],
    ['x <<= 2', 'AssignStmt{lhs: [x], op: <<=, rhs: [2]}'],
    ['x++', 'IncDecStmt{x: x, op: ++}'],
    ['x.y--', 'IncDecStmt{x: SelectorExpr{x: x, sel: y}, op: --}'],
    ['(*p)++', 'IncDecStmt{x: ParenExpr{x: StarExpr{x: p}}, op: ++}'],
    ['*p.q++', 'IncDecStmt{x: StarExpr{x: SelectorExpr{x: p, sel: q}}, op: ++}'],
    [
      '*(*T)(p) = x',
      'AssignStmt{lhs: [StarExpr{x: CallExpr{fun: ParenExpr{x: StarExpr{x: T}}, args: [p]}}], op: =, rhs: [x]}',
    ],
    ['ch <- v', 'SendStmt{chan: ch, value: v}'],
    ['x <- <-y', 'SendStmt{chan: x, value: UnaryExpr{op: <-, x: y}}'],
    ['<-ch', 'ExprStmt{x: UnaryExpr{op: <-, x: ch}}'],
    ['x, ok := <-ch', 'AssignStmt{lhs: [x, ok], op: :=, rhs: [UnaryExpr{op: <-, x: ch}]}'],
    ['x, ok := m[k]', 'AssignStmt{lhs: [x, ok], op: :=, rhs: [IndexExpr{x: m, indices: [k]}]}'],
    ['x, ok := y.(T)', 'AssignStmt{lhs: [x, ok], op: :=, rhs: [TypeAssertExpr{x: y, type: T}]}'],
    [';', 'EmptyStmt{}'],
    ['{ { x() } }', 'Block{stmts: [Block{stmts: [ExprStmt{x: CallExpr{fun: x}}]}]}'],
    [
      'func() { x := 1; _ = x }()',
      'ExprStmt{x: CallExpr{fun: FuncLit{type: FuncType{}, body: Block{stmts: [AssignStmt{lhs: [x], op: :=, rhs: [1]}, AssignStmt{lhs: [_], op: =, rhs: [x]}]}}}}',
    ],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('go, defer, return, branches', () => {
  it.each([
    ['go func() {}()', 'GoStmt{call: CallExpr{fun: FuncLit{type: FuncType{}, body: Block{}}}}'],
    ['go x.y(z)', 'GoStmt{call: CallExpr{fun: SelectorExpr{x: x, sel: y}, args: [z]}}'],
    ['defer f(x)', 'DeferStmt{call: CallExpr{fun: f, args: [x]}}'],
    ['return', 'ReturnStmt{}'],
    ['return a, nil', 'ReturnStmt{results: [a, nil]}'],
    ['return func() {}', 'ReturnStmt{results: [FuncLit{type: FuncType{}, body: Block{}}]}'],
    ['break', 'BranchStmt{tok: break}'],
    ['continue L', 'BranchStmt{tok: continue, label: L}'],
    ['goto L', 'BranchStmt{tok: goto, label: L}'],
    ['fallthrough', 'BranchStmt{tok: fallthrough}'],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('labels', () => {
  it.each([
    [
      'L: for { break L }',
      'LabeledStmt{label: L, stmt: ForStmt{body: Block{stmts: [BranchStmt{tok: break, label: L}]}}}',
    ],
    ['L: M: for {}', 'LabeledStmt{label: L, stmt: LabeledStmt{label: M, stmt: ForStmt{body: Block{}}}}'],
    ['L:', 'LabeledStmt{label: L, stmt: EmptyStmt{}}'],
    [
      'goto L; L: x()',
      ['BranchStmt{tok: goto, label: L}', 'LabeledStmt{label: L, stmt: ExprStmt{x: CallExpr{fun: x}}}'],
    ],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('if', () => {
  it.each([
    ['if x { a() }', 'IfStmt{cond: x, then: Block{stmts: [ExprStmt{x: CallExpr{fun: a}}]}}'],
    [
      'if x := f(); x != nil { a() } else { b() }',
      'IfStmt{init: AssignStmt{lhs: [x], op: :=, rhs: [CallExpr{fun: f}]}, cond: BinaryExpr{op: !=, x: x, y: nil}, then: Block{stmts: [ExprStmt{x: CallExpr{fun: a}}]}, otherwise: Block{stmts: [ExprStmt{x: CallExpr{fun: b}}]}}',
    ],
    [
      'if a {} else if b {} else {}',
      'IfStmt{cond: a, then: Block{}, otherwise: IfStmt{cond: b, then: Block{}, otherwise: Block{}}}',
    ],
    [
      'if (T{}) == x {}',
      'IfStmt{cond: BinaryExpr{op: ==, x: ParenExpr{x: CompositeLit{type: T}}, y: x}, then: Block{}}',
    ],
    [
      'if f(T{1}) {}',
      'IfStmt{cond: CallExpr{fun: f, args: [CompositeLit{type: T, elements: [1]}]}, then: Block{}}',
    ],
    [
      'if f := func() bool { return T{} == y }; f() {}',
      'IfStmt{init: AssignStmt{lhs: [f], op: :=, rhs: [FuncLit{type: FuncType{results: [{type: bool}]}, body: Block{stmts: [ReturnStmt{results: [BinaryExpr{op: ==, x: CompositeLit{type: T}, y: y}]}]}}]}, cond: CallExpr{fun: f}, then: Block{}}',
    ],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('for', () => {
  it.each([
    ['for {}', 'ForStmt{body: Block{}}'],
    ['for x {}', 'ForStmt{cond: x, body: Block{}}'],
    ['for ; ; {}', 'ForStmt{body: Block{}}'],
    ['for ; x; {}', 'ForStmt{cond: x, body: Block{}}'],
    [
      'for i := 0; ; i++ {}',
      'ForStmt{init: AssignStmt{lhs: [i], op: :=, rhs: [0]}, post: IncDecStmt{x: i, op: ++}, body: Block{}}',
    ],
    [
      'for i, j := 0, 1; i < j; i, j = i+1, j+1 {}',
      'ForStmt{init: AssignStmt{lhs: [i, j], op: :=, rhs: [0, 1]}, cond: BinaryExpr{op: <, x: i, y: j}, post: AssignStmt{lhs: [i, j], op: =, rhs: [BinaryExpr{op: +, x: i, y: 1}, BinaryExpr{op: +, x: j, y: 1}]}, body: Block{}}',
    ],
    [
      'for x := <-c; ; x = <-c {}',
      'ForStmt{init: AssignStmt{lhs: [x], op: :=, rhs: [UnaryExpr{op: <-, x: c}]}, post: AssignStmt{lhs: [x], op: =, rhs: [UnaryExpr{op: <-, x: c}]}, body: Block{}}',
    ],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('range', () => {
  it.each([
    ['for range ch {}', 'RangeStmt{x: ch, body: Block{}}'],
    ['for range 10 {}', 'RangeStmt{x: 10, body: Block{}}'],
    ['for i := range 10 {}', 'RangeStmt{key: i, define, x: 10, body: Block{}}'],
    ['for k, v := range m {}', 'RangeStmt{key: k, value: v, define, x: m, body: Block{}}'],
    ['for k, v = range m {}', 'RangeStmt{key: k, value: v, x: m, body: Block{}}'],
    ['for _, x.y = range m {}', 'RangeStmt{key: _, value: SelectorExpr{x: x, sel: y}, x: m, body: Block{}}'],
    ['for a[i] = range x {}', 'RangeStmt{key: IndexExpr{x: a, indices: [i]}, x: x, body: Block{}}'],
    [
      'for _, x := range []T{{1}, {2}} {}',
      'RangeStmt{key: _, value: x, define, x: CompositeLit{type: SliceType{elem: T}, elements: [CompositeLit{elements: [1]}, CompositeLit{elements: [2]}]}, body: Block{}}',
    ],
    [
      'for x := range f[int] {}',
      'RangeStmt{key: x, define, x: IndexExpr{x: f, indices: [int]}, body: Block{}}',
    ],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('switch', () => {
  it.each([
    ['switch {}', 'SwitchStmt{}'],
    [
      'switch x { case 1, 2: a(); default: b() }',
      'SwitchStmt{tag: x, cases: [CaseClause{exprs: [1, 2], body: [ExprStmt{x: CallExpr{fun: a}}]}, CaseClause{isDefault, body: [ExprStmt{x: CallExpr{fun: b}}]}]}',
    ],
    [
      'switch x := f(); x.y { case a: }',
      'SwitchStmt{init: AssignStmt{lhs: [x], op: :=, rhs: [CallExpr{fun: f}]}, tag: SelectorExpr{x: x, sel: y}, cases: [CaseClause{exprs: [a]}]}',
    ],
    [
      'switch x := f(); { case x > 1: fallthrough; case c: }',
      'SwitchStmt{init: AssignStmt{lhs: [x], op: :=, rhs: [CallExpr{fun: f}]}, cases: [CaseClause{exprs: [BinaryExpr{op: >, x: x, y: 1}], body: [BranchStmt{tok: fallthrough}]}, CaseClause{exprs: [c]}]}',
    ],
    ['switch f(T{}) {}', 'SwitchStmt{tag: CallExpr{fun: f, args: [CompositeLit{type: T}]}}'],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('type switch', () => {
  it.each([
    [
      'switch x.(type) { case int, *T: a(); case nil: }',
      'TypeSwitchStmt{x: x, cases: [CaseClause{exprs: [int, StarExpr{x: T}], body: [ExprStmt{x: CallExpr{fun: a}}]}, CaseClause{exprs: [nil]}]}',
    ],
    ['switch v := x.(type) { default: }', 'TypeSwitchStmt{bind: v, x: x, cases: [CaseClause{isDefault}]}'],
    [
      'switch a := f(); v := a.(type) { case map[string]int, []U, chan X, func(), struct{}: }',
      'TypeSwitchStmt{init: AssignStmt{lhs: [a], op: :=, rhs: [CallExpr{fun: f}]}, bind: v, x: a, cases: [CaseClause{exprs: [MapType{key: string, value: int}, SliceType{elem: U}, ChanType{direction: both, elem: X}, FuncType{}, StructType{}]}]}',
    ],
    [
      'switch (x).y().(type) {}',
      'TypeSwitchStmt{x: CallExpr{fun: SelectorExpr{x: ParenExpr{x: x}, sel: y}}}',
    ],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('select', () => {
  it.each([
    ['select {}', 'SelectStmt{}'],
    [
      'select { case <-ch: a(); case v := <-ch: b(); case v, ok := <-ch: case x, y = <-ch: case ch <- v: default: c() }',
      'SelectStmt{cases: [CommClause{comm: ExprStmt{x: UnaryExpr{op: <-, x: ch}}, body: [ExprStmt{x: CallExpr{fun: a}}]}, CommClause{comm: AssignStmt{lhs: [v], op: :=, rhs: [UnaryExpr{op: <-, x: ch}]}, body: [ExprStmt{x: CallExpr{fun: b}}]}, CommClause{comm: AssignStmt{lhs: [v, ok], op: :=, rhs: [UnaryExpr{op: <-, x: ch}]}}, CommClause{comm: AssignStmt{lhs: [x, y], op: =, rhs: [UnaryExpr{op: <-, x: ch}]}}, CommClause{comm: SendStmt{chan: ch, value: v}}, CommClause{body: [ExprStmt{x: CallExpr{fun: c}}]}]}',
    ],
    [
      'select { case <-time.After(1 * time.Second): }',
      'SelectStmt{cases: [CommClause{comm: ExprStmt{x: UnaryExpr{op: <-, x: CallExpr{fun: SelectorExpr{x: time, sel: After}, args: [BinaryExpr{op: *, x: 1, y: SelectorExpr{x: time, sel: Second}}]}}}}]}',
    ],
    [
      'select { case x[i] = <-c: case x.y, ok = (<-c): case (<-c): }',
      'SelectStmt{cases: [CommClause{comm: AssignStmt{lhs: [IndexExpr{x: x, indices: [i]}], op: =, rhs: [UnaryExpr{op: <-, x: c}]}}, CommClause{comm: AssignStmt{lhs: [SelectorExpr{x: x, sel: y}, ok], op: =, rhs: [ParenExpr{x: UnaryExpr{op: <-, x: c}}]}}, CommClause{comm: ExprStmt{x: ParenExpr{x: UnaryExpr{op: <-, x: c}}}}]}',
    ],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('declarations in functions', () => {
  it.each([
    ['var x int', 'DeclStmt{decl: VarDecl{specs: [VarSpec{names: [x], type: int}]}}'],
    ['var x, y = 1, 2', 'DeclStmt{decl: VarDecl{specs: [VarSpec{names: [x, y], values: [1, 2]}]}}'],
    [
      'const ( a = iota; b )',
      'DeclStmt{decl: ConstDecl{specs: [ConstSpec{names: [a], values: [iota], iota: 0}, ConstSpec{names: [b], values: [iota], implicit, iota: 1}]}}',
    ],
    ['type T struct{}', 'DeclStmt{decl: TypeDecl{specs: [TypeSpec{name: T, type: StructType{}}]}}'],
    [
      'type ( A = B; C[P any] int )',
      'DeclStmt{decl: TypeDecl{specs: [TypeSpec{name: A, alias, type: B}, TypeSpec{name: C, typeParams: [{names: [P], type: any}], type: int}]}}',
    ],
    [
      'var _ I = (*T)(nil)',
      'DeclStmt{decl: VarDecl{specs: [VarSpec{names: [_], type: I, values: [CallExpr{fun: ParenExpr{x: StarExpr{x: T}}, args: [nil]}]}]}}',
    ],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});

describe('new and make as names', () => {
  it.each([
    ['new := 1', 'AssignStmt{lhs: [new], op: :=, rhs: [1]}'],
    ['make := f', 'AssignStmt{lhs: [make], op: :=, rhs: [f]}'],
    [
      'x.new(x.make)',
      'ExprStmt{x: CallExpr{fun: SelectorExpr{x: x, sel: new}, args: [SelectorExpr{x: x, sel: make}]}}',
    ],
    ['make(100)', 'ExprStmt{x: CallExpr{fun: make, args: [100]}}'],
    ['make(n - 1)', 'ExprStmt{x: CallExpr{fun: make, args: [BinaryExpr{op: -, x: n, y: 1}]}}'],
  ])('%s', (source, tree) => {
    expect(statements(source)).toEqual([tree].flat());
  });
});
