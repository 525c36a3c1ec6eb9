/**
 * Places in SARIF: a tight region with the text that stands there, within the lines around it.
 */
import type {
  ArtifactLocation,
  PhysicalLocation,
  Region,
  Fix as SarifFix,
  Location as SarifLocation,
} from 'sarif';
import type { Fix } from '../model/finding.ts';
import type { Location } from '../model/location.ts';
import { encodePath } from './links.ts';
import { type SourceLines, textOf } from './source-lines.ts';

const CONTEXT = 2;

export function artifact(file: string): ArtifactLocation {
  return { uri: encodePath(file), uriBaseId: '%SRCROOT%' };
}

export function region({ line, column, endLine, endColumn }: Location): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** With the snippet and its context, as far as the Report kept the lines. */
export function physicalLocation(at: Location, source: SourceLines): PhysicalLocation {
  const context = contextOf(at, source);
  return { ...tightLocation(at, source), ...(context === undefined ? {} : { contextRegion: context }) };
}

/** A place with a sentence about it, for related places and steps; viewers show context for results only. */
export function notedLocation(at: Location, text: string, source: SourceLines): SarifLocation {
  return { physicalLocation: tightLocation(at, source), message: { text } };
}

function tightLocation(at: Location, source: SourceLines): PhysicalLocation {
  const snippet = textOf(source, at);
  return {
    artifactLocation: artifact(at.file),
    region: { ...region(at), ...(snippet === undefined ? {} : { snippet: { text: snippet } }) },
  };
}

/** The lines around a place; undefined where they are no more than the place itself, which SARIF forbids. */
function contextOf(at: Location, source: SourceLines): Region | undefined {
  if (source(at.line) === undefined || source(at.endLine) === undefined) return undefined;
  let startLine = at.line;
  let endLine = at.endLine;
  for (let i = 0; i < CONTEXT && source(startLine - 1) !== undefined; i++) startLine--;
  for (let i = 0; i < CONTEXT && source(endLine + 1) !== undefined; i++) endLine++;
  const endColumn = source(endLine)!.length + 1;
  if (startLine === at.line && endLine === at.endLine && at.column === 1 && at.endColumn >= endColumn)
    return undefined;
  const whole = { file: at.file, line: startLine, column: 1, endLine, endColumn };
  const text = textOf(source, whole);
  if (text === undefined) return undefined;
  return { ...region(whole), snippet: { text } };
}

/** A fix's edits by file, in their order. */
export function sarifFix(fix: Fix, describe: (text: string) => string): SarifFix {
  const files = [...new Set(fix.edits.map((edit) => edit.at.file))];
  return {
    description: { text: describe(fix.title) },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: fix.edits
        .filter((edit) => edit.at.file === file)
        .map(({ at, newText }) => ({
          deletedRegion: region(at),
          ...(newText === '' ? {} : { insertedContent: { text: newText } }),
        })),
    })),
  };
}
