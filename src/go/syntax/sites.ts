/**
 * Where statements stand: in which list, and what the list belongs to.
 *
 *     if ok { a(); b() }     // b() is number 1 of a list that belongs to the `if`
 *
 * Statements of a function's own body, not those inside its literals. A statement behind a label or behind `else` stands in no list, and
 * the simple statements of headers have no site. A site tells what is executed next in the text; what control does with it is the graph's knowledge.
 */
import type { Block, CaseClause, CommClause, Stmt } from './ast.ts';

export interface Site {
  /** The list that the statement is an element of; undefined behind a label and behind `else`. */
  readonly list: readonly Stmt[] | undefined;
  readonly index: number;
  /** The statement that the list belongs to: a block, `if`, loop, `switch`, `select` or label; undefined: the function's body. */
  readonly owner: Stmt | undefined;
  /** The clause, where the list is one of a `switch` or `select`. */
  readonly clause: CaseClause | CommClause | undefined;
}

const known = new WeakMap<Block, ReadonlyMap<Stmt, Site>>();

/** The sites of all statements in a function's body. */
export function sitesIn(body: Block): ReadonlyMap<Stmt, Site> {
  let sites = known.get(body);
  if (sites === undefined) {
    sites = collect(body);
    known.set(body, sites);
  }
  return sites;
}

interface List {
  readonly stmts: readonly Stmt[];
  readonly owner: Stmt | undefined;
  readonly clause?: CaseClause | CommClause | undefined;
}

function collect(body: Block): ReadonlyMap<Stmt, Site> {
  const sites = new Map<Stmt, Site>();
  const pending: List[] = [{ stmts: body.stmts, owner: undefined }];
  for (let list = pending.pop(); list !== undefined; list = pending.pop()) {
    const { stmts, owner, clause } = list;
    stmts.forEach((stmt, index) => {
      let site: Site = { list: stmts, index, owner, clause };
      for (let next: Stmt | undefined = stmt; next !== undefined; ) {
        sites.set(next, site);
        site = { list: undefined, index: 0, owner: next, clause: undefined };
        next = below(next, pending);
      }
    });
  }
  return sites;
}

/** Adds the lists of a statement, and returns the statement that stands in it alone: behind a label, or behind `else`. */
function below(stmt: Stmt, pending: List[]): Stmt | undefined {
  switch (stmt.kind) {
    case 'Block':
      pending.push({ stmts: stmt.stmts, owner: stmt });
      return undefined;
    case 'IfStmt':
      pending.push({ stmts: stmt.then.stmts, owner: stmt });
      if (stmt.otherwise?.kind !== 'Block') return stmt.otherwise;
      pending.push({ stmts: stmt.otherwise.stmts, owner: stmt });
      return undefined;
    case 'ForStmt':
    case 'RangeStmt':
      pending.push({ stmts: stmt.body.stmts, owner: stmt });
      return undefined;
    case 'SwitchStmt':
    case 'TypeSwitchStmt':
    case 'SelectStmt':
      for (const clause of stmt.cases) pending.push({ stmts: clause.body, owner: stmt, clause });
      return undefined;
    case 'LabeledStmt':
      return stmt.stmt;
    default:
      return undefined;
  }
}
