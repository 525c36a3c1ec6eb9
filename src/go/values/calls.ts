/**
 * Calls: whom they call is found out from the values at hand, and what the callee does is done here and now.
 *
 *     t.emit(asset)              run with the receiver and the argument at hand
 *     reject(asset)              whatever the function value is: t.Filter.Asset, a literal with what it captured
 *     out.Emit(asset)            out holds a directOutlet: its method; out is not known: each that it can be
 *     fmt.Errorf("…", err)       not followed: a value of which nothing is known
 *
 * Following a call with its real arguments, and not with a summary of the callee, is what lets one helper be right for one caller and wrong
 * for another. A function that calls itself is followed two deep: then a value has gone once around.
 */
import type { GoFunction } from '../package.ts';
import type { Func } from '../semantics/objects.ts';
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { type CallExpr, type Expr, type SelectorExpr, unparen } from '../syntax/ast.ts';
import { UNHEARD } from './answers.ts';
import { callBuiltin } from './builtins.ts';
import { dynamicType, split } from './conditions.ts';
import { evaluate, evaluateAll, fresh } from './evaluate.ts';
import { receiverAt } from './functions.ts';
import { callLibrary } from './library.ts';
import type { Argument, Called, Frame, Machine, Outcome } from './machine.ts';
import { addElements } from './memory.ts';
import { locate, type Place, placeValue, select } from './places.ts';
import { carryOut, note, unwritten } from './questions.ts';
import { runFunction } from './run.ts';
import { opaqueOf } from './table.ts';
import { thingsIn } from './things.ts';
import { callUnknown } from './unknown-calls.ts';
import type { FunctionValue, Value } from './value.ts';
import type { World } from './world.ts';

export function evaluateCall(m: Machine, f: Frame, world: World, call: CallExpr): Outcome[] {
  const kind = f.info.callKind(call);
  if (kind === 'conversion') return convert(m, f, world, call);
  if (kind === 'builtin') return callBuiltin(m, f, world, call, builtinName(call));
  return prepare(m, f, world, call).flatMap((ready) => callValue(m, f, ready));
}

/** A call whose callee and arguments have been worked out. */
export interface Ready {
  readonly world: World;
  readonly call: CallExpr;
  readonly fun: Value;
  readonly args: readonly Argument[];
}

/** Evaluates callee and arguments, as `defer` does at once and a call before it happens. */
export function prepare(m: Machine, f: Frame, world: World, call: CallExpr): Ready[] {
  return callee(m, f, world, call).flatMap((fun) =>
    evaluateAll(m, f, fun.world, call.args, [fun.value]).flatMap((way): Ready[] => {
      const [target, ...values] = way.values;
      const last = call.args.length - 1;
      const args = values.map((value, i): Argument => {
        return { value, expr: call.args[i], spread: call.ellipsis && i === last, from: way.from[i + 1] };
      });
      const [first] = args;
      // `f(g())` hands over all results of g.
      const all =
        args.length === 1 && first?.value.kind === 'tuple'
          ? first.value.values.map((value) => ({ ...first, value, from: undefined }))
          : args;
      return withOneThingEach(m, { world: way.world, call, fun: target!, args: all });
    }),
  );
}

/** Where an argument may be one of several things, each is handed over in a world of its own: what is learnt of it is then known outside. */
function withOneThingEach(m: Machine, ready: Ready): Ready[] {
  const i = ready.args.findIndex(
    ({ value, from, spread }) =>
      value.kind === 'union' && from !== undefined && !spread && thingsIn(m, ready.world, value).length > 1,
  );
  const arg = ready.args[i];
  if (arg === undefined) return [ready];
  return split({ world: ready.world, value: arg.value, from: arg.from }).flatMap(({ world, value }) =>
    withOneThingEach(m, { ...ready, world, args: ready.args.with(i, { ...arg, value }) }),
  );
}

function builtinName(call: CallExpr): string {
  const fun = unparen(call.fun);
  return fun.kind === 'Ident' ? fun.name : '';
}

/** `bool(verdict)` is still the verdict, `[]byte(text)` is something else. */
function convert(m: Machine, f: Frame, world: World, call: CallExpr): Outcome[] {
  const [arg] = call.args;
  if (arg === undefined) return [];
  const type = f.info.typeOf(call);
  const moves = underlying(f.info.typeOf(arg)).kind === underlying(type).kind || isDynamic(type);
  return evaluate(m, f, world, arg).map((x) =>
    moves || x.value.kind === 'nil' ? x : { world: x.world, value: fresh(m, call, type) },
  );
}

