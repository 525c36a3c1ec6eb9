/**
 * Text of the checked code is harmless in every format, whatever it is. The review is rendered by GitHub's own Markdown where cmark-gfm is
 * installed (Debian: `apt-get install cmark-gfm`), else that part is skipped.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type FormatName, formatNames, reporters } from '../../src/report/index.ts';
import { renderReview } from '../../src/report/markdown.ts';
import { DEFAULT_OPTIONS } from '../../src/report/options.ts';
import { hostileReport } from './sample.ts';

const HOSTILE: readonly string[] = [
  ...['`', '``', '```', '`a', 'a`', '````go\n```', '~~~', '```suggestion\nrm\n```', '```mermaid\ngraph\n```'],
  ...['|', 'a|b', '\\|', '\\', 'a\\', '\\\\|', '||||', 'a|`|`|b', '| --- |', '\n| a |\n| - |\n| b |'],
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '</code></pre><b>',
    '<!--',
    '-->',
    '<![CDATA[',
  ],
  ...[
    '<details><summary>x</summary>',
    '</details>',
    '<a href="javascript:x">y</a>',
    '&lt;b&gt;',
    '&#60;b&#62;',
    '<x@y.z>',
  ],
  ...['@octocat', '@org/team', 'x@y.example', '`@octocat', '@octocat`', '\\@octocat', '&#64;octocat'],
  ...[
    '#12',
    'org/repo#12',
    'GH-12',
    'org/repo@0123456789abcdef',
    '0123456',
    '0123456789abcdef0123456789abcdef01234567',
  ],
  ...[
    'https://evil.example',
    'http://evil.example',
    'www.evil.example',
    'mailto:a@b.example',
    '<https://evil.example>',
  ],
  ...[
    '[a](https://evil.example)',
    '](https://evil.example)',
    '![a](https://evil.example/p.png)',
    '[a]: https://evil.example',
  ],
  ...['[a][b]', '[^1]', '[x] y', '- [ ] task', '[[wiki]]', '](1)', '[a](1)', 'h[0](x)'],
  ...[
    '*a*',
    '**a**',
    '_a_',
    '__a__',
    '~~a~~',
    '***',
    '___',
    '---',
    '===',
    '# a',
    '## a',
    '- a',
    '+ a',
    '1. a',
    '> a',
    '    a',
    '\ta',
  ],
  ...[
    '$x$',
    '$`x`$',
    '$$x$$',
    ':tada:',
    ':+1:',
    '\n\n# heading',
    '\n\n<b>\n\n',
    '\r\n# x',
    'a  \nb',
    'a\\\nb',
  ],
  ...[
    '\u202eabc',
    '\u2066abc\u2069',
    '\u200b',
    '\ufeff',
    '\u0000',
    '\u001b[31m',
    '\u009b31m',
    '\u0085',
    '\u2028',
    '\ud800',
    '\u{e0041}',
  ],
  ...[
    '::error::x',
    '::set-output name=a::b',
    '##[error]x',
    ' ::stop-commands::x',
    '\n::add-mask::x',
    '%0A::error::x',
    '##\u200d[x]',
  ],
  ...['{0}', '{value}', '{{0}}', '%s', '$&', '$1', '\ue000', '\uf8ff', 'constructor', '__proto__', '', ' '],
  ...[
    '名前',
    '😀',
    '👩‍💻',
    'e\u0301',
    'שלום',
    'x'.repeat(5_000),
    '- a: b',
    '*alias',
    '!!tag',
    '---\na: b',
    '"',
    "'",
  ],
];

const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .array(fc.constantFrom(...HOSTILE, 'a', ' ', '\n', '1'), { minLength: 2, maxLength: 5 })
    .map((p) => p.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

function render(format: FormatName, evil: string): string {
  const options = {
    ...DEFAULT_OPTIONS,
    inActionsLog: true,
    include: new Set(['suppressed', 'passes'] as const),
  };
  return reporters[format](hostileReport(evil), options);
}

function check(property: (evil: string) => void, numRuns = 100): void {
  for (const evil of HOSTILE) property(evil);
  fc.assert(
    fc.property(text, (evil) => {
      property(evil);
    }),
    { numRuns },
  );
}

/** Controls, bidi, lone surrogates, separators, tags: what a terminal or an editor acts on or hides. */
const ACTIVE =
  /(?![\n\t\u200c\u200d])[\p{Cc}\p{Bidi_Control}\p{Cs}\p{Zl}\p{Zp}]|[\u{e0000}-\u{e007f}\ufeff]/u;

describe.each(formatNames.map((format) => [format] as const))('%s', (format) => {
  test('holds nothing that a terminal acts on', () => {
    check((evil) => expect(render(format, evil)).not.toMatch(ACTIVE));
  });

  if (format !== 'github')
    test('holds nothing that a runner takes for a command', () => {
      check((evil) => {
        const lines = render(format, evil)
          .replace(/\p{DI}/gu, '')
          .split('\n');
        expect(lines.filter((l) => l.includes('##[') || l.trimStart().startsWith('::'))).toEqual([]);
      });
    });
});

