import { describe, expect, test } from 'vitest';
import type { Callee } from '../../../src/go/calls/callee.ts';
import type { GoPackage } from '../../../src/go/package.ts';
import { openPackage, openSources } from '../semantics/fixture-program.ts';
import { callAt } from '../semantics/source-marks.ts';

function shown(callee: Callee): string {
  switch (callee.kind) {
    case 'function':
      return `function ${callee.func.name}${callee.body === undefined ? '' : ` in ${callee.body.symbol}`}`;
    case 'interface':
      return `interface ${callee.method.name}: ${callee.implementations.map((fn) => fn.symbol).join(', ')}`;
    case 'closure':
      return `closure ${callee.functions.map((fn) => fn.symbol).join(', ')}`;
    default:
      return callee.kind;
  }
}

const calleeAt = (pkg: GoPackage, text: string, nth = 0): string =>
  shown(pkg.program.calleeOf(callAt(pkg, text, nth)));

describe('closures', () => {
  test('a variable that is bound once, or declared empty and bound later', async () => {
    const pkg = await openPackage(`package p
func f(outer func()) {
  emit := func(n int) {}
  emit(1)
  var walk func(int)
  walk = func(n int) { walk(n - 1) }
  walk(2)
  other := emit
  other(3)
  either := emit
  if true { either = func(n int) {} }
  either(4)
  taken := func() {}
  p := &taken
  taken()
  _ = p
  outer()
  given, _ := make2()
  given()
  func() {}()
}
func make2() (func(), error) { return nil, nil }`);
    expect(calleeAt(pkg, 'emit(1)')).toBe('closure f.func1');
    expect(calleeAt(pkg, 'walk(n - 1)')).toBe('closure f.func2');
    expect(calleeAt(pkg, 'walk(2)')).toBe('closure f.func2');
    expect(calleeAt(pkg, 'other(3)')).toBe('closure f.func1');
    expect(calleeAt(pkg, 'either(4)')).toBe('closure f.func3, f.func1');
    expect(calleeAt(pkg, 'taken()')).toBe('value');
    expect(calleeAt(pkg, 'outer()')).toBe('value');
    expect(calleeAt(pkg, 'given()')).toBe('value');
    expect(calleeAt(pkg, 'func() {}()')).toBe('closure f.func5');
  });

  test('parameters of functions that nobody else can call', async () => {
    const pkg = await openPackage(`package p
type T struct{}
func each(n int, visit func(int) error) { visit(n) }
func Exported(visit func()) { visit() }
func stored(visit func()) { visit() }
func variadic(fs ...func()) { fs[0]() }
func (t T) pages(fetch func() error) { fetch() }
func (t T) Do() error { return nil }
func named(int) error { return nil }
var keep = stored
func f(t T) {
  each(1, func(int) error { return nil })
  each(2, named)
  Exported(func() {})
  stored(func() {})
  variadic(func() {})
  t.pages(t.Do)
}`);
    expect(calleeAt(pkg, 'visit(n)')).toBe('closure f.func1, named');
    expect(calleeAt(pkg, 'visit()')).toBe('value');
    expect(calleeAt(pkg, 'visit()', 1)).toBe('value');
    expect(calleeAt(pkg, 'fs[0]()')).toBe('value');
    expect(calleeAt(pkg, 'fetch()')).toBe('function Do in T.Do');
  });
});

