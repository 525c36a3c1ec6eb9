/**
 * What a function literal names that it does not declare itself, and what in it may make an object.
 *
 *     func() error { return probe(ctx, host) }     // outside: probe, ctx, host; makers: the call
 */
import type { GoFunction } from '../package.ts';
import type { CallExpr, CompositeLit, FuncLit, Ident } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';

export interface Mentions {
  /** Names that are not declared in the literal; each once. */
  readonly outside: readonly Ident[];
  readonly makers: readonly (CallExpr | CompositeLit)[];
}

const mentions = new WeakMap<FuncLit, Mentions>();

/** `fn`: the function that the literal stands in. */
export function mentionsOf(fn: GoFunction, literal: FuncLit): Mentions {
  let known = mentions.get(literal);
  if (known === undefined) {
    const outside = new Map<unknown, Ident>();
    const makers: (CallExpr | CompositeLit)[] = [];
    const { info } = fn.pkg;
    walk(
      literal.body,
      (node) => {
        if (node.kind === 'CallExpr' || node.kind === 'CompositeLit') makers.push(node);
        if (node.kind !== 'Ident') return;
        const object = info.objectOf(node);
        const declared = object?.kind === 'var' ? object.ident : undefined;
        const isInside = declared !== undefined && literal.pos <= declared.pos && declared.end <= literal.end;
        if (!isInside) outside.set(object ?? node.name, node);
      },
      { literals: true },
    );
    known = { outside: [...outside.values()], makers };
    mentions.set(literal, known);
  }
  return known;
}
