/**
 * What stands at the top level of a file, and what of the file is damaged.
 *
 *     func a() {}      FuncDecl
 *     x := f()         BadDecl, and damage: the grammar accepts statements here, Go does not
 *     func c( {}       FuncDecl, and damage: missing )
 */
import type { Damage } from '../../files.ts';
import type { Decl, Ident, ImportSpec, Ranged } from '../ast.ts';
import { kindOf, MAX_NESTING, NEXT, NODE, START } from '../flat-tree.ts';
import { F, K, LINE_END } from '../grammar.ts';
import { firstDeep, lowerFuncDecl, lowerGenDecl, lowerImports } from './declarations.ts';
import { childBy, endOf, lowerName, plainChild, posOf, type Source } from './source.ts';

export interface TopLevel {
  readonly packageClause: Ranged | undefined;
  readonly packageName: Ident | undefined;
  readonly imports: readonly ImportSpec[];
  readonly decls: readonly Decl[];
  /** In source order. */
  readonly damage: readonly Damage[];
}

interface Collected {
  packageClause: Ranged | undefined;
  packageName: Ident | undefined;
  readonly imports: ImportSpec[];
  readonly decls: Decl[];
  readonly damage: Damage[];
}

/** `withBodies`: false leaves out the bodies of declared functions. */
export function lowerTopLevel(s: Source, withBodies: boolean): TopLevel {
  const result: Collected = {
    packageClause: undefined,
    packageName: undefined,
    imports: [],
    decls: [],
    damage: [],
  };
  for (const child of childrenOf(s, 0)) lowerTopNode(s, child, result, withBodies);
  for (const { start, end, missing } of s.tree.errors) {
    const reason =
      missing === undefined ? 'syntax error' : `missing ${missing === LINE_END ? 'end of line' : missing}`;
    const length = s.text.slice(start, end).trimEnd().length;
    result.damage.push(damage(s, start, start + length, reason));
  }
  // To the grammar a NUL is as good as the end of a line; Go refuses it everywhere (language specification, "Source code representation").
  for (let at = s.text.indexOf('\0'); at >= 0; at = s.text.indexOf('\0', at + 1)) {
    result.damage.push(damage(s, at, at + 1, 'NUL character'));
  }
  if (result.packageClause === undefined) result.damage.push(damage(s, 0, 0, 'no package clause'));
  result.damage.sort((a, b) => a.pos - b.pos || a.end - b.end);
  return result;
}

function lowerTopNode(s: Source, node: number, result: Collected, withBodies: boolean): void {
  const range: Ranged = { pos: posOf(s, node), end: endOf(s, node) };
  const kind = kindOf(s.nodes[node]!);
  switch (kind) {
    case K.package_clause: {
      const name = plainChild(s, node);
      if (result.packageClause === undefined && name >= 0) result.packageName = lowerName(s, name);
      result.packageClause ??= range;
      return;
    }
    case K.import_declaration:
      result.imports.push(...lowerImports(s, node));
      return;
    case K.function_declaration:
    case K.method_declaration: {
      const deep = firstDeep(s, node);
      const body = childBy(s, node, F.body);
      if (deep < 0) {
        result.decls.push(lowerFuncDecl(s, node, withBodies));
      } else if (body >= 0 && deep >= s.nodes[body + START]!) {
        result.damage.push({ pos: posOf(s, body), end: endOf(s, body), reason: TOO_DEEP });
        result.decls.push(lowerFuncDecl(s, node, withBodies));
      } else {
        result.damage.push({ ...range, reason: TOO_DEEP });
        result.decls.push({ kind: 'BadDecl', ...range });
      }
      return;
    }
    case K.const_declaration:
    case K.var_declaration:
    case K.type_declaration:
      if (firstDeep(s, node) < 0) {
        result.decls.push(lowerGenDecl(s, node));
      } else {
        result.damage.push({ ...range, reason: TOO_DEEP });
        result.decls.push({ kind: 'BadDecl', ...range });
      }
      return;
    case K.ERROR:
      // A declaration that the parser finished before it lost its way.
      for (const child of childrenOf(s, node)) {
        if (DECLARATIONS.has(kindOf(s.nodes[child]!))) lowerTopNode(s, child, result, withBodies);
      }
      result.decls.push({ kind: 'BadDecl', ...range });
      return;
    case K.empty_statement:
      return;
    default:
      result.damage.push({ ...range, reason: 'a statement outside of a function' });
      result.decls.push({ kind: 'BadDecl', ...range });
  }
}

const TOO_DEEP = `nested deeper than ${MAX_NESTING} levels`;

const DECLARATIONS: ReadonlySet<number> = new Set([
  K.package_clause,
  K.import_declaration,
  K.function_declaration,
  K.method_declaration,
  K.const_declaration,
  K.var_declaration,
  K.type_declaration,
]);

function damage(s: Source, start: number, end: number, reason: string): Damage {
  return { pos: s.base + start, end: s.base + end, reason };
}

function childrenOf(s: Source, node: number): readonly number[] {
  const result: number[] = [];
  const stop = s.nodes[node + NEXT]!;
  for (let child = node + NODE; child < stop; child = s.nodes[child + NEXT]!) result.push(child);
  return result;
}
