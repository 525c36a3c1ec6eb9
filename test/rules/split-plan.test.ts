/**
 * The split plan, carried out in memory: every declaration once, every part under the limit, and Go that parses and compiles.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chariot } from '../../src/config/chariot.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { GoPackage } from '../../src/go/package.ts';
import { loadParser } from '../../src/go/syntax/parser.ts';
import { openPlatform } from '../../src/integrations/open-platform.ts';
import { diskTree, memoryTree, type SourceTree } from '../../src/project/tree.ts';
import { inFull, inShort } from '../../src/rules/file-length/describe.ts';
import fileLength from '../../src/rules/file-length/index.ts';
import { splitFacts } from '../../src/rules/file-length/roles.ts';
import { planSplit, type SplitPlan } from '../../src/rules/file-length/split-plan.ts';
import { survey } from '../../src/run.ts';
import { FIXTURES } from '../harness/check-fixtures.ts';

beforeAll(() => loadParser());

function packagesOf(tree: SourceTree, folder: string): readonly GoPackage[] {
  const settings = defaultSettings([fileLength], { scope: 'all', dependencies: 'ignore' });
  return survey({
    ...{ tree, settings, moduleCache: undefined, paths: [folder], vocabulary: chariot, rules: [fileLength] },
    ...{ repository: null, timestamp: null },
  }).packages;
}

function planOf(tree: SourceTree, file: string, max: number): SplitPlan {
  const packages = packagesOf(tree, path.posix.dirname(file) === '.' ? '' : path.posix.dirname(file));
  const pkg = packages.find((p) => p.files.some((f) => f.path === file))!;
  const platform = openPlatform(pkg.program, chariot, [], packages);
  return planSplit(pkg, pkg.files.find((f) => f.path === file)!, max, splitFacts(pkg, platform));
}

function partsOf(plan: SplitPlan) {
  if (plan.kind === 'none') throw new Error(`no plan: ${plan.why}`);
  return plan.parts;
}

/** What the package-level declarations of these texts are, with their files' imports. */
function declared(files: Readonly<Record<string, string>>): string[] {
  const [pkg] = packagesOf(memoryTree({ 'go.mod': 'module example.com/x\n\ngo 1.24\n', ...files }), '');
  expect(pkg!.files.flatMap((file) => file.damage)).toEqual([]);
  return pkg!.files
    .flatMap((file) =>
      file.decls.map((decl) =>
        file.text.slice(decl.pos - file.base, decl.end - file.base).replaceAll(/\s+/g, ' '),
      ),
    )
    .sort();
}

const LONG = [
  'types-only/schema.go',
  'dashed-stem/tenable-vm.go',
  'at-401/fleetly.go',
  'at-500/guardrail.go',
  'at-501/sentrio.go',
  'comments/notes.go',
  'no-newline-401/bluntly.go',
].map((name) => `rules/file-length/${name}`);

let go = true;
try {
  execFileSync('go', ['version'], { stdio: 'ignore' });
} catch {
  go = false;
}

