/**
 * Errors that are kept in a variable and never read: it is assigned again, or the function ends.
 *
 *     raw, err := read(path)              // lost
 *     err = json.Unmarshal(raw, &e)
 *     if err != nil { … }
 *
 * Reading is any look at the value on some path, also by a deferred function, a closure, through a pointer, by a naked return. Not followed
 * are fields, elements and package variables. `nil` is no error: a reset loses nothing, and a `var err error` gives nothing.
 */
import { type Access, accessesOfVariable, overwrites, variablesOf } from '../../go/flow/accesses.ts';
import { isReachable } from '../../go/flow/graph.ts';
import { isReadAfter } from '../../go/flow/liveness.ts';
import { reachableFrom } from '../../go/flow/paths.ts';
import type { GoFunction } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import { type Expr, type Ident, unparen } from '../../go/syntax/ast.ts';

export interface Overwritten {
  /** Where the variable is assigned. */
  readonly ident: Ident;
  /** What was assigned. */
  readonly value: Expr;
  /** The assignments that come next on some path; none where the function ends. */
  readonly by: readonly Access[];
}

export function overwrittenErrors(fn: GoFunction): readonly Overwritten[] {
  const variables = variablesOf(fn.cfg, fn.pkg.info);
  const found: Overwritten[] = [];
  for (const variable of variables.variables) {
    if (!isErrorType(variable.type)) continue;
    for (const access of accessesOfVariable(variables, variable)) {
      if (!keepsError(fn, access) || !isReachable(fn.cfg, access.place.block)) continue;
      if (isReadAfter(variables, access.place, variable)) continue;
      const { ident, value } = access;
      found.push({ ident: ident!, value: value!, by: nextWrites(fn, access) });
    }
  }
  return found.sort((a, b) => a.ident.pos - b.ident.pos);
}

/** An assignment of this function's own, of something that may be an error. */
function keepsError(fn: GoFunction, { kind, ident, value, closure }: Access): boolean {
  if (kind !== 'declare' && kind !== 'assign') return false;
  if (ident === undefined || value === undefined || closure !== undefined) return false;
  const x = unparen(value);
  const name = x.kind === 'SelectorExpr' ? x.sel : x;
  const object = name.kind === 'Ident' ? fn.pkg.info.objectOf(name) : undefined;
  // A sentinel as the first value is a default for the paths that assign nothing.
  const isDefault = kind === 'declare' && object?.kind === 'var' && object.role === 'package';
  return object?.kind !== 'nil' && !isDefault;
}

function nextWrites(fn: GoFunction, access: Access): readonly Access[] {
  const variables = variablesOf(fn.cfg, fn.pkg.info);
  const writes = accessesOfVariable(variables, access.variable).filter(
    (a) => overwrites(a) && a.kind !== 'initial',
  );
  const reached = reachableFrom(fn.cfg, access.place, { places: writes.map((a) => a.place) });
  return writes.filter((a) => reached.has(a.place));
}
