/**
 * The life of each group: where it is made, and in which states its methods are called, over all functions of the package that get hold
 * of it and the project functions they hand it to.
 *
 *     g, ctx := errgroup.WithContext(ctx)   // made
 *     for … { g.Go(…) }                     // operation Go, in the states fresh and running
 *     return g.Wait()                       // operation Wait, in both
 *
 * A group that is kept in a field or a package variable may meet the functions of the package in any order. If one of them limits it on
 * all its paths, all others are taken to come later; else they find it as those who made it left it. Function results that fail (`return
 * nil, err`) hand nothing on.
 */
import { callersIn } from '../go/calls/callers.ts';
import type { GoFunction, GoPackage } from '../go/package.ts';
import type { Var } from '../go/semantics/objects.ts';
import type { Type } from '../go/semantics/types.ts';
import type { CallExpr, Node } from '../go/syntax/ast.ts';
import { structOf } from '../go/typestate/bindings.ts';
import { type Escape, GONE, Machine, type Operation, type Protocol } from '../go/typestate/machine.ts';
import { Tracker } from '../go/typestate/tracker.ts';
import { type Frame, isNothing, isRelevant } from '../go/typestate/value.ts';
import { type Creation, GROUP_METHODS, type GroupTypes } from './group-types.ts';

/** States of a group, as bits of `Operation.states`. */
export const FRESH = 1;
export const UNLIMITED_RUNNING = 2;
export const LIMITED = 3;
export const LIMITED_RUNNING = 4;

export const bit = (state: number): number => 1 << state;

const AFTER: Readonly<Record<string, readonly number[]>> = {
  Go: [GONE, UNLIMITED_RUNNING, UNLIMITED_RUNNING, LIMITED_RUNNING, LIMITED_RUNNING],
  SetLimit: [GONE, LIMITED, LIMITED_RUNNING, LIMITED, LIMITED_RUNNING],
  Wait: [GONE, FRESH, FRESH, LIMITED, LIMITED],
};

const PROTOCOL: Protocol = {
  made: FRESH,
  step: (method, state) => AFTER[method === 'TryGo' ? 'Go' : method]?.[state] ?? state,
  // It may have limited the group, and that is enough to say nothing.
  handed: (state) => (state === FRESH ? LIMITED : state === UNLIMITED_RUNNING ? LIMITED_RUNNING : state),
  runs: new Set(['Go', 'TryGo']),
};

export interface GroupHistory {
  readonly creation: Creation;
  readonly operations: readonly Operation[];
  readonly escapes: readonly Escape[];
  /** Somebody who is not seen may wait for it. */
  readonly outOfSight: boolean;
  /** Fields and package variables that hold it. */
  readonly holders: readonly Var[];
  /** A budget was exhausted: not everything was followed. */
  readonly exhausted: boolean;
}

const MAX_ROUNDS = 6;

/** What becomes of the groups that one creation makes. */
export function historyOf(pkg: GoPackage, creation: Creation, types: GroupTypes): GroupHistory {
  return new Historian(pkg, creation, types, undefined).history();
}

/** What a function of this package does with groups that `maker`, a function of another project package, makes for it. */
export function foreignHistoryOf(
  pkg: GoPackage,
  creation: Creation,
  user: GoFunction,
  types: GroupTypes,
): GroupHistory {
  return new Historian(pkg, creation, types, user).history();
}

/** What a function does with a group that comes to it from out of sight: its parameter. */
export function parameterHistory(fn: GoFunction, parameter: Var, types: GroupTypes): GroupHistory {
  const at = parameter.ident ?? fn.node;
  const creation: Creation = {
    ...{
      kind: 'variable',
      node: fn.node,
      at,
      name: parameter.name,
      variable: parameter,
      fn,
      stmt: undefined,
    },
  };
  const historian = new Historian(fn.pkg, creation, types, undefined);
  return historian.from(LIMITED);
}

class Historian {
  private readonly pkg: GoPackage;
  private readonly creation: Creation;
  private readonly tracker: Tracker;
  private readonly machine: Machine;
  /** Declared functions (and literals of initialisers) that are followed though they are not given the group. */
  private readonly followed = new Set<Node>();
  private readonly user: GoFunction | undefined;
  private outOfSight = false;

