/**
 * The syntax of Go as p0lint sees it: our own typed tree, close to `go/ast`.
 *
 *     if err := f(x); err != nil { return err }
 *     => { kind: 'IfStmt', init: AssignStmt(define), cond: BinaryExpr('!='), then: Block, otherwise: undefined }
 *
 * Nothing here knows tree-sitter: `lower` makes these nodes, once per file, function bodies only when asked for.
 * `pos` and `end` are half-open positions in the program's file set (see `files.ts`): unique over all files of a program, so a node
 * alone tells its place (`files.locate(node)`). Nodes are immutable plain data and are compared by identity.
 * What does not parse becomes `BadExpr`, `BadStmt` or `BadDecl`; nothing is dropped silently.
 * Comments are not part of the tree: `GoFile.comments` lists them.
 */

export interface Ranged {
  readonly pos: number;
  readonly end: number;
}

// ---- Expressions and types (in Go, a type is written where an expression may stand) ----

export interface Ident extends Ranged {
  readonly kind: 'Ident';
  readonly name: string;
}
export interface BasicLit extends Ranged {
  readonly kind: 'BasicLit';
  readonly literal: 'int' | 'float' | 'imaginary' | 'rune' | 'string';
  /** As written, quotes included. */
  readonly text: string;
}
export interface CompositeLit extends Ranged {
  readonly kind: 'CompositeLit';
  /** Absent inside another composite literal, where the element type is implied. */
  readonly type: Expr | undefined;
  readonly elements: readonly Expr[];
}
export interface FuncLit extends Ranged {
  readonly kind: 'FuncLit';
  readonly type: FuncType;
  readonly body: Block;
}
export interface ParenExpr extends Ranged {
  readonly kind: 'ParenExpr';
  readonly x: Expr;
}
export interface SelectorExpr extends Ranged {
  readonly kind: 'SelectorExpr';
  readonly x: Expr;
  readonly sel: Ident;
}
/** `x[i]`, and instantiation `F[T, U]`. */
export interface IndexExpr extends Ranged {
  readonly kind: 'IndexExpr';
  readonly x: Expr;
  readonly indices: readonly Expr[];
}
export interface SliceExpr extends Ranged {
  readonly kind: 'SliceExpr';
  readonly x: Expr;
  readonly low: Expr | undefined;
  readonly high: Expr | undefined;
  readonly max: Expr | undefined;
}
export interface TypeAssertExpr extends Ranged {
  readonly kind: 'TypeAssertExpr';
  readonly x: Expr;
  readonly type: Expr;
}
/** A call or a conversion: only the type of `fun` tells them apart. `make([]T, n)` and `new(T)` too. */
export interface CallExpr extends Ranged {
  readonly kind: 'CallExpr';
  readonly fun: Expr;
  readonly args: readonly Expr[];
  /** `f(xs...)` */
  readonly ellipsis: boolean;
}
/** `*x`, as an expression or a type. */
export interface StarExpr extends Ranged {
  readonly kind: 'StarExpr';
  readonly x: Expr;
}
export interface UnaryExpr extends Ranged {
  readonly kind: 'UnaryExpr';
  /** `~` only inside constraints. */
  readonly op: '+' | '-' | '!' | '^' | '&' | '<-' | '~';
  readonly x: Expr;
}
export interface BinaryExpr extends Ranged {
  readonly kind: 'BinaryExpr';
  readonly op: string;
  readonly x: Expr;
  readonly y: Expr;
}
export interface KeyValueExpr extends Ranged {
  readonly kind: 'KeyValueExpr';
  readonly key: Expr;
  readonly value: Expr;
}
export interface SliceType extends Ranged {
  readonly kind: 'SliceType';
  readonly elem: Expr;
}
export interface ArrayType extends Ranged {
  readonly kind: 'ArrayType';
  /** Absent for `[...]T`. */
  readonly length: Expr | undefined;
  readonly elem: Expr;
}
export interface MapType extends Ranged {
  readonly kind: 'MapType';
  readonly key: Expr;
  readonly value: Expr;
}
export interface ChanType extends Ranged {
  readonly kind: 'ChanType';
  readonly direction: 'both' | 'send' | 'receive';
  readonly elem: Expr;
}
/** Parameters, results, struct fields, type parameters. Without names: an unnamed parameter or an embedded field. */
export interface Field extends Ranged {
  readonly names: readonly Ident[];
  readonly type: Expr;
  /** `...T` */
  readonly variadic: boolean;
}
export interface FuncType extends Ranged {
  readonly kind: 'FuncType';
  readonly typeParams: readonly Field[];
  readonly params: readonly Field[];
  readonly results: readonly Field[];
}
export interface StructType extends Ranged {
  readonly kind: 'StructType';
  /** A field without names is embedded. */
  readonly fields: readonly Field[];
}
export interface InterfaceType extends Ranged {
  readonly kind: 'InterfaceType';
  readonly methods: readonly { readonly name: Ident; readonly type: FuncType }[];
  /** Embedded interfaces and type unions (`BinaryExpr '|'`, `UnaryExpr '~'`). */
  readonly embedded: readonly Expr[];
}
export interface BadExpr extends Ranged {
  readonly kind: 'BadExpr';
}

