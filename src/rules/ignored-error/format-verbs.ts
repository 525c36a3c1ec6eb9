/**
 * Which verb of a format prints which argument, as package fmt reads it (pkg.go.dev/fmt, "Printing").
 *
 *     formatVerbs('%*s: %v')     => s prints argument 1, v prints argument 2; the star took argument 0
 *     formatVerbs('%[2]d %w')    => d prints argument 1, w argument 2
 *
 * `%%` prints no argument; a verb with a wrong index, or without a letter, prints none either.
 */

export interface Verb {
  readonly letter: string;
  /** Which argument, from 0. */
  readonly argument: number;
  /** As written: `%-20s`. */
  readonly text: string;
  /** Where the letter stands in the format. */
  readonly at: number;
  /** Nothing between `%` and the letter but an index or a plus: another letter would mean the same argument. */
  readonly plain: boolean;
}

export function formatVerbs(format: string): readonly Verb[] {
  const verbs: Verb[] = [];
  let argument = 0;
  for (let i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i)) {
    const start = i++;
    let valid = true;
    let indexed = false;
    let plain = true;
    /** `[n]`: sets the argument for the star or the verb that follows. */
    const index = (): void => {
      if (format[i] !== '[') return;
      const close = format.indexOf(']', i);
      const digits = close < 0 ? '' : format.slice(i + 1, close);
      i = close < 0 ? i + 1 : close + 1;
      indexed = true;
      if (/^\d+$/.test(digits) && Number(digits) > 0) argument = Number(digits) - 1;
      else valid = false;
    };
    /** A width or a precision: a number, or a star that takes an argument. */
    const number = (): boolean => {
      index();
      if (format[i] === '*') {
        i++;
        argument++;
        indexed = false;
        return true;
      }
      const from = i;
      while (/\d/.test(format[i] ?? '')) i++;
      // `%[3]4d`: an index must stand right before its star or verb.
      if (i > from && indexed) valid = false;
      return i > from;
    };
    while ('#0+- '.includes(format[i] ?? '!')) if (format[i++] !== '+') plain = false;
    if (number()) plain = false;
    if (format[i] === '.') {
      i++;
      if (indexed) valid = false;
      plain = false;
      number();
    }
    if (!indexed) index();
    const letter = String.fromCodePoint(format.codePointAt(i) ?? 0);
    if (i >= format.length) break;
    const at = i;
    i += letter.length;
    if (letter === '%') continue;
    if (valid) verbs.push({ letter, argument, text: format.slice(start, i), at, plain });
    argument++;
  }
  return verbs;
}

/**
 * Where a character of a string literal's value stands in the literal as written, quotes included; undefined where it is written as an
 * escape.
 *
 *     sourceOffset('"a\\t%v"', 3)    => 5: the v, behind a quote, an a, two characters of escape and a percent sign
 */
export function sourceOffset(literal: string, index: number): number | undefined {
  if (literal.startsWith('`')) return literal.includes('\r') ? undefined : index + 1;
  let value = 0;
  for (let i = 1; i < literal.length - 1; ) {
    const escaped = /^\\(?:x[\da-fA-F]{2}|[0-7]{3}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)/.exec(
      literal.slice(i, i + 10),
    )?.[0];
    if (value === index) return escaped === undefined ? i : undefined;
    // Several bytes in escapes may be one character: nobody writes a format so, and it is not worth getting wrong.
    if (escaped !== undefined && /^\\(?:x[89a-fA-F]|[23]|U)/.test(escaped)) return undefined;
    value++;
    i += escaped?.length ?? 1;
  }
  return undefined;
}
