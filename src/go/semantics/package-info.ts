/**
 * `Info` of one package: the questions of `info.ts`, answered from the tables of a checker.
 */
import type { Expr } from '../syntax/ast.ts';
import { calledSignature, callKind } from './calls.ts';
import type { Checker } from './checker.ts';
import { evaluate } from './constants-evaluate.ts';
import { isType, valueType } from './expressions.ts';
import { anyObjectOf, bindingOf } from './identifiers.ts';
import type { Info } from './info.ts';
import { isFieldKey } from './literals.ts';
import { selectionOf } from './selectors.ts';
import { resolveType } from './type-expressions.ts';

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

function typeOf(c: Checker, e: Expr) {
  if (isType(c, e)) return resolveType(c, e);
  if (e.kind === 'Ident') {
    const object = anyObjectOf(c, e);
    if (object?.kind === 'func') return object.signature;
    if (isFieldKey(c, e) && object?.kind === 'var') return object.type;
    if (bindingOf(c, e)?.kind === 'SelectorExpr') {
      return object !== undefined && 'type' in object ? object.type : valueType(c, e);
    }
  }
  return valueType(c, e);
}
