/**
 * The Go standard library as Go source: what its packages declare for others, without bodies.
 *
 *     stdlibSource('strings')
 *     // package strings
 *     // import ("io"; "iter"; "unicode")
 *     // type Builder struct{}
 *     // func (*Builder) WriteString(string) (int, error)
 *     // ...
 *
 * The text goes through the same front end as the source of a project, so nothing else in p0lint knows that a
 * package belongs to the standard library. The header of the data file says what is left out and how
 * platforms are united; `tools/stdlib` generates it from a real GOROOT.
 *
 * This module reads and slices; it does not parse Go, and it does not know the universe scope (`error`,
 * `append`), which belongs to the language and not to a package.
 */

import { readFileSync } from 'node:fs';
import { assetPath } from './assets.ts';

interface Declarations {
  readonly release: string;
  readonly text: string;
  /** Half-open range of offsets in `text` for each import path, in the order of the file. */
  readonly sections: ReadonlyMap<string, readonly [start: number, end: number]>;
}

let loaded: Declarations | undefined;

/**
 * The declarations of a standard library package, or undefined if there is none with this import path.
 *
 * Some internal packages have a section too, because public declarations mention their types.
 */
export function stdlibSource(importPath: string): string | undefined {
  const { text, sections } = declarations();
  const range = sections.get(importPath);
  return range && text.slice(range[0], range[1]);
}

/** The import paths of all packages that any program may import, sorted. */
export function stdlibPackages(): readonly string[] {
  return [...declarations().sections.keys()].filter((path) => !path.split('/').includes('internal'));
}

/** The Go release that the declarations were read from, such as `go1.26.8`. */
export function stdlibRelease(): string {
  return declarations().release;
}

function declarations(): Declarations {
  // The generator writes plain ASCII, and latin1 keeps it in one byte per character.
  loaded ??= index(readFileSync(assetPath('stdlib/declarations.txt', import.meta.url), 'latin1'));
  return loaded;
}

/**
 * Finds the sections, which start with a line `-- import/path --`; a comment stands before the first. One
 * search per section: the lines in between are never looked at.
 */
function index(text: string): Declarations {
  const sections = new Map<string, readonly [number, number]>();
  let marker = text.indexOf('\n-- ');
  const release = /^release: (\S+)/m.exec(text.slice(0, marker))?.[1];
  if (release === undefined) throw new Error('stdlib/declarations.txt does not name its Go release.');
  while (marker !== -1) {
    const nameStart = marker + '\n-- '.length;
    const nameEnd = text.indexOf(' --', nameStart);
    const start = text.indexOf('\n', nameEnd) + 1;
    marker = text.indexOf('\n-- ', start);
    sections.set(text.slice(nameStart, nameEnd), [start, marker === -1 ? text.length : marker + 1]);
  }
  return { release, text, sections };
}
