/**
 * Running a function, or one turn of a loop in it, over what values are made of.
 *
 *     const flow = provenance.flowOf(fn);                  // the whole function, from its start
 *     const turn = provenance.turnOf(flow, head, blocks);  // one turn of a loop: `head` is where it begins, in time and as an origin
 *
 * Conditions are not decided: where paths meet, a value is made of what any of them gives it. Loops inside are run until nothing changes.
 * Everything is counted in steps, and what takes too many is not summed up.
 */
import { accessesAt, variablesOf } from '../flow/accesses.ts';
import type { BasicBlock, Cfg, FlowNode, Place } from '../flow/cfg.ts';
import { decisionsAt } from '../flow/facts.ts';
import { reversePostorder } from '../flow/graph.ts';
import type { GoFunction } from '../package.ts';
import type { Type } from '../semantics/types.ts';
import { type AssignStmt, type Expr, type RangeStmt, type ReturnStmt, unparen } from '../syntax/ast.ts';
import { evaluate, evaluateAll, locateAll } from './evaluate.ts';
import { type Frame, type Log, NO_VALUE, plain, shapeOf, under, type Value, type World } from './frame.ts';
import { join, type Memory, read, same, UNTOUCHED } from './memory.ts';
import {
  fieldOrigins,
  headOf,
  locationOf,
  NOTHING,
  type Origins,
  only,
  partOf,
  receivedBy,
  through,
  union,
  VIA,
} from './origins.ts';
import { copyOf, noReferences, type References } from './references.ts';
import { assign, assignVariable, deepOrigins, note, store } from './store.ts';
import { heldOutside, outerReferences, type Returned, type Summary, summarise } from './summary.ts';

/** What is known at every place of a function, or of the part of it that was run. */
export interface Flow extends Log {
  readonly fn: GoFunction;
  /** Memory just before a node of the part that was run. */
  before(place: Place): Memory;
  /** Memory behind a block; undefined if it was not run. */
  behind(block: BasicBlock): Memory | undefined;
  /** The origins of an expression that is evaluated at a place: of its value, and of all that can be reached from it. */
  origins(e: Expr, place: Place): { readonly own: Origins; readonly deep: Origins };
  readonly references: References;
  readonly returns: readonly Returned[];
}

/** Passes over the blocks; loops in loops need about as many as they are deep. */
const MAX_PASSES = 8;
/** Functions with more blocks are not looked at: they are tables, or made by machines. */
const MAX_BLOCKS = 1500;
const MAX_DEPTH = 24;

export interface Provenance {
  /** Undefined for a function that is too large. */
  flowOf(fn: GoFunction): Flow | undefined;
  /** One turn of a loop, from `entry` over these blocks, back edges to `entry` excepted. `whole` is the flow of its function. */
  turnOf(whole: Flow, entry: BasicBlock, blocks: readonly BasicBlock[]): Flow;
}

export function openProvenance(world: Omit<World, 'summaryOf'>): Provenance {
  const summaries = new Map<GoFunction, Summary | undefined>();
  const open = new Set<GoFunction>();

  const flowOf = (fn: GoFunction): RunningFlow | undefined => {
    const { cfg } = fn;
    const { blocks } = reversePostorder(cfg);
    if (blocks.length > MAX_BLOCKS) return undefined;
    open.add(fn);
    const flow = runBlocks(frameOf(full, fn, referencesAround(fn)), cfg.entry, blocks);
    open.delete(fn);
    return flow;
  };

  const around = new WeakMap<GoFunction, References>();
  /** What a literal's captured variables point to, the function around it knows. */
  const referencesAround = ({ parent }: GoFunction): References => {
    if (parent === undefined || open.has(parent) || open.size >= MAX_DEPTH) return noReferences();
    let known = around.get(parent);
    if (known === undefined) {
      known = flowOf(parent)?.references ?? noReferences();
      around.set(parent, known);
    }
    return copyOf(known);
  };

  const summaryOf = (fn: GoFunction): Summary | undefined => {
    if (summaries.has(fn)) return summaries.get(fn);
    // In the middle of a recursion there is no answer yet.
    if (open.has(fn) || open.size >= MAX_DEPTH) return undefined;
    const flow = flowOf(fn);
    const summary = flow && summarise(flow.frame, flow.behind(fn.cfg.exit) ?? UNTOUCHED, flow.returns);
    summaries.set(fn, summary);
    return summary;
  };

  const full: World = { ...world, summaryOf };
  return {
    flowOf,
    turnOf: (whole, entry, blocks) => runBlocks(frameOf(full, whole.fn, whole.references), entry, blocks),
  };
}

