/**
 * Builds the control-flow graph of a function from its syntax: `cfg.ts` says what it looks like.
 *
 *     const cfg = buildCfg(fn.node, (call) => !isNoReturn(call));
 *
 * One pass over the statements; expressions are not looked into, except for the operands of conditions.
 * A call that never returns ends its path only where it is a statement of its own: one whose result is used has a result.
 *
 * Code that the language forbids still gets a graph: a `goto` to a label that does not exist, or a `break` outside everything, leads
 * to `abort`, so that no path claims to know more than the source says.
 */
import {
  type BranchStmt,
  type CallExpr,
  type CaseClause,
  type DeferStmt,
  type Expr,
  type ForStmt,
  type FuncNode,
  type IfStmt,
  type RangeStmt,
  type SelectStmt,
  type Stmt,
  type SwitchStmt,
  type TypeSwitchStmt,
  unparen,
} from '../syntax/ast.ts';
import type { Cfg, FlowNode, Place } from './cfg.ts';
import { commOperands } from './evaluation.ts';
import { reachableBlocks } from './graph.ts';
import {
  add,
  branch,
  connect,
  currentBlock,
  type GraphBuilder,
  jump,
  newBlock,
  type OpenBlock,
  start,
  startIfReached,
} from './graph-builder.ts';

/** What `break`, `continue` and `fallthrough` mean in a statement list. */
interface Targets {
  readonly breakTo: OpenBlock | undefined;
  readonly continueTo: OpenBlock | undefined;
  readonly fallthroughTo: OpenBlock | undefined;
}

interface LabelTargets {
  readonly block: OpenBlock;
  breakTo: OpenBlock | undefined;
  continueTo: OpenBlock | undefined;
}

interface FunctionBuilder extends GraphBuilder {
  readonly exit: OpenBlock;
  readonly abort: OpenBlock;
  readonly labels: Map<string, LabelTargets>;
  readonly defers: { readonly stmt: DeferStmt; readonly block: OpenBlock }[];
  readonly returns: (call: CallExpr) => boolean;
}

const nowhere: Targets = { breakTo: undefined, continueTo: undefined, fallthroughTo: undefined };

/**
 * The graph of a declared function or a function literal. `returns` says whether a call can come back (`os.Exit` and `panic` do not);
 * it is asked about calls that are statements.
 * @throws if the function has no body.
 */
export function buildCfg(func: FuncNode, returns: (call: CallExpr) => boolean): Cfg {
  const body = func.body;
  if (body === undefined) throw new Error('a function without a body has no control-flow graph');
  const entry = newBlock('entry');
  const f: FunctionBuilder = {
    blocks: [],
    current: undefined,
    exit: newBlock('exit'),
    abort: newBlock('abort'),
    labels: new Map(),
    defers: [],
    returns,
  };
  start(f, entry);
  list(f, body.stmts, nowhere);
  jump(f, f.exit);
  for (const { block } of f.labels.values()) {
    if (block.index >= 0) continue;
    start(f, block);
    jump(f, f.abort);
  }
  start(f, f.exit);
  start(f, f.abort);

  const blocks = f.blocks;
  const reached = reachableBlocks(entry, blocks.length);
  const defers = f.defers.filter(({ block }) => reached[block.index] === 1).map(({ stmt }) => stmt);
  for (let i = defers.length - 1; i >= 0; i--) f.exit.nodes.push(unparen(defers[i]!.call));

  let places: Map<FlowNode, Place> | undefined;
  return {
    func,
    entry,
    exit: f.exit,
    abort: f.abort,
    blocks,
    defers,
    placeOf(node) {
      places ??= placesOf(blocks);
      return places.get(node);
    },
  };
}

function placesOf(blocks: readonly OpenBlock[]): Map<FlowNode, Place> {
  const places = new Map<FlowNode, Place>();
  for (const block of blocks) {
    for (let index = 0; index < block.nodes.length; index++)
      places.set(block.nodes[index]!, { block, index });
  }
  return places;
}

function list(f: FunctionBuilder, stmts: readonly Stmt[], targets: Targets): void {
  for (const s of stmts) statement(f, s, targets, undefined);
}

