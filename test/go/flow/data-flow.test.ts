/**
 * Reaching definitions, liveness and facts over generated functions, compared with searches that try all paths.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Access,
  accessesAt,
  overwrites,
  uses,
  type Variables,
  variablesOf,
} from '../../../src/go/flow/accesses.ts';
import type { Cfg, Edge, Place } from '../../../src/go/flow/cfg.ts';
import { definitionsOf, isDefinition, usesOf } from '../../../src/go/flow/definitions.ts';
import { factsAt } from '../../../src/go/flow/facts.ts';
import { isReachable } from '../../../src/go/flow/graph.ts';
import { isReadAfter } from '../../../src/go/flow/liveness.ts';
import type { Var } from '../../../src/go/semantics/objects.ts';
import { functionOf } from './program.ts';

const simple = fc.constantFrom(
  'x = 1',
  'y = x',
  'x, y = y, 2',
  'x++',
  'y += x',
  'use(x)',
  'use(y)',
  'x := x; use(x)',
  'return',
  'return x',
  'if x > 0 { return }',
  'if f(y) && x == y { x = 3 }',
  'panic(x)',
);
const { block } = fc.letrec<{ block: string; stmt: string }>((tie) => ({
  block: fc.array(tie('stmt'), { maxLength: 5 }).map((stmts) => stmts.join('\n')),
  stmt: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'go' },
    { arbitrary: simple, weight: 3 },
    fc.tuple(tie('block'), tie('block')).map(([a, b]) => `if x == y {\n${a}\n} else {\n${b}\n}`),
    tie('block').map((a) => `for x < y {\n${a}\nif c { break }\nif x != 0 { continue }\n}`),
    tie('block').map((a) => `for x = range items {\n${a}\n}`),
    fc
      .tuple(tie('block'), tie('block'))
      .map(([a, b]) => `switch x {\ncase 1:\n${a}\nfallthrough\ncase y:\n${b}\n}`),
  ),
}));
const spaghetti = fc
  .array(fc.tuple(simple, fc.nat({ max: 6 }), fc.nat({ max: 6 })), { minLength: 6, maxLength: 6 })
  .map((steps) =>
    [
      ...steps.map(([s, a, b], i) => `L${i}: ${s}\nif x == ${i} { goto L${a} }\ngoto L${b}`),
      'L6: use(x, y)',
    ].join('\n'),
  );

/** Each node of the graph, and the points at the ends of blocks, reached in one step. */
function steps({ block, index }: Place): readonly { readonly to: Place; readonly edge?: Edge }[] {
  if (index < block.nodes.length) return [{ to: { block, index: index + 1 } }];
  return block.succs.map((edge) => ({ to: { block: edge.to, index: -1 }, edge }));
}

const key = (place: Place, extra = ''): string => `${place.block.index}:${place.index}:${extra}`;

/** All uses that some path leads to from the definition, without another one on it; with the return to a caller as `undefined`. */
function slowUses(variables: Variables, definition: Access): ReadonlySet<Access> {
  const found = new Set<Access>();
  const at = (place: Place) => accessesAt(variables, place).filter((a) => a.variable === definition.variable);
  /** True if the value survives. */
  const pass = (accesses: readonly Access[]): boolean => {
    for (const a of accesses) {
      if (uses(a)) found.add(a);
      if (overwrites(a)) return false;
    }
    return true;
  };
  const own = at(definition.place);
  if (!pass(own.slice(own.indexOf(definition) + 1))) return found;
  const seen = new Set<string>();
  const open = steps(definition.place).map((step) => step.to);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seen.has(key(place))) continue;
    seen.add(key(place));
    if (pass(at(place))) open.push(...steps(place).map((step) => step.to));
  }
  return found;
}

/** Is the fact true whichever way control came here? Explores places together with "the fact holds". */
function slowlyHolds(
  variables: Variables,
  cfg: Cfg,
  fact: Edge,
  target: Place,
  changes: (a: Access) => boolean,
): boolean {
  const seen = new Set<string>();
  const open: { place: Place; holds: boolean }[] = [{ place: { block: cfg.entry, index: -1 }, holds: false }];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const { place, holds } = state;
    if (seen.has(key(place, `${holds}`))) continue;
    seen.add(key(place, `${holds}`));
    if (!holds && place.block === target.block && place.index === target.index) return false;
    const changed = accessesAt(variables, place).some(changes);
    for (const { to, edge } of steps(place)) {
      if (edge === undefined) open.push({ place: to, holds: holds && !changed });
      else open.push({ place: to, holds: edge === fact || (holds && edge.from !== fact.from) });
    }
  }
  return true;
}

function forAll(check: (variables: Variables, cfg: Cfg) => Iterable<string>): void {
  fc.assert(
    fc.property(fc.oneof(block, spaghetti), (body) => {
      const { fn } = functionOf(body, '(x int, items []int) (y int)');
      expect([...check(variablesOf(fn.cfg, fn.pkg.info), fn.cfg)]).toEqual([]);
    }),
    { numRuns: 40 },
  );
}

const own = (variables: Variables, v: Var): boolean => !variables.outer[variables.numberOf.get(v)!];
const show = (a: Access): string => `${a.kind} ${a.variable.name} at ${key(a.place)}`;

test('a definition reaches a use iff a path leads there without another', () => {
  forAll(function* (variables, cfg) {
    for (const accesses of variables.byVariable) {
      for (const definition of accesses.filter(isDefinition)) {
        if (!isReachable(cfg, definition.place.block) || !own(variables, definition.variable)) continue;
        const expected = slowUses(variables, definition);
        const found = new Set(usesOf(variables, definition));
        for (const use of accesses.filter(uses)) {
          if (found.has(use) !== expected.has(use))
            yield `${show(definition)} used by ${show(use)}: ${found.has(use)}`;
          const back = definitionsOf(variables, use).includes(definition);
          if (back !== expected.has(use)) yield `${show(use)} uses ${show(definition)}: ${back}`;
        }
        const live = isReadAfter(variables, definition.place, definition.variable);
        if (live !== expected.size > 0) yield `${show(definition)} is live: ${live}`;
      }
    }
  });
});

test('a fact holds iff whichever way control came it was the last outcome, and nothing was changed', () => {
  forAll(function* (variables, cfg) {
    const edges = cfg.blocks.flatMap((b) => b.succs).filter((edge) => edge.why.kind !== 'next');
    const mentions = (edge: Edge): ReadonlySet<string> => {
      const text =
        'cond' in edge.why ? [edge.why.cond] : 'tag' in edge.why ? [edge.why.tag, edge.why.value] : [];
      const ranges = text.map((x) => [x.pos, x.end] as const);
      const named = variables.byVariable
        .flat()
        .filter((a) =>
          ranges.some(([pos, end]) => a.ident !== undefined && pos <= a.ident.pos && a.ident.end <= end),
        );
      return new Set(named.map((a) => `${variables.numberOf.get(a.variable)}`));
    };
    for (const edge of edges) {
      const about = mentions(edge);
      const changes = (a: Access): boolean =>
        isDefinition(a) && a.kind !== 'initial' && about.has(`${variables.numberOf.get(a.variable)}`);
      for (const b of cfg.blocks) {
        if (!isReachable(cfg, b)) continue;
        for (const index of [0, b.nodes.length]) {
          const place = { block: b, index };
          const found = factsAt(variables, place).includes(edge);
          if (found !== slowlyHolds(variables, cfg, edge, place, changes))
            yield `${edge.why.kind} at ${key(place)}: ${found}`;
        }
      }
    }
  });
});
