/**
 * Just enough of Go's lexical grammar to find one's way in text that does not parse.
 *
 *     skipToken('"a)" + b', 0)     // 4: strings, runes, comments and names are one step
 *     skipSpace('  // a\n b', 0)    // 8
 */

/** The offset after the token, comment or single character at `at`. What has no end is one character. */
export function skipToken(text: string, at: number): number {
  const char = text.charCodeAt(at);
  if (isWord(char)) {
    let end = at + 1;
    while (end < text.length && isWord(text.charCodeAt(end))) end++;
    return end;
  }
  const two = text.slice(at, at + 2);
  if (two === '//') return after(text.indexOf('\n', at), 0) ?? text.length;
  if (two === '/*') return after(text.indexOf('*/', at + 2), 2) ?? at + 2;
  if (two[0] === '`') return after(text.indexOf('`', at + 1), 1) ?? at + 1;
  if (two[0] === '"' || two[0] === "'") return quotedEnd(text, at, char);
  return at + 1;
}

/** The offset of the first character from `at` on that is neither white space nor part of a comment. */
export function skipSpace(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const char = text[end]!;
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') end++;
    else if (char === '/' && (text[end + 1] === '/' || text[end + 1] === '*')) end = skipToken(text, end);
    else break;
  }
  return end;
}

/** A string or rune ends at its quote, or where the line ends. */
function quotedEnd(text: string, at: number, quote: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const char = text.charCodeAt(end);
    if (char === 92) end++;
    else if (char === quote) return end + 1;
    else if (char === 10) return end;
  }
  return text.length;
}

function after(found: number, length: number): number | undefined {
  return found < 0 ? undefined : found + length;
}

/** Letters, digits and whatever is not ASCII. */
function isWord(char: number): boolean {
  return (
    (char >= 97 && char <= 122) ||
    (char >= 65 && char <= 90) ||
    char === 95 ||
    (char >= 48 && char <= 57) ||
    char > 127
  );
}
