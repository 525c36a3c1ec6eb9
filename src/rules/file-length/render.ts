/**
 * The text of the files that a plan makes, so that their lengths are counted and not guessed.
 *
 *     renderPart(file, chunks, [chunk, …], { stays: false })
 *     => '//go:build linux\n\npackage wiz\n\nimport "net/http"\n\n// Client …\ntype Client struct {…}\n'
 *
 * What stays keeps its head but for imports that nobody needs any more; what moves gets the build constraints, the package clause and the
 * imports it needs. Chunks that were neighbours keep the blank lines between them.
 */
import type { GoFile } from '../../go/files.ts';
import type { ImportSpec } from '../../go/syntax/ast.ts';
import type { Chunk, Chunks } from './chunks.ts';

export interface PartText {
  readonly text: string;
  readonly lines: number;
}

export function renderPart(
  file: GoFile,
  chunks: Chunks,
  own: readonly Chunk[],
  { stays }: { readonly stays: boolean },
): PartText {
  const { lines, headEnd, list } = chunks;
  const used = new Set(own.flatMap((chunk) => [...chunk.imports]));
  const needed = new Set(list.flatMap((chunk) => [...chunk.imports]));
  // An import that nobody mentions is there for its effect and stays.
  const keep = (spec: ImportSpec) => used.has(spec) || (stays && !needed.has(spec));
  const imports = importLines(file, lines, keep);
  const packageLine = lineOf(file, file.packageRange.pos);
  const whole = stays && file.imports.every(keep);
  const head = whole
    ? lines.slice(0, headEnd)
    : [
        ...(stays ? lines.slice(0, packageLine - 1) : carried(lines.slice(0, packageLine - 1))),
        lines[packageLine - 1] ?? '',
        ...(imports.length === 0 ? [] : ['', ...imports]),
      ];
  const body: string[] = [];
  for (const [i, chunk] of own.entries()) {
    const before = own[i - 1];
    const neighbours = before !== undefined && list.indexOf(chunk) === list.indexOf(before) + 1;
    const between = before === undefined ? 0 : neighbours ? chunk.firstLine - before.lastLine - 1 : 1;
    for (let n = 0; n < between; n++) body.push('');
    body.push(...lines.slice(chunk.firstLine - 1, chunk.lastLine));
  }
  const first = own[0];
  const gap =
    first !== undefined && first === list[0] && whole && first.firstLine === headEnd + 1 ? [] : [''];
  const all = own.length === 0 ? head : [...head, ...gap, ...body];
  return { text: `${all.join('\n')}\n`, lines: all.length };
}

/** Of what stands above the package clause a moved part takes what holds for its code: build constraints, waivers, the licence. */
function carried(above: readonly string[]): string[] {
  const blocks: string[][] = [[]];
  for (const line of above)
    if (line.trim() === '') blocks.push([]);
    else blocks.at(-1)?.push(line);
  const kept = blocks.flatMap((block) => {
    const isLicence = block.some((line) => /copyright|SPDX-License-Identifier|licen[cs]e/i.test(line));
    const own = isLicence
      ? block
      : block.filter((line) => /^\/\/(?:go:build|\s*\+build|p0lint:ignore-file)\b/.test(line));
    return own.length === 0 ? [] : [...own, ''];
  });
  return kept;
}

/** One import declaration with the wanted lines, grouped as in the source. */
function importLines(file: GoFile, lines: readonly string[], keep: (spec: ImportSpec) => boolean): string[] {
  const result: string[] = [];
  let last = 0;
  for (const spec of file.imports) {
    const line = lineOf(file, spec.pos);
    const separated = last > 0 && lines.slice(last, line - 1).some((between) => between.trim() === '');
    if (separated && result.length > 0 && result.at(-1) !== '') result.push('');
    last = line;
    if (!keep(spec)) continue;
    result.push(
      `\t${(lines[line - 1] ?? '')
        .trim()
        .replace(/^import\s+\(?\s*/, '')
        .replace(/\s*\)$/, '')}`,
    );
  }
  while (result.at(-1) === '') result.pop();
  if (result.length === 0) return [];
  return result.length === 1 ? [`import ${result[0]?.trim()}`] : ['import (', ...result, ')'];
}

function lineOf(file: GoFile, pos: number): number {
  const offset = pos - file.base;
  let low = 0;
  let high = file.lineStarts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((file.lineStarts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
