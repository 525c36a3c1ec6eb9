/**
 * Which types a value must have to be, or to lead to, a tracked object.
 *
 *     []*errgroup.Group, func() error, any      // yes
 *     string, context.Context, *http.Client     // no: nothing of it is looked at
 *
 * Structs do not lead to it: their fields are looked at where they are selected.
 */
import type { Type } from '../semantics/types.ts';

/** Types that contain themselves (`type Tree []Tree`) end here. */
const MAX_DEPTH = 10;

/** `isObject`: is this the object's own type? */
export function mayCarry(type: Type, isObject: (type: Type) => boolean, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (type.kind) {
    case 'basic':
    case 'struct':
    case 'union':
      return false;
    case 'pointer':
    case 'slice':
    case 'array':
    case 'chan':
      return mayCarry(type.elem, isObject, depth + 1);
    case 'map':
      return mayCarry(type.value, isObject, depth + 1);
    case 'tuple':
      return type.types.some((t) => mayCarry(t, isObject, depth + 1));
    case 'named':
      return (
        isObject(type) ||
        (type.object.pkg.origin === 'project' && mayCarry(type.underlying, isObject, depth + 1))
      );
    case 'unknown':
      return type.missing === undefined || isObject(type);
    case 'signature':
    case 'interface':
    case 'typeparam':
      return true;
  }
}
