/**
 * What is known of one package so far: the tables that every part of the semantics reads and fills.
 *
 *     const c = new Checker(pkg, files, importer);
 *     valueType(c, call)     // expressions.ts: looks into c.types, else computes and remembers
 *
 * Two lifetimes: declarations (`declared`, `members`, `methods`) live as long as the package; what belongs to bodies can be given back
 * with `release` and comes again when it is asked for.
 */
import type { GoFile } from '../files.ts';
import type {
  CallExpr,
  CompositeLit,
  Expr,
  FuncDecl,
  FuncLit,
  FuncNode,
  Ident,
  ImportSpec,
  InterfaceType,
  Ranged,
  SelectorExpr,
} from '../syntax/ast.ts';
import type { ConstantValue } from './constants.ts';
import { FileScope } from './file-scope.ts';
import type { Selection } from './info.ts';
import type { Func, GoObject, PackageRef, PkgName, TypeName, Var } from './objects.ts';
import type { FunctionObject } from './objects-made.ts';
import { type PlatformSet, platformsOf } from './platforms.ts';
import type { Signature, Type } from './types.ts';

/** What another package offers to importers. */
export interface Imported {
  readonly ref: PackageRef;
  /** An exported or unexported member; for a missing package undefined. */
  member(name: string, platforms: PlatformSet): GoObject | undefined;
  /** The type of that name: of a missing package every name may be one. */
  missingType(name: string): TypeName | undefined;
}

export interface Importer {
  resolve(path: string, from: Checker): Imported;
}

/** `Name` in `T{Name: v}`: a field if T is a struct, else an ordinary identifier (`object`). */
export interface LiteralKey {
  readonly kind: 'literal-key';
  readonly literal: CompositeLit;
  readonly object: GoObject | undefined;
}

/** What the binder says of an identifier: what it stands for, or what has to be asked to know it. */
export type Binding = GoObject | SelectorExpr | LiteralKey;

/** The calls and literals that stand directly in one function, in source order. */
export interface FunctionParts {
  readonly calls: CallExpr[];
  readonly literals: FuncLit[];
}

/** What is assigned to a local variable after its declaration; `opaque` if its address is taken or it is stepped through otherwise. */
export interface Writes {
  readonly values: Expr[];
  opaque: boolean;
}

/** One of several declarations of a name under different build constraints. */
export interface Alternative {
  readonly object: GoObject;
  readonly platforms: PlatformSet;
}

export class Checker implements Imported {
  readonly ref: PackageRef;
  readonly files: readonly GoFile[];
  readonly importer: Importer;

  // Declarations.
  readonly members = new Map<string, GoObject>();
  readonly alternatives = new Map<string, Alternative[]>();
  /** By the name of the receiver's base type. */
  readonly methods = new Map<string, Map<string, FunctionObject>>();
  readonly declared = new Map<Ident, GoObject>();
  readonly functions = new Map<FuncDecl, FunctionObject>();
  readonly receivers = new Map<FuncDecl, Var>();
  /** The type names that interface types are the declaration of. */
  readonly interfaceOwners = new Map<InterfaceType, TypeName>();
  private readonly scopes = new Map<GoFile, FileScope>();
  private readonly fileOrder: readonly GoFile[];

  // Bodies, initialisers and headers, as far as they were asked about.
  readonly bound = new Set<Ranged>();
  readonly objects = new Map<Ident, Binding>();
  readonly types = new Map<Expr, Type>();
  readonly constants = new Map<Expr, ConstantValue | undefined>();
  readonly signatures = new Map<CallExpr, Signature | undefined>();
  readonly selections = new Map<SelectorExpr, Selection | undefined>();
  /** Composite literals without a type of their own, and the literal they are elements of. */
  readonly enclosingLiterals = new Map<CompositeLit, CompositeLit>();
  /** Those of them that are keys of a map. */
  readonly keyLiterals = new Set<CompositeLit>();
  /** Selectors on packages without source that stand where only a type can. */
  readonly typePositions = new Set<Expr>();
  readonly parts = new Map<FuncNode, FunctionParts>();
  /** Literals in the initialisers of package variables. */
  readonly initializerParts = new Map<Ranged, FunctionParts>();
  readonly writes = new Map<Var, Writes>();
  /** `v` of `switch v := x.(type)`, which stands for another variable in every clause. */
  readonly symbolic = new Set<Ident>();
  /** How deep the typing of expressions is nested at the moment. */
  depth = 0;

  constructor(ref: PackageRef, files: readonly GoFile[], importer: Importer) {
    this.ref = ref;
    this.files = files;
    this.importer = importer;
    this.fileOrder = [...files].sort((a, b) => a.base - b.base);
  }

  /** The file of this package in which a position lies. */
  fileAt(pos: number): GoFile | undefined {
    const files = this.fileOrder;
    let low = 0;
    let high = files.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (files[middle]!.base <= pos) low = middle + 1;
      else high = middle;
    }
    const file = files[low - 1];
    return file !== undefined && pos <= file.base + file.text.length ? file : undefined;
  }

  scopeOf(file: GoFile): FileScope {
    let scope = this.scopes.get(file);
    if (scope === undefined) {
      scope = new FileScope(this, file.imports);
      this.scopes.set(file, scope);
    }
    return scope;
  }

  /** A member of this package, as seen from one of its own files: of several variants the one built together with that file. */
  memberFrom(name: string, file: GoFile): GoObject | undefined {
    return this.member(name, platformsOf(file));
  }

  /** A member as seen from a file that is built on these platforms, in this package or another. */
  member(name: string, own: PlatformSet): GoObject | undefined {
    const alternatives = this.alternatives.get(name);
    if (alternatives === undefined) return this.members.get(name);
    return bestOf(alternatives, own)?.object ?? this.members.get(name);
  }

  missingType(): undefined {
    return undefined;
  }

  importedBy(spec: ImportSpec): Imported {
    return this.importer.resolve(spec.path, this);
  }

  imported(name: PkgName): Imported {
    return this.importer.resolve(name.spec.path, this);
  }

  functionObject(decl: FuncDecl): Func | undefined {
    return this.functions.get(decl);
  }

  /** Gives back everything but the declarations. */
  release(): void {
    this.bound.clear();
    this.objects.clear();
    this.types.clear();
    this.constants.clear();
    this.signatures.clear();
    this.selections.clear();
    this.enclosingLiterals.clear();
    this.keyLiterals.clear();
    this.typePositions.clear();
    this.parts.clear();
    this.initializerParts.clear();
    this.writes.clear();
    this.symbolic.clear();
  }
}

/** Of several declarations the likeliest that is built on these platforms. */
export function bestOf(
  alternatives: readonly Alternative[],
  platforms: PlatformSet,
): Alternative | undefined {
  let best: Alternative | undefined;
  for (const candidate of alternatives) {
    if (!candidate.platforms.overlaps(platforms)) continue;
    if (best === undefined || candidate.platforms.before(best.platforms)) best = candidate;
  }
  return best;
}
