/**
 * What a call gives back, and what it does to memory.
 *
 *     page, err := c.list(ctx, opts)     // a function of the project: its summary, with the arguments filled in
 *     resp, err := client.Do(req)        // tracked, out of sight: the results are its answer
 *     query.Set("cursor", page.Next)     // out of sight: a method with arguments sets its receiver
 *     json.Unmarshal(body, &page)        // out of sight: what stands behind `&` is written
 *     assetkit.Advance(query, header)    // out of sight: it may write query, which is noted and no more
 *
 * What is out of sight is believed to be ordinary: results are made of the arguments, getters change nothing.
 */
import type { Callee } from '../calls/callee.ts';
import type { GoFunction } from '../package.ts';
import type { Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../syntax/ast.ts';
import { evaluateBuiltin } from './builtins.ts';
import { addressed, calledName, isAny, isContext, isOfPackage, outsideOf } from './callee-names.ts';
import { evaluate, locateAll } from './evaluate.ts';
import { type Frame, NO_VALUE, plain, shapeOf, under, type Value } from './frame.ts';
import { read, write } from './memory.ts';
import {
  answerOf,
  CONSTANT,
  fieldOrigins,
  type Location,
  locationOf,
  NOTHING,
  type Origins,
  only,
  partOf,
  resultOf,
  through,
  union,
  VIA,
} from './origins.ts';
import { deepAt, deepOrigins, heldAt, note, store } from './store.ts';
import { applySummary } from './summary.ts';

/** The results of a call; for one that is out of sight one value, which stands for all of them. */
export function evaluateCall(frame: Frame, call: CallExpr): readonly Value[] {
  const { program } = frame.world;
  const callee = program.calleeOf(call);
  if (callee.kind === 'conversion') return call.args.map((arg) => evaluate(frame, arg));
  if (callee.kind === 'builtin') return [evaluateBuiltin(frame, callee.name, call)];
  const bodies = frame.world.bodiesOf(call);
  const operands = operandsOf(frame, call);
  const results = bodies.map((body) => {
    const summary = frame.world.summaryOf(body);
    return summary === undefined
      ? undefined
      : applySummary(frame, call, body, summary, argumentsOf(frame, call, body, operands));
  });
  runLiterals(frame, call);
  if (results.length === 0 || results.includes(undefined)) {
    return joinResults([...results, evaluateOutside(frame, call, callee, operands)]);
  }
  return joinResults(results);
}

interface Operands {
  /** What stands before the dot, of a method or of what may be one. */
  readonly receiver: Value | undefined;
  readonly receiverExpr: Expr | undefined;
  readonly args: readonly Value[];
}

function operandsOf(frame: Frame, call: CallExpr): Operands {
  const fun = unparen(call.fun);
  let receiverExpr: Expr | undefined;
  if (
    fun.kind === 'SelectorExpr' &&
    frame.info.selectionOf(fun)?.kind !== 'qualified' &&
    !isPackage(frame, fun.x)
  ) {
    receiverExpr = fun.x;
  }
  // A function that is a value brings what it has captured, as a receiver does.
  if (frame.world.program.calleeOf(call).kind === 'value') receiverExpr = fun;
  const receiver = receiverExpr === undefined ? undefined : evaluate(frame, receiverExpr);
  if (receiverExpr === undefined && fun.kind !== 'Ident' && fun.kind !== 'SelectorExpr') evaluate(frame, fun);
  return { receiver, receiverExpr, args: call.args.map((arg) => evaluate(frame, arg)) };
}

function isPackage(frame: Frame, x: Expr): boolean {
  const e = unparen(x);
  return e.kind === 'Ident' && frame.info.objectOf(e)?.kind === 'package';
}

function joinResults(all: readonly (readonly Value[] | undefined)[]): readonly Value[] {
  const lists = all.filter((list) => list !== undefined);
  const [first, ...more] = lists;
  if (first === undefined) return [];
  if (more.length === 0) return first;
  const count = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: count }, (_, i) => {
    const values = lists.map((list) => list[i] ?? list.at(-1) ?? NO_VALUE);
    return {
      origins: values.reduce<Origins>((sum, v) => union(sum, v.origins), NOTHING),
      refs: values.flatMap((v) => v.refs),
      content: values.find((v) => v.content !== undefined)?.content,
    };
  });
}

