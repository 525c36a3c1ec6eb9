/**
 * Anchors: the statement or declaration that a place in a file belongs to, headers only.
 *
 *     if err := f(); err != nil {    // one anchor: `if err := f(); err != nil`
 *       return nil                   // another
 *     }
 *
 * Suppressions cover an anchor and never the statements nested in it (decision 30); fingerprints remember its text (decision 23).
 * The init and post statements of a header belong to the header; so does a statement to its label.
 */
import type { GoFile } from './files.ts';
import type { Block, CaseClause, CommClause, Decl, Node, Stmt } from './syntax/ast.ts';
import { forEachChild } from './syntax/walk.ts';

export interface Anchor {
  readonly pos: number;
  /** Where the header ends: at the body's brace, or with the statement. */
  readonly headerEnd: number;
  readonly end: number;
  /** `(*Wiz).Invoke`, `Wiz`, `maxPages`: the top-level declaration it stands in. */
  readonly symbol: string;
}

/** All anchors of a file, outer before inner, in source order. Lowers every function body of the file. */
export function anchorsOf(file: GoFile): readonly Anchor[] {
  const anchors: Anchor[] = [];
  for (const decl of file.decls) collectDecl(decl, anchors);
  return anchors;
}

/** The innermost anchor around a position; undefined between declarations. */
export function anchorAt(anchors: readonly Anchor[], pos: number): Anchor | undefined {
  let low = 0;
  let high = anchors.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (anchors[middle]!.pos <= pos) low = middle + 1;
    else high = middle;
  }
  // Anchors are nested or disjoint, so the nearest one that starts before and ends after is the innermost.
  for (let i = low - 1; i >= 0; i--) if (anchors[i]!.end > pos) return anchors[i];
  return undefined;
}

function collectDecl(decl: Decl, into: Anchor[]): void {
  switch (decl.kind) {
    case 'FuncDecl': {
      const symbol = symbolOf(decl);
      into.push({ pos: decl.pos, headerEnd: decl.body?.pos ?? decl.end, end: decl.end, symbol });
      if (decl.body !== undefined) collectBlock(decl.body, symbol, into);
      return;
    }
    case 'ConstDecl':
    case 'VarDecl':
    case 'TypeDecl':
      for (const [i, spec] of decl.specs.entries()) {
        const name = spec.kind === 'TypeSpec' ? spec.name.name : (spec.names[0]?.name ?? '_');
        // A declaration of one spec is one thing with its keyword.
        const { pos, end } = decl.specs.length === 1 && i === 0 ? decl : spec;
        into.push({ pos, headerEnd: end, end, symbol: name });
        collectLiterals(spec, name, into);
      }
      return;
    case 'BadDecl':
      return;
  }
}

function symbolOf(decl: Extract<Decl, { kind: 'FuncDecl' }>): string {
  let type = decl.recv?.type;
  let pointer = false;
  while (type !== undefined && type.kind !== 'Ident') {
    if (type.kind === 'StarExpr') pointer = true;
    if (type.kind !== 'StarExpr' && type.kind !== 'ParenExpr' && type.kind !== 'IndexExpr') break;
    type = type.x;
  }
  const receiver = type?.kind === 'Ident' ? type.name : undefined;
  if (receiver === undefined) return decl.name.name;
  return pointer ? `(*${receiver}).${decl.name.name}` : `${receiver}.${decl.name.name}`;
}

function collectBlock(block: Block, symbol: string, into: Anchor[]): void {
  for (const stmt of block.stmts) collectStmt(stmt, symbol, into);
}

function collectStmt(stmt: Stmt, symbol: string, into: Anchor[]): void {
  const add = (headerEnd: number) => into.push({ pos: stmt.pos, headerEnd, end: stmt.end, symbol });
  const header = (...nodes: readonly (Node | undefined)[]) => {
    for (const node of nodes) if (node !== undefined) collectLiterals(node, symbol, into);
  };
  switch (stmt.kind) {
    case 'Block':
      collectBlock(stmt, symbol, into);
      return;
    case 'IfStmt':
      add(stmt.then.pos);
      header(stmt.init, stmt.cond);
      collectBlock(stmt.then, symbol, into);
      if (stmt.otherwise !== undefined) collectStmt(stmt.otherwise, symbol, into);
      return;
    case 'ForStmt':
      add(stmt.body.pos);
      header(stmt.init, stmt.cond, stmt.post);
      collectBlock(stmt.body, symbol, into);
      return;
    case 'RangeStmt':
      add(stmt.body.pos);
      header(stmt.x);
      collectBlock(stmt.body, symbol, into);
      return;
    case 'SwitchStmt':
    case 'TypeSwitchStmt':
    case 'SelectStmt':
      add(stmt.cases[0]?.pos ?? stmt.end);
      if (stmt.kind === 'SwitchStmt') header(stmt.init, stmt.tag);
      if (stmt.kind === 'TypeSwitchStmt') header(stmt.init, stmt.x);
      for (const clause of stmt.cases) collectClause(clause, symbol, into);
      return;
    case 'LabeledStmt': {
      const first = into.length;
      collectStmt(stmt.stmt, symbol, into);
      const inner = into[first];
      if (inner !== undefined) into[first] = { ...inner, pos: stmt.pos };
      else add(stmt.end);
      return;
    }
    default:
      add(stmt.end);
      collectLiterals(stmt, symbol, into);
  }
}

function collectClause(clause: CaseClause | CommClause, symbol: string, into: Anchor[]): void {
  const headerEnd = clause.body[0]?.pos ?? clause.end;
  into.push({ pos: clause.pos, headerEnd, end: clause.end, symbol });
  if (clause.kind === 'CaseClause') for (const x of clause.exprs) collectLiterals(x, symbol, into);
  else if (clause.comm !== undefined) collectLiterals(clause.comm, symbol, into);
  for (const stmt of clause.body) collectStmt(stmt, symbol, into);
}

/** The statements of function literals inside an expression or simple statement. */
function collectLiterals(root: Node, symbol: string, into: Anchor[]): void {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'FuncLit') {
      collectBlock(node.body, symbol, into);
      continue;
    }
    const children: Node[] = [];
    forEachChild(node, (child) => children.push(child));
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i]!);
  }
}
