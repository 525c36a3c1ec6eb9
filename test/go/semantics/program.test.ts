import { describe, expect, test } from 'vitest';
import type { GoFunction } from '../../../src/go/package.ts';
import { openProgram } from '../../../src/go/program.ts';
import { memoryProvider, openPackage, openSources } from './fixture-program.ts';
import { callAt, nodesOf, typeAt } from './source-marks.ts';

describe('packages of a folder', () => {
  test('by package clause; ignored files and external tests are packages of their own', async () => {
    const program = await openSources({
      'lib/wiz/wiz.go': 'package wiz\ntype Wiz struct{}\nfunc helper() int { return 1 }',
      'lib/wiz/more.go': 'package wiz\nvar n = helper()',
      'lib/wiz/wiz_test.go': 'package wiz\nfunc inside() string { return "" }\nvar t = inside()',
      'lib/wiz/api_test.go':
        'package wiz_test\nimport "example.com/lib/wiz"\nvar w wiz.Wiz\nvar h = wiz.helper()',
      'lib/wiz/gen.go': '//go:build ignore\n\npackage main\nfunc main() { run() }\nfunc run() {}',
      'lib/wiz/doc.go': '//go:build ignore && linux\n\npackage wiz\nfunc helper() bool { return true }',
    });
    const packages = program.packagesIn('lib/wiz');
    expect(packages.map((pkg) => `${pkg.path}: ${pkg.name}, ${pkg.files.length}`)).toEqual([
      'example.com/lib/wiz: wiz, 3',
      'example.com/lib/wiz_test: wiz_test, 1',
      'example.com/lib/wiz [doc.go]: wiz, 1',
      'example.com/lib/wiz [gen.go]: main, 1',
    ]);
    const [wiz, external] = packages;
    expect(typeAt(wiz!, 'n')).toBe('int');
    expect(typeAt(wiz!, 't')).toBe('string');
    expect(typeAt(external!, 'w')).toBe('wiz.Wiz');
    expect(typeAt(external!, 'h')).toBe('invalid type');
    expect(program.importPackage('example.com/lib/wiz')).toBe(wiz);
    expect(program.importPackage('strings')?.origin).toBe('stdlib');
    expect(program.importPackage('example.com/nothing')).toBeUndefined();
    expect(program.packagesIn('nowhere')).toEqual([]);
  });

  test('what cannot be read or does not parse is no crash', async () => {
    const provider = memoryProvider({ 'p/a.go': 'package p\nvar x = 1', 'p/b.go': '', 'p/c.go': 'func {{{' });
    const source = provider.folder('p')!;
    const unreadable = (): string => {
      throw Object.assign(new Error('no'), { name: 'UnreadableFile' });
    };
    const files = [...source.files, { path: 'p/d.go', read: unreadable }];
    const program = openProgram({ ...provider, folder: () => ({ ...source, files }) });
    const packages = program.packagesIn('p');
    expect(packages.map((pkg) => pkg.files.map((file) => file.path))).toEqual([
      ['p/a.go', 'p/b.go', 'p/c.go'],
    ]);
    expect(typeAt(packages[0]!, 'x')).toBe('int');
  });

  test('the language version: of the module, or what the file says', async () => {
    const program = await openSources({
      'p/a.go': 'package p',
      'p/b.go': '//go:build go1.21 && linux\n\npackage p',
      'p/c.go': '//go:build !go1.21\n\npackage p',
    });
    const [pkg] = program.packagesIn('p');
    expect(pkg!.files.map((file) => pkg!.goVersionOf(file))).toEqual(['1.26', '1.21', '1.26']);
  });
});

describe('variants under build constraints', () => {
  const sources = {
    'p/open_windows.go':
      'package p\ntype handle uintptr\ntype file struct{ h handle }\nfunc open() (handle, error) { return 0, nil }\nfunc (f *file) fd() handle { return f.h }\nvar here, e = open()',
    'p/open_unix.go':
      '//go:build unix\n\npackage p\ntype handle int\ntype file struct{ n handle }\nfunc open() handle { return 0 }\nfunc (f *file) fd() handle { return f.n }\nvar there = open()',
    'p/tagged.go': '//go:build integration\n\npackage p\nfunc mode() string { return "" }\nvar m = mode()',
    'p/untagged.go': '//go:build !integration\n\npackage p\nfunc mode() int { return 0 }',
    'p/all.go':
      'package p\nvar common = open()\nvar k = mode()\nfunc use(f *file) { x := f.fd(); open(); _ = x }',
  };

  test('each file sees what is built together with it', async () => {
    const [pkg] = (await openSources(sources)).packagesIn('p');
    expect(typeAt(pkg!, 'e')).toBe('error');
    expect(typeAt(pkg!, 'there')).toBe('p.handle');
    expect(typeAt(pkg!, 'common')).toBe('p.handle');
    expect(typeAt(pkg!, 'm')).toBe('string');
    expect(typeAt(pkg!, 'k')).toBe('int');
    expect(typeAt(pkg!, 'f.h')).toBe('p.handle');
    expect(typeAt(pkg!, 'f.n')).toBe('p.handle');
  });

  test('functions and methods know their variants', async () => {
    const [pkg] = (await openSources(sources)).packagesIn('p');
    const callee = pkg!.program.calleeOf(callAt(pkg!, 'open()', 2));
    expect(callee).toMatchObject({ kind: 'function', func: { name: 'open' } });
    expect(callee.kind === 'function' && callee.func.variants.length).toBe(2);
    const method = pkg!.program.calleeOf(callAt(pkg!, 'f.fd()'));
    expect(method.kind === 'function' && method.func.variants.length).toBe(2);
  });
});

