/**
 * Messages in SARIF: a template with numbered arguments in the descriptor, the arguments in the result, and the whole text besides.
 *
 *     messageTemplate("'{value}' is sent.", 1)               => "'{0}' is sent. See [{1}](1)."
 *     messageOf('default', "'{value}' is sent.", ['a'], ['made here'])
 *     => { id: 'default1', arguments: ['a', 'made here'], text: "'a' is sent. See [made here](1)." }
 *
 * VS Code formats by id; GitHub takes the text. Related places are shown only where the message links to them, so each number of links
 * has a template of its own. No Markdown: where there is any, VS Code does not resolve the links.
 */
import type { Message } from 'sarif';
import { inertProse } from './inert.ts';
import { sentence } from './words.ts';

/** The template's id for so many links. */
export function messageId(base: string, links: number): string {
  return links === 0 ? base : `${base}${links}`;
}

/** Placeholders by number, other braces doubled (SARIF 3.11.5), the links after the text. */
export function messageTemplate(text: string, links: number): string {
  const names = placeholders(text);
  const numbered = sentence(text)
    .replace(/[{}]/g, '$&$&')
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => `{${names.indexOf(name)}}`);
  if (links === 0) return numbered;
  const list = Array.from({ length: links }, (_, i) => `[{${names.length + i}}](${i + 1})`);
  return `${numbered} See ${list.join(', ')}.`;
}

/** The names in the order of their first use: the order of a message's arguments. */
export function placeholders(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))];
}

/** `values` in the order of `placeholders(text)`, `links` the texts of the related places; both may be hostile. */
export function messageOf(
  base: string,
  text: string,
  values: readonly string[],
  links: readonly string[],
): Message {
  const args = [...values.map(dynamic), ...links.map(linkText)];
  return {
    text: fill(messageTemplate(text, links.length), args),
    id: messageId(base, links.length),
    ...(args.length === 0 ? {} : { arguments: args }),
  };
}

/** For a message that no template describes. */
export function looseMessage(text: string, links: readonly string[]): Message {
  const see = links.map((link, i) => `[${linkText(link)}](${i + 1})`);
  const whole = sentence(dynamic(text));
  return { text: see.length === 0 ? whole : `${whole} See ${see.join(', ')}.` };
}

/** Text of the checked code, on one line and unable to make a link: `h[0](x)` would be read as one. */
export function dynamic(text: string): string {
  return inertProse(text).replaceAll('](', '] (');
}

/** Brackets within brackets would end the link early; no viewer knows the escape that SARIF has for them. */
function linkText(text: string): string {
  return inertProse(text).replaceAll('[', '(').replaceAll(']', ')');
}

function fill(template: string, values: readonly string[]): string {
  return template.replace(/\{\{|\}\}|\{(\d+)\}/g, (match, n: string | undefined) =>
    n === undefined ? match[0]! : (values[Number(n)] ?? ''),
  );
}
