import { expect, test } from 'vitest';
import { openPackage } from './fixture-program.ts';
import { exprAt, identAt, typeAt } from './source-marks.ts';

const VALUES: readonly (readonly [expr: string, value: bigint | number | string | boolean | undefined])[] = [
  ['0x_FF', 255n],
  ['0b101', 5n],
  ['0o17', 15n],
  ['017', 15n],
  ['1_000_000', 1000000n],
  ["'a'", 97n],
  ["'\\n'", 10n],
  ["'\\xff'", 255n],
  ["'\\u00e9'", 233n],
  ['"a\\tb"', 'a\tb'],
  ['"\\u00e9\\xc3\\xa9"', 'éé'],
  ['`a\\tb`', 'a\\tb'],
  ['1.5e3', 1500],
  ['0x1p-2', 0.25],
  ['7 / 2', 3n],
  ['7 / 2.0', 3.5],
  ['-7 % 3', -1n],
  ['1 << 10', 1024n],
  ['^0', -1n],
  ['uint8(255) &^ 0x0f', 240n],
  ['^uint8(1)', 254n],
  ['len("héllo")', 6n],
  ['len([4]int{})', 4n],
  ['string(rune(65))', 'A'],
  ['"a" + "b" == "ab"', true],
  ['1 < 2 && !(3 == 4)', true],
  ['min(3, 1, 2)', 1n],
  ['max(1.5, 2)', 2n],
  ['float64(3) / 2', 1.5],
  ['int64(1) << 40', 1099511627776n],
  ['time.Minute * 5', 300000000000n],
  ['http.StatusNotFound', 404n],
  ['http.MethodGet', 'GET'],
  ['math.MaxUint64', 18446744073709551615n],
  ['x + 1', undefined],
  ['len(s)', undefined],
  ['1 / 0', undefined],
  ['1 << 100000', undefined],
];

test.each(VALUES)('%s', async (expr, value) => {
  const pkg = await openPackage(`package p
import ("time"; "net/http"; "math")
var x int; var s []int
var _ = time.Now; var _ = http.Get; var _ = math.Pi
var v = ${expr}`);
  expect(pkg.info.constantOf(exprAt(pkg, expr))?.value).toBe(value);
});

test('declared constants: iota, implicit repetition, types', async () => {
  const pkg = await openPackage(`package p
type Level int
const (
  Debug Level = iota * 10
  Info
  _
  Error
)
const ( A, B = iota, "b" + string(rune('0'+iota)); C, D )
const ( KB = 1 << (10 * (iota + 1)); MB )
const big = 1 << 70
const truncated uint8 = 255
const chained = MB / KB
var sizes [KB / 256]int`);
  const value = (name: string) => {
    const object = pkg.lookup(name);
    return object?.kind === 'const' ? object.value?.value : 'none';
  };
  expect(['Debug', 'Info', 'Error', 'A', 'B', 'C', 'D', 'KB', 'MB', 'chained'].map(value)).toEqual([
    0n,
    10n,
    30n,
    0n,
    'b0',
    1n,
    'b1',
    1024n,
    1048576n,
    1024n,
  ]);
  expect(value('big')).toBe(2n ** 70n);
  expect(typeAt(pkg, 'Info')).toBe('p.Level');
  expect(typeAt(pkg, 'sizes')).toBe('[4]int');
  expect(pkg.info.constantOf(identAt(pkg, 'KB', 2))?.value).toBe(1024n);
});

test('a shadowed builtin or constant is what shadows it', async () => {
  const pkg = await openPackage(`package p
func f() {
  len := func(s string) string { return s }
  true := 0
  var a, b = len("x"), true
  type string float64
  var c string
  _, _, _ = a, b, c
}
func g(new func() error, nil int) { e := new(); n := nil; _, _ = e, n }`);
  expect(typeAt(pkg, 'a')).toBe('string');
  expect(typeAt(pkg, 'b')).toBe('int');
  expect(typeAt(pkg, 'c')).toBe('p.string');
  expect(typeAt(pkg, 'e')).toBe('error');
  expect(typeAt(pkg, 'n')).toBe('int');
  expect(pkg.info.constantOf(exprAt(pkg, 'len("x")'))).toBeUndefined();
});

test('sizes of types', async () => {
  const pkg = await openPackage(`package p
import "unsafe"
type S struct { a bool; b int64; c bool; d string; e struct{} }
var s S
var size [unsafe.Sizeof(s)]int
var align [unsafe.Alignof(s.b)]int
var offset [unsafe.Offsetof(s.d)]int`);
  expect(typeAt(pkg, 'size')).toBe('[48]int');
  expect(typeAt(pkg, 'align')).toBe('[8]int');
  expect(typeAt(pkg, 'offset')).toBe('[24]int');
});