  constructor(pkg: GoPackage, creation: Creation, types: GroupTypes, user: GoFunction | undefined) {
    this.pkg = pkg;
    this.creation = creation;
    this.user = user;
    const { node, variable, kind } = creation;
    this.tracker = new Tracker(pkg.program, {
      makes: (x) => kind === 'expression' && x === node,
      variables: new Set(variable === undefined ? [] : [variable]),
      methods: GROUP_METHODS,
      isType: types.isGroup,
    });
    const makes = (x: Node): boolean => {
      if (kind === 'field') return variable !== undefined && this.makesStruct(x, variable);
      return kind !== 'package variable' && x === node;
    };
    const home = creation.fn?.pkg;
    this.machine = new Machine(this.tracker, PROTOCOL, makes, (fn) =>
      user !== undefined && fn.pkg === home ? true : this.followed.has(fn.node),
    );
  }

  history(): GroupHistory {
    const left = this.fromMakers();
    this.fromHolders(left);
    return this.result();
  }

  from(state: number): GroupHistory {
    const frame = this.frame(this.creation.fn!);
    if (frame !== undefined) this.machine.settle(() => void this.machine.run(frame, state));
    this.outOfSight = true;
    return this.result();
  }

  private result(): GroupHistory {
    const { machine, tracker, creation } = this;
    return {
      creation,
      operations: [...machine.operations.values()].sort((a, b) => a.call.pos - b.call.pos),
      escapes: [...machine.escapes.values()],
      outOfSight: this.outOfSight,
      holders: [...tracker.held.keys()],
      exhausted: tracker.exhausted,
    };
  }

  private frame(fn: GoFunction): Frame | undefined {
    const outer = fn.parent === undefined ? undefined : this.frame(fn.parent);
    return this.tracker.frameOf(fn, outer, new Map());
  }

  /** Runs the function that makes the group, and those that get it from there. The states in which they leave it. */
  private fromMakers(): number {
    const { creation, machine } = this;
    if (creation.kind === 'field' || creation.kind === 'package variable') return bit(FRESH);
    const start = this.user ?? (creation.fn && rootOf(creation.fn));
    if (start === undefined) return bit(FRESH);
    const roots = [start];
    this.follow(start);
    let left = 0;
    for (let next = 0; next < roots.length; ) {
      left = 0;
      machine.settle(() => {
        for (const root of roots) {
          const frame = this.frame(root);
          if (frame !== undefined) left |= machine.run(frame, GONE);
        }
        // In a literal that is not seen to be called.
        if (!machine.made.has(creation.node) && creation.fn !== undefined && this.user === undefined) {
          const frame = this.frame(creation.fn);
          if (frame !== undefined) left |= machine.run(frame, GONE);
        }
        left |= this.runEscaped(left);
      });
      for (const last = roots.length; next < last; next++) this.addCallers(roots[next]!, roots);
      if (roots.length > 200) break;
    }
    return left & ~bit(GONE);
  }

  /** Who calls a function that returns the group gets hold of it; if nobody is seen to, it leaves our sight. */
  private addCallers(root: GoFunction, roots: GoFunction[]): void {
    if (!this.returnsGroup(root)) return;
    const callers = callersIn(this.pkg).of(root);
    if (callers.length === 0 || callersIn(this.pkg).isUsedAsValue(root)) this.outOfSight = true;
    for (const caller of callers) {
      const top = rootOf(caller);
      if (this.followed.has(top.node)) continue;
      this.follow(top);
      roots.push(top);
    }
    this.machine.reconsider();
  }

  private follow(fn: GoFunction): void {
    this.followed.add(fn.node);
    if (fn.node.kind === 'FuncDecl') this.tracker.follow(fn.node.name.name);
  }

  private returnsGroup(root: GoFunction): boolean {
    const frame = this.frame(root);
    if (frame === undefined) return false;
    const results = this.tracker.resultsOf(frame);
    return results.some((v) => isRelevant(v));
  }

  /** Functions that went out of sight with the group in their hands may be called at any time. */
  private runEscaped(left: number): number {
    let result = 0;
    for (const [frame, mask] of [...this.machine.escaped]) {
      const states = (mask | left) & ~bit(GONE);
      for (let state = 1; state <= LIMITED_RUNNING; state++)
        if ((states & bit(state)) !== 0) result |= this.machine.run(frame, state);
    }
    return result;
  }