test('github: as many commands as there are things to say, whatever they hold', () => {
  check((evil) => {
    const lines = render('github', evil).trimEnd().split('\n');
    expect(lines.map((l) => /^::(error|warning|notice) /.exec(l)?.[1] ?? '')).toEqual([
      ...Array(4).fill('error'),
      '',
    ]);
  });
});

test('compact: a line each', () => {
  check((evil) => expect(render('compact', evil).split('\n')).toHaveLength(5));
});

test('json and sarif parse to the text that was there', () => {
  check((evil) => {
    // Lone surrogates cannot be in text that was read as UTF-8, yet they must do no harm.
    expect(
      JSON.parse(render('json', evil)).findings.some((f: { message: string }) => f.message === evil),
    ).toBe(true);
    const { results } = JSON.parse(render('sarif', evil)).runs[0];
    for (const { message } of results) expect(message.text).not.toMatch(/\]\((?!\d+\))/);
  });
});

test('manifest: one document of the known form', () => {
  check((evil) => {
    const documents = parseAllDocuments(render('manifest', evil));
    expect(documents.flatMap((d) => d.errors)).toEqual([]);
    expect(documents.map((d) => Object.keys(d.toJS()))).toEqual([['compliance']]);
    expect(documents[0]?.toJS().compliance.p0_checks).toHaveLength(7);
  });
});

const EXTENSIONS = ['table', 'autolink', 'strikethrough', 'tasklist', 'tagfilter'];
const hasCmark = spawnSync('cmark-gfm', ['--version']).status === 0;

function toHtml(markdown: string): string {
  const flags = EXTENSIONS.flatMap((e) => ['-e', e]);
  // As GitHub does: raw HTML stays and is sanitised later, so that none of it may come from the checked code.
  return execFileSync('cmark-gfm', ['--unsafe', ...flags], { input: markdown, encoding: 'utf8' });
}

interface Html {
  readonly tags: Readonly<Record<string, number>>;
  readonly hrefs: readonly string[];
  /** Outside code and links: what GitHub looks for mentions and references in. */
  readonly prose: string;
}

function read(html: string): Html {
  const tags: Record<string, number> = {};
  const hrefs: string[] = [];
  const prose: string[] = [];
  let quiet = 0;
  for (const [part] of html.matchAll(/<[^>]*>|[^<]+/g)) {
    const tag = /^<(\/?)([a-z0-9]+)/.exec(part);
    if (tag === null) {
      if (part.startsWith('<')) tags.other = (tags.other ?? 0) + 1;
      else if (quiet === 0)
        prose.push(part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
      continue;
    }
    const [, close, name = ''] = tag;
    if (close === '') {
      tags[name] = (tags[name] ?? 0) + 1;
      const href = /href="([^"]*)"/.exec(part)?.[1];
      if (href !== undefined) hrefs.push(href);
    }
    if (['code', 'pre', 'a'].includes(name)) quiet += close === '' ? 1 : -1;
  }
  return { tags, hrefs, prose: prose.join('\u0001') };
}

describe.skipIf(!hasCmark)('the review, rendered as GitHub does', () => {
  const harmless = read(toHtml(renderReview(hostileReport('harmless'))));

  test('has the same structure whatever the code holds', () => {
    check((evil) => {
      const { tags, hrefs, prose } = read(toHtml(renderReview(hostileReport(evil))));
      // Line breaks and the carets' lines depend on how many lines the text has; everything else may not change.
      const { br: _, ...structure } = tags;
      const { br: __, ...expected } = harmless.tags;
      // Where there is nothing to set as code, the review says so in words.
      if (evil.trim() !== '') expect(structure, evil).toEqual(expected);
      for (const href of hrefs) expect(href).toMatch(/^https:\/\/github\.com\/acme\/(platform|p0lint)(\/|$)/);
      expect(prose).not.toMatch(/@\w/);
      expect(prose).not.toMatch(/#\d|\bGH-\d/i);
      expect(prose).not.toMatch(/(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i);
      expect(prose).not.toMatch(/:[\w+-]+:/);
      expect(prose).not.toMatch(/https?:\/\/|www\.\w/);
    }, 60);
  });

  test('the reader of the test sees what would be wrong', () => {
    expect(read(toHtml('@me **x** <b>y</b> https://evil.example')).tags).toEqual({
      p: 1,
      strong: 1,
      b: 1,
      a: 1,
    });
    expect(read(toHtml('@me `@you`')).prose).toMatch(/@me/);
    expect(read(toHtml('@me `@you`')).prose).not.toMatch(/@you/);
  });
});
