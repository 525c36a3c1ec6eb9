/**
 * Which goroutines use a variable that all iterations of a loop share?
 *
 *     for i = range hosts { g.Go(func() error { return probe(hosts[i]) }) }      // i: assigned by the loop, shared in every version
 *     for _, h := range hosts { g.Go(func() error { return probe(h) }) }         // h: shared before go 1.22
 *     for _, p := range probers { g.Go(p.run) }                                  // p, if run takes the address of it
 *
 * A goroutine that every turn waits for before the next one sees the right value and is no fault.
 */

import { loopOf } from '../../go/flow/loops.ts';
import { findPath } from '../../go/flow/paths.ts';
import { placeContaining, startOf } from '../../go/flow/places.ts';
import type { GoFunction, GoPackage } from '../../go/package.ts';
import type { Var } from '../../go/semantics/objects.ts';
import {
  type CallExpr,
  type Expr,
  type ForStmt,
  type FuncLit,
  type Ident,
  type Node,
  type RangeStmt,
  unparen,
} from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Finding } from '../../model/finding.ts';
import type { Note } from '../../model/location.ts';
import { allFunctions, contains, type Group, type GroupCall } from './calls.ts';
import { copyFix } from './fixes.ts';
import type { Context } from './index.ts';

/** A function that runs as a goroutine: a literal, or a call or method value that holds on to the variable it was made from. */
interface Goroutine {
  readonly fn: GoFunction;
  readonly body: FuncLit | { readonly receiver: Ident; readonly pos: number; readonly end: number };
  /** The group that it is given to, as written; undefined for a go statement. */
  readonly group: string | undefined;
}

interface LoopVariable {
  readonly variable: Var;
  readonly loop: ForStmt | RangeStmt;
  /** The loop declares it. */
  readonly declared: boolean;
}

export function judgeLoopVariables(
  pkg: GoPackage,
  groups: readonly Group[],
  calls: readonly GroupCall[],
  context: Context,
): { readonly findings: readonly Finding[]; readonly examined: readonly Note[] } {
  const findings: Finding[] = [];
  const examined: Note[] = [];
  const goroutines = goroutinesOf(pkg, groups, calls);
  const literals = new Set(goroutines.flatMap(({ body }) => ('kind' in body ? [body] : [])));
  for (const goroutine of goroutines) {
    for (const candidate of loopVariables(goroutine, literals)) {
      const { variable, loop, declared } = candidate;
      const use = firstUse(goroutine, variable);
      if (use === undefined || waitsEachTurn(goroutine, loop)) continue;
      const version = versionOf(pkg, goroutine.fn);
      if (declared && version.own && context.options.loopCapture !== 'always') {
        const text = `${variable.name}: each iteration has its own (${version.says})`;
        if (goroutine.group !== undefined) examined.push({ at: context.locate(use), text });
        continue;
      }
      const reason = !declared
        ? 'which is declared outside the loop and shared by all its iterations'
        : version.own
          ? 'which the project wants copied'
          : `which all iterations share (${version.says})`;
      const data = { variable: variable.name, reason };
      const related = [{ at: context.locate(headOf(loop)), text: 'the loop' }];
      const fixes = isCopyable(goroutine.fn, candidate) ? copyFix(pkg, loop, variable.name, context) : [];
      findings.push(context.finding('loop-variable', context.locate(use), data, { related, fixes }));
    }
  }
  return { findings, examined };
}

function headOf(loop: ForStmt | RangeStmt): { readonly pos: number; readonly end: number } {
  return { pos: loop.pos, end: loop.body.pos };
}

