/**
 * The predeclared identifiers (language specification, "Predeclared identifiers"), and package unsafe, which no source declares.
 *
 *     universe.get('error')  // the type name of the interface { Error() string }
 *     universe.get('len')    // { kind: 'builtin', name: 'len' }
 */
import type { Builtin, Const, Func, GoObject, Nil, PackageRef, TypeName } from './objects.ts';
import { declaredName, definedType, fixedConst, fixedFunc, fixedVar } from './objects-made.ts';
import type { Basic, BasicName, Interface, Type, Unknown } from './types.ts';

export const UNIVERSE: PackageRef = { path: '', name: '', origin: 'universe' };

const basics = new Map<BasicName, Basic>();

export function basic(name: BasicName): Basic {
  let type = basics.get(name);
  if (type === undefined) {
    type = { kind: 'basic', name, spelling: name };
    basics.set(name, type);
  }
  return type;
}

export const BYTE: Basic = { kind: 'basic', name: 'uint8', spelling: 'byte' };
export const RUNE: Basic = { kind: 'basic', name: 'int32', spelling: 'rune' };
export const BOOL = basic('bool');
export const STRING = basic('string');
export const INT = basic('int');
export const UINTPTR = basic('uintptr');
export const UNSAFE_POINTER = basic('unsafe.Pointer');
export const UNTYPED_BOOL = basic('untyped bool');
export const UNTYPED_INT = basic('untyped int');
export const UNTYPED_RUNE = basic('untyped rune');
export const UNTYPED_FLOAT = basic('untyped float');
export const UNTYPED_COMPLEX = basic('untyped complex');
export const UNTYPED_STRING = basic('untyped string');
export const UNTYPED_NIL = basic('untyped nil');

/** `interface{}` as a literal; `ANY` is the same type under its predeclared name. */
export const EMPTY_INTERFACE: Interface = { kind: 'interface', methods: [], embedded: [] };
export const ANY: Interface = { kind: 'interface', methods: [], embedded: [] };
/** Identity tells it from the empty interface: `comparable` has no methods and yet is not satisfied by every type. */
export const COMPARABLE: Interface = { kind: 'interface', methods: [], embedded: [] };

/** Code that does not resolve. */
export const UNKNOWN: Unknown = { kind: 'unknown', missing: undefined };
export const NOTHING: Type = { kind: 'tuple', types: [] };

const missingTypes = new Map<string, Unknown>();

/** What cannot be known because the package with this import path has no source. */
export function unknownOf(missing: string | undefined): Unknown {
  if (missing === undefined) return UNKNOWN;
  let type = missingTypes.get(missing);
  if (type === undefined) {
    type = { kind: 'unknown', missing };
    missingTypes.set(missing, type);
  }
  return type;
}

const errorName: TypeName = definedType('error', UNIVERSE, (self) => {
  const method: Func = fixedFunc('Error', UNIVERSE, {
    signature: {
      kind: 'signature',
      typeParams: [],
      params: [],
      results: [fixedVar('', UNIVERSE, 'result', STRING)],
      variadic: false,
    },
    receiver: { type: self, pointer: false },
    interfaceMethod: true,
  });
  return { kind: 'interface', methods: [method], embedded: [] };
});

/** The predeclared type `error`. */
export const ERROR: Type = errorName.type;

function builtin(name: string): Builtin {
  return { kind: 'builtin', name };
}

function constant(name: string, type: Type, value: Const['value']): Const {
  return fixedConst(name, UNIVERSE, type, value);
}

const TYPES: readonly BasicName[] = [
  'bool',
  'string',
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'uintptr',
  'float32',
  'float64',
  'complex64',
  'complex128',
];

const BUILTINS =
  'append cap clear close complex copy delete imag len make max min new panic print println real recover';

const NIL: Nil = { kind: 'nil', name: 'nil' };
/** The value depends on the declaration that mentions it (`ConstSpec.iota`). */
export const IOTA: Const = constant('iota', UNTYPED_INT, undefined);

export const universe: ReadonlyMap<string, GoObject> = new Map<string, GoObject>([
  ...TYPES.map((name): [string, GoObject] => [name, declaredName(name, UNIVERSE, basic(name), false)]),
  ['byte', declaredName('byte', UNIVERSE, BYTE, true)],
  ['rune', declaredName('rune', UNIVERSE, RUNE, true)],
  ['any', declaredName('any', UNIVERSE, ANY, true)],
  ['error', errorName],
  ['comparable', definedType('comparable', UNIVERSE, () => COMPARABLE)],
  ['true', constant('true', UNTYPED_BOOL, { kind: 'bool', value: true })],
  ['false', constant('false', UNTYPED_BOOL, { kind: 'bool', value: false })],
  ['iota', IOTA],
  ['nil', NIL],
  ...BUILTINS.split(' ').map((name): [string, GoObject] => [name, builtin(name)]),
]);

export const UNSAFE: PackageRef = { path: 'unsafe', name: 'unsafe', origin: 'stdlib' };

/** Package unsafe; its functions are builtins named `unsafe.Sizeof` and so on. */
export const unsafeMembers: ReadonlyMap<string, GoObject> = new Map<string, GoObject>([
  ['Pointer', declaredName('Pointer', UNSAFE, UNSAFE_POINTER, false)],
  ...['Add', 'Alignof', 'Offsetof', 'Sizeof', 'Slice', 'SliceData', 'String', 'StringData'].map(
    (name): [string, GoObject] => [name, builtin(`unsafe.${name}`)],
  ),
]);
