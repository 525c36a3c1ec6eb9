/**
 * Walking the syntax tree.
 *
 *     walk(fn.body, (node) => { if (node.kind === 'CallExpr') calls.push(node); });
 *
 * Nodes are visited in source order, parents first. Function literals are visited, what stands in them is not, unless asked for:
 * their bodies run at another time. A literal that is itself the root is entered.
 * The walk keeps its own stack, so the depth of a tree (a chain of thousands of `||` or `else if`) costs heap and no call stack.
 *
 * Names of selectors, labels and fields are visited as the `Ident`s they are: who looks for variables must tell them apart.
 * Fields of signatures and structs are no nodes; their names and types are visited in their place.
 */
import type { Field, InterfaceType, Node } from './ast.ts';

export interface WalkOptions {
  /** Also walk the types and bodies of function literals. Default: no. */
  readonly literals?: boolean;
  /** Called after the node and everything in it; not for nodes whose children were skipped. */
  readonly leave?: (node: Node) => void;
}

/** Visits `root` and what stands in it. `enter` returns false to skip a node's children. */
export function walk(
  root: Node,
  // biome-ignore lint/suspicious/noConfusingVoidType: most visitors return nothing
  enter: (node: Node) => boolean | void,
  options: WalkOptions = {},
): void {
  const { literals = false, leave } = options;
  const stack: (Node | undefined)[] = [root];
  const open: Node[] = [];
  const push = (child: Node): void => {
    stack.push(child);
  };
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === undefined) {
      leave?.(open.pop()!);
      continue;
    }
    if (enter(node) === false) continue;
    if (leave !== undefined) {
      open.push(node);
      stack.push(undefined);
    }
    if (node.kind === 'FuncLit' && !literals && node !== root) continue;
    const start = stack.length;
    forEachChild(node, push);
    reverseFrom(stack, start);
  }
}

/** Calls `visit` for each direct child, in source order. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  switch (node.kind) {
    case 'Ident':
    case 'BasicLit':
    case 'BadExpr':
    case 'EmptyStmt':
    case 'BadStmt':
    case 'BadDecl':
      return;
    case 'CompositeLit':
      maybe(node.type, visit);
      each(node.elements, visit);
      return;
    case 'FuncLit':
      visit(node.type);
      visit(node.body);
      return;
    case 'ParenExpr':
    case 'StarExpr':
    case 'UnaryExpr':
    case 'ExprStmt':
    case 'IncDecStmt':
      visit(node.x);
      return;
    case 'SelectorExpr':
      visit(node.x);
      visit(node.sel);
      return;
    case 'IndexExpr':
      visit(node.x);
      each(node.indices, visit);
      return;
    case 'SliceExpr':
      visit(node.x);
      maybe(node.low, visit);
      maybe(node.high, visit);
      maybe(node.max, visit);
      return;
    case 'TypeAssertExpr':
      visit(node.x);
      visit(node.type);
      return;
    case 'CallExpr':
      visit(node.fun);
      each(node.args, visit);
      return;
    case 'BinaryExpr':
      visit(node.x);
      visit(node.y);
      return;
    case 'KeyValueExpr':
    case 'MapType':
      visit(node.key);
      visit(node.value);
      return;
    case 'SliceType':
    case 'ChanType':
      visit(node.elem);
      return;
    case 'ArrayType':
      maybe(node.length, visit);
      visit(node.elem);
      return;
    case 'FuncType':
      fields(node.typeParams, visit);
      fields(node.params, visit);
      fields(node.results, visit);
      return;
    case 'StructType':
      fields(node.fields, visit);
      return;
    case 'InterfaceType':
      interfaceElements(node, visit);
      return;
    case 'Block':
      each(node.stmts, visit);
      return;
    case 'SendStmt':
      visit(node.chan);
      visit(node.value);
      return;
    case 'AssignStmt':
      each(node.lhs, visit);
      each(node.rhs, visit);
      return;
    case 'GoStmt':
    case 'DeferStmt':
      visit(node.call);
      return;
    case 'ReturnStmt':
      each(node.results, visit);
      return;
    case 'BranchStmt':
      maybe(node.label, visit);
      return;
    case 'IfStmt':
      maybe(node.init, visit);
      visit(node.cond);
      visit(node.then);
      maybe(node.otherwise, visit);
      return;
    case 'CaseClause':
      each(node.exprs, visit);
      each(node.body, visit);
      return;
    case 'SwitchStmt':
      maybe(node.init, visit);
      maybe(node.tag, visit);
      each(node.cases, visit);
      return;
    case 'TypeSwitchStmt':
      maybe(node.init, visit);
      maybe(node.bind, visit);
      visit(node.x);
      each(node.cases, visit);
      return;
    case 'CommClause':
      maybe(node.comm, visit);
      each(node.body, visit);
      return;
    case 'SelectStmt':
      each(node.cases, visit);
      return;
    case 'ForStmt':
      maybe(node.init, visit);
      maybe(node.cond, visit);
      maybe(node.post, visit);
      visit(node.body);
      return;
    case 'RangeStmt':
      maybe(node.key, visit);
      maybe(node.value, visit);
      visit(node.x);
      visit(node.body);
      return;
    case 'LabeledStmt':
      visit(node.label);
      visit(node.stmt);
      return;
    case 'DeclStmt':
      visit(node.decl);
      return;
    case 'ImportSpec':
      maybe(node.name, visit);
      return;
    case 'ConstSpec':
      each(node.names, visit);
      // Of an implicit repetition only the names are written here; the expressions stand, once, on the earlier line.
      if (node.implicit) return;
      maybe(node.type, visit);
      each(node.values, visit);
      return;
    case 'VarSpec':
      each(node.names, visit);
      maybe(node.type, visit);
      each(node.values, visit);
      return;
    case 'TypeSpec':
      visit(node.name);
      fields(node.typeParams, visit);
      visit(node.type);
      return;
    case 'ConstDecl':
    case 'VarDecl':
    case 'TypeDecl':
      each(node.specs, visit);
      return;
    case 'FuncDecl':
      if (node.recv !== undefined) fields([node.recv], visit);
      visit(node.name);
      visit(node.type);
      maybe(node.body, visit);
      return;
  }
}

function maybe(node: Node | undefined, visit: (child: Node) => void): void {
  if (node !== undefined) visit(node);
}

function each(nodes: readonly Node[], visit: (child: Node) => void): void {
  for (const node of nodes) visit(node);
}

function fields(list: readonly Field[], visit: (child: Node) => void): void {
  for (const field of list) {
    for (const name of field.names) visit(name);
    visit(field.type);
  }
}

/** Methods and embedded types may stand in any order. */
function interfaceElements({ methods, embedded }: InterfaceType, visit: (child: Node) => void): void {
  let i = 0;
  for (const { name, type } of methods) {
    while (i < embedded.length && embedded[i]!.pos < name.pos) visit(embedded[i++]!);
    visit(name);
    visit(type);
  }
  while (i < embedded.length) visit(embedded[i++]!);
}

function reverseFrom<T>(list: T[], start: number): void {
  for (let i = start, j = list.length - 1; i < j; i++, j--) {
    const t = list[i]!;
    list[i] = list[j]!;
    list[j] = t;
  }
}
