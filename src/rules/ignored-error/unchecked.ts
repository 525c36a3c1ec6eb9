/**
 * Errors that nobody takes: calls that stand alone, behind `go` and behind `defer`, and blanks where an error arrives.
 *
 *     json.Unmarshal(raw, &v)         // statement
 *     go s.watch(ctx)                 // go
 *     n, _ := strconv.Atoi(s)         // blank, at the `_`
 *     _ = err                         // blank without a call
 *
 * What is dropped is known from types. Only of a call that does not resolve it is assumed, by convention, that it returns an error: if its
 * name starts with a verb of a request, and it is a statement or gives its last result of several to a blank (decision 15).
 * Map lookups, assertions, receives and ranges give no errors, whatever stands on their left side.
 * Whether a drop is a fault is not decided here: `exclusions.ts` and `closing.ts` know what may be dropped.
 */
import { type ErrorResults, errorResults } from '../../go/calls/error-results.ts';
import type { GoFunction, GoPackage, Program } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import {
  type CallExpr,
  type Expr,
  type Ident,
  type Ranged,
  type Stmt,
  unparen,
  type VarSpec,
} from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';

export interface Drop {
  readonly kind: 'statement' | 'go' | 'defer' | 'blank';
  /** Undefined where a variable is given to a blank. */
  readonly call: CallExpr | undefined;
  /** The call, or the blank. */
  readonly at: Ranged;
  /** What is thrown away: the call or the variable. */
  readonly value: Expr;
  readonly stmt: Stmt | VarSpec;
  /** The function or literal in whose body it stands; undefined in the declaration of a package variable. */
  readonly fn: GoFunction | undefined;
  /** By convention only: what the call returns is not known. */
  readonly probable: boolean;
}

/** Functions of a package and the literals in them and in its initialisers, each once, outer ones first. */
export function functionsOf(pkg: GoPackage): readonly GoFunction[] {
  const all: GoFunction[] = [];
  const pending = [...pkg.initializers, ...pkg.functions].reverse();
  for (let fn = pending.pop(); fn !== undefined; fn = pending.pop()) {
    all.push(fn);
    for (let i = fn.literals.length - 1; i >= 0; i--) pending.push(fn.literals[i]!);
  }
  return all;
}

export function dropsOfFunction(program: Program, fn: GoFunction): readonly Drop[] {
  const found: Drop[] = [];
  walk(fn.body, (node) => {
    switch (node.kind) {
      case 'ExprStmt':
        wholeCall(program, 'statement', node.x, node, fn, found);
        return false;
      case 'GoStmt':
        wholeCall(program, 'go', node.call, node, fn, found);
        return false;
      case 'DeferStmt':
        wholeCall(program, 'defer', node.call, node, fn, found);
        return false;
      case 'AssignStmt':
        if (node.op === '=' || node.op === ':=') blanks(program, node.lhs, node.rhs, node, fn, found);
        return false;
      case 'VarSpec':
        blanks(program, node.names, node.values, node, fn, found);
        return false;
      default:
        return holdsStatements(node.kind);
    }
  });
  return found;
}

/** `var defaults, _ = os.ReadFile(…)` outside of functions. */
export function dropsOfDeclarations(program: Program, pkg: GoPackage): readonly Drop[] {
  const found: Drop[] = [];
  for (const file of pkg.files)
    for (const decl of file.decls)
      if (decl.kind === 'VarDecl')
        for (const spec of decl.specs) blanks(program, spec.names, spec.values, spec, undefined, found);
  return found;
}

/** Expressions hold no statements, but for literals, which are functions of their own. */
function holdsStatements(kind: string): boolean {
  return kind.endsWith('Stmt') || kind.endsWith('Clause') || kind === 'Block' || kind === 'VarDecl';
}

function wholeCall(
  program: Program,
  kind: Drop['kind'],
  x: Expr,
  stmt: Stmt,
  fn: GoFunction,
  found: Drop[],
): void {
  const call = unparen(x);
  if (call.kind !== 'CallExpr') return;
  const results = errorResults(program, call);
  if (results === undefined ? !isRequestByConvention(program, call) : results.errors.length === 0) return;
  found.push({ kind, call, at: call, value: call, stmt, fn, probable: results === undefined });
}

function blanks(
  program: Program,
  lhs: readonly Expr[],
  rhs: readonly Expr[],
  stmt: Stmt | VarSpec,
  fn: GoFunction | undefined,
  found: Drop[],
): void {
  const add = (at: Ident, value: Expr, call: CallExpr | undefined, probable: boolean) =>
    found.push({ kind: 'blank', call, at, value, stmt, fn, probable });
  if (!lhs.some(isBlank)) return;
  if (rhs.length === lhs.length) {
    lhs.forEach((left, i) => {
      const value = unparen(rhs[i]!);
      if (!isBlank(left)) return;
      if (value.kind !== 'CallExpr') {
        if (isKeptError(program, value)) add(left, value, undefined, false);
      } else if (errorResults(program, value)?.errors[0] === 0) add(left, value, value, false);
    });
    return;
  }
  const call = rhs.length === 1 ? unparen(rhs[0]!) : undefined;
  if (call?.kind !== 'CallExpr') return;
  const results: ErrorResults | undefined = errorResults(program, call);
  if (results !== undefined) {
    for (const i of results.errors) {
      const left = lhs[i];
      if (isBlank(left)) add(left, call, call, false);
    }
    return;
  }
  const last = lhs.at(-1);
  if (isBlank(last) && isRequestByConvention(program, call)) add(last, call, call, true);
}

function isBlank(x: Expr | undefined): x is Ident {
  return x?.kind === 'Ident' && x.name === '_';
}

/** A variable or a field that holds an error. Not a sentinel of a package: `var _ = io.EOF` keeps an import. */
function isKeptError(program: Program, value: Expr): boolean {
  const name = value.kind === 'SelectorExpr' ? value.sel : value;
  if (name.kind !== 'Ident') return false;
  const object = program.infoOf(value).objectOf(name);
  return object?.kind === 'var' && object.role !== 'package' && isErrorType(object.type);
}

/**
 * Verbs that requests begin with, and hardly anything else that could be called without looking at its result. As words: `Get`, `GetByID`,
 * not `Getter`.
 */
export const requestVerbs: readonly string[] = [
  'List',
  'Get',
  'Create',
  'Update',
  'Delete',
  'Do',
  'Fetch',
  'Send',
  'Post',
  'Put',
  'Patch',
  'Execute',
  'Query',
  'Search',
  'Describe',
];
const REQUEST = new RegExp(`^(?:${requestVerbs.join('|')})(?![a-z])`);

function isRequestByConvention(program: Program, call: CallExpr): boolean {
  const callee = program.calleeOf(call);
  if (callee.kind !== 'missing' && callee.kind !== 'unknown') return false;
  if (callee.kind === 'missing' && callee.importPath === 'C') return false;
  return callee.name !== undefined && REQUEST.test(callee.name);
}