function frameOf(world: World, fn: GoFunction, references: References): Frame {
  return {
    world,
    fn,
    info: fn.pkg.info,
    references,
    memory: UNTOUCHED,
    place: { block: fn.cfg.entry, index: -1 },
    log: undefined,
    values: new Map(),
    throughPointer: new Set(),
  };
}

interface RunningFlow extends Flow {
  readonly frame: Frame;
}

/** `blocks` in reverse postorder. */
function runBlocks(frame: Frame, entry: BasicBlock, blocks: readonly BasicBlock[]): RunningFlow {
  const before = new Map<BasicBlock, Memory>();
  const after = new Map<BasicBlock, Memory>();
  const { cfg } = frame.fn;
  const order = [...blocks].sort((a, b) => positionOf(cfg, a) - positionOf(cfg, b));
  const returns = new Map<ReturnStmt, Returned>();
  const pass = (): boolean => {
    let changed = false;
    const known = frame.references.count;
    for (const block of order) {
      let memory = block === entry ? UNTOUCHED : undefined;
      if (block !== entry) {
        for (const { from } of block.preds) {
          const left = after.get(from);
          if (left !== undefined) memory = memory === undefined ? left : join(memory, left);
        }
      }
      if (memory === undefined) continue;
      before.set(block, memory);
      frame.memory = memory;
      block.nodes.forEach((node, index) => {
        frame.place = { block, index };
        runNode(frame, node, returns);
      });
      const old = after.get(block);
      if (old === undefined || !same(old, frame.memory)) {
        after.set(block, frame.memory);
        changed = true;
      }
    }
    return changed || frame.references.count > known;
  };
  for (let i = 1; i < MAX_PASSES && pass(); i++);
  // Once more, now that everything is known, to write down what happens.
  const log: Log = { writes: [], requests: [] };
  frame.log = log;
  pass();

  const quiet: Frame = { ...frame, log: undefined };
  const beforePlace = ({ block, index }: Place): Memory => {
    quiet.memory = before.get(block) ?? UNTOUCHED;
    for (let i = 0; i < index && i < block.nodes.length; i++) {
      quiet.place = { block, index: i };
      runNode(quiet, block.nodes[i]!, new Map());
    }
    return quiet.memory;
  };
  return {
    ...log,
    frame,
    fn: frame.fn,
    references: frame.references,
    returns: [...returns.values()],
    before: beforePlace,
    behind: (block) => after.get(block),
    origins(e, place) {
      quiet.memory = beforePlace(place);
      quiet.place = place;
      const value = evaluate(quiet, e);
      return { own: value.origins, deep: deepOrigins(quiet, value) };
    },
  };
}

function positionOf(cfg: Cfg, block: BasicBlock): number {
  return reversePostorder(cfg).position[block.index]!;
}

function runNode(frame: Frame, node: FlowNode, returns: Map<ReturnStmt, Returned>): void {
  switch (node.kind) {
    case 'AssignStmt':
      runAssignment(frame, node);
      return;
    case 'IncDecStmt':
      assign(frame, node.x, plain(through(evaluate(frame, node.x).origins, VIA.step)));
      return;
    case 'DeclStmt':
      if (node.decl.kind !== 'VarDecl') return;
      for (const { names, values } of node.decl.specs) {
        const given = valuesOf(frame, values, names.length);
        names.forEach((name, i) => {
          assign(frame, name, given[i] ?? NO_VALUE);
        });
      }
      return;
    case 'ExprStmt':
      evaluate(frame, node.x);
      return;
    case 'SendStmt':
      evaluate(frame, node.chan);
      evaluate(frame, node.value);
      return;
    case 'GoStmt':
    case 'DeferStmt': {
      // What they call happens at another time; only their operands are evaluated here.
      const call = unparen(node.call);
      if (call.kind === 'CallExpr') for (const arg of call.args) evaluate(frame, arg);
      return;
    }
    case 'ReturnStmt':
      returns.set(node, returned(frame, node));
      return;
    case 'RangeStmt':
      runRange(frame, node);
      return;
    case 'TypeSwitchStmt': {
      const value = frame.values.get(node.x) ?? NO_VALUE;
      for (const access of accessesAt(variablesOf(frame.fn.cfg, frame.info), frame.place)) {
        if (access.kind === 'declare') assignVariable(frame, access.variable, value);
      }
      return;
    }
    case 'SelectStmt':
    case 'BranchStmt':
    case 'EmptyStmt':
    case 'BadStmt':
    case 'Block':
    case 'IfStmt':
    case 'SwitchStmt':
    case 'ForStmt':
    case 'LabeledStmt':
      return;
    default:
      if (frame.place.block !== frame.fn.cfg.exit) frame.values.set(node, evaluate(frame, node));
  }
}

