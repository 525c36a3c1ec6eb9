/**
 * Flags that say "validated already".
 *
 *     if t.checked { return nil }
 *     if err := t.ValidateCredentials(); err != nil { return err }
 *     t.checked = true
 *
 * A run that finds the flag set has validated before, if nobody sets it but who has just validated. A flag that is set before the result is
 * known, or by somebody else, proves nothing.
 */
import type { Frame } from '../../go/execution/execution.ts';
import type { Value } from '../../go/execution/value.ts';
import type { GoFunction } from '../../go/package.ts';
import { type Expr, type Node, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Integration } from '../../integrations/integration.ts';

export interface Flags {
  /** Assignments that were executed: with good credentials only? */
  readonly executed: Map<Node, boolean>;
  note(node: Node, frame: Frame, validated: boolean): void;
}

export function newFlags(): Flags {
  const executed = new Map<Node, boolean>();
  return {
    executed,
    note(node, _frame, validated) {
      if (node.kind === 'AssignStmt') executed.set(node, (executed.get(node) ?? true) && validated);
    },
  };
}

/** Does one of the fields that are known to be true prove that the credentials were good before? */
export function isFlagOfSuccess(
  flags: Flags,
  integration: Integration,
  cells: ReadonlyMap<string, Value>,
): boolean {
  for (const [cell, value] of cells) {
    if (value.kind !== 'constant' || value.value !== true || !cell.startsWith('self.')) continue;
    const field = cell.slice(cell.lastIndexOf('.') + 1);
    const writes = writesOf(integration, field);
    if (writes.length > 0 && writes.every((node) => flags.executed.get(node) === true)) return true;
  }
  return false;
}

/** Where the field is given anything but false, in the package of the integration. */
function writesOf(integration: Integration, field: string): readonly Node[] {
  const found: Node[] = [];
  const isFalse = (e: Expr | undefined) => e?.kind === 'Ident' && e.name === 'false';
  const visit = (fn: GoFunction): void => {
    walk(
      fn.body,
      (node) => {
        if (node.kind === 'AssignStmt')
          node.lhs.forEach((target, i) => {
            const e = unparen(target);
            const value = node.rhs.length === node.lhs.length ? node.rhs[i] : undefined;
            if (e.kind === 'SelectorExpr' && e.sel.name === field && !isFalse(value)) found.push(node);
          });
        else if (
          node.kind === 'KeyValueExpr' &&
          node.key.kind === 'Ident' &&
          node.key.name === field &&
          !isFalse(node.value)
        )
          found.push(node);
        else if (node.kind === 'UnaryExpr' && node.op === '&') {
          const e = unparen(node.x);
          if (e.kind === 'SelectorExpr' && e.sel.name === field) found.push(node);
        }
      },
      { literals: true },
    );
  };
  for (const fn of integration.pkg.functions) visit(fn);
  return found;
}
