/**
 * Compares p0lint's types with those of go/types, expression by expression, on real modules.
 *
 *     tsx tools/oracle-types/run.ts [--ignore-dependencies] <module folder>…
 *     ../prometheus: 489676 expressions, 99.99 % known, 0 wrong; 39371 calls, 100.00 % known, 0 wrong
 *
 * Wrong is worse than unknown: every wrong one is listed as file:line (and some that are unknown). Needs Go, the modules' dependencies in the
 * module cache, and code that compiles; a development tool that neither tests nor users need. Without Go it says so and ends well.
 * With `--ignore-dependencies` p0lint sees no module cache: much is unknown then, and still nothing may be wrong.
 *
 * Exit code 0: nothing wrong, or skipped; 1: something is wrong; 2: usage.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GoFile } from '../../src/go/files.ts';
import type { Program } from '../../src/go/package.ts';
import { openProgram } from '../../src/go/program.ts';
import type { Expr, Node } from '../../src/go/syntax/ast.ts';
import { loadParser } from '../../src/go/syntax/parser.ts';
import { walk } from '../../src/go/syntax/walk.ts';
import { stdlibSource } from '../../src/knowledge/stdlib.ts';
import { moduleGraph } from '../../src/project/modules.ts';
import { diskTree } from '../../src/project/tree.ts';
import { notation } from './notation.ts';

const MAX_OUTPUT = 2 ** 30;
const SHOWN = 40;

/** What go/types says of one file: `start end kind` in bytes -> type. */
type Answers = ReadonlyMap<string, string>;

interface Tally {
  total: number;
  known: number;
  wrong: number;
}

const args = process.argv.slice(2);
const ignore = args.includes('--ignore-dependencies');
const folders = args.filter((arg) => !arg.startsWith('--'));
if (folders.length === 0) {
  console.error('usage: tsx tools/oracle-types/run.ts [--ignore-dependencies] <module folder>…');
  process.exitCode = 2;
} else if (spawnSync('go', ['version']).error !== undefined) {
  console.log('skipped: there is no Go to compare with');
} else {
  await loadParser();
  const scratch = mkdtempSync(path.join(tmpdir(), 'p0lint-types-'));
  try {
    const oracle = path.join(scratch, 'oracle');
    execFileSync('go', ['build', '-o', oracle, '.'], { cwd: fileURLToPath(new URL('.', import.meta.url)) });
    const wrong = folders.map((folder) => compare(path.resolve(folder), oracle));
    process.exitCode = wrong.some((count) => count > 0) ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function compare(root: string, oracle: string): number {
  const text = execFileSync(oracle, [root, './...'], { cwd: root, encoding: 'utf8', maxBuffer: MAX_OUTPUT });
  const answers = parse(text);
  const cache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
  const program = openProgram(
    moduleGraph(diskTree(root), {
      dependencies: ignore ? 'ignore' : 'auto',
      cache: ignore ? undefined : diskTree(cache),
      stdlibSource,
      tests: false,
    }),
  );
  const all: Tally = { total: 0, known: 0, wrong: 0 };
  const calls: Tally = { total: 0, known: 0, wrong: 0 };
  const wrong: string[] = [];
  const unknown: string[] = [];
  for (const [file, expected] of answers) {
    for (const pkg of program.packagesIn(path.posix.dirname(file).replace(/^\.$/, ''))) {
      const source = pkg.files.find((candidate) => candidate.path === file);
      if (source === undefined) continue;
      for (const { node, want } of matched(source, expected)) {
        const got = notation(pkg.info.typeOf(node));
        const tallies = node.kind === 'CallExpr' ? [all, calls] : [all];
        const isEqual = got === want || isCommaOk(node, got, want);
        // A constant that is given to a missing package stays untyped.
        const isKnown = isEqual || !(got.includes('?') || (ignore && got.startsWith('untyped ')));
        const isWrong = isKnown && !isEqual;
        for (const tally of tallies) {
          tally.total++;
          if (isKnown) tally.known++;
          if (isWrong) tally.wrong++;
        }
        if (isWrong || !isKnown) (isWrong ? wrong : unknown).push(line(program, node, want, got));
      }
    }
  }
  console.log(`${path.relative('.', root)}: ${summary(all, 'expressions')}; ${summary(calls, 'calls')}`);
  for (const text of wrong) console.log(`  wrong    ${text}`);
  const step = Math.ceil(unknown.length / SHOWN);
  for (const [i, text] of unknown.entries()) if (i % step === 0) console.log(`  unknown  ${text}`);
  return all.wrong;
}

function summary({ total, known, wrong }: Tally, what: string): string {
  return `${total} ${what}, ${((100 * known) / Math.max(1, total)).toFixed(2)} % known, ${wrong} wrong`;
}

function parse(text: string): ReadonlyMap<string, Answers> {
  const files = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const answer of text.split('\n')) {
    if (answer.startsWith('@')) {
      current = new Map();
      files.set(answer.slice(1), current);
    } else if (answer !== '') {
      const [start, end, kind, ...type] = answer.split(' ');
      current.set(`${start} ${end} ${kind}`, type.join(' '));
    }
  }
  return files;
}

/** The expressions of a file that go/types has an answer for. */
function matched(file: GoFile, answers: Answers): { readonly node: Expr; readonly want: string }[] {
  const offset = byteOffsets(file.text);
  const found: { node: Expr; want: string }[] = [];
  const visit = (node: Node): void => {
    const range = `${offset(node.pos - file.base)} ${offset(node.end - file.base)}`;
    const want = answers.get(`${range} ${goKind(node)}`) ?? answers.get(`${range} IndexListExpr`);
    if (want !== undefined) found.push({ node: node as Expr, want });
  };
  for (const decl of file.decls) walk(decl, visit, { literals: true });
  return found;
}

function goKind(node: Node): string {
  return node.kind === 'SliceType' ? 'ArrayType' : node.kind;
}

/** From UTF-16 units to bytes of UTF-8, for one file. */
function byteOffsets(text: string): (at: number) => number {
  if (Buffer.byteLength(text) === text.length) return (at) => at;
  const table = new Int32Array(text.length + 1);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isHalf = code >= 0xd800 && code < 0xe000;
    table[i + 1] = table[i]! + (code < 0x80 ? 1 : code < 0x800 || isHalf ? 2 : 3);
  }
  return (at) => table[at]!;
}

/** go/types records `v, ok := x` as two values for x. */
function isCommaOk(node: Expr, got: string, want: string): boolean {
  return node.kind !== 'CallExpr' && (want === `(${got},bool)` || want === `(${got},untyped bool)`);
}

function line(program: Program, node: Expr, want: string, got: string): string {
  const { file, line: number } = program.files.locate(node);
  const text = program.files.textOf(node).replaceAll(/\s+/g, ' ').slice(0, 60);
  return `${file}:${number}  ${text}  is ${want}, not ${got}`;
}
