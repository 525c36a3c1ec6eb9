/**
 * The port through which the front end gets its source text: what it needs to know of modules and files, and nothing of disks.
 *
 * `project/` implements it over its tree (disk, git revision, index, overlay); tests implement it over a few strings.
 */

export interface GoModule {
  /** The folder of go.mod relative to the repository root; '' is the root itself. */
  readonly dir: string;
  /** The module path; '' where there is no go.mod. */
  readonly path: string;
  /** The language version, e.g. `1.24`; undefined where go.mod does not say, or there is none. */
  readonly goVersion: string | undefined;
  /** Where go.mod says so. */
  readonly goDirective: { readonly file: string; readonly line: number } | undefined;
}

export interface SourceFile {
  /** Relative to the repository root, with `/`; for dependencies and the standard library a display name. */
  readonly path: string;
  /** Decoded text without BOM; throws `UnreadableFile` of the project's tree where it cannot be read. */
  read(): string;
  /** Offset of the first character of `read()` that stands for bytes which are no UTF-8; asked only where the text has a U+FFFD. */
  readonly firstInvalid?: () => number | undefined;
}

/** The files of one folder or one section of the standard library, before they are told apart by package clause. */
export interface PackageSource {
  readonly importPath: string;
  /** Relative to the repository root; for others a display name. */
  readonly dir: string;
  readonly origin: 'project' | 'dependency' | 'stdlib';
  readonly module: GoModule;
  readonly files: readonly SourceFile[];
  /**
   * The project module whose requirements say which versions this package's imports mean: its own, and for a dependency that of
   * the project module that brought it in. One dependency may so be two sources; equal sources are one object.
   */
  readonly mainModule: GoModule;
}

export interface SourceProvider {
  /** Source of an import, seen from a package (vendor folders, replaces and versions depend on it); undefined: none at hand. The same question gives the same object. */
  resolveImport(importPath: string, from: PackageSource): PackageSource | undefined;
  /** The package source of a project folder; undefined if it holds no Go file. */
  folder(dir: string): PackageSource | undefined;
}
