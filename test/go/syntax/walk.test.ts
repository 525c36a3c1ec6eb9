import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FuncDecl, Node } from '../../../src/go/syntax/ast.ts';
import { parseGoFile } from '../../../src/go/syntax/parse-file.ts';
import { loadParser } from '../../../src/go/syntax/parser.ts';
import { forEachChild, walk } from '../../../src/go/syntax/walk.ts';

await loadParser();

const fixtures = path.resolve(import.meta.dirname, '../../../fixtures');
const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.go') && statSync(path.join(fixtures, file)).isFile())
  .sort();

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'kind' in value && 'pos' in value;

/** The nodes that an object refers to, found by looking at all its properties, through lists and fields that are no nodes. */
function referred(value: object): readonly Node[] {
  return Object.values(Object.getOwnPropertyDescriptors(value)).flatMap((property) => {
    const inner: unknown = property.value;
    if (isNode(inner)) return [inner];
    return typeof inner === 'object' && inner !== null ? referred(inner) : [];
  });
}

function funcIn(body: string): FuncDecl {
  const file = parseGoFile('f.go', `package p\nfunc f() {\n${body}\n}`, 0);
  return file.decls[0] as FuncDecl;
}

const names = (root: Node, options?: Parameters<typeof walk>[2]): string => {
  const found: string[] = [];
  walk(root, (node) => void (node.kind === 'Ident' && found.push(node.name)), options);
  return found.join(' ');
};

test('the children of every node in all fixtures are what it refers to, in source order', () => {
  const wrong: string[] = [];
  const kinds = new Set<string>();
  for (const file of files) {
    for (const decl of parseGoFile(file, readFileSync(path.join(fixtures, file), 'utf8'), 0).decls) {
      walk(
        decl,
        (node) => {
          kinds.add(node.kind);
          const children: Node[] = [];
          forEachChild(node, (child) => children.push(child));
          const expected = new Set(referred(node));
          // A body is lowered when it is asked for; an implicit constant's expressions stand on an earlier line.
          if (node.kind === 'FuncDecl' && node.body !== undefined) expected.add(node.body);
          if (node.kind === 'ConstSpec' && node.implicit)
            for (const x of [node.type, ...node.values]) expected.delete(x!);
          const same = children.length === expected.size && children.every((child) => expected.has(child));
          if (!same)
            wrong.push(`${file}:${node.pos} ${node.kind}: ${children.length} of ${expected.size} children`);
          for (const [i, child] of children.entries()) {
            if (i > 0 && child.end < children[i - 1]!.end)
              wrong.push(`${file}:${child.pos} ${child.kind} out of order`);
            if (child.pos < node.pos || child.end > node.end)
              wrong.push(`${file}:${child.pos} ${child.kind} outside ${node.kind}`);
          }
        },
        { literals: true },
      );
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(kinds.size).toBeGreaterThan(45);
});

describe('walk', () => {
  test('parents first, in source order', () => {
    expect(names(funcIn('a := b(c, d.e)\nif f { g[h]++ }'))).toBe('f a b c d e f g h');
  });
  test('function literals are visited, what stands in them is not', () => {
    const f = funcIn('run(func(x int) { y() }, z)');
    expect(names(f)).toBe('f run z');
    expect(names(f, { literals: true })).toBe('f run x int y z');
  });
  test('a literal that is the root is entered', () => {
    let literal: Node | undefined;
    walk(funcIn('run(func() { y(func() { z() }) })'), (node) => {
      if (node.kind === 'FuncLit') literal = node;
    });
    expect(names(literal!)).toBe('y');
  });
  test('false skips the children', () => {
    const seen: string[] = [];
    walk(funcIn('a(b(c))\nd()'), (node) => {
      if (node.kind === 'Ident') seen.push(node.name);
      return !(node.kind === 'CallExpr' && node.args.length > 0);
    });
    expect(seen).toEqual(['f', 'd']);
  });
  test('leave comes after the children', () => {
    const left: string[] = [];
    const leave = (node: Node): void => void (node.kind === 'CallExpr' && left.push(`${node.args.length}`));
    walk(funcIn('a(b(), c(d()), 1)'), (node) => node.kind !== 'BasicLit', { leave });
    expect(left).toEqual(['0', '0', '1', '3']);
  });
  test('depth costs no call stack', () => {
    let x: Node = { kind: 'Ident', name: 'x', pos: 0, end: 1 };
    for (let i = 0; i < 200_000; i++) x = { kind: 'ParenExpr', x, pos: 0, end: 1 };
    let count = 0;
    walk(x, () => void count++, { leave: () => void count++ });
    expect(count).toBe(2 * 200_001);
  });
});
