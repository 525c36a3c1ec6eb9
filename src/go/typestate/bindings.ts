/**
 * Where the variables of a function get their values, and what the function stores in fields and package variables: by assignments
 * anywhere in it and its literals, in no order.
 *
 *     g, ctx = errgroup.WithContext(ctx)   // g: result 0 of the call; ctx: result 1
 *     for _, g := range groups             // g: an element of groups, which counts as groups itself
 *     s.group = g                          // a store to the field
 *     &syncer{group: g}                    // another one
 */
import type { GoFunction } from '../package.ts';
import type { Info } from '../semantics/info.ts';
import type { Var } from '../semantics/objects.ts';
import type { Struct, Type } from '../semantics/types.ts';
import { type CompositeLit, type Expr, type Node, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';

/** `result`: which result of a call with several is meant; 0 for any other expression. */
export interface Source {
  readonly expr: Expr;
  readonly result: number;
}

export interface Store extends Source {
  readonly field: Var;
}

export interface Bindings {
  readonly sources: ReadonlyMap<Var, readonly Source[]>;
  readonly stores: readonly Store[];
}

const bindings = new WeakMap<GoFunction, Bindings>();

/** The bindings of the declared function (or initialiser) around a function, its literals included. */
export function bindingsAround(fn: GoFunction): Bindings {
  let root = fn;
  while (root.parent !== undefined) root = root.parent;
  let known = bindings.get(root);
  if (known === undefined) {
    known = bindingsOf(root);
    bindings.set(root, known);
  }
  return known;
}

function bindingsOf(root: GoFunction): Bindings {
  const { info } = root.pkg;
  const sources = new Map<Var, Source[]>();
  const stores: Store[] = [];
  const assign = (target: Expr, source: Source): void => {
    const variable = targetOf(info, target);
    if (variable === undefined) return;
    if (variable.role === 'field' || variable.role === 'package') {
      stores.push({ ...source, field: variable.origin });
      return;
    }
    const known = sources.get(variable);
    if (known === undefined) sources.set(variable, [source]);
    else known.push(source);
  };
  const assignAll = (targets: readonly Expr[], values: readonly Expr[]): void => {
    targets.forEach((target, i) => {
      const value = values.length === targets.length ? values[i] : values[0];
      if (value === undefined) return;
      // `v, ok := <-ch`, `v, ok := m[k]`: the first is the value.
      if (values.length !== targets.length && unparen(value).kind !== 'CallExpr' && i > 0) return;
      assign(target, { expr: value, result: values.length === targets.length ? 0 : i });
    });
  };
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'AssignStmt':
        if (node.op === '=' || node.op === ':=') assignAll(node.lhs, node.rhs);
        return;
      case 'VarSpec':
        assignAll(node.names, node.values);
        return;
      case 'RangeStmt':
        for (const target of [node.key, node.value])
          if (target !== undefined) assign(target, { expr: node.x, result: 0 });
        return;
      case 'SendStmt':
        assign(node.chan, { expr: node.value, result: 0 });
        return;
      case 'CompositeLit':
        for (const store of fieldsOf(info, node)) stores.push(store);
        return;
      default:
    }
  };
  walk(root.body, visit, { literals: true });
  return { sources, stores };
}

/** The variable that is written, or the container or struct behind an index or a pointer. */
function targetOf(info: Info, target: Expr): Var | undefined {
  let x = unparen(target);
  while (x.kind === 'IndexExpr' || x.kind === 'StarExpr') x = unparen(x.x);
  if (x.kind === 'Ident') {
    const object = info.objectOf(x);
    return object?.kind === 'var' ? object : undefined;
  }
  if (x.kind !== 'SelectorExpr') return undefined;
  const selection = info.selectionOf(x);
  if (selection?.kind === 'field') return selection.field;
  return selection?.kind === 'qualified' && selection.object?.kind === 'var' ? selection.object : undefined;
}

/** What a struct literal stores in its fields; named or in order. */
function fieldsOf(info: Info, literal: CompositeLit): readonly Store[] {
  if (literal.elements.length === 0) return [];
  const struct = structOf(info.typeOf(literal));
  if (struct === undefined) return [];
  return literal.elements.flatMap((element, i) => {
    const named = element.kind === 'KeyValueExpr' ? unparen(element.key) : undefined;
    const field =
      named?.kind === 'Ident' ? struct.fields.find((f) => f.name === named.name) : struct.fields[i];
    const expr = element.kind === 'KeyValueExpr' ? element.value : element;
    return field === undefined ? [] : [{ field: field.origin, expr, result: 0 }];
  });
}

export function structOf(type: Type): Struct | undefined {
  let t = type;
  if (t.kind === 'pointer') t = t.elem;
  if (t.kind === 'named') t = t.underlying;
  return t.kind === 'struct' ? t : undefined;
}
