/**
 * Ways from one request to the same request again: paths on which no cursor is moved on.
 *
 *     if err != nil { log.Print(err); continue }     // the API is down: the same page is asked for, for ever
 *     if len(page.Items) == 0 { continue }           // the same page again
 *
 * Not reported: ways on which attempts are counted and bounded, waits for a rate limit, retries that a predicate of the error has
 * allowed, and (without an error) waits for an answer to become ready.
 */
import type { BasicBlock, Edge, Place } from '../../go/flow/cfg.ts';
import { nilTest } from '../../go/flow/conditions.ts';
import { definitionsAt } from '../../go/flow/definitions.ts';
import { callsAt } from '../../go/flow/evaluation.ts';
import { findFeasiblePath } from '../../go/flow/feasible.ts';
import type { Path } from '../../go/flow/paths.ts';
import { calledName } from '../../go/provenance/callee-names.ts';
import type { Request } from '../../go/provenance/frame.ts';
import { VIA } from '../../go/provenance/origins.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import { opposite } from './comparisons.ts';
import { isErrorOperand, statusTest } from './errors.ts';
import { type Court, isErrorEdge } from './exits.ts';
import { rolesOf } from './roles.ts';
import type { Turn } from './turn.ts';

export interface Repeat {
  readonly path: Path;
  /** The decision that leads past the advance; undefined if there is none. */
  readonly because: Edge | undefined;
}

/** A way back without an error. */
export function repeatWithoutError(
  court: Court,
  requests: readonly Request[],
  advances: readonly Place[],
): Repeat | undefined {
  const { turn } = court;
  return search(court, requests, {
    barrier: [...advances, ...pausesIn(turn)],
    allows: (edge) => !isErrorEdge(turn, edge) && !isExcused(turn, edge) && !isPauseEdge(turn, edge),
    requires: undefined,
  });
}

/** A way back after an error. `own`: only errors of the request itself count. */
export function repeatAfterError(
  court: Court,
  requests: readonly Request[],
  advances: readonly Place[],
  own: boolean,
): Repeat | undefined {
  const { turn } = court;
  const calls = new Set(requests.map(({ call }) => call));
  return search(court, requests, {
    barrier: advances,
    allows: (edge) => !isExcused(turn, edge),
    requires: (edge) => isErrorEdge(turn, edge) && (!own || isErrorOf(turn, edge, calls)),
  });
}

interface Question {
  readonly barrier: readonly Place[];
  readonly allows: (edge: Edge) => boolean;
  readonly requires: ((edge: Edge) => boolean) | undefined;
}

/** How often the search goes on behind a way on which attempts are bounded. */
const MAX_BOUNDS = 4;

function search(court: Court, requests: readonly Request[], question: Question): Repeat | undefined {
  const { turn } = court;
  const { inside, fn } = turn.repetition;
  const goals = new Set(requests.map(({ place }) => keyOf(place)));
  const changed = changesByPlace(turn);
  for (const request of requests) {
    const barrier = new Set(question.barrier.map(keyOf));
    for (let i = 0; i <= MAX_BOUNDS; i++) {
      const path = findFeasiblePath({
        names: fn.pkg.info,
        from: request.place,
        isGoal: (place) => goals.has(keyOf(place)),
        isBarrier: (place) => barrier.has(keyOf(place)),
        allows: (edge) => inside.has(edge.to) && question.allows(edge),
        ...(question.requires === undefined ? {} : { requires: question.requires }),
        changes: (place) => changed.get(keyOf(place)) ?? [],
      });
      if (path === undefined) break;
      const counting = boundOn(court, path);
      if (counting === undefined) return { path, because: decisionOn(turn, path, question.requires) };
      // Only ways that do not count are left.
      const before = barrier.size;
      for (const place of counting) barrier.add(keyOf(place));
      if (barrier.size === before) break;
    }
  }
  return undefined;
}

function keyOf({ block, index }: Place): string {
  return `${block.index}.${index}`;
}

function changesByPlace(turn: Turn): ReadonlyMap<string, readonly Var[]> {
  const found = new Map<string, Var[]>();
  for (const { place, location, how } of turn.writes) {
    if (how === 'assign' || location.cell.kind !== 'var') continue;
    const key = keyOf(place);
    const list = found.get(key);
    if (list === undefined) found.set(key, [location.cell]);
    else list.push(location.cell);
  }
  return found;
}

