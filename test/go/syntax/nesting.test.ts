/**
 * Depth: nothing overflows the stack; what is too deep is refused with a reason; long chains of one operator are not deep.
 */
import { describe, expect, it } from 'vitest';
import type { GoFile } from '../../../src/go/files.ts';
import type { Expr } from '../../../src/go/syntax/ast.ts';
import { dumpNode } from '../../../src/go/syntax/dump.ts';
import { isDamaged } from '../../../src/go/syntax/parse-file.ts';
import { functionsOf, parse, parseWhole, show } from './harness.ts';

const TOO_DEEP = 'nested deeper than 1000 levels';

const nest = (open: string, count: number, close = '') => open.repeat(count) + close.repeat(count);

/** A function with this body, and a sound one behind it. */
function withBody(body: string): GoFile {
  return parse(`package p\nfunc f() {\n${body}\n}\nfunc g() { x() }\n`);
}

describe('a body that is too deep', () => {
  it.each([
    ['10,000 parentheses', `return ${nest('(', 10_000)}1${nest(')', 10_000)}`],
    ['5,000 blocks', nest('{', 5000, '}')],
    ['5,000 ifs', nest('if x {\n', 5000, '}\n')],
    ['5,000 else ifs', `${nest('if x {\n} else ', 5000)}{}`],
    ['3,000 function literals', nest('func() {\n', 3000, '}()\n')],
    ['5,000 calls in a chain', `x${nest('.y()', 5000)}`],
    ['5,000 negations', `return ${nest('!', 5000)}x`],
    ['5,000 indexes', `return ${nest('x[', 5000)}0${nest(']', 5000)}`],
    ['3,000 labels', `${Array.from({ length: 3000 }, (_, k) => `L${k}:\n`).join('')} x()`],
    ['5,000 composite literals', `x = T${nest('{', 5000, '}')}`],
    ['20,000 operators that cannot be regrouped', `return ${nest('1 + 2 - ', 10_000)}3`],
    ['20,000 subtractions', `return ${nest('x - ', 20_000)}y`],
    [
      '300 chains, each the first operand of the next',
      `return ${nest('(', 300)}0${nest(' - 1 - 2 - 3 - 4)', 300)}`,
    ],
  ])('is refused: %s', (_, body) => {
    const file = withBody(body);
    const [f, g] = functionsOf(file);
    expect(file.damage.map(({ reason }) => reason)).toEqual([TOO_DEEP]);
    expect(file.damage[0]!.pos).toBe(f!.body!.pos);
    expect(f!.body!.stmts.map(({ kind }) => kind)).toEqual(['BadStmt']);
    expect(isDamaged(file, f!)).toBe(true);
    expect(isDamaged(file, g!)).toBe(false);
    expect(show(g!)).toContain('CallExpr{fun: x}');
  });

  it.each([
    ['a value', `var v = ${nest('(', 5000)}1${nest(')', 5000)}`],
    ['a type', `type T ${nest('[]', 5000)}int`],
    ['a signature', `func f(x ${nest('map[string]', 5000)}int) { y() }`],
    ['a literal in a value', `var v = func() {${nest('{', 5000, '}')}}`],
  ])('a declaration that is too deep elsewhere is refused whole: %s', (_, decl) => {
    const file = parse(`package p\n${decl}\nfunc g() { x() }\n`);
    expect(file.damage).toEqual([{ pos: 10, end: 10 + decl.length, reason: TOO_DEEP }]);
    expect(file.decls.map(({ kind }) => kind)).toEqual(['BadDecl', 'FuncDecl']);
  });

  it('begins beyond 1,000 levels', () => {
    const levels = (count: number) => functionsOf(withBody(nest('{', count, '}')))[0]!.body!;
    expect(levels(990).stmts[0]!.kind).toBe('Block');
    expect(levels(1000).stmts[0]!.kind).toBe('BadStmt');
  });
});

describe('a long chain of one operator', () => {
  /** The operands from left to right, and the greatest depth. */
  function taken(x: Expr): { readonly operands: readonly string[]; readonly depth: number } {
    if (x.kind !== 'BinaryExpr') return { operands: [show(x)], depth: 0 };
    const left = taken(x.x);
    const right = taken(x.y);
    return { operands: [...left.operands, ...right.operands], depth: 1 + Math.max(left.depth, right.depth) };
  }

  function chain(text: string): Expr {
    const [decl] = parseWhole(`package p\nvar v = ${text}\n`).decls;
    if (decl?.kind !== 'VarDecl') throw new Error('no variable');
    return decl.specs[0]!.values[0]!;
  }

  it.each(['+', '||', '&&', '|', '*', '^', '&'])('%s keeps its operands and becomes shallow', (op) => {
    const names = Array.from({ length: 20_000 }, (_, k) => `x${k}`);
    const text = names.join(` ${op}\n`);
    const value = chain(text);
    const { operands, depth } = taken(value);
    expect(operands).toEqual(names);
    expect(depth).toBe(15);
    expect(value).toMatchObject({ kind: 'BinaryExpr', op, pos: 18, end: 18 + text.length });
  });

  it('of up to 400 operators keeps its shape', () => {
    const { depth } = taken(chain(`${nest('1 + ', 400)}1`));
    expect(depth).toBe(400);
    expect(taken(chain(`${nest('1 + ', 401)}1`)).depth).toBe(9);
  });

  it('that mixes operators keeps its shape', () => {
    expect(taken(chain(`${nest('1 + 2 - ', 400)}1`)).depth).toBe(800);
  });

  it('may hold long chains', () => {
    const inner = `f(${nest('"a" + ', 500)}"b")`;
    expect(parse(`package p\nvar v = ${nest(`${inner} + `, 500)}"c"\n`).damage).toEqual([]);
  });

  it('can be printed', () => {
    const [decl] = parseWhole(`package p\nvar v = ${nest('x + ', 20_000)}x\n`).decls;
    expect(dumpNode(decl!, { range: () => '' }).split('\n').length).toBe(40_004);
  });
});

describe('flat things are not deep', () => {
  it.each([
    ['20,000 statements', nest('x()\n', 20_000)],
    ['20,000 arguments', `f(${nest('x, ', 20_000)})`],
    ['20,000 elements', `x = []int{${nest('1, ', 20_000)}}`],
    ['5,000 cases', `switch x {\n${nest('case 1:\n', 5000)}}`],
    ['990 else ifs', `${nest('if x {\n} else ', 990)}{}`],
  ])('%s', (_, body) => {
    expect(withBody(body).damage).toEqual([]);
  });
});
