/**
 * Loops that are split in two: a driver fetches page after page, and a callback says when to stop.
 *
 *     err := c.eachPage(ctx, func(page *Page) (stop bool, err error) { …; return page.Next == "", nil })
 *
 * A driver that has no end of its own is judged with each callback that this package hands to it: one path of the callback must stop.
 * An error does not count, nor does a verdict that is always the same.
 */

import { variablesOf } from '../../go/flow/accesses.ts';
import { nilTest } from '../../go/flow/conditions.ts';
import { definitionsAt } from '../../go/flow/definitions.ts';
import { decisionsAt } from '../../go/flow/facts.ts';
import { placeContaining } from '../../go/flow/places.ts';
import type { GoFunction, GoPackage } from '../../go/package.ts';
import { type CallExpr, type Expr, type ReturnStmt, unparen } from '../../go/syntax/ast.ts';
import type { Platform } from '../../integrations/platform.ts';
import { classify, type Paging, type Unseen } from './classify.ts';
import { isErrorOperand } from './errors.ts';
import { repetitionsOf } from './repetition.ts';
import { isBoolean, isError, type Requests, requestsOf } from './tracking.ts';

export interface CallbackFaults {
  /** Loops of this package whose callbacks are all in sight here, and so are judged at the calls that hand them over. */
  readonly driven: ReadonlySet<Paging>;
  /** Calls that hand over a callback that never stops. */
  readonly endless: readonly { readonly call: CallExpr; readonly request: string }[];
}

/** A function whose loop only its callback ends. */
interface Driver {
  readonly fn: GoFunction;
  /** The parameter, by its number. */
  readonly parameter: number;
  readonly exits: readonly Unseen[];
  readonly loop: Paging | undefined;
}

export function callbackFaults(pkg: GoPackage, platform: Platform, loops: readonly Paging[]): CallbackFaults {
  const requests = requestsOf(pkg, platform);
  const known = new Map<GoFunction, readonly Driver[]>();
  for (const loop of loops) {
    const { fn } = loop.repetition;
    known.set(fn, [...(known.get(fn) ?? []), ...driverOf(loop)]);
  }
  const driven = new Set<Paging>();
  const endless: { call: CallExpr; request: string }[] = [];
  const visit = (fn: GoFunction): void => {
    for (const literal of fn.literals) visit(literal);
    for (const call of fn.calls) {
      if (!call.args.some((arg) => mayBeFunction(fn, arg))) continue;
      const callee = pkg.program.calleeOf(call);
      if (callee.kind !== 'function' || callee.body === undefined) continue;
      for (const driver of driversOf(callee.body, requests, known)) {
        const arg = call.args[driver.parameter];
        const callback = arg === undefined ? undefined : functionBehind(fn, arg);
        if (callback === undefined) continue;
        if (driver.loop !== undefined) driven.add(driver.loop);
        if (!fn.file.generated && !stops(callback, driver.exits)) {
          endless.push({ call, request: `\`${pkg.program.files.textOf(call.fun)}\`` });
        }
      }
    }
  };
  for (const fn of [...pkg.functions, ...pkg.initializers]) visit(fn);
  return { driven, endless };
}

function driverOf(loop: Paging): readonly Driver[] {
  const [fault] = loop.faults;
  if (fault?.kind !== 'unseen') return [];
  const { fn } = loop.repetition;
  const byParameter = new Map<number, Unseen[]>();
  for (const exit of fault.exits) {
    const fun = unparen(exit.call.fun);
    const object = fun.kind === 'Ident' ? fn.pkg.info.objectOf(fun) : undefined;
    const parameter = object?.kind === 'var' ? fn.params.indexOf(object) : -1;
    if (parameter >= 0) byParameter.set(parameter, [...(byParameter.get(parameter) ?? []), exit]);
  }
  return [...byParameter].map(([parameter, exits]) => ({ fn, parameter, exits, loop }));
}

/** The drivers in a function, of another package too; nothing is worked out where it has no function among its parameters. */
function driversOf(
  fn: GoFunction,
  requests: Requests,
  known: Map<GoFunction, readonly Driver[]>,
): readonly Driver[] {
  const found = known.get(fn);
  if (found !== undefined) return found;
  known.set(fn, []);
  if (!fn.params.some(({ type }) => (type.kind === 'named' ? type.underlying : type).kind === 'signature'))
    return [];
  const repetitions = repetitionsOf(fn, []);
  if (repetitions.length === 0 || !fn.calls.some((call) => requests.isRequest(call))) return [];
  const whole = requests.flowOf(fn);
  if (whole === undefined) return [];
  const drivers = repetitions.flatMap((repetition) => {
    const loop = classify(requests, repetition, whole);
    return loop.kind === 'paging' ? driverOf(loop).map((driver) => ({ ...driver, loop: undefined })) : [];
  });
  known.set(fn, drivers);
  return drivers;
}

