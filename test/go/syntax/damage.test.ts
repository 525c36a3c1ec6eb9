/**
 * What does not parse: it is listed, it is small, and it takes nothing else with it.
 */
import { describe, expect, it } from 'vitest';
import type { Decl } from '../../../src/go/syntax/ast.ts';
import { isDamaged } from '../../../src/go/syntax/parse-file.ts';
import { walk } from '../../../src/go/syntax/walk.ts';
import { functionsOf, parse, show } from './harness.ts';

const BEFORE = 'package p\n\nimport "fmt"\n\nfunc before() { fmt.Println("before") }\n\n';
const AFTER =
  '\n// after\nfunc after(x int) (err error) { return fmt.Errorf("%d", x) }\n\ntype T struct{ a int }\n';

/** Damage of a declaration between two sound ones, as the text that it covers (or `<empty>`) and its reason. */
function damageOf(text: string): readonly string[] {
  const whole = BEFORE + text + AFTER;
  return parse(whole).damage.map(
    ({ pos, end, reason }) => `${reason}: ${whole.slice(pos, end) || '<empty>'}`,
  );
}

const BROKEN: readonly (readonly [source: string, damage: readonly string[]])[] = [
  ['func f( {\n\tx := 1\n}\n', ['missing ): <empty>']],
  ['func f() {\n\tg(\n}\n', ['syntax error: (']],
  ['func f() {\n\tif x {\n\t\tg()\n}\n', ['missing }: <empty>']],
  ['func f() {\n\tg()\n}\n}\n', ['syntax error: }']],
  ['func f() {\n\tx := y +\n}\n', ['syntax error: +']],
  ['func f() {\n\ts := "open\n\tg(s)\n}\n', ['syntax error: "open']],
  ['func f() {\n\tx.\n}\n', ['syntax error: .']],
  ['func f() {\n\tfor i := 0; i < {\n\t}\n}\n', ['syntax error: i := 0; i <']],
  ['type U struct {\n\ta int\n\tb string\n', ['syntax error: type U struct {\n\ta int\n\tb string']],
  ['type U interface {\n\tm(\n}\n', ['syntax error: (']],
  ['var x = []int{1, 2\n', ['syntax error: var x = []int{1, 2']],
  ['const x = \n', ['syntax error: const x =']],
  ['x := 1\n', ['a statement outside of a function: x := 1']],
  ['return\n', ['a statement outside of a function: return']],
  ['func\n', ['syntax error: func']],
  ['import (\n\t"a"\n', ['missing ): <empty>']],
  ['))) ((( %%%\n', ['syntax error: ))) ((( %%%']],
];

