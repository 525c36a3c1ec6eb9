/**
 * Where others may read a variable: a closure that runs later, or whoever was given its address.
 *
 *     err := check()                 // not yet
 *     g.Go(func() error { return err })
 *     err = other()                  // from here on: the closure may read this too
 *
 * A new declaration (the next turn of a loop) is a new variable, which nobody has seen. Variables from outside the function may be read
 * by others everywhere.
 */
import type { Var } from '../semantics/objects.ts';
import {
  type Access,
  accessesInBlock,
  accessesOfBlock,
  countBefore,
  uses,
  type Variables,
} from './accesses.ts';
import { type BitRows, clearBit, hasBit, setBit } from './bits.ts';
import type { Place } from './cfg.ts';
import { oncePer } from './graph.ts';
import { solve } from './solve.ts';

const escaped: (variables: Variables) => BitRows = oncePer((variables) =>
  solve({
    cfg: variables.cfg,
    bits: variables.variables.length,
    direction: 'forward',
    meet: 'any',
    pass: (block, state) => {
      for (const a of accessesOfBlock(variables, block)) {
        const number = variables.numberOf.get(a.variable)!;
        const effect = effectOf(a);
        if (effect === 'escapes') setBit(state, 0, number);
        else if (effect === 'is new') clearBit(state, 0, number);
      }
    },
  }),
);

function effectOf(a: Access): 'escapes' | 'is new' | undefined {
  if (a.kind === 'address' || (a.later && uses(a))) return 'escapes';
  return a.kind === 'declare' && a.closure === undefined ? 'is new' : undefined;
}

/** By number of the variable: does anything let others see it? */
const everEscapes: (variables: Variables) => readonly boolean[] = oncePer((variables) =>
  variables.byVariable.map((accesses) => accesses.some((a) => effectOf(a) === 'escapes')),
);

/** May somebody other than this function's own statements read the variable, as it is just behind the node at `place`? */
export function mayBeReadElsewhere(variables: Variables, place: Place, variable: Var): boolean {
  const number = variables.numberOf.get(variable);
  if (number === undefined) return false;
  if (variables.outer[number]!) return true;
  if (!everEscapes(variables)[number]!) return false;
  const accesses = accessesInBlock(variables, number, place.block);
  for (let i = countBefore(accesses, place.index + 1) - 1; i >= 0; i--) {
    const effect = effectOf(accesses[i]!);
    if (effect !== undefined) return effect === 'escapes';
  }
  return hasBit(escaped(variables), place.block.index, number);
}
