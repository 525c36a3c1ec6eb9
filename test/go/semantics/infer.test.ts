import { describe, expect, test } from 'vitest';
import { typeString } from '../../../src/go/semantics/print.ts';
import { openPackage } from './fixture-program.ts';
import { callAt, exprAt, typeAt } from './source-marks.ts';

const declarations = `package p
import ("cmp"; "maps"; "slices"; "iter")
type Number interface { ~int | ~int64 | ~float64 }
type Ints []int
type Celsius float64
type List[T any] struct { head *node[T] }
type node[T any] struct { value T; next *node[T] }
func (l *List[T]) Each(f func(T) bool) {}
func (l *List[T]) Values() iter.Seq[T] { return nil }
func Map[S ~[]E, E, R any](s S, f func(E) R) []R { return nil }
func Keep[S ~[]E, E any](s S, f func(E) bool) S { return s }
func Sum[N Number](xs ...N) N { var n N; return n }
func Ptr[T any](v T) *T { return &v }
func Zero[T any]() T { var z T; return z }
func Pair[A, B any](a A, b B) struct { A A; B B } { return struct{ A A; B B }{a, b} }
func Must[T any](v T, err error) T { return v }
func Apply[T, R any](v T, f func(T) R) R { return f(v) }
func Same[T any](a, b T) T { return a }
func Send[C ~chan E | ~chan<- E, E any](c C, e E) E { return e }
func Keys[M ~map[K]V, K comparable, V any](m M) []K { return nil }
func New[T any, P interface { *T; Set(string) }](s string) T { var t T; P(&t).Set(s); return t }
type Option struct{}
func (*Option) Set(string) {}
func both() (int, error) { return 0, nil }
func id[T any](v T) T { return v }
var _ = cmp.Compare[int]
var _ = maps.Keys[map[int]int]
`;

const CASES: readonly (readonly [expr: string, type: string])[] = [
  ['Map([]string{"a"}, func(s string) int { return 0 })', '[]int'],
  ['Keep(Ints{1}, func(n int) bool { return true })', 'p.Ints'],
  ['Sum(1, 2.5)', 'float64'],
  ['Sum(1, 2)', 'int'],
  ['Sum(Celsius(1), 2)', 'p.Celsius'],
  ['Sum[int64](1, 2)', 'int64'],
  ['Ptr(1)', '*int'],
  ["Ptr('x')", '*rune'],
  ['Ptr(Ptr("s"))', '**string'],
  ['Zero[[]byte]()', '[]byte'],
  ['Pair(1, "b").B', 'string'],
  ['Pair[string]("a", 2.5).B', 'float64'],
  ['Must(both())', 'int'],
  ['Apply(3, func(n int) error { return nil })', 'error'],
  ['Apply("a", id[string])', 'string'],
  ['Apply(1, id)', 'int'],
  ['Same(nil, Ptr(1))', '*int'],
  ['Send(make(chan string), "x")', 'string'],
  ['Keys(map[string]bool{})', '[]string'],
  ['New[Option]("x")', 'p.Option'],
  ['slices.Collect(maps.Keys(map[int]bool{}))', '[]int'],
  ['slices.SortedFunc(slices.Values([]string{}), cmp.Compare)', '[]string'],
  ['slices.IndexFunc(Ints{}, func(n int) bool { return n > 0 })', 'int'],
  ['slices.MaxFunc([]Celsius{}, func(a, b Celsius) int { return 0 })', 'p.Celsius'],
  ['(&List[string]{}).head.value', 'string'],
  ['(&List[string]{}).head.next.next', '*p.node[string]'],
  ['slices.Collect((&List[Option]{}).Values())', '[]p.Option'],
  ['id(id(id(1.5)))', 'float64'],
  ['max(1, 2.5)', 'float64'],
  ['min(Celsius(1), 2)', 'p.Celsius'],
];

describe('results of generic calls', async () => {
  const pkg = await openPackage(declarations + CASES.map(([expr], i) => `var v${i} = ${expr}`).join('\n'));
  test.each(CASES.map(([expr, type], i) => ({ expr, type, i })))('$expr is $type', ({ type, i }) => {
    expect(typeAt(pkg, `v${i}`)).toBe(type);
  });
});

test('the signature of a call has its type arguments filled in; so has the called function', async () => {
  const pkg = await openPackage(
    `${declarations}var x = Map([]string{}, func(s string) bool { return s == "" })`,
  );
  const call = callAt(pkg, 'Map([]string{}, func(s string) bool { return s == "" })');
  const signature = 'func(s []string, f func(string) bool) []bool';
  expect(typeString(pkg.info.signatureOf(call)!)).toBe(signature);
  expect(typeString(pkg.info.typeOf(call.fun))).toBe(signature);
});

test('a generic function that is passed on becomes what the parameter asks for', async () => {
  const pkg = await openPackage(`${declarations}
func take(f func(int) int) {}
func g() { take(id); var h func(string) string = id; _ = h }`);
  expect(typeString(pkg.info.typeOf(callAt(pkg, 'take(id)').args[0]!))).toBe('func(v int) int');
  expect(typeString(pkg.info.typeOf(exprAt(pkg, 'id', 2)))).toBe('func(v string) string');
});

test('what cannot be inferred is unknown, and the rest is known', async () => {
  const pkg = await openPackage(`${declarations}
import "github.com/acme/sdk"
var first = Zero()
var second = Pair(sdk.Value, "x")
var third = Map(sdk.List(), func(i sdk.Item) string { return "" })
var fourth = Same(1, "x")`);
  expect(typeAt(pkg, 'first')).toBe('invalid type');
  expect(typeAt(pkg, 'second')).toBe('struct{A ?github.com/acme/sdk; B string}');
  expect(typeAt(pkg, 'third')).toBe('[]string');
  expect(typeAt(pkg, 'fourth')).toMatch(/string|int|invalid/);
});

test('methods inside a generic type speak in its type parameters', async () => {
  const pkg = await openPackage(`package p
type Cache[K comparable, V any] struct { m map[K]V; load func(K) (V, error) }
func (c *Cache[Key, Val]) Get(k Key) (Val, error) {
  if v, ok := c.m[k]; ok { return v, nil }
  v, err := c.load(k)
  return v, err
}
func use(c *Cache[string, []byte]) { b, err := c.Get("k"); _, _ = b, err }`);
  expect(typeAt(pkg, 'c.m')).toBe('map[Key]Val');
  expect(typeAt(pkg, 'c.load(k)')).toBe('(Val, error)');
  expect(typeAt(pkg, 'b')).toBe('[]byte');
});
