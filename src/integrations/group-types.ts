/**
 * What is an errgroup, and where one comes into being: by import path, never by the names of methods.
 *
 *     g := errgroup.Group{}      g := &errgroup.Group{}      g := new(errgroup.Group)      var g errgroup.Group
 *     g, ctx := errgroup.WithContext(ctx)      group errgroup.Group // a field by value, made with its struct
 *
 * The groups of a drop-in fork are those of its import path in the vocabulary.
 */
import type { GoFile } from '../go/files.ts';
import type { GoFunction, GoPackage } from '../go/package.ts';
import type { Var } from '../go/semantics/objects.ts';
import type { Type } from '../go/semantics/types.ts';
import {
  type CallExpr,
  type CompositeLit,
  type Expr,
  type Node,
  type Ranged,
  type Stmt,
  unparen,
  type VarSpec,
} from '../go/syntax/ast.ts';
import { walk } from '../go/syntax/walk.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { matchesPackage } from './patterns.ts';

export const GROUP_METHODS: ReadonlySet<string> = new Set(['Go', 'TryGo', 'SetLimit', 'Wait']);

export interface GroupTypes {
  isGroupPackage(importPath: string): boolean;
  /** A group, or a pointer to one. Also where the package's source is missing. */
  isGroup(type: Type): boolean;
  /** Does an expression make a group? */
  makes(pkg: GoPackage, node: CallExpr | CompositeLit): boolean;
}

export function groupTypes({ groupPackages }: Vocabulary): GroupTypes {
  const isGroupPackage = (importPath: string) => groupPackages.some((p) => matchesPackage(p, importPath));
  const isGroup = (type: Type): boolean => {
    let t = type;
    while (t.kind === 'pointer') t = t.elem;
    if (t.kind === 'unknown') return t.missing !== undefined && isGroupPackage(t.missing);
    return t.kind === 'named' && t.object.name === 'Group' && isGroupPackage(t.object.pkg.path);
  };
  const isContainer = (type: Type): boolean =>
    type.kind === 'slice' || type.kind === 'array' || type.kind === 'map'
      ? isContainer(type.kind === 'map' ? type.value : type.elem) ||
        isGroupValue(type.kind === 'map' ? type.value : type.elem)
      : false;
  const isGroupValue = (type: Type): boolean => type.kind === 'named' && isGroup(type);
  return {
    isGroupPackage,
    isGroup,
    makes(pkg, node) {
      const { info } = pkg;
      if (node.kind === 'CompositeLit') return isGroupValue(info.typeOf(node));
      const fun = unparen(node.fun);
      const [arg] = node.args;
      if (fun.kind === 'Ident' && (fun.name === 'new' || fun.name === 'make')) {
        if (arg === undefined || info.callKind(node) !== 'builtin') return false;
        const type = info.typeOf(arg);
        return fun.name === 'new' ? isGroupValue(type) : isContainer(type);
      }
      const callee =
        (fun.kind === 'SelectorExpr' && fun.sel.name === 'WithContext') ||
        (fun.kind === 'Ident' && fun.name === 'WithContext')
          ? pkg.program.calleeOf(node)
          : undefined;
      if (callee?.kind === 'function') return isGroupPackage(callee.func.pkg.path);
      return callee?.kind === 'missing' && callee.receiver === undefined && isGroupPackage(callee.importPath);
    },
  };
}

/** One place where groups come into being. */
export interface Creation {
  readonly kind: 'expression' | 'variable' | 'field' | 'package variable';
  /** The expression, the declaration of the variable, or for fields the name in the struct. */
  readonly node: CallExpr | CompositeLit | VarSpec | Node;
  /** Where a finding about it points. */
  readonly at: Ranged;
  /** What it is called there: `g`, `c.group`; undefined where it has no name. */
  readonly name: string | undefined;
  readonly variable: Var | undefined;
  /** The function or literal in which it stands. */
  readonly fn: GoFunction | undefined;
  /** Several groups at once: a slice, a map, an array. */
  readonly many?: boolean;
  /** The statement that gives it its name, if it stands in a block on its own. */
  readonly stmt: Stmt | undefined;
}

/** Does a file name a group package? */
export function importsGroups(file: GoFile, types: GroupTypes): boolean {
  return file.imports.some((spec) => types.isGroupPackage(spec.path));
}

/** All creations in a package's files that are not generated, in order of files and positions. */
export function creationsIn(pkg: GoPackage, types: GroupTypes): readonly Creation[] {
  const found: Creation[] = [];
  // Another file may use the package's own alias of the type.
  if (!pkg.files.some((file) => importsGroups(file, types))) return found;
  for (const file of pkg.files) {
    if (file.generated) continue;
    for (const decl of file.decls) {
      if (decl.kind === 'TypeDecl') fieldsIn(pkg, decl, types, found);
      else if (decl.kind === 'VarDecl') {
        for (const spec of decl.specs) variablesOf(pkg, spec, 'package variable', undefined, types, found);
        const made = initialGroups(pkg, decl.specs, types);
        found.push(...made.values());
        inBody(pkg, decl, types, found, made);
      } else if (decl.kind === 'FuncDecl' && decl.body !== undefined) inBody(pkg, decl.body, types, found);
    }
  }
  return found;
}

