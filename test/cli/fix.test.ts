/**
 * `--fix`, `--fix-unsafe` and `--diff` on files: what changes, what stays byte for byte, and that the code is checked again.
 */
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, p0lint } from '../harness/command-line.ts';

const MOD = { 'go.mod': 'module example.com/app\n\ngo 1.24\n', 'p0lint.yaml': 'scope: all\n' };
const CODE = `package app

import (
	"fmt"
	"os"
)

func clean(name string) error {
	os.Remove(name)   // twice,	with a tab
	os.Remove(name + ".old")
	return nil
}

func wrap(name string) error {
	if err := clean(name); err != nil {
		return fmt.Errorf("clean %s: %v", name, err)
	}
	return nil
}
`;
const read = (folder: string, name = 'a.go') => readFileSync(path.join(folder, name), 'utf8');
const check = (folder: string, ...args: readonly string[]) =>
  p0lint(folder, ['check', '--only', 'ignored-error', '--format', 'compact', ...args]);

describe('--fix', () => {
  it('applies safe fixes, checks again, and says what is left', () =>
    inFolder({ ...MOD, 'a.go': CODE }, async (folder) => {
      expect((await check(folder)).code).toBe(1);
      const ran = await check(folder, '--fix');
      expect(ran.stderr).toBe('p0lint: 2 fixes applied in 1 file; 1 more with --fix-unsafe.\n');
      expect(ran.stdout).toMatch(/P0-603/);
      expect(ran.stdout).not.toMatch(/P0-602/);
      expect(read(folder)).toContain('%v');
      expect(read(folder)).toMatch(/if err := os\.Remove\(name\); err != nil \{.*\n\t\treturn /);
      expect((await check(folder, '--fix-unsafe')).code).toBe(0);
      expect(read(folder)).toContain('"clean %s: %w"');
      const again = await check(folder, '--fix-unsafe');
      expect([again.code, again.stderr]).toEqual([0, 'p0lint: 0 fixes applied in 0 files.\n']);
    }));

  it('keeps line ends, byte order mark, permissions, and every line it has no business with', () =>
    inFolder({ ...MOD }, async (folder) => {
      const file = path.join(folder, 'a.go');
      const before = `\uFEFF${CODE.replaceAll('\n', '\r\n')}`;
      writeFileSync(file, before);
      chmodSync(file, 0o600);
      await check(folder, '--fix');
      const after = read(folder);
      expect(after.startsWith('\uFEFFpackage app\r\n')).toBe(true);
      expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(after).toContain('// twice,\twith a tab\r\n');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const kept = before.split('\r\n').filter((line) => !line.includes('os.Remove') && line.trim() !== '');
      for (const line of kept) expect(after.split('\r\n')).toContain(line);
      expect(readdirSync(folder).sort()).toEqual(['a.go', 'go.mod', 'p0lint.yaml']);
    }));

  it('leaves suppressed findings, and those that are known, alone', () =>
    inFolder(
      { ...MOD, 'a.go': CODE.replace('// twice,', '//p0lint:ignore P0-602 -- known,') },
      async (folder) => {
        await check(folder, '--fix');
        expect(read(folder)).toContain('\tos.Remove(name)   //p0lint:ignore');
        expect(read(folder)).toContain('if err := os.Remove(name + ".old"); err != nil {');
        await inFolder({ ...MOD, 'a.go': CODE }, async (other) => {
          await p0lint(other, ['baseline']);
          await check(other, '--fix');
          expect(read(other)).toBe(CODE);
        });
      },
    ));

  it('does not touch a file that is no UTF-8: it would change more than the fix', () =>
    inFolder({ ...MOD }, async (folder) => {
      const bytes = Buffer.concat([
        Buffer.from(CODE),
        Buffer.from('\nvar latin = "'),
        Buffer.from([0xe9]),
        Buffer.from('"\n'),
      ]);
      writeFileSync(path.join(folder, 'a.go'), bytes);
      expect((await check(folder, '--fix')).code).toBe(3);
      expect(readFileSync(path.join(folder, 'a.go')).equals(bytes)).toBe(true);
    }));
});

describe('--diff', () => {
  it('shows what --fix would do, and writes nothing', () =>
    inFolder({ ...MOD, 'a.go': CODE }, async (folder) => {
      const { stdout, code } = await check(folder, '--diff');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^--- a\/a\.go\n\+\+\+ b\/a\.go\n@@ /);
      expect(stdout).toMatch(/^-\tos\.Remove\(name\) {3}/m);
      expect(stdout).not.toMatch(/clean %s: %w/);
      expect((await check(folder, '--diff', '--fix-unsafe')).stdout).toMatch(/^\+.*clean %s: %w/m);
      expect(read(folder)).toBe(CODE);
    }));
  it('is a patch that git applies', () =>
    inFolder({ ...MOD, 'a.go': CODE }, async (folder) => {
      const { repository } = await import('../harness/repository.ts');
      const git = repository(folder);
      const { stdout } = await check(folder, '--diff', '--fix-unsafe');
      writeFileSync(path.join(folder, 'p.diff'), stdout);
      git('apply', 'p.diff');
      const patched = read(folder);
      writeFileSync(path.join(folder, 'a.go'), CODE);
      await check(folder, '--fix-unsafe');
      expect(patched).toBe(read(folder));
    }));
});

describe('--stdin-filename', () => {
  it('checks what is on standard input as if it were the file, and only that', () =>
    inFolder(
      {
        ...MOD,
        'a.go': 'package app\n',
        'b.go': CODE.replaceAll('clean', 'other').replaceAll('wrap', 'pack'),
      },
      async (folder) => {
        const ran = await p0lint(
          folder,
          ['check', '--only', 'ignored-error', '--format', 'compact', '--stdin-filename', 'a.go'],
          {
            stdin: CODE,
          },
        );
        expect(ran.code).toBe(1);
        expect(
          ran.stdout
            .trimEnd()
            .split('\n')
            .every((line) => line.startsWith('a.go:')),
        ).toBe(true);
        expect(read(folder)).toBe('package app\n');
      },
    ));
  it('of a file that does not exist yet, and of none that is checked', () =>
    inFolder({ ...MOD }, async (folder) => {
      expect((await p0lint(folder, ['check', '--stdin-filename', 'new/n.go'], { stdin: CODE })).code).toBe(1);
      const test = await p0lint(folder, ['check', '--stdin-filename', 'n_test.go'], { stdin: CODE });
      expect([test.code, test.stderr]).toEqual([
        0,
        'p0lint: none of these files is checked; nothing to do.\n',
      ]);
    }));
});
