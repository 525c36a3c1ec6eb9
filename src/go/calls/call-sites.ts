/**
 * Where the functions and methods of a package are called from within it, and whether they are used in any other way.
 *
 *     sites.of(func)   // its call expressions; undefined if it is also stored, passed on or could be called through an interface
 */
import type { GoFunction, GoPackage } from '../package.ts';
import type { Checker } from '../semantics/checker.ts';
import type { Func } from '../semantics/objects.ts';
import { selectionOf } from '../semantics/selectors.ts';
import { type CallExpr, type Ident, type SelectorExpr, unparen } from '../syntax/ast.ts';

interface Uses {
  readonly calls: CallExpr[];
  /** All mentions, calls included. */
  mentions: number;
}

export class CallSites {
  private readonly pkg: GoPackage;
  private readonly checker: Checker;
  private functions: Map<Func, Uses> | undefined = undefined;
  private selectors: Map<string, SelectorExpr[]> | undefined = undefined;
  private readonly callees = new Map<Ident, CallExpr>();
  private readonly methods = new Map<Func, Uses>();

  constructor(pkg: GoPackage, checker: Checker) {
    this.pkg = pkg;
    this.checker = checker;
  }

  /** Undefined where not every use is a call that can be seen. */
  of(func: Func): readonly CallExpr[] | undefined {
    const uses = func.receiver === undefined ? this.plain().get(func) : this.method(func);
    if (uses === undefined) return [];
    return uses.mentions === uses.calls.length ? uses.calls : undefined;
  }

  /** Uses of plain functions, counted once for the whole package. */
  private plain(): Map<Func, Uses> {
    if (this.functions !== undefined) return this.functions;
    const functions = new Map<Func, Uses>();
    const selectors = new Map<string, SelectorExpr[]>();
    this.functions = functions;
    this.selectors = selectors;
    for (const fn of [...this.pkg.functions, ...this.pkg.initializers]) this.noteCalls(fn);
    for (const [ident, binding] of this.checker.objects) {
      if (binding.kind === 'SelectorExpr') {
        const list = selectors.get(ident.name);
        if (list === undefined) selectors.set(ident.name, [binding]);
        else list.push(binding);
      } else if (binding.kind === 'func') {
        const uses = usesOf(functions, binding);
        uses.mentions++;
        const call = this.callees.get(ident);
        if (call !== undefined) uses.calls.push(call);
      }
    }
    return functions;
  }

  private noteCalls(fn: GoFunction): void {
    for (const call of fn.calls) {
      let fun = unparen(call.fun);
      if (fun.kind === 'IndexExpr') fun = unparen(fun.x);
      if (fun.kind === 'Ident') this.callees.set(fun, call);
      else if (fun.kind === 'SelectorExpr') this.callees.set(fun.sel, call);
    }
    for (const literal of fn.literals) this.noteCalls(literal);
  }

  private method(func: Func): Uses {
    const known = this.methods.get(func.origin);
    if (known !== undefined) return known;
    const uses: Uses = { calls: [], mentions: 0 };
    this.methods.set(func.origin, uses);
    this.plain();
    for (const e of this.selectors!.get(func.name) ?? []) {
      const selection = selectionOf(this.checker, e);
      if (selection === undefined) {
        // Whose method this is cannot be told: it may be ours.
        uses.mentions++;
        continue;
      }
      if (selection.kind !== 'method' && selection.kind !== 'method-expression') continue;
      const { method } = selection;
      if (method.origin === func.origin) {
        uses.mentions++;
        const call = this.callees.get(e.sel);
        if (call !== undefined && selection.kind === 'method') uses.calls.push(call);
      } else if (method.interfaceMethod) uses.mentions++;
    }
    return uses;
  }
}

function usesOf(table: Map<Func, Uses>, func: Func): Uses {
  let uses = table.get(func);
  if (uses === undefined) {
    uses = { calls: [], mentions: 0 };
    table.set(func, uses);
  }
  return uses;
}
