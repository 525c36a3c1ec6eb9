/**
 * Runs a function over its control-flow graph, all paths at once.
 *
 * States that agree in how the questions went are joined where there are many of them (property simulation: Das, Lerner, Seigle, "ESP"),
 * so the run ends: there are finitely many values, and joins only lose knowledge.
 */
import type { BasicBlock, Edge } from '../flow/cfg.ts';
import { deferOf } from '../flow/evaluation.ts';
import { reversePostorder } from '../flow/graph.ts';
import { type Expr, unparen } from '../syntax/ast.ts';
import { compare, learn } from './conditions.ts';
import { evaluate, evaluateStored } from './evaluate.ts';
import {
  CONTENT_READ,
  type Context,
  decide,
  type Ending,
  type Frame,
  type Machine,
  type One,
} from './machine.ts';
import { variableCell } from './places.ts';
import { questionsIn } from './sources.ts';
import { joinStates, known, readPlace, type State, standsOnFailure } from './state.ts';
import { runNode } from './statements.ts';
import { type Value, zeroOf } from './values.ts';

/** States of one standing that a block sees before they are joined. */
const MAX_STATES = 6;

/** Standings that a block tells apart. */
const MAX_STANDINGS = 24;

/** Ways out of a call that its caller sees. */
const MAX_ENDINGS = 12;

const NAMED: ReadonlySet<string> = new Set(['Ident', 'SelectorExpr', 'IndexExpr', 'StarExpr']);

/** What has come to a block. */
interface Arrivals {
  readonly seen: Set<string>;
  /** By standing: how many states were let in one by one, and what the rest of them is together. */
  readonly groups: Map<string, { count: number; joined: State | undefined }>;
  waiting: State[];
}

/** Runs a function whose parameters stand in memory. */
export function runFunction(m: Machine, frame: Frame, start: State): readonly Ending[] {
  const { cfg, results } = frame.fn;
  const { values } = m;
  for (const result of results) start.cells.set(variableCell(m, frame, result), zeroOf(values, result.type));
  const outer = start.returned;
  const outerDefers = new Set(start.deferred);
  start.returned = undefined;
  start.deferred.clear();
  const { blocks, position } = reversePostorder(cfg);
  const arrivals = blocks.map((): Arrivals => ({ seen: new Set(), groups: new Map(), waiting: [] }));
  const open = new Set<number>();
  const arrive = (block: BasicBlock, state: State): void => {
    const at = position[block.index]!;
    arrivals[at]!.waiting.push(state);
    open.add(at);
  };
  const endings: Ending[] = [];
  arrive(cfg.entry, start);
  // In the order of control, so that what meets in a block has met before the block is run.
  for (let at = first(open); at !== undefined && m.budget > 0; at = first(open)) {
    open.delete(at);
    const block = blocks[at]!;
    if (block === cfg.abort) continue;
    const ctx: Context = { m, frame, block };
    for (const admitted of admit(arrivals[at]!, block === cfg.exit))
      for (const { state, value } of runBlock(ctx, admitted.fork())) {
        if (block === cfg.exit) endings.push(ending(m, frame, state));
        else for (const [to, after] of leaveBlock(ctx, state, value)) arrive(to, after);
      }
  }
  for (const { state } of endings) {
    state.returned = outer;
    state.deferred.clear();
    for (const stmt of outerDefers) state.deferred.add(stmt);
  }
  return fewer(m, endings);
}

function ending(m: Machine, frame: Frame, state: State): Ending {
  const by = state.returned;
  const values = frame.fn.results.map((result) => {
    const value = readPlace(state, m.values.place(variableCell(m, frame, result)));
    const is = value.known ?? known(state, value);
    return is === undefined || is === value.known ? value : m.values.with(value, { known: is });
  });
  const [first] = values;
  const failure = values.length > 1 ? values.at(-1) : undefined;
  if (first?.known?.kind === 'bool' && first.known.value && first.origin === undefined)
    if (failure?.known?.kind === 'non-nil' || standsOnFailure(state))
      values[0] = m.values.with(first, { origin: by });
  state.leave(frame, m.addressed);
  return { state, values, by };
}

/** Joins endings where there are too many, or where they differ in nothing. */
function fewer(m: Machine, endings: readonly Ending[]): readonly Ending[] {
  const distinct = new Map<string, Ending>();
  for (const e of endings)
    distinct.set(`${e.state.key()}@${e.values.map((v) => v.id).join()}@${e.by?.pos ?? ''}`, e);
  if (distinct.size <= MAX_ENDINGS) return [...distinct.values()];
  const joined = new Map<string, Ending>();
  for (const e of distinct.values()) {
    const first = e.values[0]?.known;
    const key = `${e.state.standing()}@${first?.kind === 'bool' ? first.value : ''}`;
    const other = joined.get(key);
    joined.set(
      key,
      other === undefined
        ? e
        : {
            state: joinStates(other.state, e.state),
            values: e.values.map((v, i) => m.values.join(other.values[i] ?? v, v)),
            by: e.by,
          },
    );
  }
  return [...joined.values()];
}

function first(positions: ReadonlySet<number>): number | undefined {
  let least: number | undefined;
  for (const at of positions) if (least === undefined || at < least) least = at;
  return least;
}

