/**
 * Graphs of functions that are written in tests.
 */

import { buildCfg } from '../../../src/go/flow/build.ts';
import type { Cfg } from '../../../src/go/flow/cfg.ts';
import { dumpCfg } from '../../../src/go/flow/dump.ts';
import type { CallExpr, FuncDecl, FuncLit, FuncNode, Node, Ranged } from '../../../src/go/syntax/ast.ts';
import { parseGoFile } from '../../../src/go/syntax/parse-file.ts';
import { loadParser } from '../../../src/go/syntax/parser.ts';
import { walk } from '../../../src/go/syntax/walk.ts';

await loadParser();

const neverReturning = new Set(['panic', 'os.Exit', 'log.Fatal', 'log.Fatalf']);

/** By name, as the fixtures write it; the names of packages are not resolved. */
export function returns(call: CallExpr): boolean {
  const { fun } = call;
  if (fun.kind === 'Ident') return !neverReturning.has(fun.name);
  return !(
    fun.kind === 'SelectorExpr' &&
    fun.x.kind === 'Ident' &&
    neverReturning.has(`${fun.x.name}.${fun.sel.name}`)
  );
}

export interface Graph {
  readonly func: FuncNode;
  readonly cfg: Cfg;
  textOf(range: Ranged): string;
  /** The only, or the n-th (from 1), node of this kind and text. */
  find<K extends Node['kind']>(kind: K, text: string, n?: number): Extract<Node, { kind: K }>;
  dump(): string;
}

/** The graph of `func f<signature> { <body> }`. */
export function graphOf(body: string, signature = '()'): Graph {
  const text = `package p\nfunc f${signature} {\n${body}\n}\n`;
  const file = parseGoFile('f.go', text, 0);
  if (file.damage.length > 0) throw new Error(`does not parse: ${text.slice(0, 200)}`);
  const func = file.decls.find((decl): decl is FuncDecl => decl.kind === 'FuncDecl');
  if (func === undefined) throw new Error('no function');
  return graphOfFunction(func, (range) => text.slice(range.pos, range.end));
}

export function graphOfFunction(func: FuncNode, textOf: (range: Ranged) => string): Graph {
  const cfg = buildCfg(func, returns);
  return {
    func,
    cfg,
    textOf,
    find(kind, wanted, n = 1) {
      let left = n;
      let found: Node | undefined;
      walk(
        func,
        (node) => {
          if (node.kind === kind && textOf(node) === wanted && --left === 0) found = node;
        },
        { literals: true },
      );
      if (found === undefined) throw new Error(`no ${kind} ${wanted}`);
      return found as Extract<Node, { kind: typeof kind }>;
    },
    dump: () => dumpCfg(cfg, textOf),
  };
}

/** The function literals in a function, in source order. */
export function literalsIn(func: FuncNode): readonly FuncLit[] {
  const found: FuncLit[] = [];
  walk(
    func,
    (node) => {
      if (node.kind === 'FuncLit' && node !== func) found.push(node);
    },
    { literals: true },
  );
  return found;
}
