/**
 * The one port for reading source: a tree of folders and files under a repository root.
 *
 *     const tree = diskTree('/home/me/repo');
 *     tree.list('pkg');                 // [{ name: 'wiz', kind: 'folder' }, { name: 'x.go', kind: 'file' }]
 *     tree.read('pkg/x.go');            // bytes
 *
 * Paths are relative to the root, with `/`, without `.` or `..`; '' is the root itself. Implementations: the disk (here), a git
 * revision and the git index (`git-tree.ts`), an overlay for standard input, and memory for tests. Symbolic links to folders are not
 * followed (decision 24): they are listed as `link` and nobody enters them, so a loop of links is harmless.
 */
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compareStrings } from '../model/location.ts';

export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
}

export interface SourceTree {
  /** Entries in code unit order; throws `UnreadableFile`. A folder that does not exist has no entries. */
  list(folder: string): readonly TreeEntry[];
  /** Throws `UnreadableFile`. */
  read(path: string): Uint8Array;
  kindOf(path: string): TreeEntry['kind'] | undefined;
}

/** A file or folder that exists, as far as we know, and cannot be read. */
export class UnreadableFile extends Error {
  readonly path: string;
  readonly reason: string;

  constructor(path: string, cause: unknown) {
    const reason = reasonOf(cause);
    super(`cannot read ${path === '' ? 'the folder' : path}: ${reason}`, { cause });
    this.name = 'UnreadableFile';
    this.path = path;
    this.reason = reason;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  EIO: 'input/output error',
};

function reasonOf(cause: unknown): string {
  const code = (cause as { code?: string }).code;
  return (code !== undefined && REASONS[code]) || code || String(cause);
}

/** The tree of a folder on disk. */
export function diskTree(root: string): SourceTree {
  const absolute = (path: string) => (path === '' ? root : join(root, path));
  return {
    list(folder) {
      let entries: import('node:fs').Dirent[];
      try {
        entries = readdirSync(absolute(folder), { withFileTypes: true });
      } catch (cause) {
        if ((cause as { code?: string }).code === 'ENOENT') return [];
        throw new UnreadableFile(folder, cause);
      }
      const result: TreeEntry[] = [];
      for (const entry of entries) {
        const kind = entry.isSymbolicLink()
          ? linkKind(join(absolute(folder), entry.name))
          : entry.isDirectory()
            ? 'folder'
            : entry.isFile()
              ? 'file'
              : undefined;
        if (kind !== undefined) result.push({ name: entry.name, kind });
      }
      return result.sort((a, b) => compareStrings(a.name, b.name));
    },
    read(path) {
      try {
        return readFileSync(absolute(path));
      } catch (cause) {
        throw new UnreadableFile(path, cause);
      }
    },
    kindOf(path) {
      try {
        const stat = lstatSync(absolute(path));
        if (stat.isSymbolicLink()) return linkKind(absolute(path));
        return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** A link to a file is a file, as the Go tool treats it; a link to a folder, or to nothing, stays a link. */
function linkKind(path: string): 'file' | 'link' {
  try {
    return statSync(path).isFile() ? 'file' : 'link';
  } catch {
    return 'link';
  }
}

/** A tree of given texts, for tests and generated inputs: `memoryTree({ 'a/x.go': 'package a' })`. */
export function memoryTree(files: Readonly<Record<string, string | Uint8Array>>): SourceTree {
  const folders = new Map<string, Map<string, TreeEntry>>([['', new Map()]]);
  for (const path of Object.keys(files)) {
    let folder = '';
    for (const [i, name] of path.split('/').entries()) {
      const child = folder === '' ? name : `${folder}/${name}`;
      const isFile = i === path.split('/').length - 1;
      folders.get(folder)?.set(name, { name, kind: isFile ? 'file' : 'folder' });
      if (!isFile && !folders.has(child)) folders.set(child, new Map());
      folder = child;
    }
  }
  return {
    list: (folder) =>
      [...(folders.get(folder)?.values() ?? [])].sort((a, b) => compareStrings(a.name, b.name)),
    read(path) {
      const content = files[path];
      if (content === undefined) throw new UnreadableFile(path, { code: 'ENOENT' });
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
    kindOf: (path) => (files[path] !== undefined ? 'file' : folders.has(path) ? 'folder' : undefined),
  };
}

/** The tree with some files replaced or added, e.g. by what an editor has on standard input. */
export function overlayTree(
  below: SourceTree,
  files: Readonly<Record<string, string | Uint8Array>>,
): SourceTree {
  const above = memoryTree(files);
  return {
    list(folder) {
      const merged = new Map(below.list(folder).map((entry) => [entry.name, entry]));
      for (const entry of above.list(folder)) merged.set(entry.name, entry);
      return [...merged.values()].sort((a, b) => compareStrings(a.name, b.name));
    },
    read: (path) => (files[path] === undefined ? below.read(path) : above.read(path)),
    kindOf: (path) => above.kindOf(path) ?? below.kindOf(path),
  };
}

export interface Decoded {
  readonly text: string;
  /** Byte sequences that are not UTF-8 were read as U+FFFD. The Go compiler refuses such a file. */
  readonly invalid: boolean;
}

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** Bytes as text, without a byte order mark (Go specification, "Source code representation": it may be ignored). */
export function decode(bytes: Uint8Array): Decoded {
  try {
    return { text: strict.decode(bytes), invalid: false };
  } catch {
    return { text: lenient.decode(bytes), invalid: true };
  }
}

/** Offset in the decoded text of the first character that stands for bytes which are no UTF-8; undefined: all are. */
export function firstInvalid(bytes: Uint8Array): number | undefined {
  const { text, invalid } = decode(bytes);
  if (!invalid) return undefined;
  // U+FFFD may stand in the source itself: the first one that does not is where the bytes stop agreeing.
  const encoder = new TextEncoder();
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) {
    const offset = bom + encoder.encode(text.slice(0, at)).length;
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return at;
  }
  return undefined;
}
