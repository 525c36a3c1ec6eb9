/**
 * The tree as text, for eyes and for tests.
 *
 *     ExprStmt 3:2-3:8
 *       x: CallExpr 3:2-3:8
 *         fun: Ident 3:2-3:3 f
 *         args: BasicLit 3:4-3:7 int 100
 *
 * One line per node: the part of its parent that it is, its kind, its range, then its plain values; flags only where they are true. Nodes are
 * printed as they are, so a new part of a node shows up here by itself.
 */
import type { FuncDecl, Ranged } from './ast.ts';

export interface DumpOptions {
  /** How a range is printed; '' leaves it out. */
  readonly range: (range: Ranged) => string;
}

/** The lines of a node and all that is in it. Bodies of functions are lowered by this. */
export function dumpNode(node: Ranged, options: DumpOptions): string {
  const lines: string[] = [];
  print(lines, '', '', node, options);
  return lines.join('\n');
}

function print(lines: string[], indent: string, label: string, node: object, options: DumpOptions): void {
  const values: string[] = [];
  const parts: [string, object][] = [];
  for (const [key, value] of entriesOf(node)) {
    if (key === 'kind' || key === 'pos' || key === 'end') continue;
    if (typeof value === 'string') values.push(value.includes('\n') ? JSON.stringify(value) : value);
    else if (typeof value === 'number') values.push(`${key}=${value}`);
    else if (value === true) values.push(key);
    else if (Array.isArray(value)) for (const item of value) parts.push([key, item]);
    else if (typeof value === 'object' && value !== null) parts.push([key, value]);
  }
  const kind = 'kind' in node ? String(node.kind) : 'Field';
  const range = 'pos' in node ? options.range(node as Ranged) : '';
  lines.push(indent + [label, kind, range, ...values].filter((part) => part !== '').join(' '));
  for (const [key, part] of parts) print(lines, `${indent}  `, `${key}:`, part, options);
}

function entriesOf(node: object): readonly [string, unknown][] {
  const entries = Object.entries(node);
  // The body of a declared function is made on demand, so it is no property of the object itself.
  if ('kind' in node && node.kind === 'FuncDecl') entries.push(['body', (node as FuncDecl).body]);
  // The values of an implicit repetition belong to another line.
  if ('implicit' in node && node.implicit)
    return entries.filter(([key]) => key !== 'values' && key !== 'type');
  return entries;
}
