/**
 * Every `// calls: <callee>` in fixtures/go/calls, for every call whose opening parenthesis is on the line, in order.
 */
import { describe, expect, test } from 'vitest';
import type { Callee } from '../../../src/go/calls/callee.ts';
import type { GoFile } from '../../../src/go/files.ts';
import type { Func } from '../../../src/go/semantics/objects.ts';
import { typeString } from '../../../src/go/semantics/print.ts';
import type { CallExpr } from '../../../src/go/syntax/ast.ts';
import { walk } from '../../../src/go/syntax/walk.ts';
import { openFixtures } from '../semantics/fixture-program.ts';

const program = await openFixtures('fixtures/go');

function shown(callee: Callee): string {
  switch (callee.kind) {
    case 'function':
      return nameOf(callee.func);
    case 'interface':
      return `interface ${nameOf(callee.method)}`;
    case 'builtin':
      return `builtin ${callee.name}`;
    case 'conversion':
      return `conversion ${typeString(callee.type)}`;
    case 'closure':
      // The fixtures ask for the one function that is called.
      return callee.functions.length === 1 ? 'closure' : 'unknown';
    case 'missing':
      return `missing ${callee.importPath}.${callee.name}`;
    case 'value':
    case 'unknown':
      return 'unknown';
  }
}

/** `pkg.Func`, `(pkg.T).Method`, `(*pkg.T).Method`; without type arguments. */
function nameOf(func: Func): string {
  const { receiver, pkg, name } = func;
  const qualifier = pkg.name === '' ? '' : `${pkg.name}.`;
  if (receiver === undefined) return func.interfaceMethod ? `(interface).${name}` : qualifier + name;
  const { pkg: home } = receiver.type;
  const type = (home.name === '' ? '' : `${home.name}.`) + receiver.type.name;
  return `(${receiver.pointer ? '*' : ''}${type}).${name}`;
}

/** Methods of interfaces without a name, and aliases, are shown otherwise here. */
function resolved(callee: string): string {
  const name = /^conversion calls\.(\w+)$/.exec(callee)?.[1];
  const object = name === undefined ? undefined : program.packagesIn('calls')[0]!.lookup(name);
  if (object?.kind === 'type' && object.alias) return `conversion ${typeString(object.type)}`;
  return callee.replace(/^interface \(interface\{.*\}\)/, 'interface (interface)');
}

interface Line {
  readonly line: number;
  readonly wanted: readonly string[];
}

function expectations(file: GoFile): Line[] {
  return file.text.split('\n').flatMap((text, i) => {
    const wanted = [...text.matchAll(/\/\/ calls: (.+?)(?=\s*\/\/ |$)/g)].map((match) => resolved(match[1]!));
    return wanted.length === 0 ? [] : [{ line: i + 1, wanted }];
  });
}

/** The calls of a file by the line of their opening parenthesis, in the order of these. */
function callsByLine(file: GoFile): Map<number, string[]> {
  const found: { readonly at: number; readonly call: CallExpr }[] = [];
  for (const decl of file.decls) {
    walk(
      decl,
      (node) => {
        if (node.kind !== 'CallExpr') return;
        found.push({ at: file.base + file.text.indexOf('(', node.fun.end - file.base), call: node });
      },
      { literals: true },
    );
  }
  const lines = new Map<number, string[]>();
  for (const { at, call } of found.sort((a, b) => a.at - b.at)) {
    const line = program.files.lineOf(at);
    const list = lines.get(line) ?? [];
    list.push(shown(program.calleeOf(call)));
    lines.set(line, list);
  }
  return lines;
}

const files = program.packagesIn('calls').flatMap((pkg) => pkg.files);
for (const file of files) {
  describe(file.path, () => {
    const calls = callsByLine(file);
    test.each(expectations(file))('line $line', ({ line, wanted }) => {
      expect(calls.get(line)).toEqual(wanted);
    });
  });
}

test('there are expectations', () => {
  expect(files.flatMap(expectations).length).toBeGreaterThan(100);
});