  private fromHolders(left: number): void {
    const { machine, tracker } = this;
    for (let round = 0, known = -1; round < MAX_ROUNDS && tracker.held.size > known; round++) {
      known = tracker.held.size;
      const holders = [...tracker.held].filter(([, value]) => !isNothing(value)).map(([v]) => v);
      if (holders.length === 0) return;
      if (holders.some((v) => isExported(v.name) && this.pkg.name !== 'main')) this.outOfSight = true;
      const touching = this.touching(holders);
      for (const fn of touching) this.follow(fn);
      machine.reconsider();
      const entry = [...touching].some((fn) => this.limits(fn)) ? bit(LIMITED) : left;
      const roots = [...touching].filter((fn) => this.isOpen(fn));
      machine.settle(() => {
        for (const root of roots) {
          const frame = this.frame(root);
          if (frame === undefined) continue;
          for (let state = 1; state <= LIMITED_RUNNING; state++)
            if ((entry & bit(state)) !== 0) machine.run(frame, state);
        }
        this.runEscaped(entry);
      });
      if (roots.some((root) => this.returnsGroup(root))) this.outOfSight = true;
    }
  }

  /** Does a function leave the group limited on all paths that do not fail? */
  private limits(fn: GoFunction): boolean {
    const frame = this.frame(fn);
    if (frame === undefined) return false;
    let out = 0;
    for (const state of [GONE, FRESH]) {
      this.machine.settle(() => {
        out = this.machine.run(frame, state);
      }, true);
      const states = out & ~bit(GONE);
      if (states !== 0 && (states & (bit(FRESH) | bit(UNLIMITED_RUNNING))) === 0) return true;
    }
    return false;
  }

  /** The functions that mention one of the holders, and those that call them. */
  private touching(holders: readonly Var[]): ReadonlySet<GoFunction> {
    const packages = new Set<GoPackage>([this.pkg]);
    for (const v of holders) if (v.pkg.origin === 'project') packages.add(v.pkg as GoPackage);
    const found = new Set<GoFunction>();
    for (const pkg of packages) {
      const callers = callersIn(pkg);
      for (const v of holders) {
        for (const fn of callers.mentioning(v.name)) found.add(fn);
        if (v.embedded)
          for (const name of GROUP_METHODS) for (const fn of callers.mentioning(name)) found.add(fn);
      }
    }
    for (const fn of found)
      for (const pkg of packages) for (const caller of callersIn(pkg).of(fn)) found.add(rootOf(caller));
    return found;
  }

  /** May somebody call it who is not seen? */
  private isOpen(fn: GoFunction): boolean {
    const { node } = fn;
    if (node.kind !== 'FuncDecl') return true;
    const { name } = node.name;
    if (isExported(name) || name === 'main' || name === 'init') return true;
    const callers = callersIn(fn.pkg);
    return callers.of(fn).every((caller) => caller === fn) || callers.isUsedAsValue(fn);
  }

  /** `T{…}`, `new(T)`, `var t T` where T holds the field by value. */
  private makesStruct(node: Node, field: Var): boolean {
    const { info } = this.pkg;
    switch (node.kind) {
      case 'CompositeLit':
        return this.pkg.program.packageAt(node.pos) === this.pkg && holds(info.typeOf(node), field);
      case 'VarSpec':
        return node.values.length === 0 && node.type !== undefined && holds(info.typeOf(node.type), field);
      case 'CallExpr': {
        const [arg] = (node as CallExpr).args;
        const fun = (node as CallExpr).fun;
        if (fun.kind !== 'Ident' || fun.name !== 'new' || arg === undefined) return false;
        if (this.pkg.program.packageAt(node.pos) !== this.pkg) return false;
        return info.callKind(node as CallExpr) === 'builtin' && holds(info.typeOf(arg), field);
      }
      default:
        return false;
    }
  }
}

const MAX_NESTING = 4;

function holds(type: Type, field: Var, depth = 0): boolean {
  if (type.kind === 'pointer' || depth > MAX_NESTING) return false;
  const struct = structOf(type);
  return struct?.fields.some((f) => f.origin === field || holds(f.type, field, depth + 1)) ?? false;
}

export function rootOf(fn: GoFunction): GoFunction {
  let root = fn;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
