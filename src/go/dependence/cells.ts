/**
 * Memory of one path: what its cells hold.
 *
 * Paths fork often and differ little, so a copy shares what it has not changed; and a hash is kept, so that states are compared without
 * being written out.
 */
import type { Cell, Value } from './values.ts';

/** So many changes may stand above the shared part before a copy makes them its own shared part. */
const MAX_CHANGES = 24;

export class Cells {
  private shared: ReadonlyMap<Cell, Value>;
  /** Undefined: taken out. */
  private readonly changes: Map<Cell, Value | undefined>;
  private a: number;
  private b: number;

  constructor(from?: Cells) {
    if (from !== undefined && from.changes.size > MAX_CHANGES) from.settle();
    this.shared = from?.shared ?? new Map();
    this.changes = new Map(from?.changes);
    this.a = from?.a ?? 0;
    this.b = from?.b ?? 0;
  }

  get(cell: Cell): Value | undefined {
    const changed = this.changes.get(cell);
    return changed !== undefined || this.changes.has(cell) ? changed : this.shared.get(cell);
  }

  has(cell: Cell): boolean {
    return this.get(cell) !== undefined;
  }

  set(cell: Cell, value: Value): void {
    const before = this.get(cell);
    if (before === value) return;
    if (before !== undefined) this.toggle(cell, before);
    this.toggle(cell, value);
    this.changes.set(cell, value);
  }

  delete(cell: Cell): void {
    const before = this.get(cell);
    if (before === undefined) return;
    this.toggle(cell, before);
    this.changes.set(cell, undefined);
  }

  /** Equal memories have equal digests; that others have is as good as impossible (64 bits). */
  digest(): string {
    return `${this.a}.${this.b}`;
  }

  *[Symbol.iterator](): IterableIterator<readonly [Cell, Value]> {
    for (const [cell, value] of this.shared) if (!this.changes.has(cell)) yield [cell, value];
    for (const [cell, value] of this.changes) if (value !== undefined) yield [cell, value];
  }

  private settle(): void {
    this.shared = new Map(this);
    this.changes.clear();
  }

  /** Adds a pair to the digest, or takes it out: the order does not matter. */
  private toggle(cell: Cell, value: Value): void {
    this.a ^= mixed(cell.id, value.id, 0x9e3779b1);
    this.b ^= mixed(cell.id, value.id, 0x85ebca77);
  }
}

/** A well spread number for a pair (the finaliser of MurmurHash3). */
function mixed(x: number, y: number, seed: number): number {
  let h = Math.imul(x + 1, seed) ^ Math.imul(y + 1, 0xc2b2ae3d);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
