/**
 * The objects that a package's declarations make, before any of their types is known.
 *
 *     type Wiz struct { … }; func (w *Wiz) Invoke() error { … }; var ErrGone = errors.New("gone")
 *     // members: Wiz, ErrGone; methods: Wiz -> Invoke
 *
 * A name declared in several files under different build constraints gives one member with alternatives (`Checker.memberFrom`);
 * functions and methods list each other as variants.
 */
import type { GoFile } from '../files.ts';
import type { ConstSpec, Expr, FuncDecl, FuncLit, Ident, TypeSpec, VarSpec } from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { convertConstant, evaluate } from './constants-evaluate.ts';
import { declaredSignature, declareTypeParams, receiverTypeParams } from './declare-function.ts';
import { valueType } from './expressions.ts';
import type { Func, GoObject, Var } from './objects.ts';
import { Constant, FunctionObject, NamedType, TypeNameObject, Variable } from './objects-made.ts';
import { type PlatformSet, platformsOf } from './platforms.ts';
import { underlying } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Type, TypeParam } from './types.ts';
import { UNKNOWN } from './universe.ts';
import { assignedType } from './variable-types.ts';

const NO_METHODS: ReadonlyMap<string, Func> = new Map();

/** Fills members, methods and functions of a new checker. */
export function collectDeclarations(c: Checker): void {
  const methods: [FuncDecl, GoFile][] = [];
  for (const file of c.files) {
    for (const decl of file.decls) {
      switch (decl.kind) {
        case 'ConstDecl':
          for (const spec of decl.specs) {
            spec.names.forEach((ident, i) => {
              declareMember(c, file, ident, constantOfSpec(c, spec, ident, i));
            });
          }
          break;
        case 'VarDecl':
          for (const spec of decl.specs) {
            spec.names.forEach((ident, i) => {
              const variable = variableOfSpec(c, spec, ident, i, { role: 'package', owner: undefined });
              declareMember(c, file, ident, variable);
            });
          }
          break;
        case 'TypeDecl':
          for (const spec of decl.specs) declareMember(c, file, spec.name, packageTypeName(c, spec));
          break;
        case 'FuncDecl':
          if (decl.recv !== undefined) methods.push([decl, file]);
          else declareFunction(c, file, decl);
          break;
        case 'BadDecl':
          break;
      }
    }
  }
  for (const [decl, file] of methods) declareMethod(c, file, decl);
}

function declareMember(c: Checker, file: GoFile, ident: Ident, object: GoObject): void {
  const { name } = ident;
  if (name === '_') return;
  c.declared.set(ident, object);
  const first = c.members.get(name);
  if (first === undefined) {
    c.members.set(name, object);
    return;
  }
  const alternative = { object, platforms: platformsOf(file) };
  const list = c.alternatives.get(name);
  if (list !== undefined) list.push(alternative);
  else {
    const firstFile = c.fileAt(declaringIdent(first)?.pos ?? -1) ?? file;
    c.alternatives.set(name, [{ object: first, platforms: platformsOf(firstFile) }, alternative]);
  }
  for (const { object: one } of c.alternatives.get(name)!) {
    if (one instanceof TypeNameObject) one.alternatives = c.alternatives.get(name);
  }
  // What importers see: the variant for the likeliest platform.
  let best = c.alternatives.get(name)![0]!;
  for (const candidate of c.alternatives.get(name)!) {
    if (candidate.platforms.before(best.platforms)) best = candidate;
  }
  c.members.set(name, best.object);
}

function declaringIdent(object: GoObject): Ident | undefined {
  return 'ident' in object ? object.ident : undefined;
}

function declareFunction(c: Checker, file: GoFile, decl: FuncDecl): void {
  const { name } = decl.name;
  const facts = { name, pkg: c.ref, decl, ident: decl.name, platforms: platformsOf(file) };
  const object = new FunctionObject(facts, () => declaredSignature(c, decl));
  c.functions.set(decl, object);
  c.declared.set(decl.name, object);
  // Several `init` may stand side by side, and none can be named.
  if (name === 'init' || name === '_') return;
  const first = c.members.get(name);
  declareMember(c, file, decl.name, object);
  if (first instanceof FunctionObject) joinVariants(first, object);
}

/** Of several declarations of one function the likeliest that is built on these platforms. */
export function builtWith(variants: readonly Func[], platforms: PlatformSet): Func | undefined {
  let best: FunctionObject | undefined;
  for (const variant of variants) {
    if (!(variant instanceof FunctionObject) || !variant.platforms.overlaps(platforms)) continue;
    if (best === undefined || variant.platforms.before(best.platforms)) best = variant;
  }
  return best;
}

function joinVariants(first: FunctionObject, next: FunctionObject): void {
  const all = [...first.declaredVariants, next];
  for (const variant of all) if (variant instanceof FunctionObject) variant.declaredVariants = all;
}