/** The decision that a message should name: the error, or the last one that turned back. */
function decisionOn(turn: Turn, path: Path, requires: Question['requires']): Edge | undefined {
  if (requires !== undefined) return path.edges.find(requires);
  const { head } = turn.repetition;
  let last: Edge | undefined;
  for (const edge of path.edges) {
    if (edge.to === head) break;
    if (edge.why.kind !== 'next') last = edge;
  }
  return last;
}

/**
 * Is there a test on the way that counts what the way itself counts, `attempts++; if attempts > max { return }`? Then the places where it
 * is counted; for a budget of time: none are needed, and the places are those of the way's own start.
 */
function boundOn(court: Court, path: Path): readonly Place[] | undefined {
  const { turn } = court;
  const blocks = blocksOf(path);
  for (const block of blocks) {
    const [edge] = block.succs;
    if (edge === undefined || (edge.why.kind !== 'true' && edge.why.kind !== 'false')) continue;
    const cond = unparen(edge.why.cond);
    const place: Place = { block, index: Math.max(0, block.nodes.length - 1) };
    const operands: readonly Expr[] =
      cond.kind === 'BinaryExpr' ? [cond.x, cond.y] : cond.kind === 'CallExpr' ? cond.args : [cond];
    if (operands.some((operand) => rolesOf(turn, court.requests, operand, place).time)) return [path.from];
    for (const operand of operands) {
      const counted = countingPlaces(turn, operand).filter((p) => isOn(path, blocks, p));
      if (counted.length > 0) return counted;
    }
  }
  return undefined;
}

/** Where the turn counts what the operand names; what is set anew on the way as well does not count. */
function countingPlaces(turn: Turn, operand: Expr): readonly Place[] {
  const variables = new Set<unknown>();
  const fields = new Set<string>();
  walk(operand, (node) => {
    if (node.kind === 'Ident') variables.add(turn.repetition.fn.pkg.info.objectOf(node));
    if (node.kind === 'SelectorExpr') fields.add(node.sel.name);
  });
  return turn.writes.flatMap(({ location, origins, place }) => {
    const named = location.depth === 0 ? variables.has(location.cell) : fields.has(location.field);
    return named && [...origins].some((o) => (o.via & (VIA.step | VIA.grown)) !== 0) ? [place] : [];
  });
}

function blocksOf(path: Path): ReadonlySet<BasicBlock> {
  return new Set([path.from.block, ...path.edges.map((edge) => edge.to)]);
}

function isOn(path: Path, blocks: ReadonlySet<BasicBlock>, { block, index }: Place): boolean {
  if (!blocks.has(block)) return false;
  const entered = path.edges.some((edge) => edge.to === block);
  if (block === path.from.block && index > path.from.index) return true;
  return entered && (block !== path.to.block || index < path.to.index || block !== path.from.block);
}

/** Is the retry one that a predicate of the error or answer has asked for, or a wait for a rate limit? */
export function isExcused(turn: Turn, edge: Edge): boolean {
  const { why } = edge;
  const { info } = turn.repetition.fn.pkg;
  if (why.kind === 'type-case') return isErrorOperand(info, why.x);
  if (why.kind !== 'true' && why.kind !== 'false') return false;
  const cond = unparen(why.cond);
  if (isVerdictOnError(turn, edge, cond)) return true;
  if (cond.kind === 'CallExpr') {
    // A callback that is shown the error (`yield(item, err)`) does not judge it.
    if (why.kind === 'false' || turn.isCallback(cond)) return false;
    return cond.args.some((arg) => isErrorOperand(info, arg)) || LIMIT.test(calledName(cond));
  }
  if (cond.kind === 'BinaryExpr') {
    const op = why.kind === 'true' ? cond.op : opposite(cond.op);
    if (statusTest(info, op, cond.x, cond.y) === 'limited') return true;
    // `err == ErrRateLimited`
    return op === '==' && nilTest(why) === undefined && isErrorOperand(info, cond.x);
  }
  return why.kind === 'true' && cond.kind === 'Ident' && LIMIT.test(cond.name);
}

