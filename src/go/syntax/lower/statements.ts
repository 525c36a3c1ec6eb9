/**
 * Statements.
 *
 *     switch v := x.(type) { case nil: … default: … }   => TypeSwitchStmt { bind: v, x, cases: [[nil], default] }
 *     case v, ok := <-ch:                               => CommClause { comm: AssignStmt(v, ok := <-ch) }
 *
 * What stands in an error, or lacks a part that the language demands, becomes BadStmt or holds a BadExpr: no statement disappears.
 */
import type { Block, BranchStmt, CaseClause, CommClause, Expr, Ident, IfStmt, Stmt } from '../ast.ts';
import { fieldOf, isMissing, kindOf, NEXT, NODE, operatorOf } from '../flat-tree.ts';
import { F, K, OPERATORS } from '../grammar.ts';
import { lowerGenDecl } from './declarations.ts';
import { exprBy, exprsBy, lowerExpr, optionalBy, plainExpr } from './expressions.ts';
import { childBy, endOf, lowerName, plainChild, posOf, type Source } from './source.ts';

export function lowerBlock(s: Source, node: number): Block {
  return { kind: 'Block', pos: posOf(s, node), end: endOf(s, node), stmts: lowerBody(s, node) };
}

/** The statements among the children: everything that stands in no field. */
function lowerBody(s: Source, node: number): readonly Stmt[] {
  const nodes = s.nodes;
  const stop = nodes[node + NEXT]!;
  const result: Stmt[] = [];
  for (let child = node + NODE; child < stop; child = nodes[child + NEXT]!) {
    if (fieldOf(nodes[child]!) === 0) result.push(lowerStmt(s, child));
  }
  return result;
}

export function lowerStmt(s: Source, node: number): Stmt {
  const head = s.nodes[node]!;
  const pos = posOf(s, node);
  const end = endOf(s, node);
  switch (kindOf(head)) {
    case K.expression_statement:
      return { kind: 'ExprStmt', pos, end, x: plainExpr(s, node) };
    case K.assignment_statement:
    case K.short_var_declaration:
      return {
        kind: 'AssignStmt',
        pos,
        end,
        lhs: exprsBy(s, node, F.left),
        op: OPERATORS[operatorOf(head)]!,
        rhs: exprsBy(s, node, F.right),
      };
    case K.receive_statement: {
      const lhs = exprsBy(s, node, F.left);
      if (lhs.length === 0) return { kind: 'ExprStmt', pos, end, x: exprBy(s, node, F.right) };
      return {
        kind: 'AssignStmt',
        pos,
        end,
        lhs,
        op: OPERATORS[operatorOf(head)]!,
        rhs: exprsBy(s, node, F.right),
      };
    }
    case K.send_statement:
      return {
        kind: 'SendStmt',
        pos,
        end,
        chan: exprBy(s, node, F.channel),
        value: exprBy(s, node, F.value),
      };
    case K.inc_statement:
      return { kind: 'IncDecStmt', pos, end, x: plainExpr(s, node), op: '++' };
    case K.dec_statement:
      return { kind: 'IncDecStmt', pos, end, x: plainExpr(s, node), op: '--' };
    case K.return_statement:
      return { kind: 'ReturnStmt', pos, end, results: exprsBy(s, node, 0) };
    case K.if_statement:
      return lowerIf(s, node);
    case K.for_statement:
      return lowerFor(s, node);
    case K.block:
      return lowerBlock(s, node);
    case K.go_statement:
      return { kind: 'GoStmt', pos, end, call: plainExpr(s, node) };
    case K.defer_statement:
      return { kind: 'DeferStmt', pos, end, call: plainExpr(s, node) };
    case K.expression_switch_statement:
      return {
        kind: 'SwitchStmt',
        pos,
        end,
        init: stmtBy(s, node, F.initializer),
        tag: optionalBy(s, node, F.value),
        cases: lowerCases(s, node, F.value),
      };
    case K.type_switch_statement:
      return {
        kind: 'TypeSwitchStmt',
        pos,
        end,
        init: stmtBy(s, node, F.initializer),
        bind: nameBy(s, node, F.alias),
        x: exprBy(s, node, F.value),
        cases: lowerCases(s, node, F.type),
      };
    case K.select_statement:
      return { kind: 'SelectStmt', pos, end, cases: lowerCommClauses(s, node) };
    case K.labeled_statement:
      return lowerLabeled(s, node);
    case K.break_statement:
      return lowerBranch(s, node, 'break');
    case K.continue_statement:
      return lowerBranch(s, node, 'continue');
    case K.goto_statement:
      return lowerBranch(s, node, 'goto');
    case K.fallthrough_statement:
      return { kind: 'BranchStmt', pos, end, tok: 'fallthrough', label: undefined };
    case K.empty_statement:
      return { kind: 'EmptyStmt', pos, end };
    case K.const_declaration:
    case K.var_declaration:
    case K.type_declaration:
      return { kind: 'DeclStmt', pos, end, decl: lowerGenDecl(s, node) };
    default:
      return { kind: 'BadStmt', pos, end };
  }
}

