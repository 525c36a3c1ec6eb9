/**
 * A file as movable pieces: its head, and one chunk per top-level declaration with the comments above it.
 *
 *     // Package wiz …                 \
 *     package wiz                       > head
 *     import ("context"; "net/http")   /
 *     // Client talks to the API.      \
 *     type Client struct { … }         /  chunk: declares Client, uses net/http
 *
 * Chunks are whole lines: declarations that share a line are one. What must stay is marked: `init` and `main` (files are initialised in
 * the order of their names), and what stands under `//go:embed` or `//go:linkname` (they need imports for their effect).
 */
import type { GoFile } from '../../go/files.ts';
import type { GoPackage } from '../../go/package.ts';
import type { Decl, FuncDecl, Ident, ImportSpec } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';

export interface Chunk {
  /** First and last line, from 1, comments included. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly decls: readonly Decl[];
  /** What it declares at package level; methods as `Type.Method`. */
  readonly names: readonly string[];
  /** Whose method it is, if it is one: a type's name. */
  readonly receiver: string | undefined;
  /** Names that stand in it, for finding out who refers to whom. */
  readonly mentions: ReadonlyMap<string, number>;
  readonly imports: ReadonlySet<ImportSpec>;
  readonly stays: boolean;
}

export interface Chunks {
  readonly lines: readonly string[];
  /** Lines of the head: package clause and imports, with what stands above and between. */
  readonly headEnd: number;
  readonly list: readonly Chunk[];
  /** Why nothing of this file can be moved as it stands. */
  readonly immovable: string | undefined;
}

export function chunksOf(pkg: GoPackage, file: GoFile): Chunks {
  const { files } = pkg.program;
  const lines = file.text.replace(/\r?\n$/, '').split(/\r?\n/);
  const lineOf = (pos: number) => files.lineOf(pos);
  const head = [file.packageRange.end, ...file.imports.map((spec) => spec.end)];
  let headEnd = lineOf(Math.max(...head) - 1);
  // The closing parenthesis of an import declaration stands on a line of its own.
  if (file.imports.length > 0)
    while (/^\s*(?:\/\/.*)?$|^\s*\)/.test(lines[headEnd] ?? '#') && closes(lines, headEnd)) headEnd++;
  const list: Chunk[] = [];
  let from = headEnd + 1;
  for (const decl of file.decls) {
    const first = lineOf(decl.pos);
    const last = lineOf(Math.max(decl.pos, decl.end - 1));
    const own = factsOf(pkg, file, decl);
    const previous = list.at(-1);
    if (previous !== undefined && first <= previous.lastLine) {
      list[list.length - 1] = joined(previous, own, decl, last);
      continue;
    }
    const start = skipBlank(lines, from, first);
    const comments = lines.slice(start - 1, first - 1).join('\n');
    const stays = own.stays || /^\/\/go:(?:embed|linkname|cgo_)/m.test(comments);
    list.push({ ...own, stays, firstLine: start, lastLine: last, decls: [decl] });
    from = last + 1;
  }
  const end = list.at(-1);
  const rest = lines.length;
  // Comments at the end of the file belong to what stands above them.
  if (end !== undefined && lines.slice(end.lastLine).some((line) => line.trim() !== ''))
    list[list.length - 1] = { ...end, lastLine: rest };
  return { lines, headEnd, list, immovable: whyImmovable(file) };
}

function closes(lines: readonly string[], index: number): boolean {
  for (let i = index; i < lines.length; i++) {
    if (/^\s*\)/.test(lines[i]!)) return true;
    if (!/^\s*(?:\/\/.*)?$/.test(lines[i]!)) return false;
  }
  return false;
}

function skipBlank(lines: readonly string[], from: number, to: number): number {
  let line = from;
  while (line < to && lines[line - 1]?.trim() === '') line++;
  return line;
}

function whyImmovable(file: GoFile): string | undefined {
  if (file.damage.length > 0) return 'it does not parse';
  if (file.imports.some((spec) => spec.path === 'C'))
    return 'it uses cgo, whose preamble belongs to one file';
  if (file.imports.some((spec) => spec.name?.name === '.'))
    return 'it has a dot import, so that nobody can tell from the text what needs it';
  return undefined;
}

type Facts = Omit<Chunk, 'firstLine' | 'lastLine' | 'decls'>;

function factsOf(pkg: GoPackage, file: GoFile, decl: Decl): Facts {
  const mentions = new Map<string, number>();
  const imports = new Set<ImportSpec>();
  const bySpec = new Map(file.imports.map((spec) => [`${spec.pos}`, spec]));
  const visit = (id: Ident) => {
    mentions.set(id.name, (mentions.get(id.name) ?? 0) + 1);
    const object = pkg.info.objectOf(id);
    const spec = object?.kind === 'package' ? bySpec.get(`${object.spec.pos}`) : undefined;
    if (spec !== undefined) imports.add(spec);
  };
  walk(decl, (node) => void (node.kind === 'Ident' && visit(node)), { literals: true });
  const names: string[] = [];
  let receiver: string | undefined;
  let stays = false;
  if (decl.kind === 'FuncDecl') {
    receiver = receiverOf(decl);
    const { name } = decl.name;
    stays = receiver === undefined && (name === 'init' || name === 'main');
    names.push(receiver === undefined ? name : `${receiver}.${name}`);
  } else if (decl.kind === 'TypeDecl') names.push(...decl.specs.map((spec) => spec.name.name));
  else if (decl.kind !== 'BadDecl')
    names.push(...decl.specs.flatMap((spec) => spec.names.map((id) => id.name)));
  return { names, receiver, mentions, imports, stays };
}

export function receiverOf(decl: FuncDecl): string | undefined {
  let type = decl.recv?.type;
  while (type?.kind === 'StarExpr' || type?.kind === 'ParenExpr' || type?.kind === 'IndexExpr') type = type.x;
  return type?.kind === 'Ident' ? type.name : undefined;
}

function joined(a: Chunk, b: Facts, decl: Decl, last: number): Chunk {
  const mentions = new Map(a.mentions);
  for (const [name, n] of b.mentions) mentions.set(name, (mentions.get(name) ?? 0) + n);
  return {
    ...a,
    mentions,
    lastLine: Math.max(a.lastLine, last),
    decls: [...a.decls, decl],
    names: [...a.names, ...b.names],
    imports: new Set([...a.imports, ...b.imports]),
    stays: a.stays || b.stays,
  };
}
