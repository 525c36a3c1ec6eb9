/**
 * The module graph: which source an import path means, seen from a folder of the project (decision 7).
 *
 *     import "example.com/repo/pkg/wiz"  =>  project folder pkg/wiz          every module under the root, go.work uses, local replaces
 *     import "net/http"                  =>  standard library, as data
 *     import "github.com/okta/sdk"       =>  vendor/github.com/okta/sdk, else the module cache at the version that go.mod requires
 *
 * Project modules win by the longest module path. Dependencies are only read, never written to, and only their declarations count.
 * The versions are those of the nearest go.mod (since Go 1.17 it lists indirect requirements too); no minimal version selection is
 * carried out over files that are not at hand.
 */
import type { GoModule, PackageSource, SourceFile, SourceProvider } from '../go/source.ts';
import { compareStrings } from '../model/location.ts';
import { type GoModFile, isLocalTarget, parseGoMod, type Replace } from './go-mod.ts';
import { ancestors, join, normalise, parentFolder, relativeTo } from './paths.ts';
import { decode, firstInvalid, type SourceTree, UnreadableFile } from './tree.ts';

export interface ModuleOptions {
  /** May the module cache be read? `vendor/` always may (decision 8). */
  readonly dependencies: 'auto' | 'ignore';
  /** The module cache as a tree, if there is one. */
  readonly cache: SourceTree | undefined;
  readonly stdlibSource: (importPath: string) => string | undefined;
  /** Are `_test.go` files part of their packages? */
  readonly tests: boolean;
}

export interface ModuleUse {
  readonly path: string;
  readonly version: string;
  readonly found: 'vendor' | 'cache' | 'missing';
}

export interface ModuleGraph extends SourceProvider {
  /** The module that a folder belongs to: that of the nearest go.mod upwards. */
  moduleOf(folder: string): GoModule;
  /** The modules outside the project that imports were resolved to, or not, so far. */
  modulesUsed(): readonly ModuleUse[];
}

interface KnownModule extends GoModule {
  readonly file: GoModFile;
}

const EMPTY: GoModFile = { module: undefined, go: undefined, requires: [], replaces: [], uses: [] };
const NO_MODULE: KnownModule = {
  dir: '',
  path: '',
  goVersion: undefined,
  goDirective: undefined,
  file: EMPTY,
};
const STDLIB: GoModule = { dir: '', path: 'std', goVersion: undefined, goDirective: undefined };