/** `var jobs = new(errgroup.Group)` of a package: the expression, and the variable that holds it from the start. */
function initialGroups(
  pkg: GoPackage,
  specs: readonly VarSpec[],
  types: GroupTypes,
): ReadonlyMap<Node, Creation> {
  const made = new Map<Node, Creation>();
  for (const spec of specs)
    for (const [i, value] of spec.values.entries()) {
      const node = stripped(value);
      const ident = spec.names[i];
      const variable = ident && pkg.info.objectOf(ident);
      if (ident === undefined || variable?.kind !== 'var') continue;
      if ((node.kind !== 'CallExpr' && node.kind !== 'CompositeLit') || !types.makes(pkg, node)) continue;
      const { name } = ident;
      made.set(node, {
        ...{ kind: 'package variable', node, at: node, name, variable, fn: undefined, stmt: undefined },
      });
    }
  return made;
}

/** Without parentheses and `&`. */
function stripped(value: Expr): Expr {
  const x = unparen(value);
  return x.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : x;
}

function inBody(
  pkg: GoPackage,
  root: Node,
  types: GroupTypes,
  found: Creation[],
  known: ReadonlyMap<Node, Creation> = new Map(),
): void {
  const named = new Map<Node, { readonly name: string | undefined; readonly stmt: Stmt | undefined }>();
  const listed = new Set<Stmt>();
  const textOf = (x: Expr): string => pkg.program.files.textOf(x);
  const note = (value: Expr, name: string | undefined, stmt: Stmt | undefined): void => {
    const x = stripped(value);
    if ((x.kind === 'CallExpr' || x.kind === 'CompositeLit') && !named.has(x)) named.set(x, { name, stmt });
  };
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'Block':
        for (const stmt of node.stmts) listed.add(stmt);
        return;
      case 'CaseClause':
      case 'CommClause':
        for (const stmt of node.body) listed.add(stmt);
        return;
      case 'AssignStmt':
        node.rhs.forEach((value, i) => {
          const target = node.lhs[i];
          const name = target === undefined || textOf(target) === '_' ? undefined : textOf(target);
          note(value, name, listed.has(node) ? node : undefined);
        });
        return;
      case 'DeclStmt':
        if (node.decl.kind !== 'VarDecl') return;
        for (const spec of node.decl.specs) {
          const stmt = listed.has(node) ? node : undefined;
          spec.values.forEach((value, i) => void note(value, spec.names[i]?.name, stmt));
          variablesOf(pkg, spec, 'variable', stmt, types, found);
        }
        return;
      case 'KeyValueExpr':
        // The zero value of a field by value: the field is judged.
        if (unparen(node.value).kind === 'CompositeLit') named.set(unparen(node.value), ZERO);
        note(node.value, node.key.kind === 'Ident' ? node.key.name : undefined, undefined);
        return;
      case 'StructType':
        fieldsOf(pkg, node, types, found);
        return;
      case 'CallExpr':
      case 'CompositeLit': {
        if (!types.makes(pkg, node) || known.has(node) || named.get(node) === ZERO) return;
        const { name, stmt } = named.get(node) ?? { name: undefined, stmt: undefined };
        const fn = pkg.program.functionAt(node.pos);
        const many = node.kind === 'CallExpr' && isMake(node);
        found.push({ kind: 'expression', node, at: node, name, variable: undefined, fn, stmt, many });
        return;
      }
      default:
    }
  };
  walk(root, visit, { literals: true });
}

/** Stands for a literal that is only the value of a field. */
const ZERO = { name: undefined, stmt: undefined };

/** `var g errgroup.Group`, at the name. */
function variablesOf(
  pkg: GoPackage,
  spec: VarSpec,
  kind: 'variable' | 'package variable',
  stmt: Stmt | undefined,
  types: GroupTypes,
  found: Creation[],
): void {
  if (spec.values.length > 0 || spec.type === undefined) return;
  for (const ident of spec.names) {
    const variable = pkg.info.objectOf(ident);
    if (variable?.kind !== 'var' || !holdsByValue(variable.type, types)) continue;
    const fn = kind === 'variable' ? pkg.program.functionAt(ident.pos) : undefined;
    const many = variable.type.kind === 'array';
    found.push({ kind, node: spec, at: ident, name: ident.name, variable, fn, stmt, many });
  }
}

function isMake({ fun }: CallExpr): boolean {
  const name = unparen(fun);
  return name.kind === 'Ident' && name.name === 'make';
}

/** A group, or an array of groups. */
function holdsByValue(type: Type, types: GroupTypes): boolean {
  if (type.kind === 'array') return holdsByValue(type.elem, types);
  return type.kind === 'named' && types.isGroup(type);
}

function fieldsIn(pkg: GoPackage, root: Node, types: GroupTypes, found: Creation[]): void {
  walk(root, (node) => {
    if (node.kind === 'StructType') fieldsOf(pkg, node, types, found);
  });
}

function fieldsOf(
  pkg: GoPackage,
  struct: Extract<Node, { kind: 'StructType' }>,
  types: GroupTypes,
  found: Creation[],
): void {
  for (const field of struct.fields) {
    if (!holdsByValue(pkg.info.typeOf(field.type), types)) continue;
    const names: readonly Expr[] = field.names.length > 0 ? field.names : [field.type];
    for (const at of names) {
      const name = at.kind === 'SelectorExpr' ? at.sel.name : at.kind === 'Ident' ? at.name : undefined;
      const type = pkg.info.typeOf(struct);
      const variable = type.kind === 'struct' ? type.fields.find((f) => f.name === name)?.origin : undefined;
      if (variable === undefined) continue;
      found.push({ kind: 'field', node: at, at, name, variable, fn: undefined, stmt: undefined });
    }
  }
}
