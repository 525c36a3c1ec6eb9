/**
 * The program: packages by folder and by import path, over a `SourceProvider`.
 *
 *     await loadParser();
 *     const program = openProgram(provider);
 *     program.packagesIn('pkg/wiz')[0].functions[0].cfg
 *
 * A package is read when it is first asked for, an imported one when a name of it is. Nothing here reads a disk.
 */

import { compareStrings } from '../model/location.ts';
import { type CalleeResolver, calleeResolver } from './calls/resolve.ts';
import { createFileSet } from './file-set.ts';
import type { GoFile } from './files.ts';
import { loadPackages } from './load-package.ts';
import { LoadedPackage, type PackageHooks } from './loaded-package.ts';
import type { GoFunction, GoPackage, Member, Program } from './package.ts';
import type { Checker, Imported, Importer } from './semantics/checker.ts';
import { guessedPackageName } from './semantics/import-names.ts';
import { lookup } from './semantics/lookup.ts';
import { implementsInterface } from './semantics/method-sets.ts';
import type { GoObject, PackageRef, TypeName } from './semantics/objects.ts';
import { definedType } from './semantics/objects-made.ts';
import { UNSAFE, unknownOf, unsafeMembers } from './semantics/universe.ts';
import type { PackageSource, SourceProvider } from './source.ts';

/** `await loadParser()` must have happened. */
export function openProgram(provider: SourceProvider): Program {
  const files = createFileSet();
  const unreadable: Error[] = [];
  const bySource = new Map<PackageSource, readonly LoadedPackage[]>();
  const byChecker = new Map<Checker, LoadedPackage>();
  const byFile = new Map<GoFile, LoadedPackage>();
  const missing = new Map<string, MissingPackage>();
  const imports = new Map<PackageSource, Map<string, Imported>>();

  const hooks: PackageHooks = {
    returns: (call) => resolver.returns(call),
    released: (pkg) => resolver.forget(pkg),
  };

  const load = (source: PackageSource): readonly LoadedPackage[] => {
    let packages = bySource.get(source);
    if (packages === undefined) {
      packages = loadPackages(source, files, unreadable).map(
        (group) => new LoadedPackage(program, source, group, importer, hooks),
      );
      bySource.set(source, packages);
      for (const pkg of packages) {
        byChecker.set(pkg.checker, pkg);
        for (const file of pkg.files) byFile.set(file, pkg);
      }
    }
    return packages;
  };

  const missingPackage = (path: string): MissingPackage => {
    let pkg = missing.get(path);
    if (pkg === undefined) {
      pkg = new MissingPackage(path);
      missing.set(path, pkg);
    }
    return pkg;
  };

  const resolve = (path: string, from: LoadedPackage): Imported => {
    if (path === 'unsafe') return unsafePackage;
    let known = imports.get(from.source);
    if (known === undefined) {
      known = new Map();
      imports.set(from.source, known);
    }
    let imported = known.get(path);
    if (imported === undefined) {
      const source = path === 'C' ? undefined : provider.resolveImport(path, from.source);
      const pkg = source === undefined ? undefined : load(source)[0];
      imported = pkg?.checker ?? missingPackage(path);
      known.set(path, imported);
    }
    return imported;
  };

  const importer: Importer = {
    resolve: (path, from) => resolve(path, byChecker.get(from)!),
  };

  const packageAt = (pos: number): LoadedPackage => {
    const pkg = byFile.get(files.fileAt(pos));
    if (pkg === undefined) throw new RangeError(`position ${pos} lies in no package of this program`);
    return pkg;
  };

  const program: Program = {
    files,
    packagesIn(dir) {
      const source = provider.folder(dir);
      return source === undefined ? [] : load(source);
    },
    importPackage(path): GoPackage | undefined {
      for (const [source, packages] of bySource) if (source.importPath === path) return packages[0];
      // Whose requirements count is not said here: those of any project package that is loaded.
      for (const from of bySource.keys()) {
        if (from.origin !== 'project') continue;
        const source = provider.resolveImport(path, from);
        if (source !== undefined) return load(source)[0];
      }
      return undefined;
    },
    functionOf(node): GoFunction {
      const fn = packageAt(node.pos).functionOf(node);
      if (fn === undefined) throw new Error('this node is no function with a body of a loaded package');
      return fn;
    },
    packageAt,
    infoOf: (node) => packageAt(node.pos).info,
    functionAt: (pos) => packageAt(pos).functionAt(pos),
    bodyOf: (func) => packageOf(func.pkg)?.bodyOf(func),
    calleeOf: (call) => resolver.calleeOf(call),
    lookupMember(type, name): Member | undefined {
      const found = lookup(type, name, undefined);
      if (found.kind === 'field') return { kind: 'field', field: found.field, path: found.path };
      return found.kind === 'method' ? { kind: 'method', method: found.method, path: found.path } : undefined;
    },
    implementsInterface,
    unreadableFiles: () => unreadable,
    missingPackages: () => [...missing.keys()].filter((path) => path !== 'C').sort(compareStrings),
  };

  const packageOf = (ref: PackageRef): LoadedPackage | undefined =>
    ref instanceof LoadedPackage && ref.origin === 'project' ? ref : undefined;

  const resolver: CalleeResolver = calleeResolver({
    program,
    homeOf: (call) => {
      const pkg = packageAt(call.pos);
      return { pkg, checker: pkg.checker };
    },
    projectImports: (pkg) => {
      const found: LoadedPackage[] = [];
      for (const file of pkg.files) {
        for (const spec of file.imports) {
          const imported = resolve(spec.path, pkg as LoadedPackage);
          const target = byChecker.get(imported as Checker);
          if (target !== undefined && target.origin === 'project') found.push(target);
        }
      }
      return found;
    },
    checkerOf: (pkg) => (pkg as LoadedPackage).checker,
  });

  return program;
}

/** A package that was imported and has no source: every name of it may be a type, and nothing more is known. */
class MissingPackage implements Imported {
  readonly ref: PackageRef;
  private readonly types = new Map<string, TypeName>();

  constructor(path: string) {
    this.ref = { path, name: guessedPackageName(path), origin: 'missing' };
  }

  member(): undefined {
    return undefined;
  }

  missingType(name: string): TypeName {
    let type = this.types.get(name);
    if (type === undefined) {
      type = definedType(name, this.ref, () => unknownOf(this.ref.path));
      this.types.set(name, type);
    }
    return type;
  }
}

const unsafePackage: Imported = {
  ref: UNSAFE,
  member: (name: string): GoObject | undefined => unsafeMembers.get(name),
  missingType: () => undefined,
};
