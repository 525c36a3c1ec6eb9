/**
 * What the outcome of a condition says about its operands. Syntax only: `nil`, `true` and `false` are taken at their word.
 */
import { type Expr, unparen } from '../syntax/ast.ts';
import type { EdgeKind } from './cfg.ts';

/** An operand of a condition and how it came out. */
export interface Outcome {
  readonly cond: Expr;
  readonly truth: boolean;
}

/**
 * What follows for its operands from the value of a boolean expression: for `a && !b` being true that `a` is true and `b` false; for
 * `a && b` being false only itself. Looks through parentheses, `!`, `&&`, `||`, and comparison with `true` and `false`.
 *
 *     skip := rejected || old; if !skip { … }     // implied(rejected || old, false): neither
 */
export function implied(cond: Expr, truth: boolean): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  const open: Outcome[] = [{ cond, truth }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const x = unparen(next.cond);
    if (x.kind === 'UnaryExpr' && x.op === '!') {
      open.push({ cond: x.x, truth: !next.truth });
    } else if (x.kind === 'BinaryExpr' && x.op === (next.truth ? '&&' : '||')) {
      open.push({ cond: x.y, truth: next.truth }, { cond: x.x, truth: next.truth });
    } else {
      const compared = comparedWithBool(x);
      if (compared === undefined) outcomes.push({ cond: x, truth: next.truth });
      else open.push({ cond: compared.cond, truth: compared.truth === next.truth });
    }
  }
  return outcomes;
}

/** `x == true` is x itself, `x != true` its opposite. */
function comparedWithBool(x: Expr): Outcome | undefined {
  if (x.kind !== 'BinaryExpr' || (x.op !== '==' && x.op !== '!=')) return undefined;
  for (const [operand, other] of [
    [x.x, unparen(x.y)],
    [x.y, unparen(x.x)],
  ] as const) {
    if (other.kind !== 'Ident' || (other.name !== 'true' && other.name !== 'false')) continue;
    return { cond: operand, truth: (other.name === 'true') === (x.op === '==') };
  }
  return undefined;
}

/** What an edge, if it is the outcome of a comparison with `nil`, says: `x` is nil, or is not. Either order, and `case nil`. */
export function nilTest(why: EdgeKind): { readonly x: Expr; readonly isNil: boolean } | undefined {
  switch (why.kind) {
    case 'true':
    case 'false': {
      const cond = unparen(why.cond);
      if (cond.kind !== 'BinaryExpr' || (cond.op !== '==' && cond.op !== '!=')) return undefined;
      const x = comparedWithNil(cond.x, cond.y);
      return x && { x, isNil: (cond.op === '==') === (why.kind === 'true') };
    }
    case 'case':
    case 'not-case': {
      const x = comparedWithNil(why.tag, why.value);
      return x && { x, isNil: why.kind === 'case' };
    }
    default:
      return undefined;
  }
}

/** The operand that is compared with the word `nil`, whichever side it stands on. */
export function comparedWithNil(a: Expr, b: Expr): Expr | undefined {
  const [x, y] = [unparen(a), unparen(b)];
  if (y.kind === 'Ident' && y.name === 'nil') return x;
  return x.kind === 'Ident' && x.name === 'nil' ? y : undefined;
}
