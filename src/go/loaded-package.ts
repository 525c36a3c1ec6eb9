/**
 * A package that was read: the lazy view of `package.ts` over its files and its checker.
 */

import type { GoFile } from './files.ts';
import {
  declaredFunction,
  type FunctionHome,
  initializerFunction,
  type Returns,
  strayFunction,
} from './function.ts';
import type { FileGroup } from './load-package.ts';
import type { GoFunction, GoPackage, Program } from './package.ts';
import { ensureBound } from './semantics/bind.ts';
import { minGoVersion, parseConstraint } from './semantics/build-constraint.ts';
import { Checker, type Importer } from './semantics/checker.ts';
import { collectDeclarations } from './semantics/declare.ts';
import type { Info } from './semantics/info.ts';
import type { Func, GoObject, TypeName } from './semantics/objects.ts';
import { packageInfo } from './semantics/package-info.ts';
import type { GoModule, PackageSource } from './source.ts';
import type { FuncLit, FuncNode } from './syntax/ast.ts';
import { releaseBodies } from './syntax/parse-file.ts';

/** What a package asks of, and tells, the program. */
export interface PackageHooks {
  readonly returns: Returns;
  readonly released: (pkg: GoPackage) => void;
}

export class LoadedPackage implements GoPackage {
  readonly path: string;
  readonly name: string;
  readonly origin: 'project' | 'dependency' | 'stdlib';
  readonly dir: string;
  readonly module: GoModule;
  readonly files: readonly GoFile[];
  readonly program: Program;
  readonly source: PackageSource;
  readonly checker: Checker;
  readonly info: Info;
  private readonly hooks: PackageHooks;
  private declared: ReadonlyMap<FuncNode, GoFunction> | undefined = undefined;
  private inInitializers: readonly GoFunction[] | undefined = undefined;
  private named: readonly TypeName[] | undefined = undefined;
  private readonly strays = new Map<FuncLit, GoFunction>();

  constructor(
    program: Program,
    source: PackageSource,
    group: FileGroup,
    importer: Importer,
    hooks: PackageHooks,
  ) {
    this.program = program;
    this.source = source;
    this.path = group.path;
    this.name = group.name;
    this.origin = source.origin;
    this.dir = source.dir;
    this.module = source.module;
    this.files = group.files;
    this.hooks = hooks;
    this.checker = new Checker(this, group.files, importer);
    collectDeclarations(this.checker);
    this.info = packageInfo(this.checker);
  }

  private get home(): FunctionHome {
    return { pkg: this, checker: this.checker, returns: this.hooks.returns };
  }

  get functions(): readonly GoFunction[] {
    return [...this.byDeclaration().values()];
  }

  get initializers(): readonly GoFunction[] {
    if (this.inInitializers === undefined) {
      const found: GoFunction[] = [];
      for (const file of this.files) {
        for (const decl of file.decls) {
          if (decl.kind !== 'VarDecl') continue;
          for (const spec of decl.specs) {
            if (spec.values.length === 0) continue;
            ensureBound(this.checker, spec.pos);
            for (const literal of this.checker.initializerParts.get(spec)?.literals ?? []) {
              found.push(initializerFunction(this.home, literal, found.length, file));
            }
          }
        }
      }
      this.inInitializers = found;
    }
    return this.inInitializers;
  }

  get types(): readonly TypeName[] {
    this.named ??= this.declaredTypes();
    return this.named;
  }

  private declaredTypes(): readonly TypeName[] {
    const found: TypeName[] = [];
    for (const file of this.files) {
      for (const decl of file.decls) {
        if (decl.kind !== 'TypeDecl') continue;
        for (const spec of decl.specs) {
          const object = this.checker.declared.get(spec.name);
          if (object?.kind === 'type' && !object.alias) found.push(object);
        }
      }
    }
    return found;
  }

  lookup(name: string): GoObject | undefined {
    return this.checker.members.get(name);
  }

  goVersionOf(file: GoFile): string | undefined {
    const constraint = file.buildConstraint === undefined ? undefined : parseConstraint(file.buildConstraint);
    const minor = constraint && minGoVersion(constraint);
    return minor === undefined ? this.module.goVersion : `1.${minor}`;
  }

  bodyOf(func: Func): GoFunction | undefined {
    const { decl } = func.origin;
    return decl === undefined ? undefined : this.byDeclaration().get(decl);
  }

  functionOf(node: FuncNode): GoFunction | undefined {
    if (node.kind === 'FuncDecl') return this.byDeclaration().get(node);
    const fn = this.functionAt(node.pos);
    return fn?.node === node ? fn : this.stray(node);
  }

  /** Literals stand in bodies and initialisers; in code that does not compile also in constants, types and headers. */
  private stray(node: FuncLit): GoFunction | undefined {
    let fn = this.strays.get(node);
    const file = this.checker.fileAt(node.pos);
    if (fn === undefined && file !== undefined) {
      fn = strayFunction(this.home, node, file);
      this.strays.set(node, fn);
    }
    return fn;
  }

  /** The innermost function whose text, signature included, holds a position. */
  functionAt(pos: number): GoFunction | undefined {
    const top = this.topLevelAt(pos);
    let found: GoFunction | undefined;
    let candidates = top === undefined ? this.initializers : [top];
    for (;;) {
      const around: GoFunction | undefined = candidates.find((fn) => fn.node.pos <= pos && pos < fn.node.end);
      if (around === undefined) return found;
      found = around;
      candidates = around.literals;
    }
  }

  private topLevelAt(pos: number): GoFunction | undefined {
    const file = this.checker.fileAt(pos);
    const decl = file?.decls.find((d) => d.pos <= pos && pos < d.end);
    return decl?.kind === 'FuncDecl' ? this.byDeclaration().get(decl) : undefined;
  }

  private byDeclaration(): ReadonlyMap<FuncNode, GoFunction> {
    if (this.declared === undefined) {
      const declared = new Map<FuncNode, GoFunction>();
      for (const file of this.files) {
        for (const decl of file.decls) {
          // Asking for the body itself would lower it. Of dependencies only declarations were read.
          if (decl.kind === 'FuncDecl' && decl.end > decl.type.end && this.origin === 'project') {
            declared.set(decl, declaredFunction(this.home, decl, file));
          }
        }
      }
      this.declared = declared;
    }
    return this.declared;
  }

  release(): void {
    this.checker.release();
    this.declared = undefined;
    this.inInitializers = undefined;
    this.strays.clear();
    for (const file of this.files) releaseBodies(file);
    this.hooks.released(this);
  }
}
