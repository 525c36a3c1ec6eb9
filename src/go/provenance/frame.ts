/**
 * What evaluation works on: values as descriptions, a function while it is looked at, and what is logged about it.
 *
 *     { origins: the answer's NextPage by `step`, refs: [], content: undefined }
 */
import type { Place } from '../flow/cfg.ts';
import type { GoFunction, Program } from '../package.ts';
import type { Info } from '../semantics/info.ts';
import type { Type } from '../semantics/types.ts';
import type { CallExpr, Expr } from '../syntax/ast.ts';
import type { Memory } from './memory.ts';
import { CONSTANT, type Location, type Origins } from './origins.ts';
import type { References } from './references.ts';
import type { Summary } from './summary.ts';
export interface Value {
  readonly origins: Origins;
  /** What the value points to, or holds on to. */
  readonly refs: readonly Location[];
  /** Where its parts can be read: a struct that was read or made. */
  readonly content: Location | undefined;
  /** What it holds on to somewhere inside: an encoder its writer, a request its body. */
  readonly held?: readonly Location[];
}

export const NO_VALUE: Value = { origins: CONSTANT, refs: [], content: undefined };

/** What evaluation must know of the program around a function. */
export interface World {
  readonly program: Program;
  /** Is the answer of this call one to remember? */
  isTracked(call: CallExpr): boolean;
  /** Does the call leave alone what it is given (logging)? */
  isHarmless(call: CallExpr): boolean;
  /** Is it a call of a function that the caller has brought, whose verdict is the caller's? It is not followed. */
  isCallback(call: CallExpr): boolean;
  /** The functions of the project that the call runs; empty where it is not followed. */
  bodiesOf(call: CallExpr): readonly GoFunction[];
  /** Undefined where the function cannot be summed up. */
  summaryOf(fn: GoFunction): Summary | undefined;
}

/** How a location was written. */
export interface Write {
  readonly place: Place;
  readonly location: Location;
  readonly origins: Origins;
  /**
   * `assign`: by a statement; `set`: by a method or function that is known, or believed, to write; `filled`: by a tracked call, through a
   * pointer that it was given; `possible`: by a call out of sight that could.
   */
  readonly how: 'assign' | 'set' | 'filled' | 'possible';
  readonly call: CallExpr | undefined;
}

/** A tracked call and what goes into it. */
export interface Request {
  readonly call: CallExpr;
  /** Where a function of the project makes it for its caller: the call in that function. */
  readonly inner: CallExpr | undefined;
  readonly place: Place;
  readonly inputs: Origins;
  /** What was in memory when it was made. */
  readonly memory: Memory;
}

export interface Log {
  readonly writes: Write[];
  readonly requests: Request[];
}

/** A function while it is looked at. */
export interface Frame {
  readonly world: World;
  readonly fn: GoFunction;
  readonly info: Info;
  readonly references: References;
  memory: Memory;
  place: Place;
  log: Log | undefined;
  /** Of expressions that are nodes of the graph: what they were worth. */
  readonly values: Map<Expr, Value>;
  /** Locations that were written through a pointer: `*p = v`. */
  readonly throughPointer: Set<Location>;
}

export function plain(origins: Origins): Value {
  return { origins, refs: [], content: undefined };
}

export function under(type: Type): Type {
  return type.kind === 'named' ? type.underlying : type;
}

/** Does a value of the type share what it holds with its copies? */
export function shapeOf(type: Type): 'reference' | 'struct' | 'value' | 'unknown' {
  if (type.kind === 'named' && type.object.name === 'error' && type.object.pkg.origin === 'universe')
    return 'value';
  const t = under(type);
  switch (t.kind) {
    case 'pointer':
    case 'map':
    case 'slice':
    case 'chan':
    case 'signature':
    case 'interface':
      return 'reference';
    case 'struct':
    case 'array':
      return 'struct';
    case 'basic':
      return 'value';
    default:
      return 'unknown';
  }
}

export function isPointerToBasic(type: Type): boolean {
  return type.kind === 'pointer' && under(type.elem).kind === 'basic';
}

export function isMap(type: Type): boolean {
  return under(type).kind === 'map';
}

export function isText(type: Type): boolean {
  const t = under(type);
  return t.kind === 'basic' && (t.name === 'string' || t.name === 'untyped string');
}
