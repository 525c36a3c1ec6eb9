/**
 * What the nodes of a graph do to a world.
 */
import type { FlowNode } from '../flow/cfg.ts';
import { type DeferStmt, type Expr, type RangeStmt, unparen } from '../syntax/ast.ts';
import { invoke, spawn, targetsOf } from './call.ts';
import { cellAt, cellOf, nodeCell } from './cells.ts';
import { calculated, evaluate, evaluateAll, evaluateFor, methodOf, receiverOf } from './evaluate.ts';
import type { Execution, Frame, Site } from './execution.ts';
import {
  constant,
  type FunctionValue,
  isTracked,
  numberOf,
  UNKNOWN,
  unknown,
  type Value,
  zeroOf,
} from './value.ts';
import { forget, read, type World, write } from './world.ts';

export function executeNode<S>(
  x: Execution<S>,
  frame: Frame,
  node: FlowNode,
  world: World<S>,
): readonly World<S>[] {
  x.observer.step?.(node, frame, world);
  switch (node.kind) {
    case 'ExprStmt':
      return evaluate(x, frame, node.x, world).map((r) => r.world);
    case 'AssignStmt': {
      const { lhs, rhs, op } = node;
      if (op !== '=' && op !== ':=')
        return evaluateAll(x, frame, [...lhs, ...rhs], world).map(({ world: w, values: [a, b] }) =>
          assign(x, frame, lhs[0]!, calculated(op[0]!, a!, b!) ?? unknown(isTracked(a!) || isTracked(b!)), w),
        );
      return operands(x, frame, lhs, world).flatMap((start) =>
        evaluateFor(x, frame, rhs, lhs.length, start).map((r) =>
          lhs.reduce((w, target, i) => assign(x, frame, target, r.values[i] ?? UNKNOWN, w), r.world),
        ),
      );
    }
    case 'DeclStmt': {
      if (node.decl.kind !== 'VarDecl') return [world];
      let worlds: readonly World<S>[] = [world];
      for (const { names, values } of node.decl.specs)
        worlds = worlds.flatMap((start) => {
          if (values.length === 0)
            return [names.reduce((w, name) => assign(x, frame, name, zeroFor(frame, name), w), start)];
          return evaluateFor(x, frame, values, names.length, start).map((r) =>
            names.reduce((w, name, i) => assign(x, frame, name, r.values[i] ?? UNKNOWN, w), r.world),
          );
        });
      return worlds;
    }
    case 'IncDecStmt':
      return evaluate(x, frame, node.x, world).map(({ world: w, values: [v] }) =>
        assign(x, frame, node.x, calculated(node.op[0]!, v!, constant(1)) ?? unknown(isTracked(v!)), w),
      );
    case 'SendStmt':
      return evaluateAll(x, frame, [node.chan, node.value], world).map(({ world: w, values: [to, value] }) =>
        to!.kind === 'object' ? write(w, `${to!.name}.<-`, value!) : w,
      );
    case 'ReturnStmt': {
      const { results } = frame.fn;
      if (node.results.length === 0) return [world];
      return evaluateFor(x, frame, node.results, results.length, world).map((r) =>
        results.reduce((w, result, i) => {
          const cell =
            result.name !== '' && result.name !== '_' ? cellOf(result, frame) : `t${i}@${frame.depth}`;
          return cell === undefined ? w : write(w, cell, r.values[i] ?? UNKNOWN);
        }, r.world),
      );
    }
    case 'GoStmt': {
      const call = unparen(node.call);
      if (call.kind !== 'CallExpr') return [world];
      return prepared(x, frame, call, world).flatMap(({ site, world: w }) =>
        spawn(x, node, frame, w, (start) => invoke(x, site, start)).map((r) => r.world),
      );
    }
    case 'DeferStmt':
      return deferred(x, frame, node, world);
    case 'RangeStmt':
      return [turn(x, frame, node, world)];
    case 'TypeSwitchStmt':
    case 'SelectStmt':
    case 'BranchStmt':
    case 'EmptyStmt':
    case 'BadStmt':
    case 'Block':
    case 'IfStmt':
    case 'SwitchStmt':
    case 'ForStmt':
    case 'LabeledStmt':
      return [world];
    default:
      return standing(x, frame, node, world);
  }
}

