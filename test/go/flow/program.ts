/**
 * A program of one package, from text, with the standard library: for what needs to know whom a name stands for.
 */
import type { GoFunction, GoPackage } from '../../../src/go/package.ts';
import { openProgram } from '../../../src/go/program.ts';
import type { GoModule, PackageSource, SourceProvider } from '../../../src/go/source.ts';
import type { Node, Ranged } from '../../../src/go/syntax/ast.ts';
import { loadParser } from '../../../src/go/syntax/parser.ts';
import { walk } from '../../../src/go/syntax/walk.ts';
import { stdlibSource } from '../../../src/knowledge/stdlib.ts';

await loadParser();

const module: GoModule = { dir: '', path: 'example.com/m', goVersion: '1.24', goDirective: undefined };

/** `files`: text by name, all in the package's folder. */
export function openPackage(files: Readonly<Record<string, string>>): GoPackage {
  const project = source('example.com/m/p', 'project', files);
  const stdlib = new Map<string, PackageSource>();
  const provider: SourceProvider = {
    folder: () => project,
    resolveImport(path) {
      const text = stdlibSource(path);
      if (text === undefined) return undefined;
      let found = stdlib.get(path);
      if (found === undefined) {
        found = source(path, 'stdlib', { [`${path}.go`]: text });
        stdlib.set(path, found);
      }
      return found;
    },
  };
  return openProgram(provider).packagesIn('p')[0]!;
}

function source(
  importPath: string,
  origin: PackageSource['origin'],
  files: Readonly<Record<string, string>>,
): PackageSource {
  return {
    importPath,
    dir: importPath,
    origin,
    module,
    mainModule: module,
    files: Object.entries(files).map(([path, text]) => ({ path, read: () => text })),
  };
}

/** All functions of a package, literals included. */
export function allFunctions(pkg: GoPackage): readonly GoFunction[] {
  const withLiterals = (fn: GoFunction): GoFunction[] => [fn, ...fn.literals.flatMap(withLiterals)];
  return [...pkg.functions, ...pkg.initializers].flatMap(withLiterals);
}

export interface Written {
  readonly fn: GoFunction;
  textOf(range: Ranged): string;
  line(pos: number): number;
  /** The only, or the n-th (from 1), node of this kind and text in the function, literals included. */
  find<K extends Node['kind']>(kind: K, text: string, n?: number): Extract<Node, { kind: K }>;
}

/** The function `f` of a file, in which `body` stands; lines are those of `body`. */
export function functionOf(body: string, signature = '()', rest = ''): Written {
  const header = `package p; import ("errors"; "fmt"; "os"); var _ = errors.New; var _ = fmt.Sprint; var _ = os.Exit; func f${signature} {`;
  const pkg = openPackage({ 'f.go': `${header}${body}\n}\n${rest}` });
  if (pkg.files[0]!.damage.length > 0) throw new Error(`does not parse: ${body.slice(0, 200)}`);
  const fn = pkg.functions.find((one) => one.symbol === 'f')!;
  const textOf = (range: Ranged): string => pkg.program.files.textOf(range);
  return {
    fn,
    textOf,
    line: (pos) => pkg.program.files.lineOf(pos),
    find(kind, wanted, n = 1) {
      let left = n;
      let found: Node | undefined;
      walk(
        fn.node,
        (node) => {
          if (node.kind === kind && textOf(node) === wanted && --left === 0) found = node;
        },
        { literals: true },
      );
      if (found === undefined) throw new Error(`no ${kind} ${wanted}`);
      return found as Extract<Node, { kind: typeof kind }>;
    },
  };
}
