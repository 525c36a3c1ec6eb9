/**
 * Binding: which object every identifier of a declaration stands for, in one walk, without knowing any type.
 *
 *     func f(r io.Reader) { data, err := io.ReadAll(r); if err := use(data); err != nil { … } }
 *     // io -> the import, r -> the parameter, the two `err` -> two variables
 *
 * What needs types is left open: `x.f` (the binder notes the selector at `f`) and keys of composite literals.
 * The walk also notes what stands directly in each function (calls, literals), and what is assigned to local variables.
 */
import type { GoFile } from '../files.ts';
import type {
  Block,
  Expr,
  Field,
  FuncDecl,
  FuncLit,
  Ident,
  Ranged,
  TypeSpec,
  VarSpec,
} from '../syntax/ast.ts';
import { bindExpr, bindType } from './bind-expressions.ts';
import { bindBlockBody, declareConsts } from './bind-statements.ts';
import type { Checker, FunctionParts } from './checker.ts';
import { declareTypeParams, receiverOf, receiverTypeParams } from './declare-function.ts';
import type { GoObject, Var } from './objects.ts';
import { Scopes } from './scopes.ts';
import { universe } from './universe.ts';

/** State of one walk. */
export class Binder {
  readonly c: Checker;
  readonly file: GoFile;
  readonly scopes = new Scopes();
  /** The function or literal being walked. */
  owner: FuncDecl | FuncLit | undefined = undefined;
  parts: FunctionParts = { calls: [], literals: [] };

  constructor(c: Checker, file: GoFile) {
    this.c = c;
    this.file = file;
  }

  lookup(name: string): GoObject | undefined {
    return this.scopes.lookup(name) ?? lookupGlobal(this.c, this.file, name);
  }

  use(id: Ident): GoObject | undefined {
    if (id.name === '_') return undefined;
    const object = this.lookup(id.name);
    if (object !== undefined) this.c.objects.set(id, object);
    return object;
  }

  declare(id: Ident, object: GoObject): void {
    if (id.name === '_') return;
    this.c.objects.set(id, object);
    this.scopes.declare(id.name, object);
  }

  /** Parameters and results: they stand in the scope of the function's body. */
  declareVariables(variables: readonly Var[]): void {
    for (const v of variables) if (v.ident !== undefined) this.declare(v.ident, v);
  }
}

/** What a name means outside of all functions of a file: package, imports, dot imports, universe. */
export function lookupGlobal(c: Checker, file: GoFile, name: string): GoObject | undefined {
  const member = c.memberFrom(name, file);
  if (member !== undefined) return member;
  const scope = c.scopeOf(file);
  return scope.package(name) ?? scope.dotImported(name) ?? universe.get(name) ?? scope.packageByClause(name);
}

/**
 * Binds what encloses a position of this package: the header of a function, its body, or one line of a declaration.
 * True if that had not been bound before.
 */
export function ensureBound(c: Checker, pos: number): boolean {
  const file = c.fileAt(pos);
  if (file === undefined) return false;
  const decl = enclosing(file.decls, pos);
  if (decl === undefined || decl.kind === 'BadDecl') return false;
  if (decl.kind === 'FuncDecl') {
    // The body is lowered only if the position is not in the header.
    if (pos < decl.type.end || decl.body === undefined || pos < decl.body.pos)
      return bindHeader(c, file, decl);
    return bindBody(c, file, decl, decl.body);
  }
  if (decl.kind === 'ConstDecl') {
    // Later lines repeat the expressions of earlier ones.
    return once(c, decl, () => {
      const binder = new Binder(c, file);
      for (const spec of decl.specs) declareConsts(binder, spec, false);
    });
  }
  const spec = enclosing<TypeSpec | VarSpec>(decl.specs, pos);
  if (spec === undefined) return false;
  return spec.kind === 'TypeSpec' ? bindTypeSpec(c, file, spec) : bindVarSpec(c, file, spec);
}

function once(c: Checker, node: Ranged, bind: () => void): boolean {
  if (c.bound.has(node)) return false;
  c.bound.add(node);
  bind();
  return true;
}

function bindHeader(c: Checker, file: GoFile, decl: FuncDecl): boolean {
  return once(c, decl, () => {
    const binder = new Binder(c, file);
    binder.scopes.open();
    openTypeParams(binder, decl);
    if (decl.recv !== undefined) bindType(binder, receiverBase(decl.recv.type));
    bindFields(binder, decl.type.params);
    bindFields(binder, decl.type.results);
  });
}

/** `T` of `(t *T[K, V])`: K and V are declared here, not used. */
function receiverBase(type: Expr): Expr {
  let e = type;
  while (e.kind === 'ParenExpr' || e.kind === 'StarExpr' || e.kind === 'IndexExpr') e = e.x;
  return e;
}

function openTypeParams(binder: Binder, decl: FuncDecl): void {
  const { c } = binder;
  for (const name of receiverTypeParams(c, decl)) binder.declare(name.ident!, name);
  openOwnTypeParams(binder, decl.type.typeParams);
}

/** Declares type parameters, then binds their constraints, which may mention all of them. */
export function openOwnTypeParams(binder: Binder, fields: readonly Field[]): void {
  if (fields.length === 0) return;
  for (const name of declareTypeParams(binder.c, fields)) if (name.ident) binder.declare(name.ident, name);
  bindFields(binder, fields);
}

export function bindFields(binder: Binder, fields: readonly Field[]): void {
  for (const field of fields) bindType(binder, field.type);
}

function bindBody(c: Checker, file: GoFile, decl: FuncDecl, body: Block): boolean {
  return once(c, body, () => {
    bindHeader(c, file, decl);
    const binder = new Binder(c, file);
    binder.owner = decl;
    c.parts.set(decl, binder.parts);
    binder.scopes.open();
    openTypeParams(binder, decl);
    const object = c.functionObject(decl);
    const receiver = receiverOf(c, decl);
    if (receiver !== undefined) binder.declareVariables([receiver]);
    if (object !== undefined) {
      binder.declareVariables(object.signature.params);
      binder.declareVariables(object.signature.results);
    }
    // The parameters and the outermost statements share one block: `a, err := f()` assigns a parameter err.
    bindBlockBody(binder, body.stmts);
  });
}

function bindTypeSpec(c: Checker, file: GoFile, spec: TypeSpec): boolean {
  return once(c, spec, () => {
    const binder = new Binder(c, file);
    binder.scopes.open();
    openOwnTypeParams(binder, spec.typeParams);
    bindType(binder, spec.type);
  });
}

function bindVarSpec(c: Checker, file: GoFile, spec: VarSpec): boolean {
  return once(c, spec, () => {
    const binder = new Binder(c, file);
    binder.scopes.open();
    c.initializerParts.set(spec, binder.parts);
    if (spec.type !== undefined) bindType(binder, spec.type);
    for (const value of spec.values) bindExpr(binder, value);
  });
}

/** The node of an ordered list within which a position lies. */
function enclosing<T extends Ranged>(nodes: readonly T[], pos: number): T | undefined {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.pos <= pos) low = middle + 1;
    else high = middle;
  }
  const node = nodes[low - 1];
  return node !== undefined && pos < node.end ? node : undefined;
}
