/**
 * Errors of others, handed on as they came: the reader of the log learns "EOF", and not where.
 *
 *     raw, err := os.ReadFile(path)
 *     if err != nil { return err }       // came from another package, and nothing was added
 *
 * Of others are errors from calls into another package, and through an interface, whoever implements it. Nothing is said of `return f()`
 * (there is no place for a test), of a function that does no more than call and return, of sentinels, of what a function value returned,
 * of parameters, of an error that was given to a call on its way (a wrapper, whatever its name), of the error of a context, and of
 * ValidateCredentials in Invoke.
 */
import { calledNames, namedFunction } from '../../go/calls/names.ts';
import { type Access, accessesAt, variablesOf } from '../../go/flow/accesses.ts';
import { definitionsAt, definitionsOf } from '../../go/flow/definitions.ts';
import type { GoFunction } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import { type CallExpr, type ReturnStmt, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Platform } from '../../integrations/platform.ts';
import { contextErrors, errorMakers } from '../../knowledge/error-wrapping.ts';
import { exclusionsOf } from './exclusions.ts';
import { errorPositions, isTestedNil } from './swallowed.ts';

export interface UnwrappedReturn {
  readonly ret: ReturnStmt;
  /** The variable that is returned, by name. */
  readonly name: string;
  /** The call that the error came from. */
  readonly from: CallExpr;
}

const makers = exclusionsOf([...errorMakers, ...contextErrors]);

export function unwrappedReturns(platform: Platform, fn: GoFunction): readonly UnwrappedReturn[] {
  const positions = errorPositions(fn);
  if (positions.length === 0 || isPassThrough(fn)) return [];
  const found: UnwrappedReturn[] = [];
  walk(fn.body, (node) => {
    if (node.kind !== 'ReturnStmt') return;
    const place = fn.cfg.placeOf(node);
    if (place === undefined) return;
    const variables = variablesOf(fn.cfg, fn.pkg.info);
    for (const i of positions) {
      const returned = returnedVariable(fn, node, i);
      if (returned === undefined) continue;
      const { variable, use } = returned;
      if (isTestedNil(fn, place, variable)) continue;
      const definitions =
        use === undefined ? definitionsAt(variables, place, variable) : definitionsOf(variables, use);
      const from = foreignCall(platform, fn, definitions);
      if (from !== undefined) found.push({ ret: node, name: variable.name, from });
    }
  });
  return found;
}

/** `x, err := other.Call(); return x, err` and the like: two statements for one line. */
function isPassThrough(fn: GoFunction): boolean {
  const [first, second, third] = fn.body.stmts;
  return first?.kind === 'AssignStmt' && second?.kind === 'ReturnStmt' && third === undefined;
}

function returnedVariable(fn: GoFunction, ret: ReturnStmt, position: number) {
  if (ret.results.length === 0) {
    const variable = fn.results[position]!;
    return variable.name === '' ? undefined : { variable, use: undefined };
  }
  if (ret.results.length !== fn.results.length) return undefined;
  const x = unparen(ret.results[position]!);
  if (x.kind !== 'Ident') return undefined;
  const variable = fn.pkg.info.objectOf(x);
  if (variable?.kind !== 'var' || variable.role === 'package') return undefined;
  const place = fn.cfg.placeOf(ret)!;
  const use = accessesAt(variablesOf(fn.cfg, fn.pkg.info), place).find((a) => a.ident === x);
  return { variable, use };
}

/** The first call, in the order of the source, from whose package or interface one of the values may come. */
function foreignCall(platform: Platform, fn: GoFunction, start: readonly Access[]): CallExpr | undefined {
  const variables = variablesOf(fn.cfg, fn.pkg.info);
  const calls: CallExpr[] = [];
  const seen = new Set(start);
  for (const { value, place } of seen) {
    if (value === undefined) continue;
    const x = unparen(value);
    if (x.kind === 'CallExpr') {
      if (isForeign(platform, fn, x)) calls.push(x);
      continue;
    }
    if (x.kind !== 'Ident') continue;
    const copied = accessesAt(variables, place).find((a) => a.ident === x);
    if (copied !== undefined) for (const d of definitionsOf(variables, copied)) seen.add(d);
  }
  return calls.sort((a, b) => a.pos - b.pos)[0];
}

function isForeign(platform: Platform, fn: GoFunction, call: CallExpr): boolean {
  const { program, info } = fn.pkg;
  if (!crossesBorder(fn, call)) return false;
  if (makers.byName(program, call)) return false;
  if (call.args.some((arg) => isErrorType(info.typeOf(arg)))) return false;
  return !isCredentialsCheck(platform, fn, call);
}

function crossesBorder(fn: GoFunction, call: CallExpr): boolean {
  const { program } = fn.pkg;
  const named = namedFunction(program, call);
  if (named !== undefined) return named.interfaceMethod || named.pkg.path !== fn.pkg.path;
  const callee = program.calleeOf(call);
  return callee.kind === 'function' ? callee.func.pkg.path !== fn.pkg.path : callee.kind === 'missing';
}

/** Invoke hands on what ValidateCredentials says, which has named the integration already. */
function isCredentialsCheck({ vocabulary }: Platform, fn: GoFunction, call: CallExpr): boolean {
  if (fn.object?.name !== vocabulary.entryMethod) return false;
  return calledNames(fn.pkg.program, call).some((name) => name.endsWith(`.${vocabulary.credentialsMethod}`));
}
