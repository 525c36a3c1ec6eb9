/**
 * Goroutines that wait for a channel which is filled later.
 *
 *     g.Go(func() error { for a := range accepted { job.Send(&a) }; return nil })     // nothing is in the channel yet
 *     for … { accepted <- asset }
 *     close(accepted); g.Wait()                                                       // by now there is: it runs again
 *
 * A goroutine is run where it is started. One that reads from a channel is run again where somebody waits for it, reads from a channel, or
 * the function that started it ends: whatever it would have found by then, it finds.
 */
import type { GoFunction } from '../package.ts';
import { underlying } from '../semantics/shapes.ts';
import type { CallExpr } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { callValue, type Ready } from './calls.ts';
import type { Frame, Machine } from './machine.ts';
import { alternativesOf, type Value } from './value.ts';
import type { World } from './world.ts';

/** Stands where an activation stands for variables: what is kept here belongs to no activation. */
const STARTED = -1000;

const readers = new WeakMap<GoFunction, boolean>();

/** Does the function read from a channel? */
function reads(fn: GoFunction): boolean {
  let known = readers.get(fn);
  if (known === undefined) {
    known = false;
    walk(fn.body, (node) => {
      if (node.kind === 'UnaryExpr' && node.op === '<-') known = true;
      if (node.kind === 'RangeStmt' && underlying(fn.pkg.info.typeOf(node.x)).kind === 'chan') known = true;
      return !known;
    });
    readers.set(fn, known);
  }
  return known;
}

/** Notes a call that may run for as long as it likes, if it waits for a channel. */
export function noteStarted(m: Machine, world: World, { call, fun, args }: Omit<Ready, 'world'>): void {
  if (
    !alternativesOf(fun).some((value) => bodiesOf(m, value).some((fn) => reads(fn) && m.domain.matters(fn)))
  )
    return;
  const { values } = m.table;
  world.store.set(
    values.variable(call, STARTED, UNTYPED),
    values.tuple([fun, ...args.map((arg) => arg.value)]),
  );
}

const UNTYPED = { kind: 'unknown', missing: undefined } as const;

function bodiesOf(m: Machine, value: Value): readonly GoFunction[] {
  if (value.kind !== 'function') return [];
  if (value.target.kind === 'literal') return [m.program.functionOf(value.target.node)];
  const body = value.target.kind === 'declared' ? m.program.bodyOf(value.target.func.origin) : undefined;
  return body === undefined ? [] : [body];
}

/** Runs them again, with what their channels hold by now. */
export function runStarted(m: Machine, f: Frame, start: World): World[] {
  if (m.runsStarted) return [start];
  m.runsStarted = true;
  let worlds = [start];
  for (const at of [...start.store.keys()]) {
    if (at.kind !== 'variable' || at.activation !== STARTED) continue;
    worlds = worlds.flatMap((world) => {
      const kept = world.store.get(at);
      if (kept?.kind !== 'tuple') return [world];
      const before = world.fork();
      const [fun, ...values] = kept.values;
      const args = values.map((value) => ({ value, expr: undefined, spread: false, from: undefined }));
      const after = callValue(m, f, { world, call: at.variable as CallExpr, fun: fun!, args });
      return after.length === 0 ? [before] : after.map((outcome) => outcome.world);
    });
  }
  m.runsStarted = false;
  return worlds;
}
