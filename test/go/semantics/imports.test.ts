import { describe, expect, test } from 'vitest';
import { packageNamesFor } from '../../../src/go/semantics/import-names.ts';
import { openPackage, openSources } from './fixture-program.ts';
import { callAt, exprAt, identAt, typeAt } from './source-marks.ts';

test.each([
  ['fmt', 'fmt'],
  ['math/rand/v2', 'rand'],
  ['github.com/google/go-github/v66/github', 'github'],
  ['gopkg.in/yaml.v3', 'yaml'],
  ['github.com/hashicorp/go-multierror', 'multierror'],
  ['github.com/nats-io/nats.go', 'nats'],
  ['github.com/segmentio/kafka-go', 'kafka'],
  ['github.com/okta/okta-sdk-golang/v2/okta', 'okta'],
  ['github.com/jackc/pgx/v5', 'pgx'],
  ['k8s.io/api/core/v1', 'v1'],
  ['github.com/aws/aws-sdk-go-v2/service/s3', 's3'],
  ['gopkg.in/DataDog/dd-trace-go.v1', 'trace'],
])('%s suggests %s', (path, name) => {
  expect(packageNamesFor(path)[0]).toBe(name);
});

describe('the package clause decides', () => {
  test('where there is source, whatever the path looks like', async () => {
    const program = await openSources({
      'lib/go-thing/x.go': 'package widget\ntype T struct{}\nfunc Make() *T { return nil }',
      'lib/v2/x.go': 'package other\nfunc F() int { return 0 }',
      'p/p.go': `package p
import ("example.com/lib/go-thing"; "example.com/lib/v2")
var a, b = widget.Make(), other.F()
var c = thing.Make()`,
    });
    const [pkg] = program.packagesIn('p');
    expect(typeAt(pkg!, 'a')).toBe('*widget.T');
    expect(typeAt(pkg!, 'b')).toBe('int');
    expect(typeAt(pkg!, 'c')).toBe('invalid type');
  });

  test('a package may be called like a builtin', async () => {
    const program = await openSources({
      'copy/copy.go': 'package copy\nfunc Copy(a, b string) error { return nil }',
      'p/p.go': 'package p\nimport "example.com/copy"\nvar e = copy.Copy("a", "b")',
    });
    expect(typeAt(program.packagesIn('p')[0]!, 'e')).toBe('error');
  });

  test('aliases, dot and blank imports', async () => {
    const pkg = await openPackage(`package p
import (js "encoding/json"; . "strings"; _ "net/http/pprof")
var a, e = js.Marshal(1)
var f = Fields("a b")
var b Builder`);
    expect(typeAt(pkg, 'a')).toBe('[]byte');
    expect(typeAt(pkg, 'f')).toBe('[]string');
    expect(typeAt(pkg, 'b')).toBe('strings.Builder');
    const json = { kind: 'package', imported: { path: 'encoding/json', name: 'json' } };
    expect(pkg.info.objectOf(identAt(pkg, 'js'))).toMatchObject(json);
    expect(pkg.info.objectOf(pkg.files[0]!.imports[0]!.name!)).toMatchObject(json);
  });

  test('a name of the package hides the import of a local name', async () => {
    const pkg = await openPackage(`package p
import "strings"
func f(strings []string) { x := strings[0]; _ = x }
func g() { x := strings.ToUpper("a"); _ = x }`);
    expect(typeAt(pkg, 'strings[0]')).toBe('string');
    expect(typeAt(pkg, 'strings.ToUpper("a")')).toBe('string');
  });

  test('import cycles are no matter', async () => {
    const program = await openSources({
      'a/a.go': 'package a\nimport "example.com/b"\ntype A struct { b.B }\nvar X = b.Y + 1',
      'b/b.go': 'package b\nimport "example.com/a"\ntype B struct { *a.A; n int }\nvar Y = a.X',
    });
    const [a] = program.packagesIn('a');
    expect(typeAt(a!, 'b.Y')).toMatch(/int|invalid/);
    expect(
      program.lookupMember(a!.lookup('A')!.kind === 'type' ? typeOf(a!, 'A') : never(), 'n'),
    ).toBeDefined();
  });
});

function typeOf(pkg: NonNullable<Awaited<ReturnType<typeof openPackage>>>, name: string) {
  const object = pkg.lookup(name);
  if (object?.kind !== 'type') return never();
  return object.type;
}

function never(): never {
  throw new Error('unexpected');
}

