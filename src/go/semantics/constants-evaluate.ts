/**
 * The values of constant expressions (language specification, "Constant expressions").
 *
 *     const ( KB = 1 << (10 * (iota + 1)); MB )   => MB = 1048576
 *     "page=" + strconv                            => none: not constant
 *
 * Undefined where an expression is not constant, or its value is out of what p0lint follows (complex numbers).
 */
import { type BinaryExpr, type CallExpr, type Expr, unparen } from '../syntax/ast.ts';
import { literalValue } from './basic-literals.ts';
import { calledBuiltin } from './calls.ts';
import type { Checker } from './checker.ts';
import type { ConstantValue } from './constants.ts';
import { isType, valueType } from './expressions.ts';
import { objectOfIdent } from './identifiers.ts';
import type { GoObject } from './objects.ts';
import { isComparison, isShift } from './operators.ts';
import { qualified, selectionOf } from './selectors.ts';
import { defaultType, underlying } from './shapes.ts';
import { alignmentOf, offsetOf, sizeOf } from './sizes.ts';
import { resolveType } from './type-expressions.ts';
import type { BasicName, Type } from './types.ts';
import { IOTA } from './universe.ts';

/** Longer shifts would only build numbers that no program can hold. */
const MAX_SHIFT = 4096n;
const MAX_TEXT = 1 << 16;

/** `iota`: its value in the declaration that asks; undefined elsewhere. Values that do not depend on it are remembered. */
export function evaluate(c: Checker, e: Expr, iota: bigint | undefined): ConstantValue | undefined {
  if (iota !== undefined) return compute(c, e, iota);
  if (e.kind === 'Ident') return compute(c, e, undefined);
  if (c.constants.has(e)) return c.constants.get(e);
  // Whoever asks for its own value gets none.
  c.constants.set(e, undefined);
  const value = compute(c, e, undefined);
  c.constants.set(e, value);
  return value;
}

/** Is the expression constant, whether or not its value is followed here? */
export function isConstant(c: Checker, start: Expr): boolean {
  let e = start;
  for (;;) {
    switch (e.kind) {
      case 'BasicLit':
        return true;
      case 'ParenExpr':
        e = e.x;
        break;
      case 'Ident':
        return objectOfIdent(c, e)?.kind === 'const';
      case 'SelectorExpr':
        return qualified(c, e)?.object?.kind === 'const';
      case 'UnaryExpr':
        if (e.op === '&' || e.op === '<-') return false;
        e = e.x;
        break;
      case 'BinaryExpr':
        if (!isConstant(c, e.y)) return false;
        e = e.x;
        break;
      case 'CallExpr':
        return isConstantCall(c, e);
      default:
        return false;
    }
  }
}

function isConstantCall(c: Checker, e: CallExpr): boolean {
  const [only] = e.args;
  if (only === undefined) return false;
  const builtin = calledBuiltin(c, e);
  switch (builtin?.name) {
    case undefined: {
      if (!isType(c, e.fun) || !isConstant(c, only)) return false;
      const type = resolveType(c, e.fun);
      return underlying(type).kind === 'basic';
    }
    case 'len':
    case 'cap':
    case 'unsafe.Sizeof':
    case 'unsafe.Alignof':
    case 'unsafe.Offsetof':
      return call(c, e, undefined) !== undefined;
    case 'real':
    case 'imag':
    case 'complex':
    case 'min':
    case 'max':
      return e.args.every((arg) => isConstant(c, arg));
    default:
      return false;
  }
}

function compute(c: Checker, e: Expr, iota: bigint | undefined): ConstantValue | undefined {
  switch (e.kind) {
    case 'BasicLit':
      return literalValue(e);
    case 'ParenExpr':
      return evaluate(c, e.x, iota);
    case 'Ident': {
      const object = objectOfIdent(c, e);
      if (object === IOTA) return iota === undefined ? undefined : { kind: 'int', value: iota };
      return constantValue(object);
    }
    case 'SelectorExpr':
      return constantValue(qualified(c, e)?.object);
    case 'UnaryExpr':
      return unary(e.op, evaluate(c, e.x, iota), () => valueType(c, e.x));
    case 'BinaryExpr':
      return binaryChain(c, e, iota);
    case 'CallExpr':
      return call(c, e, iota);
    default:
      return undefined;
  }
}

function constantValue(object: GoObject | undefined): ConstantValue | undefined {
  return object?.kind === 'const' ? object.value : undefined;
}

function unary(op: string, x: ConstantValue | undefined, type: () => Type): ConstantValue | undefined {
  if (x === undefined) return undefined;
  if (op === '!') return x.kind === 'bool' ? { kind: 'bool', value: !x.value } : undefined;
  if (x.kind === 'int') {
    if (op === '-') return { kind: 'int', value: -x.value };
    if (op === '+') return x;
    if (op === '^') return convertConstant({ kind: 'int', value: ~x.value }, type());
  }
  if (x.kind === 'float') {
    if (op === '-') return { kind: 'float', value: -x.value };
    if (op === '+') return x;
  }
  return undefined;
}

