/**
 * The questions that anyone may ask about an expression or identifier; answers are computed on first use and remembered.
 *
 *     info.typeOf(call)             // ([]byte, error) as a tuple, for json.Marshal(v)
 *     info.objectOf(ident)          // the Var that `err` stands for here
 *     info.selectionOf(t.Job.Send)  // method Send of model.Job, reached through field Job
 */
import type { CallExpr, Expr, Ident, SelectorExpr } from '../syntax/ast.ts';
import type { ConstantValue } from './constants.ts';
import type { Func, GoObject, Var } from './objects.ts';
import type { Signature, Type } from './types.ts';

/** What a selector `x.f` denotes. */
export type Selection =
  /** `pkg.Name`; the object is undefined where the package's source is missing or lacks it. */
  | {
      readonly kind: 'qualified';
      readonly importPath: string;
      readonly name: string;
      readonly object: GoObject | undefined;
    }
  /** A field of a value; `path` lists the embedded fields that lead to it, outermost first. */
  | { readonly kind: 'field'; readonly field: Var; readonly path: readonly Var[]; readonly receiver: Type }
  /** A method of a value (called, or as a method value). */
  | { readonly kind: 'method'; readonly method: Func; readonly path: readonly Var[]; readonly receiver: Type }
  /** `T.Method`: a function whose first parameter is the receiver. */
  | { readonly kind: 'method-expression'; readonly method: Func; readonly receiver: Type };

/** Which kind of thing a call expression is. */
export type CallKind = 'call' | 'conversion' | 'builtin' | 'unknown';

export interface Info {
  /** The object that an identifier declares or refers to; undefined for `_`, labels, and what does not resolve. */
  objectOf(id: Ident): GoObject | undefined;
  /** The type of a value, or the type that a type expression denotes. Tuple for calls with several results, empty tuple for none. */
  typeOf(e: Expr): Type;
  /** True where `e` denotes a type and not a value. */
  isType(e: Expr): boolean;
  constantOf(e: Expr): ConstantValue | undefined;
  /** Undefined where neither a field, a method nor a package member of that name is known. */
  selectionOf(e: SelectorExpr): Selection | undefined;
  callKind(e: CallExpr): CallKind;
  /** The signature of the called function, type arguments filled in; undefined for conversions, builtins and the unknown. */
  signatureOf(e: CallExpr): Signature | undefined;
  /**
   * The variables that this name shares within one declaration scope are one `Var`; but in `a, err := f()` an `err` of the same
   * scope is *assigned*, not declared. True where this identifier declares its variable here.
   */
  declares(id: Ident): boolean;
}
