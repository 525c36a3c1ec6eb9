/**
 * Calls: told from conversions and builtins, and what they result in (language specification, "Calls", "Conversions").
 *
 *     json.Marshal(v)   => ([]byte, error) as a tuple
 *     time.Duration(n)  => time.Duration (a conversion)
 *     f(g())            => g's results are f's arguments
 */
import type { CallExpr, Expr } from '../syntax/ast.ts';
import { unparen } from '../syntax/ast.ts';
import { builtinType } from './builtins.ts';
import type { Checker } from './checker.ts';
import { isType, valueType } from './expressions.ts';
import { objectOfIdent } from './identifiers.ts';
import { inferCall } from './infer.ts';
import type { CallKind } from './info.ts';
import type { Builtin } from './objects.ts';
import { qualified } from './selectors.ts';
import { coreType, unknownFrom } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Signature, Type } from './types.ts';
import { NOTHING } from './universe.ts';

export function callType(c: Checker, e: CallExpr): Type {
  const builtin = calledBuiltin(c, e);
  if (builtin !== undefined) return builtinType(c, e, builtin.name);
  if (isConversion(c, e)) return resolveType(c, e.fun);
  const signature = calledSignature(c, e);
  if (signature === undefined) return unknownFrom(valueType(c, e.fun));
  const { results } = signature;
  if (results.length === 1) return results[0]!.type;
  return results.length === 0 ? NOTHING : { kind: 'tuple', types: results.map((result) => result.type) };
}

export function calledBuiltin(c: Checker, e: CallExpr): Builtin | undefined {
  const fun = unparen(e.fun);
  if (fun.kind === 'Ident') {
    const object = objectOfIdent(c, fun);
    return object?.kind === 'builtin' ? object : undefined;
  }
  if (fun.kind !== 'SelectorExpr') return undefined;
  const object = qualified(c, fun)?.object;
  return object?.kind === 'builtin' ? object : undefined;
}

/** `(*T)(x)` of a package without source is one too: a package's variable is hardly ever a pointer to a function. */
function isConversion(c: Checker, e: CallExpr): boolean {
  if (isType(c, e.fun)) return true;
  const fun = unparen(e.fun);
  if (e.args.length !== 1 || fun.kind !== 'StarExpr') return false;
  const inner = unparen(fun.x);
  if (inner.kind !== 'SelectorExpr') return false;
  const selection = qualified(c, inner);
  if (selection === undefined || selection.object !== undefined) return false;
  if (c.importer.resolve(selection.importPath, c).ref.origin !== 'missing') return false;
  c.typePositions.add(inner);
  return true;
}

export function callKind(c: Checker, e: CallExpr): CallKind {
  if (calledBuiltin(c, e) !== undefined) return 'builtin';
  if (isConversion(c, e)) return 'conversion';
  return coreType(valueType(c, e.fun))?.kind === 'signature' ? 'call' : 'unknown';
}

/** The signature of the called function with type arguments filled in; undefined for conversions, builtins and the unknown. */
export function calledSignature(c: Checker, e: CallExpr): Signature | undefined {
  if (c.signatures.has(e)) return c.signatures.get(e);
  const signature = findSignature(c, e);
  c.signatures.set(e, signature);
  return signature;
}

function findSignature(c: Checker, e: CallExpr): Signature | undefined {
  if (calledBuiltin(c, e) !== undefined || isConversion(c, e)) return undefined;
  const core = coreType(valueType(c, e.fun));
  if (core?.kind !== 'signature') return undefined;
  return core.typeParams.length === 0 ? core : inferCall(c, core, e);
}

/** The types of the arguments; those of `f(g())` are g's results. */
export function argumentTypes(c: Checker, args: readonly Expr[]): readonly Type[] {
  if (args.length === 1) {
    const type = valueType(c, args[0]!);
    return type.kind === 'tuple' ? type.types : [type];
  }
  return args.map((arg) => valueType(c, arg));
}
