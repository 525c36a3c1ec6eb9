/**
 * What a rule says about one place.
 *
 * A `Finding` is a rule's own statement, before configuration and suppressions; `report.ts` holds what becomes of it.
 */
import type { Location, Note } from './location.ts';

export type NonEmpty<T> = readonly [T, ...T[]];

/** From harmless to blocking; `off` means that nobody wants to hear of it. */
export type Level = 'error' | 'warning' | 'note';
export type ConfiguredLevel = Level | 'off';

const RANK: Readonly<Record<ConfiguredLevel, number>> = { off: 0, note: 1, warning: 2, error: 3 };

/** Positive if `a` is the more severe. */
export function compareLevels(a: ConfiguredLevel, b: ConfiguredLevel): number {
  return RANK[a] - RANK[b];
}

/** The lower of the two: a cap on a level. */
export function lowerLevel(a: ConfiguredLevel, b: ConfiguredLevel): ConfiguredLevel {
  return RANK[a] <= RANK[b] ? a : b;
}

/** Replace the text of `at` by `newText`; an empty range inserts. */
export interface Edit {
  readonly at: Location;
  readonly newText: string;
}

/** One way to mend a finding. Safe: behaviour changes only in the way the finding asks for; unsafe: a person should look. */
export interface Fix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: NonEmpty<Edit>;
}

export interface Finding {
  /** The finding id within its rule, e.g. `unfiltered-send`. */
  readonly id: string;
  /** The values of the message's placeholders, in the order of the text. */
  readonly data: Readonly<Record<string, string>>;
  /** The message with the values filled in. */
  readonly message: string;
  readonly at: Location;
  readonly related: readonly Note[];
  /** The way from cause to effect, in order, where the finding has one; shown as a code flow. */
  readonly path: readonly Note[];
  readonly fixes: readonly Fix[];
  /** A cap on the level, for what is probable and not proven (decision 1). */
  readonly atMost?: Level;
  /** For findings that can get worse in place, such as a file that is too long and grows (decision 23). */
  readonly magnitude?: number;
}
