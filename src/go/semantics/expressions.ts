/**
 * The type of every expression as it stands, from the inside out; untyped constants stay untyped here (`final-types.ts` says what
 * they become).
 */
import type { BasicLit, Expr, Ident, IndexExpr, SliceExpr, UnaryExpr } from '../syntax/ast.ts';
import { unparen } from '../syntax/ast.ts';
import { callType } from './calls.ts';
import type { Checker } from './checker.ts';
import { objectOfIdent } from './identifiers.ts';
import { instantiateExplicitly } from './infer.ts';
import { literalType } from './literals.ts';
import { binaryType } from './operators.ts';
import { qualified, selectorType } from './selectors.ts';
import { coreString, coreType, termsOf, underlying, unknownFrom } from './shapes.ts';
import { resolveType } from './type-expressions.ts';
import type { Type } from './types.ts';
import {
  BYTE,
  STRING,
  UNKNOWN,
  UNTYPED_BOOL,
  UNTYPED_COMPLEX,
  UNTYPED_FLOAT,
  UNTYPED_INT,
  UNTYPED_NIL,
  UNTYPED_RUNE,
  UNTYPED_STRING,
  unknownOf,
} from './universe.ts';

/** From this depth of recursion on, chains (`a.b().c()…`, `a + b + …`) are typed from the inside out, so that the stack holds. */
const DEEP = 60;

/** The type of a value; for a type expression the type it denotes. */
export function valueType(c: Checker, e: Expr): Type {
  if (e.kind === 'Ident') return identType(c, e);
  const known = c.types.get(e);
  if (known !== undefined) return known;
  if (c.depth > DEEP) {
    const chain: Expr[] = [];
    for (let x = operand(e); x !== undefined && !c.types.has(x); x = operand(x)) chain.push(x);
    for (let i = chain.length - 1; i >= 0; i--) remember(c, chain[i]!);
  }
  return remember(c, e);
}

function remember(c: Checker, e: Expr): Type {
  if (e.kind === 'Ident') return identType(c, e);
  c.depth++;
  const type = compute(c, e);
  c.depth--;
  c.types.set(e, type);
  return type;
}

function operand(e: Expr): Expr | undefined {
  switch (e.kind) {
    case 'CallExpr':
      return e.fun;
    case 'ParenExpr':
    case 'SelectorExpr':
    case 'IndexExpr':
    case 'SliceExpr':
    case 'StarExpr':
    case 'UnaryExpr':
    case 'BinaryExpr':
      return e.x;
    default:
      return undefined;
  }
}

function compute(c: Checker, e: Expr): Type {
  switch (e.kind) {
    case 'BasicLit':
      return literalKind(e);
    case 'CompositeLit':
      return literalType(c, e);
    case 'FuncLit':
      return resolveType(c, e.type);
    case 'ParenExpr':
      return valueType(c, e.x);
    case 'SelectorExpr':
      return isType(c, e) ? resolveType(c, e) : selectorType(c, e);
    case 'IndexExpr':
      return isType(c, e) ? resolveType(c, e) : indexType(c, e);
    case 'SliceExpr':
      return sliceType(c, e);
    case 'TypeAssertExpr':
      return resolveType(c, e.type);
    case 'CallExpr':
      return callType(c, e);
    case 'StarExpr':
      return isType(c, e) ? resolveType(c, e) : pointee(valueType(c, e.x));
    case 'UnaryExpr':
      return e.op === '~' ? resolveType(c, e) : unaryType(c, e);
    case 'BinaryExpr':
      return binaryType(c, e);
    case 'KeyValueExpr':
      return valueType(c, e.value);
    case 'BadExpr':
      return UNKNOWN;
    default:
      return resolveType(c, e);
  }
}

function identType(c: Checker, id: Ident): Type {
  const object = objectOfIdent(c, id);
  switch (object?.kind) {
    case 'var':
    case 'const':
    case 'type':
      return object.type;
    case 'func':
      return object.signature;
    case 'nil':
      return UNTYPED_NIL;
    case undefined: {
      if (c.typePositions.has(id)) return resolveType(c, id);
      const file = c.fileAt(id.pos);
      return unknownOf(file && c.scopeOf(file).missingDotImport());
    }
    default:
      return UNKNOWN;
  }
}

