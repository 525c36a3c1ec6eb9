/**
 * One dump per construct. Read them: `name: nodes -> edges`; `!` marks what is unreachable.
 */
import { describe, expect, test } from 'vitest';
import { graphOf, graphOfFunction, literalsIn } from './source.ts';

const dump = (body: string, signature?: string): string => graphOf(body, signature).dump();

describe('if', () => {
  test('with else and init', () => {
    expect(dump('if v, err := g(); err != nil { a(); return } else { b(v) }\nc()')).toMatchInlineSnapshot(`
      "b0 entry: v, err := g(); [err != nil] -> true b1, false b2
      b1 if.then: a(); return -> b4
      b2 if.else: b(v) -> b3
      b3 if.done: c() -> b4
      b4 exit:"
    `);
  });
  test('a chain has one end', () => {
    expect(dump('if a { x() } else if b := y(); b { return } else if c { z() }\nw()')).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b1, false b2
      b1 if.then: x() -> b6
      b2 if.else: b := y(); [b] -> true b3, false b4
      b3 if.then: return -> b7
      b4 if.else: [c] -> true b5, false b6
      b5 if.then: z() -> b6
      b6 if.done: w() -> b7
      b7 exit:"
    `);
  });
  test('where no arm goes on, nothing follows', () => {
    expect(dump('if a { return 1 } else { return 2 }\ndead()', '() int')).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b1, false b2
      b1 if.then: return 1 -> b4
      b2 if.else: return 2 -> b4
      !b3 unreachable: dead() -> b4
      b4 exit:"
    `);
  });
  test('conditions are taken apart', () => {
    expect(dump('if !(a && (b || !c)) || d == e { x() }\ny()')).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b1, false b4
      b1 cond: [b] -> true b3, false b2
      b2 cond: [c] -> true b4, false b3
      b3 cond: [d == e] -> true b4, false b5
      b4 if.then: x() -> b5
      b5 if.done: y() -> b6
      b6 exit:"
    `);
  });
  test('the words true and false have one way out', () => {
    expect(
      dump('if false { dead() }\nif !false && a { x() }\nif (true) || b { y() }'),
    ).toMatchInlineSnapshot(`
      "b0 entry: [false] -> false b2
      !b1 if.then: dead() -> b2
      b2 if.done: [false] -> false b3
      b3 cond: [a] -> true b4, false b5
      b4 if.then: x() -> b5
      b5 if.done: [true] -> true b7
      !b6 cond: [b] -> true b7, false b8
      b7 if.then: y() -> b8
      b8 if.done: -> b9
      b9 exit:"
    `);
  });
});

describe('for', () => {
  test('three clauses, break and continue', () => {
    expect(
      dump('for i := 0; i < n; i++ { if a { continue }; if b { break }; x(i) }\ny()'),
    ).toMatchInlineSnapshot(`
      "b0 entry: i := 0 -> b1
      b1 for.head: [i < n] -> true b2, false b8
      b2 for.body: [a] -> true b3, false b4
      b3 if.then: continue -> b7
      b4 if.done: [b] -> true b5, false b6
      b5 if.then: break -> b8
      b6 if.done: x(i) -> b7
      b7 for.post: i++ -> b1
      b8 for.done: y() -> b9
      b9 exit:"
    `);
  });
  test('condition of several operands', () => {
    expect(dump('for more() && i < max { x() }')).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 for.head: [more()] -> true b2, false b4
      b2 cond: [i < max] -> true b3, false b4
      b3 for.body: x() -> b1
      b4 for.done: -> b5
      b5 exit:"
    `);
  });
  test('for ever', () => {
    expect(dump('for { x() }\ndead()')).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 for.head: -> b2
      b2 for.body: x() -> b1
      !b3 unreachable: dead() -> b4
      !b4 exit:"
    `);
  });
  test('for true, left by return', () => {
    expect(dump('for true { if a { return } }\ndead()')).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 for.head: [true] -> true b2
      b2 for.body: [a] -> true b3, false b4
      b3 if.then: return -> b6
      b4 if.done: -> b1
      !b5 unreachable: dead() -> b6
      b6 exit:"
    `);
  });
  test('a body that never comes back leaves the post statement behind', () => {
    expect(dump('for i := 0; i < n; i++ { break }')).toMatchInlineSnapshot(`
      "b0 entry: i := 0 -> b1
      b1 for.head: [i < n] -> true b2, false b4
      b2 for.body: break -> b4
      !b3 for.post: i++ -> b1
      b4 for.done: -> b5
      b5 exit:"
    `);
  });
  test('labels reach outer loops', () => {
    expect(
      dump('outer:\nfor a { for b { if c { continue outer }; if d { break outer } } }'),
    ).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 label outer: -> b2
      b2 for.head: [a] -> true b3, false b11
      b3 for.body: -> b4
      b4 for.head: [b] -> true b5, false b10
      b5 for.body: [c] -> true b6, false b7
      b6 if.then: continue outer -> b2
      b7 if.done: [d] -> true b8, false b9
      b8 if.then: break outer -> b11
      b9 if.done: -> b4
      b10 for.done: -> b2
      b11 for.done: -> b12
      b12 exit:"
    `);
  });
});

describe('range', () => {
  test('the operand once, the variables each turn', () => {
    expect(dump('for k, v := range items() { if v { continue }; use(k) }\nx()')).toMatchInlineSnapshot(`
      "b0 entry: [items()] -> b1
      b1 range.head: -> more b2, done b5
      b2 range.body: range k, v; [v] -> true b3, false b4
      b3 if.then: continue -> b1
      b4 if.done: use(k) -> b1
      b5 range.done: x() -> b6
      b6 exit:"
    `);
  });
  test('over an integer and a function', () => {
    expect(dump('for range 3 { a() }\nfor x := range seq { if x { return } }')).toMatchInlineSnapshot(`
      "b0 entry: [3] -> b1
      b1 range.head: -> more b2, done b3
      b2 range.body: range; a() -> b1
      b3 range.done: [seq] -> b4
      b4 range.head: -> more b5, done b8
      b5 range.body: range x; [x] -> true b6, false b7
      b6 if.then: return -> b9
      b7 if.done: -> b4
      b8 range.done: -> b9
      b9 exit:"
    `);
  });
});

describe('switch', () => {
  test('with a tag, default in the middle, fallthrough', () => {
    expect(
      dump('switch x := g(); x { case 1, 2: a(); fallthrough; default: b(); case 3: c() }\nd()'),
    ).toMatchInlineSnapshot(`
      "b0 entry: x := g(); [x]; [1] -> == b2, != b1
      b1 case.test: [2] -> == b2, != b4
      b2 case: a(); fallthrough -> b3
      b3 default: b() -> b6
      b4 case.test: [3] -> == b5, != b3
      b5 case: c() -> b6
      b6 switch.done: d() -> b7
      b7 exit:"
    `);
  });
  test('without a tag, cases are conditions', () => {
    expect(
      dump('switch { case a && b: x(); case !c: break; y(); default: z() }\nw()'),
    ).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b1, false b3
      b1 cond: [b] -> true b2, false b3
      b2 case: x() -> b7
      b3 case.test: [c] -> true b6, false b4
      b4 case: break -> b7
      !b5 unreachable: y() -> b7
      b6 default: z() -> b7
      b7 switch.done: w() -> b8
      b8 exit:"
    `);
  });
  test('switch true is one without a tag', () => {
    expect(dump('switch true { case a, b: x() }')).toMatchInlineSnapshot(`
      "b0 entry: [a] -> true b2, false b1
      b1 case.test: [b] -> true b2, false b3
      b2 case: x() -> b3
      b3 switch.done: -> b4
      b4 exit:"
    `);
  });
  test('empty, and default only', () => {
    expect(dump('switch g() {}\nswitch { default: a() }')).toMatchInlineSnapshot(`
      "b0 entry: [g()] -> b1
      b1 switch.done: -> b2
      b2 default: a() -> b3
      b3 switch.done: -> b4
      b4 exit:"
    `);
  });
  test('break leaves the switch, continue the loop around it', () => {
    expect(dump('for a { switch b { case 1: break; case 2: continue }; x() }')).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 for.head: [a] -> true b2, false b7
      b2 for.body: [b]; [1] -> == b3, != b4
      b3 case: break -> b6
      b4 case.test: [2] -> == b5, != b6
      b5 case: continue -> b1
      b6 switch.done: x() -> b1
      b7 for.done: -> b8
      b8 exit:"
    `);
  });
  test('break with the label of a switch', () => {
    expect(dump('s: switch { case a: for b { break s } }\nx()')).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 label s: [a] -> true b2, false b6
      b2 case: -> b3
      b3 for.head: [b] -> true b4, false b5
      b4 for.body: break s -> b6
      b5 for.done: -> b6
      b6 switch.done: x() -> b7
      b7 exit:"
    `);
  });
});

