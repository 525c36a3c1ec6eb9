/** Our hashes against Microsoft's implementation of GitHub's, where the package `@microsoft/sarif` is installed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashLines } from '../../src/report/line-hash.ts';

type Oracle = (text: string) => ReadonlyMap<number, string>;

async function load(): Promise<Oracle | undefined> {
  const name: string = '@microsoft/sarif';
  try {
    return (await import(name)).computeRollingHashes;
  } catch {
    return undefined;
  }
}

const oracle = await load();

test.skipIf(oracle === undefined)(
  'every line of any text has the hash that @microsoft/sarif gives it',
  () => {
    const part = fc.constantFrom(
      ...['a', 'b', ' ', '\t', '\n', '\r', '\r\n', 'é', '😀', '\ufeff', '\0', 'x'.repeat(60), '\n\n\n'],
      'Lorem ipsum dolor sit amet.\n',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const expected = oracle!(text);
        const lines = Array.from({ length: expected.size }, (_, i) => i + 1);
        expect(hashLines(text, [...lines, lines.length + 1])).toEqual(new Map(expected));
      }),
      { numRuns: 500 },
    );
  },
);