/** `fatal := classify(err); if fatal { return }`: a function that was given the error has decided, either way. */
function isVerdictOnError(turn: Turn, edge: Edge, cond: Expr): boolean {
  const { info, program } = turn.repetition.fn.pkg;
  const operands = cond.kind === 'BinaryExpr' ? [cond.x, cond.y] : [cond];
  const place: Place = { block: edge.from, index: edge.from.nodes.length - 1 };
  return operands.some((operand) => {
    const x = unparen(operand);
    const variable = x.kind === 'Ident' ? info.objectOf(x) : undefined;
    if (variable?.kind !== 'var') return false;
    return definitionsAt(turn.variables, place, variable).some(({ value }) => {
      const call = value && unparen(value);
      if (call?.kind !== 'CallExpr' || !call.args.some((arg) => isErrorOperand(info, arg))) return false;
      const callee = program.calleeOf(call);
      return !(callee.kind === 'function' && /^(?:fmt|errors)$/.test(callee.func.pkg.path));
    });
  });
}

const LIMIT = /retr|rate.?limit|throttl|too.?many|backoff|temporar/i;

/** Is what failed the request itself, and not something that was done with its answer? */
function isErrorOf(turn: Turn, edge: Edge, calls: ReadonlySet<CallExpr>): boolean {
  const test = nilTest(edge.why);
  const x = test && unparen(test.x);
  if (x?.kind !== 'Ident') return false;
  const variable = turn.repetition.fn.pkg.info.objectOf(x);
  if (variable?.kind !== 'var') return false;
  const place: Place = { block: edge.from, index: edge.from.nodes.length - 1 };
  return definitionsAt(turn.variables, place, variable).some(({ value }) => {
    const source = value && unparen(value);
    return source?.kind === 'CallExpr' && calls.has(source);
  });
}

/** The places at which the turn waits. */
export function pausesIn(turn: Turn): readonly Place[] {
  const { fn, blocks } = turn.repetition;
  const found: Place[] = [];
  for (const block of blocks) {
    block.nodes.forEach((node, index) => {
      if (callsAt(fn.cfg, node).some((call) => isPause(turn, call)) || isTick(turn, node as Expr))
        found.push({ block, index });
    });
  }
  return found;
}

function isPause(turn: Turn, call: CallExpr): boolean {
  const callee = turn.repetition.fn.pkg.program.calleeOf(call);
  if (callee.kind === 'function' && callee.func.pkg.path === 'time' && callee.func.name === 'Sleep')
    return true;
  return (
    /^(?:sleep|backoff|pause|wait(?:for|before|until)?)/i.test(calledName(call)) &&
    !/^Wait$/.test(calledName(call))
  );
}

/** `<-ticker.C`, `<-time.After(d)` as a statement of its own. */
function isTick(turn: Turn, node: { readonly kind: string }): boolean {
  const statement = node as { kind: string; x?: Expr };
  const x = statement.kind === 'ExprStmt' && statement.x !== undefined ? unparen(statement.x) : undefined;
  return x?.kind === 'UnaryExpr' && x.op === '<-' && isTimer(turn, x.x);
}

/** Is the edge that of a select whose case is a timer? */
export function isPauseEdge(turn: Turn, edge: Edge): boolean {
  if (edge.why.kind !== 'select') return false;
  const { comm } = edge.why.clause;
  const e = comm?.kind === 'ExprStmt' ? comm.x : comm?.kind === 'AssignStmt' ? comm.rhs[0] : undefined;
  const x = e && unparen(e);
  return x?.kind === 'UnaryExpr' && x.op === '<-' && isTimer(turn, x.x);
}

function isTimer(turn: Turn, channel: Expr): boolean {
  const x = unparen(channel);
  const { info } = turn.repetition.fn.pkg;
  const type = info.typeOf(x);
  if (type.kind === 'chan' && type.elem.kind === 'named' && type.elem.object.pkg.path === 'time') return true;
  return x.kind === 'SelectorExpr' && x.sel.name === 'C';
}

/** Does the turn wait, at some place, before it goes on? */
export function isPaced(turn: Turn): boolean {
  if (pausesIn(turn).length > 0) return true;
  return turn.repetition.blocks.some((block) => block.succs.some((edge) => isPauseEdge(turn, edge)));
}
