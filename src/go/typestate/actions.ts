/**
 * What a node of a graph does to the tracked object.
 *
 *     g, ctx := errgroup.WithContext(ctx)    // make
 *     defer g.Wait()                         // nothing here; an operation in the exit block
 *     schedule(ctx, g, hosts)                // call: schedule, with its second parameter being the object
 *     filepath.WalkDir(root, func(…) { … })  // call of the literal, perhaps, and perhaps several times
 *     lib.Run(g)                             // handed to code without source
 */

import type { FlowNode } from '../flow/cfg.ts';
import { deferOf, evaluatedRoots, isConditional, isTypeSyntax } from '../flow/evaluation.ts';
import type { GoFunction } from '../package.ts';
import type { Func } from '../semantics/objects.ts';
import { type CallExpr, type Expr, type Node, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import type { Tracker } from './tracker.ts';
import { type Frame, type FunctionValue, isRelevant, type Value } from './value.ts';

export interface Handed {
  readonly kind: 'handed';
  readonly node: Node;
  readonly how: 'returned' | 'sent' | 'handed';
  /** Functions that went along. */
  readonly functions: readonly FunctionValue[];
}

export type Action =
  | { readonly kind: 'make'; readonly node: Node }
  | {
      readonly kind: 'operation';
      readonly method: string;
      readonly call: CallExpr;
      readonly args: readonly Expr[];
      readonly detached: 'defer' | 'go' | undefined;
      /** `&&` or `||` may skip it. */
      readonly conditional: boolean;
    }
  | {
      readonly kind: 'call';
      readonly targets: readonly Frame[];
      /** It happens here, exactly once. */
      readonly certain: boolean;
      readonly repeated: boolean;
      /** It happens here, unless it has happened before: `sync.Once`. */
      readonly once?: boolean;
    }
  | Handed;

export function actionsAt(
  tracker: Tracker,
  frame: Frame,
  node: FlowNode,
  makes: (node: Node) => boolean,
  follows: (fn: GoFunction) => boolean,
): readonly Action[] {
  const actions: Action[] = [];
  const { cfg } = frame.fn;
  if (node.kind === 'DeclStmt' && node.decl.kind === 'VarDecl') {
    for (const spec of node.decl.specs) if (makes(spec)) actions.push({ kind: 'make', node: spec });
  }
  const leave = (x: Node): void => {
    if (x.kind === 'CompositeLit' || x.kind === 'CallExpr') {
      if (makes(x)) actions.push({ kind: 'make', node: x });
      else if (x.kind === 'CallExpr') callActions(tracker, frame, x, node, undefined, follows, actions);
    }
  };
  for (const root of evaluatedRoots(cfg, node)) {
    if (root.kind === 'FuncLit') continue;
    walk(root, (x) => !isTypeSyntax(x), { leave });
  }
  const own = node.kind === 'GoStmt' ? unparen(node.call) : deferOf(cfg, node) && node;
  if (own?.kind === 'CallExpr')
    callActions(tracker, frame, own, node, node.kind === 'GoStmt' ? 'go' : 'defer', follows, actions);
  if (node.kind === 'ReturnStmt')
    for (const x of node.results) handOver(tracker.valueOf(frame, x), node, 'returned', actions);
  if (node.kind === 'SendStmt') handOver(tracker.valueOf(frame, node.value), node, 'sent', actions);
  return actions;
}

function handOver(value: Value, node: Node, how: Handed['how'], actions: Action[]): void {
  if (!isRelevant(value)) return;
  const functions = value.functions.filter((f) => f.outer !== undefined);
  actions.push({ kind: 'handed', node, how, functions });
}

function callActions(
  tracker: Tracker,
  frame: Frame,
  call: CallExpr,
  node: FlowNode,
  detached: 'defer' | 'go' | undefined,
  follows: (fn: GoFunction) => boolean,
  actions: Action[],
): void {
  const { info } = frame.fn.pkg;
  const kind = info.callKind(call);
  if (kind === 'conversion' || kind === 'builtin') return;
  const conditional = detached === undefined && isConditional(node, call);
  const fun = unparen(call.fun);
  // (*errgroup.Group).SetLimit(&g, 10)
  if (fun.kind === 'SelectorExpr' && tracker.subject.methods.has(fun.sel.name) && info.isType(fun.x)) {
    const [receiver, ...args] = call.args;
    if (receiver !== undefined && tracker.valueOf(frame, receiver).object)
      actions.push({ kind: 'operation', method: fun.sel.name, call, args, detached, conditional });
    return;
  }
  const { methods, functions } = tracker.valueOf(frame, fun);
  for (const method of methods)
    actions.push({ kind: 'operation', method, call, args: call.args, detached, conditional });
  if (methods.length > 0) return;
  const args = tracker.argumentsOf(frame, call);
  const receiver = tracker.receiverOf(frame, call);
  const isGiven = isRelevant(receiver) || args.some(isRelevant);
  const targets = functions.length > 0 ? functions : tracker.targetsOf(frame, call);
  const certain = detached !== 'go' && !conditional;
  if (targets.length > 0) {
    const frames = targets
      .filter(({ fn, outer }) => isGiven || outer !== undefined || follows(fn))
      .map((target) => tracker.called(target, args, receiver))
      .filter((f) => f !== undefined);
    if (frames.length > 0) {
      const all = certain && frames.length === targets.length;
      actions.push({ kind: 'call', targets: frames, certain: all, repeated: false });
    }
    return;
  }
  if (!isGiven) return;
  // Code without source: it may call the functions it is given, now and again.
  const given = [...args, receiver].flatMap((value) => value.functions.filter((f) => f.outer !== undefined));
  const frames = given.map((target) => tracker.called(target, [], receiver)).filter((f) => f !== undefined);
  const callee = tracker.program.calleeOf(call);
  if (frames.length > 0) {
    const once = callee.kind === 'function' && isOnce(callee.func);
    actions.push({ kind: 'call', targets: frames, certain: once, repeated: !once, once });
  }
  const isHarmless = callee.kind === 'function' && callee.func.pkg.origin === 'stdlib';
  if (!isHarmless && (receiver.object || args.some((v) => v.object || v.methods.length > 0)))
    actions.push({ kind: 'handed', node: call, how: 'handed', functions: [] });
}

/** `(*sync.Once).Do`: when it comes back, the function has run (pkg.go.dev/sync#Once.Do). */
function isOnce({ name, pkg, receiver }: Func): boolean {
  return name === 'Do' && pkg.path === 'sync' && receiver?.type.name === 'Once';
}