function statement(f: FunctionBuilder, s: Stmt, targets: Targets, label: LabelTargets | undefined): void {
  switch (s.kind) {
    case 'EmptyStmt':
      return;
    case 'Block':
      list(f, s.stmts, targets);
      return;
    case 'ExprStmt': {
      add(f, s);
      const call = unparen(s.x);
      if (call.kind === 'CallExpr' && !f.returns(call)) jump(f, f.abort);
      return;
    }
    case 'DeferStmt':
      add(f, s);
      f.defers.push({ stmt: s, block: currentBlock(f) });
      return;
    case 'ReturnStmt':
      add(f, s);
      jump(f, f.exit);
      return;
    case 'BranchStmt':
      add(f, s);
      jump(f, targetOf(f, s, targets) ?? f.abort);
      return;
    case 'LabeledStmt': {
      // Any number of statements may be labelled `_`, and damaged code repeats a label: each starts a block of its own.
      if ((f.labels.get(s.label.name)?.block.index ?? -1) >= 0) f.labels.delete(s.label.name);
      const named = labelTargets(f, s.label.name);
      named.block.stmt = s;
      jump(f, named.block);
      start(f, named.block);
      statement(f, s.stmt, targets, named);
      return;
    }
    case 'IfStmt':
      ifStmt(f, s, targets);
      return;
    case 'ForStmt':
      forStmt(f, s, targets, label);
      return;
    case 'RangeStmt':
      rangeStmt(f, s, label);
      return;
    case 'SwitchStmt':
      switchStmt(f, s, targets, label);
      return;
    case 'TypeSwitchStmt':
      typeSwitchStmt(f, s, targets, label);
      return;
    case 'SelectStmt':
      selectStmt(f, s, targets, label);
      return;
    case 'SendStmt':
    case 'IncDecStmt':
    case 'AssignStmt':
    case 'GoStmt':
    case 'DeclStmt':
    case 'BadStmt':
      add(f, s);
      return;
  }
}

/** The targets of a label, which a `goto` may name before it stands in the source. */
function labelTargets(f: FunctionBuilder, name: string): LabelTargets {
  let found = f.labels.get(name);
  if (found === undefined) {
    found = { block: newBlock(`label ${name}`), breakTo: undefined, continueTo: undefined };
    f.labels.set(name, found);
  }
  return found;
}

function targetOf(f: FunctionBuilder, s: BranchStmt, targets: Targets): OpenBlock | undefined {
  const label = s.label?.name;
  switch (s.tok) {
    case 'goto':
      return label === undefined ? undefined : labelTargets(f, label).block;
    case 'break':
      return label === undefined ? targets.breakTo : f.labels.get(label)?.breakTo;
    case 'continue':
      return label === undefined ? targets.continueTo : f.labels.get(label)?.continueTo;
    case 'fallthrough':
      return targets.fallthroughTo;
  }
}

function ifStmt(f: FunctionBuilder, first: IfStmt, targets: Targets): void {
  const done = newBlock('if.done');
  // A chain of `else if` is a list, not a tree: its length must not cost call stack.
  for (let s = first; ; ) {
    if (s.init !== undefined) statement(f, s.init, nowhere, undefined);
    const then = newBlock('if.then');
    const otherwise = s.otherwise === undefined ? done : newBlock('if.else');
    branch(f, s.cond, then, otherwise);
    start(f, then);
    list(f, s.then.stmts, targets);
    jump(f, done);
    if (s.otherwise === undefined) break;
    start(f, otherwise);
    if (s.otherwise.kind === 'IfStmt') {
      s = s.otherwise;
      continue;
    }
    list(f, s.otherwise.stmts, targets);
    jump(f, done);
    break;
  }
  startIfReached(f, done);
}

function forStmt(f: FunctionBuilder, s: ForStmt, targets: Targets, label: LabelTargets | undefined): void {
  if (s.init !== undefined) statement(f, s.init, targets, undefined);
  const head = newBlock('for.head', s);
  const body = newBlock('for.body');
  const post = s.post === undefined ? head : newBlock('for.post');
  const done = newBlock('for.done');
  jump(f, head);
  start(f, head);
  if (s.cond === undefined) jump(f, body);
  else branch(f, s.cond, body, done);
  start(f, body);
  loopBody(f, s.body.stmts, done, post, label);
  if (s.post !== undefined) {
    start(f, post);
    statement(f, s.post, nowhere, undefined);
    jump(f, head);
  }
  startIfReached(f, done);
}

function rangeStmt(f: FunctionBuilder, s: RangeStmt, label: LabelTargets | undefined): void {
  add(f, s.x);
  const head = newBlock('range.head', s);
  const body = newBlock('range.body');
  const done = newBlock('range.done');
  jump(f, head);
  start(f, head);
  connect(head, body, { kind: 'range-next', stmt: s });
  connect(head, done, { kind: 'range-done', stmt: s });
  start(f, body);
  add(f, s);
  loopBody(f, s.body.stmts, done, head, label);
  start(f, done);
}

