/**
 * One pass over the nodes of a graph that lists what they do to variables: `accesses.ts` says what the list means.
 *
 * Works on identifiers: the statements around them note beforehand which ones are written, all others are reads. What an identifier
 * stands for is asked once per identifier; names behind a dot are never asked for, which would need types.
 */
import type { Var } from '../semantics/objects.ts';
import { type Expr, type FuncLit, type Ident, type Node, type ReturnStmt, unparen } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import type { Access, AccessKind, Binding, Variables } from './accesses.ts';
import type { Cfg, FlowNode, Place } from './cfg.ts';
import { deferOf, evaluatedRoots, isTypeSyntax } from './evaluation.ts';
import { entryPlace, exitPlace } from './places.ts';

/** Numbered when all are known. */
type OpenAccess = { -readonly [K in keyof Access]: Access[K] };

interface Target {
  readonly kind: AccessKind;
  readonly target?: Expr;
  readonly value?: Expr | undefined;
  readonly result?: number;
}

interface Collector {
  readonly cfg: Cfg;
  readonly binding: Binding;
  readonly variables: Var[];
  readonly numberOf: Map<Var, number>;
  readonly byBlock: OpenAccess[][];
  readonly results: readonly Var[];
  /** Type switch variables: every clause has one of its own, declared by the identifier of the switch. */
  readonly binds: Map<Ident, { readonly place: Place; readonly variables: Var[] }>;
}

/** See `variablesOf`, which remembers the result. */
export function collectAccesses(cfg: Cfg, binding: Binding): Variables {
  const c: Collector = {
    cfg,
    binding,
    variables: [],
    numberOf: new Map(),
    byBlock: cfg.blocks.map(() => []),
    results: namedResults(cfg, binding),
    binds: new Map(),
  };
  const { func } = cfg;
  const receiver = func.kind === 'FuncDecl' && func.recv !== undefined ? [func.recv] : [];
  for (const field of [...receiver, ...func.type.params, ...func.type.results]) {
    for (const name of field.names) {
      const variable = variableOf(c, name);
      if (variable !== undefined) numberOf(c, variable);
    }
  }
  for (const block of cfg.blocks) {
    block.nodes.forEach((node, index) => {
      visitNode(c, node, { block, index });
    });
  }
  for (const variable of c.results) emit(c, variable, exitPlace(cfg), undefined, { kind: 'read' });
  for (const { place, variables } of c.binds.values()) insertDeclarations(c, place, variables);

  const byVariable: Access[][] = c.variables.map(() => []);
  const outer = c.variables.map((v) => !within(v.ident, func));
  c.byBlock[cfg.entry.index]!.unshift(
    ...c.variables
      .filter((v, i) => outer[i] || v.role === 'param' || v.role === 'result' || v.role === 'receiver')
      .map((variable) => access(variable, entryPlace(cfg), { kind: 'initial' })),
  );
  for (const accesses of c.byBlock) {
    for (const one of accesses) {
      const others = byVariable[c.numberOf.get(one.variable)!]!;
      one.position = others.length;
      others.push(one);
    }
  }
  return { cfg, variables: c.variables, numberOf: c.numberOf, byBlock: c.byBlock, byVariable, outer };
}

function namedResults(cfg: Cfg, binding: Binding): readonly Var[] {
  const found: Var[] = [];
  for (const field of cfg.func.type.results) {
    for (const name of field.names) {
      const object = binding.objectOf(name);
      if (object?.kind === 'var') found.push(object);
    }
  }
  return found;
}

function visitNode(c: Collector, node: FlowNode, place: Place): void {
  switch (node.kind) {
    case 'DeclStmt':
      // Each line of a `var ( … )` may use the variables of the lines before it.
      if (node.decl.kind !== 'VarDecl') return;
      for (const spec of node.decl.specs) visitParts(c, spec, [...spec.values, ...spec.names], place);
      return;
    case 'TypeSwitchStmt':
      if (node.bind !== undefined) c.binds.set(node.bind, { place, variables: [] });
      return;
    case 'DeferStmt': {
      const roots = evaluatedRoots(c.cfg, node);
      visitParts(c, node, roots[0]?.kind === 'FuncLit' ? roots.slice(1) : roots, place);
      return;
    }
    case 'ReturnStmt':
      visitParts(c, node, node.results, place);
      visitReturn(c, node, place);
      return;
    default: {
      const literal = deferOf(c.cfg, node) !== undefined && node.kind === 'CallExpr' ? node.fun : undefined;
      if (literal?.kind === 'FuncLit') scanLiteral(c, literal, place, false);
      visitParts(c, node, evaluatedRoots(c.cfg, node), place);
    }
  }
}

function visitParts(c: Collector, node: Node, parts: readonly Expr[], place: Place): void {
  const targets = new Map<Ident, Target>();
  markTargets(node, targets);
  const writes: (() => void)[] = [];
  for (const part of parts) scan(c, part, { place, targets, closure: undefined, later: false, writes });
  for (const write of writes) write();
}

/** A `return` assigns to named results, by position; without values it reads them. */
function visitReturn(c: Collector, node: ReturnStmt, place: Place): void {
  if (node.results.length === 0) {
    for (const variable of c.results) emit(c, variable, place, undefined, { kind: 'read' });
    return;
  }
  const names = c.cfg.func.type.results.flatMap((field) => field.names);
  names.forEach((name, i) => {
    const variable = variableOf(c, name);
    if (variable === undefined) return;
    emit(c, variable, place, undefined, { kind: 'result', ...sourceOf(node.results, i, names.length) });
  });
}

interface Scan {
  readonly place: Place;
  readonly targets: Map<Ident, Target>;
  readonly closure: FuncLit | undefined;
  readonly later: boolean;
  /** The node's own writes, which happen when everything is evaluated; in closures order means nothing. */
  readonly writes: (() => void)[] | undefined;
}