function goroutinesOf(
  pkg: GoPackage,
  groups: readonly Group[],
  calls: readonly GroupCall[],
): readonly Goroutine[] {
  const found = new Map<object, Goroutine>();
  const add = (fn: GoFunction, e: Expr, group: string | undefined): void => {
    const x = unparen(e);
    if (x.kind === 'FuncLit') {
      const literal = pkg.program.functionOf(x);
      if (literal.parent !== undefined) found.set(x, { fn: literal.parent, body: x, group });
      return;
    }
    const receiver = sharedReceiver(pkg, x);
    if (receiver !== undefined) found.set(x, { fn, body: { receiver, pos: x.pos, end: x.end }, group });
  };
  for (const fn of allFunctions(pkg))
    walk(fn.body, (node) => {
      if (node.kind !== 'GoStmt') return;
      const call = unparen(node.call);
      if (call.kind === 'CallExpr') add(fn, call.fun, undefined);
    });
  for (const { method, args, fn, receiver } of calls)
    if ((method === 'Go' || method === 'TryGo') && args[0] !== undefined)
      add(fn, args[0], pkg.program.files.textOf(receiver));
  for (const group of groups)
    for (const { given, call, args } of group.operations) {
      for (const { fn } of given)
        if (fn.node.kind === 'FuncLit' && fn.parent !== undefined && !found.has(fn.node) && fn.pkg === pkg)
          found.set(fn.node, { fn: fn.parent, body: fn.node, group: group.name });
      const at = pkg.program.packageAt(call.pos) === pkg ? pkg.program.functionAt(call.pos) : undefined;
      if (at !== undefined && args[0] !== undefined && given.length > 0 && !found.has(unparen(args[0])))
        add(at, args[0], group.name);
    }
  return [...found.values()].sort((a, b) => a.body.pos - b.body.pos);
}

/** `p.run` where run has a pointer receiver and p is no pointer: the method value holds on to p itself. */
function sharedReceiver(pkg: GoPackage, x: Expr): Ident | undefined {
  if (x.kind !== 'SelectorExpr') return undefined;
  const selection = pkg.info.selectionOf(x);
  if (selection?.kind !== 'method' || selection.method.receiver?.pointer !== true) return undefined;
  // The receiver is the variable, or a field of it that no pointer leads to.
  let e: Expr = unparen(x.x);
  if (selection.path.some((field) => field.type.kind === 'pointer')) return undefined;
  for (;;) {
    if (pkg.info.typeOf(e).kind !== 'named') return undefined;
    if (e.kind === 'Ident') return e;
    if (e.kind !== 'SelectorExpr') return undefined;
    e = unparen(e.x);
  }
}

/** The variables of the loops around the place where a goroutine is made, up to the goroutine that it is made in. */
function loopVariables(goroutine: Goroutine, literals: ReadonlySet<FuncLit>): readonly LoopVariable[] {
  const found: LoopVariable[] = [];
  let inner: { readonly pos: number; readonly end: number } = goroutine.body;
  for (let fn: GoFunction | undefined = goroutine.fn; fn !== undefined; fn = fn.parent) {
    const { info } = fn.pkg;
    const around = inner;
    walk(fn.body, (node) => {
      if (node.pos > around.pos || node.end < around.end) return node === fn?.body;
      if (node.kind !== 'ForStmt' && node.kind !== 'RangeStmt') return true;
      if (around.pos >= node.body.pos)
        found.push(...variablesOf(node, (id) => variableOf(info.objectOf(id))));
      return true;
    });
    if (fn.node.kind === 'FuncLit' && literals.has(fn.node)) break;
    inner = fn.node;
  }
  return found;
}

function variableOf(object: { readonly kind: string } | undefined): Var | undefined {
  return object?.kind === 'var' ? (object as Var) : undefined;
}

