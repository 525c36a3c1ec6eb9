/**
 * docs/grammar-gaps.md says what the grammar does not know; here every example of it is tried.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDamaged } from '../../../src/go/syntax/parse-file.ts';
import { functionsOf, parse } from './harness.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/grammar-gaps.md'), 'utf8');

function examples(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`no section ${heading}`);
  return [...section.matchAll(/```go\n(.*?)```/gs)].map((match) => match[1]!);
}

const inFile = (example: string) => `package p\n\nfunc before() {}\n\n${example}\nfunc after() {}\n`;

describe('grammar gaps', () => {
  it.each(examples('Cured'))('cured: %s', (example) => {
    expect(parse(inFile(example)).damage).toEqual([]);
  });

  it.each(examples('Valid Go that does not parse'))('named, and nothing else is hit: %s', (example) => {
    const text = inFile(example);
    const file = parse(text);
    expect(file.damage).not.toEqual([]);
    const start = text.indexOf(example);
    for (const { pos, end } of file.damage) {
      expect(pos).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(start + example.length);
    }
    const whole = functionsOf(file).filter((fn) => !isDamaged(file, fn));
    expect(whole.map(({ name }) => name.name)).toEqual(['before', 'after']);
  });

  it.each(examples('Not Go, but accepted'))('accepted: %s', (example) => {
    expect(parse(inFile(example)).damage).toEqual([]);
  });
});
