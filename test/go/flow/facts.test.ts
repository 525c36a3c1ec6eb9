/**
 * What is known at a place. `facts(lines)` answers at the call `here()`: conditions as written, `!` before those that were false.
 */
import { describe, expect, test } from 'vitest';
import { variablesOf } from '../../../src/go/flow/accesses.ts';
import type { Edge } from '../../../src/go/flow/cfg.ts';
import { implied, nilTest } from '../../../src/go/flow/conditions.ts';
import { decisionsAt, factsAt, holdsAt } from '../../../src/go/flow/facts.ts';
import { placeContaining } from '../../../src/go/flow/places.ts';
import { functionOf, type Written } from './program.ts';

function show({ why }: Edge, { textOf }: Written): string {
  switch (why.kind) {
    case 'true':
      return textOf(why.cond);
    case 'false':
      return `!${textOf(why.cond)}`;
    case 'case':
    case 'not-case':
      return `${textOf(why.tag)} ${why.kind === 'case' ? '==' : '!='} ${textOf(why.value)}`;
    case 'type-case':
      return why.types.map(textOf).join('|');
    default:
      return why.kind;
  }
}

function known(lines: readonly string[], signature?: string): { facts: string[]; decisions: string[] } {
  const written = functionOf(lines.join('\n'), signature);
  const { cfg, pkg } = written.fn;
  const place = placeContaining(cfg, written.find('CallExpr', 'here()'))!;
  const variables = variablesOf(cfg, pkg.info);
  const facts = factsAt(variables, place);
  const decisions = decisionsAt(cfg, place);
  expect(facts.filter((fact) => !decisions.includes(fact))).toEqual([]);
  expect(facts.every((fact) => holdsAt(variables, fact, place))).toBe(true);
  return {
    facts: facts.map((fact) => show(fact, written)),
    decisions: decisions.map((fact) => show(fact, written)),
  };
}

const facts = (lines: readonly string[], signature?: string): string[] => known(lines, signature).facts;

describe('facts', () => {
  test('in an arm', () => {
    expect(facts(['if a { here() }'])).toEqual(['a']);
    expect(facts(['if a { x() } else { here() }'])).toEqual(['!a']);
  });
  test('behind a guard', () => {
    expect(facts(['if a { return }', 'here()'])).toEqual(['!a']);
    expect(facts(['if a { log() }', 'here()'])).toEqual([]);
  });
  test('operands of conditions', () => {
    expect(facts(['if a && !b { here() }'])).toEqual(['a', '!b']);
    expect(facts(['if a || b { return }', 'here()'])).toEqual(['!a', '!b']);
    expect(facts(['if a && b { return }', 'here()'])).toEqual([]);
    expect(facts(['if a || here() { x() }'])).toEqual(['!a']);
  });
  test('both arms lead here: nothing', () => {
    expect(facts(['if a { x() } else { y() }', 'here()'])).toEqual([]);
  });
  test('switch, with and without tag', () => {
    expect(facts(['switch t { case 1: return; case 2: here() }'])).toEqual(['t != 1', 't == 2']);
    expect(facts(['switch { case a: return; case b: x(); default: here() }'])).toEqual(['!a', '!b']);
    expect(facts(['switch x.(type) { case int, string: here() }'])).toEqual(['int|string']);
  });
  test('in a loop, of this turn', () => {
    expect(facts(['for a {', 'if b { continue }', 'here()', '}'])).toEqual(['a', '!b']);
    expect(facts(['for a {', 'if b { break }', '}', 'here()'])).toEqual([]);
    expect(facts(['for a { x() }', 'here()'])).toEqual(['!a']);
    expect(facts(['for range items { here() }'])).toEqual(['range-next']);
  });
  test('unreachable: nothing', () => {
    expect(facts(['if a { return', 'here() }'])).toEqual([]);
  });
});

