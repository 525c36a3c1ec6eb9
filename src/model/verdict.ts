/**
 * What a rule observed, and what is concluded from it.
 *
 * Rules report, the engine judges (decision 1): a rule returns an `Observation`, `engine/judge` applies levels and
 * suppressions and only then makes a `Status`.
 */
import type { Finding } from './finding.ts';
import type { Note } from './location.ts';

export interface Observation {
  /** The evidence: what was looked at, and what it shows. */
  readonly examined: readonly Note[];
  readonly findings: readonly Finding[];
  /** What could not be analysed (never what was merely not provable: that is a finding `unproven`). */
  readonly gaps: readonly Note[];
  /** Why the requirement cannot apply, where nothing was examined or the rule knows better. */
  readonly notApplicable?: string;
}

export type Status = 'pass' | 'fail' | 'warn' | 'not-applicable' | 'unknown' | 'not-checked';

export const STATUS_SYMBOL: Readonly<Record<Status, string>> = {
  pass: '✅',
  fail: '❌',
  warn: '⚠️',
  'not-applicable': 'N/A',
  unknown: '❓',
  'not-checked': '–',
};

/** Null: not assessed, because a requirement was not (fully) run and nothing else failed. */
export type Verdict = 'COMPLIANT' | 'NON-COMPLIANT' | null;
