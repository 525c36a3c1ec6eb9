/**
 * Errors that are logged, and then the code goes on as if nothing had happened.
 *
 *     state, err := load(path)
 *     if err != nil { log.Printf("state: %v", err) }
 *     a.state = state                        // goes on with a state that could not be read
 *
 * Only blocks that do nothing but log (or nothing at all). Allowed is what ends with the log: `continue`, `break` in a loop over items, the
 * end of a loop's body or of the function, `return` in a function that cannot return an error. So is a log behind which the error is
 * read again (`return err`, another test), and a block whose `else` has the success and nothing follows.
 * A goroutine of an errgroup that logs and returns nil is the errgroup rule's.
 */
import { fullName } from '../../go/calls/names.ts';
import { variablesOf } from '../../go/flow/accesses.ts';
import type { Place } from '../../go/flow/cfg.ts';
import { isReadAfter } from '../../go/flow/liveness.ts';
import { placeContaining } from '../../go/flow/places.ts';
import type { GoFunction } from '../../go/package.ts';
import { type BranchStmt, type CallExpr, type IfStmt, type Stmt, unparen } from '../../go/syntax/ast.ts';
import { type Site, sitesIn } from '../../go/syntax/sites.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Platform } from '../../integrations/platform.ts';
import type { ErrorBranch } from './error-branches.ts';
import { errorPositions, returnsNil, testsContextError } from './swallowed.ts';

export interface Logged {
  readonly branch: ErrorBranch & { readonly stmt: IfStmt };
  /** `claim`: the function says that it succeeded; `code`: what comes behind the block is executed. */
  readonly outcome: 'claim' | 'code';
  /** The first thing that comes next. */
  readonly next: Stmt;
  /** Not even logged. */
  readonly silent: boolean;
}

export function loggedErrors(
  platform: Platform,
  fn: GoFunction,
  branches: readonly ErrorBranch[],
  inGroup: boolean,
): readonly Logged[] {
  const found: Logged[] = [];
  for (const branch of branches) {
    const { stmt, certain, variable } = branch;
    if (stmt.kind !== 'IfStmt' || !certain || variable === undefined) continue;
    const next = whatComesNext(platform, fn, branch);
    if (next === undefined || (inGroup && next.outcome === 'claim')) continue;
    found.push({ branch: { ...branch, stmt }, ...next });
  }
  return found;
}

type Next = Omit<Logged, 'branch'>;

function whatComesNext(platform: Platform, fn: GoFunction, branch: ErrorBranch): Next | undefined {
  const { body, stmt, tested, variable, form } = branch;
  const stmts = body.filter((s) => s.kind !== 'EmptyStmt');
  const last = stmts.at(-1);
  const tail = last?.kind === 'ReturnStmt' || last?.kind === 'BranchStmt' ? last : undefined;
  const logs = tail === undefined ? stmts : stmts.slice(0, -1);
  if (!logs.every((s) => isLog(platform, fn, s)) || !endsHere(fn, logs)) return undefined;
  if (testsContextError(fn, branch)) return undefined;

  if (tail?.kind === 'ReturnStmt') {
    // Without a word about the error it is a nil after an error.
    const claims = logs.some((s) => mentions(fn, s, variable!)) && returnsNil(fn, tail, variable);
    return claims ? { outcome: 'claim', next: tail, silent: false } : undefined;
  }
  const sites = sitesIn(fn.body);
  let next: Stmt | undefined;
  let place: Place | undefined;
  if (tail === undefined) {
    place = placeContaining(fn.cfg, last ?? tested);
    next = follows(sites, outermost(sites, stmt));
  } else {
    const left = tail.tok === 'break' ? brokenStatement(sites, tail) : undefined;
    if (left === undefined || isOverItems(fn, left)) return undefined;
    place = fn.cfg.placeOf(tail) ?? placeContaining(fn.cfg, logs.at(-1) ?? tested);
    next = follows(sites, left);
  }
  if (next === undefined || place === undefined) return undefined;
  if (isReadAfter(variablesOf(fn.cfg, fn.pkg.info), place, variable!)) return undefined;
  const outcome = claimOrCode(fn, next, variable!);
  // The success has a branch of its own, so what follows does not rely on it.
  const separate = form === 'else' || (stmt.kind === 'IfStmt' && stmt.otherwise !== undefined);
  return outcome === undefined || (separate && outcome === 'code')
    ? undefined
    : { outcome, next, silent: logs.length === 0 };
}

/** Nothing to say where the function only ends; in one that cannot return an error, also with values. */
function claimOrCode(
  fn: GoFunction,
  next: Stmt,
  variable: NonNullable<ErrorBranch['variable']>,
): Logged['outcome'] | undefined {
  if (next.kind !== 'ReturnStmt') return 'code';
  if (errorPositions(fn).length === 0) return undefined;
  return returnsNil(fn, next, variable) ? 'claim' : 'code';
}

