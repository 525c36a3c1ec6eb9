/**
 * Control-flow graphs of a file, for `npm run dump -- cfg|dot <file> [func]`; names are resolved in the file's module.
 *
 *     npm run dump -- dot pkg/wiz/wiz.go Wiz.Invoke | dot -Tsvg > wiz.svg
 */
import path from 'node:path';
import type { Cfg } from '../src/go/flow/cfg.ts';
import { dumpCfg, dumpCfgAsDot } from '../src/go/flow/dump.ts';
import type { GoFunction } from '../src/go/package.ts';
import { openProgram } from '../src/go/program.ts';
import type { Ranged } from '../src/go/syntax/ast.ts';
import { stdlibSource } from '../src/knowledge/stdlib.ts';
import { moduleGraph } from '../src/project/modules.ts';
import { toTreePath } from '../src/project/paths.ts';
import { findUpwards } from '../src/project/repository.ts';
import { diskTree } from '../src/project/tree.ts';

/** One graph after the other, of the function and its literals; all functions of the file where `func` is undefined. */
export function dumpGraphs(file: string, func: string | undefined, view: 'cfg' | 'dot'): string {
  const folder = path.dirname(path.resolve(file));
  const root = findUpwards(folder, 'go.mod') ?? folder;
  const graph = moduleGraph(diskTree(root), {
    dependencies: 'ignore',
    cache: undefined,
    stdlibSource,
    tests: true,
  });
  const program = openProgram(graph);
  const draw: (cfg: Cfg, textOf: (range: Ranged) => string) => string =
    view === 'cfg' ? dumpCfg : dumpCfgAsDot;
  const treePath = toTreePath(root, path.resolve(file));
  const functions = program
    .packagesIn(path.posix.dirname(treePath ?? '').replace(/^\.$/, ''))
    .flatMap((pkg) => [...pkg.functions, ...pkg.initializers])
    .filter((fn) => fn.file.path === treePath && (func === undefined || plainName(fn) === func))
    .flatMap(withLiterals);
  if (functions.length === 0) throw new Error(`${file} declares no function ${func ?? 'with a body'}`);
  return functions
    .map((fn) => `${view === 'cfg' ? fn.symbol : `// ${fn.symbol}`}\n${draw(fn.cfg, program.files.textOf)}`)
    .join('\n\n');
}

/** `Wiz.Invoke` for `(*Wiz).Invoke`. */
function plainName(fn: GoFunction): string {
  return fn.symbol.replace(/^\(\*(.*?)\)/, '$1');
}

function withLiterals(fn: GoFunction): readonly GoFunction[] {
  return [fn, ...fn.literals.flatMap(withLiterals)];
}