/** Emits the accesses in an expression, or in the body of a literal. */
function scan(c: Collector, root: Node, s: Scan): void {
  const selected = new Set<Ident>();
  const calledHere = new Set<FuncLit>();
  const enter = (node: Node): boolean => {
    if (isTypeSyntax(node)) return false;
    switch (node.kind) {
      case 'SelectorExpr':
        selected.add(node.sel);
        return true;
      case 'CallExpr': {
        const fun = unparen(node.fun);
        if (fun.kind === 'FuncLit') calledHere.add(fun);
        return true;
      }
      case 'FuncLit':
        if (s.closure !== undefined) return true;
        scanLiteral(c, node, s.place, !calledHere.has(node));
        return false;
      case 'UnaryExpr':
        if (node.op === '&') mark(s.targets, node.x, { kind: 'address', target: node.x });
        return true;
      case 'Ident': {
        const variable = selected.has(node) ? undefined : variableOf(c, node);
        if (variable === undefined || (s.closure !== undefined && within(variable.ident, s.closure)))
          return true;
        const target = s.targets.get(node) ?? { kind: 'read' };
        const write = (): void => {
          const kind = target.kind === 'assign' && variable.ident === node ? 'declare' : target.kind;
          emit(c, variable, s.place, node, { ...target, kind }, s.closure, s.later);
        };
        if (s.writes !== undefined && target.kind !== 'read' && target.kind !== 'address')
          s.writes.push(write);
        else write();
        return true;
      }
      default:
        if (s.closure !== undefined) markTargets(node, s.targets);
        return true;
    }
  };
  walk(root, enter, { literals: s.closure !== undefined });
}

function scanLiteral(c: Collector, literal: FuncLit, place: Place, later: boolean): void {
  scan(c, literal.body, { place, targets: new Map(), closure: literal, later, writes: undefined });
}

/** Notes what a statement (or one line of a `var`) writes. */
function markTargets(node: Node, targets: Map<Ident, Target>): void {
  switch (node.kind) {
    case 'AssignStmt': {
      const { lhs, rhs } = node;
      const kind = node.op === '=' || node.op === ':=' ? 'assign' : 'update';
      lhs.forEach((x, i) => {
        mark(targets, x, { kind, ...sourceOf(rhs, i, lhs.length) });
      });
      return;
    }
    case 'IncDecStmt':
      mark(targets, node.x, { kind: 'update' });
      return;
    case 'RangeStmt':
      if (node.key !== undefined) mark(targets, node.key, { kind: 'assign' });
      if (node.value !== undefined) mark(targets, node.value, { kind: 'assign' });
      return;
    case 'VarSpec':
      node.names.forEach((name, i) => {
        mark(targets, name, { kind: 'assign', ...sourceOf(node.values, i, node.names.length) });
      });
      return;
    default:
  }
}

/** The value that the i-th of `count` targets gets from `values`. */
function sourceOf(values: readonly Expr[], i: number, count: number): Pick<Target, 'value' | 'result'> {
  return values.length === count ? { value: values[i], result: -1 } : { value: values[0], result: i };
}

function mark(targets: Map<Ident, Target>, written: Expr, how: Target): void {
  const x = unparen(written);
  if (x.kind === 'Ident') {
    targets.set(x, how);
    return;
  }
  const root = rootOf(x);
  if (root === undefined) return;
  const kind = how.kind === 'address' ? 'address' : 'part';
  targets.set(root, { ...how, kind, target: x });
}

/** The variable that an operand is a part of, or that points to it: `x` for `x.f[i].g` and `(*x).f`; undefined for results of calls. */
export function rootOf(operand: Expr): Ident | undefined {
  let x = operand;
  for (;;) {
    switch (x.kind) {
      case 'Ident':
        return x;
      case 'SelectorExpr':
      case 'IndexExpr':
      case 'StarExpr':
      case 'ParenExpr':
        x = x.x;
        continue;
      default:
        return undefined;
    }
  }
}

function variableOf(c: Collector, ident: Ident): Var | undefined {
  if (ident.name === '_') return undefined;
  const object = c.binding.objectOf(ident);
  return object?.kind === 'var' && object.role !== 'field' ? object : undefined;
}

function numberOf(c: Collector, variable: Var): number {
  let number = c.numberOf.get(variable);
  if (number === undefined) {
    number = c.variables.length;
    c.variables.push(variable);
    c.numberOf.set(variable, number);
    if (variable.ident !== undefined) c.binds.get(variable.ident)?.variables.push(variable);
  }
  return number;
}

function within(ident: Ident | undefined, outer: Node): boolean {
  return ident !== undefined && outer.pos <= ident.pos && ident.end <= outer.end;
}

function access(
  variable: Var,
  place: Place,
  { kind, target, value, result = -1 }: Target,
  ident?: Ident,
  closure?: FuncLit,
  later = false,
): OpenAccess {
  return { kind, variable, place, ident, closure, later, target, value, position: -1, result };
}

function emit(
  c: Collector,
  variable: Var,
  place: Place,
  ident: Ident | undefined,
  how: Target,
  closure?: FuncLit,
  later?: boolean,
): void {
  numberOf(c, variable);
  c.byBlock[place.block.index]!.push(access(variable, place, how, ident, closure, later));
}

function insertDeclarations(c: Collector, place: Place, variables: readonly Var[]): void {
  const accesses = c.byBlock[place.block.index]!;
  const at = accesses.findIndex((a) => a.place.index > place.index);
  const declared = variables.map((variable) => access(variable, place, { kind: 'declare' }, variable.ident));
  accesses.splice(at === -1 ? accesses.length : at, 0, ...declared);
}