export type TypeExpr = SliceType | ArrayType | MapType | ChanType | FuncType | StructType | InterfaceType;
export type Expr =
  | Ident
  | BasicLit
  | CompositeLit
  | FuncLit
  | ParenExpr
  | SelectorExpr
  | IndexExpr
  | SliceExpr
  | TypeAssertExpr
  | CallExpr
  | StarExpr
  | UnaryExpr
  | BinaryExpr
  | KeyValueExpr
  | TypeExpr
  | BadExpr;

// ---- Statements ----

export interface Block extends Ranged {
  readonly kind: 'Block';
  readonly stmts: readonly Stmt[];
}
export interface EmptyStmt extends Ranged {
  readonly kind: 'EmptyStmt';
}
export interface ExprStmt extends Ranged {
  readonly kind: 'ExprStmt';
  readonly x: Expr;
}
export interface SendStmt extends Ranged {
  readonly kind: 'SendStmt';
  readonly chan: Expr;
  readonly value: Expr;
}
export interface IncDecStmt extends Ranged {
  readonly kind: 'IncDecStmt';
  readonly x: Expr;
  readonly op: '++' | '--';
}
/** `a, b = …`, `a, b := …`, `a += …`. */
export interface AssignStmt extends Ranged {
  readonly kind: 'AssignStmt';
  readonly lhs: readonly Expr[];
  /** `=`, `:=`, `+=`, … */
  readonly op: string;
  readonly rhs: readonly Expr[];
}
export interface GoStmt extends Ranged {
  readonly kind: 'GoStmt';
  readonly call: Expr;
}
export interface DeferStmt extends Ranged {
  readonly kind: 'DeferStmt';
  readonly call: Expr;
}
export interface ReturnStmt extends Ranged {
  readonly kind: 'ReturnStmt';
  readonly results: readonly Expr[];
}
export interface BranchStmt extends Ranged {
  readonly kind: 'BranchStmt';
  readonly tok: 'break' | 'continue' | 'goto' | 'fallthrough';
  readonly label: Ident | undefined;
}
export interface IfStmt extends Ranged {
  readonly kind: 'IfStmt';
  readonly init: Stmt | undefined;
  readonly cond: Expr;
  readonly then: Block;
  readonly otherwise: Block | IfStmt | undefined;
}
/** A clause of a switch; without expressions it is `default` (a type switch has types, and `nil`). */
export interface CaseClause extends Ranged {
  readonly kind: 'CaseClause';
  readonly exprs: readonly Expr[];
  readonly isDefault: boolean;
  readonly body: readonly Stmt[];
}
export interface SwitchStmt extends Ranged {
  readonly kind: 'SwitchStmt';
  readonly init: Stmt | undefined;
  readonly tag: Expr | undefined;
  readonly cases: readonly CaseClause[];
}
export interface TypeSwitchStmt extends Ranged {
  readonly kind: 'TypeSwitchStmt';
  readonly init: Stmt | undefined;
  /** `v` in `switch v := x.(type)`. */
  readonly bind: Ident | undefined;
  readonly x: Expr;
  readonly cases: readonly CaseClause[];
}
export interface CommClause extends Ranged {
  readonly kind: 'CommClause';
  /** The send or receive (`ExprStmt`, `AssignStmt`, `SendStmt`); absent: `default`. */
  readonly comm: Stmt | undefined;
  readonly body: readonly Stmt[];
}
export interface SelectStmt extends Ranged {
  readonly kind: 'SelectStmt';
  readonly cases: readonly CommClause[];
}
export interface ForStmt extends Ranged {
  readonly kind: 'ForStmt';
  readonly init: Stmt | undefined;
  readonly cond: Expr | undefined;
  readonly post: Stmt | undefined;
  readonly body: Block;
}
export interface RangeStmt extends Ranged {
  readonly kind: 'RangeStmt';
  readonly key: Expr | undefined;
  readonly value: Expr | undefined;
  /** `:=`: the loop declares its variables; false for `=` and where there are none. */
  readonly define: boolean;
  readonly x: Expr;
  readonly body: Block;
}
export interface LabeledStmt extends Ranged {
  readonly kind: 'LabeledStmt';
  readonly label: Ident;
  readonly stmt: Stmt;
}
export interface DeclStmt extends Ranged {
  readonly kind: 'DeclStmt';
  readonly decl: ConstDecl | VarDecl | TypeDecl;
}
export interface BadStmt extends Ranged {
  readonly kind: 'BadStmt';
}

