/**
 * Signatures, structs and interfaces: the types that hold lists of named things.
 *
 *     func(a, b int, rest ...string) (n int, err error)
 *     => params: [{names: [a, b], type: int}, {names: [rest], type: string, variadic}], results: [{names: [n] …}, {names: [err] …}]
 */
import type { Expr, Field, FuncType, Ident, InterfaceType, StructType } from '../ast.ts';
import { fieldOf, kindOf, NEXT, NODE, operatorOf } from '../flat-tree.ts';
import { F, K } from '../grammar.ts';
import { exprBy, lowerExpr } from './expressions.ts';
import { childBy, endOf, lowerName, lowerNames, posOf, type Source } from './source.ts';

const NO_FIELDS: readonly Field[] = [];

/** The signature of a function type, literal, declaration or interface method; `pos` is where it begins. */
export function lowerFuncType(s: Source, node: number, pos: number): FuncType {
  const typeParams = childBy(s, node, F.type_parameters);
  const params = childBy(s, node, F.parameters);
  const result = childBy(s, node, F.result);
  const last = result >= 0 ? result : params;
  return {
    kind: 'FuncType',
    pos,
    end: last >= 0 ? endOf(s, last) : endOf(s, node),
    typeParams: typeParams < 0 ? NO_FIELDS : lowerTypeParams(s, typeParams),
    params: params < 0 ? NO_FIELDS : lowerParams(s, params),
    results: result < 0 ? NO_FIELDS : lowerResult(s, result),
  };
}

export function lowerTypeParams(s: Source, list: number): readonly Field[] {
  return lowerFields(s, list, K.type_parameter_declaration);
}

/** Parameters, or a list of results in parentheses. */
export function lowerParams(s: Source, list: number): readonly Field[] {
  const fields = lowerFields(s, list, K.parameter_declaration);
  const named = fields.reduce((count, field) => count + (field.names.length > 0 ? 1 : 0), 0);
  return named === 0 || named === fields.length ? fields : regrouped(fields);
}

/**
 * Either all parameters have names or none has (language specification, "Function types"). In a long list like `a1, a2, … a10 int` the grammar
 * loses track and takes the first names for types: they belong to the next parameter that has a type.
 */
function regrouped(fields: readonly Field[]): readonly Field[] {
  const result: Field[] = [];
  let pending: Ident[] = [];
  for (const field of fields) {
    if (field.names.length === 0 && field.type.kind === 'Ident' && !field.variadic) {
      pending.push(field.type);
      continue;
    }
    const names = [...pending, ...field.names];
    result.push({ ...field, pos: names[0]?.pos ?? field.pos, names });
    pending = [];
  }
  for (const type of pending) result.push({ pos: type.pos, end: type.end, names: [], type, variadic: false });
  return result;
}

function lowerResult(s: Source, result: number): readonly Field[] {
  if (kindOf(s.nodes[result]!) === K.parameter_list) return lowerParams(s, result);
  const type = lowerExpr(s, result);
  return [{ pos: type.pos, end: type.end, names: [], type, variadic: false }];
}

function lowerFields(s: Source, list: number, kind: number): readonly Field[] {
  const nodes = s.nodes;
  const stop = nodes[list + NEXT]!;
  const result: Field[] = [];
  for (let child = list + NODE; child < stop; child = nodes[child + NEXT]!) {
    const is = kindOf(nodes[child]!);
    if (is !== kind && is !== K.variadic_parameter_declaration) continue;
    result.push({
      pos: posOf(s, child),
      end: endOf(s, child),
      names: lowerNames(s, child),
      type: exprBy(s, child, F.type),
      variadic: is === K.variadic_parameter_declaration,
    });
  }
  return result;
}

export function lowerStructType(s: Source, node: number): StructType {
  const nodes = s.nodes;
  const stop = nodes[node + NEXT]!;
  const fields: Field[] = [];
  for (let child = node + NODE; child < stop; child = nodes[child + NEXT]!) {
    const head = nodes[child]!;
    if (kindOf(head) !== K.field_declaration) continue;
    const pos = posOf(s, child);
    const names = lowerNames(s, child);
    let type: Expr = exprBy(s, child, F.type);
    // `*T` as an embedded field is no pointer type to the grammar.
    if (names.length === 0 && operatorOf(head) !== 0)
      type = { kind: 'StarExpr', pos, end: type.end, x: type };
    fields.push({ pos, end: endOf(s, child), names, type, variadic: false });
  }
  return { kind: 'StructType', pos: posOf(s, node), end: endOf(s, node), fields };
}

export function lowerInterfaceType(s: Source, node: number): InterfaceType {
  const nodes = s.nodes;
  const stop = nodes[node + NEXT]!;
  const methods: { name: Ident; type: FuncType }[] = [];
  const embedded: Expr[] = [];
  for (let child = node + NODE; child < stop; child = nodes[child + NEXT]!) {
    const head = nodes[child]!;
    const kind = kindOf(head);
    if (kind === K.method_elem) {
      const name = childBy(s, child, F.name);
      const params = childBy(s, child, F.parameters);
      if (name < 0 || params < 0) continue;
      methods.push({ name: lowerName(s, name), type: lowerFuncType(s, child, posOf(s, params)) });
    } else if (kind !== K.ERROR && fieldOf(head) === 0) {
      embedded.push(lowerExpr(s, child));
    }
  }
  return { kind: 'InterfaceType', pos: posOf(s, node), end: endOf(s, node), methods, embedded };
}
