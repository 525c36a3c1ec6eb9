/**
 * The results of the predeclared functions, and of those of package unsafe (language specification, "Built-in functions").
 */
import type { CallExpr } from '../syntax/ast.ts';
import { argumentTypes } from './calls.ts';
import type { Checker } from './checker.ts';
import { isType, valueType } from './expressions.ts';
import { commonType } from './operators.ts';
import { coreType, defaultType, underlying, unknownFrom } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Type } from './types.ts';
import {
  BYTE,
  basic,
  EMPTY_INTERFACE,
  INT,
  NOTHING,
  STRING,
  UINTPTR,
  UNKNOWN,
  UNSAFE_POINTER,
  UNTYPED_COMPLEX,
  UNTYPED_FLOAT,
} from './universe.ts';

export function builtinType(c: Checker, e: CallExpr, name: string): Type {
  const [first] = e.args;
  switch (name) {
    case 'append': {
      const type = argumentTypes(c, e.args)[0] ?? UNKNOWN;
      return type.kind === 'basic' ? UNKNOWN : type;
    }
    case 'cap':
    case 'copy':
    case 'len':
      return INT;
    case 'clear':
    case 'close':
    case 'delete':
    case 'panic':
    case 'print':
    case 'println':
      return NOTHING;
    case 'recover':
      return EMPTY_INTERFACE;
    case 'make':
      return first === undefined ? UNKNOWN : resolveType(c, first);
    case 'new': {
      if (first === undefined) return UNKNOWN;
      // Go 1.26: new(e) points to a variable initialised with the value e.
      const elem = isType(c, first) ? resolveType(c, first) : defaultType(valueType(c, first));
      return { kind: 'pointer', elem };
    }
    case 'min':
    case 'max':
      return argumentTypes(c, e.args).reduce(
        commonType,
        e.args.length === 0 ? UNKNOWN : valueType(c, first!),
      );
    case 'complex':
      return complexType(argumentTypes(c, e.args));
    case 'real':
    case 'imag':
      return partType(first === undefined ? UNKNOWN : valueType(c, first));
    case 'unsafe.Alignof':
    case 'unsafe.Offsetof':
    case 'unsafe.Sizeof':
      return UINTPTR;
    case 'unsafe.Add':
      return UNSAFE_POINTER;
    case 'unsafe.String':
      return STRING;
    case 'unsafe.StringData':
      return { kind: 'pointer', elem: BYTE };
    case 'unsafe.Slice': {
      const type = first === undefined ? UNKNOWN : valueType(c, first);
      const core = coreType(type);
      return core?.kind === 'pointer' ? { kind: 'slice', elem: core.elem } : unknownFrom(type);
    }
    case 'unsafe.SliceData': {
      const type = first === undefined ? UNKNOWN : valueType(c, first);
      const core = coreType(type);
      return core?.kind === 'slice' ? { kind: 'pointer', elem: core.elem } : unknownFrom(type);
    }
    default:
      return UNKNOWN;
  }
}

function complexType(args: readonly Type[]): Type {
  const common = args.length === 0 ? UNKNOWN : args.reduce(commonType);
  const u = underlying(common);
  if (u.kind !== 'basic') return unknownFrom(common);
  if (u.name === 'float32') return basic('complex64');
  if (u.name === 'float64') return basic('complex128');
  return u.name.startsWith('untyped') ? UNTYPED_COMPLEX : UNKNOWN;
}

function partType(type: Type): Type {
  const u = underlying(type);
  if (u.kind !== 'basic') return unknownFrom(type);
  if (u.name === 'complex64') return basic('float32');
  if (u.name === 'complex128') return basic('float64');
  return u.name.startsWith('untyped') ? UNTYPED_FLOAT : UNKNOWN;
}