function valuesOf(frame: Frame, values: readonly Expr[], count: number): readonly Value[] {
  const [only] = values;
  if (values.length === 1 && count > 1) return evaluateAll(frame, only!, count);
  return values.map((value) => evaluate(frame, value));
}

function runAssignment(frame: Frame, { lhs, op, rhs }: AssignStmt): void {
  if (op === '=' || op === ':=') {
    const values = valuesOf(frame, rhs, lhs.length);
    lhs.forEach((target, i) => {
      assign(frame, target, values[i] ?? NO_VALUE);
    });
    return;
  }
  const [target] = lhs;
  const [operand] = rhs;
  if (target === undefined || operand === undefined) return;
  const origins = union(evaluate(frame, target).origins, evaluate(frame, operand).origins);
  const text = under(frame.info.typeOf(target));
  const isText = text.kind === 'basic' && text.name === 'string';
  const via = op === '+=' || op === '-=' ? (isText ? VIA.text : VIA.step) : VIA.arithmetic;
  assign(frame, target, plain(through(origins, via)));
}

function returned(frame: Frame, node: ReturnStmt): Returned {
  const { results } = frame.fn;
  const values =
    node.results.length === 0
      ? results.map((variable) => ({
          origins: read(frame.memory, locationOf(variable)),
          refs: [locationOf(variable)],
          content: undefined,
        }))
      : valuesOf(frame, node.results, results.length);
  return values.map((value, i) => ({
    origins: union(deepOrigins(frame, value), reasonsFor(frame, node, i)),
    refs: outerReferences(frame, value),
    content: undefined,
    held: heldOutside(frame, value),
  }));
}

/** `if found { return x, true }; return "", false`: what a constant flag says is what the conditions said that led to it. */
function reasonsFor(frame: Frame, node: ReturnStmt, result: number): Origins {
  const value = node.results.length === frame.fn.results.length ? node.results[result] : undefined;
  if (value === undefined || frame.info.constantOf(value)?.kind !== 'bool') return NOTHING;
  const { memory, log } = frame;
  frame.log = undefined;
  let origins: Origins = NOTHING;
  for (const { why } of decisionsAt(frame.fn.cfg, frame.place)) {
    if (why.kind === 'true' || why.kind === 'false')
      origins = union(origins, evaluate(frame, why.cond).origins);
    frame.memory = memory;
  }
  frame.log = log;
  return through(origins, VIA.test);
}

/** The start of a turn of `range`: key and value are the next element's. */
function runRange(frame: Frame, node: RangeStmt): void {
  const operand = frame.values.get(node.x) ?? evaluate(frame, node.x);
  const type = under(frame.info.typeOf(node.x));
  const { key, value } = node;
  if (type.kind === 'chan') {
    if (key !== undefined) assign(frame, key, plain(only(receivedBy(node.x))));
    return;
  }
  if (
    type.kind === 'basic' &&
    key !== undefined &&
    type.name !== 'string' &&
    type.name !== 'untyped string'
  ) {
    // `for i := range n` counts.
    const [location] = key.kind === 'Ident' ? locateAll(frame, key) : [];
    if (location === undefined) return;
    const counted = plain(through(only(headOf(location)), VIA.step));
    store(frame, location, counted, true);
    note(frame, location, counted.origins, 'assign', undefined);
    return;
  }
  const element = elementOf(frame, operand, type);
  if (key !== undefined) {
    const isList = type.kind === 'slice' || type.kind === 'array' || type.kind === 'pointer';
    assign(frame, key, isList ? plain(through(operand.origins, VIA.element | VIA.length)) : element);
  }
  if (value !== undefined) assign(frame, value, element);
}

function elementOf(frame: Frame, list: Value, type: Type): Value {
  const bases = list.content === undefined ? list.refs : [...list.refs, list.content];
  const parts = bases.map((base) => partOf(base, '[]'));
  let origins = fieldOrigins(list.origins, '[]');
  for (const part of parts) origins = union(origins, read(frame.memory, part));
  const shape = type.kind === 'slice' || type.kind === 'array' ? shapeOf(type.elem) : 'unknown';
  return { origins: through(origins, VIA.element), refs: shape === 'struct' ? [] : parts, content: parts[0] };
}
