/**
 * The type of what is given to a blank identifier.
 *
 *     _, err := json.Marshal(v)   // []byte
 *     for _, x := range names     // int
 */
import type { Ident } from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { pathTo } from './enclosing.ts';
import { valueType } from './expressions.ts';
import { bindingOf, declaredAround } from './identifiers.ts';
import { resolveType } from './type-expressions.ts';
import type { Type } from './types.ts';
import { UNKNOWN } from './universe.ts';
import { assignedType, rangedType } from './variable-types.ts';

/** Unknown where the identifier receives nothing. */
export function blankType(c: Checker, id: Ident): Type {
  const binding = bindingOf(c, id) ?? declaredAround(c, id);
  if (binding?.kind === 'var') return binding.type;
  if (binding?.kind === 'func') return binding.signature;
  const parent = pathTo(c, id).at(-2);
  switch (parent?.kind) {
    case 'AssignStmt': {
      const index = parent.lhs.indexOf(id);
      return index < 0 ? UNKNOWN : assignedType(c, parent.rhs, index, parent.lhs.length);
    }
    case 'RangeStmt':
      if (parent.key === id) return rangedType(c, parent, 'key');
      return parent.value === id ? rangedType(c, parent, 'value') : UNKNOWN;
    case 'VarSpec':
      if (parent.type !== undefined) return resolveType(c, parent.type);
      return assignedType(c, parent.values, parent.names.indexOf(id), parent.names.length);
    case 'ConstSpec': {
      if (parent.type !== undefined) return resolveType(c, parent.type);
      const value = parent.values[parent.names.indexOf(id)];
      return value === undefined ? UNKNOWN : valueType(c, value);
    }
    default:
      return UNKNOWN;
  }
}
