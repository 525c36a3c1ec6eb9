/**
 * Cursors: what a request is made from and a turn moves on (go-api-code.md, C1 and C3).
 *
 *     page, err := c.byToken(ctx, token); token = page.Next     // token: from the answer
 *     page, err := c.byNumber(ctx, number); number++            // number: counted
 *
 * Not a cursor: what goes in and never changes; an element of a list that is worked off; what another request has answered (a token
 * that was refreshed); what the request itself fills.
 */

import type { BasicBlock } from '../../go/flow/cfg.ts';
import { type Loop, loopsAround } from '../../go/flow/loops.ts';
import { isContext } from '../../go/provenance/callee-names.ts';
import type { Request, Write } from '../../go/provenance/frame.ts';
import { read } from '../../go/provenance/memory.ts';
import {
  fieldsOf,
  isWithin,
  type Location,
  namesOf,
  type Origin,
  overlap,
  VIA,
} from '../../go/provenance/origins.ts';
import { progressOf, type Turn, writesTo } from './turn.ts';

export interface Cursor {
  readonly location: Location;
  readonly request: Request;
  readonly kind: 'answer' | 'counted';
  /** As the code names it: `opts.Page`. */
  readonly name: string;
  /** The writes that move it on. */
  readonly advances: readonly Write[];
  /** What the answer calls it, where it comes from there. */
  readonly source: string | undefined;
}

export function cursorsOf(turn: Turn): readonly Cursor[] {
  const found: Cursor[] = [];
  const seen = new Set<string>();
  turn.flow.requests.forEach((request, i) => {
    for (const input of request.inputs) {
      if (input.kind !== 'head' || (input.via & (VIA.element | VIA.test)) !== 0 || isOfContext(input))
        continue;
      for (const location of movedParts(turn, input.location!)) {
        const key = `${i} ${nameOf(location)}`;
        if (seen.has(key)) continue;
        const cursor = cursorAt(turn, request, location, input.via);
        if (cursor === undefined) continue;
        seen.add(key);
        found.push(cursor);
      }
    }
  });
  return found;
}

function isOfContext({ location }: Origin): boolean {
  const cell = location?.cell;
  return cell?.kind === 'var' && isContext(cell.type);
}

/** The location, and those of its parts that the turn writes. */
function movedParts(turn: Turn, location: Location): ReadonlySet<Location> {
  const parts = new Set<Location>();
  for (const { location: written, how } of turn.writes) {
    if (how !== 'assign' && how !== 'set') continue;
    if (isWithin(written, location)) parts.add(written);
    else if (isWithin(location, written)) parts.add(location);
  }
  return parts;
}

function cursorAt(turn: Turn, request: Request, location: Location, via: number): Cursor | undefined {
  // What is written anew before the request does not come from the turn before.
  const visible = [...read(request.memory, location)].some(
    (o) => o.kind === 'head' && o.location === location,
  );
  if (!visible) return undefined;
  const progress = progressOf(turn, location);
  const answers = progress.answers.filter((o) => o.node === request.call && o.inner === request.inner);
  const counted =
    (progress.steps && !progress.shrinks) ||
    (progress.grows && !progress.shrinks && (via & VIA.length) !== 0);
  // A list that is worked off gets shorter, whatever is added to it.
  if (progress.shrinks && progress.grows) return undefined;
  if (answers.length === 0 && !counted) return undefined;
  const advances = writesTo(turn, location).filter(
    (w) => (w.how === 'assign' || w.how === 'set') && moves(turn, location, w),
  );
  if (advances.length === 0 || belongsInside(turn, request, advances)) return undefined;
  const kind = answers.length > 0 ? 'answer' : 'counted';
  return { location, request, kind, name: nameOf(location), advances, source: sourceOf(answers) };
}

/** Are request and advances those of a loop inside this one? Then it is that loop that pages. */
function belongsInside({ repetition }: Turn, request: Request, advances: readonly Write[]): boolean {
  const { cfg } = repetition.fn;
  const inner = (block: BasicBlock): Loop | undefined =>
    loopsAround(cfg, block).findLast(({ head }) => head !== repetition.head && repetition.inside.has(head));
  const loop = inner(request.place.block);
  return loop !== undefined && advances.every(({ place }) => inner(place.block) === loop);
}

/** Does the write give the location something that it did not have? */
function moves(turn: Turn, location: Location, w: Write): boolean {
  for (const o of w.origins) {
    if (o.kind === 'answer') return true;
    if (o.kind !== 'head') continue;
    if (overlap(o.location!, location)) {
      if (o.via & (VIA.step | VIA.arithmetic | VIA.grown)) return true;
      continue;
    }
    const { answers, steps, grows } = progressOf(turn, o.location!);
    if (answers.length > 0 || steps || grows || o.via & VIA.step) return true;
  }
  return false;
}

function sourceOf(answers: readonly Origin[]): string | undefined {
  for (const { path } of answers) {
    const name = path.filter((field) => !field.startsWith('[')).at(-1);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** As the code names a location: `opts.Page`; objects without a name by their fields. */
export function nameOf(location: Location): string {
  const { cell } = location;
  const root = cell.kind === 'var' ? [cell.name] : [];
  const fields = fieldsOf(location).map((field) => field.replace(/^\["(.*)"\]$/, '$1'));
  return [...root, ...fields.filter((field) => field !== '[]')].join('.');
}

/** All names by which a cursor goes, in the loop and in the answer. */
export function namesOfCursor(cursor: Cursor): readonly string[] {
  const { cell } = cursor.location;
  const own = [...(cell.kind === 'var' ? [cell.name] : []), ...fieldsOf(cursor.location)];
  const given = cursor.advances.flatMap((w) =>
    [...w.origins].flatMap((o) => (o.kind === 'answer' ? namesOf(o) : [])),
  );
  return [...own, ...given];
}
