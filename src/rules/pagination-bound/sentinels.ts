/**
 * Errors that mean the end: `iterator.Done`, `io.EOF`, "not found".
 */
import type { BasicBlock, Edge, EdgeKind, Place } from '../../go/flow/cfg.ts';
import { definitionsAt } from '../../go/flow/definitions.ts';
import { calledName } from '../../go/provenance/callee-names.ts';
import type { Info } from '../../go/semantics/info.ts';
import { type CallExpr, type Expr, type Ident, unparen } from '../../go/syntax/ast.ts';
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

/**
 * Is the error that ends the loop told apart on the way out: `if err != nil { if err == iterator.Done { break }; return err }`, or behind
 * the loop? `at` is what evidence shows.
 */
export function judgeBehind(court: Court, error: Expr, at: Expr, place: Place): readonly Verdict[] {
  const { turn } = court;
  const { fn, inside } = turn.repetition;
  const { info } = fn.pkg;
  const x = unparen(error);
  const variable = x.kind === 'Ident' ? info.objectOf(x) : undefined;
  if (variable?.kind !== 'var') return [];
  const isIt = (e: Expr): boolean => {
    const operand = unparen(e);
    return operand.kind === 'Ident' && info.objectOf(operand) === variable;
  };
  const fromTurn = (block: BasicBlock): boolean =>
    definitionsAt(turn.variables, { block, index: 0 }, variable).some((d) => inside.has(d.place.block));
  const told = fn.cfg.blocks.some((block) => {
    if (inside.has(block)) return false;
    const edge = block.succs.find(({ why }) => isSentinelTest(info, why, isIt));
    return edge !== undefined && fromTurn(block) && !returnsVariable(edge, isIt);
  });
  if (!told) return [];
  const roles = rolesOf(turn, court.requests, error, place);
  return roles.answer ? [{ kind: 'signal', at, form: 'sentinel', names: [] }] : [];
}

/** Is the edge taken where the error is a certain one, and that neither a cancelled context nor a reason to try again? */
function isSentinelTest(info: Info, why: EdgeKind, isIt: (e: Expr) => boolean): boolean {
  if (why.kind !== 'true' && why.kind !== 'false') return false;
  const cond = unparen(why.cond);
  if (cond.kind === 'BinaryExpr') {
    const equal = cond.op === '==' ? 'true' : cond.op === '!=' ? 'false' : undefined;
    return [
      [cond.x, cond.y],
      [cond.y, cond.x],
    ].some(([a, b]) => isIt(a!) && !isNil(b!) && isErrorOperand(info, b!) && why.kind === equal);
  }
  return cond.kind === 'CallExpr' && why.kind === 'true' && cond.args.some(isIt) && endsByName(cond);
}

/** Not the errors that only stop a run, or ask for another attempt. */
export function endsByName(predicate: CallExpr): boolean {
  const names = [calledName(predicate)];
  for (const arg of predicate.args) {
    walk(arg, (node) => {
      if (node.kind === 'Ident') names.push(node.name);
    });
  }
  return !names.some((name) =>
    /^context$|cancel|deadline|timeout|retr|limit|throttl|temporar|auth|forbidden|denied/i.test(name),
  );
}

function isNil(e: Expr): boolean {
  const x = unparen(e);
  return x.kind === 'Ident' && x.name === 'nil';
}
