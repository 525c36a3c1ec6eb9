/**
 * Is the validation the very first thing that a run does?
 *
 *     func (t *T) Invoke() error { return t.run() }     // what counts is how run begins
 */
import { callsAt } from '../../go/flow/evaluation.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import type { Node } from '../../go/syntax/ast.ts';

/** What stands before it; undefined if nothing does. */
export function beforeFirst(program: Program, entry: GoFunction, target: GoFunction): Node | undefined {
  const seen = new Set<GoFunction>();
  for (let fn = entry; ; ) {
    seen.add(fn);
    const [node] = fn.cfg.entry.nodes;
    const [call] = node === undefined ? [] : callsAt(fn.cfg, node);
    if (node === undefined || call === undefined) return node ?? fn.body;
    const callee = program.calleeOf(call);
    const next =
      callee.kind === 'function' ? callee.body : callee.kind === 'closure' ? callee.functions[0] : undefined;
    if (next === target) return undefined;
    if (next === undefined || seen.has(next)) return node;
    fn = next;
  }
}
