/**
 * Declarations: of a file, and of functions (`DeclStmt`). The body of a declared function waits until somebody asks for it.
 *
 *     const ( A T = iota; B )   => specs: [A T = iota (iota 0)], [B T = iota (iota 1, implicit)]
 */
import type {
  Block,
  ConstDecl,
  ConstSpec,
  Decl,
  Expr,
  Field,
  FuncDecl,
  FuncType,
  Ident,
  ImportSpec,
  TypeDecl,
  TypeSpec,
  VarDecl,
  VarSpec,
} from '../ast.ts';
import { END, isMissing, kindOf, NEXT, NODE, START } from '../flat-tree.ts';
import { F, K } from '../grammar.ts';
import { exprBy, exprsBy, optionalBy } from './expressions.ts';
import { childBy, endOf, lowerName, lowerNames, posOf, type Source, textOf } from './source.ts';
import { lowerFuncType, lowerParams, lowerTypeParams } from './types.ts';

/** A function whose body is lowered on first use and can be forgotten again. */
export class LazyFuncDecl implements FuncDecl {
  readonly kind = 'FuncDecl';
  readonly pos: number;
  readonly end: number;
  readonly name: Ident;
  readonly recv: Field | undefined;
  readonly type: FuncType;
  #source: Source;
  #bodyNode: number;
  #body: Block | undefined;

  /** `bodyNode`: the block in the flat tree, -1 for none. */
  constructor(
    source: Source,
    node: number,
    name: Ident,
    recv: Field | undefined,
    type: FuncType,
    bodyNode: number,
  ) {
    this.pos = posOf(source, node);
    this.end = endOf(source, node);
    this.name = name;
    this.recv = recv;
    this.type = type;
    this.#source = source;
    this.#bodyNode = bodyNode;
    this.#body = undefined;
  }

  get body(): Block | undefined {
    if (this.#bodyNode < 0) return undefined;
    this.#body ??=
      firstDeep(this.#source, this.#bodyNode) >= 0
        ? refusedBlock(this.#source, this.#bodyNode)
        : this.#source.lowerBlock(this.#source, this.#bodyNode);
    return this.#body;
  }

  /** Forgets the body; the next use makes a new one, with new nodes. Only for when nobody holds nodes of it any more. */
  release(): void {
    this.#body = undefined;
  }
}

/** The offset of what first stands too deep for recursion in this node, or -1. If there is one, the node must not be lowered. */
export function firstDeep(s: Source, node: number): number {
  const start = s.nodes[node + START]!;
  const end = s.nodes[node + END]!;
  return s.tree.deep.find((offset) => start <= offset && offset < end) ?? -1;
}

function refusedBlock(s: Source, node: number): Block {
  const pos = posOf(s, node);
  const end = endOf(s, node);
  return { kind: 'Block', pos, end, stmts: [{ kind: 'BadStmt', pos, end }] };
}

/** BadDecl where an error left no name to declare. `withBody`: false where only declarations are wanted. */
export function lowerFuncDecl(s: Source, node: number, withBody: boolean): Decl {
  const name = childBy(s, node, F.name);
  if (name < 0 || isMissing(s.nodes[name]!))
    return { kind: 'BadDecl', pos: posOf(s, node), end: endOf(s, node) };
  const receiver = childBy(s, node, F.receiver);
  const recv = receiver < 0 ? undefined : lowerParams(s, receiver)[0];
  const type = lowerFuncType(s, node, posOf(s, node));
  // A plain object: it must not keep the flat tree of a dependency alive.
  if (!withBody) {
    const ident = lowerName(s, name);
    return {
      kind: 'FuncDecl',
      pos: posOf(s, node),
      end: endOf(s, node),
      name: ident,
      recv,
      type,
      body: undefined,
    };
  }
  return new LazyFuncDecl(s, node, lowerName(s, name), recv, type, childBy(s, node, F.body));
}

export function lowerGenDecl(s: Source, node: number): ConstDecl | VarDecl | TypeDecl {
  const pos = posOf(s, node);
  const end = endOf(s, node);
  switch (kindOf(s.nodes[node]!)) {
    case K.const_declaration:
      return { kind: 'ConstDecl', pos, end, specs: lowerConstSpecs(s, node) };
    case K.var_declaration:
      return { kind: 'VarDecl', pos, end, specs: lowerVarSpecs(s, node) };
    default:
      return { kind: 'TypeDecl', pos, end, specs: lowerTypeSpecs(s, node) };
  }
}

/** A line without values repeats type and values of the one before (language specification, "Constant declarations"). */
function lowerConstSpecs(s: Source, node: number): readonly ConstSpec[] {
  const specs: ConstSpec[] = [];
  let type: Expr | undefined;
  let values: readonly Expr[] = [];
  for (const child of childrenOf(s, node, K.const_spec)) {
    const own = exprsBy(s, child, F.value);
    const implicit = own.length === 0 && values.length > 0;
    if (!implicit) {
      type = optionalBy(s, child, F.type);
      values = own;
    }
    specs.push({
      kind: 'ConstSpec',
      pos: posOf(s, child),
      end: endOf(s, child),
      names: lowerNames(s, child),
      type,
      values,
      implicit,
      iota: specs.length,
    });
  }
  return specs;
}

function lowerVarSpecs(s: Source, node: number): readonly VarSpec[] {
  return childrenOf(s, node, K.var_spec).map((child) => ({
    kind: 'VarSpec',
    pos: posOf(s, child),
    end: endOf(s, child),
    names: lowerNames(s, child),
    type: optionalBy(s, child, F.type),
    values: exprsBy(s, child, F.value),
  }));
}

function lowerTypeSpecs(s: Source, node: number): readonly TypeSpec[] {
  const specs: TypeSpec[] = [];
  const nodes = s.nodes;
  const stop = nodes[node + NEXT]!;
  for (let child = node + NODE; child < stop; child = nodes[child + NEXT]!) {
    const kind = kindOf(nodes[child]!);
    if (kind !== K.type_spec && kind !== K.type_alias) continue;
    const name = childBy(s, child, F.name);
    if (name < 0 || isMissing(nodes[name]!)) continue;
    const typeParams = childBy(s, child, F.type_parameters);
    specs.push({
      kind: 'TypeSpec',
      pos: posOf(s, child),
      end: endOf(s, child),
      name: lowerName(s, name),
      typeParams: typeParams < 0 ? [] : lowerTypeParams(s, typeParams),
      alias: kind === K.type_alias,
      type: exprBy(s, child, F.type),
    });
  }
  return specs;
}

export function lowerImports(s: Source, node: number): readonly ImportSpec[] {
  const specs: ImportSpec[] = [];
  for (const child of childrenOf(s, node, K.import_spec)) {
    const path = childBy(s, child, F.path);
    if (path < 0) continue;
    const name = childBy(s, child, F.name);
    specs.push({
      kind: 'ImportSpec',
      pos: posOf(s, child),
      end: endOf(s, child),
      name: name < 0 ? undefined : lowerName(s, name),
      path: textOf(s, path).slice(1, -1),
    });
  }
  return specs;
}

function childrenOf(s: Source, node: number, kind: number): readonly number[] {
  const nodes = s.nodes;
  const stop = nodes[node + NEXT]!;
  const result: number[] = [];
  for (let child = node + NODE; child < stop; child = nodes[child + NEXT]!) {
    if (kindOf(nodes[child]!) === kind) result.push(child);
  }
  return result;
}
