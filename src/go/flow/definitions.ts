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
import { type Access, accessesOfBlock, overwrites, uses, type Variables } from './accesses.ts';
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

/** What passing the access does to the set in row 0. */
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

/** The definitions of the variable that may hold just before the node at `place`. */
export function definitionsAt(variables: Variables, place: Place, variable: Var): readonly Access[] {
  const number = variables.numberOf.get(variable);
  if (number === undefined) return [];
  const current = definitionsAtStart(variables, number, place.block);
  for (const a of variables.byVariable[number]!) {
    if (a.place.block === place.block && a.place.index < place.index) passOne(variables, a, current);
  }
  return [...current];
}

/** Of one variable only: a set to go on with inside the block. */
function definitionsAtStart(variables: Variables, number: number, block: BasicBlock): Set<Access> {
  const { atStart, groups, definitions } = reachingDefinitions(variables);
  const found = new Set<Access>();
  if (!isReachable(variables.cfg, block)) return found;
  const { from, to } = groups[number]!;
  eachBitIn(atStart, block.index, from, to, (bit) => found.add(definitions[bit]!));
  return found;
}

/** What `pass` does, to a set of the variable's definitions. */
function passOne(variables: Variables, a: Access, current: Set<Access>): void {
  if (!isDefinition(a) || !isReachable(variables.cfg, a.place.block)) return;
  if (a.kind === 'declare') current.clear();
  else if (overwrites(a)) for (const known of current) if (!lasts(variables, known)) current.delete(known);
  current.add(a);
}

interface Chains {
  readonly definitions: ReadonlyMap<Access, readonly Access[]>;
  readonly uses: ReadonlyMap<Access, readonly Access[]>;
}

const chainsByVariable: (variables: Variables) => (Chains | undefined)[] = oncePer(() => []);

function chainsOf(variables: Variables, variable: Var): Chains {
  const known = chainsByVariable(variables);
  const number = variables.numberOf.get(variable)!;
  known[number] ??= buildChains(variables, number);
  return known[number];
}

function buildChains(variables: Variables, number: number): Chains {
  const definitions = new Map<Access, Access[]>();
  const users = new Map<Access, Access[]>();
  const accesses = variables.byVariable[number]!;
  const link = (definition: Access, use: Access): void => {
    definitions.get(use)!.push(definition);
    const known = users.get(definition);
    if (known === undefined) users.set(definition, [use]);
    else known.push(use);
  };
  let current = new Set<Access>();
  let block: BasicBlock | undefined;
  for (const a of accesses) {
    if (a.place.block !== block) {
      block = a.place.block;
      current = definitionsAtStart(variables, number, block);
    }
    if (uses(a)) {
      definitions.set(a, []);
      for (const definition of current) link(definition, a);
    }
    passOne(variables, a, current);
  }
  // A closure that runs later, and whoever has the address, also reads what is written after it was made.
  const elsewhere = accesses.filter((a) => uses(a) && (a.kind === 'address' || a.later));
  if (elsewhere.length === 0) return { definitions, uses: users };
  for (const definition of accesses) {
    if (!isDefinition(definition) || !mayBeReadElsewhere(variables, definition.place, definition.variable))
      continue;
    const linked = new Set(users.get(definition));
    for (const use of elsewhere) if (!linked.has(use)) link(definition, use);
  }
  return { definitions, uses: users };
}

/**
 * The definitions whose value a use may see. For a use in a closure that runs later: those before it is made and those after.
 * Empty for accesses that use no value, and in unreachable code.
 */
export function definitionsOf(variables: Variables, use: Access): readonly Access[] {
  return chainsOf(variables, use.variable).definitions.get(use) ?? [];
}

/**
 * The uses that may see the value of a definition. For variables from outside, and results, others see it too: `isReadAfter` of
 * `liveness.ts` knows.
 */
export function usesOf(variables: Variables, definition: Access): readonly Access[] {
  return chainsOf(variables, definition.variable).uses.get(definition) ?? [];
}
