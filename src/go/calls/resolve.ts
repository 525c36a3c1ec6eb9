/**
 * Whom a call calls, found from names and types (`callee.ts` says what the answers mean).
 */
import type { GoFunction, GoPackage, Program } from '../package.ts';
import { calledBuiltin, callKind } from '../semantics/calls.ts';
import type { Checker } from '../semantics/checker.ts';
import { valueType } from '../semantics/expressions.ts';
import { objectOfIdent } from '../semantics/identifiers.ts';
import type { Selection } from '../semantics/info.ts';
import type { Func, GoObject } from '../semantics/objects.ts';
import { qualified, selectionOf } from '../semantics/selectors.ts';
import { unknownFrom } from '../semantics/shapes.ts';
import { resolveType } from '../semantics/type-expressions.ts';
import type { Type } from '../semantics/types.ts';
import { type CallExpr, type Expr, type Ident, type SelectorExpr, unparen } from '../syntax/ast.ts';
import { CallSites } from './call-sites.ts';
import type { Callee } from './callee.ts';
import { functionTargets, type Target } from './function-values.ts';
import { implementationsOf } from './implementations.ts';
import { endsBefore } from './no-return.ts';

/** What resolving needs of the program around it. */
export interface CallWorld {
  readonly program: Program;
  homeOf(call: CallExpr): { readonly pkg: GoPackage; readonly checker: Checker };
  /** The project packages that a package imports directly. */
  projectImports(pkg: GoPackage): readonly GoPackage[];
  checkerOf(pkg: GoPackage): Checker;
}

export interface CalleeResolver {
  calleeOf(call: CallExpr): Callee;
  /** Can the call come back? True unless it is known not to. */
  returns(call: CallExpr): boolean;
  /** The package's bodies were given back. */
  forget(pkg: GoPackage): void;
}

