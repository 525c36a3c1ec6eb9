/**
 * Places, evaluation, paths, order and loops on code that one can read; `properties.test.ts` compares them with slow answers.
 */
import { describe, expect, test } from 'vitest';
import { callsAt, deferOf, isConditional } from '../../../src/go/flow/evaluation.ts';
import { canReturn } from '../../../src/go/flow/graph.ts';
import { loopForest, loopOf, loopsAround } from '../../../src/go/flow/loops.ts';
import {
  executesBefore,
  onEveryPath,
  oneExecutesBefore,
  pathToExecution,
  pathWithout,
} from '../../../src/go/flow/order.ts';
import { everyPathPasses, findPath } from '../../../src/go/flow/paths.ts';
import {
  endOf,
  entryPlace,
  exitPlace,
  nodeAt,
  placeContaining,
  startOf,
} from '../../../src/go/flow/places.ts';
import { blockPostDominates, controllingEdges } from '../../../src/go/flow/post-dominators.ts';
import type { Stmt } from '../../../src/go/syntax/ast.ts';
import { type Graph, graphOf } from './source.ts';

const call = (g: Graph, text: string, n?: number) => g.find('CallExpr', text, n);
const place = (g: Graph, text: string, n?: number) => placeContaining(g.cfg, call(g, text, n))!;

describe('places', () => {
  test('a part belongs to the node around it', () => {
    const g = graphOf('x := f(a(), b)\nif c() && d() { return }');
    const assignment = g.find('AssignStmt', 'x := f(a(), b)');
    expect(nodeAt(place(g, 'a()'))).toBe(assignment);
    expect(placeContaining(g.cfg, g.find('Ident', 'x'))).toEqual(g.cfg.placeOf(assignment));
    expect(nodeAt(place(g, 'd()'))).toBe(call(g, 'd()'));
  });
  test('the operands of a defer belong to it, its call to the exit', () => {
    const g = graphOf('defer f(a())');
    expect(nodeAt(place(g, 'a()'))?.kind).toBe('DeferStmt');
    expect(place(g, 'f(a())').block).toBe(g.cfg.exit);
    expect(deferOf(g.cfg, call(g, 'f(a())'))?.kind).toBe('DeferStmt');
    expect(deferOf(g.cfg, call(g, 'a()'))).toBeUndefined();
  });
  test('the operands of a select stand before it', () => {
    const g = graphOf('select { case ch() <- v(): x(); case y[i()] = <-in(): }');
    for (const text of ['ch()', 'v()', 'in()']) expect(place(g, text).block).toBe(g.cfg.entry);
    expect(nodeAt(place(g, 'i()'))?.kind).toBe('AssignStmt');
    expect(callsAt(g.cfg, nodeAt(place(g, 'i()'))!).map(g.textOf)).toEqual(['i()']);
  });
  test('range operands, keys and bodies', () => {
    const g = graphOf('for m[k()] = range items() { use() }');
    expect(nodeAt(place(g, 'items()'))).toBe(call(g, 'items()'));
    expect(nodeAt(place(g, 'k()'))?.kind).toBe('RangeStmt');
    expect(nodeAt(place(g, 'use()'))?.kind).toBe('ExprStmt');
  });
  test('what stands in a literal belongs to where the literal is made', () => {
    const g = graphOf('run(func() { inner() })');
    expect(nodeAt(place(g, 'inner()'))?.kind).toBe('ExprStmt');
  });
  test('labels are nowhere', () => {
    const g = graphOf('for a { b() }\nend:');
    expect(placeContaining(g.cfg, g.find('Ident', 'end'))).toBeUndefined();
  });
});

describe('evaluation', () => {
  const calls = (body: string): string[] => {
    const g = graphOf(body);
    return callsAt(g.cfg, g.cfg.entry.nodes[0]!).map(g.textOf);
  };
  test('operands first, receivers before arguments', () => {
    expect(calls('x[i()] = f(a(), b().c(d()))')).toEqual([
      'i()',
      'a()',
      'b()',
      'd()',
      'b().c(d())',
      'f(a(), b().c(d()))',
    ]);
  });
  test('a go statement starts its call last; a defer only evaluates operands', () => {
    expect(calls('go f(a())')).toEqual(['a()', 'f(a())']);
    expect(calls('defer f(a())')).toEqual(['a()']);
    expect(calls('go func() { x() }()')).toEqual(['func() { x() }()']);
  });
  test('calls in literals are not executed where the literal is made', () => {
    expect(calls('f(func() { x() })')).toEqual(['f(func() { x() })']);
  });
  test('declarations, returns, sends', () => {
    expect(calls('var a, b T = f(), g()')).toEqual(['f()', 'g()']);
    expect(calls('return f(), g()')).toEqual(['f()', 'g()']);
    expect(calls('ch() <- v()')).toEqual(['ch()', 'v()']);
  });
  test('the exit executes what was deferred', () => {
    const g = graphOf('defer a(x())\ndefer b()');
    expect(g.cfg.exit.nodes.flatMap((node) => callsAt(g.cfg, node)).map(g.textOf)).toEqual(['b()', 'a(x())']);
  });
  test('&& and || in a value may skip their right side', () => {
    const g = graphOf('x := a() && (b() || f(c()))');
    const conditional = (text: string) => isConditional(nodeAt(place(g, text))!, call(g, text));
    expect(['a()', 'b()', 'c()'].map(conditional)).toEqual([false, true, true]);
  });
});