/** Long sums of strings are deep on the left. */
function binaryChain(c: Checker, start: BinaryExpr, iota: bigint | undefined): ConstantValue | undefined {
  const chain: BinaryExpr[] = [];
  let e: Expr = start;
  while (e.kind === 'BinaryExpr') {
    chain.push(e);
    e = e.x;
  }
  let value = evaluate(c, e, iota);
  for (let i = chain.length - 1; i >= 0 && value !== undefined; i--) {
    const link = chain[i]!;
    value = binary(c, link, value, evaluate(c, link.y, iota));
  }
  return value;
}

function binary(
  c: Checker,
  e: BinaryExpr,
  x: ConstantValue,
  y: ConstantValue | undefined,
): ConstantValue | undefined {
  if (y === undefined) return undefined;
  const { op } = e;
  if (isShift(op)) return shift(op, x, y);
  if (x.kind === 'bool' && y.kind === 'bool') return booleans(op, x.value, y.value);
  if (isComparison(op)) return compare(op, x, y);
  if (x.kind === 'string' && y.kind === 'string') {
    if (op !== '+' || x.value.length + y.value.length > MAX_TEXT) return undefined;
    return { kind: 'string', value: x.value + y.value };
  }
  if (x.kind === 'int' && y.kind === 'int') return integers(c, e, x.value, y.value);
  const a = numberOf(x);
  const b = numberOf(y);
  if (a === undefined || b === undefined) return undefined;
  if (op === '+') return { kind: 'float', value: a + b };
  if (op === '-') return { kind: 'float', value: a - b };
  if (op === '*') return { kind: 'float', value: a * b };
  return op === '/' && b !== 0 ? { kind: 'float', value: a / b } : undefined;
}

function numberOf(x: ConstantValue): number | undefined {
  if (x.kind === 'int') return Number(x.value);
  return x.kind === 'float' ? x.value : undefined;
}

function integerOf(x: ConstantValue): bigint | undefined {
  if (x.kind === 'int') return x.value;
  return x.kind === 'float' && Number.isInteger(x.value) ? BigInt(x.value) : undefined;
}

function shift(op: string, x: ConstantValue, y: ConstantValue): ConstantValue | undefined {
  const value = integerOf(x);
  const count = integerOf(y);
  if (value === undefined || count === undefined || count < 0n || count > MAX_SHIFT) return undefined;
  return { kind: 'int', value: op === '<<' ? value << count : value >> count };
}

function booleans(op: string, x: boolean, y: boolean): ConstantValue | undefined {
  if (op === '&&') return { kind: 'bool', value: x && y };
  if (op === '||') return { kind: 'bool', value: x || y };
  if (op === '==') return { kind: 'bool', value: x === y };
  return op === '!=' ? { kind: 'bool', value: x !== y } : undefined;
}

