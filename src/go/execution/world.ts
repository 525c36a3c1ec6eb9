/**
 * A world: one case of what may have happened so far.
 *
 *     if err := t.ping(); err != nil { … }     // two worlds behind the call: err is nil in one, something in the other
 *
 * It holds what is known of variables and fields (cells), and what the observer has noted. Worlds are not changed but replaced.
 */
import { joinValues, keyOf, UNKNOWN, type Value } from './value.ts';

export interface World<S> {
  readonly cells: ReadonlyMap<string, Value>;
  readonly state: S;
}

export function read<S>(world: World<S>, cell: string): Value | undefined {
  return world.cells.get(cell);
}

export function write<S>(world: World<S>, cell: string, value: Value): World<S> {
  const before = world.cells.get(cell);
  if (before !== undefined && keyOf(before) === keyOf(value)) return world;
  return { ...world, cells: new Map(world.cells).set(cell, value) };
}

export function forget<S>(world: World<S>, which: (cell: string) => boolean): World<S> {
  const cells = new Map(world.cells);
  for (const cell of cells.keys()) if (which(cell)) cells.delete(cell);
  return cells.size === world.cells.size ? world : { ...world, cells };
}

/** The same text for the same world. */
export function worldKey<S>(world: World<S>, stateKey: (state: S) => string): string {
  const cells = [...world.cells].map(([cell, value]) => `${cell}=${keyOf(value)}`).sort();
  return `${stateKey(world.state)}|${cells.join(';')}`;
}

/** What is known in both. The states must be the same. */
export function joinWorlds<S>(a: World<S>, b: World<S>): World<S> {
  const cells = new Map<string, Value>();
  for (const [cell, value] of a.cells) cells.set(cell, joinValues(value, b.cells.get(cell) ?? UNKNOWN));
  for (const cell of b.cells.keys()) if (!a.cells.has(cell)) cells.set(cell, UNKNOWN);
  return { state: a.state, cells };
}

/** One of each. */
export function distinct<S>(
  worlds: readonly World<S>[],
  stateKey: (state: S) => string,
): readonly World<S>[] {
  if (worlds.length < 2) return worlds;
  const found = new Map<string, World<S>>();
  for (const world of worlds) {
    const key = worldKey(world, stateKey);
    if (!found.has(key)) found.set(key, world);
  }
  return [...found.values()];
}
