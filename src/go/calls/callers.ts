/**
 * Who calls whom within one package, and who mentions a name.
 *
 *     callersIn(pkg).of(fn)            // the declared functions whose bodies, literals included, may call fn
 *     callersIn(pkg).mentioning(name)  // those in which an identifier of this name stands
 *
 * Literals count as part of the declared function around them. Names are counted without resolving them.
 */
import type { GoFunction, GoPackage } from '../package.ts';
import { type CallExpr, type Expr, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';

export interface Callers {
  of(fn: GoFunction): readonly GoFunction[];
  mentioning(name: string): ReadonlySet<GoFunction>;
  /** Is the function's name used for anything but calling it (kept, handed over)? By name only. */
  isUsedAsValue(fn: GoFunction): boolean;
}

const known = new WeakMap<GoPackage, Callers>();

export function callersIn(pkg: GoPackage): Callers {
  let callers = known.get(pkg);
  if (callers === undefined) {
    callers = collect(pkg);
    known.set(pkg, callers);
  }
  return callers;
}

interface Uses {
  readonly calls: { readonly call: CallExpr; readonly caller: GoFunction }[];
  readonly mentions: Set<GoFunction>;
  asValue: boolean;
}

function collect(pkg: GoPackage): Callers {
  const byName = new Map<string, Uses>();
  const usesOf = (name: string): Uses => {
    let uses = byName.get(name);
    if (uses === undefined) {
      uses = { calls: [], mentions: new Set(), asValue: false };
      byName.set(name, uses);
    }
    return uses;
  };
  for (const root of [...pkg.functions, ...pkg.initializers]) {
    const called = new Set<Expr>();
    walk(
      root.body,
      (node) => {
        if (node.kind === 'CallExpr') {
          const name = nameCalled(node);
          if (name !== undefined) {
            called.add(name);
            usesOf(name.name).calls.push({ call: node, caller: root });
          }
        } else if (node.kind === 'Ident') {
          const uses = usesOf(node.name);
          uses.mentions.add(root);
          if (!called.has(node)) uses.asValue = true;
        }
      },
      { literals: true },
    );
  }
  const callers = new Map<GoFunction, readonly GoFunction[]>();
  return {
    of(fn) {
      let found = callers.get(fn);
      if (found === undefined) {
        const { name } = fn.node.kind === 'FuncDecl' ? fn.node.name : { name: '' };
        const calls = byName.get(name)?.calls ?? [];
        found = [...new Set(calls.filter(({ call }) => mayCall(pkg, call, fn)).map(({ caller }) => caller))];
        callers.set(fn, found);
      }
      return found;
    },
    mentioning: (name) => byName.get(name)?.mentions ?? new Set(),
    isUsedAsValue(fn) {
      return fn.node.kind === 'FuncDecl' && byName.get(fn.node.name.name)?.asValue === true;
    },
  };
}

function nameCalled(call: CallExpr): (Expr & { kind: 'Ident' }) | undefined {
  let fun = unparen(call.fun);
  if (fun.kind === 'IndexExpr') fun = unparen(fun.x);
  if (fun.kind === 'Ident') return fun;
  return fun.kind === 'SelectorExpr' ? fun.sel : undefined;
}

function mayCall(pkg: GoPackage, call: CallExpr, fn: GoFunction): boolean {
  const callee = pkg.program.calleeOf(call);
  switch (callee.kind) {
    case 'function':
      return callee.body?.node === fn.node;
    case 'interface':
      return callee.implementations.some((other) => other.node === fn.node);
    default:
      return false;
  }
}
