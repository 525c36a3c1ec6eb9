/**
 * Code that is wrong, endless or huge: every question gets an answer, soon, and nothing throws.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GoPackage, Program } from '../../../src/go/package.ts';
import { typeString } from '../../../src/go/semantics/print.ts';
import { openPackage, openSources } from './fixture-program.ts';
import { isExpr, nodesOf, typeAt } from './source-marks.ts';

/** Asks everything about every node. */
function askAll(program: Program, packages: readonly GoPackage[]): void {
  for (const pkg of packages) {
    for (const node of nodesOf(pkg)) {
      if (!isExpr(node)) continue;
      typeString(pkg.info.typeOf(node));
      pkg.info.isType(node);
      pkg.info.constantOf(node);
      if (node.kind === 'Ident') {
        pkg.info.objectOf(node);
        pkg.info.declares(node);
      } else if (node.kind === 'SelectorExpr') pkg.info.selectionOf(node);
      else if (node.kind === 'CallExpr') {
        pkg.info.callKind(node);
        pkg.info.signatureOf(node);
        program.calleeOf(node);
      } else if (node.kind === 'FuncLit') program.functionOf(node).cfg;
    }
    for (const fn of [...pkg.functions, ...pkg.initializers]) {
      for (const v of [fn.receiver, ...fn.params, ...fn.results]) v?.type;
      fn.cfg;
    }
    for (const name of pkg.types) {
      program.lookupMember(name.type, 'String');
      for (const other of pkg.types) program.implementsInterface(name.type, other.type);
    }
  }
}

const ENDLESS: Readonly<Record<string, string>> = {
  'types defined by themselves':
    'type A B; type B A; type S struct { S; *S; x int }; type Arr [len(arr)]int; var arr Arr; var a A = a.x; var s S = s.S.S.x',
  'aliases of themselves':
    'type A = B; type B = A; type C = []C; var x A; var y C; func f() { x.m(); y[0][0].m() }',
  'values of themselves':
    'const a = b; const b = a + 1; const ( c = iota + d; d = c ); var v = w; var w = f(v); func f(x int) int { return v }',
  'interfaces in a circle':
    'type A interface { B; M() }; type B interface { A; N() }; func f(a A, b B) { a.N(); b.M(); a.X() }',
  'types that grow':
    'type T[P any] struct { next *T[*P]; f func(T[[]P]) }; func f(t T[int]) { t.next.next.next.f(t) }',
  'embedding that grows': 'type T[P any] struct { *T[[]P] }; func f(t T[int]) { t.m(); t.T.T.T.T.m() }',
  'aliases that grow': 'type A[P any] = []A[*P]; var a A[int]; var b = a[0][0]',
  'inference in a circle':
    'func F[T []U, U []T](t T, u U) (T, U) { return F(u, t) }; func H[T any](t T) T { return H(H)(t) }; var x = H(H); var y, z = F(nil, nil)',
  'constraints on themselves':
    'type C[T C[T]] interface { Less(T) bool }; func S[T C[T]](x []T) T { return x[0] }; type I int; func (a I) Less(b I) bool { return S([]I{a}) < b }; func G[A B, B A](a A) B { return a }; var g = G(1)',
  'receivers that are no types':
    'func (x) m() {}; func (*x.y) n() {}; func ([]int) o() {}; func (t *t) p() { t.p() }; func (a, b T) q() {}; type T int; func () r() {}',
  'declarations twice':
    'var x int; var x string; func x() {}; type x struct{}; func f() { x := x; x() }; func f() int { return 1 }; import "x"',
  'generics misused':
    'type T[K, V any] struct{ k K }; var a T[int]; var b T[int, int, int]; var c T; var d = T[int, string]{}.k; func f[P any](p P) { p.x(); p[0](); for range p {} }; var e = f[int, int](1); var g = f[1]',
};

describe('code without end', () => {
  test.each(Object.entries(ENDLESS))('%s', async (_, text) => {
    const pkg = await openPackage(`package p\n${text.replaceAll('; ', '\n')}`);
    askAll(pkg.program, [pkg]);
  });
});

