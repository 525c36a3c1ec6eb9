/**
 * What each node of a graph does to variables.
 *
 *     total, err := add(total, &n)     // read total, address n, assign total, declare err
 *
 * In order of execution: what a node reads comes before what it writes.
 *
 * Function literals: what a literal's body does to variables from outside it is listed where it can happen first:
 * - a literal that is called on the spot: there; a deferred one: in the exit block; both `later: false`, and only possible, not certain;
 * - any other (passed on, stored, started by `go`): where it is made, with `later: true`: it may happen at any time from then on.
 *
 * Writes through a pointer are seen at the `&x` that makes the pointer (`address`: from then on others may read and write), not where
 * they happen. A method with a pointer receiver called as `x.M()` counts as reading `x`: types are not asked for here.
 * Nor does slicing an array (`x[:]`) count as taking its address.
 * Fields are not variables; `x.f = 1` and `*x = 1` are accesses of kind `part` to `x`.
 */
import type { GoObject, Var } from '../semantics/objects.ts';
import type { Expr, FuncLit, Ident } from '../syntax/ast.ts';
import type { BasicBlock, Cfg, Place } from './cfg.ts';
import { collectAccesses } from './collect-accesses.ts';
import { oncePer } from './graph.ts';

export type AccessKind =
  | 'read'
  /** The value at the entry: of parameters, of named results (zero), and of variables from outside the function. */
  | 'initial'
  /** `:=`, `var`, a range or type switch variable: a new variable from here on. */
  | 'declare'
  | 'assign'
  /** `+=`, `++`: reads and writes. */
  | 'update'
  /** `return e`, which assigns to a named result. */
  | 'result'
  /** Writes a part of the variable, or what it points to; the rest keeps its value. */
  | 'part'
  /** `&x`, `&x.f`: others may read and write from here on. */
  | 'address';

export interface Access {
  readonly kind: AccessKind;
  readonly variable: Var;
  readonly place: Place;
  /** Where the variable is named; undefined for `initial`, `result`, and reads of named results by `return` and at the exit. */
  readonly ident: Ident | undefined;
  /** The outermost function literal of this function in which the access stands. */
  readonly closure: FuncLit | undefined;
  /** Stands in a literal that runs at some time after this place. */
  readonly later: boolean;
  /** For `part` and `address`: what is written, or of which the address is taken (`x.f`, `x[i]`, `*x`). */
  readonly target: Expr | undefined;
  /** For writes: the expression whose value is assigned; undefined for range, `++`, type switches, `var x T` and `initial`. */
  readonly value: Expr | undefined;
  /** Its index in the list of all accesses to its variable. */
  readonly position: number;
  /** Which result of `value` is assigned, where one call (receive, index, assertion) gives several; else -1. */
  readonly result: number;
}

export interface Variables {
  readonly cfg: Cfg;
  /** All that are accessed, and the parameters and named results. */
  readonly variables: readonly Var[];
  readonly numberOf: ReadonlyMap<Var, number>;
  /** By block index, in order of execution. Those of the entry include `initial`, at index -1. */
  readonly byBlock: readonly (readonly Access[])[];
  /** By number of the variable, in order of blocks. */
  readonly byVariable: readonly (readonly Access[])[];
  /** By number: does it belong to an enclosing function or the package? Others may read and write it at any time. */
  readonly outer: readonly boolean[];
}

/** The answers to `objectOf` that `Info` gives. */
export interface Binding {
  objectOf(id: Ident): GoObject | undefined;
}

const known = new WeakMap<Cfg, Variables>();

/** The accesses of a function, computed once per graph. `binding` is the `Info` of the function's package. */
export function variablesOf(cfg: Cfg, binding: Binding): Variables {
  let variables = known.get(cfg);
  if (variables === undefined) {
    variables = collectAccesses(cfg, binding);
    known.set(cfg, variables);
  }
  return variables;
}

const byIdent: (variables: Variables) => ReadonlyMap<Ident, Access> = oncePer(
  (variables) =>
    new Map(
      variables.byBlock.flatMap((list) => list.flatMap((a) => (a.ident === undefined ? [] : [[a.ident, a]]))),
    ),
);

/** What the function does to the variable that it names here; undefined for names of other things. */
export function accessOf(variables: Variables, ident: Ident): Access | undefined {
  return byIdent(variables).get(ident);
}

/** The accesses of the node at a place, in order of execution. */
export function accessesAt(variables: Variables, place: Place): readonly Access[] {
  return accessesOfBlock(variables, place.block).filter((a) => a.place.index === place.index);
}

export function accessesOfBlock(variables: Variables, block: BasicBlock): readonly Access[] {
  return variables.byBlock[block.index]!;
}

/** All accesses of a variable, in order of blocks. */
export function accessesOfVariable(variables: Variables, variable: Var): readonly Access[] {
  const number = variables.numberOf.get(variable);
  return number === undefined ? [] : variables.byVariable[number]!;
}

const none: readonly Access[] = [];

const grouped: (variables: Variables) => (Map<BasicBlock, Access[]> | undefined)[] = oncePer(() => []);

/** The accesses of one variable, by its number, in one block, in order of execution. */
export function accessesInBlock(variables: Variables, number: number, block: BasicBlock): readonly Access[] {
  const known = grouped(variables);
  known[number] ??= byBlock(variables.byVariable[number]!);
  return known[number].get(block) ?? none;
}

function byBlock(accesses: readonly Access[]): Map<BasicBlock, Access[]> {
  const groups = new Map<BasicBlock, Access[]>();
  for (const a of accesses) {
    const group = groups.get(a.place.block);
    if (group === undefined) groups.set(a.place.block, [a]);
    else group.push(a);
  }
  return groups;
}

/** How many of these accesses, all in one block and in order, are executed before the node with this index in the block. */
export function countBefore(accesses: readonly Access[], index: number): number {
  let low = 0;
  let high = accesses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (accesses[middle]!.place.index < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Does it write the whole variable, certainly? Then no earlier value is left. */
export function overwrites(a: Access): boolean {
  if (a.closure !== undefined) return false;
  switch (a.kind) {
    case 'initial':
    case 'declare':
    case 'assign':
    case 'update':
    case 'result':
      return true;
    default:
      return false;
  }
}

/** Does it use the variable's value, or let others use it? A `part` does: what it points to is found through its value. */
export function uses(a: Access): boolean {
  return a.kind === 'read' || a.kind === 'update' || a.kind === 'part' || a.kind === 'address';
}
