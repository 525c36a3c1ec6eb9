/**
 * Dumps of what leaves the beaten path: jumps, `defer`, calls that do not return; literals; size. See `build.test.ts`.
 */
import { describe, expect, test } from 'vitest';
import { graphOf, graphOfFunction, literalsIn } from './source.ts';

const dump = (body: string, signature?: string): string => graphOf(body, signature).dump();

describe('goto', () => {
  test('backward', () => {
    expect(dump('again: x()\nif a { goto again }\ny()')).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 label again: x(); [a] -> true b2, false b3
      b2 if.then: goto again -> b1
      b3 if.done: y() -> b4
      b4 exit:"
    `);
  });
  test('forward, over dead code', () => {
    expect(dump('if a { goto end }\nb()\ngoto end\ndead()\nend:\nc()')).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b1, false b2
      b1 if.then: goto end -> b4
      b2 if.done: b(); goto end -> b4
      !b3 unreachable: dead() -> b4
      b4 label end: c() -> b5
      b5 exit:"
    `);
  });
  test('into a loop with two heads', () => {
    expect(dump('if a { goto two }\none: x()\ntwo: y()\nif b { goto one }')).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b1, false b2
      b1 if.then: goto two -> b4
      b2 if.done: -> b3
      b3 label one: x() -> b4
      b4 label two: y(); [b] -> true b5, false b6
      b5 if.then: goto one -> b3
      b6 if.done: -> b7
      b7 exit:"
    `);
  });
  test('to a label that does not exist: nobody knows', () => {
    expect(dump('if a { goto nowhere }\nb()')).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b1, false b2
      b1 if.then: goto nowhere -> b3
      b2 if.done: b() -> b4
      b3 label nowhere: -> b5
      b4 exit:
      b5 abort:"
    `);
  });
  test('any number of statements may be labelled _', () => {
    expect(dump('_: a()\n_: for b { break }\n_: c()')).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 label _: a() -> b2
      b2 label _: -> b3
      b3 for.head: [b] -> true b4, false b5
      b4 for.body: break -> b5
      b5 for.done: -> b6
      b6 label _: c() -> b7
      b7 exit:"
    `);
  });
});

describe('defer', () => {
  test('deferred calls run at the exit, last first, whether or not registered on all paths', () => {
    expect(
      dump('defer a()\nif b { defer func() { c() }(); return }\ndefer d(e())\nx()'),
    ).toMatchInlineSnapshot(`
      "b0 entry: defer a(); [b] -> true b1, false b2
      b1 if.then: defer func() { c() }(); return -> b3
      b2 if.done: defer d(e()); x() -> b3
      b3 exit: <d(e())>; <func() { c() }()>; <a()>"
    `);
  });
  test('in unreachable code: never', () => {
    expect(dump('return\ndefer dead()')).toMatchInlineSnapshot(`
      "b0 entry: return -> b2
      !b1 unreachable: defer dead() -> b2
      b2 exit:"
    `);
  });
});

describe('calls that do not return', () => {
  test('panic and exit end in abort', () => {
    expect(dump('if a { panic("x") }\nif b { os.Exit(1); dead() }\nc()')).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b1, false b2
      b1 if.then: panic("x") -> b7
      b2 if.done: [b] -> true b3, false b5
      b3 if.then: os.Exit(1) -> b7
      !b4 unreachable: dead() -> b5
      b5 if.done: c() -> b6
      b6 exit:
      b7 abort:"
    `);
  });
  test('in the clauses of a for statement', () => {
    expect(dump('for i := 0; ; panic(i) { if a { return }; b() }')).toMatchInlineSnapshot(`
      "b0 entry: i := 0 -> b1
      b1 for.head: -> b2
      b2 for.body: [a] -> true b3, false b4
      b3 if.then: return -> b6
      b4 if.done: b() -> b5
      b5 for.post: panic(i) -> b7
      b6 exit:
      b7 abort:"
    `);
  });
});

test('go statements and function literals are nodes; their bodies are not part of the graph', () => {
  expect(dump('go func() { return }()\nf := func() { panic(1) }\nf()')).toMatchInlineSnapshot(`
    "b0 entry: go func() { return }(); f := func() { panic(1) }; f() -> b1
    b1 exit:"
  `);
});

test('declarations, sends, empty statements and blocks', () => {
  expect(dump('var x, y = 1, g()\nconst c = 1\ntype t int\n{ ch <- x; y++ }\nend:')).toMatchInlineSnapshot(`
    "b0 entry: var x, y = 1, g(); const c = 1; type t int; ch <- x; y++ -> b1
    b1 label end: -> b2
    b2 exit:"
  `);
});

test('a function literal has a graph of its own', () => {
  const outer = graphOf(
    'g(func(x int) error { if x > 0 { return nil }; return func() error { return err }() })',
  );
  const graphs = literalsIn(outer.func).map((literal) => graphOfFunction(literal, outer.textOf).dump());
  expect(graphs.join('\n\n')).toMatchInlineSnapshot(`
    "b0 entry: [x > 0] -> true b1, false b2
    b1 if.then: return nil -> b3
    b2 if.done: return func() error { return err }() -> b3
    b3 exit:

    b0 entry: return err -> b1
    b1 exit:"
  `);
});

describe('size', () => {
  test('thousands of operands, and as many arms as the syntax admits', () => {
    const operands = Array.from({ length: 5000 }, (_, i) => `c${i}`);
    const condition = graphOf(`if ${operands.join(' || ')} { x() }`);
    expect(condition.cfg.blocks).toHaveLength(5000 + 4);
    const arms = graphOf(
      operands
        .slice(0, 900)
        .map((c) => `if ${c} { x() }`)
        .join(' else '),
    );
    expect(arms.cfg.blocks).toHaveLength(2 * 900 + 3);
  });
});
