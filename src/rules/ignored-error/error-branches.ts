/**
 * The blocks that are entered because there is an error.
 *
 *     if err != nil { … }                            then
 *     if v, err := f(); err == nil { … } else { … }  else
 *     if err != nil || v == "" { … }                 then, but not for certain: the other half may have been the reason
 *     switch { case err != nil: … }                  case
 *     switch err { case nil: … default: … }          case
 *     if f() != nil { … }                            then, without a variable: nobody can look at the error any more
 *
 * Only variables and calls: a field (`p.err`) keeps its error for whoever asks. Code behind an `if err == nil { return }` is no block.
 */
import { comparedWithNil } from '../../go/flow/conditions.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import type { Var } from '../../go/semantics/objects.ts';
import {
  type CaseClause,
  type Expr,
  type Ident,
  type IfStmt,
  type Ranged,
  type Stmt,
  type SwitchStmt,
  unparen,
} from '../../go/syntax/ast.ts';
import { sitesIn } from '../../go/syntax/sites.ts';
import { walk } from '../../go/syntax/walk.ts';

export interface ErrorBranch {
  readonly form: 'then' | 'else' | 'case';
  readonly stmt: IfStmt | SwitchStmt;
  /** The tested value: an identifier of a variable, or a call. */
  readonly tested: Expr;
  /** Undefined where a call is tested. */
  readonly variable: Var | undefined;
  /** In the block there is an error for sure. */
  readonly certain: boolean;
  /** What is evaluated before the block is entered: header and condition. */
  readonly header: readonly Ranged[];
  readonly body: readonly Stmt[];
}

/** Of a function's own body, in source order of the statements. */
export function errorBranches(program: Program, fn: GoFunction): readonly ErrorBranch[] {
  const found: ErrorBranch[] = [];
  for (const stmt of sitesIn(fn.body).keys()) {
    if (stmt.kind === 'IfStmt') ofIf(program, stmt, found);
    else if (stmt.kind === 'SwitchStmt') ofSwitch(program, stmt, found);
  }
  return found.sort((a, b) => a.stmt.pos - b.stmt.pos);
}

interface NilTest {
  readonly tested: Expr;
  readonly variable: Var | undefined;
  readonly certain: boolean;
}

function ofIf(program: Program, stmt: IfStmt, found: ErrorBranch[]): void {
  const header = stmt.init === undefined ? [stmt.cond] : [stmt.init, stmt.cond];
  for (const test of failures(program, stmt.cond, true, true))
    found.push({ form: 'then', stmt, ...test, header, body: stmt.then.stmts });
  const { otherwise } = stmt;
  if (otherwise?.kind !== 'Block') return;
  for (const test of failures(program, stmt.cond, false, true))
    found.push({ form: 'else', stmt, ...test, header, body: otherwise.stmts });
}

function ofSwitch(program: Program, stmt: SwitchStmt, found: ErrorBranch[]): void {
  const init = stmt.init === undefined ? [] : [stmt.init];
  const add = (clause: CaseClause, test: NilTest, header: readonly Ranged[]) =>
    found.push({ form: 'case', stmt, ...test, header: [...init, ...header], body: clause.body });
  if (stmt.tag !== undefined && !isTrue(program, stmt.tag)) {
    // Any value in a case but nil is a look at the error.
    const values = stmt.cases.flatMap((clause) => clause.exprs);
    const test = testedError(program, stmt.tag);
    if (test === undefined || values.length === 0 || !values.every((x) => isNil(program, x))) return;
    for (const clause of stmt.cases) if (clause.isDefault) add(clause, { ...test, certain: true }, []);
    return;
  }
  const before: Expr[] = [];
  for (const clause of stmt.cases) {
    const several = clause.exprs.length > 1;
    for (const x of clause.exprs)
      for (const test of failures(program, x, true, !several))
        add(clause, test, [...before, ...clause.exprs]);
    before.push(...clause.exprs);
  }
  for (const clause of stmt.cases)
    if (clause.isDefault)
      for (const x of before) for (const test of failures(program, x, false, true)) add(clause, test, before);
}

/** The errors that may be the reason why a condition came out so. */
function failures(program: Program, cond: Expr, truth: boolean, certain: boolean): readonly NilTest[] {
  const found: NilTest[] = [];
  const open = [{ cond, truth, certain }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const x = unparen(next.cond);
    if (x.kind === 'UnaryExpr' && x.op === '!') open.push({ ...next, cond: x.x, truth: !next.truth });
    if (x.kind !== 'BinaryExpr') continue;
    if (x.op === '&&' || x.op === '||') {
      const sure = next.certain && (x.op === '&&') === next.truth;
      open.push({ ...next, cond: x.y, certain: sure }, { ...next, cond: x.x, certain: sure });
    } else if ((x.op === '==' || x.op === '!=') && (x.op === '!=') === next.truth) {
      const operand = comparedWithNil(x.x, x.y);
      const test = operand && testedError(program, operand);
      if (test !== undefined) found.push({ ...test, certain: next.certain });
    }
  }
  return found;
}

function testedError(program: Program, operand: Expr): Omit<NilTest, 'certain'> | undefined {
  const tested = unparen(operand);
  const info = program.infoOf(tested);
  if (tested.kind !== 'Ident' && tested.kind !== 'CallExpr') return undefined;
  if (!isErrorType(info.typeOf(tested))) return undefined;
  if (tested.kind === 'CallExpr') return { tested, variable: undefined };
  const object = info.objectOf(tested);
  return object?.kind === 'var' && object.role !== 'package' ? { tested, variable: object } : undefined;
}

function isNil(program: Program, start: Expr): boolean {
  const x = unparen(start);
  return x.kind === 'Ident' && program.infoOf(x).objectOf(x)?.kind === 'nil';
}

/** `switch true {` is a switch without a tag (language specification, "Expression switches"). */
function isTrue(program: Program, tag: Expr): boolean {
  const value = program.infoOf(tag).constantOf(tag);
  return value?.kind === 'bool' && value.value;
}

const nilTests = new WeakMap<GoFunction, ReadonlySet<Ident>>();

/** The identifiers that the function compares with nil: asking whether there is an error is no look at it. */
export function nilTestedIdents(fn: GoFunction): ReadonlySet<Ident> {
  let idents = nilTests.get(fn);
  if (idents === undefined) {
    const found = new Set<Ident>();
    const add = (x: Expr | undefined) => x?.kind === 'Ident' && found.add(x);
    walk(fn.body, (node) => {
      if (node.kind === 'BinaryExpr' && (node.op === '==' || node.op === '!='))
        add(comparedWithNil(node.x, node.y));
      if (node.kind === 'SwitchStmt' && node.tag !== undefined) add(unparen(node.tag));
    });
    idents = found;
    nilTests.set(fn, idents);
  }
  return idents;
}
