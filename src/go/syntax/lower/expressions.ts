/**
 * Expressions and types. The grammar often cannot know which of the two it reads, and guesses; Go's own parser has one tree for both, and so
 * have we: each pair of readings is lowered to the same node, and only types tell a call from a conversion or an index from an instance.
 *
 *     f[int](x)     call_expression with type_arguments, type_conversion_expression of generic_type …   => CallExpr(IndexExpr(f, int), x)
 *     a.T           selector_expression, qualified_type                                                  => SelectorExpr
 *     (*T)(p)       parenthesized_expression(unary_expression '*'), parenthesized_type(pointer_type)     => CallExpr(ParenExpr(StarExpr), p)
 */
import type { BasicLit, BinaryExpr, ChanType, Expr, KeyValueExpr, UnaryExpr } from '../ast.ts';
import { balanced, isBalanced, isLeftOperator } from '../chains.ts';
import { fieldOf, isMissing, kindOf, NEXT, NODE, operatorOf, START } from '../flat-tree.ts';
import { F, K, OPERATORS } from '../grammar.ts';
import { skipSpace } from '../scan.ts';
import { hoisted, type Postfix, sendOfLeftmost } from './operators.ts';
import {
  badExpr,
  childBy,
  endOf,
  lowerName,
  missingExpr,
  plainChild,
  posOf,
  type Source,
  textOf,
} from './source.ts';
import { lowerFuncType, lowerInterfaceType, lowerStructType } from './types.ts';

export function lowerExpr(s: Source, node: number): Expr {
  const head = s.nodes[node]!;
  const pos = posOf(s, node);
  const end = endOf(s, node);
  switch (kindOf(head)) {
    case K.identifier:
      if (isMissing(head)) return badExpr(s, node);
      return lowerName(s, node);
    case K.selector_expression:
      return lowerSelector(s, node, F.operand, F.field);
    case K.qualified_type:
      return lowerSelector(s, node, F.package, F.name);
    case K.call_expression:
      return lowerCall(s, node);
    case K.type_conversion_expression:
      return postfix(s, {
        kind: 'CallExpr',
        pos,
        end,
        fun: exprBy(s, node, F.type),
        args: exprsBy(s, node, F.operand),
        ellipsis: false,
      });
    case K.binary_expression:
      return lowerBinary(s, node);
    case K.unary_expression: {
      const op = OPERATORS[operatorOf(head)]!;
      const x = exprBy(s, node, F.operand);
      if (op === '*') return { kind: 'StarExpr', pos, end, x };
      return { kind: 'UnaryExpr', pos, end, op: op as UnaryExpr['op'], x };
    }
    case K.pointer_type:
      return { kind: 'StarExpr', pos, end, x: plainExpr(s, node) };
    case K.negated_type:
      return { kind: 'UnaryExpr', pos, end, op: '~', x: plainExpr(s, node) };
    case K.parenthesized_expression:
    case K.parenthesized_type:
      return { kind: 'ParenExpr', pos, end, x: plainExpr(s, node) };
    case K.interpreted_string_literal:
    case K.raw_string_literal:
      return lowerLiteral(s, node, 'string');
    case K.int_literal:
      return lowerLiteral(s, node, 'int');
    case K.float_literal:
      return lowerLiteral(s, node, 'float');
    case K.imaginary_literal:
      return lowerLiteral(s, node, 'imaginary');
    case K.rune_literal:
      return lowerLiteral(s, node, 'rune');
    case K.index_expression:
      return lowerIndex(s, node, exprBy(s, node, F.operand), exprsBy(s, node, F.index));
    case K.type_instantiation_expression:
      return lowerIndex(s, node, exprBy(s, node, F.type), exprsBy(s, node, 0));
    case K.generic_type:
      return lowerIndex(
        s,
        node,
        exprBy(s, node, F.type),
        typeArguments(s, childBy(s, node, F.type_arguments)),
      );
    case K.slice_expression:
      return postfix(s, {
        kind: 'SliceExpr',
        pos,
        end,
        x: exprBy(s, node, F.operand),
        low: optionalBy(s, node, F.start),
        high: optionalBy(s, node, F.end),
        max: optionalBy(s, node, F.capacity),
      });
    case K.type_assertion_expression:
      return postfix(s, {
        kind: 'TypeAssertExpr',
        pos,
        end,
        x: exprBy(s, node, F.operand),
        type: exprBy(s, node, F.type),
      });
    case K.composite_literal: {
      const body = childBy(s, node, F.body);
      const elements = body < 0 ? [] : exprsBy(s, body, 0);
      return { kind: 'CompositeLit', pos, end, type: optionalBy(s, node, F.type), elements };
    }
    case K.literal_value:
      return { kind: 'CompositeLit', pos, end, type: undefined, elements: exprsBy(s, node, 0) };
    case K.keyed_element:
      return lowerKeyed(s, node);
    case K.func_literal: {
      const body = childBy(s, node, F.body);
      const type = lowerFuncType(s, node, pos);
      if (body < 0) return badExpr(s, node);
      return { kind: 'FuncLit', pos, end, type, body: s.lowerBlock(s, body) };
    }
    case K.slice_type:
      return { kind: 'SliceType', pos, end, elem: exprBy(s, node, F.element) };
    case K.array_type:
    case K.implicit_length_array_type:
      return {
        kind: 'ArrayType',
        pos,
        end,
        length: optionalBy(s, node, F.length),
        elem: exprBy(s, node, F.element),
      };
    case K.map_type:
      return { kind: 'MapType', pos, end, key: exprBy(s, node, F.key), value: exprBy(s, node, F.value) };
    case K.channel_type:
      return lowerChan(s, node);
    case K.function_type:
      return lowerFuncType(s, node, pos);
    case K.struct_type:
      return lowerStructType(s, node);
    case K.interface_type:
      return lowerInterfaceType(s, node);
    case K.type_elem:
    case K.type_constraint:
      return lowerUnion(s, node);
    case K.variadic_argument:
      return plainExpr(s, node);
    default:
      return badExpr(s, node);
  }
}

