/**
 * What rule 6 knows before any judgement, in the terms of the tools that it is compared with.
 *
 * Dropped errors: with errcheck's built-in exclusions and no others; of a call the place of its opening parenthesis, of an assignment the
 * blank. Lost causes: the argument that is formatted away. Columns count bytes.
 */
import { chariot } from '../../src/config/chariot.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { GoPackage, Program } from '../../src/go/package.ts';
import { type CallExpr, type Expr, unparen } from '../../src/go/syntax/ast.ts';
import { neverFailNames } from '../../src/knowledge/never-fail.ts';
import { diskTree } from '../../src/project/tree.ts';
import { exclusionsOf } from '../../src/rules/ignored-error/exclusions.ts';
import { type LostCause, lostCause } from '../../src/rules/ignored-error/lost-cause.ts';
import { toleranceOf } from '../../src/rules/ignored-error/tolerated.ts';
import {
  type Drop,
  dropsOfDeclarations,
  dropsOfFunction,
  functionsOf,
} from '../../src/rules/ignored-error/unchecked.ts';
import { survey } from '../../src/run.ts';
import type { Compiled, Reported } from './go-tools.ts';

export interface RawDrop extends Reported {
  readonly probable: boolean;
  /** How it is dropped, and why errcheck may see it differently. */
  readonly kind: string;
  /** Which of p0lint's own exclusions takes it out of the rule's findings. */
  readonly excludedBy: string | undefined;
}

export interface RawLoss extends Reported {
  /** Undefined where go-errorlint looks too; else what it does not look at. */
  readonly beyond: string | undefined;
}

/** The packages of a module that the toolchain compiles a file of. */
export function openModule(
  scope: Compiled,
  moduleCache: string,
  dependencies: 'auto' | 'ignore',
): readonly GoPackage[] {
  const { packages } = survey({
    tree: diskTree(scope.root),
    moduleCache: diskTree(moduleCache),
    paths: [''],
    settings: defaultSettings([], { scope: 'all', dependencies }),
    vocabulary: chariot,
    rules: [],
    repository: null,
    timestamp: null,
  });
  return packages.filter((pkg) => pkg.files.some((file) => scope.files.has(file.path)));
}

export function linesOf(packages: readonly GoPackage[], scope: Compiled): number {
  const files = packages.flatMap((pkg) => pkg.files.filter((file) => scope.files.has(file.path)));
  return files.reduce((sum, file) => sum + file.lineCount, 0);
}

export function rawDrops(packages: readonly GoPackage[], scope: Compiled): readonly RawDrop[] {
  const theirs = exclusionsOf(neverFailNames('errcheck'));
  const ours = exclusionsOf(neverFailNames());
  const found: RawDrop[] = [];
  for (const pkg of packages) {
    const { program } = pkg;
    const drops = [
      ...dropsOfDeclarations(program, pkg),
      ...functionsOf(pkg).flatMap((fn) => dropsOfFunction(program, fn)),
    ];
    for (const drop of drops) {
      const { call, probable } = drop;
      // errcheck looks at calls only, and knows only what is called by a selector.
      if (call === undefined || (isSelected(call) && theirs.byName(program, call))) continue;
      const pos = drop.kind === 'blank' ? drop.at.pos : openingOf(program, call);
      if (!scope.files.has(program.files.fileAt(pos).path)) continue;
      const excludedBy = ours.byName(program, call) ? 'by name' : toleranceOf(program, drop, chariot)?.what;
      found.push({ ...placeAt(program, pos), kind: kindOf(drop, call), probable, excludedBy });
    }
  }
  return found;
}

function kindOf({ kind, probable, value, stmt }: Drop, call: CallExpr): string {
  const written = stmt.kind === 'ExprStmt' ? stmt.x : value;
  const how = written !== call ? `${kind}, in parentheses` : kind;
  return probable ? `${how}, probable` : how;
}

function isSelected(call: CallExpr): boolean {
  let fun: Expr = unparen(call.fun);
  while (fun.kind === 'IndexExpr') fun = unparen(fun.x);
  return fun.kind === 'SelectorExpr';
}

/** The position of the parenthesis that opens the arguments. */
function openingOf(program: Program, call: CallExpr): number {
  const file = program.files.fileAt(call.pos);
  const open = file.text.indexOf('(', call.fun.end - file.base);
  return open < 0 ? call.pos : file.base + open;
}

export function rawLosses(packages: readonly GoPackage[], scope: Compiled): readonly RawLoss[] {
  const found: RawLoss[] = [];
  for (const pkg of packages) {
    const { program } = pkg;
    for (const fn of functionsOf(pkg)) {
      if (!scope.files.has(fn.file.path)) continue;
      for (const call of fn.calls) {
        const cause = lostCause(program, call, fn);
        if (cause === undefined) continue;
        // go-errorlint reports a call once, at the first argument in the order of the verbs.
        const [first] = [...cause.lost].sort((a, b) => (a.verb?.at ?? Infinity) - (b.verb?.at ?? Infinity));
        const { at, verb } = first!;
        const inCall = call.pos <= at.pos && at.end <= call.end ? at : call;
        found.push({ ...placeAt(program, inCall.pos), beyond: beyondErrorlint(cause, verb !== undefined) });
      }
    }
  }
  return found;
}

/** What go-errorlint does not look for, if it is that. */
function beyondErrorlint({ maker, call }: LostCause, byVerb: boolean): string | undefined {
  if (maker === 'errors.New') return 'errors.New of a text';
  if (!byVerb) return 'the text of an error';
  return call.args[0]?.kind === 'BasicLit' ? undefined : 'a format that is no literal';
}

function placeAt(program: Program, pos: number): Reported {
  const file = program.files.fileAt(pos);
  const { line, column } = program.files.locate({ pos, end: pos });
  const start = file.lineStarts[line - 1] ?? 0;
  const before = file.text.slice(start, start + column - 1);
  return { file: file.path, line, column: Buffer.byteLength(before) + 1 };
}