describe('type switch', () => {
  test('binds, then takes one of many ways', () => {
    expect(
      dump('switch v := x.(type) { case int: a(v); case nil, string: b(); default: return }\nc()'),
    ).toMatchInlineSnapshot(`
      "b0 entry: [x]; type switch v -> int b1, nil|string b2, else b3
      b1 case: a(v) -> b4
      b2 case: b() -> b4
      b3 default: return -> b5
      b4 switch.done: c() -> b5
      b5 exit:"
    `);
  });
  test('without default', () => {
    expect(dump('switch y := g(); y.(type) { case error: a() }')).toMatchInlineSnapshot(`
      "b0 entry: y := g(); [y]; type switch -> error b1, else b2
      b1 case: a() -> b2
      b2 switch.done: -> b3
      b3 exit:"
    `);
  });
});

describe('select', () => {
  test('operands are evaluated before, the communication in its clause', () => {
    expect(
      dump('select { case ch() <- v(): a(); case x, ok := <-in: b(x, ok); case <-(done): return }\nc()'),
    ).toMatchInlineSnapshot(`
      "b0 entry: [ch()]; [v()]; [in]; [(done)]; select -> ready b1, ready b2, ready b3
      b1 case: ch() <- v(); a() -> b4
      b2 case: x, ok := <-in; b(x, ok) -> b4
      b3 case: <-(done); return -> b5
      b4 select.done: c() -> b5
      b5 exit:"
    `);
  });
  test('default, and break', () => {
    expect(dump('for { select { case <-in: break; default: return }; x() }')).toMatchInlineSnapshot(`
      "b0 entry: -> b1
      b1 for.head: -> b2
      b2 for.body: [in]; select -> ready b3, default b4
      b3 case: <-in; break -> b5
      b4 default: return -> b6
      b5 select.done: x() -> b1
      b6 exit:"
    `);
  });
  test('without cases: for ever', () => {
    expect(dump('a()\nselect {}\ndead()')).toMatchInlineSnapshot(`
      "b0 entry: a(); select
      !b1 unreachable: dead() -> b2
      !b2 exit:"
    `);
  });
});

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
