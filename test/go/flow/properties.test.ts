/**
 * Over generated functions: the invariants of all graphs, and fast answers compared with slow and obvious ones.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BasicBlock, Cfg, Edge, Place } from '../../../src/go/flow/cfg.ts';
import { blockDominates, edgeDominates } from '../../../src/go/flow/dominators.ts';
import { isReachable } from '../../../src/go/flow/graph.ts';
import { isInLoop, loopForest } from '../../../src/go/flow/loops.ts';
import { findPath, reachableFrom, reaching } from '../../../src/go/flow/paths.ts';
import { blockPostDominates, controllingEdges } from '../../../src/go/flow/post-dominators.ts';
import { spaghetti, structured } from './generated.ts';
import { brokenInvariants } from './invariants.ts';
import { slowlyReaches, successorsOf } from './oracle.ts';
import { graphOf } from './source.ts';

const anything = fc.oneof(spaghetti, structured);

/** `check` yields what is wrong. */
function forAll(check: (cfg: Cfg) => Iterable<unknown>, runs = 150): void {
  fc.assert(
    fc.property(anything, (body) => {
      expect([...check(graphOf(body).cfg)]).toEqual([]);
    }),
    { numRuns: runs },
  );
}

function* differ(what: string, found: unknown, expected: unknown): Generator<string> {
  if (found !== expected) yield `${what}: ${found} instead of ${expected}`;
}

const name = (block: BasicBlock): string => `b${block.index}`;

test('invariants hold', () => {
  forAll(brokenInvariants, 300);
});

test('reachability', () => {
  forAll(function* (cfg) {
    const reached = new Set([cfg.entry, ...successorsOf(cfg.entry)]);
    for (const block of cfg.blocks) {
      yield* differ(name(block), isReachable(cfg, block), reached.has(block));
    }
  });
});

test('a dominates b iff without a there is no way to b', () => {
  forAll(function* (cfg) {
    for (const a of cfg.blocks) {
      const around = a === cfg.entry ? new Set() : new Set([cfg.entry, ...successorsOf(cfg.entry, a)]);
      for (const b of cfg.blocks) {
        yield* differ(`${name(a)} ${name(b)}`, blockDominates(cfg, a, b), a === b || !around.has(b));
      }
    }
  });
});

test('an edge dominates a block iff without the edge there is no way to it', () => {
  forAll(function* (cfg) {
    for (const edge of cfg.blocks.flatMap((block) => block.succs)) {
      const reached = successorsOf(cfg.entry, undefined, (other) => other === edge);
      for (const block of cfg.blocks) {
        const expected = block !== cfg.entry && !reached.has(block);
        yield* differ(
          `${name(edge.from)}-${name(edge.to)} ${name(block)}`,
          edgeDominates(cfg, edge, block),
          expected,
        );
      }
    }
  });
});

describe('post-dominators', () => {
  /** Only where everything can end is the answer defined by the graph alone. */
  const canEnd = (cfg: Cfg): boolean =>
    cfg.blocks.every((block) => {
      const after = successorsOf(block);
      return (
        !isReachable(cfg, block) || block.succs.length === 0 || after.has(cfg.exit) || after.has(cfg.abort)
      );
    });
  const reachableBlocks = (cfg: Cfg): BasicBlock[] => cfg.blocks.filter((block) => isReachable(cfg, block));

  test('a post-dominates b iff without a there is no way from b to an end', () => {
    forAll(function* (cfg) {
      if (!canEnd(cfg)) return;
      const reachable = reachableBlocks(cfg);
      for (const a of reachable) {
        for (const b of reachable) {
          const ends = [b, ...successorsOf(b, a)].some((block) => block.succs.length === 0);
          yield* differ(`${name(a)} ${name(b)}`, blockPostDominates(cfg, a, b), a === b || !ends);
        }
      }
    }, 300);
  });

  test('a block depends on an edge iff it is certain behind it and not before', () => {
    forAll(function* (cfg) {
      const reachable = reachableBlocks(cfg);
      for (const block of reachable) {
        const expected = reachable
          .filter(
            (from) => from.succs.length > 1 && (from === block || !blockPostDominates(cfg, block, from)),
          )
          .flatMap((from) => from.succs.filter((edge) => blockPostDominates(cfg, block, edge.to)));
        const found = new Set(controllingEdges(cfg, block));
        yield* differ(name(block), found.size, expected.length);
        for (const edge of expected) if (!found.has(edge)) yield `${name(block)} from ${name(edge.from)}`;
      }
    });
  });
});

describe('loops', () => {
  test('two blocks that reach each other share a loop, others do not', () => {
    forAll(function* (cfg) {
      const { loops } = loopForest(cfg);
      for (const a of cfg.blocks) {
        const after = successorsOf(a);
        for (const b of cfg.blocks) {
          const together = isReachable(cfg, a) && after.has(b) && successorsOf(b).has(a);
          const shared = loops.some((loop) => isInLoop(cfg, loop, a) && isInLoop(cfg, loop, b));
          yield* differ(`${name(a)} ${name(b)}`, shared, together);
        }
      }
    });
  });

  test('without the back edges nothing comes back', () => {
    forAll(function* (cfg) {
      const backEdges = new Set(loopForest(cfg).loops.flatMap((loop) => loop.backEdges));
      for (const block of cfg.blocks) {
        if (!isReachable(cfg, block)) continue;
        if (successorsOf(block, undefined, (edge) => backEdges.has(edge)).has(block)) yield name(block);
      }
    });
  });
});

describe('paths', () => {
  const setting = fc.tuple(anything, fc.infiniteStream(fc.nat()));
  const anyPlace = (cfg: Cfg, next: () => number): Place => {
    const block = cfg.blocks[next() % cfg.blocks.length]!;
    return { block, index: (next() % (block.nodes.length + 2)) - 1 };
  };

  test('found iff the slow search finds one; and it is one', () => {
    fc.assert(
      fc.property(setting, ([body, numbers]) => {
        const { cfg } = graphOf(body);
        const next = (): number => numbers.next().value;
        const edges = cfg.blocks.flatMap((block) => block.succs);
        for (let round = 0; round < 20; round++) {
          const from = anyPlace(cfg, next);
          const to = { ...anyPlace(cfg, next) };
          if (to.index === -1) to.index = 0;
          const places = Array.from({ length: next() % 4 }, () => anyPlace(cfg, next));
          const forbidden = edges.length === 0 ? undefined : edges[next() % edges.length];
          const avoid = { places, edges: (edge: Edge) => edge === forbidden };
          const expected = slowlyReaches(from, to, places, avoid.edges);
          const path = findPath(cfg, from, to, avoid);
          expect(path !== undefined).toBe(expected);
          expect(reachableFrom(cfg, from, avoid).has(to)).toBe(expected);
          expect(reaching(cfg, to, avoid).has(from)).toBe(expected);
          if (path === undefined) continue;
          let at = from.block;
          for (const edge of path.edges) {
            expect(edge.from).toBe(at);
            expect(edge).not.toBe(forbidden);
            at = edge.to;
          }
          expect(at).toBe(to.block);
        }
      }),
      { numRuns: 200 },
    );
  });
});