/** Leaves no current block: the end of the body continues at `continueTo`. */
function loopBody(
  f: FunctionBuilder,
  stmts: readonly Stmt[],
  breakTo: OpenBlock,
  continueTo: OpenBlock,
  label: LabelTargets | undefined,
): void {
  if (label !== undefined) {
    label.breakTo = breakTo;
    label.continueTo = continueTo;
  }
  list(f, stmts, { breakTo, continueTo, fallthroughTo: undefined });
  jump(f, continueTo);
}

function switchStmt(
  f: FunctionBuilder,
  s: SwitchStmt,
  targets: Targets,
  label: LabelTargets | undefined,
): void {
  if (s.init !== undefined) statement(f, s.init, nowhere, undefined);
  const tag = s.tag !== undefined && isWordTrue(s.tag) ? undefined : s.tag;
  if (tag !== undefined) add(f, tag);
  const bodies = s.cases.map((clause) => newBlock(clause.isDefault ? 'default' : 'case'));
  const done = newBlock('switch.done');
  const otherwise = bodies[s.cases.findIndex((clause) => clause.isDefault)] ?? done;
  let untested = 0;
  for (const clause of s.cases) untested += clause.exprs.length;
  // `default` is tried last wherever it stands, but bodies are built in source order; so the place of the next test is kept aside.
  let test = currentBlock(f);
  if (untested === 0) jump(f, otherwise);
  s.cases.forEach((clause, i) => {
    for (const value of clause.exprs) {
      untested--;
      const after = untested === 0 ? otherwise : newBlock('case.test');
      start(f, test);
      if (tag === undefined) {
        branch(f, value, bodies[i]!, after);
      } else {
        add(f, value);
        connect(test, bodies[i]!, { kind: 'case', tag, value });
        connect(test, after, { kind: 'not-case', tag, value });
      }
      test = after;
    }
    clauseBody(f, clause.body, bodies[i]!, targets, done, bodies[i + 1], label);
  });
  startIfReached(f, done);
}

function isWordTrue(tag: Expr): boolean {
  const x = unparen(tag);
  return x.kind === 'Ident' && x.name === 'true';
}

function typeSwitchStmt(
  f: FunctionBuilder,
  s: TypeSwitchStmt,
  targets: Targets,
  label: LabelTargets | undefined,
): void {
  if (s.init !== undefined) statement(f, s.init, nowhere, undefined);
  add(f, s.x);
  add(f, s);
  const head = currentBlock(f);
  const done = newBlock('switch.done');
  let otherwise = done;
  const bodies = s.cases.map((clause: CaseClause) => {
    const body = newBlock(clause.isDefault ? 'default' : 'case');
    if (clause.isDefault) otherwise = body;
    else connect(head, body, { kind: 'type-case', x: s.x, types: clause.exprs });
    return body;
  });
  const types = s.cases.flatMap((clause) => clause.exprs);
  connect(head, otherwise, { kind: 'not-type-case', x: s.x, types });
  s.cases.forEach((clause, i) => {
    clauseBody(f, clause.body, bodies[i]!, targets, done, undefined, label);
  });
  startIfReached(f, done);
}

function selectStmt(
  f: FunctionBuilder,
  s: SelectStmt,
  targets: Targets,
  label: LabelTargets | undefined,
): void {
  for (const clause of s.cases) {
    for (const operand of commOperands(clause.comm)) add(f, operand);
  }
  add(f, s);
  const head = currentBlock(f);
  const done = newBlock('select.done');
  const bodies = s.cases.map((clause) => {
    const body = newBlock(clause.comm === undefined ? 'default' : 'case');
    if (clause.comm !== undefined) body.nodes.push(clause.comm);
    connect(head, body, { kind: 'select', clause });
    return body;
  });
  s.cases.forEach((clause, i) => {
    clauseBody(f, clause.body, bodies[i]!, targets, done, undefined, label);
  });
  startIfReached(f, done);
}

function clauseBody(
  f: FunctionBuilder,
  stmts: readonly Stmt[],
  block: OpenBlock,
  outer: Targets,
  done: OpenBlock,
  fallthroughTo: OpenBlock | undefined,
  label: LabelTargets | undefined,
): void {
  if (label !== undefined) label.breakTo = done;
  start(f, block);
  list(f, stmts, { breakTo: done, continueTo: outer.continueTo, fallthroughTo });
  jump(f, done);
}
