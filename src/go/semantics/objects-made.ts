/**
 * The objects behind the interfaces of `objects.ts` and `types.ts`: what is computed on first use is computed by a thunk, once.
 *
 *     new Variable({ name: 'err', role: 'local', … }, () => typeOfInitialiser)
 *
 * A thunk that, while it runs, asks for its own result gets `unknown`: the code is invalid there (`var x = x`), and nothing hangs.
 */
import type { ConstSpec, Expr, FuncDecl, FuncLit, Ident, TypeSpec } from '../syntax/ast.ts';
import type { Alternative } from './checker.ts';
import type { ConstantValue } from './constants.ts';
import type { Const, Func, PackageRef, TypeName, Var } from './objects.ts';
import { EVERYWHERE, type PlatformSet } from './platforms.ts';
import type { Named, Signature, Type, TypeParam } from './types.ts';

const IGNORANT: Type = { kind: 'unknown', missing: undefined };
const NO_PARAMS: readonly TypeParam[] = [];
const NO_METHODS: ReadonlyMap<string, Func> = new Map();
export const NO_SIGNATURE: Signature = {
  kind: 'signature',
  typeParams: [],
  params: [],
  results: [],
  variadic: false,
};

function noParams(): readonly TypeParam[] {
  return NO_PARAMS;
}

/** A value computed at most once; `fallback` for whoever asks while it is being computed. */
export class Lazy<T> {
  private thunk: (() => T) | undefined;
  private value: T;

  constructor(fallback: T, thunk: () => T) {
    this.value = fallback;
    this.thunk = thunk;
  }

  get(): T {
    const thunk = this.thunk;
    if (thunk !== undefined) {
      this.thunk = undefined;
      this.value = thunk();
    }
    return this.value;
  }
}

export interface VariableFacts {
  readonly name: string;
  readonly pkg: PackageRef;
  readonly ident: Ident | undefined;
  readonly role: Var['role'];
  readonly embedded?: boolean;
  readonly owner?: FuncDecl | FuncLit | undefined;
  readonly origin?: Var;
  /** The expression that alone gives its first value (`x := e`, `var x = e`); absent for tuples, ranges and parameters. */
  readonly initial?: Expr | undefined;
  /** Declared without a value: `var f func()`. */
  readonly zero?: boolean;
}

export class Variable implements Var {
  readonly kind = 'var';
  readonly name: string;
  readonly pkg: PackageRef;
  readonly ident: Ident | undefined;
  readonly role: Var['role'];
  readonly embedded: boolean;
  readonly owner: FuncDecl | FuncLit | undefined;
  readonly origin: Var;
  readonly initial: Expr | undefined;
  readonly zero: boolean;
  private thunk: (() => Type) | undefined;
  private value: Type;

  constructor(facts: VariableFacts, thunk: () => Type) {
    this.name = facts.name;
    this.pkg = facts.pkg;
    this.ident = facts.ident;
    this.role = facts.role;
    this.embedded = facts.embedded === true;
    this.owner = facts.owner;
    this.origin = facts.origin ?? this;
    this.initial = facts.initial;
    this.zero = facts.zero === true;
    this.thunk = thunk;
    this.value = IGNORANT;
  }

  get type(): Type {
    const thunk = this.thunk;
    if (thunk !== undefined) {
      this.thunk = undefined;
      this.value = thunk();
    }
    return this.value;
  }
}

export class Constant implements Const {
  readonly kind = 'const';
  readonly name: string;
  readonly pkg: PackageRef;
  readonly ident: Ident | undefined;
  readonly spec: ConstSpec | undefined;
  private readonly lazyType: Lazy<Type>;
  private readonly lazyValue: Lazy<ConstantValue | undefined>;

  constructor(
    facts: { name: string; pkg: PackageRef; ident: Ident | undefined; spec: ConstSpec | undefined },
    type: () => Type,
    value: () => ConstantValue | undefined,
  ) {
    this.name = facts.name;
    this.pkg = facts.pkg;
    this.ident = facts.ident;
    this.spec = facts.spec;
    this.lazyType = new Lazy(IGNORANT, type);
    this.lazyValue = new Lazy<ConstantValue | undefined>(undefined, value);
  }

  get type(): Type {
    return this.lazyType.get();
  }
  get value(): ConstantValue | undefined {
    return this.lazyValue.get();
  }
}

export interface FunctionFacts {
  readonly name: string;
  readonly pkg: PackageRef;
  readonly decl?: FuncDecl | undefined;
  readonly ident?: Ident | undefined;
  readonly receiver?: Func['receiver'];
  readonly interfaceMethod?: boolean;
  readonly origin?: Func;
  /** The type parameters that a method's receiver declares (`K` of `func (s *Set[K]) Add`). */
  readonly receiverTypeParams?: () => readonly TypeParam[];
  /** Where its declaration is built; absent: everywhere. */
  readonly platforms?: PlatformSet;
}

export class FunctionObject implements Func {
  readonly kind = 'func';
  readonly name: string;
  readonly pkg: PackageRef;
  readonly decl: FuncDecl | undefined;
  readonly ident: Ident | undefined;
  readonly receiver: Func['receiver'];
  readonly interfaceMethod: boolean;
  readonly origin: Func;
  /** Filled while the package's declarations are collected. */
  declaredVariants: readonly Func[];
  readonly receiverTypeParams: () => readonly TypeParam[];
  readonly platforms: PlatformSet;
  private readonly lazySignature: Lazy<Signature>;

