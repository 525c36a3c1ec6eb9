/**
 * What README and docs show of p0lint at work comes from real runs, and is repeated here.
 *
 *     <!-- transcript: fixtures/docs/notes -->
 *     ```console
 *     $ p0lint check --format compact
 *     notes.go:14:2: error: …
 *     $ echo $?
 *     1
 *     ```
 *
 * The commands of a block run one after the other in a copy of the folder, 80 columns wide, without colour; `P0LINT_UPDATE=1` writes what
 * came out into the page.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { p0lint } from './harness/command-line.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const BLOCK = /(<!-- transcript: (\S+) -->\n+```console\n)([\s\S]*?)(?=```)/g;

const pages = ['README.md', ...readdirSync(path.join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);

/** What the terminal shows for these commands. */
async function replay(folder: string, transcript: string): Promise<string> {
  const copy = mkdtempSync(path.join(tmpdir(), 'p0lint-docs-'));
  try {
    cpSync(path.join(ROOT, folder), copy, { recursive: true });
    let shown = '';
    let code = 0;
    for (const line of transcript.split('\n').filter((text) => text.startsWith('$ '))) {
      shown += `${line}\n`;
      const words = line.slice(2).split(/\s+/);
      if (line === '$ echo $?') shown += `${code}\n`;
      else {
        if (words[0] !== 'p0lint') throw new Error(`a transcript runs p0lint, not ${words[0]}`);
        const ran = await p0lint(copy, words.slice(1), { columns: 80 });
        code = ran.code;
        shown += ran.stdout + ran.stderr;
      }
    }
    return shown;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

for (const page of pages) {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(BLOCK)];
  if (blocks.length === 0) continue;
  describe(page, () => {
    for (const [, , folder = '', transcript = ''] of blocks)
      it(transcript.split('\n')[0] ?? '', async () => {
        const shown = await replay(folder, transcript);
        if (process.env.P0LINT_UPDATE !== undefined) {
          const now = readFileSync(path.join(ROOT, page), 'utf8');
          writeFileSync(
            path.join(ROOT, page),
            now.replace(transcript, () => shown),
          );
        } else expect(transcript).toBe(shown);
      });
  });
}

it('there are transcripts', () => {
  const all = pages.flatMap((page) => [...readFileSync(path.join(ROOT, page), 'utf8').matchAll(BLOCK)]);
  expect(all.length).toBeGreaterThan(3);
});

describe('docs/editors.md', () => {
  const page = readFileSync(path.join(ROOT, 'docs/editors.md'), 'utf8');
  interface Task {
    readonly args?: readonly string[];
    readonly problemMatcher: {
      readonly pattern: { readonly regexp: string; readonly [group: string]: string | number };
      readonly background?: { readonly beginsPattern: string; readonly endsPattern: string };
    };
  }
  const { tasks } = JSON.parse(/```json\n([\s\S]*?"tasks"[\s\S]*?)```/.exec(page)?.[1] ?? '{}') as {
    tasks: Task[];
  };

  it('its problem matcher reads what compact prints', async () => {
    const { stdout } = await p0lint(path.join(ROOT, 'fixtures/docs/notes'), ['check', '--format', 'compact']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const { problemMatcher } of tasks) {
      const { regexp, file, line, column, severity, message, code } = problemMatcher.pattern;
      for (const text of lines) {
        const match = new RegExp(regexp).exec(text);
        const group = (n: string | number | undefined) => match?.[Number(n)];
        expect([group(file), Number(group(line)) > 0, Number(group(column)) > 0]).toEqual([
          'notes.go',
          true,
          true,
        ]);
        expect(group(severity)).toMatch(/^(?:error|warning|note)$/);
        expect(group(message)).toMatch(/^\S.*\S$/);
        expect(group(code)).toMatch(/^P0-\d{3}$/);
      }
    }
  });
  it('its background task knows when a round begins and ends', () => {
    const background = tasks.map((task) => task.problemMatcher.background).find((b) => b !== undefined);
    const [begins, ends] = [background?.beginsPattern, background?.endsPattern].map(
      (p) => new RegExp(p ?? '$^'),
    );
    expect(['p0lint: checking'].every((line) => begins?.test(line) && !ends?.test(line))).toBe(true);
    expect(
      ['p0lint: watching; Ctrl-C ends.', 'p0lint: checked again, a.go changed.'].every(
        (line) => ends?.test(line) && !begins?.test(line),
      ),
    ).toBe(true);
  });
});