export function moduleGraph(tree: SourceTree, options: ModuleOptions): ModuleGraph {
  const moduleAt = memoise((dir: string) => readModule(tree, dir));
  const nearest: (folder: string) => KnownModule = memoise(
    (folder) => moduleAt(folder) ?? (folder === '' ? NO_MODULE : nearest(parentFolder(folder))),
  );
  const used = new Map<string, ModuleUse>();

  let projectModules: readonly KnownModule[] | undefined;
  /** Longest path first. Found by one walk over the folders, only when an import is not settled without. */
  const allModules = () => {
    projectModules ??= findModules(tree, moduleAt).sort((a, b) => b.path.length - a.path.length);
    return projectModules;
  };

  const folder = memoise((dir: string): PackageSource | undefined => {
    const module = nearest(dir);
    const files = goFiles(tree, dir, options.tests, (path) => path);
    if (files.length === 0) return undefined;
    return {
      importPath: importPathOf(module, dir),
      dir,
      origin: 'project',
      module,
      files,
      mainModule: module,
    };
  });

  const workspaceAt = memoise((dir: string) => readGoWork(tree, dir));
  /** Those of the nearest go.work upwards beat the module's own (go.dev/ref/mod#go-work-file-replace). */
  const replacesFor = memoise((module: KnownModule): readonly PlacedReplace[] => {
    const dir = ancestors(module.dir).find((above) => workspaceAt(above) !== undefined);
    const ofWorkspace = dir === undefined ? [] : (workspaceAt(dir)?.replaces ?? []);
    return [
      ...ofWorkspace.map((replace) => ({ ...replace, dir: dir ?? '' })),
      ...module.file.replaces.map((replace) => ({ ...replace, dir: module.dir })),
    ];
  });

  const resolve = (importPath: string, from: KnownModule): PackageSource | undefined => {
    const own = within(from, importPath);
    if (own !== undefined && nearest(own) === from) {
      const source = folder(own);
      if (source !== undefined) return source;
    }
    const standard = options.stdlibSource(importPath);
    if (standard !== undefined) return stdlib(importPath, standard);
    const replaced = localReplace(replacesFor(from), importPath);
    if (replaced !== undefined) {
      const source = folder(replaced);
      if (source !== undefined) return source.importPath === importPath ? source : { ...source, importPath };
    }
    for (const module of allModules()) {
      const dir = within(module, importPath);
      // A folder with a go.mod of its own is another module's, whatever its place suggests.
      const source = dir === undefined || nearest(dir) !== module ? undefined : folder(dir);
      if (source !== undefined) return source;
    }
    return vendored(importPath, from) ?? cached(importPath, from);
  };

  const standardPackages = new Map<string, PackageSource>();
  const stdlib = (importPath: string, text: string): PackageSource => {
    const known = standardPackages.get(importPath);
    if (known !== undefined) return known;
    const dir = `$GOROOT/src/${importPath}`;
    const files = [{ path: `${dir}/declarations.go`, read: () => text }];
    const source: PackageSource = {
      importPath,
      dir,
      origin: 'stdlib',
      module: STDLIB,
      files,
      mainModule: STDLIB,
    };
    standardPackages.set(importPath, source);
    return source;
  };

  const vendored = (importPath: string, from: KnownModule): PackageSource | undefined => {
    // A workspace may vendor beside go.work, so the folders above count too.
    for (const above of ancestors(from.dir)) {
      const vendor = join(above, 'vendor');
      const dir = join(vendor, importPath);
      const files = goFiles(tree, dir, false, (path) => path);
      if (files.length === 0) continue;
      const requirement = longestRequirement(from.file, importPath);
      const path = requirement?.path ?? importPath;
      note({ path, version: requirement?.version ?? '', found: 'vendor' });
      const module = { ...NO_MODULE, dir: vendor, path };
      return { importPath, dir, origin: 'dependency', module, files, mainModule: from };
    }
    return undefined;
  };

  const cached = (importPath: string, from: KnownModule): PackageSource | undefined => {
    const requirement = longestRequirement(from.file, importPath);
    if (requirement === undefined) return undefined;
    const target = replacement(replacesFor(from), requirement);
    const root = `${escapePath(target.path)}@${escapePath(target.version)}`;
    const dir = join(root, importPath.slice(requirement.path.length + 1));
    const cache = options.dependencies === 'ignore' ? undefined : options.cache;
    const files = cache === undefined ? [] : goFiles(cache, dir, false, (path) => `$GOMODCACHE/${path}`);
    note({ ...requirement, found: files.length > 0 ? 'cache' : 'missing' });
    if (files.length === 0) return undefined;
    const module = { ...NO_MODULE, dir: root, path: target.path };
    return { importPath, dir: `$GOMODCACHE/${dir}`, origin: 'dependency', module, files, mainModule: from };
  };

  /** One package of a module that is at hand settles it; a missing one may be a generated or foreign-platform folder. */
  function note(use: ModuleUse): void {
    const known = used.get(use.path);
    if (known === undefined || known.found === 'missing') used.set(use.path, use);
  }

  const imports = new Map<string, PackageSource | undefined>();
  return {
    folder,
    moduleOf: nearest,
    modulesUsed: () => [...used.values()].sort((a, b) => compareStrings(a.path, b.path)),
    resolveImport(importPath, from) {
      if (importPath === 'C' || importPath === '') return undefined;
      if (from.origin === 'stdlib') {
        const text = options.stdlibSource(importPath);
        return text === undefined ? undefined : stdlib(importPath, text);
      }
      const key = `${from.mainModule.dir}\n${importPath}`;
      if (!imports.has(key)) imports.set(key, resolve(importPath, nearest(from.mainModule.dir)));
      return imports.get(key);
    },
  };
}

function readModule(tree: SourceTree, dir: string): KnownModule | undefined {
  const path = join(dir, 'go.mod');
  if (tree.kindOf(path) !== 'file') return undefined;
  let file = EMPTY;
  try {
    file = parseGoMod(decode(tree.read(path)).text);
  } catch (error) {
    // An unreadable go.mod still marks the module's boundary; imports then resolve as if it were empty.
    if (!(error instanceof UnreadableFile)) throw error;
  }
  const { go } = file;
  return {
    dir,
    path: file.module ?? '',
    goVersion: go?.version,
    goDirective: go === undefined ? undefined : { file: path, line: go.line },
    file,
  };
}