describe('carried out', () => {
  const tree = diskTree(FIXTURES);
  for (const file of LONG)
    for (const max of [400, 250])
      it(`${file}, ${max} lines at most`, () => {
        const text = new TextDecoder().decode(tree.read(file));
        const parts = partsOf(planOf(tree, file, max));
        expect(parts.length).toBeGreaterThan(1);
        for (const part of parts) {
          expect(part.lines).toBe(part.text.split('\n').length - 1);
          expect(part.lines).toBeLessThanOrEqual(max);
          expect(part.names.length).toBeGreaterThan(0);
        }
        expect(parts[0]?.file).toBe(path.basename(file));
        expect(new Set(parts.map((part) => part.file)).size).toBe(parts.length);
        const split = Object.fromEntries(parts.map((part) => [part.file, part.text]));
        expect(declared(split)).toEqual(declared({ 'whole.go': text }));
        for (const line of text.split('\n').filter((l) => l.startsWith('//')))
          expect(parts.some((part) => part.text.includes(line))).toBe(true);
      });

  it.skipIf(!go)('the parts compile and are formatted, says the Go toolchain', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'p0lint-split-'));
    try {
      const replace: Record<string, string> = {};
      for (const file of LONG)
        for (const part of partsOf(planOf(tree, file, 250))) {
          const target = path.join(folder, `${path.basename(path.dirname(file))}-${part.file}`);
          writeFileSync(target, part.text);
          replace[path.join(FIXTURES, path.dirname(file), part.file)] = target;
        }
      const overlay = path.join(folder, 'overlay.json');
      writeFileSync(overlay, JSON.stringify({ Replace: replace }));
      const packages = LONG.map((file) => `./${path.dirname(file)}`);
      execFileSync('go', ['build', '-mod=vendor', `-overlay=${overlay}`, ...packages], {
        cwd: FIXTURES,
        stdio: 'pipe',
        env: { ...process.env, GOFLAGS: '', GOPROXY: 'off', GOWORK: 'off' },
      });
      expect(Object.keys(replace).length).toBeGreaterThan(LONG.length);
      const files = readdirSync(folder).filter((name) => name.endsWith('.go'));
      expect(execFileSync('gofmt', ['-l', ...files], { cwd: folder, encoding: 'utf8' })).toBe('');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A package of one file, split at the given limit. */
function split(text: string, max: number, file = 'wiz.go', more: Readonly<Record<string, string>> = {}) {
  return planOf(
    memoryTree({ 'go.mod': 'module example.com/x\n\ngo 1.24\n', [file]: text, ...more }),
    file,
    max,
  );
}

const filler = (n: number, prefix: string) =>
  Array.from({ length: n }, (_, i) => `type ${prefix}${i} struct {\n\tA, B int\n\tC string\n}\n`).join('\n');

describe('what is minded', () => {
  it('types go with their methods, the client with its constructor, converters together', () => {
    const code = `package wiz

import (
	"context"
	"net/http"
)

type Wiz struct{ c *apiClient }

func (w *Wiz) Invoke(ctx context.Context) error {
	for _, h := range w.c.hosts(ctx) {
		_ = toAsset(h)
	}
	return nil
}

const hostsPath = "/hosts"

type apiClient struct{ h *http.Client }

func newAPIClient() *apiClient { return &apiClient{h: http.DefaultClient} }

func (c *apiClient) hosts(ctx context.Context) []Host {
	req, err := http.NewRequestWithContext(ctx, "GET", hostsPath, nil)
	if err != nil {
		return nil
	}
	_, _ = c.h.Do(req)
	return nil
}

${filler(5, 'Host')}
type Host struct{ Name string }

func (h Host) Key() string { return h.Name }

func toAsset(h Host) string {
	return h.Key()
}
`;
    const parts = partsOf(split(code, 42));
    const where = Object.fromEntries(parts.flatMap((part) => part.names.map((name) => [name, part.file])));
    expect(where).toMatchObject({
      Wiz: 'wiz.go',
      'Wiz.Invoke': 'wiz.go',
      apiClient: 'wiz_client.go',
      newAPIClient: 'wiz_client.go',
      'apiClient.hosts': 'wiz_client.go',
      hostsPath: 'wiz_client.go',
      Host: 'wiz_types.go',
      'Host.Key': 'wiz_types.go',
    });
    const client = parts.find((part) => part.file === 'wiz_client.go')?.text ?? '';
    expect(client).toMatch(/^package wiz\n\nimport \(\n\t"context"\n\t"net\/http"\n\)\n\n/);
    expect(parts[0]?.text).toMatch(/^package wiz\n\nimport "context"\n\n/);
  });

  it('build constraints go along, also those in the name of the file', () => {
    const code = `// Copyright Example\n\n//go:build linux && !cgo\n\n// Package wiz is documented here.\npackage wiz\n\n${filler(30, 'T')}`;
    const parts = partsOf(split(code, 100, 'wiz_linux_test.go'.replace('_test', '')));
    expect(parts.map((part) => part.file)).toEqual(['wiz_linux.go', 'wiz_types_linux.go']);
    expect(parts[1]?.text).toMatch(
      /^\/\/ Copyright Example\n\n\/\/go:build linux && !cgo\n\npackage wiz\n\ntype /,
    );
  });

  it('waivers for the whole file go along', () => {
    const code = `//p0lint:ignore-file ignored-error -- generated by hand\n\npackage wiz\n\n${filler(30, 'T')}`;
    for (const part of partsOf(split(code, 100)))
      expect(part.text).toMatch(/^\/\/p0lint:ignore-file ignored-error -- /);
  });

  it('init, embed and imports for their effect stay', () => {
    const code = `package wiz

import (
	"embed"
	_ "image/png"
)

//go:embed *.json
var files embed.FS

${filler(30, 'T')}
func init() { _ = files }
`;
    const [stays, ...moved] = partsOf(split(code, 100));
    expect(stays?.names).toEqual(expect.arrayContaining(['files', 'init']));
    expect(stays?.text).toContain('_ "image/png"');
    for (const part of moved) expect(part.text).not.toContain('import');
  });

  it('names that are taken are not taken again', () => {
    const parts = partsOf(
      split(`package wiz\n\n${filler(30, 'T')}`, 100, 'wiz.go', { 'wiz_types.go': 'package wiz\n' }),
    );
    expect(parts.map((part) => part.file)).not.toContain('wiz_types.go');
  });

  it('comments between declarations go with the next, those at the end with the last; line ends may be CRLF', () => {
    const code =
      `package wiz\n\n${filler(20, 'T')}\n// --- section ---\n\n// X is one.\nvar X = 1\n\n// The end.\n`.replaceAll(
        '\n',
        '\r\n',
      );
    const parts = partsOf(split(code, 70));
    const last = parts.find((part) => part.names.includes('X'))?.text;
    expect(last).toContain('// --- section ---\n\n// X is one.\nvar X = 1\n\n// The end.\n');
  });

  it('declarations that share a line stay together', () => {
    const code = `package wiz\n\n${filler(20, 'T')}\nvar a = 1; var b = 2\n`;
    for (const part of partsOf(split(code, 70)))
      expect(part.names.includes('a')).toBe(part.names.includes('b'));
  });
});

describe('where no plan is possible', () => {
  const none = (text: string, max: number) => {
    const plan = split(text, max);
    return plan.kind === 'none' ? plan.why : partsOf(plan).map((part) => part.file);
  };
  it('one declaration', () =>
    expect(none(`package wiz\n\nvar table = []int{\n${'\t1,\n'.repeat(100)}}\n`, 50)).toBe(
      'table alone has 102 lines and must be shortened itself',
    ));
  it('a dot import, cgo, damage', () => {
    expect(none(`package wiz\n\nimport . "fmt"\n\n${filler(30, 'T')}`, 100)).toMatch(/dot import/);
    expect(none(`package wiz\n\nimport "C"\n\n${filler(30, 'T')}`, 100)).toMatch(/cgo/);
    expect(none(`package wiz\n\nfunc f( {\n\n${filler(30, 'T')}`, 100)).toBe('it does not parse');
  });
  it('is said in the message', () => {
    const plan = split(`package wiz\n\nvar table = []int{\n${'\t1,\n'.repeat(100)}}\n`, 50);
    expect(inShort(plan)).toBe(
      'No split by whole declarations helps: table alone has 102 lines and must be shortened itself',
    );
  });
});

it('a plan in words', () => {
  const plan = split(
    `package wiz\n\ntype Wiz struct{}\n\nfunc (w *Wiz) Invoke() error { return nil }\n\n${filler(12, 'T')}`,
    90,
  );
  expect(inShort(plan)).toMatch(
    /^Split it: move T0, T1, T2 and 9 more to wiz_types\.go \(61 lines\); wiz\.go keeps 5 lines$/,
  );
  expect(inFull(plan, 'pkg/wiz.go', 80, 90)).toMatch(
    /^pkg\/wiz\.go has 80 lines; the limit is 90\. It can be split into 2 files:\n\npkg\/wiz\.go {2}5 lines, what stays\n {2}3-3 +1 {2}Wiz\n/,
  );
});
