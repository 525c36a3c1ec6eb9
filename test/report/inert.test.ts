import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inert, inertLines, inertProse, neutraliseCommands } from '../../src/report/inert.ts';

describe('inert', () => {
  test.each([
    ['escape sequences', 'a\u001b[31mb', 'a<U+001B>[31mb'],
    ['C1 controls', 'a\u009b31m', 'a<U+009B>31m'],
    ['bidi controls', 'if \u202e\u2066admin', 'if <U+202E><U+2066>admin'],
    ['line ends and tabs', 'a\r\n\tb', 'a<U+000D><U+000A><U+0009>b'],
    ['line and paragraph separators', 'a\u2028\u2029', 'a<U+2028><U+2029>'],
    ['what cannot be seen', 'a\u200b\ufeff\u00ad\u{e0041}', 'a<U+200B><U+FEFF><U+00AD><U+E0041>'],
    ['half of a surrogate pair', 'a\ud83d', 'a<U+D83D>'],
  ])('%s', (_, text, shown) => expect(inert(text)).toBe(shown));

  test('leaves letters of all scripts and whole emoji', () => {
    const text = 'Größe 名前 שלום नमस्ते 😀 👩‍💻 ❤️ é';
    expect(inert(text)).toBe(text);
  });
});

test('inertLines keeps line ends and tabs', () => {
  expect(inertLines('a\r\n\tb\u0007\rc')).toBe('a\n\tb<U+0007><U+000D>c');
});

test('inertProse is one line with single spaces', () => {
  expect(inertProse(' a\n\t b\u2028c\u0000 ')).toBe('a b c<U+0000>');
});

/** As the runner reads a line: ActionCommand.TryParseV2 and TryParse of actions/runner. */
function isCommand(line: string): boolean {
  const visible = line.replace(/\p{DI}/gu, '');
  return visible.trimStart().startsWith('::') || visible.includes('##[');
}

describe('neutraliseCommands', () => {
  test.each([
    ['::error::x', ': :error::x'],
    ['ok\n \t::stop-commands::x', 'ok\n \t: :stop-commands::x'],
    ['a ##[error]b', 'a ## [error]b'],
    ['\u200c::add-mask::x', '\u200c: :add-mask::x'],
    ['#\u200d#[group]', '#\u200d# [group]'],
    ['std::string a::b', 'std::string a::b'],
    ['### [title]', '### [title]'],
  ])('%j', (text, out) => expect(neutraliseCommands(text)).toBe(out));

  test('leaves no line that a runner would take for a command', () => {
    const part = fc.constantFrom(
      '::',
      ':',
      '##[',
      '#',
      '[',
      ']',
      ' ',
      '\t',
      '\n',
      '\u200d',
      '\ufe0f',
      'error',
      'x',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const lines = neutraliseCommands(parts.join('')).split('\n');
        expect(lines.filter(isCommand)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
