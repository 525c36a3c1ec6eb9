/**
 * Build `dist/`: bundles without runtime dependencies, and the data files they read, beside them (decision 34).
 *
 *     dist/cli.js  dist/index.js  dist/*.wasm  dist/stdlib/declarations.txt  dist/licenses.txt
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist/stdlib'), { recursive: true });

const result = await build({
  entryPoints: { cli: at('src/cli/index.ts'), index: at('src/index.ts') },
  outdir: at('dist'),
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  charset: 'utf8',
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  // CommonJS dependencies ask for Node's own modules with require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

const assets: readonly (readonly [from: string, to: string])[] = [
  ['grammar/tree-sitter-go.wasm', 'dist/tree-sitter-go.wasm'],
  ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/web-tree-sitter.wasm'],
  ['src/knowledge/stdlib/declarations.txt', 'dist/stdlib/declarations.txt'],
];
for (const [from, to] of assets) cpSync(at(from), at(to));
writeFileSync(at('dist/licenses.txt'), licenses(Object.keys(result.metafile.inputs)));

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