describe('damage', () => {
  it.each(BROKEN)('%j is listed', (source, damage) => {
    expect(damageOf(source)).toEqual(damage);
  });

  it.each(BROKEN)('%j leaves its neighbours whole', (source) => {
    const sound = parse(BEFORE + AFTER).decls.map(show);
    const whole = BEFORE + source + AFTER;
    const file = parse(whole);
    const after = whole.indexOf('func after');
    const others = file.decls.filter(({ pos }) => pos < BEFORE.length || pos >= after);
    expect(others.map(show)).toEqual(sound);
    expect(others.filter((decl) => isDamaged(file, decl))).toEqual([]);
    expect(file.imports.map(({ path }) => path)).toContain('fmt');
  });

  it('tells which function is hit', () => {
    const file = parse(
      'package p\nfunc a() { x() }\nfunc b() { y( }\nfunc c() {\n\tif z {\n}\nfunc d() {}\n',
    );
    expect(functionsOf(file).map((fn) => [fn.name.name, isDamaged(file, fn)])).toEqual([
      ['a', false],
      ['b', true],
      ['c', true],
      ['d', false],
    ]);
  });

  it('at the end of a declaration stands behind its last line', () => {
    const text = 'package p\n\nfunc a() {\n\tif x {\n}\n\n\nfunc b() {}\n';
    const { damage, decls } = parse(text);
    expect(damage).toEqual([{ pos: 31, end: 31, reason: 'missing }' }]);
    expect(decls.map(({ pos, end }) => text.slice(pos, end))).toEqual([
      'func a() {\n\tif x {\n}',
      'func b() {}',
    ]);
  });

  it('is in source order', () => {
    const { damage } = parse('x := 1\nfunc f( {}\ny := 2\npackage p\nfunc g( {}\n');
    const starts = damage.map(({ pos }) => pos);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('keeps the rest of a damaged body', () => {
    const [f] = functionsOf(parse('package p\nfunc f() {\n\ta()\n\tb(\n\tc()\n}\n'));
    const texts = f!.body!.stmts.map(show);
    expect(texts[0]).toBe('ExprStmt{x: CallExpr{fun: a}}');
    expect(texts.join()).toContain('c');
  });

  it('is every NUL, wherever it stands', () => {
    const { damage } = parse('package p\nvar a = 1\0var b = 2\n// \0\n');
    const nuls = damage.filter(({ reason }) => reason === 'NUL character');
    expect(nuls.map(({ pos }) => pos)).toEqual([19, 33]);
  });

  it('never makes a name out of nothing', () => {
    for (const [source] of BROKEN) {
      for (const decl of parse(BEFORE + source + AFTER).decls) {
        walk(decl, (node) => {
          if (node.kind === 'Ident') expect(node.name, source).not.toBe('');
        });
      }
    }
  });

  it('does not mistake the end of a group for damage', () => {
    for (const text of ['const (A = 1)', 'var (a = 1; b = 2)', 'const (\n\tA = iota\n\tB)', 'type (A int)']) {
      expect(parse(`package p\n${text}\n`).damage, text).toEqual([]);
    }
  });

  it('does not cut where a string or comment looks like a declaration', () => {
    const text =
      'package p\n\nfunc f() {\n\tx(`\nfunc g() {}\n`)\n\ty( /*\nfunc h() {}\n*/\n}\n\nfunc i() {}\n';
    const file = parse(text);
    expect(functionsOf(file).map(({ name }) => name.name)).toEqual(['f', 'i']);
    expect(functionsOf(file).map((fn) => isDamaged(file, fn))).toEqual([true, false]);
  });
});

describe('any text', () => {
  const SOUND =
    'package p\n\nimport "fmt"\n\ntype T struct {\n\ta, b int\n\tc map[string][]T\n}\n\nfunc (t *T) f(x int) (y int, err error) {\n' +
    '\tfor i := range x {\n\t\tif i > 1 && t.a[i] != "s" {\n\t\t\tgo func() { fmt.Println(`r`, i) }()\n\t\t}\n\t}\n' +
    "\tswitch v := y.(type) {\n\tcase int:\n\t\treturn v, nil\n\tdefault:\n\t}\n\tselect {\n\tcase ch <- 'x':\n\t}\n\treturn 0, err\n}\n";

  /** Positions of nodes lie in the file, and children lie in their parents. */
  function check(text: string): void {
    const file = parse(text);
    const inFile = (range: { pos: number; end: number }) => {
      expect(range.pos).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.pos);
      expect(range.end).toBeLessThanOrEqual(text.length);
    };
    for (const decl of file.decls) walk(decl, inFile, { literals: true });
    file.damage.forEach(inFile);
  }

  it('with any one character left out gives a tree', () => {
    for (let at = 0; at < SOUND.length; at++) check(SOUND.slice(0, at) + SOUND.slice(at + 1));
  });

  it('cut off anywhere gives a tree', () => {
    for (let at = 0; at < SOUND.length; at++) check(SOUND.slice(0, at));
  });

  it('with a bracket too many anywhere gives a tree', () => {
    for (let at = 0; at < SOUND.length; at += 3) {
      for (const extra of ['(', '}', '`', '"', '/*']) check(SOUND.slice(0, at) + extra + SOUND.slice(at));
    }
  });

  it.each([
    '\0',
    'package p\0',
    '\uD800',
    'package \uFFFD\n',
    '`',
    '/*',
    '"',
    'func',
    'package',
    '\u2028',
    'package p\rvar x int',
  ])('%j gives a tree', (text) => {
    check(text);
  });
});

describe('what is lowered from damage', () => {
  it('is marked as bad, and has a range', () => {
    const kinds = (decls: readonly Decl[]) => decls.map(({ kind }) => kind);
    expect(kinds(parse('package p\n)))\nfunc f() {}\n').decls)).toEqual(['BadDecl', 'FuncDecl']);
    const bodies = (body: string) =>
      functionsOf(parse(`package p\nfunc f() { ${body} }\n`))[0]!.body!.stmts.map(show);
    expect(bodies('x = ')).toEqual(['AssignStmt{lhs: [x], op: =, rhs: [BadExpr{}]}']);
    expect(bodies('a b c')).toEqual(['ExprStmt{x: a}', 'BadStmt{}']);
  });
});
