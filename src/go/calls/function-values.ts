/**
 * Which functions a function value can be, where all of them are in sight.
 *
 *     emit := func(a Asset) { … }; emit(a)          // the literal
 *     var walk func(n *Node); walk = func(…) { walk(n.next) }
 *     func each(pages int, visit func(int) error) { visit(1) }   // what each's callers pass, if it is not exported
 *
 * Undefined as soon as one possible value is not known: a field, a result of a call, a variable whose address is taken.
 */
import type { GoFunction, Program } from '../package.ts';
import type { Checker } from '../semantics/checker.ts';
import { isNilLiteral } from '../semantics/expressions.ts';
import { isExported } from '../semantics/file-scope.ts';
import { objectOfIdent } from '../semantics/identifiers.ts';
import type { Selection } from '../semantics/info.ts';
import type { Func, GoObject, Var } from '../semantics/objects.ts';
import { Variable } from '../semantics/objects-made.ts';
import { selectionOf } from '../semantics/selectors.ts';
import { type Expr, unparen } from '../syntax/ast.ts';
import type { CallSites } from './call-sites.ts';

export interface Target {
  /** For declared functions and methods. */
  readonly func: Func | undefined;
  readonly body: GoFunction | undefined;
  /** For a method value of an interface (`get := store.Get`): how the method was selected. */
  readonly through: Extract<Selection, { kind: 'method' | 'method-expression' }> | undefined;
}

export interface Sight {
  readonly program: Program;
  readonly checker: Checker;
  readonly sites: CallSites;
}

const MAX_STEPS = 40;

/** All functions that the value of an expression can be; undefined where not all are known; nil is none. */
export function functionTargets(sight: Sight, e: Expr): readonly Target[] | undefined {
  const search = new Search(sight);
  return search.from(e) ? search.targets() : undefined;
}

class Search {
  private readonly sight: Sight;
  private readonly found = new Map<object, Target>();
  private readonly seen = new Set<Var>();
  private steps = 0;

  constructor(sight: Sight) {
    this.sight = sight;
  }

  targets(): readonly Target[] {
    return [...this.found.values()];
  }

  /** False as soon as something is not known. */
  from(start: Expr): boolean {
    const { program, checker } = this.sight;
    if (++this.steps > MAX_STEPS) return false;
    const e = unparen(start);
    switch (e.kind) {
      case 'FuncLit':
        this.found.set(e, { func: undefined, body: program.functionOf(e), through: undefined });
        return true;
      case 'Ident':
        return isNilLiteral(checker, e) || this.ofObject(objectOfIdent(checker, e));
      case 'IndexExpr': {
        // An instantiated generic function.
        const x = unparen(e.x);
        return x.kind === 'Ident' && objectOfIdent(checker, x)?.kind === 'func' && this.from(x);
      }
      case 'SelectorExpr': {
        const selection = selectionOf(checker, e);
        if (selection?.kind === 'qualified') {
          return selection.object?.kind === 'func' && this.ofObject(selection.object);
        }
        if (selection?.kind !== 'method' && selection?.kind !== 'method-expression') return false;
        const { method } = selection;
        if (!method.interfaceMethod) return this.ofObject(method);
        this.found.set(method, { func: method, body: undefined, through: selection });
        return true;
      }
      default:
        return false;
    }
  }

  private ofObject(object: GoObject | undefined): boolean {
    if (object?.kind === 'func') {
      for (const variant of object.variants.length > 1 ? object.variants : [object]) {
        const body = this.sight.program.bodyOf(variant);
        this.found.set(variant.origin, { func: variant, body, through: undefined });
      }
      return true;
    }
    return object?.kind === 'var' && this.ofVariable(object);
  }

  private ofVariable(v: Var): boolean {
    if (this.seen.has(v)) return true;
    this.seen.add(v);
    const writes = this.sight.checker.writes.get(v);
    if (writes?.opaque === true) return false;
    if (writes !== undefined && !writes.values.every((value) => this.from(value))) return false;
    if (v.role === 'param') return this.ofParameter(v);
    if (v.role !== 'local' || !(v instanceof Variable)) return false;
    if (v.initial === undefined) return v.zero;
    return this.from(v.initial);
  }

  /** Every call of the function is in sight if nobody outside can name it and it is never a value itself. */
  private ofParameter(v: Var): boolean {
    const { owner } = v;
    if (owner?.kind !== 'FuncDecl') return false;
    const func = this.sight.checker.functionObject(owner);
    if (func === undefined || (isExported(func.name) && func.pkg.name !== 'main')) return false;
    const calls = this.sight.sites.of(func);
    if (calls === undefined || calls.length === 0) return false;
    const { params, variadic } = func.signature;
    const index = params.indexOf(v);
    if (index < 0 || (variadic && index === params.length - 1)) return false;
    return calls.every((call) => {
      const arg = call.args[index];
      return arg !== undefined && call.args.length >= params.length - (variadic ? 1 : 0) && this.from(arg);
    });
  }
}