function compare(op: string, x: ConstantValue, y: ConstantValue): ConstantValue | undefined {
  let order: number;
  if (x.kind === 'string' && y.kind === 'string') order = x.value < y.value ? -1 : x.value > y.value ? 1 : 0;
  else if (x.kind === 'int' && y.kind === 'int') order = x.value < y.value ? -1 : x.value > y.value ? 1 : 0;
  else {
    const a = numberOf(x);
    const b = numberOf(y);
    if (a === undefined || b === undefined) return undefined;
    order = a - b;
  }
  const holds: Readonly<Record<string, boolean>> = {
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  const value = holds[op];
  return value === undefined ? undefined : { kind: 'bool', value };
}

function integers(c: Checker, e: BinaryExpr, x: bigint, y: bigint): ConstantValue | undefined {
  const int = (value: bigint): ConstantValue => ({ kind: 'int', value });
  switch (e.op) {
    case '+':
      return int(x + y);
    case '-':
      return int(x - y);
    case '*':
      return int(x * y);
    case '/': {
      if (y === 0n) return undefined;
      // 1 / 2.0 is not an integer division even where both values are whole.
      const type = valueType(c, e);
      const isFloat = type.kind === 'basic' && /float/.test(type.name);
      return isFloat ? { kind: 'float', value: Number(x) / Number(y) } : int(x / y);
    }
    case '%':
      return y === 0n ? undefined : int(x % y);
    case '&':
      return int(x & y);
    case '|':
      return int(x | y);
    case '^':
      return int(x ^ y);
    case '&^':
      return int(x & ~y);
    default:
      return undefined;
  }
}

function call(c: Checker, e: CallExpr, iota: bigint | undefined): ConstantValue | undefined {
  const [only] = e.args;
  const builtin = calledBuiltin(c, e);
  if (builtin !== undefined) {
    if (only === undefined) return undefined;
    if (builtin.name === 'len' || builtin.name === 'cap') return lengthOf(c, only, iota);
    if (builtin.name === 'min' || builtin.name === 'max') return extreme(c, e, builtin.name, iota);
    const measure = measured(c, builtin.name, only);
    return measure === undefined ? undefined : { kind: 'int', value: measure };
  }
  if (only === undefined || e.args.length !== 1 || !isType(c, e.fun)) return undefined;
  return convertConstant(evaluate(c, only, iota), resolveType(c, e.fun));
}

function measured(c: Checker, name: string, arg: Expr): bigint | undefined {
  if (name === 'unsafe.Sizeof') return sizeOf(defaultType(valueType(c, arg)));
  if (name === 'unsafe.Alignof') return alignmentOf(defaultType(valueType(c, arg)));
  if (name !== 'unsafe.Offsetof') return undefined;
  const e = unparen(arg);
  const selection = e.kind === 'SelectorExpr' ? selectionOf(c, e) : undefined;
  if (selection?.kind !== 'field' || selection.path.length > 0) return undefined;
  const type = underlying(selection.receiver);
  const struct = type.kind === 'pointer' ? underlying(type.elem) : type;
  return struct.kind === 'struct' ? offsetOf(struct.fields, selection.field) : undefined;
}

function lengthOf(c: Checker, arg: Expr, iota: bigint | undefined): ConstantValue | undefined {
  const value = evaluate(c, arg, iota);
  if (value?.kind === 'string')
    return { kind: 'int', value: BigInt(new TextEncoder().encode(value.value).length) };
  if (hasCallOrReceive(arg)) return undefined;
  const type = underlying(valueType(c, arg));
  const array = type.kind === 'pointer' ? underlying(type.elem) : type;
  return array.kind === 'array' && array.length >= 0
    ? { kind: 'int', value: BigInt(array.length) }
    : undefined;
}

/** `len(f())` is not constant. Only what an array is usually written as is looked through. */
function hasCallOrReceive(start: Expr): boolean {
  let e = start;
  for (;;) {
    if (e.kind === 'SelectorExpr' || e.kind === 'ParenExpr' || e.kind === 'StarExpr') e = e.x;
    else return e.kind !== 'Ident' && e.kind !== 'CompositeLit';
  }
}

function extreme(
  c: Checker,
  e: CallExpr,
  name: 'min' | 'max',
  iota: bigint | undefined,
): ConstantValue | undefined {
  let best: ConstantValue | undefined;
  for (const arg of e.args) {
    const value = evaluate(c, arg, iota);
    if (value === undefined) return undefined;
    if (best === undefined) best = value;
    else {
      const less = compare('<', value, best);
      if (less?.kind !== 'bool') return undefined;
      if (less.value === (name === 'min')) best = value;
    }
  }
  return best;
}

const WIDTHS: Readonly<Partial<Record<BasicName, readonly [bits: number, signed: boolean]>>> = {
  int8: [8, true],
  int16: [16, true],
  int32: [32, true],
  int64: [64, true],
  int: [64, true],
  uint8: [8, false],
  uint16: [16, false],
  uint32: [32, false],
  uint64: [64, false],
  uint: [64, false],
  uintptr: [64, false],
};

/** The constant as a value of a type: `string(65)`, `uint8(^0)`, `float64(1)`. */
export function convertConstant(value: ConstantValue | undefined, to: Type): ConstantValue | undefined {
  const type = underlying(to);
  if (value === undefined || type.kind !== 'basic') return undefined;
  const { name } = type;
  if (value.kind === 'bool') return name === 'bool' || name === 'untyped bool' ? value : undefined;
  if (value.kind === 'string') return name === 'string' || name === 'untyped string' ? value : undefined;
  if (name === 'string') {
    if (value.kind !== 'int') return undefined;
    const valid = value.value >= 0n && value.value <= 0x10ffffn;
    return { kind: 'string', value: valid ? String.fromCodePoint(Number(value.value)) : '\ufffd' };
  }
  if (name === 'float64' || name === 'float32') {
    const number = numberOf(value);
    if (number === undefined) return undefined;
    return { kind: 'float', value: name === 'float32' ? Math.fround(number) : number };
  }
  const width = WIDTHS[name];
  if (width === undefined) return name.startsWith('untyped') ? value : undefined;
  const integer = integerOf(value);
  if (integer === undefined) return undefined;
  const [bits, signed] = width;
  return { kind: 'int', value: signed ? BigInt.asIntN(bits, integer) : BigInt.asUintN(bits, integer) };
}
