/**
 * From the files of a folder to packages: parsed, and told apart by package clause.
 *
 *     wiz.go, wiz_test.go (package wiz), api_test.go (package wiz_test), gen.go (//go:build ignore)
 *     => wiz, wiz_test, and gen.go as a package of its own (decision 19)
 */
import type { GrowingFileSet } from './file-set.ts';
import type { GoFile } from './files.ts';
import { outline } from './outline.ts';
import { parseConstraint, possibleWithout } from './semantics/build-constraint.ts';
import { isBuiltOnMainPlatforms } from './semantics/platforms.ts';
import type { PackageSource, SourceFile } from './source.ts';
import { parseGoFile } from './syntax/parse-file.ts';

export interface FileGroup {
  readonly name: string;
  /** The import path; that of packages which nobody can import is made up from it. */
  readonly path: string;
  readonly files: readonly GoFile[];
}

/** The importable package first. Files that cannot be read are left out, and why is added to `unreadable`. */
export function loadPackages(
  source: PackageSource,
  files: GrowingFileSet,
  unreadable: Error[],
): readonly FileGroup[] {
  const parsed: GoFile[] = [];
  const declarationsOnly = source.origin !== 'project';
  for (const file of source.files) {
    const text = source.origin === 'dependency' ? declarations(file, unreadable) : readable(file, unreadable);
    if (text === undefined) continue;
    const invalidAt = text.includes('\uFFFD') ? file.firstInvalid?.() : undefined;
    const options = { declarationsOnly, ...(invalidAt === undefined ? {} : { invalidAt }) };
    parsed.push(files.add((base) => parseGoFile(file.path, text, base, options)));
  }
  return group(source.importPath, parsed);
}

/** What counts of a dependency's file; undefined if nothing does. */
function declarations(file: SourceFile, unreadable: Error[]): string | undefined {
  // The name alone says it of many, and then they need not be read.
  if (!isBuiltOnMainPlatforms(file.path, '')) return undefined;
  const text = readable(file, unreadable);
  return text === undefined || !isBuiltOnMainPlatforms(file.path, text) ? undefined : outline(text);
}

function readable(file: SourceFile, unreadable: Error[]): string | undefined {
  try {
    return file.read();
  } catch (error) {
    // By name: the class belongs to the project's tree, which this side of the port does not know.
    if (!(error instanceof Error) || error.name !== 'UnreadableFile') throw error;
    unreadable.push(error);
    return undefined;
  }
}

function group(importPath: string, files: readonly GoFile[]): readonly FileGroup[] {
  const byName = new Map<string, GoFile[]>();
  const alone: GoFile[] = [];
  const nameless: GoFile[] = [];
  for (const file of files) {
    if (isIgnored(file)) alone.push(file);
    else if (file.packageName === '') nameless.push(file);
    else {
      const members = byName.get(file.packageName);
      if (members === undefined) byName.set(file.packageName, [file]);
      else members.push(file);
    }
  }
  const last = importPath.slice(importPath.lastIndexOf('/') + 1);
  const rank = (name: string, members: readonly GoFile[]): number => {
    const sources = members.filter((file) => !file.test).length;
    if (sources === 0) return -1;
    // `package documentation` and a stray main beside a library are not what others import.
    return sources + (name === last ? 0.5 : 0) + (name === 'main' || name === 'documentation' ? -1000 : 0);
  };
  const ordered = [...byName].sort((a, b) => rank(b[0], b[1]) - rank(a[0], a[1]));
  const groups = ordered.map(([name, members], i): FileGroup => {
    // A file whose package clause does not parse most likely belongs to the package of its folder.
    const all = i === 0 ? inOrder([...members, ...nameless]) : members;
    return { name, path: i === 0 ? importPath : `${importPath}${secondary(name, last)}`, files: all };
  });
  if (ordered.length === 0 && nameless.length > 0)
    groups.push({ name: '', path: importPath, files: nameless });
  for (const file of alone) {
    const base = file.path.slice(file.path.lastIndexOf('/') + 1);
    groups.push({ name: file.packageName, path: `${importPath} [${base}]`, files: [file] });
  }
  return groups;
}

/** As the go command names external tests (`strings_test`); for other packages in the same folder, their name. */
function secondary(name: string, last: string): string {
  return name === `${last}_test` ? '_test' : ` [${name}]`;
}

function inOrder(files: readonly GoFile[]): readonly GoFile[] {
  return [...files].sort((a, b) => a.base - b.base);
}

/** True for files like `//go:build ignore`: only `go run` with the file's name takes them. */
function isIgnored(file: GoFile): boolean {
  if (file.buildConstraint === undefined) return false;
  const constraint = parseConstraint(file.buildConstraint);
  return constraint !== undefined && !possibleWithout(constraint, 'ignore');
}
