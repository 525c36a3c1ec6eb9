/**
 * Every `// type: <expression> = <type>` in fixtures/go: some expression with that text on the line has that type.
 *
 * The comments are what go/types prints. It shows aliases by their names and names the results of a tuple; p0lint resolves aliases away and
 * keeps no names in tuples, so both are taken out of what is expected.
 */
import { describe, expect, test } from 'vitest';
import type { GoFile } from '../../../src/go/files.ts';
import type { Program } from '../../../src/go/package.ts';
import { typeString } from '../../../src/go/semantics/print.ts';
import type { Expr, Node } from '../../../src/go/syntax/ast.ts';
import { walk } from '../../../src/go/syntax/walk.ts';
import { openFixtures } from './fixture-program.ts';

const program = await openFixtures('fixtures/go');
const MARKER = /\/\/ type: (.+?) = (.+?)(?=\s*\/\/ |$)/g;

interface Expectation {
  readonly line: number;
  readonly expr: string;
  readonly type: string;
}

function expectations(file: GoFile): Expectation[] {
  const found: Expectation[] = [];
  file.text.split('\n').forEach((text, i) => {
    for (const match of text.matchAll(MARKER)) {
      found.push({ line: i + 1, expr: plain(match[1]!), type: plain(match[2]!) });
    }
  });
  return found;
}

/** Without the spaces that gofmt and go/types set differently. */
function plain(text: string): string {
  return text.replaceAll(/,\s+/g, ',').replaceAll(/\s+/g, ' ').trim();
}

/** The types of all expressions with this text that start on this line. */
function typesOn(open: Program, file: GoFile): Map<string, string[]> {
  const pkg = open.packageAt(file.base);
  const types = new Map<string, string[]>();
  const visit = (node: Node): void => {
    if (!isExpr(node)) return;
    const key = `${open.files.lineOf(node.pos)} ${plain(open.files.textOf(node))}`;
    const list = types.get(key) ?? [];
    list.push(plain(typeString(pkg.info.typeOf(node))));
    types.set(key, list);
  };
  for (const decl of file.decls) walk(decl, visit, { literals: true });
  return types;
}

/** `(host types.Host,err error)` as `(types.Host,error)`. */
function withoutNames(type: string): string {
  return type.startsWith('(') ? type.replaceAll(/(?<=[(,])\w+ (?=[\w*[])/g, '') : type;
}

/** Replacements of each alias of a file by what it stands for, its own use of aliases included. */
function aliasesOf(open: Program, file: GoFile): ((type: string) => string)[] {
  const pkg = open.packageAt(file.base);
  const found: ((type: string) => string)[] = [];
  const visit = (node: Node): void => {
    if (node.kind !== 'TypeSpec' || !node.alias) return;
    const object = pkg.info.objectOf(node.name);
    if (object?.kind !== 'type') return;
    const name = new RegExp(`\\b${pkg.name}\\.${object.name}\\b`, 'g');
    found.push((type) => type.replaceAll(name, plain(typeString(object.type))));
  };
  for (const sibling of pkg.files) for (const decl of sibling.decls) walk(decl, visit, { literals: true });
  return found;
}

function isExpr(node: Node): node is Expr {
  return /^(Ident|BasicLit|.*Expr|.*Type|CompositeLit|FuncLit)$/.test(node.kind);
}

const folders = ['types', 'scopes', 'calls', 'flow', 'dominance'];
for (const folder of folders) {
  for (const pkg of program.packagesIn(folder)) {
    for (const file of pkg.files) {
      const wanted = expectations(file);
      if (wanted.length === 0) continue;
      describe(file.path, () => {
        const types = typesOn(program, file);
        const aliases = aliasesOf(program, file);
        test.each(wanted)('line $line: $expr is $type', ({ line, expr, type }) => {
          const found = types.get(`${line} ${expr}`) ?? [`no expression ${expr}`];
          const same = [type, withoutNames(type), ...aliases.map((replace) => withoutNames(replace(type)))];
          if (!same.some((text) => found.includes(text))) expect(found).toContain(type);
        });
      });
    }
  }
}

test('there are expectations', () => {
  const files = folders.flatMap((folder) => program.packagesIn(folder)).flatMap((pkg) => pkg.files);
  expect(files.flatMap(expectations).length).toBeGreaterThan(600);
});