describe('packages without source', () => {
  test('their types have names, their values do not exist, and the reason travels', async () => {
    const pkg = await openPackage(`package p
import "github.com/acme/sdk/v2"
type T struct { client *sdk.Client }
func f(t T, opts ...sdk.Option) {
  c := t.client
  out, err := c.List(nil)
  n := sdk.New(opts...)
  for _, item := range out.Items { _ = item.Name }
  lit := &sdk.Config{Region: "x"}
  m := map[sdk.Key][]*sdk.Value{}
  v := m[sdk.Main]
  p := (*sdk.Client)(nil)
  q := make([]sdk.Item, 0)
  g := sdk.Map[sdk.Item](q)
  var s sdk.Set[int]
  _, _, _, _, _, _, _, _, _ = err, n, lit, v, p, q, g, s, out
}`);
    const missing = '?github.com/acme/sdk/v2';
    expect(typeAt(pkg, 'c')).toBe('*sdk.Client');
    expect(typeAt(pkg, 'out')).toBe(missing);
    expect(typeAt(pkg, 'err')).toBe(missing);
    expect(typeAt(pkg, 'item.Name')).toBe(missing);
    expect(typeAt(pkg, 'n')).toBe(missing);
    expect(typeAt(pkg, 'lit')).toBe('*sdk.Config');
    expect(typeAt(pkg, 'v')).toBe('[]*sdk.Value');
    expect(typeAt(pkg, 'p')).toBe('*sdk.Client');
    expect(typeAt(pkg, 'q')).toBe('[]sdk.Item');
    expect(typeAt(pkg, 'g')).toBe(missing);
    expect(typeAt(pkg, 's')).toBe('sdk.Set[int]');
    expect(typeAt(pkg, 'sdk.Option')).toBe('sdk.Option');
    expect(typeAt(pkg, 'sdk.Main')).toBe(missing);
    expect(pkg.program.missingPackages()).toEqual(['github.com/acme/sdk/v2']);
    const { program } = pkg;
    expect(program.calleeOf(callAt(pkg, 'c.List(nil)'))).toMatchObject({
      kind: 'missing',
      importPath: 'github.com/acme/sdk/v2',
      name: 'List',
      receiver: { kind: 'pointer' },
    });
    expect(program.calleeOf(callAt(pkg, 'sdk.New(opts...)'))).toMatchObject({ kind: 'missing', name: 'New' });
    expect(program.calleeOf(callAt(pkg, '(*sdk.Client)(nil)'))).toMatchObject({ kind: 'conversion' });
    expect(program.calleeOf(callAt(pkg, 'sdk.Map[sdk.Item](q)'))).toMatchObject({
      kind: 'missing',
      name: 'Map',
    });
    expect(pkg.info.callKind(callAt(pkg, 'sdk.New(opts...)'))).toBe('unknown');
  });

  test('types of one name are one type', async () => {
    const pkg = await openPackage(`package p
import "github.com/acme/sdk"
var a *sdk.Client
var b *sdk.Client`);
    const [a, b] = [exprAt(pkg, 'sdk.Client'), exprAt(pkg, 'sdk.Client', 1)].map((e) => pkg.info.typeOf(e));
    expect(a).toBe(b);
  });

  test('a dot import without source may declare any name that is not known otherwise', async () => {
    const pkg = await openPackage(`package p
import . "github.com/onsi/gomega"
var a = Expect(1)
var b Matcher
var c = len("x")`);
    expect(typeAt(pkg, 'a')).toBe('?github.com/onsi/gomega');
    expect(typeAt(pkg, 'b')).toBe('gomega.Matcher');
    expect(typeAt(pkg, 'c')).toBe('int');
    expect(pkg.program.calleeOf(callAt(pkg, 'Expect(1)'))).toMatchObject({
      kind: 'missing',
      importPath: 'github.com/onsi/gomega',
    });
  });

  test('cgo: what C declares is not known, and is no missing module', async () => {
    const pkg = await openPackage(`package p
import "C"
import "unsafe"
func f(s string) int {
  cs := C.CString(s)
  defer C.free(unsafe.Pointer(cs))
  var n C.int
  return int(C.puts(cs)) + int(n)
}`);
    expect(typeAt(pkg, 'cs')).toBe('?C');
    expect(typeAt(pkg, 'n', 1)).toBe('C.int');
    expect(typeAt(pkg, 'int(C.puts(cs))')).toBe('int');
    expect(typeAt(pkg, 'unsafe.Pointer(cs)')).toBe('unsafe.Pointer');
    expect(pkg.program.missingPackages()).toEqual([]);
  });
});
