/**
 * One string per name, however often it is written: saves memory, and makes comparing names comparing pointers.
 *
 *     names.intern('err := err', 7, 10)   // the same 'err' as everywhere
 *
 * A name is looked up by its characters, without cutting it out of the text first; so nothing keeps the text of a file alive.
 */
export interface Names {
  /** The characters `start` (inclusive) to `end` (exclusive) of `text`. */
  intern(text: string, start: number, end: number): string;
}

export function createNames(): Names {
  let mask = (1 << 12) - 1;
  let slots = new Array<string | undefined>(mask + 1).fill(undefined);
  let used = 0;

  const hashOf = (text: string, start: number, end: number) => {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return hash ^ (hash >>> 15);
  };
  const grow = () => {
    const old = slots;
    mask = mask * 2 + 1;
    slots = new Array<string | undefined>(mask + 1).fill(undefined);
    for (const name of old) {
      if (name === undefined) continue;
      let slot = hashOf(name, 0, name.length) & mask;
      while (slots[slot] !== undefined) slot = (slot + 1) & mask;
      slots[slot] = name;
    }
  };

  return {
    intern(text, start, end) {
      const length = end - start;
      let slot = hashOf(text, start, end) & mask;
      for (let name = slots[slot]; name !== undefined; name = slots[slot]) {
        if (name.length === length) {
          let i = 0;
          while (i < length && name.charCodeAt(i) === text.charCodeAt(start + i)) i++;
          if (i === length) return name;
        }
        slot = (slot + 1) & mask;
      }
      const name = ownString(text.slice(start, end));
      slots[slot] = name;
      if (++used * 2 > mask) grow();
      return name;
    },
  };
}

/** A copy: engines keep a slice as a view into the whole text. */
function ownString(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice, 'utf16le').toString('utf16le');
}