/** The states that a block is to be run with: new ones, joined where there are too many. Returns are never joined with each other. */
function admit(here: Arrivals, isExit: boolean): readonly State[] {
  const { waiting, seen, groups } = here;
  here.waiting = [];
  const byStanding = new Map<string, State[]>();
  for (const state of waiting) {
    const key = state.key();
    if (seen.has(key)) continue;
    seen.add(key);
    let standing = `${state.standing()}@${isExit ? (state.returned?.pos ?? '') : ''}`;
    if (!groups.has(standing) && !byStanding.has(standing) && groups.size + byStanding.size >= MAX_STANDINGS)
      standing = isExit ? standing.slice(standing.indexOf('@')) : '';
    const list = byStanding.get(standing);
    if (list === undefined) byStanding.set(standing, [state]);
    else list.push(state);
  }
  const admitted: State[] = [];
  for (const [standing, states] of byStanding) {
    const group = groups.get(standing) ?? { count: 0, joined: undefined };
    groups.set(standing, group);
    group.count += states.length;
    if (group.count <= MAX_STATES) {
      admitted.push(...states);
      continue;
    }
    const joined = states.reduce(joinStates, group.joined ?? states[0]!);
    if (group.joined?.key() === joined.key()) continue;
    group.joined = joined;
    seen.add(joined.key());
    admitted.push(joined);
  }
  return admitted;
}

/** The ways through the nodes of a block; the value is that of its last node, if that is an expression. */
function runBlock(ctx: Context, start: State): readonly One[] {
  const { cfg } = ctx.frame.fn;
  let ways: readonly One[] = [{ state: start, value: ctx.m.values.unknown }];
  for (const node of ctx.block.nodes) {
    const deferred = ctx.block === cfg.exit ? deferOf(cfg, node) : undefined;
    ways = ways.flatMap(({ state }): readonly One[] => {
      if (deferred === undefined) return runNode(ctx, state, node);
      if (!state.deferred.has(deferred)) return [{ state, value: ctx.m.values.unknown }];
      return evaluate(ctx, state, node as Expr);
    });
  }
  return ways;
}

/** The edges that a state takes behind a block. */
function leaveBlock(ctx: Context, state: State, value: Value): readonly (readonly [BasicBlock, State])[] {
  const { m, frame, block } = ctx;
  const { succs } = block;
  const [only] = succs;
  if (succs.length === 1 && only!.why.kind === 'next') return [[only!.to, state]];
  const taken: (readonly [BasicBlock, State])[] = [];
  noteContent(state, value);
  const cases = succs.some((e) => e.why.kind === 'case') ? caseOutcomes(ctx, state, succs, value) : undefined;
  if (cases !== undefined) {
    for (const { state: s, value: outcome } of cases) {
      const is = known(s, outcome);
      noteContent(s, outcome);
      for (const edge of succs)
        if (is?.kind !== 'bool' || is.value === (edge.why.kind === 'case')) taken.push([edge.to, s.fork()]);
    }
    return taken;
  }
  for (const edge of succs) {
    const s = state.fork();
    if (follow(ctx, s, edge, value)) taken.push([edge.to, s]);
  }
  for (const { why } of succs) {
    if (why.kind === 'true' || why.kind === 'false') decide(m, frame, block, why.cond, value);
    const x = why.kind === 'range-next' ? why.stmt.x : why.kind === 'type-case' ? why.x : undefined;
    if (x !== undefined)
      for (const one of evaluateStored(ctx, state.fork(), x)) decide(m, frame, block, x, one.value);
  }
  return taken;
}

/** Whoever goes by what an answer says has one. */
function noteContent(state: State, decision: Value): void {
  if (known(state, decision)?.kind === 'bool') return;
  for (const question of questionsIn(decision.data)) state.mark(question, CONTENT_READ);
}

function caseOutcomes(ctx: Context, state: State, succs: readonly Edge[], value: Value): readonly One[] {
  const why = succs.map((e) => e.why).find((w) => w.kind === 'case');
  if (why?.kind !== 'case') return [];
  return evaluateStored(ctx, state, why.tag).flatMap(({ state: s, value: tag }) =>
    compare(ctx, s, '==', { expr: why.tag, value: tag }, { expr: why.value, value }, why.value).map((one) => {
      decide(ctx.m, ctx.frame, ctx.block, why.tag, one.value);
      return one;
    }),
  );
}

/** Takes an edge if that is possible, and notes what it says. */
function follow(ctx: Context, state: State, { why }: Edge, value: Value): boolean {
  switch (why.kind) {
    case 'true':
    case 'false': {
      const wanted = why.kind === 'true';
      const is = known(state, value);
      if (is?.kind === 'bool') return is.value === wanted;
      // What has no name is not asked about again.
      if (value.symbol !== undefined && NAMED.has(unparen(why.cond).kind))
        state.facts.set(value.symbol, { kind: 'bool', value: wanted });
      return true;
    }
    case 'type-case': {
      const nil = why.types.every((t) => t.kind === 'Ident' && t.name === 'nil');
      const mixed = why.types.some((t) => t.kind === 'Ident' && t.name === 'nil');
      for (const one of evaluateStored(ctx, state, why.x)) {
        const is = known(one.state, one.value);
        if (is?.kind === 'nil' && !mixed) return false;
        if (is !== undefined && is.kind !== 'nil' && nil) return false;
        if (is === undefined && one.value.symbol?.errorOf !== undefined && (nil || !mixed))
          return learn(ctx, state, one.value, nil);
      }
      return true;
    }
    default:
      return true;
  }
}
