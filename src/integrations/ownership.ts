/**
 * Whose file is it? (decision 6)
 *
 *     integrations/wiz/{wiz,wiz_types}.go                 one integration in the package: all files are Wiz's
 *     integrations/{wiz.go,tenable-vm.go,tenable-vm_client.go,shared.go}
 *         tenable-vm.go           TenableVM's: it declares the type
 *         tenable-vm_client.go    TenableVM's: the stem of its main file, followed by `_` or `-`
 *         shared.go               nobody's alone
 *
 * A package with one integration owns all its files, and those of folders below that hold none.
 */

import type { GoFile } from '../go/files.ts';
import type { GoPackage } from '../go/package.ts';
import type { TypeName } from '../go/semantics/objects.ts';
import { namedOf } from './type-names.ts';

interface Owner {
  readonly type: TypeName;
  readonly pkg: GoPackage;
}

/** For each type the files that are its alone, sorted. */
export function attributeFiles(
  packages: readonly GoPackage[],
  owners: readonly Owner[],
): ReadonlyMap<TypeName, readonly string[]> {
  const result = new Map<TypeName, string[]>(owners.map(({ type }) => [type, []]));
  const ownersIn = new Map<GoPackage, Owner[]>();
  for (const owner of owners) {
    const list = ownersIn.get(owner.pkg);
    if (list === undefined) ownersIn.set(owner.pkg, [owner]);
    else list.push(owner);
  }
  const ownedFolders = new Map([...ownersIn].map(([pkg, list]) => [pkg.dir, list] as const));
  for (const pkg of packages) {
    const local = ownersIn.get(pkg);
    const above = local ?? nearestAbove(pkg.dir, ownedFolders);
    const [only, ...more] = above ?? [];
    if (above === undefined || only === undefined) continue;
    for (const file of pkg.files) {
      // Of several integrations above, none owns a folder below: the folder is shared by them.
      const owner = more.length === 0 ? only.type : local && ownerAmong(file, local);
      if (owner !== undefined) result.get(owner)?.push(file.path);
    }
  }
  for (const files of result.values()) files.sort();
  return result;
}

function nearestAbove(dir: string, folders: ReadonlyMap<string, Owner[]>): Owner[] | undefined {
  for (let folder = dir; folder !== ''; ) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    const owners = folders.get(folder);
    if (owners !== undefined) return owners;
  }
  return undefined;
}

function ownerAmong(file: GoFile, owners: readonly Owner[]): TypeName | undefined {
  const declared = owners.filter(({ type, pkg }) => declares(file, type, pkg));
  if (declared.length === 1) return declared[0]?.type;
  // A file that declares parts of several is shared by them.
  if (declared.length > 1) return undefined;
  let best: { type: TypeName; length: number } | undefined;
  const name = stemOf(file.path);
  for (const { type, pkg } of owners) {
    const main = pkg.files.find((f) => type.ident !== undefined && contains(f, type.ident.pos));
    const stem = main && stemOf(main.path);
    if (stem === undefined || !(name.startsWith(`${stem}_`) || name.startsWith(`${stem}-`))) continue;
    if (best === undefined || stem.length > best.length) best = { type, length: stem.length };
  }
  return best?.type;
}

/** Does the file hold the type's declaration, a method of it, or a function that makes one? */
function declares(file: GoFile, type: TypeName, pkg: GoPackage): boolean {
  if (type.ident !== undefined && contains(file, type.ident.pos)) return true;
  return pkg.functions.some((fn) => {
    if (fn.file !== file) return false;
    const receiver = fn.object?.receiver;
    if (receiver !== undefined) return receiver.type === type;
    return fn.results.some((result) => namedOf(result.type)?.object === type);
  });
}

function contains(file: GoFile, pos: number): boolean {
  return pos >= file.base && pos <= file.base + file.text.length;
}

/** `pkg/tenable-vm_client.go` -> `tenable-vm_client` */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.go$/, '');
}
