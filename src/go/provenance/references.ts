/**
 * Which locations a location may point to: by assignments anywhere in the function, in no order.
 *
 *     opts := &Options{}        // opts -> the object
 *     current := opts           // current -> the object
 *     query.Page = &number      // query.Page -> number
 *
 * A pointer from out of sight (a parameter, the result of a call) points to itself, as it were: pointer and object are one location.
 */
import { type Cell, isWithin, type Location } from './origins.ts';

export interface References {
  readonly byCell: Map<Cell, Map<Location, Set<Location>>>;
  /** Grows with every reference that is added. */
  count: number;
}

/** Of more targets of one location the first are remembered. */
const MAX_TARGETS = 12;

export function noReferences(): References {
  return { byCell: new Map(), count: 0 };
}

export function copyOf({ byCell, count }: References): References {
  const copy = new Map<Cell, Map<Location, Set<Location>>>();
  for (const [cell, locations] of byCell) {
    copy.set(cell, new Map([...locations].map(([from, targets]) => [from, new Set(targets)])));
  }
  return { byCell: copy, count };
}

export function addReference(references: References, from: Location, to: Location): void {
  if (from === to) return;
  let locations = references.byCell.get(from.cell);
  if (locations === undefined) {
    locations = new Map();
    references.byCell.set(from.cell, locations);
  }
  let targets = locations.get(from);
  if (targets === undefined) {
    targets = new Set();
    locations.set(from, targets);
  }
  if (targets.has(to) || targets.size >= MAX_TARGETS) return;
  targets.add(to);
  references.count++;
}

/** The location itself, and what it may point to. */
export function pointees(references: References, location: Location): readonly Location[] {
  const targets = references.byCell.get(location.cell)?.get(location);
  return targets === undefined ? [location] : [location, ...targets];
}

/** What the parts of a location point to, as pairs of the part and its target. */
export function referencesWithin(
  references: References,
  location: Location,
): readonly (readonly [Location, Location])[] {
  const locations = references.byCell.get(location.cell);
  if (locations === undefined) return [];
  const found: [Location, Location][] = [];
  for (const [from, targets] of locations) {
    if (isWithin(from, location)) for (const target of targets) found.push([from, target]);
  }
  return found;
}

/** Everything that can be reached from these locations through pointers, themselves included. */
export function closure(references: References, start: Iterable<Location>): ReadonlySet<Location> {
  const reached = new Set(start);
  for (const location of reached)
    for (const [, target] of referencesWithin(references, location)) reached.add(target);
  return reached;
}
