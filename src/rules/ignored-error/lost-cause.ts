/**
 * Errors that are formatted away: a new error is made, and the old one can no longer be found in it.
 *
 *     fmt.Errorf("read: %v", err)          // the verb loses it
 *     fmt.Errorf("read: %s", err.Error())  // the text was all that was given
 *     errors.New("read: " + err.Error())
 *
 * One `%w` keeps the chain; a second error beside it that is only formatted is a smaller loss. Not lost: `%T`, and an error that stands in
 * the same call once more with `%w`. A format that is not constant, and arguments that are spread from a slice, cannot be read here.
 */
import { fullName } from '../../go/calls/names.ts';
import { placeContaining } from '../../go/flow/places.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';
import { errorsInText, variableNamed } from './error-text.ts';
import { formatVerbs, type Verb } from './format-verbs.ts';

export interface LostError {
  readonly error: Expr;
  /** The argument (or part of it) through which it goes. */
  readonly at: Expr;
  /** The verb that prints it; undefined where it had become text before. */
  readonly verb: Verb | undefined;
}

export interface LostCause {
  readonly call: CallExpr;
  readonly maker: 'fmt.Errorf' | 'errors.New';
  /** At least one. */
  readonly lost: readonly LostError[];
  /** Another error is wrapped by this call. */
  readonly beside: boolean;
}

/** `fn`: the function in whose body the call stands; undefined in a package variable's initialiser. */
export function lostCause(
  program: Program,
  call: CallExpr,
  fn: GoFunction | undefined,
): LostCause | undefined {
  const maker = makerOf(program, call);
  const [first, ...args] = call.args;
  if (maker === undefined || first === undefined || call.ellipsis) return undefined;
  const place = fn && placeContaining(fn.cfg, call);
  const texts = (x: Expr): readonly LostError[] =>
    errorsInText(program, fn, place, x).map((text) => ({ ...text, verb: undefined }));
  const result = (lost: readonly LostError[], beside: boolean): LostCause | undefined =>
    lost.length === 0 ? undefined : { call, maker, lost, beside };

  if (maker === 'errors.New') return result(texts(first), false);
  const format = program.infoOf(call).constantOf(first);
  if (format?.kind !== 'string') return args.length === 0 ? result(texts(first), false) : undefined;

  const verbs = formatVerbs(format.value);
  const wrapped = new Set<Var | string>();
  const lost: LostError[] = [];
  args.forEach((arg, i) => {
    const own = verbs.filter((verb) => verb.argument === i);
    if (!isErrorType(program.infoOf(arg).typeOf(arg))) {
      if (own.some((verb) => verb.letter !== 'T')) lost.push(...texts(arg));
      return;
    }
    const loses = own.find((verb) => verb.letter !== 'T' && verb.letter !== 'p');
    if (own.some((verb) => verb.letter === 'w')) wrapped.add(identity(program, arg));
    else if (loses !== undefined) lost.push({ error: arg, at: arg, verb: loses });
  });
  return result(
    lost.filter(({ error }) => !wrapped.has(identity(program, error))),
    wrapped.size > 0,
  );
}

/** Most calls are told apart by their bare name. */
function makerOf(program: Program, call: CallExpr): LostCause['maker'] | undefined {
  const fun = unparen(call.fun);
  if (fun.kind === 'SelectorExpr' && fun.sel.name !== 'Errorf' && fun.sel.name !== 'New') return undefined;
  if (fun.kind !== 'SelectorExpr' && fun.kind !== 'Ident') return undefined;
  const callee = program.calleeOf(call);
  if (callee.kind !== 'function') return undefined;
  const name = fullName(callee.func);
  return name === 'fmt.Errorf' || name === 'errors.New' ? name : undefined;
}

/** What tells two mentions of one error: the variable, else the text. */
function identity(program: Program, x: Expr): Var | string {
  return variableNamed(program, x) ?? program.files.textOf(unparen(x));
}
