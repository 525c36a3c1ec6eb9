/**
 * Finding nodes in test sources by their text.
 *
 *     exprAt(pkg, 'json.Marshal(v)')       // the first expression with this text
 *     identAt(pkg, 'err', 2)               // the third identifier err
 */
import type { GoPackage } from '../../../src/go/package.ts';
import { typeString } from '../../../src/go/semantics/print.ts';
import type { CallExpr, Expr, Ident, Node } from '../../../src/go/syntax/ast.ts';
import { walk } from '../../../src/go/syntax/walk.ts';

export function nodesOf(pkg: GoPackage): Node[] {
  const nodes: Node[] = [];
  for (const file of pkg.files) {
    for (const decl of file.decls) {
      walk(
        decl,
        (node) => {
          nodes.push(node);
        },
        { literals: true },
      );
    }
  }
  return nodes;
}

export function isExpr(node: Node): node is Expr {
  return /^(Ident|BasicLit|.*Expr|.*Type|CompositeLit|FuncLit)$/.test(node.kind);
}

export function exprAt(pkg: GoPackage, text: string, nth = 0): Expr {
  const { files } = pkg.program;
  const found = nodesOf(pkg).filter((node) => isExpr(node) && files.textOf(node) === text)[nth];
  if (found === undefined) throw new Error(`no expression ${text}`);
  return found as Expr;
}

export function identAt(pkg: GoPackage, name: string, nth = 0): Ident {
  const found = nodesOf(pkg).filter((node) => node.kind === 'Ident' && node.name === name)[nth];
  if (found === undefined) throw new Error(`no identifier ${name}`);
  return found as Ident;
}

export function callAt(pkg: GoPackage, text: string, nth = 0): CallExpr {
  return exprAt(pkg, text, nth) as CallExpr;
}

/** The type of the first expression with this text. */
export function typeAt(pkg: GoPackage, text: string, nth = 0): string {
  return typeString(pkg.info.typeOf(exprAt(pkg, text, nth)));
}
