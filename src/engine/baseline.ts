/**
 * The baseline file: the findings that stood when it was written, so that only what comes later blocks (decision 31).
 *
 *     { "version": 1, "findings": [ { "code": "P0-602", "file": "pkg/wiz/wiz.go", "fingerprint": "…" } ] }
 *
 * Entries are findings and not counts, so a mended fault and a new one never cancel out. The file is sorted and stable, so that its own
 * changes read well in a review.
 */
import type { ReportedFinding } from '../model/report.ts';
import { UserError } from '../model/user-error.ts';

export interface BaselineEntry {
  readonly code: string;
  readonly file: string;
  readonly symbol?: string;
  readonly fingerprint: string;
  readonly magnitude?: number;
}

const VERSION = 1;

export const BASELINE_NAME = 'p0lint-baseline.json';

/** What is to be remembered: everything that is not suppressed in the source. */
export function baselineOf(findings: readonly ReportedFinding[]): readonly BaselineEntry[] {
  return findings
    .filter((finding) => finding.suppressed === null)
    .map(({ code, at, symbol, fingerprint, magnitude }) => ({
      code,
      file: at.file,
      ...(symbol === null ? {} : { symbol }),
      fingerprint,
      ...(magnitude === undefined ? {} : { magnitude }),
    }));
}

export function serialiseBaseline(entries: readonly BaselineEntry[]): string {
  return `${JSON.stringify({ version: VERSION, findings: entries }, null, 2)}\n`;
}

/** Throws UserError where the text is no baseline. */
export function parseBaseline(name: string, text: string): readonly BaselineEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      `${name} is no JSON: ${(cause as Error).message}`,
      'Write it anew with `p0lint baseline`.',
      { cause },
    );
  }
  const { version, findings } = (value ?? {}) as { version?: unknown; findings?: unknown };
  if (version !== VERSION || !Array.isArray(findings) || !findings.every(isEntry))
    throw new UserError(
      `${name} is no baseline of version ${VERSION}`,
      'Write it anew with `p0lint baseline`.',
    );
  return findings;
}

function isEntry(value: unknown): value is BaselineEntry {
  const { code, file, fingerprint, magnitude } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof code === 'string' &&
    typeof file === 'string' &&
    typeof fingerprint === 'string' &&
    (magnitude === undefined || typeof magnitude === 'number')
  );
}