describe('order', () => {
  const precedes = (body: string, a: string, b: string): boolean => {
    const g = graphOf(body);
    return executesBefore(g.cfg, call(g, a), call(g, b));
  };
  test('by dominance', () => {
    expect(precedes('a()\nif c { b() }', 'a()', 'b()')).toBe(true);
    expect(precedes('if c { a() }\nb()', 'a()', 'b()')).toBe(false);
  });
  test('within a node', () => {
    expect(precedes('f(a(), b())', 'a()', 'b()')).toBe(true);
    expect(precedes('f(a(), b())', 'b()', 'a()')).toBe(false);
    expect(precedes('f(a())', 'a()', 'f(a())')).toBe(true);
    expect(precedes('x := c && a()\nb()', 'a()', 'b()')).toBe(false);
    expect(precedes('if c || a() { return }\nb()', 'a()', 'b()')).toBe(true);
  });
  test('one in every branch', () => {
    const g = graphOf('if c { a() } else { b() }\nx()\nif d { a(1) }\ny()');
    expect(oneExecutesBefore(g.cfg, [call(g, 'a()'), call(g, 'b()')], call(g, 'x()'))).toBe(true);
    expect(oneExecutesBefore(g.cfg, [call(g, 'a()')], call(g, 'x()'))).toBe(false);
    expect(oneExecutesBefore(g.cfg, [], call(g, 'x()'))).toBe(false);
    const path = pathToExecution(g.cfg, call(g, 'x()'), { nodes: [call(g, 'b()')] });
    expect(path?.edges.map((edge) => edge.why.kind)).toEqual(['true', 'next']);
  });
  test('what is deferred comes last, if it was deferred', () => {
    expect(precedes('defer b()\na()', 'a()', 'b()')).toBe(true);
    expect(precedes('defer b()\nif c { return }\na()', 'a()', 'b()')).toBe(false);
    expect(precedes('if c { return }\na()\ndefer b()', 'a()', 'b()')).toBe(true);
    expect(precedes('defer a()\nb()', 'a()', 'b()')).toBe(false);
    expect(precedes('defer b()\ndefer a()', 'a()', 'b()')).toBe(true);
    expect(precedes('defer b()\nif c { defer a() }', 'a()', 'b()')).toBe(false);
  });
  test('what was started has not been executed', () => {
    expect(precedes('go a()\nb()', 'a()', 'b()')).toBe(false);
    expect(precedes('go x(a())\nb()', 'a()', 'b()')).toBe(true);
  });
  test('on every path that returns', () => {
    const every = (body: string, text: string) => {
      const g = graphOf(body);
      return onEveryPath(g.cfg, call(g, text));
    };
    expect(every('if c { return }\na()', 'a()')).toBe(false);
    expect(every('if c { panic(1) }\na()', 'a()')).toBe(true);
    expect(every('defer a()\nif c { return }', 'a()')).toBe(true);
    expect(every('if c { return }\ndefer a()', 'a()')).toBe(false);
    expect(every('for c { a() }', 'a()')).toBe(false);
    expect(every('for { a(); if c { break } }', 'a()')).toBe(true);
  });
  test('the path that goes without is evidence', () => {
    const g = graphOf('if c { a() }\nfor d { b() }');
    const path = pathWithout(g.cfg, [call(g, 'a()')]);
    expect(path?.edges.map((edge) => edge.why.kind)).toEqual(['false', 'next', 'false', 'next']);
  });
});

describe('paths', () => {
  test('from the entry to the exit, around places and edges', () => {
    const g = graphOf('if a { x() } else { y() }\nz()');
    const [from, to] = [entryPlace(g.cfg), exitPlace(g.cfg)];
    expect(everyPathPasses(g.cfg, from, to, [place(g, 'x()'), place(g, 'y()')])).toBe(true);
    expect(everyPathPasses(g.cfg, from, to, [place(g, 'z()')])).toBe(true);
    expect(everyPathPasses(g.cfg, from, to, [place(g, 'x()')])).toBe(false);
    expect(
      findPath(g.cfg, from, place(g, 'x()'), { edges: (edge) => edge.why.kind === 'true' }),
    ).toBeUndefined();
  });
  test('within a block, and around a loop to the same place', () => {
    const g = graphOf('for c { x(); y() }');
    expect(findPath(g.cfg, place(g, 'x()'), place(g, 'y()'))?.edges).toEqual([]);
    expect(findPath(g.cfg, place(g, 'y()'), place(g, 'x()'))?.edges).toHaveLength(2);
    expect(findPath(g.cfg, place(g, 'x()'), place(g, 'x()'))?.edges).toHaveLength(2);
    expect(findPath(g.cfg, place(g, 'x()'), place(g, 'x()'), { places: [place(g, 'y()')] })).toBeUndefined();
    const body = place(g, 'x()').block;
    expect(findPath(g.cfg, startOf(body), endOf(body))?.edges).toEqual([]);
  });
});