function readGoWork(tree: SourceTree, dir: string): GoModFile | undefined {
  const path = join(dir, 'go.work');
  if (tree.kindOf(path) !== 'file') return undefined;
  try {
    return parseGoMod(decode(tree.read(path)).text);
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}

/** Folders that hold a go.mod. `vendor`, `testdata`, hidden and underscore folders hold none of the project's. */
function findModules(tree: SourceTree, moduleAt: (dir: string) => KnownModule | undefined): KnownModule[] {
  const found: KnownModule[] = [];
  const pending = [''];
  for (let dir = pending.pop(); dir !== undefined; dir = pending.pop()) {
    const entries = listOrNothing(tree, dir);
    if (entries.some((entry) => entry.name === 'go.mod')) {
      const module = moduleAt(dir);
      if (module !== undefined && module.path !== '') found.push(module);
    }
    for (const entry of entries)
      if (entry.kind === 'folder' && !isOutsideTheProject(entry.name)) pending.push(join(dir, entry.name));
  }
  return found;
}

function isOutsideTheProject(name: string): boolean {
  return /^[._]|^(?:vendor|testdata|node_modules)$/.test(name);
}

/** The folder that an import path means inside a module; undefined if it is not the module's. */
function within(module: GoModule, importPath: string): string | undefined {
  if (module.path === '') return undefined;
  if (importPath === module.path) return module.dir;
  return importPath.startsWith(`${module.path}/`)
    ? join(module.dir, importPath.slice(module.path.length + 1))
    : undefined;
}

interface PlacedReplace extends Replace {
  /** The folder of the file that says so. */
  readonly dir: string;
}

function localReplace(replaces: readonly PlacedReplace[], importPath: string): string | undefined {
  for (const replace of replaces) {
    if (!isLocalTarget(replace.to)) continue;
    if (importPath !== replace.path && !importPath.startsWith(`${replace.path}/`)) continue;
    // A target outside the repository cannot be read through the tree, and an absolute one is another machine's business.
    const target = normalise(`${replace.dir}/${replace.to}`);
    if (target === undefined || replace.to.startsWith('/')) continue;
    return join(target, importPath.slice(replace.path.length + 1));
  }
  return undefined;
}

function longestRequirement(
  file: GoModFile,
  importPath: string,
): { path: string; version: string } | undefined {
  let best: { path: string; version: string } | undefined;
  for (const requirement of file.requires)
    if (importPath === requirement.path || importPath.startsWith(`${requirement.path}/`))
      if (best === undefined || requirement.path.length > best.path.length) best = requirement;
  return best;
}

function replacement(replaces: readonly Replace[], requirement: { path: string; version: string }) {
  const replace = replaces.find(
    (r) => r.path === requirement.path && (r.version === undefined || r.version === requirement.version),
  );
  return replace === undefined || isLocalTarget(replace.to)
    ? requirement
    : { path: replace.to, version: replace.toVersion ?? requirement.version };
}

/** Module paths in the cache: upper case letters become `!` and the lower case letter (go.dev/ref/mod#module-cache). */
export function escapePath(path: string): string {
  return path.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

function importPathOf(module: KnownModule, dir: string): string {
  const below = relativeTo(module.dir, dir);
  return module.path === '' ? dir || '.' : below === '' ? module.path : `${module.path}/${below}`;
}

function goFiles(
  tree: SourceTree,
  dir: string,
  tests: boolean,
  display: (path: string) => string,
): SourceFile[] {
  return listOrNothing(tree, dir)
    .filter(
      (entry) => entry.kind === 'file' && isGoFile(entry.name) && (tests || !entry.name.endsWith('_test.go')),
    )
    .map((entry) => {
      const path = join(dir, entry.name);
      return {
        path: display(path),
        read: () => decode(tree.read(path)).text,
        firstInvalid: () => firstInvalid(tree.read(path)),
      };
    });
}

/** The Go tool ignores files whose names begin with `_` or `.` (go help packages). */
export function isGoFile(name: string): boolean {
  return name.endsWith('.go') && !name.startsWith('_') && !name.startsWith('.');
}

function listOrNothing(tree: SourceTree, dir: string) {
  try {
    return tree.list(dir);
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}

function memoise<T, K = string>(compute: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as T;
  };
}
