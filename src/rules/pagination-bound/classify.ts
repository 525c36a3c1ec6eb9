/**
 * Which loop is what: pagination of which kind and with which proof that it ends, or why it is none (go-api-code.md, C1 and C5).
 *
 *     for { page := list(token); if page.Next == "" { break }; token = page.Next }     // pages by token; signal
 *     for { state := status(id); if state.Done { return }; time.Sleep(d) }             // no cursor: polling
 *
 * One loop has one fault at most, the gravest: the order of the tests here is the order of the specification.
 */
import type { Edge, Place } from '../../go/flow/cfg.ts';
import { decisionsAt } from '../../go/flow/facts.ts';
import { loopsAround } from '../../go/flow/loops.ts';
import { calledName } from '../../go/provenance/callee-names.ts';
import type { Write } from '../../go/provenance/frame.ts';
import { isWithin, overlap, VIA } from '../../go/provenance/origins.ts';
import type { Flow } from '../../go/provenance/run.ts';
import type { CallExpr, Ranged } from '../../go/syntax/ast.ts';
import { type UnenforcedCap, unenforcedCap } from './caps.ts';
import { type Cursor, cursorsOf, namesOfCursor } from './cursors.ts';
import { type Court, type Exit, exitsOf, isErrorEdge, type Verdict } from './exits.ts';
import { isPositionName, isSignalName, isTailName } from './names.ts';
import { judgePager, type PagerFault } from './pagers.ts';
import { isExcused, isPaced, type Repeat, repeatAfterError, repeatWithoutError } from './repeats.ts';
import type { Repetition } from './repetition.ts';
import type { Requests } from './tracking.ts';
import { type Turn, turnOf } from './turn.ts';

type Bound = Extract<Verdict, { kind: 'cap' | 'budget' | 'seen' }>;
type Signal = Extract<Verdict, { kind: 'signal' }>;
export type Unseen = Extract<Verdict, { kind: 'unseen' }>;

export type Fault =
  /** `signals`: what the loop looks at to see whether there is more. */
  | { readonly kind: 'same request'; readonly signals: readonly Ranged[] }
  | { readonly kind: 'advance skipped'; readonly repeat: Repeat }
  | { readonly kind: 'spins'; readonly repeat: Repeat }
  | { readonly kind: 'pager'; readonly fault: PagerFault }
  | { readonly kind: 'cap'; readonly cap: UnenforcedCap }
  | { readonly kind: 'cursor only'; readonly at: Ranged }
  | { readonly kind: 'endless' }
  | { readonly kind: 'unseen'; readonly exits: readonly Unseen[] }
  | { readonly kind: 'advance unseen'; readonly call: CallExpr };

export interface Paging {
  readonly kind: 'paging';
  readonly repetition: Repetition;
  readonly by: 'cursor' | 'paginator';
  readonly request: CallExpr | undefined;
  readonly cursors: readonly Cursor[];
  /** Pattern A: what bounds it. */
  readonly bounds: readonly Bound[];
  /** Pattern B: what the API signals. */
  readonly signals: readonly Signal[];
  readonly faults: readonly Fault[];
  readonly court: Court;
}

export interface NoPaging {
  readonly kind: 'other';
  readonly repetition: Repetition;
  readonly why:
    | 'no request'
    | 'no cursor'
    | 'local list'
    | 'tail'
    | 'polling'
    | 'retry'
    | 'tree'
    | 'counting';
}

export type Classified = Paging | NoPaging;

export function classify(requests: Requests, repetition: Repetition, whole: Flow): Classified {
  const other = (why: NoPaging['why']): NoPaging => ({ kind: 'other', repetition, why });
  if (!mayAsk(requests, repetition)) return other('no request');
  const turn = turnOf(requests, repetition, whole);
  if (turn.flow.requests.length === 0) return other('no request');
  if (repetition.kind === 'recursion' && isAfterError(turn)) return other('retry');
  if (repetition.kind === 'recursion' && callsItselfInLoop(turn)) return other('tree');
  if (repetition.kind !== 'recursion' && endsWithSuccess(turn)) return other('retry');
  const cursors = cursorsOf(turn);
  const court: Court = { turn, requests, cursors };
  const exits = exitsOf(court);
  const verdicts = exits.flatMap((exit) => exit.verdicts);
  const signals = verdicts.filter((v) => v.kind === 'signal');
  const pager = judgePager(court, verdicts);
  if (pager !== undefined) {
    const { fault } = pager;
    const faults: Fault[] = fault === undefined ? [] : [{ kind: 'pager', fault }];
    return paging(court, [], pager.call, 'paginator', verdicts, faults);
  }
  if (cursors.length === 0)
    return withoutCursor(court, exits, signals) ?? other(isPaced(turn) ? 'polling' : 'no cursor');
  const reason = whyNoPaging(court, verdicts);
  if (reason !== undefined) return other(reason);
  const leading = leadingCursors(court, verdicts);
  return paging(
    court,
    leading,
    leading[0]!.request.call,
    'cursor',
    verdicts,
    faultsOf(court, leading, verdicts),
  );
}

