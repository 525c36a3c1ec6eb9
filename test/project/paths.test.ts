/**
 * Paths: `/` inside, the platform's own outside; Windows' rules are tried everywhere.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromTreePath, isWithin, normalise, toTreePath } from '../../src/project/paths.ts';
import { webAddress } from '../../src/project/repository.ts';

describe('on Windows', () => {
  const to = (root: string, file: string) => toTreePath(root, file, path.win32);
  it('separators become /', () => expect(to('C:\\repo', 'C:\\repo\\pkg\\wiz\\x.go')).toBe('pkg/wiz/x.go'));
  it('either separator is understood', () => expect(to('C:\\repo', 'C:/repo/pkg/x.go')).toBe('pkg/x.go'));
  it('the drive letter may be written small, and case does not matter', () =>
    expect([to('C:\\repo', 'c:\\repo\\x.go'), to('C:\\Repo', 'c:\\rEPO\\X.go')]).toEqual(['x.go', 'X.go']));
  it('another drive or a shorter path lies outside', () =>
    expect([
      to('C:\\repo', 'D:\\repo\\x.go'),
      to('C:\\repo', 'C:\\other'),
      to('C:\\repo', 'C:\\repo2\\x.go'),
    ]).toEqual([undefined, undefined, undefined]));
  it('network shares', () =>
    expect(to('\\\\host\\share\\repo', '\\\\host\\share\\repo\\a\\b.go')).toBe('a/b.go'));
  it('and back', () => expect(fromTreePath('C:\\repo', 'pkg/x.go', path.win32)).toBe('C:\\repo\\pkg\\x.go'));
});

describe('elsewhere', () => {
  const to = (root: string, file: string) => toTreePath(root, file, path.posix);
  it('below the root', () =>
    expect([to('/repo', '/repo/a/b.go'), to('/repo', '/repo'), to('/', '/a')]).toEqual(['a/b.go', '', 'a']));
  it('outside', () =>
    expect([to('/repo', '/other'), to('/repo', '/'), to('/repo', '/repo2/x')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]));
  it('names that begin with dots are names', () => expect(to('/repo', '/repo/..x/y.go')).toBe('..x/y.go'));
  it('a backslash is a character of a name', () => expect(to('/repo', '/repo/a\\b.go')).toBe('a\\b.go'));
});

it('normalise keeps within the root', () =>
  expect(['a/../b/./c', './x', '../x', 'a/../../x', ''].map(normalise)).toEqual([
    'b/c',
    'x',
    undefined,
    undefined,
    '',
  ]));

it('isWithin means folders, not prefixes', () =>
  expect([isWithin('a', 'a'), isWithin('a', 'a/b'), isWithin('a', 'ab'), isWithin('', 'x')]).toEqual([
    true,
    true,
    false,
    true,
  ]));

it('web addresses carry no credentials', () =>
  expect(
    [
      'git@github.com:o/r.git',
      'https://user:token@github.com/o/r.git',
      'ssh://git@github.example.com:2222/o/r',
      '/srv/git/r.git',
      'file:///srv/r',
    ].map(webAddress),
  ).toEqual([
    'https://github.com/o/r',
    'https://github.com/o/r',
    'https://github.example.com/o/r',
    undefined,
    undefined,
  ]));
