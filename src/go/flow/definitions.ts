/**
 * Reaching definitions: which writes may have given a variable the value that it has here.
 *
 *     err := a()
 *     if retry { err = b() }
 *     return err              // definitionsAt: { err := a(), err = b() }
 *
 * A definition is an access that writes: `err = b()` ends all earlier ones of `err`; a write to a part, a write in a closure, or an
 * `&err` given away are added to what is known and end nothing. What others may write at any time (`later` closures, addresses,
 * variables from outside) stays in the answer until the variable is declared anew: who needs certainty must look at the kinds.
 *
 * Unreachable places have no definitions.
 */
import type { Var } from '../semantics/objects.ts';
import {
  type Access,
  accessesInBlock,
  accessesOfBlock,
  accessesOfVariable,
  countBefore,
  overwrites,
  uses,
  type Variables,
} from './accesses.ts';
import { type BitRows, clearRange, eachBitIn, setBit } from './bits.ts';
import type { BasicBlock, Place } from './cfg.ts';
import { mayBeReadElsewhere } from './escapes.ts';
import { isReachable, oncePer } from './graph.ts';
import { solve } from './solve.ts';

/** Does the access write (perhaps a part, perhaps through others)? */
export function isDefinition(a: Access): boolean {
  return a.kind !== 'read';
}

interface Numbering {
  /** Grouped by variable; in each group those come last that only a declaration ends. */
  readonly definitions: readonly Access[];
  readonly numberOf: ReadonlyMap<Access, number>;
  /** By number of the variable: the group is `from … to - 1`, the lasting ones start at `lasting`. */
  readonly groups: readonly { readonly from: number; readonly lasting: number; readonly to: number }[];
}

interface Reaching extends Numbering {
  /** By block index: the definitions that reach the block's start. */
  readonly atStart: BitRows;
}

/** Can the write happen again, unseen, after other writes? */
function lasts(variables: Variables, a: Access): boolean {
  if (a.kind === 'initial') return variables.outer[variables.numberOf.get(a.variable)!]!;
  return a.kind === 'address' || a.later;
}

function numbered(variables: Variables): Numbering {
  const definitions: Access[] = [];
  const groups = variables.byVariable.map((accesses) => {
    const written = accesses.filter(isDefinition);
    const from = definitions.length;
    definitions.push(...written.filter((a) => !lasts(variables, a)));
    const lasting = definitions.length;
    definitions.push(...written.filter((a) => lasts(variables, a)));
    return { from, lasting, to: definitions.length };
  });
  return { definitions, groups, numberOf: new Map(definitions.map((a, i) => [a, i])) };
}

/** What passing the access does to the set in row 0: `ends`, for all definitions at once. */
function pass(variables: Variables, n: Numbering, a: Access, state: BitRows): void {
  if (!isDefinition(a)) return;
  if (overwrites(a)) {
    const group = n.groups[variables.numberOf.get(a.variable)!]!;
    clearRange(state, 0, group.from, a.kind === 'declare' ? group.to : group.lasting);
  }
  setBit(state, 0, n.numberOf.get(a)!);
}

const reachingDefinitions: (variables: Variables) => Reaching = oncePer((variables) => {
  const n = numbered(variables);
  const atStart = solve({
    cfg: variables.cfg,
    bits: n.definitions.length,
    direction: 'forward',
    meet: 'any',
    pass: (block, state) => {
      for (const a of accessesOfBlock(variables, block)) pass(variables, n, a, state);
    },
  });
  return { ...n, atStart };
});

/** The definitions of the variable that may hold just before the node at `place`, in order of blocks. */
export function definitionsAt(variables: Variables, place: Place, variable: Var): readonly Access[] {
  const number = variables.numberOf.get(variable);
  if (number === undefined) return [];
  const accesses = accessesInBlock(variables, number, place.block);
  return definitionsBefore(variables, number, place.block, countBefore(accesses, place.index));
}

/**
 * The definitions whose value a use may see, in order of blocks. For a use in a closure that runs later, or an address: those before it
 * and those after. Empty for accesses that use no value, and in unreachable code.
 */
export function definitionsOf(variables: Variables, use: Access): readonly Access[] {
  if (!uses(use)) return [];
  const { block } = use.place;
  const number = variables.numberOf.get(use.variable)!;
  const own = accessesInBlock(variables, number, block);
  const before = definitionsBefore(variables, number, block, use.position - own[0]!.position);
  if (!readsElsewhere(use)) return before;
  const seen = new Set(before);
  return accessesOfVariable(variables, use.variable).filter(
    (a) =>
      seen.has(a) || (a !== use && isDefinition(a) && mayBeReadElsewhere(variables, a.place, a.variable)),
  );
}

/** Does the use stand for reads at any later time? */
function readsElsewhere(use: Access): boolean {
  return use.kind === 'address' || use.later;
}

/** The definitions that hold in a block behind the first `count` of its accesses to the variable. Looks backwards: the last ones count. */
function definitionsBefore(
  variables: Variables,
  number: number,
  block: BasicBlock,
  count: number,
): readonly Access[] {
  if (!isReachable(variables.cfg, block)) return [];
  const { atStart, groups, definitions } = reachingDefinitions(variables);
  const { from, lasting, to } = groups[number]!;
  const found = new Set<Access>();
  let ordinary = true;
  let others = lasting < to;
  const accesses = accessesInBlock(variables, number, block);
  for (let i = count - 1; i >= 0 && (ordinary || others); i--) {
    const a = accesses[i]!;
    if (!isDefinition(a)) continue;
    if (lasts(variables, a) ? others : ordinary) found.add(a);
    if (!overwrites(a)) continue;
    ordinary = false;
    if (a.kind === 'declare') others = false;
  }
  const holds = (bit: number): void => void found.add(definitions[bit]!);
  if (ordinary) eachBitIn(atStart, block.index, from, lasting, holds);
  if (others) eachBitIn(atStart, block.index, lasting, to, holds);
  return [...found].sort((a, b) => a.position - b.position);
}

/** Is nothing left of an earlier definition of the same variable behind `a`? */
function ends(variables: Variables, a: Access, earlier: Access): boolean {
  return overwrites(a) && (a.kind === 'declare' || !lasts(variables, earlier));
}

/**
 * The uses that may see the value of a definition, in order of blocks. For variables from outside, others see it too: `isReadAfter` of
 * `liveness.ts` knows.
 */
export function usesOf(variables: Variables, definition: Access): readonly Access[] {
  const { cfg } = variables;
  const number = variables.numberOf.get(definition.variable)!;
  if (!isReachable(cfg, definition.place.block)) return [];
  const found = new Set<Access>();
  const entered = new Uint8Array(cfg.blocks.length);
  const open: BasicBlock[] = [];
  const pass = (block: BasicBlock, accesses: readonly Access[]): void => {
    for (const a of accesses) {
      if (uses(a)) found.add(a);
      if (ends(variables, a, definition)) return;
    }
    for (const { to } of block.succs) {
      if (entered[to.index] === 1) continue;
      entered[to.index] = 1;
      open.push(to);
    }
  };
  const own = accessesInBlock(variables, number, definition.place.block);
  pass(definition.place.block, own.slice(own.indexOf(definition) + 1));
  for (let block = open.pop(); block !== undefined; block = open.pop()) {
    pass(block, accessesInBlock(variables, number, block));
  }
  const elsewhere = mayBeReadElsewhere(variables, definition.place, definition.variable);
  return variables.byVariable[number]!.filter(
    (a) => found.has(a) || (elsewhere && a !== definition && uses(a) && readsElsewhere(a)),
  );
}
