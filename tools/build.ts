/**
 * Build `dist/`: bundles without runtime dependencies, and the data files they read, beside them (decision 34).
 *
 *     dist/cli.js  dist/index.js  dist/*.wasm  dist/stdlib/declarations.txt  dist/licenses.txt
 *     dist/action/…                the same for the GitHub Action; committed, because the runner installs nothing
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Node's own modules, for CommonJS dependencies that ask with require. */
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  charset: 'utf8',
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  banner: { js: REQUIRE },
  logLevel: 'warning',
  absWorkingDir: at(''),
} as const satisfies BuildOptions;

for (const folder of ['dist', 'dist/action']) {
  rmSync(at(folder), { recursive: true, force: true });
  mkdirSync(at(`${folder}/stdlib`), { recursive: true });
}

const cli = await build({
  ...shared,
  entryPoints: { cli: at('src/cli/index.ts'), index: at('src/index.ts') },
  outdir: at('dist'),
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  target: 'node20',
});
const action = await build({
  ...shared,
  entryPoints: { index: at('src/action/index.ts') },
  outdir: at('dist/action'),
  target: 'node24',
});

const assets: readonly (readonly [from: string, to: string])[] = [
  ['grammar/tree-sitter-go.wasm', 'tree-sitter-go.wasm'],
  ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'web-tree-sitter.wasm'],
  ['src/knowledge/stdlib/declarations.txt', 'stdlib/declarations.txt'],
];
for (const folder of ['dist', 'dist/action'])
  for (const [from, to] of assets) {
    cpSync(at(from), at(`${folder}/${to}`));
    chmodSync(at(`${folder}/${to}`), 0o644);
  }
writeFileSync(at('dist/licenses.txt'), licenses(Object.keys(cli.metafile.inputs)));
writeFileSync(at('dist/action/licenses.txt'), licenses(Object.keys(action.metafile.inputs)));
// The runner starts index.js wherever the repository lies, so the folder says itself that it is a module.
writeFileSync(at('dist/action/package.json'), '{ "type": "module" }\n');

declarations();

/** The types of the public API. Modules name each other with `.ts`, which only we understand; consumers look for `.js`. */
function declarations(): void {
  const tsc = at('node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', at('tsconfig.types.json')], { stdio: 'inherit' });
  for (const name of readdirSync(at('dist/types'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = at(`dist/types/${name}`);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(
        /(from '\.[^']*|import\("\.[^"]*|import\('\.[^']*)\.ts(?=['"])/g,
        '$1.js',
      ),
    );
  }
}

/** The licence of every package whose code is in the bundle, and of the grammar. */
function licenses(inputs: readonly string[]): string {
  const packages = new Set<string>();
  for (const input of inputs) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1] !== undefined) packages.add(match[1]);
  }
  const texts = [...packages].sort().map((name) => `${name}\n\n${licenseOf(`node_modules/${name}`)}`);
  texts.push(`tree-sitter-go (grammar)\n\n${readFileSync(at('grammar/LICENSE'), 'utf8')}`);
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

function licenseOf(folder: string): string {
  for (const name of ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt', 'LICENSE-MIT'])
    try {
      return readFileSync(at(`${folder}/${name}`), 'utf8');
    } catch {
      // The next spelling may exist.
    }
  const { license } = JSON.parse(readFileSync(at(`${folder}/package.json`), 'utf8')) as { license?: string };
  if (license === undefined) throw new Error(`no licence found in ${folder}`);
  return `Licence: ${license}`;
}
