/**
 * Where control goes at the end of a block, and what each way says.
 */
import type { BasicBlock, Edge } from '../flow/cfg.ts';
import type { Type } from '../semantics/types.ts';
import { type Expr, type ForStmt, type RangeStmt, unparen } from '../syntax/ast.ts';
import { nodeCell } from './cells.ts';
import { compare, consulted, type Decided, decide } from './decide.ts';
import { evaluate } from './evaluate.ts';
import type { Execution, Frame } from './execution.ts';
import { constant, isNil, isTracked, UNKNOWN } from './value.ts';
import { forget, read, type World, write } from './world.ts';

export interface Way<S> {
  readonly edge: Edge;
  readonly world: World<S>;
}

export function leave<S>(
  x: Execution<S>,
  frame: Frame,
  block: BasicBlock,
  world: World<S>,
): readonly Way<S>[] {
  const [first] = block.succs;
  switch (first?.why.kind) {
    case undefined:
      return [];
    case 'true':
    case 'false': {
      const decided = firstTurn(frame, block, world, decide(x, frame, first.why.cond, world));
      return block.succs.flatMap((edge) =>
        along(edge, edge.why.kind === 'true' ? decided.whenTrue : decided.whenFalse),
      );
    }
    case 'case':
    case 'not-case': {
      const { tag, value } = first.why;
      const tagged = read(world, nodeCell('operand', tag, frame)) ?? UNKNOWN;
      return evaluate(x, frame, value, world).flatMap((result) => {
        const { whenTrue, whenFalse } = compare(
          x,
          frame,
          result.world,
          [tag, tagged],
          [value, result.values[0]!],
        );
        return block.succs.flatMap((edge) => along(edge, edge.why.kind === 'case' ? whenTrue : whenFalse));
      });
    }
    case 'type-case':
    case 'not-type-case':
      return typeSwitch(x, frame, block, first.why.x, world);
    case 'range-next':
    case 'range-done':
      return range(frame, block, first.why.stmt, world);
    default:
      return block.succs.map((edge) => ({ edge, world }));
  }
}

/**
 * A loop that counts to a number which nobody knows is taken to turn once: who configures three attempts, or none, does not mean that nothing
 * is tried. A list may well be empty, so this is not for loops that count to a length.
 */
function firstTurn<S>(frame: Frame, block: BasicBlock, world: World<S>, decided: Decided<S>): Decided<S> {
  const { stmt } = block;
  if (stmt?.kind !== 'ForStmt' || !countsToNumber(stmt)) return decided;
  const cell = nodeCell('index', stmt, frame);
  const turns = decided.whenTrue.map((w) => write(w, cell, UNKNOWN));
  const isFirst = read(world, cell) === undefined && decided.whenTrue.length > 0;
  const gone = isFirst ? [] : decided.whenFalse.map((w) => forget(w, (c) => c === cell));
  return { whenTrue: turns, whenFalse: gone };
}

/** `for i := 0; i < attempts; i++` */
function countsToNumber({ cond, post }: ForStmt): boolean {
  const test = cond && unparen(cond);
  if (post?.kind !== 'IncDecStmt' || test?.kind !== 'BinaryExpr' || !/^(?:<|<=|>|>=|!=)$/.test(test.op))
    return false;
  return [test.x, test.y].every((operand) => unparen(operand).kind !== 'CallExpr');
}

function along<S>(edge: Edge, worlds: readonly World<S>[]): readonly Way<S>[] {
  return worlds.map((world) => ({ edge, world }));
}

function typeSwitch<S>(
  x: Execution<S>,
  frame: Frame,
  block: BasicBlock,
  operand: Expr,
  world: World<S>,
): readonly Way<S>[] {
  const value = read(world, nodeCell('operand', operand, frame)) ?? UNKNOWN;
  const nil = isNil(value);
  const after = nil !== true && isTracked(value) ? consulted(x, world) : world;
  const namesNil = (types: readonly Expr[]) => types.some((t) => t.kind === 'Ident' && t.name === 'nil');
  return block.succs.flatMap((edge) => {
    const { why } = edge;
    if (why.kind !== 'type-case' && why.kind !== 'not-type-case') return [];
    const forNil = namesNil(why.types) === (why.kind === 'type-case');
    if (nil === true) return forNil ? [{ edge, world }] : [];
    const onlyNil = why.kind === 'type-case' && namesNil(why.types) && why.types.length === 1;
    return nil === false && onlyNil ? [] : [{ edge, world: after }];
  });
}

/** Lists and fixed counts are gone through turn by turn; of all others nobody knows how long they are. */
function range<S>(frame: Frame, block: BasicBlock, stmt: RangeStmt, world: World<S>): readonly Way<S>[] {
  const over = read(world, nodeCell('operand', stmt.x, frame)) ?? UNKNOWN;
  const cell = nodeCell('index', stmt.x, frame);
  const turn = read(world, cell);
  const done = turn?.kind === 'constant' && typeof turn.value === 'number' ? turn.value : undefined;
  const length =
    over.kind === 'list'
      ? over.elements.length
      : over.kind === 'nil'
        ? 0
        : over.kind === 'constant' && typeof over.value === 'number'
          ? over.value
          : undefined;
  const isNumber = isInteger(frame.fn.pkg.info.typeOf(stmt.x));
  return block.succs.flatMap((edge) => {
    const next = edge.why.kind === 'range-next';
    if (length === undefined && isNumber && turn === undefined) {
      if (!next) return [];
    } else if (length === undefined || done === undefined) {
      // Of a long count only the first turn is certain.
      if (length !== undefined && turn === undefined && next !== length > 0) return [];
    } else if (next !== done < length) return [];
    if (!next) return [{ edge, world }];
    const started = turn === undefined ? 0 : done;
    const count =
      length !== undefined && length <= MAX_TURNS && started !== undefined ? constant(started + 1) : UNKNOWN;
    return [{ edge, world: write(world, cell, count) }];
  });
}

const MAX_TURNS = 12;

function isInteger(type: Type): boolean {
  const under = type.kind === 'named' ? type.underlying : type;
  return under.kind === 'basic' && /^(?:untyped )?u?int/.test(under.name);
}