/** An expression that stands alone: the tag of a switch or what is ranged over. Its value is needed later. */
function standing<S>(x: Execution<S>, frame: Frame, node: Expr, world: World<S>): readonly World<S>[] {
  return evaluate(x, frame, node, world).flatMap(({ world: w, values }) => {
    const value = values[0] ?? UNKNOWN;
    const index = nodeCell('index', node, frame);
    const noted = write(
      forget(w, (cell) => cell === index),
      nodeCell('operand', node, frame),
      value,
    );
    if (value.kind !== 'function' || !isRangedOver(frame, node)) return [noted];
    // Ranging over a function calls it.
    return calledByRange(x, frame, node, value, noted);
  });
}

function isRangedOver(frame: Frame, node: Expr): boolean {
  const block = frame.fn.cfg.placeOf(node)?.block;
  const next = block?.succs[0]?.to.succs[0]?.why;
  return next?.kind === 'range-next' && next.stmt.x === node;
}

function calledByRange<S>(
  x: Execution<S>,
  frame: Frame,
  node: Expr,
  value: Extract<Value, { kind: 'function' }>,
  world: World<S>,
): readonly World<S>[] {
  const call = {
    kind: 'CallExpr' as const,
    fun: node,
    args: [],
    ellipsis: false,
    pos: node.pos,
    end: node.end,
  };
  const site: Site = {
    call,
    callee: { kind: 'closure', functions: [value.fn] },
    frame,
    fun: value,
    receiver: value.receiver,
    args: [],
    targets: [{ fn: value.fn, scopes: value.scopes, receiver: value.receiver }],
  };
  return invoke(x, site, world).map((r) => r.world);
}

/** The variables of a turn. */
function turn<S>(x: Execution<S>, frame: Frame, stmt: RangeStmt, world: World<S>): World<S> {
  const over = read(world, nodeCell('operand', stmt.x, frame)) ?? UNKNOWN;
  const at = read(world, nodeCell('index', stmt.x, frame));
  const i = at?.kind === 'constant' && typeof at.value === 'number' ? at.value - 1 : undefined;
  let w = world;
  if (stmt.key !== undefined) w = assign(x, frame, stmt.key, i === undefined ? UNKNOWN : constant(i), w);
  if (stmt.value === undefined) return w;
  let element: Value = unknown(isTracked(over));
  if (over.kind === 'list' && i !== undefined) element = over.elements[i] ?? UNKNOWN;
  else if (over.kind === 'choice') element = over;
  return assign(x, frame, stmt.value, element, w);
}

/** What the left side of an assignment executes. */
function operands<S>(
  x: Execution<S>,
  frame: Frame,
  lhs: readonly Expr[],
  world: World<S>,
): readonly World<S>[] {
  const parts = lhs.flatMap((target) => {
    const e = unparen(target);
    if (e.kind === 'IndexExpr') return [e.x, ...e.indices];
    return e.kind === 'SelectorExpr' || e.kind === 'StarExpr' ? [e.x] : [];
  });
  return parts.length === 0 ? [world] : evaluateAll(x, frame, parts, world).map((r) => r.world);
}

function assign<S>(x: Execution<S>, frame: Frame, target: Expr, value: Value, world: World<S>): World<S> {
  const e = unparen(target);
  if (e.kind === 'Ident' && e.name === '_') return world;
  const cell = cellAt(x, frame, e, world);
  if (cell !== undefined) return write(world, cell, value);
  if (e.kind !== 'IndexExpr') return world;
  // An element of a list that is known: which one may not be.
  const list = cellAt(x, frame, e.x, world);
  const before = list === undefined ? undefined : read(world, list);
  if (list === undefined || before === undefined) return world;
  if (before.kind === 'list' || before.kind === 'choice')
    return write(world, list, unknown(isTracked(value)));
  return isTracked(value) ? write(world, list, unknown(true)) : world;
}

