/**
 * JSON that is safe to print anywhere: the same value for every parser, but controls, bidi characters and the beginnings of workflow
 * commands stand as escapes.
 *
 *     jsonText({ a: '\u202e##[x]' })  => '{\n  "a": "\\u202e##\\u005bx]"\n}\n'
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  const escaped = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu, (char) =>
    char === '\n'
      ? char
      : [...Array(char.length).keys()].map((i) => unicodeEscape(char.charCodeAt(i))).join(''),
  );
  // `[` after `##` can only stand inside a string.
  return `${escaped.replaceAll('##[', `##${unicodeEscape(0x5b)}`)}\n`;
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
