/**
 * What an identifier can stand for (language specification, "Declarations and scope").
 *
 * Objects are compared by identity: two uses of one variable give the same `Var`, a shadowing variable is another.
 * `type` is computed on first use, so declarations may refer to each other in any order.
 */
import type { ConstSpec, FuncDecl, FuncLit, Ident, ImportSpec, Ranged, TypeSpec } from '../syntax/ast.ts';
import type { ConstantValue } from './constants.ts';
import type { Signature, Type, TypeParam } from './types.ts';

/** The package that an object belongs to. `GoPackage` is one of these. */
export interface PackageRef {
  /** The import path. */
  readonly path: string;
  readonly name: string;
  /** `missing`: imported, but no source is at hand; `universe`: the predeclared identifiers. */
  readonly origin: 'project' | 'dependency' | 'stdlib' | 'missing' | 'universe';
}

export interface Var {
  readonly kind: 'var';
  readonly name: string;
  readonly pkg: PackageRef;
  /** The declaring identifier; undefined for unnamed parameters, results and substituted fields. */
  readonly ident: Ident | undefined;
  readonly role: 'package' | 'local' | 'receiver' | 'param' | 'result' | 'field';
  readonly embedded: boolean;
  readonly type: Type;
  /** For locals, parameters and results: the function or literal whose scope declares it. */
  readonly owner: FuncDecl | FuncLit | undefined;
  /** For a field of an instantiated generic struct: the field as declared; else the object itself. Compare fields by `origin`. */
  readonly origin: Var;
}
export interface Const {
  readonly kind: 'const';
  readonly name: string;
  readonly pkg: PackageRef;
  readonly ident: Ident | undefined;
  readonly spec: ConstSpec | undefined;
  readonly type: Type;
  readonly value: ConstantValue | undefined;
}
export interface Func {
  readonly kind: 'func';
  readonly name: string;
  readonly pkg: PackageRef;
  /** Absent for interface methods. */
  readonly decl: FuncDecl | undefined;
  readonly ident: Ident | undefined;
  readonly signature: Signature;
  /** Methods: the named type that declares it (for an interface method, the interface's), and whether the receiver is a pointer. */
  readonly receiver: { readonly type: TypeName; readonly pointer: boolean } | undefined;
  readonly interfaceMethod: boolean;
  /** For a method of an instantiated generic type: the method as declared; else the object itself. Compare by `origin`. */
  readonly origin: Func;
  /** Other declarations of the same name under other build constraints (decision 19); this one included; mostly of length 1. */
  readonly variants: readonly Func[];
}
export interface TypeName {
  readonly kind: 'type';
  readonly name: string;
  readonly pkg: PackageRef;
  readonly ident: Ident | undefined;
  readonly spec: TypeSpec | undefined;
  readonly alias: boolean;
  /** The type it denotes (for a generic type: not instantiated). */
  readonly type: Type;
  /** Of a generic type or generic alias, as declared; else empty. */
  readonly typeParams: readonly TypeParam[];
  /** The methods declared for this defined type, by name (not promoted ones, and not those of an interface). */
  readonly methods: ReadonlyMap<string, Func>;
}
export interface PkgName {
  readonly kind: 'package';
  readonly name: string;
  readonly pkg: PackageRef;
  readonly spec: ImportSpec;
  readonly imported: PackageRef;
}
export interface Builtin {
  readonly kind: 'builtin';
  readonly name: string;
}
export interface Nil {
  readonly kind: 'nil';
  readonly name: 'nil';
}
export interface Label extends Ranged {
  readonly kind: 'label';
  readonly name: string;
  readonly ident: Ident;
}

export type GoObject = Var | Const | Func | TypeName | PkgName | Builtin | Nil;