const PRINTS = /^fmt\.(?:Print|Printf|Println)$/;
const PRINTS_TO = /^fmt\.(?:Fprint|Fprintf|Fprintln)$/;

/** By name: whether a logger's Fatal comes back depends on the logger, and who calls it does not count on it. */
const ENDS = /^(?:Fatal|Panic|Exit)/;

/** A call that only tells a person: a logger, a standard stream. */
function isLog(platform: Platform, fn: GoFunction, stmt: Stmt): boolean {
  if (stmt.kind !== 'ExprStmt') return false;
  const call = unparen(stmt.x);
  if (call.kind !== 'CallExpr') return false;
  const fun = unparen(call.fun);
  if (fun.kind === 'SelectorExpr' && ENDS.test(fun.sel.name)) return false;
  return platform.isLogging(call) || isPrint(fn, call);
}

function isPrint(fn: GoFunction, call: CallExpr): boolean {
  const callee = fn.pkg.program.calleeOf(call);
  if (callee.kind === 'builtin') return callee.name === 'print' || callee.name === 'println';
  if (callee.kind !== 'function') return false;
  const name = fullName(callee.func);
  if (PRINTS.test(name)) return true;
  const stream = call.args[0] && unparen(call.args[0]);
  if (!PRINTS_TO.test(name) || stream?.kind !== 'SelectorExpr') return false;
  const object = fn.pkg.info.objectOf(stream.sel);
  return object?.kind === 'var' && object.pkg.path === 'os';
}

/** Does control come back from the last log? `log.Fatal` ends the program. */
function endsHere(fn: GoFunction, logs: readonly Stmt[]): boolean {
  return logs.every((stmt) => {
    const place = fn.cfg.placeOf(stmt);
    if (place === undefined) return false;
    const { block, index } = place;
    return index < block.nodes.length - 1 || !block.succs.every((edge) => edge.to === fn.cfg.abort);
  });
}

function mentions(fn: GoFunction, stmt: Stmt, variable: NonNullable<ErrorBranch['variable']>): boolean {
  let found = false;
  walk(
    stmt,
    (node) => {
      if (node.kind === 'Ident' && fn.pkg.info.objectOf(node) === variable) found = true;
      return !found;
    },
    { literals: true },
  );
  return found;
}

/** Of an `else if` the whole chain. */
function outermost(sites: ReadonlyMap<Stmt, Site>, stmt: Stmt): Stmt {
  let at = stmt;
  for (let site = sites.get(at); site?.list === undefined && site?.owner !== undefined; site = sites.get(at))
    at = site.owner;
  return at;
}

/**
 * The first statement that is executed behind this one; undefined where a turn of a loop or the function ends.
 */
function follows(sites: ReadonlyMap<Stmt, Site>, start: Stmt): Stmt | undefined {
  let at: Stmt | undefined = outermost(sites, start);
  while (at !== undefined) {
    const site = sites.get(at);
    const next = site?.list?.slice(site.index + 1).find((s) => s.kind !== 'EmptyStmt');
    if (next?.kind === 'BranchStmt') {
      if (next.tok !== 'break') return undefined;
      at = brokenStatement(sites, next);
    } else if (next !== undefined) {
      return next;
    } else {
      const owner: Stmt | undefined = site?.owner;
      if (owner?.kind === 'ForStmt' || owner?.kind === 'RangeStmt') return undefined;
      at = owner;
    }
    if (at !== undefined) at = outermost(sites, at);
  }
  return undefined;
}

/** What a `break` leaves: a loop, `switch` or `select`. */
function brokenStatement(sites: ReadonlyMap<Stmt, Site>, branch: BranchStmt): Stmt | undefined {
  for (let at = sites.get(branch)?.owner; at !== undefined; at = sites.get(at)?.owner) {
    if (branch.label === undefined) {
      if (/^(?:For|Range|Switch|TypeSwitch|Select)Stmt$/.test(at.kind)) return at;
    } else if (at.kind === 'LabeledStmt' && at.label.name === branch.label.name) return at.stmt;
  }
  return undefined;
}

/**
 * A loop over items: a range, an index, an iterator that is asked for the next. A loop without a condition, and one that only asks
 * whether there is a cursor, fetches pages: who leaves it early has not all of them.
 */
function isOverItems(fn: GoFunction, loop: Stmt): boolean {
  if (loop.kind === 'RangeStmt') return true;
  if (loop.kind !== 'ForStmt' || loop.cond === undefined) return false;
  if (loop.post !== undefined) return true;
  const cond = unparen(loop.cond);
  if (cond.kind === 'CallExpr') return true;
  if (cond.kind !== 'BinaryExpr') return false;
  return /^[<>]=?$/.test(cond.op) && fn.pkg.info.constantOf(cond) === undefined;
}
