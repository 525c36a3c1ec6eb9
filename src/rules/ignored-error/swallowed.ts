/**
 * Errors that were noticed and swallowed: the function finds out that something failed, and reports success.
 *
 *     if err != nil { return nil }           // nil after an error: nobody has looked at it
 *     if err != nil { log.Println(err) }     // see logged.ts
 *
 * A look is any use of the error but the test itself: in the block, in its condition, before the test on every path to it, or later by
 * somebody who holds it (a deferred function). In a block that looks, `return nil` is somebody's decision.
 * The error of a context is none to look at: whoever ended the context knows. Functions without an error among their results have nothing to
 * return.
 */
import { calledNames } from '../../go/calls/names.ts';
import {
  type Access,
  accessesOfVariable,
  uses,
  type Variables,
  variablesOf,
} from '../../go/flow/accesses.ts';
import type { Place } from '../../go/flow/cfg.ts';
import { nilTest } from '../../go/flow/conditions.ts';
import { definitionsAt, definitionsOf } from '../../go/flow/definitions.ts';
import { dominates } from '../../go/flow/dominators.ts';
import { factsAt } from '../../go/flow/facts.ts';
import { isReadAfter } from '../../go/flow/liveness.ts';
import { placeContaining } from '../../go/flow/places.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { type Expr, type Ranged, type ReturnStmt, type Stmt, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import { contextErrors } from '../../knowledge/error-wrapping.ts';
import { type ErrorBranch, nilTestedIdents } from './error-branches.ts';

export interface NilAfterError {
  readonly branch: ErrorBranch;
  readonly ret: ReturnStmt;
}

/** One for each return; of nested branches the innermost that never looks. */
export function nilsAfterErrors(fn: GoFunction, branches: readonly ErrorBranch[]): readonly NilAfterError[] {
  if (errorPositions(fn).length === 0) return [];
  const found = new Map<ReturnStmt, NilAfterError>();
  for (const branch of branches) {
    const returns = returnsIn(branch.body).filter((ret) => returnsNil(fn, ret, branch.variable));
    if (returns.length === 0 || isLookedAt(fn, branch)) continue;
    for (const ret of returns) {
      const place = fn.cfg.placeOf(ret);
      const { variable } = branch;
      if (place === undefined) continue;
      if (variable !== undefined && isReadAfter(variablesOf(fn.cfg, fn.pkg.info), place, variable)) continue;
      // Branches come in source order: a later one that holds the return stands inside the earlier one.
      found.set(ret, { branch, ret });
    }
  }
  return [...found.values()];
}

/** The positions of the errors among a function's results. */
export function errorPositions(fn: GoFunction): readonly number[] {
  return fn.results.flatMap((result, i) => (isErrorType(result.type) ? [i] : []));
}

function returnsIn(body: readonly Stmt[]): readonly ReturnStmt[] {
  const found: ReturnStmt[] = [];
  for (const stmt of body)
    walk(stmt, (node) => {
      if (node.kind === 'ReturnStmt') found.push(node);
    });
  return found;
}

/** Does the return claim success: is every error that it returns nil for certain? `tested` is known not to be. */
export function returnsNil(fn: GoFunction, ret: ReturnStmt, tested: Var | undefined): boolean {
  const positions = errorPositions(fn);
  const place = fn.cfg.placeOf(ret);
  if (positions.length === 0 || place === undefined) return false;
  if (ret.results.length === 0)
    return positions.every((i) => fn.results[i] !== tested && isNilVariable(fn, place, fn.results[i]!));
  if (ret.results.length !== fn.results.length) return false;
  return positions.every((i) => {
    const x = unparen(ret.results[i]!);
    if (x.kind !== 'Ident') return false;
    const object = fn.pkg.info.objectOf(x);
    if (object?.kind === 'nil') return true;
    return object?.kind === 'var' && object !== tested && isNilVariable(fn, place, object);
  });
}

/** Nil because nothing else was ever assigned on the way here, or because a test says so. */
function isNilVariable(fn: GoFunction, place: Place, variable: Var): boolean {
  if (isTestedNil(fn, place, variable)) return true;
  const definitions = definitionsAt(variablesOf(fn.cfg, fn.pkg.info), place, variable);
  return definitions.length > 0 && definitions.every((d) => givesNil(fn, d));
}