function mayBeFunction(fn: GoFunction, arg: Expr): boolean {
  const x = unparen(arg);
  if (x.kind === 'FuncLit') return true;
  if (x.kind !== 'Ident' && x.kind !== 'SelectorExpr') return false;
  const type = fn.pkg.info.typeOf(x);
  return (type.kind === 'named' ? type.underlying : type).kind === 'signature';
}

/** The function that an argument is: a literal, a function or method of the project, or a variable that was given one of these once. */
function functionBehind(fn: GoFunction, arg: Expr): GoFunction | undefined {
  const { info, program } = fn.pkg;
  const x = unparen(arg);
  if (x.kind === 'FuncLit') return program.functionOf(x);
  if (x.kind === 'SelectorExpr') {
    const selection = info.selectionOf(x);
    if (selection?.kind === 'method') return program.bodyOf(selection.method);
    return selection?.kind === 'qualified' && selection.object?.kind === 'func'
      ? program.bodyOf(selection.object)
      : undefined;
  }
  if (x.kind !== 'Ident') return undefined;
  const object = info.objectOf(x);
  if (object?.kind === 'func') return program.bodyOf(object);
  if (object?.kind !== 'var') return undefined;
  const place = placeContaining(fn.cfg, x);
  const definitions = place === undefined ? [] : definitionsAt(variablesOf(fn.cfg, info), place, object);
  const [only] = definitions;
  return definitions.length === 1 && only?.value !== undefined && only.value !== arg
    ? functionBehind(fn, only.value)
    : undefined;
}

/** Is there a way through the callback on which it says stop, and not because of an error? */
function stops(callback: GoFunction, exits: readonly Unseen[]): boolean {
  return exits.some((exit) => {
    const sentinel = exit.at.kind === 'CallExpr' && exit.at !== exit.call;
    const comparison = exit.at.kind === 'BinaryExpr';
    return sentinel || comparison ? returnsSentinel(callback) : returnsVerdict(callback, exit.truth);
  });
}

function returnsOf(fn: GoFunction): readonly ReturnStmt[] {
  return fn.cfg.blocks.flatMap((block) => block.nodes.filter((node) => node.kind === 'ReturnStmt'));
}

/** A boolean result that is not always the opposite, on a way that is no error's. */
function returnsVerdict(fn: GoFunction, truth: boolean): boolean {
  const { info } = fn.pkg;
  const index = fn.results.findIndex(({ type }) => isBoolean(type));
  // A callback that returns something else than a verdict: what the driver makes of it is the driver's.
  if (index < 0) return true;
  const verdict = fn.results[index]!;
  return returnsOf(fn).some((stmt) => {
    if (isAfterError(fn, stmt)) return false;
    const values =
      stmt.results.length === fn.results.length
        ? [stmt.results[index]!]
        : stmt.results.length === 1
          ? undefined
          : assigned(fn, stmt, verdict);
    // `return visit(page)`: somebody else's verdict.
    if (values === undefined) return true;
    return values.some((value) => {
      const constant = info.constantOf(value);
      return constant?.kind !== 'bool' || constant.value === truth;
    });
  });
}

/** The values of a named result at a naked return. */
function assigned(fn: GoFunction, stmt: ReturnStmt, result: GoFunction['results'][number]): readonly Expr[] {
  const place = placeContaining(fn.cfg, stmt);
  if (place === undefined) return [];
  return definitionsAt(variablesOf(fn.cfg, fn.pkg.info), place, result).flatMap(({ value }) =>
    value === undefined ? [] : [value],
  );
}

/** An error result that is no error that happened: a variable of a package, or one made on the spot. */
function returnsSentinel(fn: GoFunction): boolean {
  const { info } = fn.pkg;
  const index = fn.results.findIndex(({ type }) => isError(type));
  return returnsOf(fn).some((stmt) => {
    const value = stmt.results[index];
    if (value === undefined) return stmt.results.length === 0 || stmt.results.length === 1;
    if (isAfterError(fn, stmt)) return false;
    const x = unparen(value);
    if (x.kind === 'Ident') {
      const object = info.objectOf(x);
      return object?.kind === 'var' && object.role === 'package';
    }
    if (x.kind === 'CallExpr') return !x.args.some((arg) => isErrorOperand(info, arg));
    return x.kind === 'SelectorExpr';
  });
}

function isAfterError(fn: GoFunction, stmt: ReturnStmt): boolean {
  const place = placeContaining(fn.cfg, stmt);
  if (place === undefined) return true;
  return decisionsAt(fn.cfg, place).some((edge) => {
    const test = nilTest(edge.why);
    return test !== undefined && !test.isNil && isErrorOperand(fn.pkg.info, test.x);
  });
}
