/**
 * Put foreign text into Markdown so that it stays text: in a pull request, a job summary, a terminal, an editor.
 *
 *     escapeText('a_b <img> @octocat #12')  => 'a_b &lt;img> @\u200boctocat #\u200b12'
 *     codeSpan('a`b')                       => '``a`b``'
 *     fence('go', 'x := "```"')             => '````go\nx := "```"\n````'
 *
 * Three things threaten: Markdown's own syntax, HTML, and what GitHub makes of plain words afterwards (mentions, references to issues and
 * commits, links, emoji, mathematics). The last looks at the rendered text, so that escaping by backslash or entity does not help: a
 * zero-width space does. Code belongs in code spans, where nothing of that happens. Written for GitHub Flavored Markdown.
 *
 * As little is escaped as will do: the review is read in terminals too.
 */
import { inert, inertLines, inertProse } from './inert.ts';

/** Breaks a word for GitHub without anybody seeing it. */
const BREAK = '\u200b';

/** Prose on one line; it may stand in a paragraph, a heading, a list item or a cell. */
export function escapeText(text: string): string {
  return (
    inertProse(text)
      // First what becomes something by itself; none of these characters is escaped below.
      .replace(/@/g, `@${BREAK}`)
      .replace(/#(?=\d)/g, `#${BREAK}`)
      .replace(/(GH)-(?=\d)/gi, `$1-${BREAK}`)
      .replace(/(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/gi, (hex) => hex.replace(/.{6}(?=.)/g, `$&${BREAK}`))
      .replace(/:(?=\/\/)/g, `:${BREAK}`)
      .replace(/(www)\.(?=\S)/gi, `$1${BREAK}.`)
      .replace(/(mailto|xmpp):(?=\S)/gi, `$1${BREAK}:`)
      .replace(/:(?=[\w+-]+:)/g, `:${BREAK}`)
      .replace(/[\\`*[\]|~$]/g, '\\$&')
      // Within a word an underscore is one.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replace(/\\\$/g, `\\$${BREAK}`)
      // Only what would be an entity or a tag: `&asset` and `a < b` are neither.
      .replace(/&(?=#?\w+;)/g, '&amp;')
      .replace(/<(?=[a-z/!?])/gi, '&lt;')
      // At the start of a line these would quote, open a heading or a list, or underline what is above.
      .replace(/^>/, '&gt;')
      .replace(/^(?:[#+-](?=[\s#-]|$)|=(?==*$))/, '\\$&')
      .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
  );
}

/** Code within prose. In a cell of a table `|` has to be escaped even here, and only there. */
export function codeSpan(text: string, where: 'prose' | 'cell' = 'prose'): string {
  const code = inert(text.replace(/[\r\n\t]+/g, ' '));
  if (code.trim() === '') return '(nothing)';
  const inside = where === 'cell' ? code.replace(/\\+(?=\|)/g, '$& ').replaceAll('|', '\\|') : code;
  const mark = '`'.repeat(longestRun(inside) + 1);
  const edge = /^`|`$|^ .* $/.test(inside) ? ' ' : '';
  return `${mark}${edge}${inside}${edge}${mark}`;
}

/** A block of code, its lines as they are. Only these info strings: others, such as mermaid or suggestion, make GitHub act. */
export function fence(info: 'go' | 'diff' | 'text', code: string): string {
  const marks = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${marks}${info}\n${inertLines(code).replace(/\n+$/, '')}\n${marks}`;
}

/** `label` is Markdown already; an address of another scheme than https gives the label alone. */
export function link(label: string, url: string | null): string {
  if (url === null || !url.startsWith('https://')) return label;
  const target = inert(url).replace(
    /[()<>\\ `|]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `[${label}](${target})`;
}

/**
 * A sentence of ours, in which code stands between backticks and values of the checked code in braces, as code where the braces are quoted.
 *
 *     prose("Ask `{f}.Asset` about '{v}', *T", { f: 't.Filter', v: 'a*b' })  => 'Ask `t.Filter.Asset` about `a*b`, \\*T'
 *
 * The whole is escaped at once, so that nothing can arise where a value meets the text around it. Lines stay lines.
 */
export function prose(
  text: string,
  values: Readonly<Record<string, string>> = {},
  where: 'prose' | 'cell' = 'prose',
): string {
  const held: string[] = [];
  const valueNamed = (name: string) => (values[name] ?? `{${name}}`).replace(HOLDERS, '\ufffd');
  const fill = (part: string) => part.replace(/\{(\w+)\}/g, (_, name: string) => valueNamed(name));
  const hold = (code: string) => {
    held.push(codeSpan(code, where));
    return String.fromCharCode(FIRST_HOLDER + held.length - 1);
  };
  const filled = text
    .replace(HOLDERS, '\ufffd')
    .replace(/'\{(\w+)\}'|`([^`]+)`|\{(\w+)\}/g, (_, quoted?: string, code?: string, bare?: string) =>
      quoted !== undefined
        ? hold(valueNamed(quoted))
        : code !== undefined
          ? hold(fill(code))
          : valueNamed(bare!),
    );
  const lines = filled
    .split('\n')
    .map(escapeText)
    .filter((line) => line !== '');
  return lines
    .join(where === 'cell' ? ' ' : '  \n')
    .replace(HOLDERS, (c) => held[c.charCodeAt(0) - FIRST_HOLDER] ?? c);
}

/** Characters for private use stand for finished code spans while the text around them is escaped. */
const FIRST_HOLDER = 0xe000;
const HOLDERS = /[\ue000-\uf8ff]/g;

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
}
