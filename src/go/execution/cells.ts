/**
 * Cells: where a world keeps what is known of variables, fields and channels.
 *
 *     err              v7@2           the variable, in the activation at depth 2
 *     t.session.ok     self.session.ok
 *     t.session.*      what is known of all its fields since somebody else has had it
 */
import type { Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import { type Expr, unparen } from '../syntax/ast.ts';
import type { Execution, Frame } from './execution.ts';
import { isTracked, numberOf, type ObjectValue, UNKNOWN, unknown, type Value, zeroOf } from './value.ts';
import { forget, read, type World, write } from './world.ts';

/** The cell of a variable; undefined for one of a function that is not being executed. */
export function cellOf(variable: Var, frame: Frame): string | undefined {
  if (variable.role === 'package') return `g${numberOf(variable)}`;
  const depth = variable.owner === undefined ? undefined : frame.scopes.get(variable.owner);
  return depth === undefined ? undefined : `v${numberOf(variable)}@${depth}`;
}

/** A cell of the analysis itself that belongs to a node: the tag of a switch, the index of a range. */
export function nodeCell(kind: 'operand' | 'index' | 'deferred', node: object, frame: Frame): string {
  return `${kind[0]}${numberOf(node)}@${frame.depth}`;
}

/** What a field of an object holds, through the embedded fields that lead to it. */
export function readField<S>(world: World<S>, of: ObjectValue, path: readonly Var[]): Value {
  let value: Value = of;
  for (const field of path) {
    if (value.kind !== 'object') return unknown(isTracked(value));
    value = fieldOf(world, value, field.name, field.type);
  }
  return value;
}

function fieldOf<S>(world: World<S>, of: ObjectValue, name: string, type: Type): Value {
  const cell = `${of.name}.${name}`;
  const written = read(world, cell) ?? wholeOf(world, of.name);
  if (written !== undefined && written.kind !== 'unknown') return written;
  if (written !== undefined && isTracked(written)) return written;
  if (of.zero && written === undefined) return zeroOf(type, cell);
  const named = type.kind === 'pointer' ? type.elem : type;
  const struct =
    named.kind === 'named' && named.underlying.kind !== 'interface' && named.underlying.kind !== 'signature';
  return struct && isStruct(named.underlying)
    ? { kind: 'object', name: cell, type: named.object, zero: false }
    : UNKNOWN;
}

function isStruct(type: Type): boolean {
  return type.kind === 'struct' || type.kind === 'unknown';
}

/** What is known of all fields of an object, or of one that it is a part of. */
function wholeOf<S>(world: World<S>, name: string): Value | undefined {
  for (let at = name; ; at = at.slice(0, at.lastIndexOf('.'))) {
    const value = read(world, `${at}.*`);
    if (value !== undefined || !at.includes('.')) return value;
  }
}

/** Somebody out of sight has the object: what its fields hold is anybody's guess. */
export function giveAway<S>(world: World<S>, of: ObjectValue, tracked: boolean): World<S> {
  const cleared = forget(world, (cell) => cell.startsWith(`${of.name}.`));
  return write(cleared, `${of.name}.*`, unknown(tracked));
}

/** The cell that an operand denotes, if it is a variable or a field of a known object. */
export function cellAt<S>(x: Execution<S>, frame: Frame, operand: Expr, world: World<S>): string | undefined {
  const e = unparen(operand);
  const info = frame.fn.pkg.info;
  switch (e.kind) {
    case 'Ident': {
      const object = info.objectOf(e);
      return object?.kind === 'var' && object.role !== 'field' ? cellOf(object, frame) : undefined;
    }
    case 'SelectorExpr': {
      const selection = info.selectionOf(e);
      if (selection?.kind === 'qualified')
        return selection.object?.kind === 'var' ? cellOf(selection.object, frame) : undefined;
      if (selection?.kind !== 'field') return undefined;
      const base = valueAt(x, frame, e.x, world);
      if (base?.kind !== 'object') return undefined;
      const whole = readField(world, base, selection.path);
      return whole.kind === 'object' ? `${whole.name}.${selection.field.name}` : undefined;
    }
    case 'StarExpr': {
      const pointer = valueAt(x, frame, e.x, world);
      return pointer?.kind === 'cell' ? pointer.cell : undefined;
    }
    default:
      return undefined;
  }
}

/** The value of an operand that nothing needs to be executed for; undefined for any other. */
export function valueAt<S>(x: Execution<S>, frame: Frame, operand: Expr, world: World<S>): Value | undefined {
  const e = unparen(operand);
  const info = frame.fn.pkg.info;
  switch (e.kind) {
    case 'Ident': {
      const cell = cellAt(x, frame, e, world);
      return cell === undefined ? undefined : (read(world, cell) ?? UNKNOWN);
    }
    case 'SelectorExpr': {
      const selection = info.selectionOf(e);
      if (selection?.kind !== 'field') return undefined;
      const base = valueAt(x, frame, e.x, world);
      if (base?.kind !== 'object') return base && unknown(isTracked(base));
      return readField(world, base, [...selection.path, selection.field]);
    }
    case 'StarExpr': {
      const pointer = valueAt(x, frame, e.x, world);
      return pointer?.kind === 'cell' ? (read(world, pointer.cell) ?? UNKNOWN) : pointer;
    }
    case 'UnaryExpr':
      if (e.op === '&') {
        const value = valueAt(x, frame, e.x, world);
        if (value?.kind === 'object') return value;
        const cell = cellAt(x, frame, e.x, world);
        return cell === undefined ? undefined : { kind: 'cell', cell };
      }
      return undefined;
    default:
      return undefined;
  }
}
