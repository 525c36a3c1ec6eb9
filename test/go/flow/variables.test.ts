/**
 * Accesses, reaching definitions and liveness, on small functions of one statement per line.
 *
 * `chains(lines, 'x')` shows each use of x: its line, and the lines of the definitions that may have given it its value; a definition
 * that is more than `=`, `:=` or `var` shows its kind. Line 0 is the entry, line ∞ the exit.
 */
import { describe, expect, test } from 'vitest';
import { type Access, accessesOfVariable, variablesOf } from '../../../src/go/flow/accesses.ts';
import { definitionsAt, definitionsOf, isDefinition, usesOf } from '../../../src/go/flow/definitions.ts';
import { mayBeReadElsewhere } from '../../../src/go/flow/escapes.ts';
import { isReadAfter } from '../../../src/go/flow/liveness.ts';
import { placeContaining } from '../../../src/go/flow/places.ts';
import { functionOf, type Written } from './program.ts';

interface Traced {
  readonly written: Written;
  readonly accesses: readonly Access[];
  readonly uses: readonly string[];
  lineOf(a: Access): string;
}

/** `which`: of several variables of one name, the n-th that is accessed. */
function trace(lines: readonly string[], name: string, signature = '()', which = 1): Traced {
  const written = functionOf(lines.join('\n'), signature);
  const { cfg, pkg } = written.fn;
  const variables = variablesOf(cfg, pkg.info);
  const variable = variables.variables.filter((v) => v.name === name)[which - 1];
  if (variable === undefined) throw new Error(`no variable ${name}`);
  const accesses = accessesOfVariable(variables, variable);
  const lineOf = (a: Access): string => {
    if (a.ident !== undefined) return `${written.line(a.ident.pos)}`;
    if (a.kind === 'initial') return '0';
    const node = a.place.block.nodes[a.place.index];
    return node === undefined ? '∞' : `${written.line(node.pos)}`;
  };
  const describeDefinition = (a: Access): string =>
    ['assign', 'declare', 'initial'].includes(a.kind) && a.closure === undefined
      ? lineOf(a)
      : `${lineOf(a)} ${a.closure === undefined ? a.kind : `closure${a.later ? ' later' : ''}`}`;
  for (const definition of accesses.filter(isDefinition)) {
    for (const use of usesOf(variables, definition)) {
      expect(definitionsOf(variables, use)).toContain(definition);
    }
  }
  const uses = accesses
    .filter((a) => a.kind !== 'initial' && (a.kind === 'read' || definitionsOf(variables, a).length > 0))
    .map((use) => {
      const definitions = definitionsOf(variables, use).map(describeDefinition);
      for (const definition of definitionsOf(variables, use)) {
        expect(usesOf(variables, definition)).toContain(use);
      }
      return `${lineOf(use)} <- ${definitions.join(', ')}`;
    });
  return { written, accesses, uses, lineOf };
}

const chains = (
  lines: readonly string[],
  name: string,
  signature?: string,
  which?: number,
): readonly string[] => trace(lines, name, signature, which).uses;