/** A value for each variable of the signature that the call fills. */
function argumentsOf(
  frame: Frame,
  call: CallExpr,
  body: GoFunction,
  { receiver, receiverExpr, args }: Operands,
): ReadonlyMap<Var, Value> {
  const bound = new Map<Var, Value>();
  if (body.receiver !== undefined && receiver !== undefined && receiverExpr !== undefined) {
    // A method with a pointer receiver is given the address of the variable it is called on.
    const refs = body.receiver.type.kind === 'pointer' ? locateAll(frame, receiverExpr) : receiver.refs;
    bound.set(body.receiver, { ...receiver, refs: refs.length > 0 ? refs : receiver.refs });
  }
  const variadic = isVariadic(body) && !call.ellipsis;
  body.params.forEach((param, i) => {
    if (!(variadic && i === body.params.length - 1)) {
      if (args[i] !== undefined) bound.set(param, args[i]);
      return;
    }
    bound.set(param, listOf(frame, call, args.slice(i)));
  });
  return bound;
}

/** The arguments of `f(a, b ...T)` behind a, as the slice that the function sees. */
function listOf(frame: Frame, call: CallExpr, values: readonly Value[]): Value {
  const list = locationOf(call);
  frame.memory = write(frame.memory, list, CONSTANT, true);
  for (const value of values) store(frame, partOf(list, '[]'), value, false);
  return { origins: NOTHING, refs: [list], content: undefined };
}

function isVariadic(body: GoFunction): boolean {
  return body.node.type.params.at(-1)?.variadic === true;
}

/** Literals that are handed over are believed to be called, now, with what the call brings. */
function runLiterals(frame: Frame, call: CallExpr): void {
  for (const arg of call.args) {
    const e = unparen(arg);
    if (e.kind !== 'FuncLit') continue;
    const body = frame.world.program.functionOf(e);
    const summary = frame.world.summaryOf(body);
    if (summary === undefined) continue;
    const brought = plain(only(frame.world.isTracked(call) ? answerOf(call) : resultOf(call)));
    applySummary(frame, call, body, summary, new Map(body.params.map((param) => [param, brought])));
  }
}

function evaluateOutside(frame: Frame, call: CallExpr, callee: Callee, operands: Operands): readonly Value[] {
  const { world } = frame;
  const { args } = operands;
  let inputs = receivedInputs(frame, call, callee, operands);
  args.forEach((arg, i) => {
    if (!isContext(frame.info.typeOf(call.args[i]!))) inputs = union(inputs, deepOrigins(frame, arg));
  });
  if (world.isCallback(call)) {
    noteOpenWrites(frame, call, operands);
    return [plain(only(resultOf(call)))];
  }
  if (world.isTracked(call)) {
    frame.log?.requests.push({ call, inner: undefined, place: frame.place, inputs, memory: frame.memory });
    const answer = union(only(answerOf(call)), through(answersIn(inputs), VIA.called));
    fill(frame, call, operands, answer);
    return [plain(answer)];
  }
  const moved = isOfPackage(callee, 'time') && /^Add/.test(calledName(call)) ? VIA.step : VIA.called;
  const accessor = operands.receiverExpr !== undefined && isAccessor(frame, call, callee);
  const made = accessor ? inputs : through(inputs, moved);
  const brought =
    carriesSomething(made) && !isOfPackage(callee, 'time') ? made : union(made, only(resultOf(call)));
  if (!world.isHarmless(call)) setByCall(frame, call, callee, operands);
  return [
    {
      origins: brought,
      refs: givenOut(frame, call, callee, operands),
      content: undefined,
      held: heldBy(frame, call, operands),
    },
  ];
}