export type Stmt =
  | Block
  | EmptyStmt
  | ExprStmt
  | SendStmt
  | IncDecStmt
  | AssignStmt
  | GoStmt
  | DeferStmt
  | ReturnStmt
  | BranchStmt
  | IfStmt
  | SwitchStmt
  | TypeSwitchStmt
  | SelectStmt
  | ForStmt
  | RangeStmt
  | LabeledStmt
  | DeclStmt
  | BadStmt;

// ---- Declarations ----

export interface ImportSpec extends Ranged {
  readonly kind: 'ImportSpec';
  /** `.`, `_`, or the local name. */
  readonly name: Ident | undefined;
  /** Unquoted. */
  readonly path: string;
}
/** One line of a const declaration. */
export interface ConstSpec extends Ranged {
  readonly kind: 'ConstSpec';
  readonly names: readonly Ident[];
  readonly type: Expr | undefined;
  /** The expressions in force: those of an earlier line where this one repeats it implicitly. */
  readonly values: readonly Expr[];
  readonly implicit: boolean;
  readonly iota: number;
}
export interface ConstDecl extends Ranged {
  readonly kind: 'ConstDecl';
  readonly specs: readonly ConstSpec[];
}
export interface VarSpec extends Ranged {
  readonly kind: 'VarSpec';
  readonly names: readonly Ident[];
  readonly type: Expr | undefined;
  readonly values: readonly Expr[];
}
export interface VarDecl extends Ranged {
  readonly kind: 'VarDecl';
  readonly specs: readonly VarSpec[];
}
export interface TypeSpec extends Ranged {
  readonly kind: 'TypeSpec';
  readonly name: Ident;
  readonly typeParams: readonly Field[];
  /** `type A = B` */
  readonly alias: boolean;
  readonly type: Expr;
}
export interface TypeDecl extends Ranged {
  readonly kind: 'TypeDecl';
  readonly specs: readonly TypeSpec[];
}
export interface FuncDecl extends Ranged {
  readonly kind: 'FuncDecl';
  readonly name: Ident;
  readonly recv: Field | undefined;
  readonly type: FuncType;
  /** Absent where the function is declared only, or where declarations are all that is read. Lowered on first use. */
  readonly body: Block | undefined;
}
export interface BadDecl extends Ranged {
  readonly kind: 'BadDecl';
}

export type Decl = ConstDecl | VarDecl | TypeDecl | FuncDecl | BadDecl;

export type Clause = CaseClause | CommClause;
export type Spec = ImportSpec | ConstSpec | VarSpec | TypeSpec;
export type Node = Expr | Stmt | Clause | Decl | Spec;
/** What has a body of its own: a declared function or a function literal. */
export type FuncNode = FuncDecl | FuncLit;

export interface Comment extends Ranged {
  /** As written, with `//` or `/*`. */
  readonly text: string;
}

/** The expression without parentheses around it. */
export function unparen(x: Expr): Expr {
  let e = x;
  while (e.kind === 'ParenExpr') e = e.x;
  return e;
}
