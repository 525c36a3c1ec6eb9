/**
 * Put foreign text into Markdown so that it stays text: in a pull request, a job summary, a terminal, an editor.
 *
 *     escapeText('a_b <img> @octocat #12')  => 'a_b &lt;img&gt; @\u200boctocat #\u200b12'
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
      .replace(/\b(GH)-(?=\d)/gi, `$1-${BREAK}`)
      .replace(/\b[0-9a-f]{7,40}\b/gi, (hex) => hex.replace(/.{6}(?=.)/g, `$&${BREAK}`))
      .replace(/:(?=\/\/)/g, `:${BREAK}`)
      .replace(/\b(www)\.(?=\S)/gi, `$1${BREAK}.`)
      .replace(/\b(mailto|xmpp):(?=\S)/gi, `$1${BREAK}:`)
      .replace(/:(?=[\w+-]+:)/g, `:${BREAK}`)
      .replace(/[\\`*[\]|~$]/g, '\\$&')
      // Within a word an underscore is one.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      .replace(/\\\$/g, `\\$${BREAK}`)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // At the start of a line these open headings, lists, rules, front matter and underline what is above.
      .replace(/^([#+=-])/, '\\$1')
      .replace(/^(\d{1,9})([.)])/, '$1\\$2')
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
 * Our own sentences, in which code stands between backticks; everything else of them is text.
 *
 *     prose('Ask `t.Filter` about *T')  => 'Ask `t.Filter` about \\*T'
 */
export function prose(text: string): string {
  return text
    .split('`')
    .map((part, i, parts) => {
      if (i % 2 === 1 && i < parts.length - 1) return codeSpan(part);
      const kept = escapeText(part);
      if (kept === '') return part === '' ? '' : ' ';
      // What is escaped loses its outer spaces, which here stand between words and code.
      return `${/^\s/.test(part) ? ' ' : ''}${kept}${/\s$/.test(part) ? ' ' : ''}`;
    })
    .join('')
    .trim();
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
}
