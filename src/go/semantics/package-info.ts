/**
 * `Info` of one package: the questions of `info.ts`, answered from the tables of a checker.
 */
import type { Expr } from '../syntax/ast.ts';
import { blankType } from './blank.ts';
import { calledSignature, callKind } from './calls.ts';
import type { Checker } from './checker.ts';
import { evaluate } from './constants-evaluate.ts';
import { isType, valueType } from './expressions.ts';
import { finalType } from './final-types.ts';
import { anyObjectOf, bindingOf } from './identifiers.ts';
import type { Info } from './info.ts';
import { isFieldKey } from './literals.ts';
import type { GoObject } from './objects.ts';
import { selectionOf } from './selectors.ts';
import { resolveType } from './type-expressions.ts';
import type { Type } from './types.ts';
import { UNKNOWN } from './universe.ts';

export function packageInfo(c: Checker): Info {
  return {
    objectOf: (id) => anyObjectOf(c, id),
    typeOf: (e) => typeOf(c, e),
    isType: (e) => isType(c, e),
    constantOf: (e) => (isType(c, e) ? undefined : evaluate(c, e, undefined)),
    selectionOf: (e) => selectionOf(c, e),
    callKind: (e) => callKind(c, e),
    signatureOf: (e) => calledSignature(c, e),
    declares(id) {
      const binding = bindingOf(c, id);
      if (binding === undefined) return c.symbolic.has(id);
      return 'ident' in binding && binding.ident === id;
    },
  };
}

function typeOf(c: Checker, e: Expr): Type {
  if (isType(c, e)) return resolveType(c, e);
  if (e.kind !== 'Ident') return finalType(c, e, valueType(c, e));
  if (e.name === '_') return blankType(c, e);
  const object = anyObjectOf(c, e);
  // `f` of `x.f`, and keys of struct literals: not expressions of their own.
  const binding = bindingOf(c, e);
  if (binding?.kind === 'SelectorExpr' || (binding?.kind === 'literal-key' && isFieldKey(c, e))) {
    return object === undefined ? UNKNOWN : objectType(object);
  }
  return finalType(c, e, valueType(c, e));
}

function objectType(object: GoObject): Type {
  switch (object.kind) {
    case 'var':
    case 'const':
    case 'type':
      return object.type;
    case 'func':
      return object.signature;
    default:
      return UNKNOWN;
  }
}
