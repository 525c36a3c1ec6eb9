/**
 * The one constant that a function always returns.
 *
 *     func (t *GitHub) Surface() attacksurface.Surface { s := attacksurface.SCM; return s }
 *     // "example.com/chariot/pkg/attacksurface.SCM"
 */
import type { GoFunction } from '../package.ts';
import { OutOfSteps } from './evaluate.ts';
import { type Domain, newMachine } from './machine.ts';
import { runFunction } from './run.ts';
import { World } from './world.ts';

/** More than a function that returns a constant has. */
const MAX_STEPS = 2_000;

/** Follows everything and asks nothing. */
const indifferent: Domain = {
  meaningOf: () => undefined,
  matters: () => true,
  guards: () => 'free',
  guardedTypes: () => [],
  onQuestion() {},
  onUse() {},
  onMade() {},
  onNilAsked() {},
  onUnknownCall: () => false,
  onGap() {},
};

/** A constant with a type of its own by its qualified name, others as written; undefined where the result is not always the same. */
export function constantResult(fn: GoFunction): string | undefined {
  const machine = newMachine(fn.pkg.program, indifferent, new Set(), MAX_STEPS);
  const { pos } = fn.node;
  const fun = { kind: 'Ident', name: fn.symbol, pos, end: pos } as const;
  const call = { kind: 'CallExpr', fun, args: [], ellipsis: false, pos, end: pos } as const;
  try {
    const called = { call, func: fn.object, selector: undefined, receiver: undefined, args: [] };
    const results = new Set(
      runFunction(machine, undefined, new World(machine.table), fn, called, undefined).map((o) => o.value),
    );
    const [only, ...others] = results;
    return only?.kind === 'constant' && others.length === 0 ? only.text : undefined;
  } catch (error) {
    if (error instanceof OutOfSteps) return undefined;
    throw error;
  }
}
