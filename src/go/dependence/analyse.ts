/**
 * What the results of a function depend on: the entry to this folder.
 *
 *     const analysis = analyse(fn, domain);
 *     for (const { values: [verdict], state, by } of analysis.endings) …
 *
 * Every parameter that is no context is the subject. The function is run once, with all that it calls in the project in place; loops are
 * run until nothing new comes of them. What is out of sight is believed to be ordinary.
 */
import type { GoFunction } from '../package.ts';
import { isContext } from './calls.ts';
import { type Domain, type Ending, type Frame, type Machine, newFrame } from './machine.ts';
import { variableCell } from './places.ts';
import { runFunction } from './run.ts';
import { sourceTable } from './sources.ts';
import { State } from './state.ts';
import { valueTable } from './values.ts';

/** Expressions evaluated per function: far more than any that was written by hand needs. */
const BUDGET = 400_000;

export interface Analysis {
  readonly machine: Machine;
  readonly frame: Frame;
  readonly endings: readonly Ending[];
  /** Not all ways were run. */
  readonly exhausted: boolean;
}

export function analyse(fn: GoFunction, domain: Domain): Analysis {
  const values = valueTable(sourceTable());
  const machine: Machine = {
    program: fn.pkg.program,
    domain,
    values,
    frames: new Map(),
    questions: new Map(),
    addressed: new Set(),
    budget: BUDGET,
  };
  const frame = newFrame(machine, fn, undefined, undefined);
  const state = new State(values);
  const { sources } = values;
  if (fn.receiver !== undefined)
    state.cells.set(
      variableCell(machine, frame, fn.receiver),
      values.value({ symbol: values.symbol('receiver', fn.receiver.name) }),
    );
  fn.params.forEach((param, i) => {
    const data = isContext(param.type) ? sources.none : sources.only(sources.subject);
    state.cells.set(
      variableCell(machine, frame, param),
      values.value({ symbol: values.symbol(`param${i}`, param.name), data }),
    );
  });
  const endings = runFunction(machine, frame, state);
  return { machine, frame, endings, exhausted: machine.budget <= 0 };
}
