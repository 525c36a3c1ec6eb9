/**
 * What every lowering function receives: the flat tree, the text and where the file begins; and what they all do.
 */
import type { BadExpr, Block, Expr, Ident } from '../ast.ts';
import { END, type FlatTree, fieldOf, isMissing, kindOf, NEXT, NODE, START } from '../flat-tree.ts';
import { F, K } from '../grammar.ts';
import type { Names } from '../names.ts';

export interface Source {
  readonly tree: FlatTree;
  readonly nodes: Int32Array;
  readonly text: string;
  /** Position of the first character in the file set. */
  readonly base: number;
  readonly names: Names;
  /** Function literals have bodies, and bodies are made of statements, which are made of expressions: this closes the circle. */
  readonly lowerBlock: (source: Source, node: number) => Block;
}

export function posOf(source: Source, node: number): number {
  return source.base + source.nodes[node + START]!;
}

export function endOf(source: Source, node: number): number {
  return source.base + source.nodes[node + END]!;
}

export function textOf(source: Source, node: number): string {
  return source.text.slice(source.nodes[node + START]!, source.nodes[node + END]!);
}

/** The first child with this field, or -1. */
export function childBy(source: Source, node: number, field: number): number {
  const nodes = source.nodes;
  const end = nodes[node + NEXT]!;
  for (let child = node + NODE; child < end; child = nodes[child + NEXT]!) {
    if (fieldOf(nodes[child]!) === field && kindOf(nodes[child]!) !== K.ERROR) return child;
  }
  return -1;
}

/** The first child that stands in no field and is not an error, or -1. */
export function plainChild(source: Source, node: number): number {
  return childBy(source, node, 0);
}

export function lowerName(source: Source, node: number): Ident {
  const start = source.nodes[node + START]!;
  const end = source.nodes[node + END]!;
  return {
    kind: 'Ident',
    pos: source.base + start,
    end: source.base + end,
    name: source.names.intern(source.text, start, end),
  };
}

/** All names among the children with the field `name`. */
export function lowerNames(source: Source, node: number): readonly Ident[] {
  const nodes = source.nodes;
  const end = nodes[node + NEXT]!;
  const result: Ident[] = [];
  for (let child = node + NODE; child < end; child = nodes[child + NEXT]!) {
    const head = nodes[child]!;
    if (fieldOf(head) === F.name && kindOf(head) === K.identifier && !isMissing(head)) {
      result.push(lowerName(source, child));
    }
  }
  return result;
}

/** An expression that the tree lacks: an empty range where its parent ends. */
export function missingExpr(source: Source, node: number): BadExpr {
  const end = endOf(source, node);
  return { kind: 'BadExpr', pos: end, end };
}

export function badExpr(source: Source, node: number): Expr {
  return { kind: 'BadExpr', pos: posOf(source, node), end: endOf(source, node) };
}
