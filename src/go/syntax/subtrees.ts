/**
 * Reads a finished syntax tree out of tree-sitter's memory and makes a FlatTree of it.
 *
 * Asking the library for each node costs five calls into wasm per node. The tree, however, is plain memory (`lib/src/subtree.h` of
 * tree-sitter): a node is eight bytes, either a small leaf itself or a pointer to a record in front of which its children lie. This module
 * knows that layout, and how names and fields come about (`lib/src/tree_cursor.c`): a child may be renamed (alias) and gets its field by
 * its place in the rule (`production`) that its parent was made by; a hidden parent hands its own field on.
 *
 * The layout belongs to the pinned version of web-tree-sitter; a test compares with the library's cursor, node by node.
 */
import { END, type FlatTree, MAX_NESTING, MISSING, NEXT, NODE, type ParseError, START } from './flat-tree.ts';
import { K } from './grammar.ts';
import { trulyDeep } from './nesting.ts';

/** The part of Emscripten's module that is used here. The view is replaced whenever the memory grows. */
export interface WasmModule {
  readonly HEAP32: Int32Array;
}

/** The code of symbols that only hold a list. */
export const LIST = 255;

/** The grammar's tables, copied out of memory once. */
export interface Layout {
  /** Our number of every symbol: a kind, LIST, an operator (negative), or 0: left out. */
  readonly symbols: Int32Array;
  /** The grammar's name of every symbol. */
  readonly names: readonly string[];
  /** Children per rule in the two tables below. */
  readonly width: number;
  /** For rule and child: the symbol that it is renamed to, or 0. */
  readonly aliases: Uint16Array;
  /** For rule and child: its field, or 0. */
  readonly fields: Uint8Array;
}

/** Copies aliases and fields out of the grammar's `TSLanguage` record (`lib/src/parser.h`). */
export function readLayout(
  module: WasmModule,
  language: number,
  names: readonly string[],
  symbols: Int32Array,
  fieldCodes: Uint8Array,
): Layout {
  const heap = module.HEAP32;
  const word = (address: number) => heap[address >> 2]!;
  const half = (address: number) => (word(address & ~3) >>> ((address & 2) << 3)) & 0xffff;
  const byte = (address: number) => (word(address & ~3) >>> ((address & 3) << 3)) & 0xff;
  const productions = word(language + 28);
  const aliasWidth = half(language + 36);
  const slices = word(language + 64);
  const entries = word(language + 68);
  const sequences = word(language + 84);
  let width = aliasWidth;
  const eachField = (visit: (production: number, child: number, field: number) => void) => {
    for (let production = 0; production < productions; production++) {
      const first = half(slices + 4 * production);
      const count = half(slices + 4 * production + 2);
      for (let k = first; k < first + count; k++) {
        const inherited = byte(entries + 4 * k + 3) !== 0;
        if (!inherited) visit(production, byte(entries + 4 * k + 2), half(entries + 4 * k));
      }
    }
  };
  eachField((_, child) => {
    width = Math.max(width, child + 1);
  });
  const aliases = new Uint16Array(productions * width);
  // Rule 0 has no aliases, whatever stands at that place.
  for (let production = 1; production < productions; production++) {
    for (let child = 0; child < aliasWidth; child++) {
      aliases[production * width + child] = half(sequences + 2 * (production * aliasWidth + child));
    }
  }
  const fields = new Uint8Array(productions * width);
  eachField((production, child, field) => {
    const at = production * width + child;
    if (fields[at] === 0) fields[at] = fieldCodes[field] ?? 0;
  });
  return { symbols, names, width, aliases, fields };
}

/** Offsets in the record of a subtree. */
const PADDING = 4;
const SIZE = 16;
const ERROR_COST = 32;
const CHILD_COUNT = 36;
const SYMBOL = 40;
const FLAGS = 44;
const PRODUCTION = 64;

const ERROR_SYMBOL = 0xffff;

/** Growable scratch memory, kept between files. */
let out = new Int32Array(1 << 16);
let stack = new Int32Array(1 << 10);

/** Integers per level of the stack: next child, end of children, rule, index in the rule, field handed on, node, depth. */
const LEVEL = 7;

