/**
 * The parser: text in, FlatTree out. The only importer of web-tree-sitter.
 *
 *     await loadParser();             // once per thread: 20 to 40 ms
 *     const tree = parseTree(text);   // as often as wanted, synchronously
 *
 * The tree of tree-sitter lives in the memory of its wasm module and is freed before `parseTree` returns. It is not walked node by node
 * through the library, which costs as much as parsing; `subtrees.ts` reads it from that memory.
 */
import { Language, Parser, type Tree } from 'web-tree-sitter';
import { assetPath } from './assets.ts';
import type { FlatTree, ParseError } from './flat-tree.ts';
import { F, IDENTIFIERS, K, LINE_END, LISTS, OPERATORS } from './grammar.ts';
import { skipSpace } from './scan.ts';
import { flatten, type Layout, LIST, readLayout, type WasmModule } from './subtrees.ts';

interface Loaded {
  readonly parser: Parser;
  readonly language: Language;
  readonly module: WasmModule;
  readonly layout: Layout;
}

let loading: Promise<Loaded> | undefined;
let loaded: Loaded | undefined;

/** Loads the wasm files; afterwards `parseTree` works. Later calls do nothing. Throws where the installation lacks the files. */
export async function loadParser(): Promise<void> {
  loading ??= load();
  loaded = await loading;
}

/** Parses a whole file or a piece of one. Never throws on bad Go: what does not parse is listed in `errors`. */
export function parseTree(text: string): FlatTree {
  const tree = openTree(text);
  const flat = flatTreeOf(tree);
  tree.delete();
  if (flat.errors.length === 0) return flat;
  return { ...flat, errors: flat.errors.filter((error) => !isOptionalTerminator(error, text)) };
}

/** The first half of `parseTree`, for measurements and for the test that compares both halves. The caller must `delete` the tree. */
export function openTree(text: string): Tree {
  const tree = ready().parser.parse(text);
  if (tree === null) throw new Error('tree-sitter gave no tree: no language is set');
  return tree;
}

/** The second half of `parseTree`. */
export function flatTreeOf(tree: Tree): FlatTree {
  const { module, layout } = ready();
  return flatten(module, layout, addressOf(tree));
}

/**
 * The grammar wants every specification of a group to end in a line end or `;`, the language allows to leave it out before a closing
 * parenthesis or brace (`const (A = 1)`).
 */
function isOptionalTerminator({ end, missing }: ParseError, text: string): boolean {
  if (missing !== LINE_END) return false;
  const next = text[skipSpace(text, end)];
  return next === ')' || next === '}';
}

/** What the grammar calls its nodes and fields: for the test that compares them with the names in `grammar.ts`. */
export function grammarNames(): { readonly nodes: readonly string[]; readonly fields: readonly string[] } {
  const { language, layout } = ready();
  return { nodes: layout.names, fields: language.fields.filter((name): name is string => name !== null) };
}

function ready(): Loaded {
  if (loaded === undefined) throw new Error('loadParser() must be awaited before Go is parsed');
  return loaded;
}

async function load(): Promise<Loaded> {
  // Emscripten fills the options object with the module's functions and memory: there is no other way to them.
  const options = { locateFile: () => assetPath('web-tree-sitter.wasm') };
  await Parser.init(options);
  const language = await Language.load(assetPath('tree-sitter-go.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  const module = options as unknown as WasmModule;
  const names = Array.from({ length: language.nodeTypeCount }, (_, id) => language.nodeTypeForId(id) ?? '');
  const symbols = symbolCodes(names, (id) => language.nodeTypeIsNamed(id));
  const layout = readLayout(module, addressOf(language), names, symbols, fieldCodes(language));
  const result = { parser, language, module, layout };
  checkLayout(result);
  return result;
}

/** Another version of the library may lay out its memory otherwise: better no result than a wrong one. */
function checkLayout({ parser, module, layout }: Loaded): void {
  const tree = parser.parse('package p\n');
  const nodes = tree === null ? [] : [...flatten(module, layout, addressOf(tree)).nodes];
  tree?.delete();
  const expected = [K.source_file, 0, 10, 12, K.package_clause, 0, 9, 12, K.identifier, 8, 9, 12];
  if (nodes.join() !== expected.join()) {
    throw new Error('the parser web-tree-sitter.wasm is not of the version that p0lint was made with');
  }
}

/** The library keeps the address of each of its objects under the key 0. */
function addressOf(object: object): number {
  return (object as { readonly 0: number })[0];
}

/** Our number for every symbol of the grammar: a kind, LIST, an operator (negative), or 0: left out. */
function symbolCodes(names: readonly string[], isNamed: (id: number) => boolean): Int32Array {
  const named = new Map<string, number>(Object.entries(K));
  for (const name of IDENTIFIERS) named.set(name, K.identifier);
  for (const name of LISTS) named.set(name, LIST);
  const operators = new Map<string, number>(OPERATORS.map((text, index) => [text, -index]));
  return Int32Array.from(names, (name, id) => (isNamed(id) ? named : operators).get(name) ?? 0);
}

function fieldCodes(language: Language): Uint8Array {
  const codes = new Map<string, number>(Object.entries(F));
  return Uint8Array.from(language.fields, (name) => (name === null ? 0 : (codes.get(name) ?? 0)));
}