function isDynamic(type: Type): boolean {
  const { kind } = underlying(type);
  return kind === 'interface' || kind === 'unknown' || kind === 'typeparam';
}

/** The function that is called, as a value. */
function callee(m: Machine, f: Frame, world: World, call: CallExpr): Outcome[] {
  let fun = unparen(call.fun);
  if (fun.kind === 'IndexExpr' && isGeneric(f, unparen(fun.x))) fun = unparen(fun.x);
  if (fun.kind !== 'SelectorExpr') return evaluate(m, f, world, fun);
  const selection = f.info.selectionOf(fun);
  if (selection?.kind === 'qualified' && selection.object === undefined)
    return [{ world, value: unresolved(m, fun, undefined) }];
  if (selection !== undefined) return evaluate(m, f, world, fun);
  // A method, or a field that holds a function, of a type that is not known.
  return locate(m, f, world, fun.x).map((place) => {
    return { world: place.world, value: unresolved(m, fun as SelectorExpr, placeValue(place).value) };
  });
}

function unresolved(m: Machine, selector: SelectorExpr, receiver: Value | undefined): FunctionValue {
  return m.table.values.function({ kind: 'unresolved', selector }, receiver);
}

function isGeneric(f: Frame, x: Expr): boolean {
  if (x.kind === 'Ident') return f.info.objectOf(x)?.kind === 'func';
  if (x.kind !== 'SelectorExpr') return false;
  const selection = f.info.selectionOf(x);
  return (
    selection?.kind === 'qualified' && (selection.object === undefined || selection.object.kind === 'func')
  );
}

/** Calls whatever the value is. A function variable with several possible targets calls each of them, in a world of its own. */
export function callValue(m: Machine, f: Frame, ready: Ready): Outcome[] {
  const { world, call, fun, args } = ready;
  const all = split({ world, value: fun });
  const found = all.filter(({ value }) => value.kind !== 'nil');
  // Nothing but nil: set by code that was passed over.
  const targets = found.length > 0 ? found : all.slice(0, 1);
  const isChoice = targets.length > 1 && targets.some(({ value }) => mayMatter(m, value));
  return targets.flatMap((target): Outcome[] => {
    if (isChoice) markChoice(m, target.world, call, args);
    return callTarget(m, f, { ...ready, world: target.world, fun: target.value });
  });
}

function callTarget(m: Machine, f: Frame, { world, call, fun, args }: Ready): Outcome[] {
  const called: Called = { call, func: undefined, selector: undefined, receiver: undefined, args };
  if (fun.kind !== 'function') return callUnknown(m, f, world, called);
  const { receiver, target } = fun;
  switch (target.kind) {
    case 'collector': {
      const [first, second] = args.map((a) => a.value);
      const element = second === undefined ? first : m.table.values.tuple([first!, second]);
      if (element !== undefined) addElements(world, m.table.values.pointer(target.into), [element]);
      return [{ world, value: fresh(m, call, f.info.typeOf(call)) }];
    }
    case 'literal':
      return runFunction(m, f, world, m.program.functionOf(target.node), called, fun);
    case 'unresolved':
      return callResolved(m, f, world, { ...called, receiver, selector: target.selector });
    case 'declared': {
      const { func, selector } = target;
      // `T.Method`: the first argument is the receiver.
      const isExpression = func.receiver !== undefined && receiver === undefined;
      if (!isExpression) return callResolved(m, f, world, { ...called, func, selector, receiver });
      const [self, ...rest] = args;
      return callResolved(m, f, world, { ...called, func, selector, receiver: self?.value, args: rest });
    }
  }
}

function mayMatter(m: Machine, value: Value): boolean {
  if (value.kind !== 'function') return true;
  const { target } = value;
  if (target.kind === 'literal') return m.domain.matters(m.program.functionOf(target.node));
  if (target.kind !== 'declared') return true;
  const body = m.program.bodyOf(target.func.origin);
  return body === undefined || m.domain.matters(body);
}

/** Things that go through a call whose target is open are marked: what happens to them depends on it. */
function markChoice(m: Machine, world: World, call: CallExpr, args: readonly Argument[]): void {
  const key = `choice ${m.table.numberOf(call)}`;
  for (const { value } of args)
    for (const thing of thingsIn(m, world, value))
      note(world, thing, { key, kind: 'choice', outcomes: UNHEARD, calls: [call] });
}

