/**
 * Parses a file so that a broken declaration does not take its neighbours with it.
 *
 *     func a() { if x {        the parser takes everything up to the end of the file for the body of `a`,
 *     }                        with `b` as a function literal in it
 *     func b() {}
 *
 * Where an error's declaration has swallowed lines that plainly begin another (`func`, `type`, `var`, `const` or `import` as the first word of
 * a line, where gofmt puts it only at the top level), the file is cut before these lines, each piece is parsed alone, and the trees are joined. A
 * file without errors, or with errors that stay within their declaration, is not touched.
 */
import { cured, parseCured } from './cure.ts';
import { END, type FlatTree, kindOf, NEXT, NODE, type ParseError, START } from './flat-tree.ts';
import { K } from './grammar.ts';
import { parseTree } from './parser.ts';
import { skipToken } from './scan.ts';

/** `text`: a whole file, without BOM. */
export function parseText(text: string): FlatTree {
  if (text.endsWith('\n')) return parseLines(text);
  // The grammar wants an end of line after a last declaration.
  return clipped(parseLines(`${text}\n`), text.length);
}

function parseLines(lines: string): FlatTree {
  const first = parseTree(lines);
  if (first.errors.length === 0) return first;
  const cuts = declarationLines(lines);
  const starts = cuts[0] === 0 ? cuts : [0, ...cuts];
  if (!isError(first) || starts.length === 1) {
    const whole = cured(lines, first);
    if (starts.length === 1 || !swallows(whole, cuts)) return whole;
  }
  return joined(
    starts.map((start, k) => ({ start, tree: parsePiece(lines.slice(start, starts[k + 1])) })),
    lines.length,
  );
}

/** A token that is missing at the end of a piece is missing behind its last line, not before the next piece. */
function parsePiece(text: string): FlatTree {
  const tree = parseCured(text);
  return tree.errors.length === 0 ? tree : clipped(tree, text.trimEnd().length);
}

/** What lies behind `length` is moved back to it. */
function clipped(tree: FlatTree, length: number): FlatTree {
  const { nodes } = tree;
  for (let node = 0; node < nodes.length; node += NODE) {
    nodes[node + START] = Math.min(nodes[node + START]!, length);
    nodes[node + END] = Math.min(nodes[node + END]!, length);
  }
  const errors = tree.errors.map(({ start, end, missing }) => ({
    start: Math.min(start, length),
    end: Math.min(end, length),
    missing,
  }));
  return { ...tree, comments: tree.comments.map((offset) => Math.min(offset, length)), errors };
}

const KEYWORDS: ReadonlySet<string> = new Set(['func', 'type', 'var', 'const', 'import']);

/** Offsets of the lines whose first word declares something. */
function declarationLines(text: string): readonly number[] {
  const result: number[] = [];
  for (let at = 0; at < text.length; ) {
    const next = skipToken(text, at);
    const beginsLine = at === 0 || text.charCodeAt(at - 1) === 10;
    if (beginsLine && KEYWORDS.has(text.slice(at, Math.min(next, at + 7)))) result.push(at);
    at = next;
  }
  return result;
}

/**
 * Is a declaration's line anything but the beginning of a declaration at the top level? Asked only of nodes with errors: in well-formed code a
 * line in a function may begin with `var` or `type` if it was never formatted.
 */
function swallows(tree: FlatTree, cuts: readonly number[]): boolean {
  const { nodes, errors } = tree;
  if (isError(tree)) return true;
  let error = 0;
  let cut = 0;
  for (let node = NODE; node < nodes[NEXT]!; node = nodes[node + NEXT]!) {
    const start = nodes[node + START]!;
    const end = nodes[node + END]!;
    while (error < errors.length && errors[error]!.start < start) error++;
    if (error === errors.length || errors[error]!.start > end) continue;
    while (cut < cuts.length && cuts[cut]! < start) cut++;
    if (cuts[cut] === start && DECLARATIONS.has(kindOf(nodes[node]!))) cut++;
    if (cut < cuts.length && cuts[cut]! < end) return true;
  }
  return false;
}

const DECLARATIONS: ReadonlySet<number> = new Set([
  K.import_declaration,
  K.function_declaration,
  K.method_declaration,
  K.const_declaration,
  K.var_declaration,
  K.type_declaration,
]);

/** The parser could make nothing of the text as a whole. */
function isError({ nodes }: FlatTree): boolean {
  return kindOf(nodes[0]!) === K.ERROR;
}

/** One tree whose root has the children of all roots; an ERROR root becomes a child. */
function joined(
  pieces: readonly { readonly start: number; readonly tree: FlatTree }[],
  length: number,
): FlatTree {
  const size = pieces.reduce((sum, { tree }) => sum + tree.nodes.length, NODE);
  const nodes = new Int32Array(size);
  const comments: number[] = [];
  const errors: ParseError[] = [];
  const deep: number[] = [];
  let next = NODE;
  for (const { start, tree } of pieces) {
    const first = isError(tree) ? 0 : NODE;
    for (let node = first; node < tree.nodes.length; node += NODE) {
      nodes[next] = tree.nodes[node]!;
      nodes[next + START] = tree.nodes[node + START]! + start;
      nodes[next + END] = tree.nodes[node + END]! + start;
      nodes[next + NEXT] = tree.nodes[node + NEXT]! + next - node;
      next += NODE;
    }
    for (const offset of tree.comments) comments.push(offset + start);
    for (const error of tree.errors) {
      errors.push({ ...error, start: error.start + start, end: error.end + start });
    }
    for (const offset of tree.deep) deep.push(offset + start);
  }
  nodes[0] = K.source_file;
  nodes[END] = length;
  nodes[NEXT] = next;
  return { nodes: nodes.slice(0, next), comments: Int32Array.from(comments), errors, deep };
}