describe('code of great length', () => {
  test('long chains of operators keep their types', async () => {
    const pkg = await openPackage(`package p
var sum = ${Array(5000).fill('"a"').join(' + ')}
func f(a bool) bool { x := ${Array(5000).fill('a').join(' || ')}; return x }`);
    askAll(pkg.program, [pkg]);
    expect(typeAt(pkg, 'sum')).toBe('string');
    expect(typeAt(pkg, 'x')).toBe('bool');
  });

  test('deep nesting up to the limit of the parser', async () => {
    const pkg = await openPackage(`package p
type T struct { n *T; s []T }
func (t T) M() T { return t }
func g(a int) int { return a }
func f(t *T, v ${'[]'.repeat(400)}int) {
  a := t${'.n'.repeat(450)}
  b := ${'g('.repeat(450)}1${')'.repeat(450)}
  c := ${'('.repeat(450)}1.5${')'.repeat(450)}
  d := v${'[0]'.repeat(400)}
  e := T{}${'.M()'.repeat(200)}
  _, _, _, _, _ = a, b, c, d, e
}`);
    askAll(pkg.program, [pkg]);
    expect(['a', 'b', 'c', 'd', 'e'].map((name) => typeAt(pkg, name, name === 'a' ? 2 : 0))).toEqual([
      '*p.T',
      'int',
      'float64',
      'int',
      'p.T',
    ]);
  });

  test('large tables are not looked through again and again', async () => {
    const rows = Array.from({ length: 20000 }, (_, i) => `"k${i}": {${i}, "v"}`).join(',\n');
    const fields = Array.from({ length: 2000 }, (_, i) => `f${i} int`).join('; ');
    const uses = Array.from({ length: 2000 }, (_, i) => `w.f${i} = ${i}`).join('; ');
    const pkg = await openPackage(`package p
var table = map[string]struct{ n int64; s string }{
${rows},
}
type Wide struct { ${fields} }
func f(w *Wide) { ${uses} }`);
    askAll(pkg.program, [pkg]);
    expect(typeAt(pkg, '19999')).toBe('int64');
  });
});

const seeds = [
  'package p\nimport ("fmt"; "errors"; "slices")\ntype T[K comparable, V any] struct { m map[K]V; next *T[K, V] }\nfunc (t *T[K, V]) Get(k K) (v V, err error) { if v, ok := t.m[k]; ok { return v, nil }; return v, fmt.Errorf("no %v: %w", k, errors.New("x")) }\nfunc Map[S ~[]E, E, R any](s S, f func(E) R) []R { var out []R; for _, e := range s { out = append(out, f(e)) }; return out }\nvar x = Map([]int{1, 2}, func(n int) string { return fmt.Sprint(n) })',
  'package p\nimport "io"\ntype I interface { io.Reader; M(a ...int) (b, c string) }\ntype W struct { I; *W; f func() error }\nconst ( A = 1 << iota; B; C = len("x") + B )\nfunc f(w W, ch <-chan int) { switch v := any(w).(type) { case I: v.M(A, B); case nil: ; default: _ = v }\nselect { case n, ok := <-ch: _, _ = n, ok; default: }\nfor i, r := range "abc" { go func() { defer w.f(); _ = w.M; _ = i + int(r) }() }\nL: for { if a, b := w.M(1, 2); a == b { break L } } }',
];

test('mutilated code', async () => {
  const tokens = seeds.map((seed) => seed.match(/\w+|\s+|[^\w\s]/g)!);
  const mutation = fc.record({ at: fc.nat(), from: fc.nat(), kind: fc.nat(3), seed: fc.nat() });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1),
      fc.array(mutation, { minLength: 1, maxLength: 12 }),
      async (which, mutations) => {
        const text = [...tokens[which]!];
        for (const { at, from, kind, seed } of mutations) {
          const other = tokens[seed % 2]!;
          const place = at % text.length;
          if (kind === 0 && text.length > 1) text.splice(place, 1);
          else if (kind === 1) text[place] = other[from % other.length]!;
          else if (kind === 2) text.splice(place, 0, ' ', other[from % other.length]!, ' ');
          else text.splice(place, from % 5);
          if (text.length === 0) text.push(' ');
        }
        const program = await openSources({ 'p/p.go': text.join('') });
        askAll(program, program.packagesIn('p'));
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
