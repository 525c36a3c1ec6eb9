/**
 * Typestates on an object that is no group: a gate that is opened and passed, so that nothing of errgroups is taken for granted.
 */
import { describe, expect, it } from 'vitest';
import { callersIn } from '../../../src/go/calls/callers.ts';
import { returnsNilOnly } from '../../../src/go/calls/returns-nil.ts';
import { hasFixedTurns } from '../../../src/go/concurrency/turns.ts';
import { loopForest } from '../../../src/go/flow/loops.ts';
import type { GoFunction } from '../../../src/go/package.ts';
import { GONE, Machine, type Protocol } from '../../../src/go/typestate/machine.ts';
import { Tracker } from '../../../src/go/typestate/tracker.ts';
import { openPackage } from '../flow/program.ts';

const CLOSED = 1;
const OPEN = 2;

const protocol: Protocol = {
  made: CLOSED,
  step: (method, state) => (method === 'Open' ? OPEN : method === 'Close' ? CLOSED : state),
  handed: (state) => state,
  runs: new Set(),
};

const GATE = `
type gate struct{ n int }

func newGate() *gate   { return &gate{} }
func (g *gate) Open()  {}
func (g *gate) Close() {}
func (g *gate) Pass()  {}
`;

/** In which states `Pass` is called in `run` and what it calls: `closed`, `open`, both, or nothing. */
function passes(source: string): string {
  const imports = /^import .*\n/.exec(source)?.[0] ?? '';
  const pkg = openPackage({ 'p.go': `package p\n${imports}${GATE}\n${source.slice(imports.length)}` });
  const run = pkg.functions.find((fn) => fn.symbol === 'run')!;
  const { info } = pkg;
  const makes = (node: { kind: string }): boolean =>
    node.kind === 'CompositeLit' && info.typeOf(node as never).kind === 'named';
  const isGate = (node: never): boolean => {
    const type = info.typeOf(node);
    return type.kind === 'named' && type.object.name === 'gate';
  };
  const tracker = new Tracker(pkg.program, {
    makes: (node) => makes(node) && isGate(node as never),
    variables: new Set(),
    methods: new Set(['Open', 'Close', 'Pass']),
    isType: (type) => {
      const t = type.kind === 'pointer' ? type.elem : type;
      return t.kind === 'named' && t.object.name === 'gate';
    },
  });
  const machine = new Machine(
    tracker,
    protocol,
    (node) => makes(node) && isGate(node as never),
    (fn) => ['newGate', 'run'].includes(fn.symbol),
  );
  tracker.follow('newGate');
  machine.settle(() => {
    const frame = tracker.frameOf(run, undefined, new Map());
    machine.run(frame!, GONE);
  });
  expect(tracker.exhausted).toBe(false);
  const states = [...machine.operations.values()]
    .filter(({ method }) => method === 'Pass')
    .reduce((all, { states }) => all | states, 0);
  return [(states & (1 << CLOSED)) !== 0 ? 'closed' : '', (states & (1 << OPEN)) !== 0 ? 'open' : '']
    .filter((s) => s !== '')
    .join(' or ');
}

describe('states along the graph', () => {
  it.each([
    ['in order', 'func run() { g := newGate(); g.Open(); g.Pass() }', 'open'],
    ['too early', 'func run() { g := newGate(); g.Pass(); g.Open() }', 'closed'],
    ['on one branch', 'func run(b bool) { g := newGate(); if b { g.Open() }; g.Pass() }', 'closed or open'],
    [
      'around a loop',
      'func run(n int) { g := newGate(); g.Open(); for range n { g.Pass(); g.Close() } }',
      'closed or open',
    ],
    ['a new one each turn', 'func run(n int) { for range n { g := newGate(); g.Open(); g.Pass() } }', 'open'],
    ['deferred', 'func run() { g := newGate(); defer g.Open(); g.Pass() }', 'closed'],
    ['no object', 'func run() { var g *gate; g.Pass() }', ''],
    [
      'what may be skipped',
      'func run(b bool) { g := newGate(); _ = b && open(g); g.Pass() }\nfunc open(g *gate) bool { g.Open(); return true }',
      'closed or open',
    ],
  ])('%s', (_, source, expected) => {
    expect(passes(source)).toBe(expected);
  });
});

