import { describe, expect, test } from 'vitest';
import { codeSpan, escapeText, fence, link, prose } from '../../src/report/markdown-escape.ts';

const Z = '\u200b';

describe('escapeText', () => {
  test.each([
    ['plain words', 'two files, 3 lines (of 4)', 'two files, 3 lines (of 4)'],
    ['emphasis', 'a *b* **c** ~~d~~', 'a \\*b\\* \\*\\*c\\*\\* \\~\\~d\\~\\~'],
    [
      'underscores only where they could begin or end emphasis',
      'a_b _c_ __init__',
      'a_b \\_c\\_ \\_\\_init\\_\\_',
    ],
    ['code', 'a `b` ``c``', 'a \\`b\\` \\`\\`c\\`\\`'],
    ['links and images', '![x](y) [z]', '!\\[x\\](y) \\[z\\]'],
    ['cells', 'a | b', 'a \\| b'],
    ['backslashes', 'C:\\x', 'C:\\\\x'],
    ['tags and comments', '<b>x</b> <!-- y --> <?z', '&lt;b>x&lt;/b> &lt;!-- y --> &lt;?z'],
    ['comparisons are no tags', 'a < b && c > d', 'a < b && c > d'],
    ['entities', '&copy; &#64; &x y', `&amp;copy; &#${Z}64; &x y`],
    ['mentions', '@octocat @org/team a@b.c', `@${Z}octocat @${Z}org/team a@${Z}b.c`],
    ['issues', '#12 GH-7 owner/repo#3', `#${Z}12 GH-${Z}7 owner/repo#${Z}3`],
    ['commits', 'see 0123456789abcdef', `see 012345${Z}6789ab${Z}cdef`],
    ['addresses', 'https://x.y www.x.y mailto:a', `https:${Z}//x.y www${Z}.x.y mailto${Z}:a`],
    ['emoji', ':tada: a:b', `:${Z}tada: a:b`],
    ['mathematics', '$x$', `\\$${Z}x\\$${Z}`],
    ['a heading', '# x', '\\# x'],
    ['a list', '- x', '\\- x'],
    ['a numbered list', '1. x', '1\\. x'],
    ['a version is no list', '0.1.0', '0.1.0'],
    ['a quotation', '> x', '&gt; x'],
    ['an underline', '===', '\\==='],
    ['a rule', '---', '\\---'],
    ['line ends', 'a\n\n# b\r\n\tc', 'a # b c'],
    ['controls and bidi', 'a\u202e\u0007', 'a&lt;U+202E>&lt;U+0007>'],
  ])('%s', (_, text, escaped) => expect(escapeText(text)).toBe(escaped));
});

describe('codeSpan', () => {
  test.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['``a', '``` ``a ```'],
    [' a ', '`  a  `'],
    ['a\nb', '`a b`'],
    ['a|b', '`a|b`'],
    ['a\u202eb', '`a<U+202E>b`'],
    ['  ', '(nothing)'],
  ])('%j', (text, span) => expect(codeSpan(text)).toBe(span));

  test('in a cell, a pipe is escaped even within code', () => {
    expect(codeSpan('a|b', 'cell')).toBe('`a\\|b`');
    // `\\|` would be an escaped backslash and then the end of the cell.
    expect(codeSpan('a\\|b', 'cell')).toBe('`a\\ \\|b`');
  });
});

describe('fence', () => {
  test('is longer than any run of backticks inside', () => {
    expect(fence('go', 'x := `a`\n````\n')).toBe('`````go\nx := `a`\n````\n`````');
  });
  test('shows controls and keeps tabs', () => {
    expect(fence('diff', '+\ta\u001b')).toBe('```diff\n+\ta<U+001B>\n```');
  });
});

describe('link', () => {
  test('https only', () => {
    expect(link('a', 'https://x/y')).toBe('[a](https://x/y)');
    expect(link('a', 'javascript:alert(1)')).toBe('a');
    expect(link('a', null)).toBe('a');
  });
  test('cannot be left', () => {
    expect(link('a', 'https://x/(y) <z>|`')).toBe('[a](https://x/%28y%29%20%3Cz%3E%7C%60)');
  });
});

describe('prose', () => {
  test('sets quoted values and marked code as code', () => {
    expect(
      prose("Ask `{f}.Asset(&a)` about '{v}' in {n} places, *all*.", { f: 't.F', v: 'a*`b', n: '3' }),
    ).toBe('Ask `t.F.Asset(&a)` about ``a*`b`` in 3 places, \\*all\\*.');
  });
  test('escapes what arises only where a value meets the text', () => {
    expect(prose('see #{n} and @{who}', { n: '12', who: 'me' })).toBe(`see #${Z}12 and @${Z}me`);
    expect(prose('[{a}]{b}', { a: 'x', b: '(https://y)' })).toBe(`\\[x\\](https:${Z}//y)`);
  });
  test('a value cannot pretend to be finished code', () => {
    expect(prose("'{a}' {b}", { a: 'x', b: '\ue000' })).toBe('`x` \ufffd');
  });
});