const LITERALS: Readonly<Record<BasicLit['literal'], Type>> = {
  int: UNTYPED_INT,
  float: UNTYPED_FLOAT,
  imaginary: UNTYPED_COMPLEX,
  rune: UNTYPED_RUNE,
  string: UNTYPED_STRING,
};

function literalKind(e: BasicLit): Type {
  return LITERALS[e.literal];
}

/** Does the expression denote a type? A name of a package without source does if it stands where only a type can. */
export function isType(c: Checker, start: Expr): boolean {
  let e = start;
  for (;;) {
    switch (e.kind) {
      case 'ParenExpr':
      case 'StarExpr':
        e = e.x;
        break;
      case 'IndexExpr':
        e = e.x;
        break;
      case 'Ident':
        return objectOfIdent(c, e)?.kind === 'type' || c.typePositions.has(e);
      case 'SelectorExpr':
        return qualified(c, e)?.object?.kind === 'type' || c.typePositions.has(e);
      case 'SliceType':
      case 'ArrayType':
      case 'MapType':
      case 'ChanType':
      case 'FuncType':
      case 'StructType':
      case 'InterfaceType':
        return true;
      case 'UnaryExpr':
        return e.op === '~';
      case 'BinaryExpr':
        if (e.op !== '|') return false;
        e = e.x;
        break;
      default:
        return false;
    }
  }
}

/** The predeclared nil. */
export function isNilLiteral(c: Checker, start: Expr): boolean {
  const e = unparen(start);
  return e.kind === 'Ident' && objectOfIdent(c, e)?.kind === 'nil';
}

function indexType(c: Checker, e: IndexExpr): Type {
  const type = valueType(c, e.x);
  if (type.kind === 'signature') {
    return instantiateExplicitly(
      type,
      e.indices.map((index) => resolveType(c, index)),
    );
  }
  return elementType(type);
}

/** The type of `x[i]` for x of this type. */
function elementType(type: Type): Type {
  const core = coreString(type);
  switch (core?.kind) {
    case 'basic':
      return core.name === 'string' || core.name === 'untyped string' ? BYTE : UNKNOWN;
    case 'slice':
    case 'array':
      return core.elem;
    case 'map':
      return core.value;
    case 'pointer': {
      const array = underlying(core.elem);
      return array.kind === 'array' ? array.elem : unknownFrom(array);
    }
    case undefined:
      return commonElement(type);
    default:
      return unknownFrom(type);
  }
}

/** A type parameter without core type can be indexed if all its types have the same elements. */
function commonElement(type: Type): Type {
  const terms = type.kind === 'typeparam' ? termsOf(type.constraint) : undefined;
  const [first, ...others] = (terms ?? []).map((term) => elementType(term.type));
  return first !== undefined && others.every((other) => other === first) ? first : unknownFrom(type);
}

function sliceType(c: Checker, e: SliceExpr): Type {
  const type = valueType(c, e.x);
  const core = coreString(type);
  switch (core?.kind) {
    case 'basic':
      if (core.name === 'untyped string') return STRING;
      return core.name === 'string' ? type : UNKNOWN;
    case 'slice':
      return type;
    case 'array':
      return { kind: 'slice', elem: core.elem };
    case 'pointer': {
      const array = underlying(core.elem);
      return array.kind === 'array' ? { kind: 'slice', elem: array.elem } : unknownFrom(array);
    }
    default:
      return unknownFrom(type);
  }
}

function pointee(type: Type): Type {
  const core = coreType(type);
  return core?.kind === 'pointer' ? core.elem : unknownFrom(type);
}

function unaryType(c: Checker, e: UnaryExpr): Type {
  switch (e.op) {
    case '&': {
      const type = valueType(c, e.x);
      return type.kind === 'unknown' ? type : { kind: 'pointer', elem: type };
    }
    case '<-': {
      const type = valueType(c, e.x);
      const core = coreType(type);
      return core?.kind === 'chan' ? core.elem : unknownFrom(type);
    }
    case '!': {
      const type = valueType(c, e.x);
      return type.kind === 'unknown' ? UNTYPED_BOOL : type;
    }
    default:
      return valueType(c, e.x);
  }
}