/** The expression in a field that the grammar demands; a BadExpr where an error swallowed it. */
export function exprBy(s: Source, node: number, field: number): Expr {
  const child = childBy(s, node, field);
  return child < 0 ? missingExpr(s, node) : lowerExpr(s, child);
}

export function optionalBy(s: Source, node: number, field: number): Expr | undefined {
  const child = childBy(s, node, field);
  return child < 0 ? undefined : lowerExpr(s, child);
}

/** All expressions in a field, in order. */
export function exprsBy(s: Source, node: number, field: number): readonly Expr[] {
  const nodes = s.nodes;
  const end = nodes[node + NEXT]!;
  const result: Expr[] = [];
  for (let child = node + NODE; child < end; child = nodes[child + NEXT]!) {
    const head = nodes[child]!;
    if (fieldOf(head) === field && kindOf(head) !== K.ERROR) result.push(lowerExpr(s, child));
  }
  return result;
}

export function plainExpr(s: Source, node: number): Expr {
  const child = plainChild(s, node);
  return child < 0 ? missingExpr(s, node) : lowerExpr(s, child);
}

export function lowerLiteral(s: Source, node: number, literal: BasicLit['literal']): Expr {
  if (isMissing(s.nodes[node]!)) return badExpr(s, node);
  return { kind: 'BasicLit', pos: posOf(s, node), end: endOf(s, node), literal, text: textOf(s, node) };
}

function lowerSelector(s: Source, node: number, operand: number, name: number): Expr {
  const sel = childBy(s, node, name);
  const x = exprBy(s, node, operand);
  // `x.` at the end of an unfinished line: what stands before the dot is still an expression.
  if (sel < 0 || isMissing(s.nodes[sel]!)) return x;
  return postfix(s, {
    kind: 'SelectorExpr',
    pos: posOf(s, node),
    end: endOf(s, node),
    x,
    sel: lowerName(s, sel),
  });
}

function lowerIndex(s: Source, node: number, x: Expr, indices: readonly Expr[]): Expr {
  return postfix(s, { kind: 'IndexExpr', pos: posOf(s, node), end: endOf(s, node), x, indices });
}