test('which functions can return', () => {
  const can = (body: string) => canReturn(graphOf(body).cfg);
  expect(can('a()')).toBe(true);
  expect(can('if a { return }\npanic(1)')).toBe(true);
  expect(can('panic(1)')).toBe(false);
  expect(can('for { if a { os.Exit(1) } }')).toBe(false);
  expect(can('for { if a { break } }')).toBe(true);
  expect(can('select {}')).toBe(false);
});

describe('loops', () => {
  const loops = (body: string) => {
    const g = graphOf(body);
    return loopForest(g.cfg).loops.map((loop) => ({
      head: loop.head.label,
      depth: loop.depth,
      exits: loop.exits.map(({ why }) => ('cond' in why ? `${g.textOf(why.cond)} ${why.kind}` : why.kind)),
      back: loop.backEdges.length,
    }));
  };
  test('exits say what ends the loop', () => {
    expect(loops('for i < n { if a { break }; if b { return }; if c { continue }; x() }')).toEqual([
      { head: 'for.head', depth: 1, exits: ['i < n false', 'a true', 'b true'], back: 2 },
    ]);
  });
  test('nested ones', () => {
    expect(loops('for a { for range b { x() } }\nfor { y() }')).toEqual([
      { head: 'for.head', depth: 1, exits: ['a false'], back: 1 },
      { head: 'for.head', depth: 1, exits: [], back: 1 },
      { head: 'range.head', depth: 2, exits: ['range-done'], back: 1 },
    ]);
  });
  test('a labelled break leaves both', () => {
    expect(loops('o: for a { for b { if c { break o } } }').map((loop) => loop.exits)).toEqual([
      ['a false', 'c true'],
      ['b false', 'c true'],
    ]);
  });
  test('by goto', () => {
    const g = graphOf('again: x()\nif a { goto again }');
    const [loop] = loopForest(g.cfg).loops;
    expect(loop?.stmt?.kind).toBe('LabeledStmt');
    expect(loop?.exits.map((edge) => edge.why.kind)).toEqual(['false']);
  });
  test('retry and page, two labels', () => {
    expect(loops('page: x()\nretry: y()\nif e { goto retry }\nif more { goto page }')).toEqual([
      { head: 'label page', depth: 1, exits: ['more false'], back: 1 },
      { head: 'label retry', depth: 2, exits: ['e false'], back: 1 },
    ]);
  });
  test('a loop with two ways in is one loop', () => {
    const g = graphOf('if a { goto two }\none: x()\ntwo: y()\nif b { goto one }');
    const { loops: found } = loopForest(g.cfg);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ reducible: false, depth: 1 });
    expect(found[0]?.entries).toHaveLength(2);
  });
  test('one that never comes back is none', () => {
    const g = graphOf('for { return }\n');
    expect(loopOf(g.cfg, g.func.body!.stmts[0] as Stmt)).toBeUndefined();
  });
  test('of a statement, and around a place', () => {
    const g = graphOf('for a { for b { x() } }');
    const outer = g.func.body!.stmts[0]!;
    const around = loopsAround(g.cfg, place(g, 'x()').block);
    expect(around.map((loop) => loop.depth)).toEqual([2, 1]);
    expect(loopOf(g.cfg, outer)).toBe(around[1]);
  });
});

describe('control dependence', () => {
  const deciding = (body: string, text: string): string[] => {
    const g = graphOf(body);
    return controllingEdges(g.cfg, place(g, text).block).map(({ why }) =>
      'cond' in why ? `${g.textOf(why.cond)} ${why.kind}` : why.kind,
    );
  };
  test('arms depend on their condition, what follows does not', () => {
    expect(deciding('if a { x() }\ny()', 'x()')).toEqual(['a true']);
    expect(deciding('if a { x() }\ny()', 'y()')).toEqual([]);
  });
  test('behind a guard', () => {
    expect(deciding('if a { return }\nx()', 'x()')).toEqual(['a false']);
  });
  test('loops decide about the next turn', () => {
    expect(deciding('for a { if b { break }; x() }', 'x()')).toEqual(['b false']);
    expect(deciding('for c() { x() }', 'c()')).toEqual(['c() true']);
  });
  test('endless loops have an end for this purpose', () => {
    const g = graphOf('for { if a { x() }; y() }');
    expect(blockPostDominates(g.cfg, place(g, 'y()').block, place(g, 'x()').block)).toBe(true);
    expect(deciding('for { if a { x() }; y() }', 'x()')).toEqual(['a true']);
  });
});
