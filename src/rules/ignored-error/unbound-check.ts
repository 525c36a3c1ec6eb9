/**
 * Tests of an error that the call before the semicolon has not given.
 *
 *     if p.upload(ctx, name); err != nil { … }      // err is an older one; upload's own error is dropped
 *
 * Only where the condition looks at some error: else the call is merely unchecked.
 */
import type { Program } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import type { Expr, IfStmt, Node } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Drop } from './unchecked.ts';

export interface UnboundCheck {
  readonly drop: Drop;
  readonly stmt: IfStmt;
  /** The error that the condition looks at. */
  readonly tested: Expr;
}

/** Does the dropped call stand before the semicolon of an `if` that tests another error? */
export function unboundCheck(
  program: Program,
  drop: Drop,
  header: IfStmt | undefined,
): UnboundCheck | undefined {
  if (drop.kind !== 'statement' || header === undefined || drop.probable) return undefined;
  const info = program.infoOf(header.cond);
  let tested: Expr | undefined;
  walk(header.cond, (node) => {
    if (tested !== undefined) return false;
    if (isOperand(node) && isErrorType(info.typeOf(node))) tested = node;
    return tested === undefined;
  });
  return tested === undefined ? undefined : { drop, stmt: header, tested };
}

function isOperand(node: Node): node is Expr {
  return node.kind === 'Ident' || node.kind === 'SelectorExpr';
}
