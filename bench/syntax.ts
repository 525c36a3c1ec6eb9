/**
 * How fast Go is parsed, stage by stage: `npm run dump -- speed <folder>`.
 *
 *     raw parse      what tree-sitter itself needs: everything else is compared with this
 *     flatten        reading its tree out of memory
 *     declarations   lowering without function bodies, comments and line starts included
 *     everything     lowering with all bodies
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNames } from '../src/go/syntax/names.ts';
import { lowerGoFile, releaseBodies } from '../src/go/syntax/parse-file.ts';
import { flatTreeOf, loadParser, openTree } from '../src/go/syntax/parser.ts';
import { parseText } from '../src/go/syntax/recover.ts';

/** Prints a table to standard output. */
export async function measureSyntax(folder: string): Promise<void> {
  await loadParser();
  const texts = goFiles(folder).map((path) => readFileSync(path, 'utf8'));
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const lines = texts.reduce((sum, text) => sum + text.split('\n').length, 0);
  console.log(`${texts.length} files, ${lines} lines, ${(characters / 1e6).toFixed(1)} million characters`);
  measureStages(texts.slice(0, Math.min(texts.length, 50)));
  const { raw, flatten, declarations, bodies, integers } = measureStages(texts);
  const row = (stage: string, time: number) =>
    console.log(
      `${stage.padEnd(14)} ${time.toFixed(0).padStart(7)} ms ${(time / raw).toFixed(2).padStart(6)} x`,
    );
  row('raw parse', raw);
  row('flatten', flatten);
  row('declarations', declarations);
  row('everything', declarations + bodies);
  row('together', raw + flatten + declarations + bodies);
  console.log(`flat trees: ${((integers * 4) / characters).toFixed(2)} bytes per character of source`);
}

interface Stages {
  readonly raw: number;
  readonly flatten: number;
  readonly declarations: number;
  readonly bodies: number;
  /** In all flat trees. */
  readonly integers: number;
}

function measureStages(texts: readonly string[]): Stages {
  let raw = 0;
  let flatten = 0;
  let declarations = 0;
  let bodies = 0;
  let integers = 0;
  const names = createNames();
  for (const text of texts) {
    const start = performance.now();
    const tree = openTree(text);
    const parsed = performance.now();
    integers += flatTreeOf(tree).nodes.length;
    const flat = performance.now();
    tree.delete();
    raw += parsed - start;
    flatten += flat - parsed;
    const whole = parseText(text);
    const again = performance.now();
    const file = lowerGoFile(whole, 'bench.go', text, 0, { names });
    const lowered = performance.now();
    for (const decl of file.decls) if (decl.kind === 'FuncDecl') void decl.body;
    bodies += performance.now() - lowered;
    declarations += lowered - again;
    releaseBodies(file);
  }
  return { raw, flatten, declarations, bodies, integers };
}

function goFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.go') && !entry.parentPath.includes('testdata'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
