/**
 * Tests of an error that the call before the semicolon has not given.
 *
 *     if p.upload(ctx, name); err != nil { … }      // err is an older one; upload's own error is dropped
 *
 * Only where the condition looks at some error: else the call is merely unchecked.
 */
import { errorResults } from '../../go/calls/error-results.ts';
import type { Program } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import type { Expr, IfStmt, Node } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Fix } from '../../model/finding.ts';
import type { Drop } from './unchecked.ts';

export interface UnboundCheck {
  readonly drop: Drop;
  readonly stmt: IfStmt;
  /** The error that the condition looks at. */
  readonly tested: Expr;
}

/** Binds the error under the name that is tested. Unsafe: until now the condition asked about another error. */
export function fixesOfUnbound(
  program: Program,
  { drop: { call }, stmt, tested }: UnboundCheck,
): readonly Fix[] {
  const results = call && errorResults(program, call);
  if (call === undefined || results === undefined || tested.kind !== 'Ident') return [];
  if (results.errors.length !== 1 || results.errors[0] !== results.count - 1) return [];
  // gofmt would move a comment behind the header.
  const { comments } = program.files.fileAt(stmt.pos);
  const line = program.files.lineOf(call.pos);
  if (comments.some((comment) => program.files.lineOf(comment.pos) === line)) return [];
  const newText = `${'_, '.repeat(results.count - 1)}${tested.name} := `;
  const at = program.files.locate({ pos: call.pos, end: call.pos });
  return [{ title: 'Bind the error that is tested', safety: 'unsafe', edits: [{ at, newText }] }];
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
