/**
 * The marked functions of `fixtures/go/flow` and `fixtures/go/dominance`, found by glob.
 *
 * - flow: no call of `live` may stand in an unreachable block, and every statement of an unreachable block must mention `dead`; no call
 *   of `dead` may stand in a reachable one.
 * - dominance: whenever `sub("x")` is executed, some `dom("x")` of the same function has been; for `notdom("x")` there is none.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isReachable } from '../../../src/go/flow/graph.ts';
import { executesBefore, oneExecutesBefore } from '../../../src/go/flow/order.ts';
import { placeContaining } from '../../../src/go/flow/places.ts';
import type { GoFunction } from '../../../src/go/package.ts';
import type { CallExpr, Node } from '../../../src/go/syntax/ast.ts';
import { brokenInvariants } from './invariants.ts';
import { allFunctions, openPackage } from './program.ts';

const folder = path.resolve(import.meta.dirname, '../../../fixtures/go');

function functionsIn(name: string): readonly GoFunction[] {
  const files: Record<string, string> = {};
  for (const file of readdirSync(path.join(folder, name))) {
    if (file.endsWith('.go')) files[file] = readFileSync(path.join(folder, name, file), 'utf8');
  }
  const pkg = openPackage(files);
  expect(pkg.files.flatMap((file) => file.damage)).toEqual([]);
  return allFunctions(pkg);
}

function callsOf(fn: GoFunction, name: string): readonly CallExpr[] {
  return fn.calls.filter((call) => call.fun.kind === 'Ident' && call.fun.name === name);
}

const where = (fn: GoFunction, node: Node): string => {
  const { files } = fn.pkg.program;
  return `${fn.file.path}:${files.lineOf(node.pos)} ${files.textOf(node).split('\n')[0]}`;
};

describe('flow', () => {
  const functions = functionsIn('flow');

  test('live code is reachable, dead code is not', () => {
    const wrong: string[] = [];
    for (const fn of functions) {
      for (const call of callsOf(fn, 'live')) {
        const place = placeContaining(fn.cfg, call)!;
        if (!isReachable(fn.cfg, place.block)) wrong.push(`not reached: ${where(fn, call)}`);
      }
      for (const call of callsOf(fn, 'dead')) {
        const place = placeContaining(fn.cfg, call)!;
        if (isReachable(fn.cfg, place.block)) wrong.push(`reached: ${where(fn, call)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('there are both, many of them', () => {
    expect(functions.flatMap((fn) => callsOf(fn, 'live')).length).toBeGreaterThan(100);
    expect(functions.flatMap((fn) => callsOf(fn, 'dead')).length).toBeGreaterThan(50);
  });
});

describe('dominance', () => {
  const functions = functionsIn('dominance');
  const markOf = (call: CallExpr): string | undefined => {
    const [first] = call.args;
    return first?.kind === 'BasicLit' ? first.text : undefined;
  };

  test('dom comes before sub, and not always before notdom', () => {
    const wrong: string[] = [];
    for (const fn of functions) {
      const doms = callsOf(fn, 'dom');
      const precedes = (call: CallExpr): boolean => {
        const marked = doms.filter((dom) => markOf(dom) === markOf(call));
        const single = marked.some((dom) => executesBefore(fn.cfg, dom, call));
        const together = oneExecutesBefore(fn.cfg, marked, call);
        if (single && !together) wrong.push(`one before but not all together: ${where(fn, call)}`);
        return together;
      };
      for (const call of callsOf(fn, 'sub'))
        if (!precedes(call)) wrong.push(`nothing before ${where(fn, call)}`);
      for (const call of callsOf(fn, 'notdom'))
        if (precedes(call)) wrong.push(`something before ${where(fn, call)}`);
    }
    expect(wrong).toEqual([]);
  });

  test('there are both, many of them', () => {
    expect(functions.flatMap((fn) => callsOf(fn, 'sub')).length).toBeGreaterThan(20);
    expect(functions.flatMap((fn) => callsOf(fn, 'notdom')).length).toBeGreaterThan(20);
  });
});

const folders = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.go'))
  .map((file) => path.dirname(file));

test.each([...new Set(folders)])('invariants hold in %s', (name) => {
  const broken = functionsIn(name).flatMap((fn) =>
    brokenInvariants(fn.cfg).map((problem) => `${where(fn, fn.node)}: ${problem}`),
  );
  expect(broken).toEqual([]);
});