/** Calls a function or method that is known by name. */
export function callResolved(m: Machine, f: Frame, world: World, called: Called): Outcome[] {
  const { func } = called;
  const meaning = m.domain.meaningOf(called);
  if (meaning !== undefined) return carryOut(m, f, world, called, meaning);
  if (func === undefined) return callUnknown(m, f, world, called);
  if (func.interfaceMethod) return dispatch(m, f, world, called, func);
  const known = callLibrary(m, f, world, called, func);
  if (known !== undefined) return known;
  // Of a function that is declared for several platforms any may be meant.
  const bodies = func.origin.variants
    .map((variant) => m.program.bodyOf(variant.origin))
    .filter((b) => b !== undefined);
  const [body, ...others] = bodies;
  if (body === undefined || !bodies.some((b) => m.domain.matters(b))) return callUnknown(m, f, world, called);
  return [
    ...others.flatMap((other) => runFunction(m, f, world.fork(), other, called, undefined)),
    ...runFunction(m, f, world, body, called, undefined),
  ];
}

/** A method through an interface: that of what the interface holds. */
function dispatch(m: Machine, f: Frame, start: World, called: Called, method: Func): Outcome[] {
  const all = split({ world: start, value: called.receiver ?? m.table.values.nil });
  const held = all.filter(({ value }) => value.kind !== 'nil');
  const receivers = held.length > 0 ? held : all.slice(0, 1);
  const found = receivers.map((receiver) => ({
    receiver,
    ways: implementations(m, receiver, called.call, method),
  }));
  const targets = new Set(found.flatMap(({ ways }) => ways.map((way) => way.func?.origin)));
  const isChoice = targets.size > 1 && [...targets].some((t) => t !== undefined && mattersIn(m, t));
  return found.flatMap(({ receiver, ways }) => {
    if (isChoice) markChoice(m, receiver.world, called.call, called.args);
    if (ways.length === 0) return callUnknown(m, f, receiver.world, { ...called, receiver: receiver.value });
    return ways.flatMap((way, i) => {
      const world = i === ways.length - 1 ? receiver.world : receiver.world.fork();
      return way
        .receivers(world)
        .flatMap((self) =>
          callResolved(m, f, self.world, { ...called, func: way.func, receiver: self.value }),
        );
    });
  });
}

function mattersIn(m: Machine, func: Func): boolean {
  const body = m.program.bodyOf(func);
  return body !== undefined && m.domain.matters(body);
}

interface Implementation {
  readonly func: Func;
  readonly receivers: (world: World) => Outcome[];
}

/** The method of the type that the value is known to have; where that is not known, of each type of the project that it can have. */
function implementations(
  m: Machine,
  receiver: Outcome,
  call: CallExpr,
  method: Func,
): readonly Implementation[] {
  const { value } = receiver;
  if (value.kind === 'nil') return [];
  const type = dynamicType(receiver.world, value);
  if (type !== undefined) {
    const member = m.program.lookupMember(type, method.name);
    if (member?.kind !== 'method') return [];
    return [
      {
        func: member.method,
        receivers: (world) => {
          let places: Place[] = [{ world, value }];
          for (const field of member.path)
            places = places.flatMap((x) => select(m, x, field.name, field.type, call));
          return places.flatMap((place) => receiverAt(place, member.method, call));
        },
      },
    ];
  }
  const callee = m.program.calleeOf(call);
  if (callee.kind !== 'interface' || callee.method.name !== method.name) return [];
  return callee.implementations.flatMap((fn: GoFunction): Implementation[] => {
    const { object, receiver: self } = fn;
    if (object === undefined) return [];
    // Some value of that type: nothing else is known of it.
    const type = self?.type ?? object.receiver!.type.type;
    const some = () => opaqueOf(m.table, m.table.identities.made({ site: fn.node, type, notNil: true }));
    return [{ func: object, receivers: (world) => [{ world, value: some() }] }];
  });
}

/** Calls a function value with values that nobody wrote as arguments: a predicate with an element, a loop's body with what is yielded. */
export function callWith(
  m: Machine,
  f: Frame,
  world: World,
  call: CallExpr,
  fun: Value,
  values: readonly Value[],
): Outcome[] {
  return callValue(m, f, { world, call, fun, args: values.map(unwritten) });
}
