/**
 * The names that a file's imports declare (language specification, "Import declarations").
 *
 *     import "gopkg.in/yaml.v3"                  => yaml   (by the package clause; guessed only where the source is missing)
 *     import gh "github.com/google/go-github"    => gh
 *     import . "fmt"                             => every exported name of fmt
 *
 * No package is loaded before a name asks for it: an import whose path suggests another name is looked at last.
 */
import type { ImportSpec } from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { packageNamesFor } from './import-names.ts';
import type { GoObject, PackageRef, PkgName } from './objects.ts';
import { EVERYWHERE } from './platforms.ts';

class ImportedName implements PkgName {
  readonly kind = 'package';
  readonly name: string;
  readonly spec: ImportSpec;
  private readonly checker: Checker;

  constructor(name: string, spec: ImportSpec, checker: Checker) {
    this.name = name;
    this.spec = spec;
    this.checker = checker;
  }

  get pkg(): PackageRef {
    return this.checker.ref;
  }
  get imported(): PackageRef {
    return this.checker.importedBy(this.spec).ref;
  }
}

export class FileScope {
  private readonly checker: Checker;
  private readonly names = new Map<string, PkgName>();
  private readonly bySpec = new Map<ImportSpec, PkgName>();
  /** Imports without a name of their own, by the names that their paths suggest. */
  private readonly suggested = new Map<string, ImportSpec[]>();
  private readonly unnamed: ImportSpec[] = [];
  private allNamed = false;
  private readonly dots: ImportSpec[] = [];

  constructor(checker: Checker, imports: readonly ImportSpec[]) {
    this.checker = checker;
    for (const spec of imports) {
      const name = spec.name?.name;
      if (name === '_') continue;
      if (name === '.') this.dots.push(spec);
      else if (name !== undefined) this.declare(name, spec);
      else {
        this.unnamed.push(spec);
        for (const guess of packageNamesFor(spec.path)) {
          const list = this.suggested.get(guess);
          if (list === undefined) this.suggested.set(guess, [spec]);
          else list.push(spec);
        }
      }
    }
  }

  /** The import that declares a name, if its name or path suggests so. */
  package(name: string): PkgName | undefined {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const candidates = this.suggested.get(name);
    if (candidates === undefined) return undefined;
    let missing: ImportSpec | undefined;
    for (const spec of candidates) {
      const { ref } = this.checker.importedBy(spec);
      if (ref.origin === 'missing') missing ??= spec;
      else if (ref.name === name) return this.declare(name, spec);
    }
    return missing === undefined ? undefined : this.declare(name, missing);
  }

  /** The import whose package clause declares a name that its path does not suggest. Loads every import of the file. */
  packageByClause(name: string): PkgName | undefined {
    if (!this.allNamed) {
      this.allNamed = true;
      for (const spec of this.unnamed) {
        const { ref } = this.checker.importedBy(spec);
        if (ref.origin !== 'missing' && !this.names.has(ref.name)) this.declare(ref.name, spec);
      }
    }
    return this.names.get(name);
  }

  /** A name that a dot import brings in. */
  dotImported(name: string): GoObject | undefined {
    for (const spec of this.dots) {
      const object = this.checker.importedBy(spec).member(name, EVERYWHERE);
      if (object !== undefined && isExported(name)) return object;
    }
    return undefined;
  }

  /** The path of a dot import without source: an unresolved name may come from there. */
  missingDotImport(): string | undefined {
    return this.dots.find((spec) => this.checker.importedBy(spec).ref.origin === 'missing')?.path;
  }

  /** The name that an import declares; undefined for `_` and `.`. */
  nameOf(spec: ImportSpec): PkgName | undefined {
    const name = spec.name?.name;
    if (name === '_' || name === '.') return undefined;
    const known = this.bySpec.get(spec);
    if (known !== undefined) return known;
    const { ref } = this.checker.importedBy(spec);
    return this.declare(ref.name, spec);
  }

  private declare(name: string, spec: ImportSpec): PkgName {
    const known = this.bySpec.get(spec);
    if (known !== undefined && known.name === name) return known;
    const object = new ImportedName(name, spec, this.checker);
    this.names.set(name, object);
    this.bySpec.set(spec, object);
    return object;
  }
}

/** Exported identifiers begin with an upper-case letter (language specification, "Exported identifiers"). */
export function isExported(name: string): boolean {
  const first = name.charCodeAt(0);
  if (first < 0x80) return first >= 65 && first <= 90;
  return /^\p{Lu}/u.test(name);
}
