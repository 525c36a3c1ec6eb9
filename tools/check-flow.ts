/**
 * Builds the control-flow graph of every function below a folder and checks what must hold for all of them:
 *
 *     npx tsx tools/check-flow.ts "$(go env GOROOT)/src"
 *
 * Prints what does not hold, and how long building and each analysis took.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildCfg } from '../src/go/flow/build.ts';
import type { Cfg } from '../src/go/flow/cfg.ts';
import { dominatorTree } from '../src/go/flow/dominators.ts';
import { loopForest } from '../src/go/flow/loops.ts';
import { controllingEdges } from '../src/go/flow/post-dominators.ts';
import type { FuncNode } from '../src/go/syntax/ast.ts';
import { parseGoFile } from '../src/go/syntax/parse-file.ts';
import { loadParser } from '../src/go/syntax/parser.ts';
import { walk } from '../src/go/syntax/walk.ts';
import { brokenInvariants } from '../test/go/flow/invariants.ts';
import { returns } from '../test/go/flow/source.ts';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: npx tsx tools/check-flow.ts <folder>');
  process.exit(2);
}
await loadParser();

const times = new Map<string, number>();
function timed<T>(what: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  times.set(what, (times.get(what) ?? 0) + performance.now() - start);
  return result;
}

const counts = { files: 0, characters: 0, functions: 0, blocks: 0, loops: 0, irreducible: 0 };
let broken = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.go')) continue;
  const file = path.join(entry.parentPath, entry.name);
  const text = new TextDecoder().decode(readFileSync(file));
  counts.files++;
  counts.characters += text.length;
  const functions: FuncNode[] = [];
  timed('parse and lower', () => {
    for (const decl of parseGoFile(file, text, 0).decls) {
      walk(
        decl,
        (node) => {
          if (node.kind === 'FuncDecl' ? node.body !== undefined : node.kind === 'FuncLit') {
            functions.push(node as FuncNode);
          }
        },
        { literals: true },
      );
    }
  });
  for (const func of functions) check(file, text, func);
}

function check(file: string, text: string, func: FuncNode): void {
  const cfg: Cfg = timed('build', () => buildCfg(func, returns));
  timed('dominators', () => dominatorTree(cfg));
  timed('loops', () => loopForest(cfg));
  timed('control dependence', () => controllingEdges(cfg, cfg.entry));
  counts.functions++;
  counts.blocks += cfg.blocks.length;
  counts.loops += loopForest(cfg).loops.length;
  counts.irreducible += loopForest(cfg).loops.filter((loop) => !loop.reducible).length;
  for (const problem of timed('check', () => brokenInvariants(cfg))) {
    broken++;
    console.log(`${file}:${text.slice(0, func.pos).split('\n').length}: ${problem}`);
  }
}

console.log(counts);
console.log(Object.fromEntries([...times].map(([what, ms]) => [what, `${Math.round(ms)} ms`])));
process.exitCode = broken === 0 ? 0 : 1;