/** Does a test on the way here say that the variable is nil? */
export function isTestedNil(fn: GoFunction, place: Place, variable: Var): boolean {
  const { info } = fn.pkg;
  return factsAt(variablesOf(fn.cfg, info), place).some((edge) => {
    const test = nilTest(edge.why);
    const x = test?.isNil === true ? unparen(test.x) : undefined;
    return x?.kind === 'Ident' && info.objectOf(x) === variable;
  });
}

function givesNil(fn: GoFunction, { kind, value, variable }: Access): boolean {
  if (value !== undefined) {
    const x = unparen(value);
    return x.kind === 'Ident' && fn.pkg.info.objectOf(x)?.kind === 'nil';
  }
  // The zero value of a named result, and of `var err error`.
  if (kind === 'initial') return variable.role === 'result' && variable.owner === fn.node;
  return kind === 'declare' && isZeroDeclared(fn, variable);
}

/** Declared by `var`: a variable of a range clause or a type switch gets a value that is not written down. */
function isZeroDeclared(fn: GoFunction, variable: Var): boolean {
  let found = false;
  walk(fn.body, (node) => {
    if (
      node.kind === 'VarSpec' &&
      node.values.length === 0 &&
      node.names.some((name) => name === variable.ident)
    )
      found = true;
    return !found;
  });
  return found;
}

/** Is the error of the branch looked at, or not worth a look? */
function isLookedAt(fn: GoFunction, branch: ErrorBranch): boolean {
  if (testsContextError(fn, branch)) return true;
  const { variable, tested } = branch;
  const test = placeContaining(fn.cfg, tested);
  if (variable === undefined || test === undefined) return false;
  const variables = variablesOf(fn.cfg, fn.pkg.info);
  const definitions = definitionsAt(variables, test, variable);
  const tests = nilTestedIdents(fn);
  return accessesOfVariable(variables, variable).some((a) => {
    if (!uses(a)) return false;
    if (within(a, branch.body)) return seesOutside(variables, a, branch.body);
    const { ident } = a;
    if (ident === undefined || tests.has(ident)) return false;
    if (branch.header.some((part) => part.pos <= ident.pos && ident.end <= part.end)) return true;
    return dominates(fn.cfg, a.place, test) && sameDefinitions(variables, a, definitions);
  });
}

/** Is what is tested the error of a context, on every path? */
export function testsContextError(fn: GoFunction, { tested, variable }: ErrorBranch): boolean {
  const { program, info } = fn.pkg;
  if (variable === undefined) return isContextError(program, tested);
  const test = placeContaining(fn.cfg, tested);
  const definitions = test === undefined ? [] : definitionsAt(variablesOf(fn.cfg, info), test, variable);
  return (
    definitions.length > 0 &&
    definitions.every((d) => d.value !== undefined && isContextError(program, d.value))
  );
}

function within(access: Access, body: readonly Stmt[]): boolean {
  const at: Ranged | undefined = access.ident ?? access.place.block.nodes[access.place.index];
  const [first] = body;
  const last = body.at(-1);
  return at !== undefined && first !== undefined && first.pos <= at.pos && at.end <= last!.end;
}

/** Does the use see a value from before the block, and not only what the block itself assigned? */
function seesOutside(variables: Variables, use: Access, body: readonly Stmt[]): boolean {
  const definitions = definitionsOf(variables, use);
  return definitions.length === 0 || definitions.some((d) => !within(d, body));
}

function sameDefinitions(variables: Variables, use: Access, definitions: readonly Access[]): boolean {
  const seen = definitionsOf(variables, use);
  return definitions.length > 0 && definitions.every((d) => seen.includes(d));
}

/** `ctx.Err()`: why a context ended. */
export function isContextError(program: Program, start: Expr): boolean {
  const x = unparen(start);
  if (x.kind !== 'CallExpr') return false;
  // Most calls are told apart by their bare name.
  const fun = unparen(x.fun);
  if (fun.kind === 'SelectorExpr' && !/^(?:Err|Cause)$/.test(fun.sel.name)) return false;
  return calledNames(program, x).some((name) => contextErrors.includes(name));
}
