/**
 * Binding of statements (see `bind.ts`): where scopes open and close, and what declares a variable.
 */
import type {
  AssignStmt,
  CaseClause,
  ConstSpec,
  DeclStmt,
  Expr,
  Ident,
  RangeStmt,
  Stmt,
  TypeSwitchStmt,
} from '../syntax/ast.ts';
import type { Binder } from './bind.ts';
import { openOwnTypeParams } from './bind.ts';
import { bindExpr, bindType, noteAssignment, noteOpaque } from './bind-expressions.ts';
import { constantOfSpec, localTypeName, variableOfSpec } from './declare.ts';
import type { Var } from './objects.ts';
import { Variable } from './objects-made.ts';
import type { Type } from './types.ts';
import { assignedType, clauseType, rangedType } from './variable-types.ts';

export function bindBlockBody(b: Binder, stmts: readonly Stmt[]): void {
  for (const stmt of stmts) bindStmt(b, stmt);
}

function inScope(b: Binder, walk: () => void): void {
  b.scopes.open();
  walk();
  b.scopes.close();
}

function bindBlock(b: Binder, stmts: readonly Stmt[]): void {
  b.scopes.open();
  for (const stmt of stmts) bindStmt(b, stmt);
  b.scopes.close();
}

function bindStmt(b: Binder, stmt: Stmt): void {
  switch (stmt.kind) {
    case 'Block':
      bindBlock(b, stmt.stmts);
      return;
    case 'ExprStmt':
      bindExpr(b, stmt.x);
      return;
    case 'SendStmt':
      bindExpr(b, stmt.chan);
      bindExpr(b, stmt.value);
      return;
    case 'IncDecStmt':
      bindExpr(b, stmt.x);
      noteOpaque(b, stmt.x);
      return;
    case 'AssignStmt':
      bindAssign(b, stmt);
      return;
    case 'GoStmt':
    case 'DeferStmt':
      bindExpr(b, stmt.call);
      return;
    case 'ReturnStmt':
      for (const result of stmt.results) bindExpr(b, result);
      return;
    case 'IfStmt':
      inScope(b, () => {
        if (stmt.init !== undefined) bindStmt(b, stmt.init);
        bindExpr(b, stmt.cond);
        bindBlock(b, stmt.then.stmts);
        if (stmt.otherwise !== undefined) bindStmt(b, stmt.otherwise);
      });
      return;
    case 'SwitchStmt':
      inScope(b, () => {
        if (stmt.init !== undefined) bindStmt(b, stmt.init);
        if (stmt.tag !== undefined) bindExpr(b, stmt.tag);
        for (const clause of stmt.cases) {
          for (const e of clause.exprs) bindExpr(b, e);
          bindBlock(b, clause.body);
        }
      });
      return;
    case 'TypeSwitchStmt':
      bindTypeSwitch(b, stmt);
      return;
    case 'SelectStmt':
      for (const clause of stmt.cases) {
        inScope(b, () => {
          if (clause.comm !== undefined) bindStmt(b, clause.comm);
          bindBlockBody(b, clause.body);
        });
      }
      return;
    case 'ForStmt':
      inScope(b, () => {
        if (stmt.init !== undefined) bindStmt(b, stmt.init);
        if (stmt.cond !== undefined) bindExpr(b, stmt.cond);
        if (stmt.post !== undefined) bindStmt(b, stmt.post);
        bindBlock(b, stmt.body.stmts);
      });
      return;
    case 'RangeStmt':
      bindRange(b, stmt);
      return;
    case 'LabeledStmt':
      bindStmt(b, stmt.stmt);
      return;
    case 'DeclStmt':
      bindDecl(b, stmt);
      return;
    case 'BranchStmt':
    case 'EmptyStmt':
    case 'BadStmt':
      return;
  }
}

