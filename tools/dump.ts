/**
 * What the front end makes of a Go file, as text: `npm run dump -- ast|cfg|scopes|calls <file> [func]`, and `speed <folder>`.
 *
 *     npm run dump -- ast pkg/wiz/wiz.go Invoke
 *
 * `func` is the name of a function, or `Type.Method`; without it the whole file is shown.
 */
import { readFileSync } from 'node:fs';
import { measureSyntax } from '../bench/syntax.ts';
import { createFileSet } from '../src/go/file-set.ts';
import type { FileSet, GoFile } from '../src/go/files.ts';
import { type Decl, type FuncDecl, unparen } from '../src/go/syntax/ast.ts';
import { dumpNode } from '../src/go/syntax/dump.ts';
import { parseGoFile } from '../src/go/syntax/parse-file.ts';
import { loadParser } from '../src/go/syntax/parser.ts';
import { dumpGraphs } from './dump-flow.ts';
import { dumpSemantics } from './dump-semantics.ts';

interface Opened {
  readonly files: FileSet;
  readonly file: GoFile;
  /** The declarations asked for: all, or one function. */
  readonly decls: readonly Decl[];
}

/** What can be shown of a file. */
const VIEWS: Readonly<Record<string, (path: string, func: string | undefined) => string>> = {
  ast: (path, func) => dumpAst(open(path, func)),
  cfg: (path, func) => dumpGraphs(path, func, 'cfg'),
  dot: (path, func) => dumpGraphs(path, func, 'dot'),
  scopes: (path, func) => dumpSemantics(path, func, 'scopes'),
  calls: (path, func) => dumpSemantics(path, func, 'calls'),
};

const [view = '', path, func] = process.argv.slice(2);
if (view === 'speed' && path !== undefined) {
  await measureSyntax(path);
} else {
  const show = VIEWS[view];
  if (show === undefined || path === undefined) {
    console.error(
      `usage: npm run dump -- ${Object.keys(VIEWS).join('|')} <file> [func]\n       npm run dump -- speed <folder>`,
    );
    process.exitCode = 2;
  } else {
    await loadParser();
    console.log(show(path, func));
  }
}

function open(path: string, func: string | undefined): Opened {
  const files = createFileSet();
  const text = new TextDecoder().decode(readFileSync(path));
  const file = files.add((base) => parseGoFile(path, text, base));
  const decls = file.decls.filter(
    (decl) => func === undefined || (decl.kind === 'FuncDecl' && nameOf(decl) === func),
  );
  if (decls.length === 0 && func !== undefined) throw new Error(`${path} declares no function ${func}`);
  return { files, file, decls };
}

/** `Invoke`, or `Wiz.Invoke` for a method of Wiz or *Wiz. */
function nameOf(decl: FuncDecl): string {
  let type = decl.recv === undefined ? undefined : unparen(decl.recv.type);
  if (type?.kind === 'StarExpr') type = unparen(type.x);
  if (type?.kind === 'IndexExpr') type = type.x;
  return type?.kind === 'Ident' ? `${type.name}.${decl.name.name}` : decl.name.name;
}

function dumpAst({ files, file, decls }: Opened): string {
  const range = (node: { readonly pos: number; readonly end: number }) => {
    const { line, column, endLine, endColumn } = files.locate(node);
    return `${line}:${column}-${endLine}:${endColumn}`;
  };
  const damage = file.damage.map((region) => `damage ${range(region)} ${region.reason}`);
  return [...decls.map((decl) => dumpNode(decl, { range })), ...damage].join('\n');
}