/** What a call makes its result of on the side of its receiver: all of it, or for an accessor the part that it gives out. */
function receivedInputs(
  frame: Frame,
  call: CallExpr,
  callee: Callee,
  { receiver, receiverExpr }: Operands,
): Origins {
  if (receiver === undefined) return NOTHING;
  if (receiverExpr === undefined || !isAccessor(frame, call, callee)) return deepOrigins(frame, receiver);
  const places = receiverTargets(frame, receiver, receiverExpr);
  const field = accessorField(call);
  if (places.length === 0) return fieldOrigins(receiver.origins, field);
  return deepAt(
    frame,
    places.map((l) => partOf(l, field)),
  );
}

function carriesSomething(origins: Origins): boolean {
  for (const o of origins) if (o.kind !== 'constant') return true;
  return false;
}

function answersIn(origins: Origins): Origins {
  return new Set([...origins].filter((o) => o.kind === 'answer'));
}

/** What a tracked call writes: variables whose address it gets, and values it is handed as `any`, as decoders have it. */
function fill(frame: Frame, call: CallExpr, { args }: Operands, answer: Origins): void {
  const params = frame.info.signatureOf(call)?.params;
  call.args.forEach((arg, i) => {
    const isAddress = addressed(arg);
    const open = params?.[i] === undefined ? isAny(frame.info.typeOf(arg)) : isAny(params[i].type);
    if (!isAddress && !open) return;
    for (const location of args[i]!.refs) {
      frame.memory = write(frame.memory, location, answer, false);
      note(frame, location, answer, 'filled', call);
    }
  });
}

/** What a call out of sight that is not tracked does to its receiver and arguments. */
function setByCall(frame: Frame, call: CallExpr, callee: Callee, operands: Operands): void {
  const { receiver, receiverExpr, args } = operands;
  const given = args.map((arg) => deepOrigins(frame, arg));
  const isValue = callee.kind === 'value';
  const brought =
    receiver === undefined ? NOTHING : isValue ? deepOrigins(frame, receiver) : receiver.origins;
  const all = given.reduce((sum, origins) => union(sum, origins), brought);
  const name = calledName(call);
  const outside = outsideOf(callee);
  if (isOfPackage(callee, 'sync/atomic') && name.startsWith('Add')) {
    const counter = receiverExpr === undefined ? (args[0]?.refs ?? []) : locateAll(frame, receiverExpr);
    set(frame, call, counter, (location) => through(read(frame.memory, location), VIA.step));
    return;
  }
  const setting = args.length > 0 && (outside === 'stdlib' ? STDLIB_SETTER.test(name) : !GETTER.test(name));
  if (
    receiver !== undefined &&
    receiverExpr !== undefined &&
    !isValue &&
    setting &&
    changesReceiver(frame, callee, receiverExpr)
  ) {
    const written = given.reduce((sum, origins) => union(sum, origins), NOTHING);
    set(frame, call, settable(frame, receiver, receiverExpr), () => written);
  }
  call.args.forEach((arg, i) => {
    const { refs } = args[i]!;
    if (refs.length === 0 || unparen(arg).kind === 'FuncLit') return;
    const others = given.reduce((sum, origins, j) => (j === i ? sum : union(sum, origins)), brought);
    const writes = isValue || (outside === 'stdlib' && STDLIB_WRITER.test(name));
    if (addressed(arg) || writes) set(frame, call, refs, () => others);
    else if (outside !== 'stdlib' && receiver === undefined) notePossible(frame, call, refs, all);
  });
}

/** Methods of the standard library that change what they are called on. */
const STDLIB_SETTER =
  /^(?:Set|Add|Del|Write|Push|Append|Insert|Store|Put|Encode|With|Seek|Reset|ReadFrom|Read|Scan|Decode|Swap|Update)/;
/** Functions and methods of the standard library that write to what they are given. */
const STDLIB_WRITER =
  /^(?:Unmarshal|Decode|TeeReader|Fprint|Sscan|Fscan|Scan|Copy|Read|WriteString|Write|Fill|Merge)/;
/** Methods of other packages that only look. */
const GETTER =
  /^(?:Get|Is|Has|Contains|Equal|String|Lookup|Find|Parse|Resolve|Join|Len|Marshal|Validate|Check|Format|Error|Index|Value)(?:[A-Z\d]|$)/;

