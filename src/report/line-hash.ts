/**
 * `primaryLocationLineHash` as GitHub computes it, so that an alert is recognised again after lines have moved.
 *
 *     hashLines('a\nb\n', [1])  => Map { 1 => '<16 hex digits>:1' }
 *
 * Of each line GitHub takes a window of 100 characters from its start, over line ends, without spaces and tabs, as a polynomial in 37
 * modulo 2^64, and adds how often that window has been seen so far in the file (github/codeql-action, `src/fingerprints.ts`, a rolling
 * hash; the results are the same, only computed for the wanted lines alone). The text is the file's as UTF-8, a byte order mark included.
 *
 * Uploading by codeql-action would compute it as well; the plain API does not, and an own value that differs is warned about.
 */
const WINDOW = 100;
const FACTOR = 37n;
/** GitHub ends the text with this; after a last newline it is a line of its own. */
const END = '\uffff';

/**
 * The hashes of the wanted lines (from 1). Lines beyond the end get none. Ordinals follow from equal windows rather than equal hashes,
 * which differs only where two windows collide modulo 2^64.
 */
export function hashLines(text: string, wanted: readonly number[]): ReadonlyMap<number, string> {
  const kept = text.replace(/\r\n?/g, '\n').replace(/[ \t]/g, '') + END;
  const remaining = new Set(wanted);
  const hashes = new Map<number, string>();
  const seen = new Map<string, number>();
  for (let start = 0, line = 1; remaining.size > 0; line++) {
    const window = kept.slice(start, start + WINDOW);
    const ordinal = (seen.get(window) ?? 0) + 1;
    seen.set(window, ordinal);
    if (remaining.delete(line)) hashes.set(line, `${hashOf(window).toString(16)}:${ordinal}`);
    const newline = kept.indexOf('\n', start);
    if (newline === -1) break;
    start = newline + 1;
  }
  return hashes;
}

function hashOf(window: string): bigint {
  let hash = 0n;
  for (let i = 0; i < WINDOW; i++) {
    // A short window at the end of the file is filled with zeros.
    const unit = i < window.length ? window.charCodeAt(i) : 0;
    hash = BigInt.asUintN(64, hash * FACTOR + BigInt(unit));
  }
  return hash;
}
