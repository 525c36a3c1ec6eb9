/**
 * How much there is to a function: its blocks, and those of all project functions that it may run.
 *
 *     sizeOf(program, fn, 300)      // 300: at least that much
 */
import type { GoFunction, Program } from '../package.ts';
import { type CallExpr, unparen } from '../syntax/ast.ts';

const sizes = new WeakMap<GoFunction, { readonly size: number; readonly limit: number }>();

/** The number of blocks of the function and of what it may run, not counted beyond `limit`. */
export function sizeOf(program: Program, fn: GoFunction, limit: number): number {
  const known = sizes.get(fn);
  if (known !== undefined && (known.size < known.limit || known.limit >= limit))
    return Math.min(known.size, limit);
  let size = 0;
  const seen = new Set<GoFunction>([fn]);
  for (const one of seen) {
    size += one.cfg.blocks.length;
    if (size >= limit) break;
    for (const literal of one.literals) seen.add(literal);
    for (const call of one.calls) for (const next of runBy(program, call)) seen.add(next);
  }
  sizes.set(fn, { size: Math.min(size, limit), limit });
  return Math.min(size, limit);
}

/** The project functions that a call may run: those it calls, and those it is given by name. */
export function runBy(program: Program, call: CallExpr): readonly GoFunction[] {
  const callee = program.calleeOf(call);
  const given = call.args.flatMap((arg) => {
    const e = unparen(arg);
    const name = e.kind === 'SelectorExpr' ? e.sel : e.kind === 'Ident' ? e : undefined;
    const object = name && program.infoOf(name).objectOf(name);
    const body = object?.kind === 'func' ? program.bodyOf(object.origin) : undefined;
    return body === undefined ? [] : [body];
  });
  switch (callee.kind) {
    case 'function':
      return callee.body === undefined ? given : [callee.body, ...given];
    case 'interface':
      return [...callee.implementations, ...given];
    case 'closure':
      return [...callee.functions, ...given];
    default:
      return given;
  }
}
