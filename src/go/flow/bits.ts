/**
 * Sets of small numbers, one per block, in one array of 32-bit words: what data-flow analyses compute with.
 */
export interface BitRows {
  readonly words: Uint32Array;
  /** Words per row. */
  readonly width: number;
}

export function bitRows(rows: number, bits: number): BitRows {
  const width = (bits + 31) >>> 5;
  return { words: new Uint32Array(rows * width), width };
}

export function setBit({ words, width }: BitRows, row: number, bit: number): void {
  words[row * width + (bit >>> 5)]! |= 1 << (bit & 31);
}

export function clearBit({ words, width }: BitRows, row: number, bit: number): void {
  words[row * width + (bit >>> 5)]! &= ~(1 << (bit & 31));
}

export function hasBit({ words, width }: BitRows, row: number, bit: number): boolean {
  return ((words[row * width + (bit >>> 5)]! >>> (bit & 31)) & 1) === 1;
}

/** Calls `visit` for the numbers from `from` to `to - 1` in a row, ascending. */
export function eachBitIn(
  rows: BitRows,
  row: number,
  from: number,
  to: number,
  visit: (bit: number) => void,
): void {
  for (let bit = from; bit < to; ) {
    const word = rows.words[row * rows.width + (bit >>> 5)]! >>> (bit & 31);
    if (word === 0) {
      bit = ((bit >>> 5) + 1) * 32;
      continue;
    }
    bit += 31 - Math.clz32(word & -word);
    if (bit >= to) return;
    visit(bit);
    bit++;
  }
}

/** Removes the numbers from `from` to `to - 1`. */
export function clearRange(rows: BitRows, row: number, from: number, to: number): void {
  for (let bit = from; bit < to; ) {
    const until = Math.min(to, ((bit >>> 5) + 1) * 32);
    const count = until - bit;
    const mask = count === 32 ? 0xffffffff : ((1 << count) - 1) << (bit & 31);
    rows.words[row * rows.width + (bit >>> 5)]! &= ~mask;
    bit = until;
  }
}
