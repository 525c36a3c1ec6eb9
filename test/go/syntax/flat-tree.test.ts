/**
 * The flat tree is read out of the parser's memory; here the library's own cursor walks the same tree, and both must agree on every node.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TreeCursor } from 'web-tree-sitter';
import { MISSING, NEXT, NODE } from '../../../src/go/syntax/flat-tree.ts';
import { F, IDENTIFIERS, K, LINE_END, LISTS, OPERATORS } from '../../../src/go/syntax/grammar.ts';
import { flatTreeOf, grammarNames, loadParser, openTree } from '../../../src/go/syntax/parser.ts';

await loadParser();

const KINDS = new Map<string, number>(Object.entries(K));
for (const name of IDENTIFIERS) KINDS.set(name, K.identifier);
const FIELDS = new Map<string, number>(Object.entries(F));
const TOKENS = new Map<string, number>(OPERATORS.map((text, index) => [text, index]));

/** What `flatTreeOf` must give, made node by node with the library's cursor. */
function walked(text: string): readonly number[] {
  const tree = openTree(text);
  const cursor = tree.walk();
  const nodes: number[] = [];
  visit(cursor, nodes, -1, 0);
  cursor.delete();
  tree.delete();
  return nodes;
}

function visit(cursor: TreeCursor, nodes: number[], parent: number, handedOn: number): void {
  // The library also calls a NUL byte an ERROR: the name of that token ends where it begins.
  const type = cursor.nodeType === 'ERROR' && !cursor.nodeIsNamed ? '' : cursor.nodeType;
  const own = FIELDS.get(cursor.currentFieldName ?? '') ?? 0;
  const field = own === 0 && !cursor.currentNode.isExtra ? handedOn : own;
  const kind = cursor.nodeIsNamed || type === 'ERROR' ? KINDS.get(type) : undefined;
  if (type === 'comment') return;
  if (!cursor.nodeIsNamed) {
    const operator = TOKENS.get(type) ?? 0;
    const head = nodes[parent] ?? 0;
    if (operator !== 0 && (head & 0xff0000) === 0) nodes[parent] = head | (operator << 16);
  }
  let node = parent;
  if (kind !== undefined) {
    node = nodes.length;
    nodes.push(
      kind | (field << 8) | (cursor.nodeIsMissing ? MISSING : 0),
      cursor.startIndex,
      cursor.endIndex,
      0,
    );
  }
  const closed = kind === K.interpreted_string_literal || kind === K.raw_string_literal;
  if (!(closed && !cursor.currentNode.hasError) && cursor.gotoFirstChild()) {
    do visit(cursor, nodes, node, kind === undefined ? field : 0);
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  if (kind !== undefined) nodes[node + NEXT] = nodes.length;
}

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.go'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();

const BROKEN = [
  'package p\nfunc f( {\n\tx := 1\n}\nfunc g() { h( }\n',
  'package p\nfunc f() { return &T{a: 1, b } + }\n',
  'package p\nvar s = "unfinished\nvar t = 1\n',
  'package p\nfunc f() {\n\tif x {\n\t\ty(\n}\n',
  '((((',
  '',
  '\n\n// only a comment',
  'package p\nconst (A = 1)\nx := new("a")\n',
];

describe('flat tree', () => {
  it('agrees with the cursor on every fixture', () => {
    expect(files.length).toBeGreaterThan(50);
    for (const name of files) {
      const text = readFileSync(name, 'utf8');
      const tree = openTree(text);
      const { nodes } = flatTreeOf(tree);
      tree.delete();
      expect([...nodes], name).toEqual(walked(text));
    }
  });

  it.each(BROKEN)('agrees with the cursor on %j', (text) => {
    const tree = openTree(text);
    const { nodes } = flatTreeOf(tree);
    tree.delete();
    expect([...nodes]).toEqual(walked(text));
  });

  it('is pre-order: the next index leads over the subtree', () => {
    const tree = openTree('package p\nvar x = a.b(1)\n');
    const { nodes } = flatTreeOf(tree);
    tree.delete();
    expect(nodes[NEXT]).toBe(nodes.length);
    for (let node = 0; node < nodes.length; node += NODE) {
      expect(nodes[node + NEXT]).toBeGreaterThan(node);
      expect((nodes[node + NEXT]! - node) % NODE).toBe(0);
    }
  });

  it('lists comments, and only real ones', () => {
    const text = 'package p // one\n\nvar s = "// no" + `/* no */` /* two */\n';
    const tree = openTree(text);
    const { comments } = flatTreeOf(tree);
    tree.delete();
    const texts = [];
    for (let k = 0; k < comments.length; k += 2) texts.push(text.slice(comments[k], comments[k + 1]));
    expect(texts).toEqual(['// one', '/* two */']);
  });
});

describe('grammar', () => {
  it('is the file that grammar/SOURCE names', () => {
    const folder = resolve(import.meta.dirname, '../../../grammar');
    const sum = createHash('sha256')
      .update(readFileSync(join(folder, 'tree-sitter-go.wasm')))
      .digest('hex');
    expect(readFileSync(join(folder, 'SOURCE'), 'utf8')).toContain(`sha256    ${sum}\n`);
  });

  const { nodes, fields } = grammarNames();

  it.each([...Object.keys(K).filter((name) => name !== 'ERROR'), ...IDENTIFIERS, ...LISTS])(
    'has a node %s',
    (name) => {
      expect(nodes).toContain(name);
    },
  );

  it.each(Object.keys(F))('has a field %s', (name) => {
    expect(fields).toContain(name);
  });

  it.each(OPERATORS.slice(1))('has a token %s', (text) => {
    expect(nodes).toContain(text);
  });

  it('calls a line end as we think', () => {
    expect(nodes).toContain(LINE_END);
  });

  it('has no node that we overlooked', () => {
    const known = new Set<string>([...Object.keys(K), ...IDENTIFIERS, ...LISTS]);
    // Parts of literals, which are taken as a whole.
    for (const name of [
      'escape_sequence',
      'interpreted_string_literal_content',
      'raw_string_literal_content',
    ]) {
      known.add(name);
    }
    const overlooked = nodes.filter((name) => /^[a-z]+(_[a-z]+)+$/.test(name) && !known.has(name));
    expect(overlooked.filter((name) => !/_(token|repeat)\d+$/.test(name))).toEqual([]);
  });

  it('gives every kind, field and operator a number of its own', () => {
    expect(new Set(Object.values(K)).size).toBe(Object.keys(K).length);
    expect(new Set(Object.values(F)).size).toBe(Object.keys(F).length);
    expect(new Set(OPERATORS).size).toBe(OPERATORS.length);
  });
});