export function set(
  frame: Frame,
  call: CallExpr,
  locations: readonly Location[],
  value: (l: Location) => Origins,
): void {
  for (const location of locations) {
    const origins = value(location);
    frame.memory = write(frame.memory, location, origins, false);
    note(frame, location, origins, 'set', call);
  }
}

function receiverTargets(frame: Frame, receiver: Value, receiverExpr: Expr): readonly Location[] {
  const located = locateAll(frame, receiverExpr);
  return located.length > 0 ? located : receiver.refs;
}

/** What a method out of sight may write to: its receiver, and what that holds on to. */
function settable(frame: Frame, receiver: Value, receiverExpr: Expr): readonly Location[] {
  const places = receiverTargets(frame, receiver, receiverExpr);
  return [...places, ...(receiver.held ?? []), ...places.flatMap((place) => heldAt(frame, place))];
}

/** Only a pointer, or what is one in disguise, can be changed by its own method. */
function changesReceiver(frame: Frame, callee: Callee, receiver: Expr): boolean {
  if (callee.kind !== 'function') return true;
  if (callee.func.receiver?.pointer === true) return true;
  return (
    shapeOf(frame.info.typeOf(receiver)) === 'reference' &&
    under(frame.info.typeOf(receiver)).kind !== 'pointer'
  );
}

/** What the result of a call out of sight points to: a builder gives itself back, an accessor a part of itself. */
function givenOut(frame: Frame, call: CallExpr, callee: Callee, operands: Operands): readonly Location[] {
  const { receiver, receiverExpr } = operands;
  if (receiver === undefined || receiverExpr === undefined) return [];
  const result = resultType(frame, call);
  const places = receiverTargets(frame, receiver, receiverExpr);
  if (result !== undefined && sameNamed(result, frame.info.typeOf(receiverExpr))) return places;
  if (!isAccessor(frame, call, callee)) return [];
  const shared = result === undefined || shapeOf(result) === 'reference' || shapeOf(result) === 'unknown';
  return shared ? places.map((l) => partOf(l, accessorField(call))) : [];
}

function resultType(frame: Frame, call: CallExpr): Type | undefined {
  const type = frame.info.typeOf(call);
  return type.kind === 'tuple' ? type.types[0] : type;
}

/** `NewEncoder(w)` holds on to w, a request to its body. */
function heldBy(frame: Frame, call: CallExpr, { args }: Operands): readonly Location[] {
  if (!/^New/.test(calledName(call))) return [];
  return args.flatMap((arg, i) =>
    isContext(frame.info.typeOf(call.args[i]!)) ? [] : [...arg.refs, ...(arg.held ?? [])],
  );
}

/**
 * A method without arguments that gives out something of its receiver, as a field would: `t.GetClient()`, `page.GetNextToken()`. Not those
 * that make something of all of it, nor those of the standard library, whose fields say what they give out.
 */
function isAccessor(frame: Frame, call: CallExpr, callee: Callee): boolean {
  if (call.args.length > 0 || outsideOf(callee) === 'stdlib' || frame.world.isTracked(call)) return false;
  return !/^(?:Build|Encode|Marshal|String|Bytes|Params|Values|Query|URL|Clone|Copy)/.test(calledName(call));
}

function accessorField(call: CallExpr): string {
  return `${calledName(call)}()`;
}

function sameNamed(a: Type, b: Type): boolean {
  const [x, y] = [a.kind === 'pointer' ? a.elem : a, b.kind === 'pointer' ? b.elem : b];
  return x.kind === 'named' && y.kind === 'named' && x.object === y.object;
}

/** Notes that what was handed over by reference may have been written. */
function noteOpenWrites(frame: Frame, call: CallExpr, { args }: Operands): void {
  const all = args.reduce<Origins>((sum, arg) => union(sum, deepOrigins(frame, arg)), NOTHING);
  for (const arg of args) notePossible(frame, call, arg.refs, all);
}

function notePossible(frame: Frame, call: CallExpr, refs: readonly Location[], origins: Origins): void {
  for (const location of refs) note(frame, location, origins, 'possible', call);
}