/** `tree`: the address of a `TSTree`. */
export function flatten(module: WasmModule, layout: Layout, tree: number): FlatTree {
  const heap = module.HEAP32;
  const { symbols, width, aliases, fields } = layout;
  const comments: number[] = [];
  const errors: ParseError[] = [];
  const deep: number[] = [];
  let length = 0;
  /** Bytes of UTF-16 before the next child. */
  let offset = 0;
  /** Errors before this offset are part of one that is listed. */
  let errorsDoneTo = -1;
  let deepDoneTo = -1;

  // The root is treated like the only child of nothing.
  let child = tree;
  let end = tree + 8;
  let ruleAt = -1;
  let position = 0;
  let inherited = 0;
  let parent = -1;
  let depth = -1;
  let top = 0;

  for (;;) {
    if (child === end) {
      if (top === 0) break;
      if (parent >= 0) out[parent + NEXT] = length;
      top -= LEVEL;
      child = stack[top]!;
      end = stack[top + 1]!;
      ruleAt = stack[top + 2]!;
      position = stack[top + 3]!;
      inherited = stack[top + 4]!;
      parent = stack[top + 5]!;
      depth = stack[top + 6]!;
      continue;
    }
    const low = heap[child >> 2]!;
    const high = heap[(child >> 2) + 1]!;
    child += 8;
    let visible: boolean;
    let missing: boolean;
    let symbol: number;
    let start: number;
    let size: number;
    let children = 0;
    let extra: boolean;
    const record = low >> 2;
    if ((low & 1) !== 0) {
      visible = (low & 2) !== 0;
      extra = (low & 8) !== 0;
      missing = (low & 32) !== 0;
      symbol = (low >>> 8) & 0xff;
      start = offset + ((high >>> 16) & 0xff);
      size = high >>> 24;
    } else {
      const flags = heap[record + FLAGS / 4]!;
      visible = (flags & 1) !== 0;
      extra = (flags & 4) !== 0;
      missing = (flags & 0x200) !== 0;
      symbol = heap[record + SYMBOL / 4]! & 0xffff;
      start = offset + heap[record + PADDING / 4]!;
      size = heap[record + SIZE / 4]!;
      children = heap[record + CHILD_COUNT / 4]!;
    }
    let field = 0;
    if (!extra) {
      if (ruleAt >= 0 && position < width) {
        field = fields[ruleAt + position]!;
        const alias = aliases[ruleAt + position]!;
        if (alias !== 0) {
          symbol = alias;
          visible = true;
        }
      }
      if (field === 0) field = inherited;
      position++;
    }

    let code: number;
    if (symbol === ERROR_SYMBOL) code = K.ERROR;
    else if (visible) code = symbols[symbol] ?? 0;
    else code = LIST;

    if ((missing || code === K.ERROR) && start >= errorsDoneTo) {
      const name = code === K.ERROR ? undefined : layout.names[symbol];
      errors.push({ start: start >> 1, end: (start + size) >> 1, missing: name });
      if (code === K.ERROR) errorsDoneTo = start + size;
    }
    if (code === K.comment) {
      comments.push(start >> 1, (start + size) >> 1);
      offset = start + size;
      continue;
    }
    if (code <= 0) {
      if (code < 0 && parent >= 0 && (out[parent]! & 0xff0000) === 0) out[parent]! |= -code << 16;
      if (children === 0) {
        offset = start + size;
        continue;
      }
      code = LIST;
    }

    let node = parent;
    let below = depth;
    if (code !== LIST) {
      if (length + NODE > out.length) out = grown(out);
      node = length;
      out[node] = code | (field << 8) | (missing ? MISSING : 0);
      out[node + START] = start >> 1;
      out[node + END] = (start + size) >> 1;
      length += NODE;
      below = depth + 1;
      if (below > MAX_NESTING && start >= deepDoneTo) {
        deep.push(start >> 1);
        deepDoneTo = start + size;
      }
      const isString = code === K.interpreted_string_literal || code === K.raw_string_literal;
      if (children === 0 || (isString && heap[record + ERROR_COST / 4] === 0)) {
        out[node + NEXT] = length;
        offset = start + size;
        continue;
      }
    }
    if (children === 0) {
      offset = start + size;
      continue;
    }
    if (top + LEVEL > stack.length) stack = grown(stack);
    stack[top] = child;
    stack[top + 1] = end;
    stack[top + 2] = ruleAt;
    stack[top + 3] = position;
    stack[top + 4] = inherited;
    stack[top + 5] = parent;
    stack[top + 6] = depth;
    top += LEVEL;
    end = low;
    child = low - 8 * children;
    ruleAt = (heap[record + PRODUCTION / 4]! >>> 16) * width;
    position = 0;
    inherited = code === LIST ? field : 0;
    parent = node;
    depth = below;
  }
  return {
    nodes: out.slice(0, length),
    comments: Int32Array.from(comments),
    errors,
    deep: trulyDeep(out, deep),
  };
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
