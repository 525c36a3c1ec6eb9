/**
 * Make foreign text harmless for whatever shows it: a terminal, an editor, the log of a CI job.
 *
 *     inert('a\u202eb\u001b[31m')       => 'a<U+202E>b<U+001B>[31m'
 *     neutraliseCommands('::error::x')  => ': :error::x'
 *
 * Names, paths and source lines come from the code under check, which may be written by an attacker: escape sequences would
 * repaint the terminal, bidi controls would show other code than the one that runs (CVE-2021-42574), and a line that begins
 * with `::` would be a command to the runner of GitHub Actions. Letters of every script stay as they are; so do the joiners
 * and variation selectors that emoji are made of. Markdown has its own rules on top: see `markdown-escape.ts`.
 */

/** Controls, formats (bidi), lone surrogates, line and paragraph separators, and what is drawn as nothing at all. */
const UNSAFE = /(?!\u200c|\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

/** One line of text: everything unsafe, line ends and tabs included, shown by its code point. */
export function inert(text: string): string {
  return text.replace(UNSAFE, codePoint);
}

/** Several lines of text: as `inert`, but line ends and tabs stay. */
export function inertLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSAFE, (c) => (c === '\n' || c === '\t' ? c : codePoint(c)));
}

/** One line, white space of any kind folded to single spaces: for prose that is to stand in a sentence or a cell. */
export function inertProse(text: string): string {
  return inert(text.replace(/\s+/g, ' ').trim());
}

function codePoint(char: string): string {
  return `<U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`;
}

/**
 * The runner takes `::name …::` at the start of a line (after white space) and `##[name]` anywhere for a command. A visible space
 * breaks both. An invisible character would not do: the runner compares by culture, which may skip what has no width, so those
 * are looked through here as well.
 */
export function neutraliseCommands(text: string): string {
  return text
    .replace(/^((?:\s|\p{DI})*):(?=\p{DI}*:)/gmu, '$1: ')
    .replace(/#(\p{DI}*)#(\p{DI}*)\[/gu, '#$1#$2 [');
}
