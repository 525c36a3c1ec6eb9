/**
 * Whom a call calls.
 *
 *     json.Marshal(v)      => { kind: 'function', func: json.Marshal }
 *     t.client.Do(req)     => { kind: 'function', func: (*http.Client).Do }          methods are functions with a receiver
 *     f.filter.Asset(&a)   => { kind: 'interface', method: (Filter).Asset, implementations: [...] }
 *     emit(a)              => { kind: 'closure', functions: [the literal] }          emit := func(a Asset) { … }
 *     []byte(s), len(s)    => { kind: 'conversion' }, { kind: 'builtin' }
 *
 * Names and types only; no platform knowledge: whether a callee is a sink is for `integrations`.
 */

import type { GoFunction } from '../package.ts';
import type { Func } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import type { Expr } from '../syntax/ast.ts';

export type Callee =
  /**
   * Exactly one function or method is called; `body` where its source is part of the project. Also through a variable that holds it.
   * Called as a method expression (`T.Name(x)`) the receiver is the first argument: then `info.signatureOf(call)` has one parameter more.
   */
  | { readonly kind: 'function'; readonly func: Func; readonly body: GoFunction | undefined }
  /** A method through an interface. `implementations`: methods of project types that satisfy it and have a body. */
  | {
      readonly kind: 'interface';
      readonly method: Func;
      readonly implementations: readonly GoFunction[];
    }
  /** A function value all of whose possible targets are known: a literal, a variable bound once, a parameter with known arguments. */
  | { readonly kind: 'closure'; readonly functions: readonly GoFunction[] }
  /** A function value whose target is not known. */
  | { readonly kind: 'value'; readonly type: Type }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'conversion'; readonly type: Type }
  /** A member of a package without source, or a method of a type of such a package. */
  | {
      readonly kind: 'missing';
      readonly importPath: string;
      /** The name called. */
      readonly name: string;
      /** The receiver's type for methods. */
      readonly receiver: Type | undefined;
    }
  /** Does not resolve. `name` is what is called, if it has a name; `receiver` the expression before the dot. */
  | { readonly kind: 'unknown'; readonly name: string | undefined; readonly receiver: Expr | undefined };
