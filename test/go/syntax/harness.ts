/**
 * Syntax trees in one line, for expectations beside the Go that they belong to.
 *
 *     expression('f[int](x, 1)')   CallExpr{fun: IndexExpr{x: f, indices: [int]}, args: [x, 1]}
 *
 * Names and literals stand for themselves, empty parts are left out, flags are shown only where they are true.
 */
import type { GoFile } from '../../../src/go/files.ts';
import type { Decl, Expr, FuncDecl, Stmt } from '../../../src/go/syntax/ast.ts';
import { parseGoFile } from '../../../src/go/syntax/parse-file.ts';
import { loadParser } from '../../../src/go/syntax/parser.ts';

await loadParser();

export function parse(text: string): GoFile {
  return parseGoFile('a.go', text, 0);
}

/** Parses; what stands in the file must be whole. */
export function parseWhole(text: string): GoFile {
  const file = parse(text);
  if (file.damage.length > 0) throw new Error(`damaged: ${JSON.stringify(file.damage)}\n${text}`);
  return file;
}

export function expression(text: string): string {
  const [decl] = parseWhole(`package p\nvar _ = ${text}\n`).decls;
  if (decl?.kind !== 'VarDecl') throw new Error(`no variable: ${text}`);
  return show(decl.specs[0]!.values[0]!);
}

/** A type, as that of a variable. */
export function type(text: string): string {
  const [decl] = parseWhole(`package p\nvar _ ${text}\n`).decls;
  if (decl?.kind !== 'VarDecl') throw new Error(`no variable: ${text}`);
  return show(decl.specs[0]!.type!);
}

/** The statements of a function body. */
export function statements(text: string): readonly string[] {
  return functionsOf(parseWhole(`package p\nfunc f() {\n${text}\n}\n`))[0]!.body!.stmts.map(show);
}

export function declarations(text: string): readonly string[] {
  return parseWhole(`package p\n${text}\n`).decls.map(show);
}

export function functionsOf(file: GoFile): readonly FuncDecl[] {
  return file.decls.filter((decl): decl is FuncDecl => decl.kind === 'FuncDecl');
}

export function show(node: Expr | Stmt | Decl): string {
  return shown(node);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if ('kind' in value && value.kind === 'Ident' && 'name' in value) return String(value.name);
  if ('kind' in value && value.kind === 'BasicLit' && 'text' in value) return String(value.text);
  const entries = Object.entries(value);
  if ('kind' in value && value.kind === 'FuncDecl')
    entries.push(['body', (value as unknown as FuncDecl).body]);
  const parts = entries
    .filter(([key, part]) => !['kind', 'pos', 'end'].includes(key) && part !== undefined && part !== false)
    .filter(([, part]) => !Array.isArray(part) || part.length > 0)
    .map(([key, part]) => (part === true ? key : `${key}: ${shown(part)}`));
  return `${'kind' in value ? value.kind : ''}{${parts.join(', ')}}`;
}