function zeroFor(frame: Frame, name: Extract<Expr, { kind: 'Ident' }>): Value {
  const object = frame.fn.pkg.info.objectOf(name);
  if (object?.kind !== 'var') return UNKNOWN;
  return zeroOf(object.type, `z${numberOf(object)}@${frame.depth}`);
}

/** A call whose operands are evaluated now and which happens later or elsewhere. */
function prepared<S>(
  x: Execution<S>,
  frame: Frame,
  call: Extract<Expr, { kind: 'CallExpr' }>,
  world: World<S>,
): readonly { readonly site: Site; readonly world: World<S> }[] {
  const callee = x.program.calleeOf(call);
  const fun = unparen(call.fun);
  const selection = fun.kind === 'SelectorExpr' ? frame.fn.pkg.info.selectionOf(fun) : undefined;
  const method = selection?.kind === 'method' && fun.kind === 'SelectorExpr' ? { selection, fun } : undefined;
  return evaluate(x, frame, method === undefined ? fun : method.fun.x, world).flatMap((operand) =>
    evaluateAll(x, frame, call.args, operand.world).map(({ world: w, values: args }) => {
      const value = operand.values[0] ?? UNKNOWN;
      const found =
        method?.selection.method.interfaceMethod === true
          ? methodOf(x, w, value, method.selection.method.name)
          : undefined;
      const receiver =
        found?.receiver ?? (method === undefined ? undefined : receiverOf(w, value, method.selection.path));
      const fun: FunctionValue | undefined =
        found !== undefined
          ? { kind: 'function', ...found, scopes: new Map(), at: call.fun, madeIn: frame.fn }
          : method === undefined && value.kind === 'function'
            ? value
            : undefined;
      const parts = { callee, fun, receiver: fun?.receiver ?? receiver };
      return { site: { ...parts, call, frame, args, targets: targetsOf(x, parts) }, world: w };
    }),
  );
}

/** Notes the call with its operands; it happens at the end of the function. */
function deferred<S>(x: Execution<S>, frame: Frame, stmt: DeferStmt, world: World<S>): readonly World<S>[] {
  const call = unparen(stmt.call);
  if (call.kind !== 'CallExpr' || x.program.calleeOf(call).kind === 'builtin') return [world];
  return prepared(x, frame, call, world).map(({ site, world: w }) => {
    const cell = nodeCell('deferred', stmt, frame);
    const parts = [site.fun ?? UNKNOWN, site.receiver ?? UNKNOWN, ...site.args];
    return write(w, cell, { kind: 'list', elements: parts });
  });
}

/** Makes a deferred call, if the world has come by its `defer`. */
export function runDeferred<S>(
  x: Execution<S>,
  frame: Frame,
  stmt: DeferStmt,
  world: World<S>,
): readonly World<S>[] {
  const cell = nodeCell('deferred', stmt, frame);
  const noted = read(world, cell);
  const call = unparen(stmt.call);
  if (noted === undefined || call.kind !== 'CallExpr') return [world];
  const [value = UNKNOWN, receiver = UNKNOWN, ...args] = noted.kind === 'list' ? noted.elements : [];
  const at: Frame = { ...frame, deferredBy: Math.min(frame.deferredBy ?? frame.depth, frame.depth) };
  const parts = {
    callee: x.program.calleeOf(call),
    fun: value.kind === 'function' ? value : undefined,
    receiver,
  };
  const site: Site = { ...parts, call, frame: at, args, targets: targetsOf(x, parts) };
  return invoke(
    x,
    site,
    forget(world, (c) => c === cell),
  ).map((r) => r.world);
}