function variablesOf(
  loop: ForStmt | RangeStmt,
  objectOf: (id: Ident) => Var | undefined,
): readonly LoopVariable[] {
  const found: LoopVariable[] = [];
  const add = (target: Expr | undefined, declared: boolean): void => {
    const x = target === undefined ? undefined : unparen(target);
    if (x?.kind !== 'Ident') return;
    const variable = objectOf(x);
    if (variable !== undefined && !found.some((f) => f.variable === variable))
      found.push({ variable, loop, declared });
  };
  if (loop.kind === 'RangeStmt') {
    add(loop.key, loop.define);
    add(loop.value, loop.define);
    return found;
  }
  for (const clause of [loop.init, loop.post]) {
    if (clause?.kind === 'AssignStmt') for (const target of clause.lhs) add(target, clause.op === ':=');
    else if (clause?.kind === 'IncDecStmt') add(clause.x, false);
  }
  return found;
}

/** The first place in the goroutine where the variable is named. */
function firstUse({ fn, body }: Goroutine, variable: Var): Ident | undefined {
  const { info } = fn.pkg;
  if (!('kind' in body)) return info.objectOf(body.receiver) === variable ? body.receiver : undefined;
  let found: Ident | undefined;
  walk(
    body.body,
    (node) => {
      if (node.kind === 'Ident' && node.name === variable.name && found === undefined)
        if (info.objectOf(node) === variable) found = node;
      return found === undefined;
    },
    { literals: true },
  );
  return found;
}

/** On every way to the next turn the goroutine, or the group it belongs to, is waited for. */
function waitsEachTurn({ fn, body, group }: Goroutine, stmt: ForStmt | RangeStmt): boolean {
  const { cfg, pkg } = fn;
  const loop = loopOf(cfg, stmt);
  const from = placeContaining(cfg, body as Node);
  if (loop === undefined || from === undefined) return false;
  const waits = fn.calls.filter((call: CallExpr) => {
    const fun = unparen(call.fun);
    if (fun.kind !== 'SelectorExpr' || fun.sel.name !== 'Wait') return false;
    if (stmt.body.pos > call.pos || call.end > stmt.body.end) return false;
    return group === undefined ? isWaitGroup(pkg, fun.x) : pkg.program.files.textOf(fun.x) === group;
  });
  const places = waits.flatMap((call) => placeContaining(cfg, call) ?? []);
  return places.length > 0 && findPath(cfg, from, startOf(loop.head), { places }) === undefined;
}

export function isWaitGroup(pkg: GoPackage, x: Expr): boolean {
  let type = pkg.info.typeOf(x);
  while (type.kind === 'pointer') type = type.elem;
  return type.kind === 'named' && type.object.name === 'WaitGroup' && type.object.pkg.path === 'sync';
}

interface Version {
  /** Each iteration has its own variables (go.dev/blog/loopvar-preview). */
  readonly own: boolean;
  readonly says: string;
}

function versionOf(pkg: GoPackage, { file }: GoFunction): Version {
  const version = pkg.goVersionOf(file);
  const [, major = '1', minor = '0'] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  const own = Number(major) > 1 || Number(minor) >= 22;
  const { goDirective, goVersion } = pkg.module;
  if (version === undefined) return { own, says: 'go.mod names no version, so as before go 1.22' };
  if (version !== goVersion || goDirective === undefined) return { own, says: `//go:build, go ${version}` };
  const name = goDirective.file.slice(goDirective.file.lastIndexOf('/') + 1);
  return { own, says: `${name}:${goDirective.line} go ${version}` };
}

/** A copy changes nothing else if the body only reads the variable, and does not give its address away. */
function isCopyable(fn: GoFunction, { variable, loop }: LoopVariable): boolean {
  const { info } = fn.pkg;
  const isVariable = (e: Expr): boolean => {
    const x = unparen(e);
    return x.kind === 'Ident' && info.objectOf(x) === variable;
  };
  return !contains(loop.body, (node) => {
    switch (node.kind) {
      case 'AssignStmt':
        return node.lhs.some(isVariable);
      case 'IncDecStmt':
        return isVariable(node.x);
      case 'RangeStmt':
        return [node.key, node.value].some((x) => x !== undefined && isVariable(x));
      default:
        return false;
    }
  });
}