describe('who gets hold of it', () => {
  it.each([
    [
      'a parameter',
      'func run() { g := newGate(); open(g); g.Pass() }\nfunc open(x *gate) { x.Open() }',
      'open',
    ],
    ['a literal', 'func run() { g := newGate(); open := func() { g.Open() }; open(); g.Pass() }', 'open'],
    [
      'a literal handed on',
      'func run() { g := newGate(); do(func() { g.Open() }); g.Pass() }\nfunc do(f func()) { f() }',
      'open',
    ],
    [
      'a method value',
      'func run() { g := newGate(); do(g.Open); g.Pass() }\nfunc do(f func()) { f() }',
      'open',
    ],
    ['a method expression', 'func run() { g := newGate(); (*gate).Open(g); g.Pass() }', 'open'],
    ['another name', 'func run() { g := newGate(); h := g; h.Open(); g.Pass() }', 'open'],
    [
      'a field',
      'type box struct{ g *gate }\nfunc run() { b := box{g: newGate()}; b.g.Open(); b.g.Pass() }',
      'open',
    ],
    [
      'a slice',
      'func run() { gs := append([]*gate(nil), newGate()); gs[0].Open(); for _, g := range gs { g.Pass() } }',
      'open',
    ],
    [
      'an interface',
      'type passer interface{ Pass() }\nfunc run() { g := newGate(); g.Open(); var p passer = g; p.Pass() }',
      'open',
    ],
    ['a goroutine', 'func run() { g := newGate(); go g.Open(); g.Pass() }', 'closed or open'],
    [
      'code without source',
      'import "slices"\nfunc run(s []int) { g := newGate(); slices.SortFunc(s, func(a, b int) int { g.Open(); return a - b }); g.Pass() }',
      'closed or open',
    ],
    [
      'once',
      'import "sync"\nfunc run() { var o sync.Once; g := newGate(); o.Do(func() { g.Open() }); g.Pass() }',
      'open',
    ],
    [
      'recursion',
      'func run() { g := newGate(); walk(g, 3); g.Pass() }\nfunc walk(g *gate, n int) { if n == 0 { g.Open(); return }; walk(g, n-1) }',
      'open',
    ],
    [
      'the caller of another',
      'func run() { a, b := newGate(), newGate(); a.Open(); open(b); a.Pass() }\nfunc open(g *gate) { g.Open() }',
      'open',
    ],
  ])('%s', (_, source, expected) => {
    expect(passes(source)).toBe(expected);
  });
});

function functions(source: string): (symbol: string) => GoFunction {
  const pkg = openPackage({ 'p.go': `package p\n${source}` });
  return (symbol) => pkg.functions.find((fn) => fn.symbol === symbol)!;
}

describe('nil only', () => {
  const of = functions(`
import "errors"
func yes() error { return nil }
func calls() error { return yes() }
func both(b bool) error { if b { return both(false) }; return nil }
func no() error { return errors.New("x") }
func perhaps(b bool) error { if b { return nil }; return no() }
func variable() error { var err error; return err }
func naked() (err error) { return }
func assigned() (err error) { defer func() { err = no() }(); return nil }
func second() (int, error) { return 1, nil }
func nothing() {}
`);
  it.each(['yes', 'calls', 'both', 'naked', 'second'])('%s', (name) => {
    expect(returnsNilOnly(of(name))).toBe(true);
  });
  it.each(['no', 'perhaps', 'variable', 'assigned', 'nothing'])('not %s', (name) => {
    expect(returnsNilOnly(of(name))).toBe(false);
  });
});

describe('callers', () => {
  const of = functions(`
type t struct{}
func (t) m() {}
func a() { b(); func() { c() }() }
func b() { var x t; x.m() }
func c() { keep(b) }
func keep(f func()) {}
`);
  it('are found through literals and methods', () => {
    const callers = callersIn(of('a').pkg);
    expect(callers.of(of('b')).map((fn) => fn.symbol)).toEqual(['a']);
    expect(callers.of(of('c')).map((fn) => fn.symbol)).toEqual(['a']);
    expect(callers.of(of('t.m')).map((fn) => fn.symbol)).toEqual(['b']);
    expect(callers.isUsedAsValue(of('b'))).toBe(true);
    expect(callers.isUsedAsValue(of('c'))).toBe(false);
  });
});

describe('fixed turns', () => {
  it.each([
    ['for i := 0; i < 8; i++ {', true],
    ['for i := 0; i < n; i++ {', true],
    ['for range n {', true],
    ['for range 3 {', true],
    ['for _, p := range []int{1, 2} {\n_ = p', true],
    ['for i := 0; i < len(xs); i++ {', false],
    ['for range len(xs) {', false],
    ['for range xs {', false],
    ['for i := 0; i < min(len(xs), 8); i++ {', true],
    ['for m := len(xs); m > 0; m-- {', false],
    ['for {', false],
    ['for n > 0 {\nn--', true],
    ['for range ch {', false],
    ['for i := range [4]int{} {\n_ = i', true],
  ])('%s', (head, expected) => {
    const fn = functions(`func f(n int, xs []int, ch chan int, use func()) {\n${head}\nuse()\n}\n}\n`)('f');
    const [loop] = loopForest(fn.cfg).loops;
    expect(hasFixedTurns(fn, loop!)).toBe(expected);
  });
});
