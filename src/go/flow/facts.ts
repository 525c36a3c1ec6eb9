/**
 * What is known at a place because of the decisions that led there.
 *
 *     if err != nil { return err }
 *     use(v)                         // factsAt: "err != nil" was false
 *     err = next(v)
 *     use(v)                         // factsAt: nothing; err is another value now. decisionsAt: still the same
 *
 * A fact is an edge of the graph that says something (`why.kind` is not `next`): the outcome of a condition, a case, a range, a select.
 * Facts are single outcomes: behind `if a || b { return }` both `a` and `b` are known to be false, but what `if a && b { return }` leaves
 * ("not both") is no single outcome. Who needs more asks `findPath` for a path that avoids edges.
 */
import type { Expr, Ident, Node } from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { type Access, accessesOfBlock, accessOf, type Variables } from './accesses.ts';
import { type BitRows, bitRows, clearBit, eachBitIn, hasBit, setBit } from './bits.ts';
import type { BasicBlock, Cfg, Edge, EdgeKind, Place } from './cfg.ts';
import { rootOf } from './collect-accesses.ts';
import { dominatorTree, edgeDominates } from './dominators.ts';
import { isReachable, oncePer } from './graph.ts';
import { copyRow, solve } from './solve.ts';

/**
 * The decisions on every path to the place: whenever control is there, this is how each of them went the last time. Innermost first.
 * What they were about may have changed since. Empty for unreachable places.
 */
export function decisionsAt(cfg: Cfg, place: Place): readonly Edge[] {
  const found: Edge[] = [];
  if (!isReachable(cfg, place.block)) return found;
  const { parent } = dominatorTree(cfg);
  // An edge that dominates the place leads to a block that dominates it, and is the only way in from outside.
  for (let block: BasicBlock | undefined = place.block; block !== undefined; ) {
    const above: BasicBlock | undefined = cfg.blocks[parent[block.index]!];
    for (const edge of block.preds) {
      if (edge.from === above && edge.why.kind !== 'next' && edgeDominates(cfg, edge, block))
        found.push(edge);
    }
    block = above;
  }
  return found;
}

/** Facts times blocks: 50 MB. In a larger function, which nobody has written by hand, nothing is known. */
const maxBits = 400_000_000;

/** Part of a variable that a condition looks at: `opts.Page` is path `['Page']` of `opts`; indices are `[]`. */
interface Mention {
  readonly ident: Ident;
  readonly path: readonly string[];
}

interface Facts {
  readonly edges: readonly Edge[];
  readonly numberOf: ReadonlyMap<Edge, number>;
  /** By number of the variable. */
  readonly mentions: readonly { readonly fact: number; readonly path: readonly string[] }[][];
  /** By block index: what holds at its start. */
  readonly atStart: BitRows;
}

const facts: (variables: Variables) => Facts = oncePer((variables) => {
  const { cfg } = variables;
  const edges: Edge[] = [];
  for (const block of cfg.blocks) edges.push(...block.succs.filter((edge) => edge.why.kind !== 'next'));
  if (edges.length * cfg.blocks.length > maxBits) edges.length = 0;
  const numberOf = new Map(edges.map((edge, i) => [edge, i]));
  const mentions: Facts['mentions'] = variables.variables.map(() => []);
  edges.forEach((edge, fact) => {
    for (const operand of operandsOf(edge.why)) {
      for (const { ident, path } of mentionsIn(operand)) {
        const variable = accessOf(variables, ident)?.variable;
        if (variable !== undefined) mentions[variables.numberOf.get(variable)!]!.push({ fact, path });
      }
    }
  });
  const found = { edges, numberOf, mentions, atStart: bitRows(0, 0) };
  const atStart = solve({
    cfg,
    bits: edges.length,
    direction: 'forward',
    meet: 'all',
    // An older outcome of the same test needs no care: it holds on all paths only if there is no way to the test's other side.
    pass: (block, state) => {
      for (const a of accessesOfBlock(variables, block)) forget(variables, found, a, state);
    },
    follow: (edge, state) => {
      const fact = numberOf.get(edge);
      if (fact !== undefined) setBit(state, 0, fact);
    },
  });
  return { ...found, atStart };
});

/**
 * The facts that hold just before the node at the place: decisions on every path to it, none of whose operands has been changed since,
 * as far as one sees: by assignment to the variable or the part that was asked about, in a closure, or by giving its address away.
 * What a call changes behind a pointer or in a field of its receiver is not seen. Empty for unreachable places.
 */
export function factsAt(variables: Variables, place: Place): readonly Edge[] {
  const { cfg } = variables;
  if (!isReachable(cfg, place.block)) return [];
  const all = facts(variables);
  const state = copyRow(all.atStart, place.block.index, all.edges.length);
  for (const a of accessesOfBlock(variables, place.block)) {
    if (a.place.index >= place.index) break;
    forget(variables, all, a, state);
  }
  const found: Edge[] = [];
  eachBitIn(state, 0, 0, all.edges.length, (fact) => found.push(all.edges[fact]!));
  return found;
}

/** Does this fact hold just before the node at the place? */
export function holdsAt(variables: Variables, fact: Edge, place: Place): boolean {
  return factsAt(variables, place).includes(fact);
}

/** Removes the facts that a write makes doubtful. */
function forget(variables: Variables, all: Facts, a: Access, state: BitRows): void {
  if (a.kind === 'read' || a.kind === 'initial') return;
  const mentions = all.mentions[variables.numberOf.get(a.variable)!]!;
  if (mentions.length === 0) return;
  const path = a.target === undefined ? [] : pathOf(a.target);
  for (const mention of mentions) {
    if (hasBit(state, 0, mention.fact) && overlap(path, mention.path)) clearBit(state, 0, mention.fact);
  }
}

/** One is a part of the other, or they are the same. */
function overlap(a: readonly string[], b: readonly string[]): boolean {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The fields and indices that lead from the root variable to an operand; a pointer is the same place as what it points to. */
function pathOf(operand: Expr): readonly string[] {
  const path: string[] = [];
  for (let x = operand; ; ) {
    switch (x.kind) {
      case 'SelectorExpr':
        path.push(x.sel.name);
        x = x.x;
        continue;
      case 'IndexExpr':
        path.push('[]');
        x = x.x;
        continue;
      case 'StarExpr':
      case 'ParenExpr':
        x = x.x;
        continue;
      default:
        return path.reverse();
    }
  }
}

function operandsOf(why: EdgeKind): readonly Expr[] {
  switch (why.kind) {
    case 'true':
    case 'false':
      return [why.cond];
    case 'case':
    case 'not-case':
      return [why.tag, why.value];
    case 'type-case':
    case 'not-type-case':
      return [why.x];
    default:
      return [];
  }
}

function mentionsIn(operand: Expr): readonly Mention[] {
  const found: Mention[] = [];
  const named = new Set<Node>();
  walk(operand, (node) => {
    switch (node.kind) {
      case 'SelectorExpr':
      case 'IndexExpr':
      case 'StarExpr': {
        const ident = rootOf(node);
        if (ident !== undefined && !named.has(ident)) {
          named.add(ident);
          found.push({ ident, path: pathOf(node) });
        }
        return;
      }
      case 'Ident':
        if (!named.has(node)) found.push({ ident: node, path: [] });
        return;
      default:
    }
  });
  return found;
}
