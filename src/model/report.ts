/**
 * The Report: everything one run found out, computed once; every format is a rendering of it and decides nothing.
 *
 * It carries the excerpts and line hashes that reporters print, taken from the bytes that were analysed (decision 22),
 * so a reporter never reads a file.
 */
import type { Fix, Level } from './finding.ts';
import type { Location, Note } from './location.ts';
import type { RequirementNumber, RuleDescription } from './rule-description.ts';
import type { Status, Verdict } from './verdict.ts';

export interface Requirement {
  readonly number: RequirementNumber;
  readonly rule: string;
  readonly title: string;
  readonly status: Status;
  /** Why it does not apply, could not be analysed, or was not checked; else null. */
  readonly reason: string | null;
  readonly evidence: readonly Note[];
}

export interface IntegrationReport {
  readonly name: string;
  /** The package folder, relative to the repository root. */
  readonly package: string;
  /** Package and type: the key that findings refer to. */
  readonly key: string;
  readonly at: Location;
  /** Why it was taken for an integration. */
  readonly reasons: readonly Note[];
  readonly files: readonly string[];
  readonly verdict: Verdict;
  readonly requirements: readonly Requirement[];
}

export type Suppression = {
  readonly kind: 'inline' | 'baseline' | 'configuration';
  readonly reason: string;
  readonly at?: Location;
};

export interface ReportedFinding {
  /** `P0-102` */
  readonly code: string;
  /** `vm-filter`; `p0lint` for the general codes P0-001 … */
  readonly rule: string;
  readonly id: string;
  readonly level: Level;
  readonly message: string;
  /** The values of the message's placeholders, in the order of the text, for formats that carry messages by id. */
  readonly data: Readonly<Record<string, string>>;
  readonly at: Location;
  readonly related: readonly Note[];
  readonly path: readonly Note[];
  readonly fixes: readonly Fix[];
  /** Keys of the integrations that the finding counts for; empty: it stands outside integrations. */
  readonly integrations: readonly string[];
  readonly suppressed: Suppression | null;
  readonly new: boolean;
  readonly fingerprint: string;
  /** The enclosing declaration, e.g. `(*Wiz).Invoke`, where there is one. */
  readonly symbol: string | null;
  readonly magnitude?: number;
}

/** Something about the run and not about the code: a file that could not be read, a module that was missing. */
export interface Notification {
  readonly level: Level;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** Lines of a file around the places that the report names. */
export interface Excerpt {
  /** From 1. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

export interface FileReport {
  readonly path: string;
  readonly lines: number;
  /** `damaged`: it has regions that do not parse; `unreadable`: nothing of it was analysed. */
  readonly state: 'analysed' | 'damaged' | 'unreadable';
}

export interface ReportSummary {
  readonly integrations: number;
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly files: number;
  readonly lines: number;
  /** Unsuppressed findings by level. */
  readonly findings: Readonly<Record<Level, number>>;
  readonly suppressed: number;
}

export interface Report {
  readonly tool: { readonly name: string; readonly version: string; readonly url: string };
  readonly scope: 'integrations' | 'all';
  /** False if something in scope could not be analysed or a rule crashed. */
  readonly complete: boolean;
  readonly gate: {
    readonly passed: boolean;
    readonly failOn: Level | 'never';
    readonly newOnly: boolean;
  };
  readonly summary: ReportSummary;
  readonly integrations: readonly IntegrationReport[];
  readonly findings: readonly ReportedFinding[];
  readonly notifications: readonly Notification[];
  readonly files: readonly FileReport[];
  readonly rules: readonly RuleDescription[];
  readonly excerpts: ReadonlyMap<string, readonly Excerpt[]>;
  /** GitHub's primaryLocationLineHash of each line that a finding starts on: `file:line` -> hash. */
  readonly lineHashes: ReadonlyMap<string, string>;
  /** Where the checked code lives, if git knows: for links. No credentials in it. */
  readonly repository: { readonly url: string; readonly revision: string } | null;
  /** ISO 8601, only when asked for. */
  readonly timestamp: string | null;
}
