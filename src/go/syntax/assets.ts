/**
 * Where the two wasm files of the parser lie: `web-tree-sitter.wasm` (the tree-sitter library) and `tree-sitter-go.wasm` (the grammar).
 *
 *     assetPath('tree-sitter-go.wasm')   // <package>/dist/tree-sitter-go.wasm, or <checkout>/grammar/tree-sitter-go.wasm
 *
 * In the published package both lie in `dist/`, beside the bundle or above it (`dist/chunks/`). In a checkout the grammar lies in `grammar/` and the library in
 * `node_modules/`. Nothing is downloaded and no environment variable is read: the parser is part of the program.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../model/user-error.ts';

const DEVELOPMENT: Readonly<Record<AssetName, string>> = {
  'tree-sitter-go.wasm': '../../../grammar/tree-sitter-go.wasm',
  'web-tree-sitter.wasm': '../../../node_modules/web-tree-sitter/web-tree-sitter.wasm',
};

export type AssetName = 'tree-sitter-go.wasm' | 'web-tree-sitter.wasm';

/** The absolute path of an asset; throws `UserError` where the installation lacks it. */
export function assetPath(name: AssetName): string {
  const candidates = [`./${name}`, `../${name}`, DEVELOPMENT[name]].map((relative) =>
    fileURLToPath(new URL(relative, import.meta.url)),
  );
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) {
    throw new UserError(
      `p0lint cannot parse Go: its file ${name} is missing (looked for ${candidates.join(' and ')})`,
      'The installation is incomplete: install p0lint again.',
    );
  }
  return found;
}
