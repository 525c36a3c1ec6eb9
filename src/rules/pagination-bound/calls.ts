/**
 * Calls that decide whether a loop is left: flags of answers, predicates of errors, helpers, and what is out of sight.
 */
import type { Callee } from '../../go/calls/callee.ts';
import type { Place } from '../../go/flow/cfg.ts';
import { calledName } from '../../go/provenance/callee-names.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';
import { isErrorOperand } from './errors.ts';
import { type Court, isRecordedIn, judgeRoles, type Verdict } from './exits.ts';
import { HAS_MORE } from './names.ts';
import { isPagerCall } from './pagers.ts';
import { type Roles, rolesOf } from './roles.ts';
import { endsByName, judgeSentinel } from './sentinels.ts';

export function judgeCall(court: Court, call: CallExpr, truth: boolean, place: Place): readonly Verdict[] {
  const { turn, requests } = court;
  const { info, program } = turn.repetition.fn.pkg;
  const callee = program.calleeOf(call);
  const name = calledName(call);
  if (requests.isCallback(call))
    return [isYield(court, call) ? { kind: 'yield', at: call } : { kind: 'unseen', at: call, call, truth }];
  if (isPagerCall(court.turn, call)) return [{ kind: 'signal', at: call, form: 'pager', names: [name] }];
  const error = call.args.find((arg) => isErrorOperand(info, arg));
  if (error !== undefined) return judgeErrorPredicate(court, call, error, truth, place);
  const fun = unparen(call.fun);
  if (fun.kind === 'SelectorExpr' && /^(?:Has|Contains|Exists)$/.test(name) && call.args.length === 1) {
    if (truth && isSet(court, fun.x)) return [{ kind: 'seen', at: call, local: false }];
  }
  const roles = rolesOf(turn, requests, call, place);
  const split = disagreement(court, callee, roles);
  if (split) return [{ kind: 'unseen', at: call, call, truth }];
  if (roles.answer && isOutOfSight(court, call, callee)) return [{ kind: 'unseen', at: call, call, truth }];
  if (HAS_MORE.test(name) && roles.answer)
    return [{ kind: 'signal', at: call, form: 'flag', names: [name, ...roles.names] }];
  const named: Roles = { ...roles, names: [...roles.names, name] };
  return judgeRoles(named, call, truth);
}

/** A verdict on an error: "not found" is an end, a cancelled context is none. */
function judgeErrorPredicate(
  court: Court,
  call: CallExpr,
  error: Expr,
  truth: boolean,
  place: Place,
): readonly Verdict[] {
  if (!truth || !endsByName(call)) return [{ kind: 'error', at: call }];
  const isOf = calledName(call) === 'Is' || calledName(call) === 'As';
  return judgeSentinel(court, error, call, place, isOf ? 'sentinel' : 'not found');
}

/** `if !yield(x) { return }`: the consumer of an iterator, who may stop and need not. */
function isYield(court: Court, call: CallExpr): boolean {
  const { fn } = court.turn.repetition;
  const producer = [fn, fn.parent].find((f) => f !== undefined && isProducer(f));
  const fun = unparen(call.fun);
  if (producer === undefined || fun.kind !== 'Ident') return false;
  return producer.params.some((param) => param === fn.pkg.info.objectOf(fun));
}

/** `func(yield func(T) bool)` (language specification, "For statements with range clause"). */
function isProducer(fn: Court['turn']['repetition']['fn']): boolean {
  const [param, ...more] = fn.params;
  if (param === undefined || more.length > 0 || fn.results.length > 0) return false;
  const type = param.type.kind === 'named' ? param.type.underlying : param.type;
  const [result, ...others] = type.kind === 'signature' ? type.results : [];
  return (
    result !== undefined && others.length === 0 && result.type.kind === 'basic' && result.type.name === 'bool'
  );
}

function isSet(court: Court, receiver: Expr): boolean {
  const { turn } = court;
  if (isRecordedIn(turn, receiver)) return true;
  const x = unparen(receiver);
  const object = x.kind === 'Ident' ? turn.repetition.fn.pkg.info.objectOf(x) : undefined;
  return turn.writes.some((w) => w.how === 'set' && w.location.cell === object && object !== undefined);
}

/** Of an interface with several implementations, do only some say something about the answer? */
function disagreement(court: Court, callee: Callee, roles: Roles): boolean {
  if (callee.kind !== 'interface' || callee.implementations.length < 2 || roles.fixed) return false;
  return callee.implementations.some((body) => {
    const flow = court.requests.flowOf(body);
    const origins = flow?.returns.flatMap((values) => [...(values[0]?.origins ?? [])]) ?? [];
    return !origins.some((o) => o.kind !== 'constant');
  });
}

/**
 * Is the verdict that of a function whose source is not at hand, about an answer that it is handed as a whole? Methods of the answer
 * itself are its accessors, the standard library is known, and `aws.ToBool(out.IsTruncated)` only takes the pointer off.
 */
function isOutOfSight(court: Court, call: CallExpr, callee: Callee): boolean {
  if (court.requests.isRequest(call)) return false;
  const { info } = court.turn.repetition.fn.pkg;
  const fun = unparen(call.fun);
  const method =
    fun.kind === 'SelectorExpr' &&
    info.selectionOf(fun)?.kind !== 'qualified' &&
    !isPackageName(court, fun.x);
  if (method && call.args.length === 0) return false;
  switch (callee.kind) {
    case 'function':
      return (
        callee.body === undefined && callee.func.pkg.origin !== 'stdlib' && !takesPointerOff(court, call)
      );
    case 'missing':
      return !method && !takesPointerOff(court, call);
    case 'value':
      return true;
    default:
      return false;
  }
}

function isPackageName(court: Court, e: Expr): boolean {
  const x = unparen(e);
  return x.kind === 'Ident' && court.turn.repetition.fn.pkg.info.objectOf(x)?.kind === 'package';
}

function takesPointerOff(court: Court, call: CallExpr): boolean {
  const [arg, ...more] = call.args;
  if (arg === undefined || more.length > 0) return false;
  const type = court.turn.repetition.fn.pkg.info.typeOf(arg);
  if (type.kind === 'pointer' && type.elem.kind === 'basic') return true;
  return /^(?:To|Bool|Deref|Value|Unptr|From|Safe|Get|Ptr)/.test(calledName(call));
}
