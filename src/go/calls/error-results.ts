/**
 * Which results of a call are errors: known from declarations, never guessed from names.
 *
 *     json.Marshal(v)   => { count: 2, errors: [1] }
 *     len(v), T(x)      => { count: 1, errors: [] }
 *     acme.Do(ctx)      => undefined where the source of acme is not at hand
 *
 * An error is any type that implements `error`, concrete ones too. A function that is declared once per platform returns an error where
 * any of its declarations does: dropping it is a fault on that platform (decision 19).
 */
import type { Program } from '../package.ts';
import { isErrorType } from '../semantics/method-sets.ts';
import type { Type } from '../semantics/types.ts';
import type { CallExpr } from '../syntax/ast.ts';
import { namedFunction } from './names.ts';

export interface ErrorResults {
  readonly count: number;
  /** Positions of the errors, ascending. */
  readonly errors: readonly number[];
}

const NONE: ErrorResults = { count: 1, errors: [] };

/** Undefined where what the call returns is not known. */
export function errorResults(program: Program, call: CallExpr): ErrorResults | undefined {
  const info = program.infoOf(call);
  const type = info.typeOf(call);
  if (type.kind === 'unknown') return undefined;
  if (info.callKind(call) !== 'call') return NONE;
  const own = errorsAmong(type);
  if (own.errors.length > 0) return own;
  const variants = namedFunction(program, call)?.variants ?? [];
  if (variants.length < 2) return own;
  for (const { signature } of variants) {
    const types = signature.results.map((result) => result.type);
    const other = errorsAmong(types.length === 1 ? types[0]! : { kind: 'tuple', types });
    if (other.errors.length > 0) return other;
  }
  return own;
}

function errorsAmong(type: Type): ErrorResults {
  const types = type.kind === 'tuple' ? type.types : [type];
  const errors: number[] = [];
  types.forEach((t, i) => {
    if (isErrorType(t)) errors.push(i);
  });
  return { count: types.length, errors };
}
