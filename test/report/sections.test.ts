import { describe, expect, test } from 'vitest';
import { assemble, type Section } from '../../src/report/sections.ts';

const title: Section = { text: '# Title', weight: 0 };
const head: Section = { text: '## Head', weight: 1, named: { kind: 'integration', name: 'Wiz' } };
const finding = (name: string, size: number): Section => ({
  ...{ text: name.padEnd(size, '.'), weight: 3, needs: head, named: { kind: 'finding', name } },
});
const big = finding('P0-102', 3_000);
const small = finding('P0-601', 100);

describe('assemble', () => {
  test('keeps everything that fits', () => {
    const text = assemble([title, head, small], { maxBytes: 200, maxUnits: 200 });
    expect(text).toBe(`# Title\n\n## Head\n\n${small.text}\n`);
  });

  test('leaves out whole sections, and says which', () => {
    const text = assemble([title, head, big, big, small], { maxBytes: 3_000, maxUnits: Infinity });
    expect(text).toBe(
      `# Title\n\n## Head\n\n${small.text}\n\n> ✂️ Left out to stay within the size limit: 2 findings (P0-102 ×2). \`p0lint check --output markdown\` writes the whole review.\n`,
    );
  });

  test('what matters less goes first, wherever it stands', () => {
    const note: Section = {
      text: 'n'.repeat(1_200),
      weight: 6,
      named: { kind: 'list', name: 'notes on Wiz' },
    };
    const violation: Section = { text: 'v'.repeat(600), weight: 2 };
    const text = assemble([note, violation], { maxBytes: 1_700, maxUnits: 1_700 });
    expect(text).toMatch(/^v+\n\n> .*1 list \(notes on Wiz\)/);
  });

  test('nothing stays without what it needs', () => {
    const huge: Section = { ...head, text: 'h'.repeat(5_000) };
    const text = assemble([title, huge, { ...small, needs: huge }], { maxBytes: 2_000, maxUnits: 2_000 });
    expect(text).toContain('1 report of an integration (Wiz); 1 finding (P0-601)');
    expect(text).not.toContain('....');
  });

  test('bytes and units are two limits', () => {
    const wide: Section = { text: '名'.repeat(1_000), weight: 1, named: { kind: 'row', name: '名' } };
    expect(assemble([title, wide], { maxBytes: 2_500, maxUnits: 2_500 })).toContain(
      '1 row of the table (名)',
    );
    expect(assemble([title, wide], { maxBytes: 4_000, maxUnits: 2_000 })).toContain('名名名');
  });

  test('many long and hostile names stay within the limit', () => {
    const sections = Array.from({ length: 500 }, (_, i): Section => {
      const name = `${i}${'@'.repeat(80)}`;
      return { text: 'x'.repeat(400), weight: 1, named: { kind: i % 2 ? 'finding' : 'row', name } };
    });
    const text = assemble([title, ...sections], { maxBytes: 5_000, maxUnits: 5_000 });
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(5_000);
    expect(text).toMatch(/and \d+ more/);
  });
});
