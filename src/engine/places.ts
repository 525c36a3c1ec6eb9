/**
 * What a fingerprint remembers of a place: the enclosing declaration and the statement's text, never a line number (decision 23).
 */
import { type Anchor, anchorAt, anchorsOf } from '../go/anchors.ts';
import type { GoFile } from '../go/files.ts';
import type { GoPackage } from '../go/package.ts';
import type { Location } from '../model/location.ts';

export interface Places {
  placeOf(at: Location): { readonly symbol: string | null; readonly statement: string };
}

export function placesOf(pkg: GoPackage): Places {
  const files = new Map(pkg.files.map((file) => [file.path, file]));
  const anchors = new Map<string, readonly Anchor[]>();
  return {
    placeOf(at) {
      const file = files.get(at.file);
      if (file === undefined) return { symbol: null, statement: '' };
      let known = anchors.get(at.file);
      if (known === undefined) {
        known = anchorsOf(file);
        anchors.set(at.file, known);
      }
      const anchor = anchorAt(known, positionOf(file, at));
      if (anchor === undefined) return { symbol: null, statement: '' };
      const text = file.text.slice(anchor.pos - file.base, anchor.headerEnd - file.base);
      return { symbol: anchor.symbol, statement: text.replaceAll(/\s+/g, ' ').trim() };
    },
  };
}

/** The position of a location's start in its file. */
export function positionOf(file: GoFile, at: Location): number {
  return file.base + (file.lineStarts[at.line - 1] ?? file.text.length) + at.column - 1;
}
