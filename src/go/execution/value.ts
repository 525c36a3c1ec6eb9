/**
 * What an execution by cases (`execute.ts`) knows of a value: little, and never anything wrong.
 *
 *     err := t.ping()              unknown; of a case in which ping has failed: something
 *     failed := err != nil         a constant, since each case knows whether err is nil
 *     steps := []func() error{…}   a list of functions
 *     t.session                    an object: what is put into its fields is remembered
 *
 * `tracked` marks what was made from an answer that the execution's observer follows, and stays with what is made of it.
 */
import type { GoFunction } from '../package.ts';
import type { TypeName } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import type { Expr, FuncNode } from '../syntax/ast.ts';

/** Which activation of each enclosing function a literal belongs to. */
export type Scopes = ReadonlyMap<FuncNode, number>;

export interface FunctionValue {
  readonly kind: 'function';
  readonly fn: GoFunction;
  readonly scopes: Scopes;
  /** For method values. */
  readonly receiver: Value | undefined;
  /** Where it became a value, and in which function. */
  readonly at: Expr;
  readonly madeIn: GoFunction;
}

export interface ObjectValue {
  readonly kind: 'object';
  /** The cells of its fields are `name.field`. */
  readonly name: string;
  readonly type: TypeName | undefined;
  /** Fields that were not written hold zero values; else nobody knows what they hold. */
  readonly zero: boolean;
}

export type Value =
  | { readonly kind: 'unknown'; readonly tracked: boolean }
  /** Not nil. */
  | { readonly kind: 'something'; readonly tracked: boolean }
  | { readonly kind: 'nil' }
  | { readonly kind: 'constant'; readonly value: boolean | number | string }
  | FunctionValue
  /** A struct, or a pointer to one. */
  | ObjectValue
  /** A pointer to a variable. */
  | { readonly kind: 'cell'; readonly cell: string }
  | { readonly kind: 'list'; readonly elements: readonly Value[] }
  /** The values of a map: any of them. */
  | { readonly kind: 'choice'; readonly of: readonly Value[] };

export const UNKNOWN: Value = { kind: 'unknown', tracked: false };
export const TRACKED: Value = { kind: 'unknown', tracked: true };
export const SOMETHING: Value = { kind: 'something', tracked: false };
export const NIL: Value = { kind: 'nil' };
export const TRUE: Value = { kind: 'constant', value: true };
export const FALSE: Value = { kind: 'constant', value: false };

export function constant(value: boolean | number | string): Value {
  return typeof value === 'boolean' ? (value ? TRUE : FALSE) : { kind: 'constant', value };
}

export function unknown(tracked: boolean): Value {
  return tracked ? TRACKED : UNKNOWN;
}

export function isTracked(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
    case 'something':
      return value.tracked;
    case 'list':
      return value.elements.some(isTracked);
    case 'choice':
      return value.of.some(isTracked);
    default:
      return false;
  }
}

/** Is it nil? Undefined where nobody knows. */
export function isNil(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'nil':
      return true;
    case 'unknown':
      return undefined;
    case 'object':
      // A field or a result may be a nil pointer.
      return value.zero ? false : undefined;
    case 'list':
      // An empty list may be nil or not.
      return value.elements.length > 0 ? false : undefined;
    default:
      return false;
  }
}

/** Are two values equal? Undefined where nobody knows. */
export function areEqual(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'constant' && b.kind === 'constant') return a.value === b.value;
  if (a.kind === 'nil') return isNil(b);
  if (b.kind === 'nil') return isNil(a);
  return undefined;
}

const numbers = new WeakMap<object, number>();
let last = 0;

/** A number for a node, variable or function, the same whenever it is asked for. */
export function numberOf(x: object): number {
  let number = numbers.get(x);
  if (number === undefined) {
    number = ++last;
    numbers.set(x, number);
  }
  return number;
}

const keys = new WeakMap<Value, string>();

/** The same text for the same value. */
export function keyOf(value: Value): string {
  let key = keys.get(value);
  if (key === undefined) {
    key = textOf(value);
    keys.set(value, key);
  }
  return key;
}

function textOf(value: Value): string {
  switch (value.kind) {
    case 'unknown':
      return value.tracked ? '?!' : '?';
    case 'something':
      return value.tracked ? '+!' : '+';
    case 'nil':
      return '0';
    case 'constant':
      return `${typeof value.value}:${value.value}`;
    case 'function': {
      const scopes = [...value.scopes].map(([fn, depth]) => `${numberOf(fn)}@${depth}`);
      return `f${numberOf(value.fn)}/${numberOf(value.at)}(${value.receiver === undefined ? '' : keyOf(value.receiver)})${scopes}`;
    }
    case 'object':
      return `o${value.zero ? 'z' : ''}${value.name}`;
    case 'cell':
      return `&${value.cell}`;
    case 'list':
      return `[${value.elements.map(keyOf).join()}]`;
    case 'choice':
      return `{${value.of.map(keyOf).join()}}`;
  }
}

/** What is known where it may be either. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b || keyOf(a) === keyOf(b)) return a;
  const tracked = isTracked(a) || isTracked(b);
  return isNil(a) === false && isNil(b) === false && a.kind !== 'constant' && b.kind !== 'constant'
    ? { kind: 'something', tracked }
    : unknown(tracked);
}

/** The value of a variable that nothing was assigned to; `name` is for the fields of structs. */
export function zeroOf(type: Type, name: string): Value {
  const under = type.kind === 'named' ? type.underlying : type;
  switch (under.kind) {
    case 'basic':
      if (under.name === 'bool') return FALSE;
      if (under.name === 'string') return constant('');
      return under.name === 'unsafe.Pointer' ? NIL : constant(0);
    case 'pointer':
    case 'interface':
    case 'signature':
    case 'map':
    case 'chan':
      return NIL;
    case 'slice':
      return { kind: 'list', elements: [] };
    case 'struct':
      return { kind: 'object', name, type: type.kind === 'named' ? type.object : undefined, zero: true };
    default:
      return UNKNOWN;
  }
}