describe('functions', () => {
  const text = `package p
import "sort"
type Wiz struct{}
func fetch() {
  f := func() { func() { later() }() }
  sort.Slice(nil, func(i, j int) bool { return check(i) })
  f()
}
func (w *Wiz) Invoke(a int, b string) (n int, err error) { defer func() { later() }(); return }
func (Wiz) Name() string { return "" }
func later() {}
func check(i int) bool { return i > 0 }
func external(x int) int
var handler = func() { later() }
var table = map[string]func(){ "a": func() {}, "b": later }`;

  test('have the names that the Go runtime gives them', async () => {
    const pkg = await openPackage(text);
    const symbols = (fn: GoFunction): string[] => [fn.symbol, ...fn.literals.flatMap(symbols)];
    expect(pkg.functions.flatMap(symbols)).toEqual([
      'fetch',
      'fetch.func1',
      'fetch.func1.1',
      'fetch.func2',
      '(*Wiz).Invoke',
      '(*Wiz).Invoke.func1',
      'Wiz.Name',
      'later',
      'check',
    ]);
    expect(pkg.initializers.map((fn) => fn.symbol)).toEqual(['init.func1', 'init.func2']);
    expect(pkg.types.map((type) => type.name)).toEqual(['Wiz']);
  });

  test('know parameters, results, calls and their graph', async () => {
    const pkg = await openPackage(text);
    const { program } = pkg;
    const invoke = pkg.functions.find((fn) => fn.symbol === '(*Wiz).Invoke')!;
    expect(invoke.params.map((v) => v.name)).toEqual(['a', 'b']);
    expect(invoke.results.map((v) => v.name)).toEqual(['n', 'err']);
    expect(invoke.receiver?.name).toBe('w');
    expect(invoke.object?.receiver).toMatchObject({ type: { name: 'Wiz' }, pointer: true });
    const [fetch] = pkg.functions;
    expect(fetch!.calls.map((call) => program.files.textOf(call.fun))).toEqual(['sort.Slice', 'f']);
    expect(fetch!.literals[1]!.params.map((v) => v.name)).toEqual(['i', 'j']);
    expect(fetch!.literals[1]!.parent).toBe(fetch);
    expect(fetch!.cfg.blocks.length).toBeGreaterThan(2);
    expect(fetch!.cfg).toBe(fetch!.cfg);
  });

  test('are found by node, by position and by object', async () => {
    const pkg = await openPackage(text);
    const { program } = pkg;
    const literals = nodesOf(pkg).filter((node) => node.kind === 'FuncLit');
    expect(literals.map((node) => program.functionOf(node).symbol)).toEqual([
      'fetch.func1',
      'fetch.func1.1',
      'fetch.func2',
      '(*Wiz).Invoke.func1',
      'init.func1',
      'init.func2',
    ]);
    const later = callAt(pkg, 'later()');
    expect(program.functionAt(later.pos)?.symbol).toBe('fetch.func1.1');
    expect(program.packageAt(later.pos)).toBe(pkg);
    const callee = program.calleeOf(later);
    expect(callee.kind === 'function' && callee.body).toBe(pkg.functions.find((fn) => fn.symbol === 'later'));
    const external = pkg.lookup('external');
    expect(external?.kind === 'func' && program.bodyOf(external)).toBeUndefined();
  });

  test('bodies can be given back and asked for again', async () => {
    const pkg = await openPackage(text);
    const before = pkg.functions[0]!;
    expect(before.calls.length).toBe(2);
    const { body, object } = before;
    pkg.release();
    const after = pkg.functions[0]!;
    expect(after.body).not.toBe(body);
    expect(after.calls.map((call) => pkg.program.calleeOf(call).kind)).toEqual(['function', 'closure']);
    expect(after.object).toBe(object);
  });
});
