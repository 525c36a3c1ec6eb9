/**
 * How many columns of a terminal a text takes: 2 for East Asian wide characters and emoji, 0 for combining marks.
 *
 *     displayWidth('wiz')  => 3      displayWidth('名前') => 4      displayWidth('é') (e + U+0301) => 1
 *
 * Terminals differ on rare clusters; this is the common ground (Unicode Annex 11, wide and fullwidth), enough to put a caret under the
 * right character. It expects text that went through `inert`: tabs and controls have no width of their own.
 */

/** Wide and fullwidth ranges of EastAsianWidth.txt, blocks joined; emoji come from their own property. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1b000, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each. */
export function clusters(text: string): string[] {
  return /^[\x20-\x7e]*$/.test(text) ? [...text] : [...graphemes.segment(text)].map((s) => s.segment);
}

export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return clusters(text).reduce((sum, cluster) => sum + clusterWidth(cluster), 0);
}

/** A cluster is as wide as its widest part; U+FE0F asks for the emoji form, which is wide. */
export function clusterWidth(cluster: string): 0 | 1 | 2 {
  if (/\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u.test(cluster)) return 2;
  let width: 0 | 1 = 0;
  for (const char of cluster) {
    const code = char.codePointAt(0)!;
    if (code >= 0x1100 && WIDE.some(([from, to]) => code >= from && code <= to)) return 2;
    if (!/[\p{Mn}\p{Me}\p{Cf}]/u.test(char)) width = 1;
  }
  return width;
}

/** The text in so many columns: filled with spaces on the right, or cut with an ellipsis in its middle. */
export function toWidth(text: string, width: number): string {
  const excess = displayWidth(text) - width;
  if (excess <= 0) return text + ' '.repeat(-excess);
  const parts = clusters(text);
  const keep = Math.max(0, width - 1);
  const head = takeColumns(parts, Math.ceil(keep / 2));
  const tail = takeColumns(parts.toReversed(), keep - displayWidth(head.join(''))).reverse();
  const cut = `${head.join('')}…${tail.join('')}`;
  return cut + ' '.repeat(Math.max(0, width - displayWidth(cut)));
}

function takeColumns(parts: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let width = 0;
  for (const part of parts) {
    width += clusterWidth(part);
    if (width > columns) break;
    taken.push(part);
  }
  return taken;
}

/** Break prose at spaces into lines of at most `width` columns; a longer word stands on a line of its own, uncut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '') line = word;
    else if (displayWidth(line) + 1 + displayWidth(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
