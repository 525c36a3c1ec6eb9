/**
 * The values of literals (language specification, "Integer literals" to "String literals").
 *
 *     0x_FF => 255n;   'é' => 233n;   "a\tb", `a\tb` => their text;   1e3 => 1000
 *
 * Imaginary literals have no value here: nothing asks for one.
 */
import type { BasicLit } from '../syntax/ast.ts';
import type { ConstantValue } from './constants.ts';

export function literalValue(e: BasicLit): ConstantValue | undefined {
  switch (e.literal) {
    case 'int':
      return integerValue(e.text);
    case 'float':
      return floatValue(e.text);
    case 'rune': {
      const text = unquote(e.text);
      const code = text?.codePointAt(0);
      return code === undefined ? undefined : { kind: 'int', value: BigInt(runeOf(e.text, code)) };
    }
    case 'string': {
      const value = unquote(e.text);
      return value === undefined ? undefined : { kind: 'string', value };
    }
    case 'imaginary':
      return undefined;
  }
}

/** Escapes of one byte above 0x7f stand for that number, also where the text around them would not be UTF-8. */
function runeOf(text: string, code: number): number {
  const octal = /^'\\([0-7]{3})'$/.exec(text);
  if (octal !== null) return Number.parseInt(octal[1]!, 8);
  const hex = /^'\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))'$/.exec(text);
  return hex === null ? code : Number.parseInt((hex[1] ?? hex[2] ?? hex[3])!, 16);
}

function integerValue(text: string): ConstantValue | undefined {
  let digits = text.replaceAll('_', '');
  // 0755 is octal too.
  if (/^0[0-7]+$/.test(digits)) digits = `0o${digits.slice(1)}`;
  if (!/^(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|\d+)$/.test(digits)) return undefined;
  return { kind: 'int', value: BigInt(digits) };
}

function floatValue(text: string): ConstantValue | undefined {
  const digits = text.replaceAll('_', '');
  if (!/^0[xX]/.test(digits)) {
    const value = Number(digits);
    return Number.isNaN(value) ? undefined : { kind: 'float', value };
  }
  const match = /^0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/.exec(digits);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const mantissa = Number.parseInt(whole + fraction || '0', 16);
  return { kind: 'float', value: mantissa * 2 ** (Number(exponent) - 4 * fraction.length) };
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

const ESCAPE = /\\(?:([abfnrtv\\'"])|([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g;

/** The text of a string or rune literal; undefined where it is not closed. */
export function unquote(literal: string): string | undefined {
  const quote = literal[0];
  if (literal.length < 2 || literal.at(-1) !== quote) return undefined;
  const inner = literal.slice(1, -1);
  // Carriage returns are not part of a raw string's value.
  if (quote === '`') return inner.replaceAll('\r', '');
  if (!inner.includes('\\')) return inner;
  // Bytes written as \377 or \xff may be parts of one UTF-8 character: they are decoded together.
  const bytes: number[] = [];
  let text = '';
  const flush = (): void => {
    if (bytes.length > 0) text += new TextDecoder().decode(Uint8Array.from(bytes));
    bytes.length = 0;
  };
  let last = 0;
  for (const match of inner.matchAll(ESCAPE)) {
    const [whole, simple, octal, hex, short, long] = match;
    const between = inner.slice(last, match.index);
    if (between !== '') {
      flush();
      text += between;
    }
    last = match.index + whole.length;
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else {
      flush();
      const code = short ?? long;
      const point = code === undefined ? 0 : Number.parseInt(code, 16);
      text +=
        simple === undefined ? String.fromCodePoint(point > 0x10ffff ? 0xfffd : point) : SIMPLE[simple]!;
    }
  }
  flush();
  return text + inner.slice(last);
}
