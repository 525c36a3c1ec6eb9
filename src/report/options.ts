/**
 * What a reporter may be told besides the Report. Nothing here changes what is reported about the code, only how it is shown.
 */

/** Colours as functions; `chalk` fits as it is. Reporters know nothing of terminals: whoever calls them decides on colour. */
export interface Painter {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

const same = (text: string): string => text;

export const plain: Painter = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

export interface Budget {
  /** UTF-8 bytes. */
  readonly maxBytes: number;
  /** UTF-16 units, which is how GitHub counts the characters of a comment. */
  readonly maxUnits: number;
}

export const UNLIMITED: Budget = { maxBytes: Infinity, maxUnits: Infinity };
/** A job summary over 1 MiB is dropped as a whole. */
export const SUMMARY_BUDGET: Budget = { maxBytes: 1_048_576, maxUnits: Infinity };
/** Comments are refused from 65,536 characters on. */
export const COMMENT_BUDGET: Budget = { maxBytes: 65_000, maxUnits: 60_000 };

export interface ReportOptions {
  readonly paint: Painter;
  /** Width of the terminal in columns. */
  readonly columns: number;
  /** Text: findings only. */
  readonly quiet: boolean;
  /** Text and compact: from a path relative to the repository root to one relative to where the reader stands (decision 25). */
  displayPath(path: string): string;
  /** The output goes to the log of a GitHub job, where lines can be commands (decision 32). */
  readonly inActionsLog: boolean;
  /** SARIF: results that are left out unless asked for, because GitHub would show them as open alerts. */
  readonly include: ReadonlySet<'suppressed' | 'passes'>;
  /** SARIF: `automationDetails.id`; null leaves it to the uploader, whose `category` input it would beat. */
  readonly category: string | null;
  /** Markdown: whole sections beyond it are left out, and named. */
  readonly budget: Budget;
}

export const DEFAULT_OPTIONS: ReportOptions = {
  paint: plain,
  columns: 80,
  quiet: false,
  displayPath: same,
  inActionsLog: false,
  include: new Set(),
  category: null,
  budget: UNLIMITED,
};