function stmtBy(s: Source, node: number, field: number): Stmt | undefined {
  const child = childBy(s, node, field);
  return child < 0 ? undefined : lowerStmt(s, child);
}

function nameBy(s: Source, node: number, field: number): Ident | undefined {
  const child = childBy(s, node, field);
  return child < 0 || kindOf(s.nodes[child]!) !== K.identifier ? undefined : lowerName(s, child);
}

function blockBy(s: Source, node: number, field: number): Block {
  const child = childBy(s, node, field);
  if (child >= 0) return lowerBlock(s, child);
  const end = endOf(s, node);
  return { kind: 'Block', pos: end, end, stmts: [{ kind: 'BadStmt', pos: end, end }] };
}

function lowerIf(s: Source, node: number): IfStmt {
  const alternative = childBy(s, node, F.alternative);
  let otherwise: Block | IfStmt | undefined;
  if (alternative >= 0) {
    otherwise =
      kindOf(s.nodes[alternative]!) === K.if_statement ? lowerIf(s, alternative) : lowerBlock(s, alternative);
  }
  return {
    kind: 'IfStmt',
    pos: posOf(s, node),
    end: endOf(s, node),
    init: stmtBy(s, node, F.initializer),
    cond: exprBy(s, node, F.condition),
    // biome-ignore lint/suspicious/noThenProperty: named as in the language; nobody awaits a syntax tree.
    then: blockBy(s, node, F.consequence),
    otherwise,
  };
}

function lowerFor(s: Source, node: number): Stmt {
  const pos = posOf(s, node);
  const end = endOf(s, node);
  const clause = plainChild(s, node);
  const kind = clause < 0 ? 0 : kindOf(s.nodes[clause]!);
  if (kind === K.range_clause) {
    const [key, value] = exprsBy(s, clause, F.left);
    return {
      kind: 'RangeStmt',
      pos,
      end,
      key,
      value,
      define: OPERATORS[operatorOf(s.nodes[clause]!)] === ':=',
      x: exprBy(s, clause, F.right),
      body: blockBy(s, node, F.body),
    };
  }
  let init: Stmt | undefined;
  let cond: Expr | undefined;
  let post: Stmt | undefined;
  if (kind === K.for_clause) {
    init = stmtBy(s, clause, F.initializer);
    cond = optionalBy(s, clause, F.condition);
    post = stmtBy(s, clause, F.update);
  } else if (clause >= 0) {
    cond = lowerExpr(s, clause);
  }
  return { kind: 'ForStmt', pos, end, init, cond, post, body: blockBy(s, node, F.body) };
}

/** The clauses of a switch; their expressions stand in `field`. */
function lowerCases(s: Source, node: number, field: number): readonly CaseClause[] {
  const nodes = s.nodes;
  const stop = nodes[node + NEXT]!;
  const result: CaseClause[] = [];
  for (let child = node + NODE; child < stop; child = nodes[child + NEXT]!) {
    const kind = kindOf(nodes[child]!);
    const isDefault = kind === K.default_case;
    if (!isDefault && kind !== K.expression_case && kind !== K.type_case) continue;
    const exprs = exprsBy(s, child, field);
    const body = lowerBody(s, child);
    const end = clauseEnd(s, child, body);
    result.push({ kind: 'CaseClause', pos: posOf(s, child), end, exprs, isDefault, body });
  }
  return result;
}

function lowerCommClauses(s: Source, node: number): readonly CommClause[] {
  const nodes = s.nodes;
  const stop = nodes[node + NEXT]!;
  const result: CommClause[] = [];
  for (let child = node + NODE; child < stop; child = nodes[child + NEXT]!) {
    const kind = kindOf(nodes[child]!);
    if (kind !== K.communication_case && kind !== K.default_case) continue;
    const comm = stmtBy(s, child, F.communication);
    const body = lowerBody(s, child);
    result.push({ kind: 'CommClause', pos: posOf(s, child), end: clauseEnd(s, child, body), comm, body });
  }
  return result;
}

/** The grammar counts the line's end after the last statement to the clause. */
function clauseEnd(s: Source, node: number, body: readonly Stmt[]): number {
  return body[body.length - 1]?.end ?? endOf(s, node);
}

function lowerLabeled(s: Source, node: number): Stmt {
  const pos = posOf(s, node);
  const end = endOf(s, node);
  const label = nameBy(s, node, F.label);
  if (label === undefined) return { kind: 'BadStmt', pos, end };
  const child = plainChild(s, node);
  // A label before `}` labels the empty statement there.
  const stmt: Stmt = child < 0 ? { kind: 'EmptyStmt', pos: end, end } : lowerStmt(s, child);
  return { kind: 'LabeledStmt', pos, end, label, stmt };
}

function lowerBranch(s: Source, node: number, tok: BranchStmt['tok']): BranchStmt {
  const label = plainChild(s, node);
  return {
    kind: 'BranchStmt',
    pos: posOf(s, node),
    end: endOf(s, node),
    tok,
    label: label < 0 || isMissing(s.nodes[label]!) ? undefined : lowerName(s, label),
  };
}
