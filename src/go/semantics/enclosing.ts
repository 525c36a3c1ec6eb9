/**
 * What stands around a node: the syntax tree has no links upwards, so the way is found from the declaration down, by position.
 */
import type { Decl, Node } from '../syntax/ast.ts';
import { forEachChild } from '../syntax/walk.ts';
import type { Checker } from './checker.ts';

/** The nodes from the enclosing declaration (first) down to the node itself (last); empty if it is none of this package's. */
export function pathTo(c: Checker, node: Node): readonly Node[] {
  const decl = declarationAt(c, node.pos);
  if (decl === undefined) return [];
  const path: Node[] = [decl];
  for (let at: Node = decl; at !== node; ) {
    const next = childAround(at, node);
    if (next === undefined) return [];
    path.push(next);
    at = next;
  }
  return path;
}

export function declarationAt(c: Checker, pos: number): Decl | undefined {
  const file = c.fileAt(pos);
  return file === undefined ? undefined : listed(file.decls, pos);
}

/** The child that is the node or holds it. */
function childAround(parent: Node, node: Node): Node | undefined {
  const list = longList(parent);
  if (list !== undefined) {
    const found = listed(list, node.pos);
    if (found !== undefined && holds(found, node)) return found;
  }
  let around: Node | undefined;
  forEachChild(parent, (child) => {
    // A node may begin where its first child begins, and the same range may occur on several levels.
    if (child === node || (around !== node && holds(child, node))) around = child;
  });
  return around;
}

function holds(outer: Node, inner: Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

/** Lists that may be very long are searched by halving. */
function longList(node: Node): readonly Node[] | undefined {
  switch (node.kind) {
    case 'Block':
      return node.stmts;
    case 'CompositeLit':
      return node.elements;
    case 'CallExpr':
      return node.args;
    case 'ConstDecl':
    case 'VarDecl':
    case 'TypeDecl':
      return node.specs;
    default:
      return undefined;
  }
}

function listed<T extends Node>(nodes: readonly T[], pos: number): T | undefined {
  const node = nodes[lastBefore(nodes, pos)];
  return node !== undefined && pos < node.end ? node : undefined;
}

/** The index of a node in a list that is ordered by position; -1 if it is not there. */
export function indexIn(nodes: readonly Node[], node: Node): number {
  for (let i = lastBefore(nodes, node.pos); i >= 0 && nodes[i]!.pos === node.pos; i--) {
    if (nodes[i] === node) return i;
  }
  return -1;
}

/** The index of the last node that begins at a position or before. */
function lastBefore(nodes: readonly Node[], pos: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.pos <= pos) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
