/**
 * One dump per construct. Read them: `name: nodes -> edges`; `!` marks what is unreachable.
 */
import { describe, expect, test } from 'vitest';
import { graphOf } from './source.ts';

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
