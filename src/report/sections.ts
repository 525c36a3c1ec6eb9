/**
 * A document of sections within a budget: what matters less is left out first, always whole sections, and what was left out is said.
 *
 *     assemble([{ text: '# Title', weight: 0 }, { text: huge, weight: 3, named: { kind: 'finding', name: 'P0-102' } }], budget)
 *     => '# Title\n\n> Left out to stay within the size limit: 1 finding (P0-102). …\n'
 */
import { escapeText } from './markdown-escape.ts';
import type { Budget } from './options.ts';
import { count } from './words.ts';

export interface Section {
  /** Markdown without empty lines around it. */
  readonly text: string;
  /** The lower, the longer it stays. */
  readonly weight: number;
  /** Without this one it makes no sense; has to have a lower weight. */
  readonly needs?: Section;
  /** It continues the section before without an empty line: a row of a table. */
  readonly glued?: boolean;
  /** What to call it when it is left out. */
  readonly named?: { readonly kind: 'finding' | 'integration' | 'row' | 'list'; readonly name: string };
}

/** Room for the sentence that says what was left out: its words, and the names of four kinds of things. */
const RESERVE = 1_000;
const NAMES_BYTES = 150;

const KINDS = {
  integration: ['report of an integration', 'reports of integrations'],
  row: ['row of the table', 'rows of the table'],
  finding: ['finding', 'findings'],
  list: ['list', 'lists'],
} as const;

export function assemble(sections: readonly Section[], budget: Budget): string {
  if (fits(sections, budget)) return `${join(sections)}\n`;
  const reserved = { maxBytes: budget.maxBytes - RESERVE, maxUnits: budget.maxUnits - RESERVE };
  const kept = new Set<Section>();
  let bytes = 0;
  let units = 0;
  const byWeight = [...sections].sort((a, b) => a.weight - b.weight);
  for (const section of byWeight) {
    if (section.needs !== undefined && !kept.has(section.needs)) continue;
    const size = sizeOf(section);
    if (bytes + size.bytes > reserved.maxBytes || units + size.units > reserved.maxUnits) continue;
    kept.add(section);
    bytes += size.bytes;
    units += size.units;
  }
  const shown = sections.filter((section) => kept.has(section));
  const left = sections.filter((section) => !kept.has(section));
  return `${join([...shown, { text: leftOut(left), weight: 0 }])}\n`;
}

function leftOut(sections: readonly Section[]): string {
  const parts = (['row', 'integration', 'finding', 'list'] as const).flatMap((kind) => {
    const names = sections.flatMap(({ named }) => (named?.kind === kind ? [named.name] : []));
    return names.length === 0
      ? []
      : [`${count(names.length, KINDS[kind][0], KINDS[kind][1])} (${nameList(names)})`];
  });
  const what = parts.length === 0 ? 'parts of the review' : parts.join('; ');
  return `> ✂️ Left out to stay within the size limit: ${what}. \`p0lint check --output markdown\` writes the whole review.`;
}

/** `P0-102 ×8, P0-601, and 3 more`: as many names as there is room for. */
function nameList(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const list = [...counts].map(([name, n]) => `${shorten(name)}${n > 1 ? ` ×${n}` : ''}`);
  const shown: string[] = [];
  let bytes = 0;
  for (const name of list) {
    bytes += bytesOf(name) + 2;
    if (bytes > NAMES_BYTES) break;
    shown.push(name);
  }
  const more = list.length - shown.length;
  return [...shown, ...(more > 0 ? [`${shown.length > 0 ? 'and ' : ''}${more} more`] : [])].join(', ');
}

function shorten(name: string): string {
  const chars = [...name];
  return escapeText(chars.length <= 24 ? name : `${chars.slice(0, 23).join('')}…`);
}

function fits(sections: readonly Section[], { maxBytes, maxUnits }: Budget): boolean {
  if (maxBytes === Infinity && maxUnits === Infinity) return true;
  const sizes = sections.map(sizeOf);
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  return bytes <= maxBytes && sizes.reduce((sum, size) => sum + size.units, 0) <= maxUnits;
}

/** With the empty line that follows. */
function sizeOf({ text }: Section): { bytes: number; units: number } {
  return { bytes: bytesOf(text) + 2, units: text.length + 2 };
}

const encoder = new TextEncoder();

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}

function join(sections: readonly Section[]): string {
  return sections.map(({ text, glued }, i) => (i === 0 ? '' : glued ? '\n' : '\n\n') + text).join('');
}