describe('interfaces', () => {
  test('implementations are those of the package and of what it imports', async () => {
    const program = await openSources({
      'port/port.go':
        'package port\ntype Sender interface { Send(string) error; Close() }\ntype Base struct{}\nfunc (Base) Close() {}',
      'lib/lib.go':
        'package lib\nimport "example.com/port"\ntype Client struct { port.Base }\nfunc (c *Client) Send(s string) error { return nil }\ntype Half struct{}\nfunc (Half) Send(s string) error { return nil }',
      'app/app.go':
        'package app\nimport ("example.com/lib"; "example.com/port")\ntype local struct{ port.Base }\nfunc (local) Send(string) error { return nil }\ntype wrong struct{ port.Base }\nfunc (wrong) Send(int) error { return nil }\nvar _ lib.Client\nfunc f(s port.Sender) { s.Send("x"); s.Close() }',
      'other/other.go':
        'package other\nimport "example.com/port"\ntype Third struct{ port.Base }\nfunc (Third) Send(string) error { return nil }',
    });
    program.packagesIn('other');
    const [app] = program.packagesIn('app');
    expect(calleeAt(app!, 's.Send("x")')).toBe('interface Send: local.Send, (*Client).Send');
    expect(calleeAt(app!, 's.Close()')).toBe('interface Close: Base.Close');
  });

  test('methods of constraints, embedded interfaces and interface method values', async () => {
    const pkg = await openPackage(`package p
type Store interface { Get() error }
type Mem struct{}
func (*Mem) Get() error { return nil }
type Service struct { Store }
func f[S Store](s S, svc Service) {
  s.Get()
  svc.Get()
  get := svc.Store.Get
  get()
  Store.Get(nil)
}`);
    for (const call of ['s.Get()', 'svc.Get()', 'get()', 'Store.Get(nil)']) {
      expect(calleeAt(pkg, call), call).toBe('interface Get: (*Mem).Get');
    }
  });
});

test('methods: promoted, on values and pointers, as expressions; generic functions by their declaration', async () => {
  const pkg = await openPackage(`package p
type Base struct{}
func (b *Base) Log() {}
type T struct { *Base }
func (T) M(n int) {}
func id[V any](v V) V { return v }
type Box[V any] struct{}
func (b Box[V]) Put(v V) {}
func f(t T, b Box[int]) {
  t.Log(); (&t).M(1); T.M(t, 1); id[int](1); id("x"); b.Put(1); (id)(2)
  m := t.M
  m(3)
}`);
  expect(calleeAt(pkg, 't.Log()')).toBe('function Log in (*Base).Log');
  expect(calleeAt(pkg, '(&t).M(1)')).toBe('function M in T.M');
  expect(calleeAt(pkg, 'T.M(t, 1)')).toBe('function M in T.M');
  expect(calleeAt(pkg, 'id[int](1)')).toBe('function id in id');
  expect(calleeAt(pkg, 'id("x")')).toBe('function id in id');
  expect(calleeAt(pkg, '(id)(2)')).toBe('function id in id');
  expect(calleeAt(pkg, 'b.Put(1)')).toBe('function Put in Box.Put');
  expect(calleeAt(pkg, 'm(3)')).toBe('function M in T.M');
});

test('what does not resolve says what it is called, and on what', async () => {
  const pkg = await openPackage(`package p
import "strings"
type T struct { f func() }
func f(t T, fs []func()) { nowhere(); t.missing(); strings.Nope(); t.f(); fs[0](); undefined.Call() }`);
  const { program } = pkg;
  expect(program.calleeOf(callAt(pkg, 'nowhere()'))).toEqual({
    kind: 'unknown',
    name: 'nowhere',
    receiver: undefined,
  });
  expect(program.calleeOf(callAt(pkg, 't.missing()'))).toMatchObject({
    kind: 'unknown',
    name: 'missing',
    receiver: { kind: 'Ident', name: 't' },
  });
  expect(program.calleeOf(callAt(pkg, 'strings.Nope()'))).toMatchObject({ kind: 'unknown', name: 'Nope' });
  expect(program.calleeOf(callAt(pkg, 't.f()'))).toMatchObject({
    kind: 'value',
    type: { kind: 'signature' },
  });
  expect(program.calleeOf(callAt(pkg, 'fs[0]()'))).toMatchObject({ kind: 'value' });
  expect(program.calleeOf(callAt(pkg, 'undefined.Call()'))).toMatchObject({ kind: 'unknown', name: 'Call' });
});
