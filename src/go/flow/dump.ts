/**
 * A graph as text, for tests and for the eye: `npm run dump -- cfg file.go Func`.
 *
 *     b0 entry: i := 0 -> b1
 *     b1 for.head: [i < n] -> true b2, false b3
 *
 * Statements as written, on one line and shortened; expressions in brackets; deferred calls in angle brackets. Unreachable blocks are
 * marked with `!`. Empty blocks are shown: they are places. `exit` and `abort` are left out where nothing leads to them.
 */
import type { Ranged } from '../syntax/ast.ts';
import type { BasicBlock, Cfg, Edge, FlowNode } from './cfg.ts';
import { deferOf } from './evaluation.ts';
import { isReachable } from './graph.ts';

const maxWidth = 60;

/** One line per block. `textOf` gives the source of a range. */
export function dumpCfg(cfg: Cfg, textOf: (range: Ranged) => string): string {
  return shown(cfg)
    .map((block) => {
      const nodes = block.nodes.map((node) => describe(cfg, node, textOf)).join('; ');
      const edges = block.succs.map((edge) => `${why(edge, textOf)}${name(edge.to)}`).join(', ');
      const reached = isReachable(cfg, block) ? '' : '!';
      return `${reached}${name(block)} ${block.label}:${nodes && ` ${nodes}`}${edges && ` -> ${edges}`}`;
    })
    .join('\n');
}

/** In the language of Graphviz: one box per block, unreachable ones dashed. */
export function dumpCfgAsDot(cfg: Cfg, textOf: (range: Ranged) => string): string {
  const lines = ['digraph cfg {', '  node [shape=box, fontname=monospace];'];
  for (const block of shown(cfg)) {
    const title = `${name(block)} ${block.label}`;
    const text = [title, ...block.nodes.map((node) => describe(cfg, node, textOf))];
    const style = isReachable(cfg, block) ? '' : ', style=dashed';
    lines.push(`  ${name(block)} [label="${text.map(escapeDot).join('\\l')}\\l"${style}];`);
  }
  for (const block of shown(cfg)) {
    for (const edge of block.succs) {
      lines.push(`  ${name(block)} -> ${name(edge.to)} [label="${escapeDot(why(edge, textOf).trim())}"];`);
    }
  }
  return [...lines, '}'].join('\n');
}

function shown(cfg: Cfg): readonly BasicBlock[] {
  return cfg.blocks.filter((block) => (block !== cfg.exit && block !== cfg.abort) || block.preds.length > 0);
}

function name(block: BasicBlock): string {
  return `b${block.index}`;
}

function describe(cfg: Cfg, node: FlowNode, textOf: (range: Ranged) => string): string {
  switch (node.kind) {
    case 'RangeStmt': {
      const names = [node.key, node.value].filter((x) => x !== undefined).map(textOf);
      return `range ${names.join(', ')}`.trimEnd();
    }
    case 'TypeSwitchStmt':
      return node.bind === undefined ? 'type switch' : `type switch ${node.bind.name}`;
    case 'SelectStmt':
      return 'select';
    default: {
      const text = shorten(textOf(node));
      if (deferOf(cfg, node) !== undefined) return `<${text}>`;
      return node.kind.endsWith('Stmt') ? text : `[${text}]`;
    }
  }
}

function why(edge: Edge, textOf: (range: Ranged) => string): string {
  const { why } = edge;
  switch (why.kind) {
    case 'next':
      return '';
    case 'type-case':
      return `${why.types.map((type) => shorten(textOf(type))).join('|')} `;
    case 'not-type-case':
      return 'else ';
    case 'case':
      return '== ';
    case 'not-case':
      return '!= ';
    case 'range-next':
      return 'more ';
    case 'range-done':
      return 'done ';
    case 'select':
      return why.clause.comm === undefined ? 'default ' : 'ready ';
    default:
      return `${why.kind} `;
  }
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= maxWidth ? line : `${line.slice(0, maxWidth - 1)}…`;
}

function escapeDot(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