describe('reaching definitions', () => {
  test('straight on: the last one', () => {
    expect(chains(['x := 1', 'use(x)', 'x = 2', 'x = 3', 'use(x)'], 'x')).toEqual(['2 <- 1', '5 <- 4']);
  });
  test('branches join', () => {
    expect(chains(['x := 1', 'if c { x = 2 } else if d {', 'x = 3', '}', 'use(x)'], 'x')).toEqual([
      '5 <- 1, 2, 3',
    ]);
  });
  test('what reads and writes reads first', () => {
    expect(chains(['x := 1', 'x = x + 1', 'x += 2', 'x++', 'use(x)'], 'x')).toEqual([
      '2 <- 1',
      '3 <- 2',
      '4 <- 3 update',
      '5 <- 4 update',
    ]);
  });
  test('loops come around', () => {
    expect(chains(['i := 0', 'for i < n {', 'use(i)', 'i = next(i)', '}', 'use(i)'], 'i')).toEqual([
      '2 <- 1, 4',
      '3 <- 1, 4',
      '4 <- 1, 4',
      '6 <- 1, 4',
    ]);
  });
  test('an update in a loop reads what it wrote', () => {
    expect(chains(['i := 0', 'for c {', 'i++', '}'], 'i')).toEqual(['3 <- 1, 3 update']);
  });
  test('a declaration in a loop is new each turn', () => {
    expect(chains(['for c {', 'x := g()', 'if d { x = 2 }', 'use(x)', '}'], 'x')).toEqual(['4 <- 2, 3']);
  });
  test('x, err := declares one and assigns the other', () => {
    expect(chains(['a, err := f()', 'b, err := g(a, err)', 'use(b, err)'], 'err')).toEqual([
      '2 <- 1',
      '3 <- 2',
    ]);
  });
  test('an inner variable of the same name is another', () => {
    const lines = ['err := f()', 'if err := g(); err != nil {', 'use(err)', '}', 'use(err)'];
    expect(chains(lines, 'err')).toEqual(['5 <- 1']);
    expect(chains(lines, 'err', '()', 2)).toEqual(['2 <- 2', '3 <- 2']);
  });
  test('parameters and results have a value at the entry', () => {
    expect(chains(['use(n)', 'n = 2', 'return n'], 'n', '(n int) int')).toEqual(['1 <- 0', '3 <- 2']);
  });
  test('range variables', () => {
    expect(chains(['for _, v := range items {', 'use(v)', '}'], 'v')).toEqual(['2 <- 1']);
    expect(chains(['v := 0', 'for v = range items {', 'use(v)', '}', 'use(v)'], 'v')).toEqual([
      '3 <- 2',
      '5 <- 1, 2',
    ]);
  });
  test('each clause of a type switch has a variable of its own', () => {
    const lines = ['switch v := x.(type) {', 'case int:', 'use(v)', 'case string:', 'use(v)', '}'];
    expect(chains(lines, 'v')).toEqual(['3 <- 1']);
    expect(chains(lines, 'v', '()', 2)).toEqual(['5 <- 1']);
  });
  test('select: the variables of a receive', () => {
    expect(
      chains(['select {', 'case v, ok := <-in:', 'use(v, ok)', 'case v := <-in:', '_ = v', '}'], 'v'),
    ).toEqual(['3 <- 2']);
  });
  test('var ( … ) goes line by line', () => {
    expect(chains(['var (', 'a = 1', 'b = a', ')', 'use(b)'], 'a')).toEqual(['3 <- 2']);
  });
  test('fields of selectors and of literals are not variables', () => {
    expect(chains(['id := 1', 'use(T{id: 2}, a.id)', 'm := map[int]int{id: id}'], 'id')).toEqual([
      '3 <- 1',
      '3 <- 1',
    ]);
  });
  test('writes to parts add to what is known', () => {
    expect(
      chains(['o := f()', 'o.Page = 1', 'o.List[i] = 2', 'use(o)', 'o = g()', 'use(o.Page)'], 'o'),
    ).toEqual(['2 <- 1', '3 <- 1, 2 part', '4 <- 1, 2 part, 3 part', '6 <- 5']);
  });
  test('an address that was given away stays a source', () => {
    expect(chains(['var v T', 'err := g(&v)', 'use(v)', 'v = w', 'use(v)'], 'v')).toEqual([
      '2 <- 1, 4',
      '3 <- 1, 2 address',
      '5 <- 2 address, 4',
    ]);
  });
  test('unreachable code has no definitions', () => {
    expect(chains(['x := 1', 'return', 'use(x)'], 'x')).toEqual(['3 <- ']);
  });
});

describe('closures', () => {
  test('one called on the spot may write there', () => {
    expect(
      chains(['x := 1', 'func() {', 'use(x)', 'x = 2', '}()', 'use(x)', 'x = 3', 'use(x)'], 'x'),
    ).toEqual(['3 <- 1', '6 <- 1, 4 closure', '8 <- 7']);
  });
  test('one that is passed on may write at any time', () => {
    const lines = ['var err error', 'run(func() {', 'err = g()', '})', 'use(err)', 'err = h()', 'use(err)'];
    expect(chains(lines, 'err')).toEqual(['5 <- 1, 3 closure later', '7 <- 3 closure later, 6']);
  });
  test('one that is passed on may read what is written later', () => {
    const lines = ['x := 1', 'x = 2', 'g.Go(func() error {', 'return use(x)', '})', 'x = 3'];
    expect(chains(lines, 'x')).toEqual(['4 <- 2, 6']);
  });
  test('a deferred one reads at the exit', () => {
    const lines = ['x := 1', 'defer func() {', 'use(x)', '}()', 'x = 2', 'if c { return }', 'x = 3'];
    expect(chains(lines, 'x')).toEqual(['3 <- 5, 7']);
  });
  test('the operands of defer are evaluated at once', () => {
    expect(chains(['x := 1', 'defer use(x)', 'x = 2'], 'x')).toEqual(['2 <- 1']);
  });
  test('a parameter or variable of the closure itself is not one of this function', () => {
    const lines = ['err := f()', 'run(func(x int) error {', 'err := g(x)', 'return err', '})', 'use(err)'];
    expect(chains(lines, 'err')).toEqual(['6 <- 1']);
  });
  test('a variable declared in a loop is not shared between turns', () => {
    const lines = ['for c {', 'x := 1', 'run(func() { x = 2 })', 'use(x)', '}'];
    expect(chains(lines, 'x')).toEqual(['4 <- 2, 3 closure later']);
  });
});

