/**
 * Two lists of places side by side: what both have, what only one has, and how much that is.
 */
import { compareStrings } from '../../src/model/location.ts';
import type { Reported } from './go-tools.ts';

export interface Comparison<Ours extends Reported> {
  readonly both: readonly Ours[];
  readonly onlyTheirs: readonly Reported[];
  readonly onlyOurs: readonly Ours[];
}

export function placeOf({ file, line, column }: Reported): string {
  return `${file}:${line}:${column}`;
}

export function compare<Ours extends Reported>(
  theirs: readonly Reported[],
  ours: readonly Ours[],
): Comparison<Ours> {
  const left = new Map(theirs.map((r) => [placeOf(r), r]));
  const both: Ours[] = [];
  const onlyOurs: Ours[] = [];
  const seen = new Set<string>();
  for (const one of ours) {
    const place = placeOf(one);
    if (seen.has(place)) continue;
    seen.add(place);
    (left.has(place) ? both : onlyOurs).push(one);
  }
  return { both, onlyOurs, onlyTheirs: [...left].flatMap(([place, r]) => (seen.has(place) ? [] : [r])) };
}

/** `99.5 %`, rounded down so that 100 % means all; `–` of nothing. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

/** Each difference on a line of its own, grouped by kind. */
export function differenceLines<T extends Reported>(
  list: readonly T[],
  kindOf: (one: T) => string,
): string[] {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(kindOf(one), [...(groups.get(kindOf(one)) ?? []), one]);
  return [...groups]
    .sort(([a], [b]) => compareStrings(a, b))
    .flatMap(([kind, members]) => [
      `    ${kind} (${members.length})`,
      ...members
        .sort((a, b) => compareStrings(a.file, b.file) || a.line - b.line || a.column - b.column)
        .map((one) => `      ${placeOf(one)}`),
    ]);
}
