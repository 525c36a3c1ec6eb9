/**
 * Small questions about a call and its callee: how it is named, where it lives, what is handed to it.
 */
import type { Callee } from '../calls/callee.ts';
import type { Func } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../syntax/ast.ts';
import { under } from './frame.ts';
export function addressed(arg: Expr): boolean {
  const x = unparen(arg);
  return x.kind === 'UnaryExpr' && x.op === '&' && unparen(x.x).kind !== 'CompositeLit';
}

export function isAny(type: Type): boolean {
  const t = under(type);
  return t.kind === 'interface' && t.methods.length === 0 && t.embedded.length === 0;
}

/** `context.Context`, and the contexts of a project's or SDK's own that wrap it. */
export function isContext(type: Type): boolean {
  const t = type.kind === 'pointer' ? type.elem : type;
  return t.kind === 'named' && t.object.name === 'Context' && /(?:^|\/)context$/.test(t.object.pkg.path);
}

export function calledName(call: CallExpr): string {
  let fun = unparen(call.fun);
  if (fun.kind === 'IndexExpr') fun = unparen(fun.x);
  return fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
}

export function funcOf(callee: Callee): Func | undefined {
  return callee.kind === 'function' ? callee.func : callee.kind === 'interface' ? callee.method : undefined;
}

export function outsideOf(callee: Callee): 'stdlib' | 'other' {
  return funcOf(callee)?.pkg.origin === 'stdlib' ? 'stdlib' : 'other';
}

export function isOfPackage(callee: Callee, path: string): boolean {
  return funcOf(callee)?.pkg.path === path;
}
