/**
 * What an import path means: project modules, workspaces, replaces, vendor, the module cache (decision 7).
 */
import { describe, expect, it } from 'vitest';
import { moduleGraph } from '../../src/project/modules.ts';
import { memoryTree } from '../../src/project/tree.ts';

const go = (name: string) => `package ${name}\n`;

function graph(
  files: Readonly<Record<string, string>>,
  cache: Readonly<Record<string, string>> | undefined = undefined,
  dependencies: 'auto' | 'ignore' = 'auto',
) {
  const modules = moduleGraph(memoryTree(files), {
    dependencies,
    cache: cache === undefined ? undefined : memoryTree(cache),
    stdlibSource: (path) => (path === 'net/http' ? go('http') : undefined),
    tests: false,
  });
  return {
    resolve(importPath: string, from = '') {
      const source = modules.folder(from);
      if (source === undefined) throw new Error(`no package in '${from}'`);
      const found = modules.resolveImport(importPath, source);
      return found === undefined ? undefined : `${found.origin} ${found.dir}`;
    },
    used: () => modules.modulesUsed().map((m) => `${m.path}@${m.version} ${m.found}`),
    goVersion: (dir: string) => modules.moduleOf(dir).goVersion,
  };
}

describe('the project', () => {
  it('its own packages, the standard library, and nothing for the rest', () => {
    const { resolve } = graph({ 'go.mod': 'module example.com/a\n', 'a.go': go('a'), 'b/b.go': go('b') });
    expect(
      ['example.com/a/b', 'example.com/a', 'net/http', 'example.com/ab', 'C', ''].map((p) => resolve(p)),
    ).toEqual(['project b', 'project ', 'stdlib $GOROOT/src/net/http', undefined, undefined, undefined]);
  });
  it('every module under the root, by the longest path', () => {
    const { resolve, goVersion } = graph({
      'go.work': 'go 1.24\n\nuse (\n\t./x\n\t./y\n)\n',
      'x/go.mod': 'module example.com/m\n\ngo 1.20\n',
      'x/x.go': go('x'),
      'x/sub/wrong.go': go('wrong'),
      'y/go.mod': 'module example.com/m/sub // nested path\n\ngo 1.24\n',
      'y/y.go': go('y'),
    });
    expect(resolve('example.com/m/sub', 'y')).toBe('project y');
    expect(resolve('example.com/m', 'y')).toBe('project x');
    expect([goVersion('x/sub'), goVersion('y')]).toEqual(['1.20', '1.24']);
  });
  it('a nested module is not part of the outer one', () => {
    const { resolve } = graph({
      'go.mod': 'module example.com/a\n',
      'a.go': go('a'),
      'tools/go.mod': 'module example.com/tools\n',
      'tools/t.go': go('t'),
    });
    expect([resolve('example.com/tools'), resolve('example.com/a/tools')]).toEqual([
      'project tools',
      undefined,
    ]);
  });
  it('a test-only folder is no package to import', () =>
    expect(
      graph({ 'go.mod': 'module m.com/a\n', 'a.go': go('a'), 'b/b_test.go': go('b') }).resolve('m.com/a/b'),
    ).toBeUndefined());
});

describe('replace', () => {
  it('by a folder, in each form', () => {
    const { resolve } = graph({
      'app/go.mod': `module example.com/app

require example.com/lib v1.0.0

replace (
	example.com/lib v1.0.0 => ../lib
	"example.com/odd" => "../sp ace"
)
replace example.com/out => ../../outside
`,
      'app/a.go': go('a'),
      'lib/go.mod': 'module example.com/otherwise\n',
      'lib/l.go': go('l'),
      'lib/deep/d.go': go('d'),
      'sp ace/o.go': go('o'),
    });
    expect(
      [
        'example.com/lib',
        'example.com/lib/deep',
        'example.com/odd',
        'example.com/out',
        'example.com/library',
      ].map((p) => resolve(p, 'app')),
    ).toEqual(['project lib', 'project lib/deep', 'project sp ace', undefined, undefined]);
  });
  it('of the workspace counts for its modules', () => {
    const { resolve } = graph({
      'go.work': 'go 1.24\nuse ./app\nreplace example.com/lib => ./_local/lib\n',
      'app/go.mod': 'module example.com/app\nrequire example.com/lib v1.0.0\n',
      'app/a.go': go('a'),
      '_local/lib/l.go': go('l'),
    });
    expect(resolve('example.com/lib', 'app')).toBe('project _local/lib');
  });
  it('by another module, from the cache', () => {
    const { resolve, used } = graph(
      {
        'go.mod':
          'module example.com/app\nrequire example.com/lib v1.0.0\nreplace example.com/lib => example.com/Fork v1.2.0\n',
        'a.go': go('a'),
      },
      { 'example.com/!fork@v1.2.0/sub/s.go': go('s') },
    );
    expect(resolve('example.com/lib/sub')).toBe('dependency $GOMODCACHE/example.com/!fork@v1.2.0/sub');
    expect(used()).toEqual(['example.com/lib@v1.0.0 cache']);
  });
});

describe('dependencies', () => {
  const MOD =
    'module example.com/app\nrequire (\n\tgithub.com/Azure/sdk v1.0.0\n\tgithub.com/Azure/sdk/v2 v2.1.0 // indirect\n)\n';
  const CACHE = {
    'github.com/!azure/sdk@v1.0.0/a/a.go': go('a'),
    'github.com/!azure/sdk/v2@v2.1.0/a/a.go': go('a'),
  };
  it('come from vendor before the cache', () => {
    const files = { 'go.mod': MOD, 'a.go': go('a'), 'vendor/github.com/Azure/sdk/a/a.go': go('a') };
    const { resolve, used } = graph(files, CACHE);
    expect(resolve('github.com/Azure/sdk/a')).toBe('dependency vendor/github.com/Azure/sdk/a');
    expect(resolve('github.com/Azure/sdk/v2/a')).toBe(
      'dependency $GOMODCACHE/github.com/!azure/sdk/v2@v2.1.0/a',
    );
    expect(used()).toEqual(['github.com/Azure/sdk@v1.0.0 vendor', 'github.com/Azure/sdk/v2@v2.1.0 cache']);
  });
  it('from vendor beside go.work', () => {
    const files = {
      'go.work': 'use ./app\n',
      'app/go.mod': MOD.replace('/app', '/x'),
      'app/a.go': go('a'),
      'vendor/github.com/Azure/sdk/a/a.go': go('a'),
    };
    expect(graph(files).resolve('github.com/Azure/sdk/a', 'app')).toBe(
      'dependency vendor/github.com/Azure/sdk/a',
    );
  });
  it('are not read from the cache when that is ignored, and are named as missing', () => {
    const files = { 'go.mod': MOD, 'a.go': go('a') };
    const { resolve, used } = graph(files, CACHE, 'ignore');
    expect(resolve('github.com/Azure/sdk/a')).toBeUndefined();
    expect(used()).toEqual(['github.com/Azure/sdk@v1.0.0 missing']);
  });
  it('one package at hand settles the module', () => {
    const { resolve, used } = graph({ 'go.mod': MOD, 'a.go': go('a') }, CACHE);
    resolve('github.com/Azure/sdk/missing');
    resolve('github.com/Azure/sdk/a');
    expect(used()).toEqual(['github.com/Azure/sdk@v1.0.0 cache']);
  });
});
