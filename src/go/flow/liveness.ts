/**
 * Liveness: may the value that a variable has here still be read?
 *
 *     err := a()      // isReadAfter: no, the value is lost
 *     err = b()       // yes
 *     return err
 *
 * Read means: by a statement, by a naked `return` or as a named result at the exit, by a deferred closure, by a closure that may run
 * later, through a pointer, or, for variables from outside the function, by anybody. A write to a part counts as reading.
 * Where a function panics, its deferred closures still read.
 */
import type { Var } from '../semantics/objects.ts';
import {
  type Access,
  accessesInBlock,
  accessesOfBlock,
  countBefore,
  overwrites,
  uses,
  type Variables,
} from './accesses.ts';
import { type BitRows, clearBit, hasBit, setBit } from './bits.ts';
import type { Place } from './cfg.ts';
import { mayBeReadElsewhere } from './escapes.ts';
import { oncePer } from './graph.ts';
import { solve } from './solve.ts';

const liveAtEnd: (variables: Variables) => BitRows = oncePer((variables) => {
  const { cfg } = variables;
  return solve({
    cfg,
    bits: variables.variables.length,
    direction: 'backward',
    meet: 'any',
    seed: (rows) => {
      for (const a of accessesOfBlock(variables, cfg.exit)) {
        if (uses(a) && a.closure !== undefined)
          setBit(rows, cfg.abort.index, variables.numberOf.get(a.variable)!);
      }
    },
    pass: (block, state) => {
      const accesses = accessesOfBlock(variables, block);
      for (let i = accesses.length - 1; i >= 0; i--) passBackwards(variables, accesses[i]!, state);
    },
  });
});

function passBackwards(variables: Variables, a: Access, state: BitRows): void {
  const number = variables.numberOf.get(a.variable)!;
  // First the write, then the read: backwards, `n++` is a write preceded by a read.
  if (overwrites(a)) clearBit(state, 0, number);
  if (uses(a)) setBit(state, 0, number);
}

/** May the value that the variable has just behind the node at `place` be read? False in unreachable code. */
export function isReadAfter(variables: Variables, place: Place, variable: Var): boolean {
  return mayBeReadElsewhere(variables, place, variable) || isNamedAfter(variables, place, variable);
}

/**
 * The same, for whoever knows himself which pointers to the variable and which closures that capture it there are: may the code behind the
 * place read the variable by its name, or make a pointer or closure?
 */
export function isNamedAfter(variables: Variables, place: Place, variable: Var): boolean {
  const number = variables.numberOf.get(variable);
  if (number === undefined) return false;
  const accesses = accessesInBlock(variables, number, place.block);
  for (let i = countBefore(accesses, place.index + 1); i < accesses.length; i++) {
    if (uses(accesses[i]!)) return true;
    if (overwrites(accesses[i]!)) return false;
  }
  return hasBit(liveAtEnd(variables), place.block.index, number);
}