function declareMethod(c: Checker, file: GoFile, decl: FuncDecl): void {
  const { name } = decl.name;
  const receiver = receiverName(decl.recv!.type);
  const base = receiver && baseOfAlias(c, file, receiver.ident);
  const type = base === undefined ? undefined : c.memberFrom(base, file);
  const facts = {
    name,
    pkg: c.ref,
    decl,
    ident: decl.name,
    platforms: platformsOf(file),
    receiver: type?.kind === 'type' ? { type, pointer: receiver!.pointer } : undefined,
    receiverTypeParams: () => receiverTypeParams(c, decl).map((param) => param.type as TypeParam),
  };
  const object = new FunctionObject(facts, () => declaredSignature(c, decl));
  c.functions.set(decl, object);
  c.declared.set(decl.name, object);
  if (base === undefined || name === '_') return;
  let methods = c.methods.get(base);
  if (methods === undefined) {
    methods = new Map();
    c.methods.set(base, methods);
  }
  const first = methods.get(name);
  if (first === undefined) {
    methods.set(name, object);
    return;
  }
  joinVariants(first, object);
  const firstFile = c.fileAt(first.decl!.pos);
  if (firstFile !== undefined && platformsOf(file).before(platformsOf(firstFile))) methods.set(name, object);
}

/** `T` and whether it is `*T`, of `(t *T[K])`. */
export function receiverName(type: Expr): { readonly ident: Ident; readonly pointer: boolean } | undefined {
  let e = type;
  let pointer = false;
  for (;;) {
    if (e.kind === 'Ident') return { ident: e, pointer };
    if (e.kind === 'StarExpr') pointer = true;
    else if (e.kind !== 'ParenExpr' && e.kind !== 'IndexExpr') return undefined;
    e = e.x;
  }
}

/** A receiver may be written by an alias of the type. */
function baseOfAlias(c: Checker, file: GoFile, ident: Ident): string {
  let { name } = ident;
  for (let hops = 0; hops < 10; hops++) {
    const object = c.memberFrom(name, file);
    if (object?.kind !== 'type' || !object.alias || object.spec === undefined) return name;
    const target = receiverName(object.spec.type);
    if (target === undefined) return name;
    name = target.ident.name;
  }
  return name;
}

function packageTypeName(c: Checker, spec: TypeSpec): TypeNameObject {
  return typeName(c, spec, () => methodsFor(c, spec));
}

/** The methods of a type; where the type has variants, those that are built together with this one. */
function methodsFor(c: Checker, spec: TypeSpec): ReadonlyMap<string, Func> {
  const all = c.methods.get(spec.name.name) ?? NO_METHODS;
  const file = c.fileAt(spec.pos);
  if (file === undefined || !c.alternatives.has(spec.name.name)) return all;
  const own = platformsOf(file);
  const methods = new Map<string, Func>();
  for (const [name, method] of all) {
    const variant = builtWith(method.variants, own);
    if (variant !== undefined) methods.set(name, variant);
  }
  return methods;
}

export function localTypeName(c: Checker, spec: TypeSpec): TypeNameObject {
  return typeName(c, spec, undefined);
}

function typeName(
  c: Checker,
  spec: TypeSpec,
  methods: (() => ReadonlyMap<string, Func>) | undefined,
): TypeNameObject {
  const facts = { name: spec.name.name, pkg: c.ref, ident: spec.name, spec, alias: spec.alias };
  const params = (): readonly TypeParam[] => typeParamsOf(c, spec);
  if (spec.alias) return new TypeNameObject(facts, () => resolveType(c, spec.type), params);
  const type = (self: TypeNameObject): Type =>
    new NamedType(self, [], () => underlying(resolveType(c, spec.type)));
  const name = new TypeNameObject(facts, type, params, methods);
  if (spec.type.kind === 'InterfaceType') c.interfaceOwners.set(spec.type, name);
  return name;
}

function typeParamsOf(c: Checker, spec: TypeSpec): readonly TypeParam[] {
  return declareTypeParams(c, spec.typeParams).map((name) => name.type as TypeParam);
}

export function variableOfSpec(
  c: Checker,
  spec: VarSpec,
  ident: Ident,
  index: number,
  place: { role: 'package' | 'local'; owner: FuncDecl | FuncLit | undefined },
): Var {
  const { type, values, names } = spec;
  const initial = values.length === names.length ? values[index] : undefined;
  const facts = { name: ident.name, pkg: c.ref, ident, ...place, initial, zero: values.length === 0 };
  return new Variable(facts, () =>
    type === undefined ? assignedType(c, values, index, names.length) : resolveType(c, type),
  );
}

export function constantOfSpec(c: Checker, spec: ConstSpec, ident: Ident, index: number): Constant {
  const value = spec.values[index];
  const type = (): Type => {
    if (spec.type !== undefined) return resolveType(c, spec.type);
    if (value === undefined) return UNKNOWN;
    const natural = valueType(c, value);
    return natural.kind === 'tuple' ? UNKNOWN : natural;
  };
  const constant: Constant = new Constant({ name: ident.name, pkg: c.ref, ident, spec }, type, () => {
    if (value === undefined) return undefined;
    const result = evaluate(c, value, BigInt(spec.iota));
    return spec.type === undefined ? result : convertConstant(result, constant.type);
  });
  return constant;
}
