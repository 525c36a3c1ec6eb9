/**
 * Functions that run as goroutines of an errgroup: what they log and do not return is the errgroup rule's business.
 *
 *     g.Go(func() error { … })      task := func() error { … }; g.Go(task)      g.Go(p.run)
 *
 * Costs nothing in packages that do not import an errgroup.
 */
import { fullName } from '../../go/calls/names.ts';
import { accessesOfVariable, variablesOf } from '../../go/flow/accesses.ts';
import type { GoFunction, GoPackage } from '../../go/package.ts';
import { type Expr, unparen } from '../../go/syntax/ast.ts';
import { matchesPackage } from '../../integrations/patterns.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';

export function groupFunctions(
  pkg: GoPackage,
  functions: readonly GoFunction[],
  { groupPackages }: Vocabulary,
): ReadonlySet<GoFunction> {
  const found = new Set<GoFunction>();
  const isGroupPackage = (path: string) => groupPackages.some((p) => matchesPackage(p, path));
  if (!pkg.files.some((file) => file.imports.some((spec) => isGroupPackage(spec.path)))) return found;
  for (const fn of functions) {
    for (const call of fn.calls) {
      const fun = unparen(call.fun);
      const [task] = call.args;
      if (fun.kind !== 'SelectorExpr' || !/^(?:Try)?Go$/.test(fun.sel.name) || task === undefined) continue;
      const callee = pkg.program.calleeOf(call);
      if (callee.kind !== 'function') continue;
      const owner = /^\(\*(.+)\.Group\)\./.exec(fullName(callee.func))?.[1];
      if (owner === undefined || !isGroupPackage(owner)) continue;
      for (const body of functionsNamed(fn, task)) found.add(body);
    }
  }
  return found;
}

function functionsNamed(fn: GoFunction, start: Expr): readonly GoFunction[] {
  const { program, info } = fn.pkg;
  const x = unparen(start);
  if (x.kind === 'FuncLit') return [program.functionOf(x)];
  const name = x.kind === 'SelectorExpr' ? x.sel : x;
  const object = name.kind === 'Ident' ? info.objectOf(name) : undefined;
  if (object?.kind === 'func') {
    const body = program.bodyOf(object.origin);
    return body === undefined ? [] : [body];
  }
  if (object?.kind !== 'var') return [];
  return accessesOfVariable(variablesOf(fn.cfg, info), object).flatMap(({ value }) => {
    const literal = value && unparen(value);
    return literal?.kind === 'FuncLit' ? [program.functionOf(literal)] : [];
  });
}
