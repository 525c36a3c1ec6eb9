import { describe, expect, test } from 'vitest';
import type { GoPackage } from '../../../src/go/package.ts';
import type { Var } from '../../../src/go/semantics/objects.ts';
import { openPackage } from './fixture-program.ts';
import { identAt, nodesOf, typeAt } from './source-marks.ts';

function idents(pkg: GoPackage, name: string) {
  return nodesOf(pkg).filter((node) => node.kind === 'Ident' && node.name === name) as ReturnType<
    typeof identAt
  >[];
}

/** For each mention of a name a letter; the same letter for the same object. */
function pattern(pkg: GoPackage, name: string): string {
  const letters = new Map<unknown, string>();
  return idents(pkg, name)
    .map((id) => {
      const object = pkg.info.objectOf(id);
      if (object === undefined) return '-';
      if (!letters.has(object)) letters.set(object, String.fromCharCode(97 + letters.size));
      return letters.get(object)!;
    })
    .join('');
}

/** For each mention of a name: does it declare? */
function declaring(pkg: GoPackage, name: string): string {
  return idents(pkg, name)
    .map((id) => (pkg.info.declares(id) ? 'D' : '.'))
    .join('');
}

describe('which variable a name stands for', () => {
  test('`:=` assigns what its own scope declares and declares the rest', async () => {
    const pkg = await openPackage(`package p
func g() (int, error) { return 0, nil }
func f() {
  a, err := g()
  b, err := g()
  if c, err := g(); err != nil { _ = c }
  _, _, _ = a, b, err
}`);
    expect(pattern(pkg, 'err')).toBe('aabba');
    expect(declaring(pkg, 'err')).toBe('D.D..');
  });

  test('parameters and results share the block of the body', async () => {
    const pkg = await openPackage(`package p
func g() (int, error) { return 0, nil }
func f(err error) (n int) {
  m, err := g()
  { n, err := g(); _, _ = n, err }
  n = m
  return
}`);
    expect(pattern(pkg, 'err')).toBe('aabb');
    expect(pattern(pkg, 'n')).toBe('abba');
  });

  test('an initialiser reads the outer variable', async () => {
    const pkg = await openPackage(`package p
var x = 1
func f() { x := x + 1; var y = y; { x := "s" + string(rune(x)); _ = x }; _ = x }
var y = 2.5`);
    expect(pattern(pkg, 'x')).toBe('abacbcb');
    expect(pattern(pkg, 'y')).toBe('abb');
    expect(typeAt(pkg, 'x', 6)).toBe('int');
  });

  test('literals see what surrounds them; loops and clauses declare for themselves', async () => {
    const pkg = await openPackage(`package p
func f(xs []int) {
  total := 0
  for i, x := range xs {
    add := func(n int) { total += n + i; total := x; _ = total }
    add(x)
  }
  switch x := len(xs); { case x > 1: x := "a"; _ = x; default: _ = x }
}`);
    expect(pattern(pkg, 'total')).toBe('aabb');
    expect(pattern(pkg, 'x')).toBe('aaabbccb');
  });

  test('a type switch has one variable per clause', async () => {
    const pkg = await openPackage(`package p
func f(v any) {
  switch t := v.(type) {
  case int: _ = t
  case string, bool: _ = t
  case nil: _ = t
  default: _ = t
  }
}`);
    expect(pattern(pkg, 't')).toBe('-abcd');
    expect(declaring(pkg, 't')).toBe('D....');
    expect([1, 2, 3, 4].map((nth) => typeAt(pkg, 't', nth))).toEqual(['int', 'any', 'any', 'any']);
  });

  test('labels, blank identifiers and unknown names stand for nothing', async () => {
    const pkg = await openPackage(`package p
func f() { loop: for { _ = nowhere; break loop } }`);
    expect(pkg.info.objectOf(identAt(pkg, 'loop'))).toBeUndefined();
    expect(pkg.info.objectOf(identAt(pkg, '_'))).toBeUndefined();
    expect(pkg.info.objectOf(identAt(pkg, 'nowhere'))).toBeUndefined();
  });

  test('variables know who declares them', async () => {
    const pkg = await openPackage(`package p
type T struct{ field int }
func (t *T) m(a int) (r error) { l := func(b int) { c := b; _ = c }; l(a); return }`);
    const owner = (name: string): string => {
      const object = pkg.info.objectOf(identAt(pkg, name)) as Var;
      return `${object.role} ${object.owner?.kind ?? '-'}`;
    };
    expect(['t', 'a', 'r', 'l', 'b', 'c', 'field'].map(owner)).toEqual([
      'receiver FuncDecl',
      'param FuncDecl',
      'result FuncDecl',
      'local FuncDecl',
      'param FuncLit',
      'local FuncLit',
      'field -',
    ]);
  });
});

describe('fields and methods', () => {
  test('keys of struct literals are fields, of maps and slices expressions', async () => {
    const pkg = await openPackage(`package p
type T struct { name string; next *T }
const name = "k"
var a = T{name: "x"}
var b = map[string]int{name: 1}
var c = []T{{name: "y"}}
type M map[string]T
var d = M{name: {name: "z"}}`);
    expect(pattern(pkg, 'name')).toBe('abababa');
  });

  test('selectors give the declared field; instantiated ones lead back by origin', async () => {
    const pkg = await openPackage(`package p
type Box[T any] struct { item T }
func (b Box[T]) Get() T { return b.item }
var s = Box[string]{item: "x"}.item
var n = Box[int]{}.Get()`);
    const fields = idents(pkg, 'item').map((id) => (pkg.info.objectOf(id) as Var).origin);
    expect(new Set(fields).size).toBe(1);
    expect(typeAt(pkg, 'Box[string]{item: "x"}.item')).toBe('string');
    expect(typeAt(pkg, 'Box[int]{}.Get()')).toBe('int');
  });

  test('members of interfaces and parameters of function types are declared where they stand', async () => {
    const pkg = await openPackage(`package p
type I interface { M(a int) error }
type F func(b string)
var v struct { f func(c bool) }`);
    for (const name of ['M', 'a', 'b', 'c', 'f']) {
      expect(pkg.info.objectOf(identAt(pkg, name)), name).toMatchObject({ name });
      expect(pkg.info.declares(identAt(pkg, name)), name).toBe(true);
    }
  });
});
