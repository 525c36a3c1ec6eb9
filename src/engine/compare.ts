/**
 * Which findings are new: one-to-one matching with an earlier state, a baseline file or another revision (decision 23).
 *
 *     before: P0-602 in a.go (fingerprint f)        after: P0-602 in a.go and in b.go (fingerprint f, copied code)
 *     => the one in a.go is known, the one in b.go is new
 *
 * Same (or renamed) path first; another path only if the old file is gone, so a copied fault is new and moved code is not. Counts are
 * never compared: a mended fault and a new one do not cancel out. A finding with a magnitude (a file's length) is new when it has grown.
 */

export interface KnownFinding {
  readonly fingerprint: string;
  readonly file: string;
  readonly magnitude?: number;
}

export interface Comparison<K extends KnownFinding> {
  /** For each current finding, in order: is it new? */
  readonly isNew: readonly boolean[];
  /** For each current finding, in order: the earlier one that it is. */
  readonly was: readonly (K | undefined)[];
  /** Earlier findings that have no counterpart any more. */
  readonly gone: readonly K[];
}

/** `renamedFrom`: current path -> earlier path. `exists`: is this path part of the current state? */
export function compareFindings<K extends KnownFinding>(
  before: readonly K[],
  after: readonly KnownFinding[],
  exists: (file: string) => boolean,
  renamedFrom: ReadonlyMap<string, string> = new Map(),
): Comparison<K> {
  const byFingerprint = new Map<string, Set<K>>();
  for (const known of before) {
    const set = byFingerprint.get(known.fingerprint);
    if (set === undefined) byFingerprint.set(known.fingerprint, new Set([known]));
    else set.add(known);
  }
  const isNew = after.map(() => true);
  const was: (K | undefined)[] = after.map(() => undefined);
  const take = (index: number, fits: (known: K) => boolean): void => {
    const finding = after[index]!;
    const candidates = byFingerprint.get(finding.fingerprint);
    if (candidates === undefined || was[index] !== undefined) return;
    for (const known of candidates) {
      if (!fits(known)) continue;
      candidates.delete(known);
      was[index] = known;
      isNew[index] = hasGrown(known, finding);
      return;
    }
  };
  // A renamed file takes its findings along, even if another one now has its old name.
  const cameFrom = (index: number) => renamedFrom.get(after[index]!.file);
  for (const index of after.keys())
    if (cameFrom(index) !== undefined) take(index, (known) => known.file === cameFrom(index));
  for (const index of after.keys())
    if (cameFrom(index) === undefined) take(index, (known) => known.file === after[index]!.file);
  for (const index of after.keys()) take(index, (known) => !exists(known.file));
  return { isNew, was, gone: [...byFingerprint.values()].flatMap((set) => [...set]) };
}

function hasGrown(before: KnownFinding, after: KnownFinding): boolean {
  return (
    before.magnitude !== undefined && after.magnitude !== undefined && after.magnitude > before.magnitude
  );
}