describe('results', () => {
  test('a naked return reads named results, and the caller what is there at the end', () => {
    expect(
      chains(['err = g()', 'if c {', 'return', '}', 'err = h()', 'return'], 'err', '() (err error)'),
    ).toEqual(['3 <- 1', '6 <- 5', '∞ <- 1, 5']);
  });
  test('return with values assigns them', () => {
    expect(chains(['err = g()', 'return 1, nil'], 'err', '() (n int, err error)')).toEqual(['∞ <- 2 result']);
  });
  test('a deferred closure changes the result', () => {
    const lines = ['defer func() {', 'if err != nil { err = wrap(err) }', '}()', 'return g()'];
    expect(chains(lines, 'err', '() (err error)')).toEqual([
      '2 <- 4 result',
      '2 <- 4 result, 2 closure',
      '∞ <- 4 result, 2 closure',
    ]);
  });
  test('blank and unnamed results are nobody', () => {
    expect(chains(['n = 1', 'return n, nil'], 'n', '() (n int, _ error)')).toEqual([
      '2 <- 1',
      '∞ <- 2 result',
    ]);
  });
});

test('the values of definitions', () => {
  const { accesses, written } = trace(
    ['a, err := f()', 'err = g()', 'var b, c = h()', '_, err = b, c', 'err, d := k, 1'],
    'err',
  );
  expect(
    accesses.filter(isDefinition).map((a) => [a.kind, a.value && written.textOf(a.value), a.result]),
  ).toEqual([
    ['declare', 'f()', 1],
    ['assign', 'g()', -1],
    ['assign', 'c', -1],
    ['assign', 'k', -1],
  ]);
});

test('definitionsAt asks about any place', () => {
  const { written, accesses, lineOf } = trace(['x := 1', 'if c { x = 2 }', 'g()'], 'x');
  const { cfg, pkg } = written.fn;
  const place = placeContaining(cfg, written.find('CallExpr', 'g()'))!;
  const variables = variablesOf(cfg, pkg.info);
  expect(definitionsAt(variables, place, accesses[0]!.variable).map(lineOf)).toEqual(['1', '2']);
});

describe('liveness', () => {
  /** The lines whose definition of the variable may still be read. */
  function live(lines: readonly string[], name: string, signature?: string): readonly string[] {
    const { accesses, written, lineOf } = trace(lines, name, signature);
    const { cfg, pkg } = written.fn;
    const variables = variablesOf(cfg, pkg.info);
    return accesses.filter((a) => isDefinition(a) && isReadAfter(variables, a.place, a.variable)).map(lineOf);
  }

  test('a value that is overwritten is not read', () => {
    expect(live(['err := f()', 'err = g()', 'use(err)', 'err = h()'], 'err')).toEqual(['2']);
  });
  test('one path that reads suffices', () => {
    expect(
      live(['err := f()', 'if c { use(err) }', 'err = g()', 'if c { return }', 'use(err)'], 'err'),
    ).toEqual(['1', '3']);
  });
  test('the next turn reads', () => {
    expect(live(['x := 0', 'for c {', 'use(x)', 'x = g()', '}'], 'x')).toEqual(['1', '4']);
  });
  test('an update reads', () => {
    expect(live(['x := 0', 'x++'], 'x')).toEqual(['1']);
  });
  test('named results are read by the caller', () => {
    expect(live(['err = f()', 'err = g()', 'return'], 'err', '() (err error)')).toEqual(['2']);
    expect(live(['err = f()', 'return nil'], 'err', '() (err error)')).toEqual(['2']);
  });
  test('a deferred closure reads at the exit, and after a panic', () => {
    const lines = [
      'err := f()',
      'defer func() { use(err) }()',
      'err = g()',
      'if c { return }',
      'err = h()',
      'panic(1)',
    ];
    expect(live(lines, 'err')).toEqual(['3', '5']);
  });
  test('a closure that is passed on may read until the variable is another', () => {
    expect(live(['x := 1', 'x = 2', 'run(func() { use(x) })', 'x = 3'], 'x')).toEqual(['2', '4']);
    expect(live(['for c {', 'x := 1', 'x = 2', 'run(func() { use(x) })', '}'], 'x')).toEqual(['3']);
  });
  test('whoever has the address may read', () => {
    expect(live(['x := 1', 'x = 2', 'p := &x', 'x = 3'], 'x')).toEqual(['2', '3', '4']);
  });
  test('a closure that only writes reads nothing', () => {
    expect(live(['x := 1', 'run(func() { x = 2 })', 'x = 3'], 'x')).toEqual([]);
  });
});

test('variables from outside belong to others too', () => {
  const written = functionOf('x := 1\nrun(func() { x = 2; x = 3 })', '()', 'var p int\nfunc g() { p = 1 }');
  const literal = written.fn.literals[0]!;
  const variables = variablesOf(literal.cfg, literal.pkg.info);
  const [x] = variables.variables;
  expect(x?.name).toBe('x');
  const accesses = accessesOfVariable(variables, x!);
  expect(accesses.map((a) => a.kind)).toEqual(['initial', 'assign', 'assign']);
  expect(accesses.every((a) => isReadAfter(variables, a.place, x!))).toBe(true);
  expect(mayBeReadElsewhere(variables, accesses[0]!.place, x!)).toBe(true);
});
