/**
 * The object behind an identifier, where the binder alone knows it and where types have to be asked.
 */
import type { Field, Ident } from '../syntax/ast.ts';
import { ensureBound } from './bind.ts';
import type { Binding, Checker, LiteralKey } from './checker.ts';
import { receiverOf } from './declare-function.ts';
import { pathTo } from './enclosing.ts';
import { literalType } from './literals.ts';
import { fieldNamed } from './lookup.ts';
import type { GoObject } from './objects.ts';
import { selectionOf } from './selectors.ts';
import { underlying } from './shapes.ts';
import { resolveType } from './type-expressions.ts';

export function bindingOf(c: Checker, id: Ident): Binding | undefined {
  let binding = c.objects.get(id);
  if (binding === undefined && ensureBound(c, id.pos)) binding = c.objects.get(id);
  return binding ?? c.declared.get(id) ?? (id.name === '_' ? undefined : declaredAround(c, id));
}

/** Fields, methods of interfaces, parameters of function types: declared when the type around them is looked at. */
export function declaredAround(c: Checker, id: Ident): GoObject | undefined {
  const path = pathTo(c, id);
  if (path.length === 0) return importedAs(c, id);
  const parent = path.at(-2);
  switch (parent?.kind) {
    case 'StructType':
      if (!isNamedIn(parent.fields, id)) return undefined;
      resolveType(c, parent);
      break;
    case 'InterfaceType':
      if (!parent.methods.some((method) => method.name === id)) return undefined;
      resolveType(c, parent);
      break;
    case 'FuncDecl':
      receiverOf(c, parent);
      break;
    case 'FuncType': {
      if (!isNamedIn(parent.params, id) && !isNamedIn(parent.results, id)) return undefined;
      const around = path.at(-3);
      if (around?.kind === 'FuncDecl') {
        c.functionObject(around)?.signature;
      } else if (around?.kind === 'InterfaceType') {
        const iface = resolveType(c, around);
        if (iface.kind === 'interface') for (const method of iface.methods) method.signature;
      } else resolveType(c, parent);
      break;
    }
    default:
      return undefined;
  }
  const binding = c.declared.get(id) ?? c.objects.get(id);
  return binding?.kind === 'var' || binding?.kind === 'func' ? binding : undefined;
}

/** The local name of an import, where it is written. */
function importedAs(c: Checker, id: Ident): GoObject | undefined {
  const file = c.fileAt(id.pos);
  const spec = file?.imports.find((imported) => imported.name === id);
  return file === undefined || spec === undefined ? undefined : c.scopeOf(file).nameOf(spec);
}

function isNamedIn(fields: readonly Field[], id: Ident): boolean {
  return fields.some((field) => field.names.includes(id));
}

/** For identifiers that stand for themselves: not the `f` of `x.f`. */
export function objectOfIdent(c: Checker, id: Ident): GoObject | undefined {
  const binding = bindingOf(c, id);
  if (binding === undefined || binding.kind === 'SelectorExpr') return undefined;
  return binding.kind === 'literal-key' ? objectOfKey(c, id, binding) : binding;
}

/** For any identifier, also `f` of `x.f` and the keys of struct literals. */
export function anyObjectOf(c: Checker, id: Ident): GoObject | undefined {
  const binding = bindingOf(c, id);
  if (binding === undefined) return undefined;
  if (binding.kind === 'literal-key') return objectOfKey(c, id, binding);
  if (binding.kind !== 'SelectorExpr') return binding;
  const selection = selectionOf(c, binding);
  if (selection === undefined) return undefined;
  if (selection.kind === 'qualified') return selection.object;
  return selection.kind === 'field' ? selection.field : selection.method;
}

function objectOfKey(c: Checker, id: Ident, key: LiteralKey): GoObject | undefined {
  const shape = structOf(c, key);
  if (shape === undefined) return key.object;
  return shape === 'unknown' ? undefined : fieldNamed(shape, id.name);
}

/** The struct whose field a key names; undefined if the literal is known to be something else. */
function structOf(c: Checker, key: LiteralKey) {
  const type = underlying(literalType(c, key.literal));
  const base = type.kind === 'pointer' ? underlying(type.elem) : type;
  if (base.kind === 'struct') return base;
  return base.kind === 'unknown' ? 'unknown' : undefined;
}