function paging(
  court: Court,
  cursors: readonly Cursor[],
  request: CallExpr | undefined,
  by: Paging['by'],
  verdicts: readonly Verdict[],
  faults: readonly Fault[],
): Paging {
  return {
    kind: 'paging',
    repetition: court.turn.repetition,
    by,
    request,
    cursors,
    bounds: boundsIn(verdicts),
    signals: verdicts.filter((v) => v.kind === 'signal'),
    faults,
    court,
  };
}

function boundsIn(verdicts: readonly Verdict[]): readonly Bound[] {
  return verdicts.filter(
    (v) => v.kind === 'cap' || v.kind === 'budget' || v.kind === 'seen',
  ) as readonly Bound[];
}

/** Is there any request in it? Asked before anything is worked out. */
function mayAsk(requests: Requests, { fn, blocks, kind, stmt }: Repetition): boolean {
  if (kind === 'recursion' || kind === 'goto') return fn.calls.some((call) => requests.isRequest(call));
  const from = stmt?.pos ?? blocks[0]?.nodes[0]?.pos ?? 0;
  const to = stmt?.end ?? fn.node.end;
  return fn.calls.some((call) => call.pos >= from && call.end <= to && requests.isRequest(call));
}

/** A recursive call on a way that only an error leads to is a retry. */
function isAfterError(turn: Turn): boolean {
  const { repetition } = turn;
  const [back] = repetition.backs;
  if (back?.call === undefined) return false;
  return decisionsAt(repetition.fn.cfg, back.call).some((edge) => isErrorEdge(turn, edge));
}

/** Nothing that a request uses moves: paging gone wrong if the loop looks at a signal of paging, else something else. */
function withoutCursor(court: Court, exits: readonly Exit[], signals: readonly Signal[]): Paging | undefined {
  const { turn } = court;
  const verdicts = exits.flatMap((exit) => exit.verdicts);
  const telling = signals.filter(
    ({ form, names }) => form !== 'short page' && form !== 'empty page' && names.some(isSignalName),
  );
  const conditions = verdicts.filter((v) => v.kind === 'cursor');
  const selfFed = selfFedWrites(turn);
  if (telling.length === 0 && conditions.length === 0 && selfFed.length === 0) return undefined;
  if (isPaced(turn) || worksOffAnswers(court)) return undefined;
  const call = turn.flow.requests[0]!.call;
  const possible = possibleAdvance(turn);
  const faults: Fault[] =
    possible === undefined
      ? [{ kind: 'same request', signals: [...[...telling, ...conditions].map(({ at }) => at!), ...selfFed] }]
      : [{ kind: 'advance unseen', call: possible }];
  return paging(court, [], call, 'cursor', verdicts, faults);
}

/** `req.SetMarker(req.Marker)`: what is written into the request, as the next page, is what it holds already. */
function selfFedWrites(turn: Turn): readonly Ranged[] {
  const inputs = turn.flow.requests.flatMap((r) =>
    [...r.inputs].flatMap((o) => (o.kind === 'head' ? [o.location!] : [])),
  );
  return turn.writes.flatMap(({ location, origins, how, call, place }) => {
    const name = call === undefined ? location.field : calledName(call).replace(/^Set/, '');
    if (
      (how !== 'assign' && how !== 'set') ||
      !isSignalName(name) ||
      !inputs.some((l) => overlap(l, location))
    )
      return [];
    const own = [...origins].filter((o) => o.kind !== 'constant');
    // One place may have several names: what is written at the same time is the same.
    const places = turn.writes.flatMap((w) =>
      w.place.block === place.block && w.place.index === place.index ? [w.location] : [],
    );
    const fed = own.every(
      (o) => o.kind === 'head' && !(o.via & VIA.step) && places.some((l) => overlap(l, o.location!)),
    );
    return own.length > 0 && fed ? [call ?? place.block.nodes[place.index]!] : [];
  });
}

/** Does the loop only start again after an error, or where a predicate of one says so? Then a turn that goes well is the last. */
function endsWithSuccess(turn: Turn): boolean {
  const { inside, backs, fn, head } = turn.repetition;
  // What leads out of an inner loop says nothing about this one.
  const isOwn = (edge: Edge): boolean => loopsAround(fn.cfg, edge.from)[0]?.head === head;
  const ends = new Set(backs.map(({ block }) => block));
  return turn.flow.requests.every(({ place }) => {
    const reached = new Set([place.block]);
    for (const block of reached) {
      if (ends.has(block)) return false;
      for (const edge of block.succs) {
        if (!inside.has(edge.to) || edge.to === head) continue;
        if (!isOwn(edge) || !(isErrorEdge(turn, edge) || isExcused(turn, edge))) reached.add(edge.to);
      }
    }
    return true;
  });
}

/** Recursion for each element of a list goes down, not on. */
function callsItselfInLoop({ repetition }: Turn): boolean {
  const call = repetition.backs[0]?.call;
  return call !== undefined && loopsAround(repetition.fn.cfg, call.block).length > 0;
}

