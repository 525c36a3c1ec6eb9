/**
 * What names stand for and whom calls call, for `npm run dump -- scopes|calls <file> [func]`.
 *
 *     npm run dump -- scopes pkg/wiz/wiz.go Wiz.Invoke
 *     14:2   err        var err at 14:2, local          error
 */
import path from 'node:path';
import type { Callee } from '../src/go/calls/callee.ts';
import type { GoFunction, GoPackage, Program } from '../src/go/package.ts';
import { openProgram } from '../src/go/program.ts';
import type { GoObject } from '../src/go/semantics/objects.ts';
import { typeString } from '../src/go/semantics/print.ts';
import type { Decl, Ident } from '../src/go/syntax/ast.ts';
import { walk } from '../src/go/syntax/walk.ts';
import { stdlibSource } from '../src/knowledge/stdlib.ts';
import { moduleGraph } from '../src/project/modules.ts';
import { toTreePath } from '../src/project/paths.ts';
import { findUpwards } from '../src/project/repository.ts';
import { diskTree } from '../src/project/tree.ts';

/** One line per identifier (`scopes`) or per call (`calls`), in source order. */
export function dumpSemantics(file: string, func: string | undefined, view: 'scopes' | 'calls'): string {
  const folder = path.dirname(path.resolve(file));
  const root = findUpwards(folder, 'go.mod') ?? folder;
  const graph = moduleGraph(diskTree(root), {
    dependencies: 'ignore',
    cache: undefined,
    stdlibSource,
    tests: true,
  });
  const program = openProgram(graph);
  const treePath = toTreePath(root, path.resolve(file));
  const lines: string[] = [];
  for (const pkg of program.packagesIn(path.posix.dirname(treePath ?? '').replace(/^\.$/, ''))) {
    for (const source of pkg.files.filter((f) => f.path === treePath)) {
      for (const decl of source.decls) {
        if (func === undefined || nameOf(pkg, decl) === func)
          lines.push(...linesOf(program, pkg, decl, view));
      }
    }
  }
  return lines.join('\n');
}

/** `Wiz.Invoke` for `(*Wiz).Invoke`. */
function nameOf(pkg: GoPackage, decl: Decl): string | undefined {
  if (decl.kind !== 'FuncDecl' || decl.body === undefined) return undefined;
  return pkg.program.functionOf(decl).symbol.replace(/^\(\*(.*?)\)/, '$1');
}

function linesOf(program: Program, pkg: GoPackage, decl: Decl, view: 'scopes' | 'calls'): string[] {
  const lines: string[] = [];
  const place = (pos: number): string => {
    const { line, column } = program.files.locate({ pos, end: pos });
    return `${line}:${column}`;
  };
  const visit = (node: Parameters<Parameters<typeof walk>[1]>[0]): void => {
    if (view === 'scopes' && node.kind === 'Ident') {
      const type = typeString(pkg.info.typeOf(node));
      const object = pkg.info.objectOf(node);
      lines.push([place(node.pos), node.name, described(program, node, object, place), type].join('\t'));
    }
    if (view === 'calls' && node.kind === 'CallExpr') {
      const text = program.files.textOf(node).replaceAll(/\s+/g, ' ');
      const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
      const callee = calleeText(program.calleeOf(node));
      lines.push([place(node.pos), shown, callee, typeString(pkg.info.typeOf(node))].join('\t'));
    }
  };
  walk(decl, visit, { literals: true });
  return lines;
}

function described(
  program: Program,
  id: Ident,
  object: GoObject | undefined,
  place: (pos: number) => string,
): string {
  if (object === undefined) return '-';
  if (object.kind === 'builtin' || object.kind === 'nil') return object.kind;
  if (object.kind === 'package') return `package ${object.imported.path}`;
  const role = object.kind === 'var' ? `, ${object.role}` : '';
  const { ident } = object;
  if (ident === undefined) return `${object.kind}${role}`;
  if (ident === id) return `declares ${object.kind}${role}`;
  const { file } = program.files.locate(ident);
  const here = program.files.locate(id).file === file;
  return `${object.kind} at ${here ? '' : `${file}:`}${place(ident.pos)}${role}`;
}

function calleeText(callee: Callee): string {
  const names = (functions: readonly GoFunction[]): string =>
    functions.map((fn) => `${fn.pkg.name}.${fn.symbol}`).join(', ');
  switch (callee.kind) {
    case 'function':
      return `function ${callee.func.pkg.path}.${callee.func.name}`;
    case 'interface':
      return `interface method ${callee.method.name} [${names(callee.implementations)}]`;
    case 'closure':
      return `closure [${names(callee.functions)}]`;
    case 'builtin':
      return `builtin ${callee.name}`;
    case 'conversion':
      return `conversion to ${typeString(callee.type)}`;
    case 'missing':
      return `missing ${callee.importPath}.${callee.name}`;
    case 'value':
      return 'function value';
    case 'unknown':
      return `unknown ${callee.name ?? ''}`;
  }
}
