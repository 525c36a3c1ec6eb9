/**
 * Fingerprints: which finding is which, across moved lines and edits elsewhere (decision 23).
 *
 *     code + enclosing declaration + statement with white space folded + ordinal among equals in the file
 *
 * No path and no line number, so moved or re-indented code keeps its fingerprint. Matching old and new is `baseline`'s business, which
 * also looks at paths: one fingerprint may stand for findings in several files.
 */
import { createHash } from 'node:crypto';

export interface FingerprintParts {
  readonly code: string;
  readonly file: string;
  readonly symbol: string | null;
  readonly statement: string;
  /** Of findings about a whole file: the line that they point at says nothing about them. */
  readonly magnitude?: number;
}

/** Gives each of the findings, in the order given (source order within a file), its fingerprint: 24 hexadecimal digits. */
export function fingerprints(findings: readonly FingerprintParts[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, file, symbol, statement, magnitude }) => {
    const parts = magnitude === undefined ? [code, symbol ?? '', statement].join('\0') : code;
    const key = `${file}\0${parts}`;
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    return createHash('sha256').update(`${parts}\0${ordinal}`).digest('hex').slice(0, 24);
  });
}