/** Does the loop change what it lists (delete, acknowledge)? Then the same request has another answer next time. */
function worksOffAnswers({ turn }: Court): boolean {
  return turn.flow.requests.some(({ call, inputs }) => {
    const name = turn.repetition.fn.pkg.program.files.textOf(call.fun);
    return (
      /(?:delete|remove|terminate|purge|ack|detach|disassociate|deregister|revoke|cancel|stop|update|release|drain|process)/i.test(
        name,
      ) && [...inputs].some((o) => o.kind === 'answer')
    );
  });
}

/** A call out of sight that may have written something that a request is made of. */
function possibleAdvance(turn: Turn): CallExpr | undefined {
  const inputs = turn.flow.requests.flatMap((request) =>
    [...request.inputs].flatMap((o) => (o.kind === 'head' ? [o.location!] : [])),
  );
  const writes = turn.writes.filter((w: Write) => w.how === 'possible' && w.call !== undefined);
  return writes.find((w) => inputs.some((l) => isWithin(w.location, l) || isWithin(l, w.location)))?.call;
}

/** Reasons not to call it paging although something moves. */
function whyNoPaging(court: Court, verdicts: readonly Verdict[]): NoPaging['why'] | undefined {
  const { turn, cursors } = court;
  const answered = cursors.filter((c) => c.kind === 'answer');
  const signals = verdicts.filter((v) => v.kind === 'signal');
  const local = verdicts.some((v) => v.kind === 'local' || (v.kind === 'cap' && v.local));
  if (turn.repetition.kind === 'recursion' && answered.length > 0 && answered.every(isOfElement))
    return 'tree';
  if (answered.length === 0) {
    if (local && signals.length === 0) return 'local list';
    if (!cursors.some((c) => isPosition(court, c))) return 'counting';
    return undefined;
  }
  if (local && signals.length === 0 && !cursors.some((c) => namesOfCursor(c).some(isSignalName)))
    return 'local list';
  if (
    signals.length > 0 ||
    boundsIn(verdicts).length > 0 ||
    verdicts.some((v) => v.kind === 'cursor' || v.kind === 'unseen')
  )
    return undefined;
  const names = answered.flatMap(namesOfCursor);
  // Without any test of the answer only the names tell paging from other things that go on and on.
  if (!names.some((name) => isSignalName(name) || isPositionName(name))) return 'no cursor';
  if (names.some(isTailName) && !names.some((name) => /page|next/i.test(name))) return 'tail';
  return isPaced(turn) && !names.some(isSignalName) ? 'tail' : undefined;
}

function isOfElement(cursor: Cursor): boolean {
  return cursor.advances.every((w) =>
    [...w.origins].every((o) => o.kind !== 'answer' || (o.via & VIA.element) !== 0),
  );
}

/** Does a counter say where the request begins? By its names, and by what the request is written like. */
function isPosition({ turn }: Court, cursor: Cursor): boolean {
  if (namesOfCursor(cursor).some(isPositionName)) return true;
  const { program } = turn.repetition.fn.pkg;
  const text = program.files.textOf(cursor.request.call);
  return /page|offset|skip|cursor|start/i.test(text);
}

/** Those cursors that the loop is about: from the answer, if there are any; of counters those that say a position. */
function leadingCursors(court: Court, verdicts: readonly Verdict[]): readonly Cursor[] {
  void verdicts;
  const answered = court.cursors.filter((c) => c.kind === 'answer');
  if (answered.length > 0)
    return court.cursors.filter((c) => answered.some((a) => a.request.call === c.request.call));
  const positions = court.cursors.filter((c) => isPosition(court, c));
  return positions.length > 0 ? positions : court.cursors;
}

function faultsOf(court: Court, cursors: readonly Cursor[], verdicts: readonly Verdict[]): readonly Fault[] {
  const { turn } = court;
  const bounds = boundsIn(verdicts);
  const signals = verdicts.filter((v) => v.kind === 'signal');
  const requests = [...new Set(cursors.map((c) => c.request))];
  const advances = cursors.flatMap((c) => c.advances.map((w) => w.place));
  if (turn.repetition.kind !== 'recursion') {
    const own = advances.filter((place) => !requests.some((r) => samePlace(r.place, place)));
    const inside = own.length < advances.length;
    const skipped = inside ? undefined : repeatWithoutError(court, requests, advances);
    if (skipped !== undefined) return [{ kind: 'advance skipped', repeat: skipped }];
    const spins = repeatAfterError(court, requests, inside ? own : advances, inside);
    if (spins !== undefined) return [{ kind: 'spins', repeat: spins }];
  }
  if (bounds.length === 0) {
    const cap = unenforcedCap(court);
    if (cap !== undefined) return [{ kind: 'cap', cap }];
  }
  if (bounds.length > 0 || signals.length > 0) return [];
  const bare = verdicts.find((v) => v.kind === 'cursor');
  if (bare !== undefined) return [{ kind: 'cursor only', at: bare.at! }];
  const unseen = verdicts.filter((v) => v.kind === 'unseen');
  return unseen.length > 0 ? [{ kind: 'unseen', exits: unseen }] : [{ kind: 'endless' }];
}

function samePlace(a: Place, b: Place): boolean {
  return a.block === b.block && a.index === b.index;
}