function bindAssign(b: Binder, stmt: AssignStmt): void {
  for (const value of stmt.rhs) bindExpr(b, value);
  const { lhs, rhs } = stmt;
  const paired = lhs.length === rhs.length;
  if (stmt.op !== ':=') {
    const plain = stmt.op === '=';
    lhs.forEach((target, i) => {
      bindExpr(b, target);
      noteAssignment(b, target, plain && paired ? rhs[i] : undefined);
    });
    return;
  }
  // All right sides are bound before any name is declared: `x := x` reads the outer one.
  const fresh: [Ident, Var][] = [];
  lhs.forEach((target, i) => {
    const initial = paired ? rhs[i] : undefined;
    if (target.kind !== 'Ident') {
      bindExpr(b, target);
      return;
    }
    if (target.name === '_') return;
    const existing = b.scopes.lookupHere(target.name);
    if (existing !== undefined) {
      b.c.objects.set(target, existing);
      noteAssignment(b, target, initial);
      return;
    }
    fresh.push([target, local(b, target, initial, () => assignedType(b.c, stmt.rhs, i, lhs.length))]);
  });
  for (const [id, variable] of fresh) b.declare(id, variable);
}

function local(b: Binder, ident: Ident, initial: Expr | undefined, type: () => Type): Var {
  const facts = { name: ident.name, pkg: b.c.ref, ident, role: 'local', owner: b.owner, initial } as const;
  return new Variable(facts, type);
}

function bindRange(b: Binder, stmt: RangeStmt): void {
  inScope(b, () => {
    bindExpr(b, stmt.x);
    [stmt.key, stmt.value].forEach((target, i) => {
      if (target === undefined) return;
      if (!stmt.define) {
        bindExpr(b, target);
        noteOpaque(b, target);
      } else if (target.kind === 'Ident') {
        b.declare(
          target,
          local(b, target, undefined, () => rangedType(b.c, stmt, i === 0 ? 'key' : 'value')),
        );
      }
    });
    bindBlock(b, stmt.body.stmts);
  });
}

function bindTypeSwitch(b: Binder, stmt: TypeSwitchStmt): void {
  inScope(b, () => {
    if (stmt.init !== undefined) bindStmt(b, stmt.init);
    bindExpr(b, stmt.x);
    if (stmt.bind !== undefined) b.c.symbolic.add(stmt.bind);
    for (const clause of stmt.cases) {
      for (const e of clause.exprs) bindType(b, e);
      inScope(b, () => {
        if (stmt.bind !== undefined) declareInClause(b, stmt.bind, stmt, clause);
        bindBlockBody(b, clause.body);
      });
    }
  });
}

function declareInClause(b: Binder, ident: Ident, stmt: TypeSwitchStmt, clause: CaseClause): void {
  b.scopes.declare(
    ident.name,
    local(b, ident, undefined, () => clauseType(b.c, stmt, clause)),
  );
}

function bindDecl(b: Binder, stmt: DeclStmt): void {
  const { decl } = stmt;
  switch (decl.kind) {
    case 'ConstDecl':
      for (const spec of decl.specs) declareConsts(b, spec, true);
      return;
    case 'VarDecl':
      for (const spec of decl.specs) {
        if (spec.type !== undefined) bindType(b, spec.type);
        for (const value of spec.values) bindExpr(b, value);
        const variables = spec.names.map((ident, i) =>
          variableOfSpec(b.c, spec, ident, i, { role: 'local', owner: b.owner }),
        );
        spec.names.forEach((ident, i) => {
          b.declare(ident, variables[i]!);
        });
      }
      return;
    case 'TypeDecl':
      for (const spec of decl.specs) {
        // A type's own name is in scope within it.
        b.declare(spec.name, localTypeName(b.c, spec));
        inScope(b, () => {
          openOwnTypeParams(b, spec.typeParams);
          bindType(b, spec.type);
        });
      }
      return;
  }
}

/** One line of a const declaration; package constants exist already and are only bound. */
export function declareConsts(b: Binder, spec: ConstSpec, isLocal: boolean): void {
  // The expressions of an implicit repetition are bound where they are written.
  if (!spec.implicit) {
    if (spec.type !== undefined) bindType(b, spec.type);
    for (const value of spec.values) bindExpr(b, value);
  }
  if (!isLocal) return;
  const objects = spec.names.map((ident, i) => constantOfSpec(b.c, spec, ident, i));
  spec.names.forEach((ident, i) => {
    b.declare(ident, objects[i]!);
  });
}