export function calleeResolver(world: CallWorld): CalleeResolver {
  let known = new WeakMap<CallExpr, Callee>();
  const sites = new Map<GoPackage, CallSites>();
  const { program } = world;

  const sitesOf = (pkg: GoPackage): CallSites => {
    let found = sites.get(pkg);
    if (found === undefined) {
      found = new CallSites(pkg, world.checkerOf(pkg));
      sites.set(pkg, found);
    }
    return found;
  };

  const calleeOf = (call: CallExpr): Callee => {
    let callee = known.get(call);
    if (callee === undefined) {
      const { pkg, checker } = world.homeOf(call);
      callee = resolve(pkg, checker, call);
      known.set(call, callee);
    }
    return callee;
  };

  const resolve = (pkg: GoPackage, c: Checker, call: CallExpr): Callee => {
    const builtin = calledBuiltin(c, call);
    if (builtin !== undefined) return { kind: 'builtin', name: builtin.name };
    if (callKind(c, call) === 'conversion') return { kind: 'conversion', type: resolveType(c, call.fun) };
    const fun = calledExpr(c, call);
    if (fun.kind === 'Ident') return named(pkg, c, fun, fun);
    if (fun.kind === 'SelectorExpr') return selected(pkg, c, fun);
    return value(pkg, c, fun);
  };

  const named = (pkg: GoPackage, c: Checker, id: Ident, fun: Expr): Callee => {
    const object = objectOfIdent(c, id);
    if (object !== undefined) return ofObject(pkg, c, object, fun);
    const file = c.fileAt(id.pos);
    const importPath = file && c.scopeOf(file).missingDotImport();
    return importPath === undefined
      ? { kind: 'unknown', name: id.name, receiver: undefined }
      : { kind: 'missing', importPath, name: id.name, receiver: undefined };
  };

  const ofObject = (pkg: GoPackage, c: Checker, object: GoObject, fun: Expr): Callee => {
    if (object.kind === 'func') return exactly(object);
    if (object.kind === 'var') return value(pkg, c, fun);
    return { kind: 'unknown', name: object.name, receiver: undefined };
  };

  const selected = (pkg: GoPackage, c: Checker, e: SelectorExpr): Callee => {
    const selection = selectionOf(c, e);
    switch (selection?.kind) {
      case 'qualified':
        return qualifiedCallee(pkg, c, e, selection);
      case 'method':
      case 'method-expression': {
        return selection.method.interfaceMethod ? dynamic(pkg, selection) : exactly(selection.method);
      }
      case 'field':
        return value(pkg, c, e);
      case undefined:
        return unresolved(c, e);
    }
  };

  const qualifiedCallee = (
    pkg: GoPackage,
    c: Checker,
    e: SelectorExpr,
    { object, importPath, name }: Extract<Selection, { kind: 'qualified' }>,
  ): Callee => {
    if (object !== undefined) return ofObject(pkg, c, object, e);
    const isMissing = c.importer.resolve(importPath, c).ref.origin === 'missing';
    return isMissing
      ? { kind: 'missing', importPath, name, receiver: undefined }
      : { kind: 'unknown', name, receiver: e.x };
  };

  const unresolved = (c: Checker, e: SelectorExpr): Callee => {
    const { name } = e.sel;
    const receiver = valueType(c, e.x);
    const why = valueType(c, e);
    const importPath = why.kind === 'unknown' ? why.missing : unknownFrom(receiver).missing;
    return importPath === undefined
      ? { kind: 'unknown', name, receiver: e.x }
      : { kind: 'missing', importPath, name, receiver };
  };

  const exactly = (func: Func): Callee => ({ kind: 'function', func, body: program.bodyOf(func) });

  const dynamic = (
    pkg: GoPackage,
    selection: Extract<Selection, { kind: 'method' | 'method-expression' }>,
  ): Callee => {
    const { method } = selection;
    const implementations = implementationsOf(world, pkg, method, interfaceBehind(selection));
    return { kind: 'interface', method, implementations };
  };

  const value = (pkg: GoPackage, c: Checker, fun: Expr): Callee => {
    const type: Type = valueType(c, fun);
    const targets = functionTargets({ program, checker: c, sites: sitesOf(pkg) }, fun);
    if (targets !== undefined && targets.length > 0) {
      const [only] = targets;
      if (targets.length === 1 && only!.through !== undefined) return dynamic(pkg, only!.through);
      if (targets.length === 1 && only!.func !== undefined) return exactly(only!.func);
      const bodies = targets.map((target: Target) => target.body).filter((body) => body !== undefined);
      if (bodies.length === targets.length) return { kind: 'closure', functions: bodies };
    }
    if (type.kind === 'unknown') {
      return type.missing === undefined
        ? { kind: 'unknown', name: nameOf(fun), receiver: undefined }
        : { kind: 'missing', importPath: type.missing, name: nameOf(fun) ?? '', receiver: undefined };
    }
    return { kind: 'value', type };
  };

  const ending = new Map<GoFunction, boolean>();
  return {
    calleeOf,
    returns: (call) => !endsBefore({ calleeOf, known: ending }, call),
    forget(pkg) {
      // Callees in other packages may lead to bodies of this one.
      known = new WeakMap();
      ending.clear();
      sites.delete(pkg);
    },
  };
}

/** What is called, without parentheses and explicit type arguments. */
function calledExpr(c: Checker, call: CallExpr): Expr {
  const fun = unparen(call.fun);
  if (fun.kind !== 'IndexExpr') return fun;
  const generic = unparen(fun.x);
  const isFunction =
    (generic.kind === 'Ident' && objectOfIdent(c, generic)?.kind === 'func') ||
    (generic.kind === 'SelectorExpr' && isFunctionOrMissing(c, generic));
  return isFunction ? generic : fun;
}

function isFunctionOrMissing(c: Checker, e: SelectorExpr): boolean {
  const selection = qualified(c, e);
  if (selection === undefined) return false;
  return selection.object === undefined || selection.object.kind === 'func';
}

/** The interface whose method is called: the receiver's type, or that of the embedded field which brings the method. */
function interfaceBehind(selection: Extract<Selection, { kind: 'method' | 'method-expression' }>): Type {
  const last = selection.kind === 'method' ? selection.path.at(-1) : undefined;
  const type = last?.type ?? selection.receiver;
  return type.kind === 'typeparam' ? type.constraint : type;
}

function nameOf(fun: Expr): string | undefined {
  if (fun.kind === 'Ident') return fun.name;
  return fun.kind === 'SelectorExpr' ? fun.sel.name : undefined;
}
