/**
 * Paths that can be walked: a search that remembers how conditions came out.
 *
 *     if page.More { token = page.Next }
 *     if !page.More { break }
 *     // from the first line back to the top of the loop past `token = …` there is a path in the graph, and none that can be walked
 *
 * Values are followed as terms (`terms.ts`): assigned constants, copies, and answers to the same question. Everything else may come out
 * either way. The search takes so many steps and no more; who finds nothing within them is told that there is nothing.
 */
import type { Var } from '../semantics/objects.ts';
import { type Expr, unparen } from '../syntax/ast.ts';
import type { BasicBlock, Edge, FlowNode, Place } from './cfg.ts';
import type { Path } from './paths.ts';
import {
  compare,
  type Names,
  nameOfOperand,
  nameOfVariable,
  type Question,
  questionOf,
  termOf,
} from './terms.ts';

export interface FeasibleSearch {
  readonly names: Names;
  /** The search starts behind this place. */
  readonly from: Place;
  /** Is this where the path should lead to? */
  isGoal(place: Place): boolean;
  /** May the path not pass this node? Asked before `isGoal`. */
  isBarrier(place: Place): boolean;
  allows(edge: Edge): boolean;
  /** The path must take one of these. */
  requires?(edge: Edge): boolean;
  /** Variables of which the node may change something, beyond what it assigns by name: calls that are given a pointer. */
  changes(place: Place): Iterable<Var>;
}

/** States that one search looks at. */
const MAX_STEPS = 6000;

interface State {
  readonly block: BasicBlock;
  readonly index: number;
  readonly terms: ReadonlyMap<string, string>;
  readonly answers: ReadonlyMap<string, boolean>;
  /** Has it taken what it must? */
  readonly passed: boolean;
  readonly edge: Edge | undefined;
  readonly before: State | undefined;
}

/** The shortest path that can be walked, as far as is known; undefined if there is none. */
export function findFeasiblePath(search: FeasibleSearch): Path | undefined {
  const { from } = search;
  const start: State = {
    block: from.block,
    index: from.index + 1,
    terms: new Map(),
    answers: new Map(),
    passed: search.requires === undefined,
    edge: undefined,
    before: undefined,
  };
  const queue: State[] = [start];
  const seen = new Set<string>();
  for (let next = 0; next < queue.length && next < MAX_STEPS; next++) {
    const state = queue[next]!;
    const walked = walkBlock(search, state);
    if (walked === undefined) continue;
    if (typeof walked === 'number') {
      return { from, to: { block: state.block, index: walked }, edges: edgesTo(state) };
    }
    for (const edge of state.block.succs) {
      if (!search.allows(edge)) continue;
      const answers = answersOn(search, edge, walked, state.answers);
      if (answers === undefined) continue;
      const passed = state.passed || search.requires?.(edge) === true;
      const following: State = {
        block: edge.to,
        index: 0,
        terms: walked,
        answers,
        passed,
        edge,
        before: state,
      };
      const key = keyOf(following);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(following);
    }
  }
  return undefined;
}

function edgesTo(state: State): readonly Edge[] {
  const edges: Edge[] = [];
  for (let at: State | undefined = state; at !== undefined; at = at.before) if (at.edge) edges.push(at.edge);
  return edges.reverse();
}

function keyOf({ block, terms, answers, passed }: State): string {
  const known = [...answers].map(([key, answer]) => `${key}:${answer}`).sort();
  const held = [...terms].map(([name, term]) => `${name}=${term}`).sort();
  return `${block.index}${passed}|${known.join(';')}|${held.join(';')}`;
}

/** The terms at the end of the block; the index of the goal if it lies in it; undefined where a barrier does. */
function walkBlock(search: FeasibleSearch, state: State): ReadonlyMap<string, string> | number | undefined {
  const { block } = state;
  let terms = state.terms;
  for (let index = state.index; index < block.nodes.length; index++) {
    const place = { block, index };
    if (search.isBarrier(place)) return undefined;
    if (search.isGoal(place)) return state.passed ? index : undefined;
    terms = afterNode(search, block.nodes[index]!, place, terms);
  }
  return terms;
}

function afterNode(
  search: FeasibleSearch,
  node: FlowNode,
  place: Place,
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { names } = search;
  const terms = new Map(before);
  for (const variable of search.changes(place)) replace(terms, nameOfVariable(variable), `?${node.pos}`);
  const assign = (target: Expr, term: string): void => {
    const name = nameOfOperand(names, target);
    if (name !== undefined) replace(terms, name, term);
  };
  switch (node.kind) {
    case 'AssignStmt': {
      const paired = node.lhs.length === node.rhs.length && (node.op === '=' || node.op === ':=');
      const values = node.lhs.map((_, i) =>
        paired ? termOf(names, before, node.rhs[i]!) : `?${node.pos}.${i}`,
      );
      node.lhs.forEach((target, i) => {
        assign(target, values[i]!);
      });
      break;
    }
    case 'IncDecStmt':
      assign(node.x, `?${node.pos}`);
      break;
    case 'RangeStmt':
      for (const target of [node.key, node.value]) if (target !== undefined) assign(target, `?${target.pos}`);
      break;
    case 'DeclStmt':
      if (node.decl.kind !== 'VarDecl') break;
      for (const { names: declared, values } of node.decl.specs) {
        declared.forEach((name, i) => {
          const value = values.length === declared.length ? values[i] : undefined;
          assign(name, value === undefined ? `?${name.pos}` : termOf(names, before, value));
        });
      }
      break;
    default:
  }
  return terms;
}

/** The name, and all its fields, have a new value. */
function replace(terms: Map<string, string>, name: string, term: string): void {
  for (const other of terms.keys()) if (other.startsWith(`${name}.`)) terms.delete(other);
  terms.set(name, term);
}

/** The answers behind an edge; undefined where they contradict what is known. */
function answersOn(
  { names }: FeasibleSearch,
  edge: Edge,
  terms: ReadonlyMap<string, string>,
  answers: ReadonlyMap<string, boolean>,
): ReadonlyMap<string, boolean> | undefined {
  const { why } = edge;
  let question: Question | boolean;
  switch (why.kind) {
    case 'true':
    case 'false':
      question = questionOf(names, terms, unparen(why.cond));
      break;
    case 'case':
    case 'not-case':
      question = compare('==', termOf(names, terms, why.tag), termOf(names, terms, why.value));
      break;
    default:
      return answers;
  }
  const outcome = why.kind === 'true' || why.kind === 'case';
  if (typeof question === 'boolean') return question === outcome ? answers : undefined;
  const answer = outcome !== question.negated;
  const known = answers.get(question.key);
  if (known !== undefined) return known === answer ? answers : undefined;
  return new Map(answers).set(question.key, answer);
}
