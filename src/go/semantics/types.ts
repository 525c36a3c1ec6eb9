/**
 * The types of Go (language specification, "Types"), as plain data.
 *
 *     map[string]*model.Asset  =>  { kind: 'map', key: string, value: { kind: 'pointer', elem: named model.Asset } }
 *
 * A named type is one object per instantiation, so identity of named types is identity of `origin` plus identical arguments.
 * What cannot be known is `unknown`, and says why: nothing is guessed here. A type of a package whose source is missing is still
 * `named` (its package and name are known); only its underlying type is unknown.
 */
import type { Func, TypeName, Var } from './objects.ts';

export type BasicName =
  | 'bool'
  | 'string'
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'uintptr'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128'
  | 'unsafe.Pointer'
  | 'untyped bool'
  | 'untyped int'
  | 'untyped rune'
  | 'untyped float'
  | 'untyped complex'
  | 'untyped string'
  | 'untyped nil';

export interface Basic {
  readonly kind: 'basic';
  readonly name: BasicName;
  /** As the source spells it: `byte` and `rune` are other names of uint8 and int32, and messages show them as written. */
  readonly spelling: string;
}
/** A defined type, also `error`, `any` as an alias excepted: aliases are resolved away. */
export interface Named {
  readonly kind: 'named';
  readonly object: TypeName;
  /** Empty for types that are not generic, and for a generic type as declared (`object.type`). */
  readonly typeArgs: readonly Type[];
  /** Never `named`; computed on first use. */
  readonly underlying: Type;
}
export interface Pointer {
  readonly kind: 'pointer';
  readonly elem: Type;
}
export interface Slice {
  readonly kind: 'slice';
  readonly elem: Type;
}
export interface ArrayOf {
  readonly kind: 'array';
  readonly elem: Type;
  /** -1 where not known. */
  readonly length: number;
}
export interface MapOf {
  readonly kind: 'map';
  readonly key: Type;
  readonly value: Type;
}
export interface Chan {
  readonly kind: 'chan';
  readonly direction: 'both' | 'send' | 'receive';
  readonly elem: Type;
}
export interface Signature {
  readonly kind: 'signature';
  readonly typeParams: readonly TypeParam[];
  readonly params: readonly Var[];
  readonly results: readonly Var[];
  /** The last parameter is `...T`; its type is then the slice `[]T`. */
  readonly variadic: boolean;
}
export interface Struct {
  readonly kind: 'struct';
  readonly fields: readonly Var[];
}
export interface Interface {
  readonly kind: 'interface';
  /** Declared here, not those of embedded interfaces (`allMethods` of method-sets.ts has both). */
  readonly methods: readonly Func[];
  readonly embedded: readonly Type[];
}
/** `A | ~B`, only inside constraints. */
export interface Union {
  readonly kind: 'union';
  readonly terms: readonly { readonly tilde: boolean; readonly type: Type }[];
}
/** The result of a call with other than one result. */
export interface Tuple {
  readonly kind: 'tuple';
  readonly types: readonly Type[];
}
export interface TypeParam {
  readonly kind: 'typeparam';
  readonly object: TypeName;
  readonly constraint: Type;
}
export interface Unknown {
  readonly kind: 'unknown';
  /** The import path of the package without source that stands at the root of this ignorance; else undefined (code that does not resolve). */
  readonly missing: string | undefined;
}

export type Type =
  | Basic
  | Named
  | Pointer
  | Slice
  | ArrayOf
  | MapOf
  | Chan
  | Signature
  | Struct
  | Interface
  | Union
  | Tuple
  | TypeParam
  | Unknown;
