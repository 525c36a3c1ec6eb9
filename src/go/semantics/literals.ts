/**
 * Composite literals (language specification, "Composite literals"), also those whose type is implied by the literal around them.
 *
 *     []*Point{{1, 2}}             // the inner literal is a *Point
 *     [...]string{2: "c", "d"}     // [4]string
 */
import type { CompositeLit, Expr } from '../syntax/ast.ts';
import { ensureBound } from './bind.ts';
import type { Checker } from './checker.ts';
import { evaluate } from './constants-evaluate.ts';
import { indexIn } from './enclosing.ts';
import { bindingOf } from './identifiers.ts';
import { fieldNamed } from './lookup.ts';
import { coreType, underlying, unknownFrom } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Type } from './types.ts';
import { UNKNOWN } from './universe.ts';

/** The type of the literal; for `{…}` that stands for `&T{…}` it is *T. */
export function literalType(c: Checker, literal: CompositeLit): Type {
  const known = c.types.get(literal);
  if (known !== undefined) return known;
  const type = compute(c, literal);
  c.types.set(literal, type);
  return type;
}

function compute(c: Checker, literal: CompositeLit): Type {
  const { type } = literal;
  if (type === undefined) return impliedType(c, literal);
  if (type.kind === 'ArrayType' && type.length === undefined) {
    return { kind: 'array', elem: resolveType(c, type.elem), length: measure(c, literal) };
  }
  return resolveType(c, type);
}

function impliedType(c: Checker, literal: CompositeLit): Type {
  if (!c.enclosingLiterals.has(literal)) ensureBound(c, literal.pos);
  const outer = c.enclosingLiterals.get(literal);
  if (outer === undefined) return UNKNOWN;
  const container = literalCore(c, outer);
  switch (container.kind) {
    case 'slice':
    case 'array':
      return container.elem;
    case 'map':
      return c.keyLiterals.has(literal) ? container.key : container.value;
    default:
      return unknownFrom(container);
  }
}

/** What a literal's elements are elements of: through names, and through the pointer that an implied type may be. */
export function literalCore(c: Checker, literal: CompositeLit): Type {
  const type = literalType(c, literal);
  const core = coreType(type) ?? UNKNOWN;
  return core.kind === 'pointer' && literal.type === undefined ? underlying(core.elem) : core;
}

function measure(c: Checker, literal: CompositeLit): number {
  let next = 0;
  let length = 0;
  for (const element of literal.elements) {
    if (element.kind === 'KeyValueExpr') {
      const index = evaluate(c, element.key, undefined);
      if (index?.kind !== 'int') return -1;
      next = Number(index.value);
    }
    next++;
    if (next > length) length = next;
  }
  return length;
}

/** The type that an element's value is assigned to: the field's, or the element type. Undefined for what stands in no literal. */
export function elementTarget(
  c: Checker,
  literal: CompositeLit,
  element: Expr,
  value: Expr,
): Type | undefined {
  const core = literalCore(c, literal);
  const isKey = element.kind === 'KeyValueExpr' && element.key === value;
  switch (core.kind) {
    case 'slice':
    case 'array':
      return isKey ? undefined : core.elem;
    case 'map':
      return isKey ? core.key : core.value;
    case 'struct': {
      if (element.kind !== 'KeyValueExpr') return core.fields[indexIn(literal.elements, element)]?.type;
      const { key } = element;
      return key.kind === 'Ident' && !isKey ? fieldNamed(core, key.name)?.type : undefined;
    }
    default:
      return undefined;
  }
}

/** True if this identifier is a key of a struct literal and so names a field. */
export function isFieldKey(c: Checker, e: Expr): boolean {
  if (e.kind !== 'Ident') return false;
  const binding = bindingOf(c, e);
  return binding?.kind === 'literal-key' && literalCore(c, binding.literal).kind === 'struct';
}
