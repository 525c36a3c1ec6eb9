/**
 * Forgets what nothing can reach any more: worlds that differ in dead things only are one.
 *
 * Reachable is, from the locations that are kept, whatever their values mention, by site: that is coarse and cheap.
 */
import { type Identity, subjectOf } from './identity.ts';
import type { Location, Value } from './value.ts';
import type { World } from './world.ts';

/** `isRoot` is asked about the variables of the store; what is neither root nor reached from one is dropped. */
export function dropUnreachable(world: World, isRoot: (at: Location) => boolean): void {
  const reached = new Set<object>();
  const waiting = new Set<Location>();
  const work: Location[] = [];
  for (const at of world.store.keys()) {
    if (at.kind === 'variable' && isRoot(at)) work.push(at);
    else waiting.add(at);
  }
  const reach = (value: Value) => {
    for (const mention of value.kind === 'list' ? value.held : value.mentions) reached.add(mention);
  };
  const settle = () => {
    for (;;) {
      for (let at = work.pop(); at !== undefined; at = work.pop()) {
        if (at.kind === 'variable') reached.add(at);
        reach(world.store.get(at)!);
      }
      for (const at of waiting) {
        if (!reached.has(anchorOf(at))) continue;
        waiting.delete(at);
        work.push(at);
      }
      if (work.length === 0) return;
    }
  };
  settle();
  // An element is told from the others as long as somebody has the index that picked it out.
  for (const [at, value] of world.store) {
    if (waiting.has(at) || value.kind !== 'list' || value.focus.size === 0) continue;
    const focus = [...value.focus].filter(([index]) =>
      [...index.mentions].every((mention) => reached.has(mention)),
    );
    if (focus.length < value.focus.size)
      world.store.set(at, world.table.values.list(value.elements, new Map(focus), value.filled));
    for (const [, element] of focus) reach(element);
  }
  settle();
  for (const at of waiting) world.store.delete(at);
  const isGone = (who: Identity) => !reached.has(subjectOf(who).whole);
  for (const who of world.answers.keys()) if (isGone(who)) world.answers.delete(who);
  for (const who of world.assumed.keys()) if (isGone(who)) world.assumed.delete(who);
  for (const who of world.held.keys()) if (isGone(who)) world.held.delete(who);
}

/** What must be mentioned for the location to be reachable. */
function anchorOf(at: Location): object {
  switch (at.kind) {
    case 'variable':
      return at;
    case 'object':
      return at.site;
    case 'pointee':
      return at.of.site;
    case 'field':
    case 'element':
      return anchorOf(at.of);
  }
}
