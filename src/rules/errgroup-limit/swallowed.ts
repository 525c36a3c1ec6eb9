/**
 * Goroutines of a group that log an error and return nil.
 *
 *     if err := probe(ctx, host); err != nil { log.Print(err); return nil }     // the return
 *     if err != nil { log.Print(err) }; return nil                              // the return
 *
 * Not meant: an error that is also stored, sent, counted, wrapped or asked about (`errors.Is`): somebody decided. Nor `continue` in a loop
 * over items: one bad item need not stop the others.
 */
import type { BasicBlock, Edge, FlowNode } from '../../go/flow/cfg.ts';
import { nilTest } from '../../go/flow/conditions.ts';
import { edgeDominates } from '../../go/flow/dominators.ts';
import { isReachable } from '../../go/flow/graph.ts';
import { isInLoop, loopForest } from '../../go/flow/loops.ts';
import type { GoFunction, GoPackage } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { type CallExpr, type Node, type ReturnStmt, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Finding } from '../../model/finding.ts';
import type { Group, GroupCall } from './calls.ts';
import type { Context } from './index.ts';

export function judgeSwallowed(
  pkg: GoPackage,
  groups: readonly Group[],
  calls: readonly GroupCall[],
  context: Context,
): readonly Finding[] {
  const tasks = new Set<GoFunction>();
  for (const { operations } of groups)
    for (const { given } of operations) for (const { fn } of given) if (fn.pkg === pkg) tasks.add(fn);
  for (const { method, args } of calls) {
    const task = args[0] === undefined ? undefined : unparen(args[0]);
    if ((method === 'Go' || method === 'TryGo') && task?.kind === 'FuncLit')
      tasks.add(pkg.program.functionOf(task));
  }
  const nodes = new Set<Node>();
  return [...tasks].flatMap((task) => {
    if (nodes.has(task.node) || task.results.length === 0 || task.file.generated) return [];
    nodes.add(task.node);
    return swallowedIn(task, context);
  });
}

function swallowedIn(fn: GoFunction, context: Context): readonly Finding[] {
  const { cfg, pkg } = fn;
  const found = new Map<ReturnStmt, Finding>();
  for (const block of cfg.blocks) {
    if (!isReachable(cfg, block)) continue;
    for (const edge of block.succs) {
      const test = nilTest(edge.why);
      const x = test && unparen(test.x);
      if (test?.isNil !== false || x?.kind !== 'Ident') continue;
      const error = pkg.info.objectOf(x);
      if (error?.kind !== 'var' || !isError(error)) continue;
      for (const stmt of nilReturnsBehind(fn, edge, error, context)) {
        if (found.has(stmt)) continue;
        const related = [{ at: context.locate(x), text: 'the failure' }];
        found.set(
          stmt,
          context.finding('swallowed-in-goroutine', context.locate(stmt), { error: error.name }, { related }),
        );
      }
    }
  }
  return [...found.values()];
}

/** An error by its type, or by its name where the type is of a package without source. */
function isError({ name, type }: Var): boolean {
  return isErrorType(type) || (type.kind === 'unknown' && /^err(?:[A-Z]\w*)?$|Err$/.test(name));
}

/** The `return nil` to which the failure leads, with nothing but a log on the way. */
function nilReturnsBehind(fn: GoFunction, edge: Edge, error: Var, context: Context): readonly ReturnStmt[] {
  const { cfg } = fn;
  const loop = loopForest(cfg).innermost[edge.from.index];
  const reached = new Set<BasicBlock>([edge.to]);
  for (const block of reached) {
    if (block.nodes.some((node) => node.kind === 'ReturnStmt')) continue;
    for (const { to } of block.succs)
      if (to !== loop?.head && (loop === undefined || isInLoop(cfg, loop, block))) reached.add(to);
  }
  if (loop !== undefined && !isInLoop(cfg, loop, edge.to) && edge.to.nodes.at(-1)?.kind !== 'ReturnStmt')
    return [];
  const found: ReturnStmt[] = [];
  for (const block of reached) {
    const last = block.nodes.at(-1);
    if (last?.kind !== 'ReturnStmt') continue;
    const value = last.results.at(-1);
    if (value?.kind !== 'Ident' || fn.pkg.info.objectOf(value)?.kind !== 'nil') continue;
    // Left behind a loop: one item among many.
    const left = block.preds.every((p) => loop !== undefined && isInLoop(cfg, loop, p.from));
    if (loop !== undefined && !edgeDominates(cfg, edge, block) && !left) continue;
    const way = blocksBetween(edge.to, block, reached);
    const inside = edgeDominates(cfg, edge, block);
    const nodes = way.flatMap((b) => b.nodes.map((node) => ({ node, guarded: edgeDominates(cfg, edge, b) })));
    if (isOnlyLogged(fn, nodes, error, inside, context)) found.push(last);
  }
  return found;
}

/** The blocks on the ways from one to the other. */
function blocksBetween(
  from: BasicBlock,
  to: BasicBlock,
  within: ReadonlySet<BasicBlock>,
): readonly BasicBlock[] {
  const back = new Set<BasicBlock>([to]);
  for (const block of back) {
    if (block === from) continue;
    for (const { from: before } of block.preds) if (within.has(before)) back.add(before);
  }
  return [...within].filter((block) => back.has(block));
}

/** Is the error named in logging, and nowhere else? Behind the `if` nothing else may be done before the return. */
function isOnlyLogged(
  fn: GoFunction,
  nodes: readonly { readonly node: FlowNode; readonly guarded: boolean }[],
  error: Var,
  inside: boolean,
  context: Context,
): boolean {
  const { info } = fn.pkg;
  let logged = false;
  for (const { node, guarded } of nodes) {
    const inLog = new Set<Node>();
    let other = false;
    let busy = false;
    walk(
      node,
      (x) => {
        if (x.kind === 'CallExpr' && isLog(fn.pkg, x, context)) walk(x, (y) => void inLog.add(y));
        else if (x.kind === 'CallExpr' && !inLog.has(x)) busy = true;
        if (x.kind === 'Ident' && x.name === error.name && info.objectOf(x) === error) {
          if (inLog.has(x)) logged = true;
          else other = true;
        }
      },
      { literals: true },
    );
    if (other || (busy && !inside && !guarded)) return false;
    if (!inside && !guarded && (node.kind === 'AssignStmt' || node.kind === 'SendStmt')) return false;
  }
  return logged;
}

/** A logger's call, or printing to a standard stream. */
function isLog(pkg: GoPackage, call: CallExpr, { platform }: Context): boolean {
  if (platform.isLogging(call)) return true;
  const callee = pkg.program.calleeOf(call);
  if (callee.kind !== 'function' || callee.func.pkg.path !== 'fmt') return false;
  if (/^Print(?:f|ln)?$/.test(callee.func.name)) return true;
  const [stream] = call.args;
  if (!/^Fprint(?:f|ln)?$/.test(callee.func.name) || stream === undefined) return false;
  return /^os\.Std(?:err|out)$/.test(pkg.program.files.textOf(stream));
}
