/**
 * What says that something has failed: errors, and statuses other than success.
 */
import type { EdgeKind } from '../../go/flow/cfg.ts';
import type { Info } from '../../go/semantics/info.ts';
import { type Expr, unparen } from '../../go/syntax/ast.ts';
import { opposite } from './comparisons.ts';
import { isError } from './tracking.ts';

/** Is the operand an error? By its type; by its name where that does not resolve. */
export function isErrorOperand(info: Info, operand: Expr): boolean {
  const x = unparen(operand);
  const type = info.typeOf(x);
  if (isError(type)) return true;
  if (type.kind !== 'unknown') return false;
  const name = x.kind === 'Ident' ? x.name : x.kind === 'SelectorExpr' ? x.sel.name : '';
  return /^err|Err$|^e$/.test(name);
}

/** Does the operand hold the status of an answer, `resp.StatusCode`? */
export function isStatus(operand: Expr): boolean {
  const x = unparen(operand);
  if (x.kind === 'CallExpr') return x.args.length === 0 && isStatus(x.fun);
  const name = x.kind === 'SelectorExpr' ? x.sel.name : x.kind === 'Ident' ? x.name : '';
  return /^(?:http)?(?:status_?code|code|status)$/i.test(name);
}

/** What it means that a status is left at `status op code`. */
export function judgeStatus(op: string, code: number): 'failed' | 'gone' | 'limited' | 'well' | undefined {
  if (code < 100 || code > 599) return undefined;
  switch (op) {
    case '==':
      if (code === 404 || code === 410 || code === 204 || code === 304 || code === 416) return 'gone';
      if (code === 429 || code === 503 || code === 202) return 'limited';
      return code < 300 ? 'well' : 'failed';
    case '!=':
      return code < 300 ? 'failed' : undefined;
    case '>':
    case '>=':
      return code >= 299 ? 'failed' : undefined;
    case '<':
    case '<=':
      return code >= 299 ? 'well' : 'failed';
    default:
      return undefined;
  }
}

/** Is the edge the outcome of a test of the status that says failure? */
export function isFailedStatus(info: Info, why: EdgeKind): boolean {
  if (why.kind !== 'true' && why.kind !== 'false') return false;
  const cond = unparen(why.cond);
  if (cond.kind === 'SelectorExpr' || cond.kind === 'CallExpr') {
    const fun = cond.kind === 'CallExpr' ? unparen(cond.fun) : cond;
    const name = fun.kind === 'SelectorExpr' ? fun.sel.name : '';
    return why.kind === 'true' ? /^IsError$/.test(name) : /^IsSuccess(?:State)?$/.test(name);
  }
  if (cond.kind !== 'BinaryExpr') return false;
  const op = why.kind === 'true' ? cond.op : opposite(cond.op);
  const status = statusTest(info, op, cond.x, cond.y);
  return status === 'failed';
}

/** `resp.StatusCode op 404`, either way round. */
export function statusTest(info: Info, op: string, x: Expr, y: Expr): ReturnType<typeof judgeStatus> {
  for (const [status, other, relation] of [
    [x, y, op],
    [y, x, MIRRORED[op] ?? op],
  ] as const) {
    const code = info.constantOf(other);
    if (code?.kind === 'int' && isStatus(status)) return judgeStatus(relation, Number(code.value));
  }
  return undefined;
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