function lowerCall(s: Source, node: number): Expr {
  const nodes = s.nodes;
  const pos = posOf(s, node);
  const end = endOf(s, node);
  const stop = nodes[node + NEXT]!;
  let fun: Expr | undefined;
  const args: Expr[] = [];
  let ellipsis = false;
  for (let child = node + NODE; child < stop; child = nodes[child + NEXT]!) {
    const head = nodes[child]!;
    const kind = kindOf(head);
    if (kind === K.ERROR) continue;
    const field = fieldOf(head);
    if (field === F.arguments) {
      args.push(lowerExpr(s, child));
      if (kind === K.variadic_argument) ellipsis = true;
    } else if (field === F.function) {
      fun = lowerExpr(s, child);
    } else if (field === F.type_arguments && fun !== undefined) {
      fun = { kind: 'IndexExpr', pos, end: endOf(s, child), x: fun, indices: typeArguments(s, child) };
    }
  }
  return postfix(s, { kind: 'CallExpr', pos, end, fun: fun ?? missingExpr(s, node), args, ellipsis });
}

function typeArguments(s: Source, list: number): readonly Expr[] {
  return list < 0 ? [] : exprsBy(s, list, 0);
}

/**
 * Operators of one precedence lean to the left, so the tree of `a + b + … + z` is as deep as the chain is long; generated code has chains of
 * thousands. They are built in a loop, and if they are long, balanced (see `chains.ts`).
 */
function lowerBinary(s: Source, node: number): Expr {
  const spine = [node];
  let last = node;
  while (isLeftOperator(s.nodes, last + NODE)) {
    last += NODE;
    spine.push(last);
  }
  let x = exprBy(s, last, F.left);
  if (isBalanced(s.nodes, node)) {
    const operands = [x];
    for (let k = spine.length - 1; k >= 0; k--) operands.push(exprBy(s, spine[k]!, F.right));
    return balanced(OPERATORS[operatorOf(s.nodes[node]!)]!, operands);
  }
  for (let k = spine.length - 1; k >= 0; k--) {
    const at = spine[k]!;
    const binary: BinaryExpr = {
      kind: 'BinaryExpr',
      pos: posOf(s, at),
      end: endOf(s, at),
      op: OPERATORS[operatorOf(s.nodes[at]!)]!,
      x,
      y: exprBy(s, at, F.right),
    };
    x = binary;
  }
  return x;
}

/** `A | ~B` in an interface or a constraint; a single type is just that type. */
function lowerUnion(s: Source, node: number): Expr {
  const terms = exprsBy(s, node, 0);
  let x = terms[0] ?? missingExpr(s, node);
  for (let k = 1; k < terms.length; k++) {
    const y = terms[k]!;
    x = { kind: 'BinaryExpr', pos: x.pos, end: y.end, op: '|', x, y };
  }
  return x;
}

function lowerKeyed(s: Source, node: number): KeyValueExpr {
  return {
    kind: 'KeyValueExpr',
    pos: posOf(s, node),
    end: endOf(s, node),
    key: exprBy(s, node, F.key),
    value: exprBy(s, node, F.value),
  };
}

/**
 * `<-` belongs to the leftmost `chan` that can have it (language specification, "Channel types"): `chan <- chan T` is a channel to send
 * channels. The grammar reads it as a channel of channels to receive from.
 */
function lowerChan(s: Source, node: number): ChanType {
  const pos = posOf(s, node);
  const end = endOf(s, node);
  const elem = exprBy(s, node, F.value);
  if (s.text[s.nodes[node + START]!] === '<')
    return { kind: 'ChanType', pos, end, direction: 'receive', elem };
  if (operatorOf(s.nodes[node]!) !== 0) return { kind: 'ChanType', pos, end, direction: 'send', elem };
  return sendOfLeftmost({ kind: 'ChanType', pos, end, direction: 'both', elem }, (at) =>
    chanAfterArrow(s, at),
  );
}

function postfix(s: Source, node: Postfix): Expr {
  const operand = node.kind === 'CallExpr' ? node.fun : node.x;
  // The common case must not make a closure.
  return operand.kind === 'StarExpr' || operand.kind === 'ChanType'
    ? hoisted(node, (at) => chanAfterArrow(s, at))
    : node;
}

function chanAfterArrow(s: Source, arrow: number): number {
  return s.base + skipSpace(s.text, arrow - s.base + '<-'.length);
}
