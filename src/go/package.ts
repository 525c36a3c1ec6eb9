/**
 * Packages, modules and functions as the rest of p0lint sees them: one lazy, memoised view of syntax, semantics, flow and calls.
 *
 *     const program = openProgram(tree, options);
 *     const pkg = program.package('pkg/tasks/integrations/wiz');
 *     for (const fn of pkg.functions) for (const call of fn.calls) program.calleeOf(call, fn) …
 *
 * Nothing is computed before it is asked for; everything is computed once. A package's bodies and their facts can be released.
 */

import type { Callee } from './calls/callee.ts';
import type { FileSet, GoFile } from './files.ts';
import type { Cfg } from './flow/cfg.ts';
import type { Info } from './semantics/info.ts';
import type { Func, GoObject, PackageRef, TypeName, Var } from './semantics/objects.ts';
import type { Type } from './semantics/types.ts';
import type { GoModule } from './source.ts';
import type { Block, CallExpr, FuncNode, Ranged } from './syntax/ast.ts';

/** A function with a body: declared, or a literal. */
export interface GoFunction {
  readonly node: FuncNode;
  /** `fetch`, `(*Wiz).Invoke`, and for literals `(*Wiz).Invoke.func1` as the Go runtime names them. */
  readonly symbol: string;
  readonly pkg: GoPackage;
  readonly file: GoFile;
  /** For declared functions. */
  readonly object: Func | undefined;
  /** For literals: the function that they stand in; undefined in a package variable's initialiser. */
  readonly parent: GoFunction | undefined;
  readonly receiver: Var | undefined;
  readonly params: readonly Var[];
  readonly results: readonly Var[];
  readonly body: Block;
  readonly cfg: Cfg;
  /** The function literals that stand directly in this one, in source order. */
  readonly literals: readonly GoFunction[];
  /** The call expressions of this body in source order, without those in literals. */
  readonly calls: readonly CallExpr[];
}

export interface GoPackage extends PackageRef {
  readonly dir: string;
  readonly module: GoModule;
  readonly files: readonly GoFile[];
  readonly info: Info;
  /** Declared functions and methods that have a body, in order of file path and position. */
  readonly functions: readonly GoFunction[];
  /** Function literals in package variables' initialisers. */
  readonly initializers: readonly GoFunction[];
  /** Named types declared in this package, in order. */
  readonly types: readonly TypeName[];
  lookup(name: string): GoObject | undefined;
  /** Language version in force in a file: its `//go:build go1.N` line, else the module's; undefined: unknown. */
  goVersionOf(file: GoFile): string | undefined;
  /**
   * Gives back function bodies and all that is known of them; asked again, everything is made anew, with new nodes and functions.
   * Only for when nobody holds any of the old ones. Declared objects and their types stay.
   */
  release(): void;
  readonly program: Program;
}

export interface Program {
  readonly files: FileSet;
  /** The packages of a project folder: mostly one; more where `//go:build ignore` files or a second package clause stand in it (decision 19). */
  packagesIn(dir: string): readonly GoPackage[];
  /** The package with this import path, from the project, the dependencies at hand or the standard library; undefined: missing. */
  importPackage(path: string): GoPackage | undefined;
  functionOf(node: FuncNode): GoFunction;
  /** The package in whose file a position lies. */
  packageAt(pos: number): GoPackage;
  /** The facts about a node: those of its package. */
  infoOf(node: Ranged): Info;
  /** The innermost function (literals included) whose text, signature included, holds a position. */
  functionAt(pos: number): GoFunction | undefined;
  /** The function that declares this object, where its body is part of the project. */
  bodyOf(func: Func): GoFunction | undefined;
  /** The call must stand in a body of a package of this program. */
  calleeOf(call: CallExpr): Callee;
  /** Fields and methods by name, through embedding and pointers (language specification, "Selectors"). */
  lookupMember(type: Type, name: string): Member | undefined;
  /** Does the type have all methods of the interface (for `error`: is it an error)? False where unknown. */
  implementsInterface(type: Type, iface: Type): boolean;
  /** Files of loaded packages that could not be read (errors of the source provider); nothing of them was analysed. */
  unreadableFiles(): readonly Error[];
  /** Import paths that were asked for and had no source. */
  missingPackages(): readonly string[];
}

export type Member =
  | { readonly kind: 'field'; readonly field: Var; readonly path: readonly Var[] }
  | { readonly kind: 'method'; readonly method: Func; readonly path: readonly Var[] };
