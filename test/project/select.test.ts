/**
 * Which files a run is about (decision 24).
 */
import { describe, expect, it } from 'vitest';
import { gitIgnore } from '../../src/project/ignore.ts';
import { type SelectionRules, select } from '../../src/project/select.ts';
import { memoryTree } from '../../src/project/tree.ts';

const TREE = Object.fromEntries(
  [
    'go.mod',
    'main.go',
    'main_test.go',
    'README.md',
    'pkg/a/a.go',
    'pkg/a/a2.go',
    'pkg/a/_hidden.go',
    'pkg/b/b.go',
    'nested/go.mod',
    'nested/n.go',
    'vendor/v/v.go',
    'pkg/testdata/t.go',
    '.hidden/h.go',
    '_skipped/s.go',
    'node_modules/m/m.go',
    'build/out.go',
    'pkg/build/kept.go',
  ].map((name) => [name, 'package x\n']),
);
const tree = memoryTree({ ...TREE, '.gitignore': '/build/\n*_local.go\n', 'pkg/c_local.go': 'package c\n' });

function selected(paths: readonly string[], rules: Partial<SelectionRules> = {}) {
  const { files, folders, partial, leftOut } = select(tree, paths, {
    ignored: gitIgnore(tree),
    excluded: () => false,
    tests: false,
    ...rules,
  });
  return {
    files,
    folders,
    partial: [...partial],
    leftOut: leftOut.map(({ path, why }) => `${path}: ${why}`),
  };
}

describe('folders', () => {
  it('are recursive, across nested modules, without what is out of scope', () =>
    expect(selected(['']).files).toEqual([
      'main.go',
      'nested/n.go',
      'pkg/a/a.go',
      'pkg/a/a2.go',
      'pkg/b/b.go',
      'pkg/build/kept.go',
    ]));
  it('bring tests in when asked to', () =>
    expect(selected([''], { tests: true }).files).toContain('main_test.go'));
  it('leave out what the configuration excludes', () =>
    expect(selected(['pkg'], { excluded: (p) => p.startsWith('pkg/a') }).files).toEqual([
      'pkg/b/b.go',
      'pkg/build/kept.go',
    ]));
  it('that are named and out of scope are said to be', () => {
    const { files, leftOut } = selected(['vendor/v', 'pkg/testdata', 'build']);
    expect(files).toEqual([]);
    expect(leftOut).toEqual([
      'vendor/v: vendor/ is not part of what is checked',
      'pkg/testdata: pkg/testdata/ is not part of what is checked',
      'build: git ignores it',
    ]);
  });
});

describe('files', () => {
  it('select their package, and are all that findings are shown of', () =>
    expect(selected(['pkg/a/a2.go'])).toMatchObject({
      files: ['pkg/a/a2.go'],
      folders: ['pkg/a'],
      partial: ['pkg/a'],
    }));
  it('beside their whole folder change nothing', () =>
    expect(selected(['pkg/a/a2.go', 'pkg/a'])).toMatchObject({
      files: ['pkg/a/a.go', 'pkg/a/a2.go'],
      partial: [],
    }));
  it('that are excluded stay so, with a notice', () => {
    const { files, leftOut } = selected(
      [
        'main_test.go',
        'README.md',
        'vendor/v/v.go',
        'build/out.go',
        'pkg/c_local.go',
        'pkg/b/b.go',
        'pkg/a/_hidden.go',
      ],
      { excluded: (p) => p === 'pkg/b' },
    );
    expect(files).toEqual([]);
    expect(leftOut).toEqual([
      'main_test.go: test files are not checked (set tests: true to include them)',
      'README.md: it is no Go file',
      'vendor/v/v.go: vendor/ is not part of what is checked',
      'build/out.go: git ignores it',
      'pkg/c_local.go: git ignores it',
      'pkg/b/b.go: the configuration excludes it',
      'pkg/a/_hidden.go: it is no Go file',
    ]);
  });
  it('that do not exist are an error', () =>
    expect(() => selected(['nope.go'])).toThrow('no such file or folder: nope.go'));
});
