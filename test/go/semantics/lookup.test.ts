import { describe, expect, test } from 'vitest';
import type { GoPackage } from '../../../src/go/package.ts';
import { lookup } from '../../../src/go/semantics/lookup.ts';
import { assignableToError, isErrorType } from '../../../src/go/semantics/method-sets.ts';
import { typeString } from '../../../src/go/semantics/print.ts';
import type { Type } from '../../../src/go/semantics/types.ts';
import type { SelectorExpr } from '../../../src/go/syntax/ast.ts';
import { openPackage, openSources } from './fixture-program.ts';
import { exprAt, typeAt } from './source-marks.ts';

function typeNamed(pkg: GoPackage, name: string): Type {
  const object = pkg.lookup(name);
  if (object === undefined || !('type' in object)) throw new Error(`no type or variable ${name}`);
  return object.type;
}

const pointerTo = (elem: Type): Type => ({ kind: 'pointer', elem });

describe('members through embedding', () => {
  test('the shallowest wins, two at one depth are ambiguous, the path lists what is passed', async () => {
    const pkg = await openPackage(`package p
type A struct { x int; y string }
type B struct { x float64; z bool }
type C struct { A; *B; y []int }
type D struct { C }
func (A) Only() {}
func (*B) Pointer() {}
var d D`);
    const d = typeNamed(pkg, 'd');
    const found = (name: string) => {
      const member = pkg.program.lookupMember(d, name);
      if (member === undefined) return undefined;
      const path = member.path.map((field) => field.name).join('.');
      return member.kind === 'field' ? `${path} ${typeString(member.field.type)}` : `${path} method`;
    };
    expect(found('y')).toBe('C []int');
    expect(found('z')).toBe('C.B bool');
    expect(found('x')).toBeUndefined();
    expect(found('Only')).toBe('C.A method');
    expect(found('Pointer')).toBe('C.B method');
    expect(found('nothing')).toBeUndefined();
  });

  test('a field hides a method of an embedded type; a method hides a deeper field', async () => {
    const pkg = await openPackage(`package p
type A struct { Name int }
type B struct { A }
func (B) Name() string { return "" }
type C struct { B; Size func() }
func (B) Size() int { return 0 }
var c C
var n, s = c.Name(), c.Size`);
    expect(typeAt(pkg, 'n')).toBe('string');
    expect(typeAt(pkg, 's')).toBe('func()');
  });

  test('pointers to pointers and to interfaces have no members; named pointer types have fields only', async () => {
    const pkg = await openPackage(`package p
type T struct { f int }
func (T) M() {}
type P *T
type I interface { M() }
var p P; var pp **T; var i *I`);
    const has = (name: string, member: string): boolean =>
      pkg.program.lookupMember(typeNamed(pkg, name), member) !== undefined;
    expect(has('p', 'f')).toBe(true);
    expect(has('p', 'M')).toBe(false);
    expect(has('pp', 'f')).toBe(false);
    expect(has('i', 'M')).toBe(false);
  });

  test('unexported members of other packages are not seen from here', async () => {
    const program = await openSources({
      'a/a.go': 'package a\ntype T struct { hidden int; Shown int }\nfunc (T) secret() {}',
      'b/b.go':
        'package b\nimport "example.com/a"\nvar t a.T\nvar x, y = t.hidden, t.Shown\nfunc f() { t.secret() }',
    });
    const [b] = program.packagesIn('b');
    expect(typeAt(b!, 'x')).toBe('invalid type');
    expect(typeAt(b!, 'y')).toBe('int');
    expect(b!.info.selectionOf(exprAt(b!, 't.secret') as SelectorExpr)).toBeUndefined();
  });

  test('an embedded type without source makes deeper members unknown, nearer ones stay known', async () => {
    const pkg = await openPackage(`package p
import "github.com/acme/base"
type Deep struct { ID int }
type Middle struct { Deep }
type T struct { base.Capability; Middle; Name string }
var t T
var a, b, c = t.Name, t.ID, t.Anything`);
    expect(typeAt(pkg, 'a')).toBe('string');
    expect(typeAt(pkg, 'b')).toBe('?github.com/acme/base');
    expect(typeAt(pkg, 'c')).toBe('?github.com/acme/base');
    expect(lookup(typeNamed(pkg, 't'), 'Deep', undefined).kind).toBe('field');
  });
});

describe('method sets', () => {
  test('errors: interfaces, concrete types, pointers, type parameters', async () => {
    const pkg = await openPackage(`package p
type Value struct{}
func (Value) Error() string { return "" }
type Pointer struct{}
func (*Pointer) Error() string { return "" }
type Embeds struct { *Pointer }
type EmbedsValue struct { Pointer }
type Wrong struct{}
func (Wrong) Error() int { return 0 }
type Code int
func (Code) Error() string { return "" }
type Iface interface { error; Timeout() bool }
type Generic[T any] struct{}
func (Generic[T]) Error() string { return "" }
var alias = error(nil)
func f[E error, N any](e E, n N) { _, _ = e, n }
var generic Generic[int]`);
    const verdict = (type: Type): string => `${isErrorType(type)} ${isErrorType(pointerTo(type))}`;
    const named = (name: string) => verdict(typeNamed(pkg, name));
    expect(named('Value')).toBe('true true');
    expect(named('Pointer')).toBe('false true');
    expect(named('Embeds')).toBe('true true');
    expect(named('EmbedsValue')).toBe('false true');
    expect(named('Wrong')).toBe('false false');
    expect(named('Code')).toBe('true true');
    expect(named('Iface')).toBe('true false');
    expect(named('alias')).toBe('true false');
    expect(named('generic')).toBe('true true');
    expect(verdict(pkg.info.typeOf(exprAt(pkg, 'e', 1)))).toBe('true false');
    expect(verdict(pkg.info.typeOf(exprAt(pkg, 'n', 1)))).toBe('false false');
    expect(assignableToError(pkg.info.typeOf(exprAt(pkg, 'nil')))).toBe(true);
  });

  test('who implements what', async () => {
    const pkg = await openPackage(`package p
import ("io"; "bytes"; "github.com/acme/x")
type RW interface { io.Reader; io.Writer }
type Odd interface { x.Iface; Close() error }
type File struct{}
func (*File) Close() error { return nil }
type Unexported interface { secret() }
func (File) secret() {}
var buf bytes.Buffer
var r io.Reader; var w io.Writer; var c io.Closer; var rw RW; var odd Odd; var u Unexported; var file File`);
    const does = (type: Type, iface: string): boolean =>
      pkg.program.implementsInterface(type, typeNamed(pkg, iface));
    const buf = typeNamed(pkg, 'buf');
    const file = typeNamed(pkg, 'file');
    expect(does(buf, 'r')).toBe(false);
    expect(does(pointerTo(buf), 'r')).toBe(true);
    expect(does(pointerTo(buf), 'rw')).toBe(true);
    expect(does(pointerTo(buf), 'c')).toBe(false);
    expect(does(typeNamed(pkg, 'rw'), 'w')).toBe(true);
    expect(does(typeNamed(pkg, 'r'), 'rw')).toBe(false);
    expect(does(file, 'u')).toBe(true);
    // What the missing interface asks for is not known.
    expect(does(pointerTo(file), 'odd')).toBe(false);
    expect(does(pointerTo(file), 'c')).toBe(true);
  });
});
