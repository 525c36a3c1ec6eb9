/**
 * The two insertions that mend what the rule finds.
 *
 *     g, ctx := errgroup.WithContext(ctx)     +  g.SetLimit(10)      after the statement that makes the group
 *     for _, id := range ids {                +      id := id        at the top of the body
 *
 * Each is one line of its own with the indentation of its place, so that gofmt leaves it alone. Where that cannot be (several statements
 * on one line, aligned comments) there is no fix.
 *
 * A limit changes what happens if a goroutine waits for another one, so inserting it is unsafe, except where the goroutines neither use
 * TryGo, nor call Go on the same group, nor touch channels (decision 13).
 */
import type { GoFile } from '../../go/files.ts';
import type { GoFunction, GoPackage } from '../../go/package.ts';
import type { ForStmt, Node, RangeStmt } from '../../go/syntax/ast.ts';
import type { Operation } from '../../go/typestate/machine.ts';
import type { Fix } from '../../model/finding.ts';
import { contains, type Group } from './calls.ts';
import type { Context } from './index.ts';

/** The limit that most integrations use. */
const USUAL_LIMIT = 10;

export function limitFix(
  pkg: GoPackage,
  group: Group,
  starts: readonly Operation[],
  context: Context,
): readonly Fix[] {
  const { stmt, name } = group.creation;
  if (
    group.creation.many === true ||
    stmt === undefined ||
    name === undefined ||
    pkg.program.packageAt(stmt.pos) !== pkg
  )
    return [];
  const file = pkg.program.files.fileAt(stmt.pos);
  const line = lineAround(file, stmt.pos, stmt.end);
  if (line === undefined) return [];
  const safety = goroutinesAreAlone(group, starts) ? 'safe' : 'unsafe';
  const at = context.locate({ pos: line.end, end: line.end });
  const newText = `\n${line.indent}${name}.SetLimit(${USUAL_LIMIT})`;
  return [{ title: `Limit ${name} to ${USUAL_LIMIT} goroutines`, safety, edits: [{ at, newText }] }];
}

export function copyFix(
  pkg: GoPackage,
  loop: ForStmt | RangeStmt,
  variable: string,
  context: Context,
): readonly Fix[] {
  const file = pkg.program.files.fileAt(loop.pos);
  const line = lineAround(file, loop.pos, loop.body.pos + 1);
  if (line === undefined) return [];
  const at = context.locate({ pos: line.end, end: line.end });
  const newText = `\n${line.indent}\t${variable} := ${variable}`;
  return [{ title: `Copy ${variable} in the loop body`, safety: 'safe', edits: [{ at, newText }] }];
}

interface Line {
  /** Where its text ends, as a position. */
  readonly end: number;
  readonly indent: string;
}

/** The line that ends a piece of code which starts a line and ends one, but for a comment. */
function lineAround(file: GoFile, pos: number, end: number): Line | undefined {
  const start = pos - file.base;
  const stop = end - file.base;
  const lineStart = file.text.lastIndexOf('\n', start - 1) + 1;
  const indent = file.text.slice(lineStart, start);
  // A label stands one step further left than its statement.
  if (!/^[ \t]*$/.test(indent)) return undefined;
  const newline = file.text.indexOf('\n', stop);
  if (newline < 0) return undefined;
  const rest = file.text.slice(stop, newline).trim();
  if (rest !== '' && !rest.startsWith('//')) return undefined;
  if (rest !== '') {
    // gofmt aligns the comments of neighbouring lines; a line between them would part the two.
    const nextEnd = file.text.indexOf('\n', newline + 1);
    const next = file.text.slice(newline + 1, nextEnd < 0 ? undefined : nextEnd).trim();
    if (!next.startsWith('//') && next.includes('//')) return undefined;
  }
  const last = file.text[newline - 1] === '\r' ? newline - 1 : newline;
  return { end: file.base + last, indent };
}

/** No goroutine of the group can wait for another one. */
function goroutinesAreAlone(group: Group, starts: readonly Operation[]): boolean {
  if (group.escapes.length > 0 || group.holders.length > 0) return false;
  const all = group.operations.filter(({ method }) => method === 'Go' || method === 'TryGo');
  if (starts.length === 0 || all.some(({ method, unknown }) => method === 'TryGo' || unknown)) return false;
  const given = all.flatMap((operation) => operation.given.map(({ fn }) => fn));
  const inside = (node: Node): boolean =>
    given.some((fn) => fn.node.pos <= node.pos && node.end <= fn.node.end);
  if (all.some(({ call }) => inside(call))) return false;
  return touchesNoChannel(given);
}

/** How many functions are looked into. */
const MAX_FUNCTIONS = 200;

/** Neither the functions nor what they call sends, receives, selects or ranges over a channel; and all that they call is known. */
function touchesNoChannel(start: readonly GoFunction[]): boolean {
  const seen = new Set<GoFunction>(start);
  for (const fn of seen) {
    if (seen.size > MAX_FUNCTIONS) return false;
    const { info, program } = fn.pkg;
    const touches = contains(fn.body, (node) => {
      switch (node.kind) {
        case 'SendStmt':
        case 'SelectStmt':
          return true;
        case 'UnaryExpr':
          return node.op === '<-';
        case 'RangeStmt':
          return info.typeOf(node.x).kind === 'chan';
        default:
          return false;
      }
    });
    if (touches) return false;
    const pending = [fn];
    for (let f = pending.pop(); f !== undefined; f = pending.pop()) {
      pending.push(...f.literals);
      for (const call of f.calls) {
        const callee = program.calleeOf(call);
        if (callee.kind === 'value' || callee.kind === 'unknown') return false;
        if (callee.kind === 'function' && callee.body !== undefined) seen.add(callee.body);
        if (callee.kind === 'interface') for (const body of callee.implementations) seen.add(body);
        if (callee.kind === 'closure') for (const body of callee.functions) seen.add(body);
      }
    }
  }
  return true;
}
