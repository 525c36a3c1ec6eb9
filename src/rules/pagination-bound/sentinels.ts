/**
 * Errors that mean the end: `iterator.Done`, `io.EOF`, "not found".
 */
import type { Edge, Place } from '../../go/flow/cfg.ts';
import { type Expr, type Ident, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import { isErrorOperand } from './errors.ts';
import type { Court, SignalForm, Verdict } from './exits.ts';
import { rolesOf } from './roles.ts';

/** The loop is left because an error is a certain one. `at` is the condition. */
export function judgeSentinel(
  court: Court,
  error: Expr,
  at: Expr,
  place: Place,
  form: SignalForm = 'sentinel',
): readonly Verdict[] {
  const roles = rolesOf(court.turn, court.requests, error, place);
  const [call] = roles.callbacks;
  if (returnsAfter(court, error, place)) return [{ kind: 'error', at }];
  if (roles.answer) return [{ kind: 'signal', at, form, names: [] }];
  if (call !== undefined) return [{ kind: 'unseen', at, call, truth: true }];
  return [{ kind: 'local', at }];
}

/** Is the error handed on where the loop is left there? Then it is an error and no end. */
function returnsAfter({ turn }: Court, error: Expr, place: Place): boolean {
  const x = unparen(error);
  if (x.kind !== 'Ident') return false;
  const { inside, fn } = turn.repetition;
  const leaves = place.block.succs.filter((edge) => !inside.has(edge.to));
  const variable = fn.pkg.info.objectOf(x);
  return (
    leaves.length > 0 &&
    leaves.every((edge) => returnsVariable(edge, (id) => fn.pkg.info.objectOf(id) === variable))
  );
}

function returnsVariable(edge: Edge, isIt: (id: Ident) => boolean): boolean {
  const last = edge.to.nodes.at(-1);
  if (last?.kind !== 'ReturnStmt') return false;
  const result = last.results.at(-1);
  if (result === undefined) return false;
  let found = false;
  walk(result, (node) => {
    if (node.kind === 'Ident' && isIt(node)) found = true;
  });
  return found;
}

/** Is the error that ends the loop told apart behind it: `for ; err == nil; … {}; if err != iterator.Done { … }`? */
export function isToldApartLater({ turn }: Court, error: Expr): boolean {
  const x = unparen(error);
  const { fn, inside } = turn.repetition;
  const { info } = fn.pkg;
  const variable = x.kind === 'Ident' ? info.objectOf(x) : undefined;
  if (variable === undefined) return false;
  const isIt = (e: Expr): boolean => {
    const operand = unparen(e);
    return operand.kind === 'Ident' && info.objectOf(operand) === variable;
  };
  return fn.cfg.blocks.some((block) => {
    if (inside.has(block)) return false;
    const cond = block.nodes.at(-1);
    const test = cond === undefined || !('pos' in cond) ? undefined : unparen(cond as Expr);
    if (test?.kind === 'BinaryExpr') {
      return (
        (isIt(test.x) && isErrorOperand(info, test.y) && !isNil(test.y)) ||
        (isIt(test.y) && isErrorOperand(info, test.x) && !isNil(test.x))
      );
    }
    return test?.kind === 'CallExpr' && test.args.some(isIt);
  });
}

function isNil(e: Expr): boolean {
  const x = unparen(e);
  return x.kind === 'Ident' && x.name === 'nil';
}