  constructor(facts: FunctionFacts, signature: () => Signature) {
    this.name = facts.name;
    this.pkg = facts.pkg;
    this.decl = facts.decl;
    this.ident = facts.ident;
    this.receiver = facts.receiver;
    this.interfaceMethod = facts.interfaceMethod === true;
    this.origin = facts.origin ?? this;
    this.declaredVariants = [this];
    this.platforms = facts.platforms ?? EVERYWHERE;
    this.receiverTypeParams = facts.receiverTypeParams ?? noParams;
    this.lazySignature = new Lazy(NO_SIGNATURE, signature);
  }

  get signature(): Signature {
    return this.lazySignature.get();
  }
  get variants(): readonly Func[] {
    return this.origin === this ? this.declaredVariants : this.origin.variants;
  }
}

export interface TypeNameFacts {
  readonly name: string;
  readonly pkg: PackageRef;
  readonly ident: Ident | undefined;
  readonly spec: TypeSpec | undefined;
  readonly alias: boolean;
}

export class TypeNameObject implements TypeName {
  readonly kind = 'type';
  readonly name: string;
  readonly pkg: PackageRef;
  readonly ident: Ident | undefined;
  readonly spec: TypeSpec | undefined;
  readonly alias: boolean;
  private readonly lazyType: Lazy<Type>;
  private readonly lazyParams: Lazy<readonly TypeParam[]> | undefined;
  private readonly lazyMethods: Lazy<ReadonlyMap<string, Func>> | undefined;
  /** All declarations of this name, where there are several under different build constraints. */
  alternatives: readonly Alternative[] | undefined = undefined;
  /** Instantiations of this generic type so far, by a key of their arguments (`instantiate.ts`). */
  readonly instances = new Map<string, NamedType[]>();

  constructor(
    facts: TypeNameFacts,
    type: (self: TypeNameObject) => Type,
    typeParams?: (self: TypeNameObject) => readonly TypeParam[],
    methods?: (self: TypeNameObject) => ReadonlyMap<string, Func>,
  ) {
    this.name = facts.name;
    this.pkg = facts.pkg;
    this.ident = facts.ident;
    this.spec = facts.spec;
    this.alias = facts.alias;
    this.lazyType = new Lazy(IGNORANT, () => type(this));
    this.lazyParams = typeParams && new Lazy(NO_PARAMS, () => typeParams(this));
    this.lazyMethods = methods && new Lazy(NO_METHODS, () => methods(this));
  }

  get type(): Type {
    return this.lazyType.get();
  }
  get typeParams(): readonly TypeParam[] {
    return this.lazyParams?.get() ?? NO_PARAMS;
  }
  get methods(): ReadonlyMap<string, Func> {
    return this.lazyMethods?.get() ?? NO_METHODS;
  }
}

/** A defined type, or one instantiation of a generic one. */
export class NamedType implements Named {
  readonly kind = 'named';
  readonly object: TypeName;
  readonly typeArgs: readonly Type[];
  private readonly lazyUnderlying: Lazy<Type>;
  /** Methods with the type arguments filled in, as asked for so far (`lookup.ts`). */
  methodInstances: Map<string, Func> | undefined = undefined;

  constructor(object: TypeName, typeArgs: readonly Type[], underlying: () => Type) {
    this.object = object;
    this.typeArgs = typeArgs;
    this.lazyUnderlying = new Lazy(IGNORANT, underlying);
  }

  get underlying(): Type {
    return this.lazyUnderlying.get();
  }
}

export class TypeParameter implements TypeParam {
  readonly kind = 'typeparam';
  readonly object: TypeName;
  private readonly lazyConstraint: Lazy<Type>;

  constructor(facts: TypeNameFacts, constraint: () => Type) {
    this.object = new TypeNameObject(facts, () => this);
    this.lazyConstraint = new Lazy(IGNORANT, constraint);
  }

  get constraint(): Type {
    return this.lazyConstraint.get();
  }
}

/** A variable whose type is at hand: unnamed results and the like. */
export function fixedVar(
  name: string,
  pkg: PackageRef,
  role: Var['role'],
  type: Type,
  origin?: Var,
): Variable {
  return new Variable({ name, pkg, ident: undefined, role, ...(origin && { origin }) }, () => type);
}

export function fixedConst(name: string, pkg: PackageRef, type: Type, value: Const['value']): Const {
  return new Constant(
    { name, pkg, ident: undefined, spec: undefined },
    () => type,
    () => value,
  );
}

export function fixedFunc(
  name: string,
  pkg: PackageRef,
  facts: { signature: Signature; receiver: Func['receiver']; interfaceMethod: boolean },
): Func {
  return new FunctionObject(
    { name, pkg, receiver: facts.receiver, interfaceMethod: facts.interfaceMethod },
    () => facts.signature,
  );
}

/** A type name for a type that exists already: `int`, `byte`, `any`. */
export function declaredName(name: string, pkg: PackageRef, type: Type, alias: boolean): TypeName {
  return new TypeNameObject({ name, pkg, ident: undefined, spec: undefined, alias }, () => type);
}

/** A defined type without source: `error`, or a type of a package that is not at hand. */
export function definedType(
  name: string,
  pkg: PackageRef,
  underlying: (self: TypeName) => Type,
): TypeNameObject {
  return new TypeNameObject(
    { name, pkg, ident: undefined, spec: undefined, alias: false },
    (self) => new NamedType(self, [], () => underlying(self)),
  );
}
