/**
 * Functions with bodies: declared ones and literals, with what stands in them.
 */

import type { GoFile } from './files.ts';
import { buildCfg } from './flow/build.ts';
import type { Cfg } from './flow/cfg.ts';
import type { GoFunction, GoPackage } from './package.ts';
import { ensureBound } from './semantics/bind.ts';
import type { Checker, FunctionParts } from './semantics/checker.ts';
import { receiverName } from './semantics/declare.ts';
import { receiverOf } from './semantics/declare-function.ts';
import type { Func, Var } from './semantics/objects.ts';
import { resolveType } from './semantics/type-expressions.ts';
import type { Signature } from './semantics/types.ts';
import type { Block, CallExpr, FuncDecl, FuncLit, FuncNode } from './syntax/ast.ts';

export type Returns = (call: CallExpr) => boolean;

const NOTHING: FunctionParts = { calls: [], literals: [] };

/** What functions need of their package. */
export interface FunctionHome {
  readonly pkg: GoPackage;
  readonly checker: Checker;
  readonly returns: Returns;
}

export class FunctionWithBody implements GoFunction {
  readonly node: FuncNode;
  readonly symbol: string;
  readonly file: GoFile;
  readonly parent: GoFunction | undefined;
  private readonly home: FunctionHome;
  private graph: Cfg | undefined = undefined;
  private children: readonly GoFunction[] | undefined = undefined;

  constructor(
    home: FunctionHome,
    node: FuncNode,
    symbol: string,
    file: GoFile,
    parent: GoFunction | undefined,
  ) {
    this.home = home;
    this.node = node;
    this.symbol = symbol;
    this.file = file;
    this.parent = parent;
  }

  get pkg(): GoPackage {
    return this.home.pkg;
  }
  get object(): Func | undefined {
    return this.node.kind === 'FuncDecl' ? this.home.checker.functionObject(this.node) : undefined;
  }
  get receiver(): Var | undefined {
    return this.node.kind === 'FuncDecl' ? receiverOf(this.home.checker, this.node) : undefined;
  }
  get params(): readonly Var[] {
    return this.signature.params;
  }
  get results(): readonly Var[] {
    return this.signature.results;
  }
  get body(): Block {
    return this.node.body!;
  }
  get cfg(): Cfg {
    this.graph ??= buildCfg(this.node, this.home.returns);
    return this.graph;
  }
  get literals(): readonly GoFunction[] {
    this.children ??= this.parts.literals.map((literal, i) => {
      // As the Go runtime names them: outer.func1, and outer.func1.1 for a literal in that.
      const number = this.node.kind === 'FuncLit' ? `${i + 1}` : `func${i + 1}`;
      return new FunctionWithBody(this.home, literal, `${this.symbol}.${number}`, this.file, this);
    });
    return this.children;
  }
  get calls(): readonly CallExpr[] {
    return this.parts.calls;
  }

  private get signature(): Signature {
    const { node, home } = this;
    if (node.kind === 'FuncDecl') return home.checker.functionObject(node)!.signature;
    ensureBound(home.checker, node.body.pos);
    return resolveType(home.checker, node.type) as Signature;
  }

  private get parts(): FunctionParts {
    ensureBound(this.home.checker, this.body.pos);
    return this.home.checker.parts.get(this.node) ?? NOTHING;
  }
}

export function declaredFunction(home: FunctionHome, node: FuncDecl, file: GoFile): GoFunction {
  return new FunctionWithBody(home, node, symbolOf(node), file, undefined);
}

/** A literal in the initialiser of a package variable; the Go runtime counts them as part of `init`. */
export function initializerFunction(
  home: FunctionHome,
  node: FuncLit,
  index: number,
  file: GoFile,
): GoFunction {
  return new FunctionWithBody(home, node, `init.func${index + 1}`, file, undefined);
}

/** A literal where none can stand. */
export function strayFunction(home: FunctionHome, node: FuncLit, file: GoFile): GoFunction {
  return new FunctionWithBody(home, node, 'func', file, undefined);
}

/** `fetch`, `Wiz.Name`, `(*Wiz).Invoke`. */
export function symbolOf(decl: FuncDecl): string {
  const { name } = decl.name;
  if (decl.recv === undefined) return name;
  const receiver = receiverName(decl.recv.type);
  if (receiver === undefined) return name;
  return receiver.pointer ? `(*${receiver.ident.name}).${name}` : `${receiver.ident.name}.${name}`;
}
