/**
 * How code is named in messages: short, on one line.
 *
 *     json.NewDecoder(resp.Body).Decode(&v)   => json.NewDecoder(…).Decode
 *     func() error { … }()                    => the function literal
 */
import type { Program } from '../../go/package.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';

const LONGEST = 60;

/** What is called, without its arguments. */
export function describeCall(program: Program, call: CallExpr): string {
  const text = describe(program, call.fun);
  if (text.length <= LONGEST) return text;
  const fun = unparen(call.fun);
  return fun.kind === 'SelectorExpr' ? `….${fun.sel.name}` : `${text.slice(0, LONGEST - 1)}…`;
}

export function describe(program: Program, start: Expr): string {
  const x = unparen(start);
  switch (x.kind) {
    case 'FuncLit':
      return 'the function literal';
    case 'SelectorExpr':
      return `${describe(program, x.x)}.${x.sel.name}`;
    case 'CallExpr':
      return `${describe(program, x.fun)}(${x.args.length === 0 ? '' : '…'})`;
    case 'IndexExpr':
      return `${describe(program, x.x)}[${x.indices.map((index) => describe(program, index)).join(', ')}]`;
    case 'StarExpr':
      return `(*${describe(program, x.x)})`;
    case 'CompositeLit':
      return x.type === undefined ? '{…}' : `${describe(program, x.type)}{…}`;
    default:
      return program.files.textOf(x).replaceAll(/\s+/g, ' ');
  }
}
