/**
 * Programs for tests: over a folder of fixtures, or over a few strings.
 *
 *     openFixtures('fixtures/go')                       // a folder with go.mod; the standard library as data
 *     openSources({ 'p/p.go': 'package p …' })          // package p has import path example.com/p
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GoPackage, Program } from '../../../src/go/package.ts';
import { openProgram } from '../../../src/go/program.ts';
import type { GoModule, PackageSource, SourceProvider } from '../../../src/go/source.ts';
import { loadParser } from '../../../src/go/syntax/parser.ts';
import { stdlibSource } from '../../../src/knowledge/stdlib.ts';

export async function openFixtures(root: string): Promise<Program> {
  const sources: Record<string, string> = {};
  const visit = (dir: string): void => {
    for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
      const path = dir === '' ? entry.name : `${dir}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (entry.name.endsWith('.go')) sources[path] = readFileSync(join(root, path), 'utf8');
    }
  };
  visit('');
  return openSources(sources);
}

/** Keys are paths; a folder `a/b` has the import path `example.com/a/b`, or `a/b` itself where its first element has a dot. */
export async function openSources(sources: Readonly<Record<string, string>>): Promise<Program> {
  await loadParser();
  return openProgram(memoryProvider(sources));
}

/** The one package of a program made of a single file. */
export async function openPackage(text: string): Promise<GoPackage> {
  const program = await openSources({ 'p/p.go': text });
  return program.packagesIn('p')[0]!;
}

export function memoryProvider(sources: Readonly<Record<string, string>>): SourceProvider {
  const module: GoModule = { dir: '', path: 'example.com', goVersion: '1.26', goDirective: undefined };
  const known = new Map<string, PackageSource | undefined>();
  const folder = (dir: string): PackageSource | undefined => {
    const names = Object.keys(sources).filter((path) => path.slice(0, path.lastIndexOf('/')) === dir);
    if (names.length === 0) return undefined;
    const files = names.sort().map((path) => ({ path, read: () => sources[path]! }));
    const [first = ''] = dir.split('/');
    const importPath = first.includes('.') ? dir : `example.com/${dir}`;
    const origin = first.includes('.') ? 'dependency' : 'project';
    return { importPath, dir, origin, module, mainModule: module, files };
  };
  const standard = (path: string): PackageSource | undefined => {
    const text = stdlibSource(path);
    if (text === undefined) return undefined;
    const files = [{ path: `$GOROOT/src/${path}/declarations.go`, read: () => text }];
    return { importPath: path, dir: path, origin: 'stdlib', module, mainModule: module, files };
  };
  const once = (key: string, make: () => PackageSource | undefined): PackageSource | undefined => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key);
  };
  return {
    folder: (dir) => once(`folder ${dir}`, () => folder(dir)),
    resolveImport(path) {
      const local = path.startsWith('example.com/') ? path.slice('example.com/'.length) : path;
      return once(`folder ${local}`, () => folder(local)) ?? once(`standard ${path}`, () => standard(path));
    },
  };
}