describe('a fact ends', () => {
  const signature = '(err error, o, p T)';

  test('when its variable is assigned', () => {
    const { facts: left, decisions } = known(['if err != nil { return }', 'err = g()', 'here()'], signature);
    expect(left).toEqual([]);
    expect(decisions).toEqual(['!err != nil']);
  });
  test('on one path', () => {
    expect(facts(['if err != nil { return }', 'if a { err = g() }', 'here()'], signature)).toEqual([]);
  });
  test('not when another is', () => {
    expect(facts(['if err != nil { return }', 'x, err2 := g(err)', 'here()'], signature)).toEqual([
      '!err != nil',
    ]);
    expect(facts(['if err != nil { return }', '{ err := g(); use(err) }', 'here()'], signature)).toEqual([
      '!err != nil',
    ]);
  });
  test('when the part it is about is written, or the whole, or a part of the part', () => {
    const guard = 'if o.Page == 0 { return }';
    expect(facts([guard, 'o.Page = 1', 'here()'], signature)).toEqual([]);
    expect(facts([guard, 'o = p', 'here()'], signature)).toEqual([]);
    expect(facts([guard, 'o.Page.Inner = 1', 'here()'], signature)).toEqual([]);
    expect(facts([guard, '(*o).Page = 1', 'here()'], signature)).toEqual([]);
    expect(facts([guard, 'o.Size = 1', 'here()'], signature)).toEqual(['!o.Page == 0']);
    expect(facts(['if o == p { return }', 'o.Page = 1', 'here()'], signature)).toEqual([]);
  });
  test('when the address is given away, or a closure writes', () => {
    expect(facts(['if o.Page == 0 { return }', 'fill(&o)', 'here()'], signature)).toEqual([]);
    expect(facts(['if err != nil { return }', 'run(func() { err = g() })', 'here()'], signature)).toEqual([]);
    expect(facts(['if err != nil { return }', 'run(func() { use(err) })', 'here()'], signature)).toEqual([
      '!err != nil',
    ]);
  });
  test('when the question is asked again', () => {
    expect(facts(['for {', 'if more() { x() }', 'here()', '}'], signature)).toEqual([]);
    expect(facts(['for !more() {', 'here()', '}'], signature)).toEqual(['!more()']);
  });
  test('but not by what the condition itself does', () => {
    expect(facts(['if filter(&o) { return }', 'here()'], signature)).toEqual(['!filter(&o)']);
  });
});

test('decisions are innermost first', () => {
  expect(known(['if a {', 'for b { if c { continue }; here() }', '}']).decisions).toEqual(['!c', 'b', 'a']);
});

describe('what the value of a boolean expression implies', () => {
  const outcomes = (cond: string, truth: boolean): string[] => {
    const written = functionOf(`x := ${cond}`);
    const assigned = written.fn.body.stmts[0];
    if (assigned?.kind !== 'AssignStmt') throw new Error('no assignment');
    return implied(assigned.rhs[0]!, truth).map(
      (one) => `${one.truth ? '' : '!'}${written.textOf(one.cond)}`,
    );
  };

  test.each([
    ['a', true, ['a']],
    ['!a', true, ['!a']],
    ['(a && !b) && c', true, ['a', '!b', 'c']],
    ['a && b', false, ['!a && b']],
    ['a || !(b && c)', false, ['!a', 'b', 'c']],
    ['a || b', true, ['a || b']],
    ['a == true && false == b', true, ['a', '!b']],
    ['a != true', true, ['!a']],
    ['a == false || b', false, ['a', '!b']],
  ] as const)('%s is %s', (cond, truth, expected) => {
    expect(outcomes(cond, truth)).toEqual(expected);
  });

  test('a chain of thousands', () => {
    const chain = Array.from({ length: 5000 }, (_, i) => `c${i}`);
    expect(outcomes(chain.join(' || '), false)).toEqual(chain.map((c) => `!${c}`));
  });
});

test.each([
  ['if err != nil { here() }', 'err', false],
  ['if nil == err { here() }', 'err', true],
  ['if err == nil { return }; here()', 'err', false],
  ['if !(a.err != (nil)) { here() }', 'a.err', true],
  ['switch err { case nil: here() }', 'err', true],
  ['switch err { case nil: default: here() }', 'err', false],
  ['if err { here() }', undefined, undefined],
  ['for range nil { here() }', undefined, undefined],
])('nil test of %s', (body, subject, isNil) => {
  const written = functionOf(body);
  const [edge] = decisionsAt(
    written.fn.cfg,
    placeContaining(written.fn.cfg, written.find('CallExpr', 'here()'))!,
  );
  const found = nilTest(edge!.why);
  expect(found && written.textOf(found.x)).toBe(subject);
  expect(found?.isNil).toBe(isNil);
});
