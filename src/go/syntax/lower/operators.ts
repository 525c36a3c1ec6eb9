/**
 * Where the grammar binds operators otherwise than the language does.
 *
 *     *(*T)(p)           the grammar converts to the type `*(*T)`; Go converts to `(*T)` and follows the pointer
 *     <-chan int(x)      the grammar converts to the type `<-chan int`; Go converts to `chan int` and receives
 *     chan <- chan T     the grammar reads `chan (<-chan T)`; Go reads `chan<- (chan T)`
 *
 * Parentheses in the source are nodes of their own, so a bare `*T` or `<-chan T` below a call, selector, index, slice or type assertion can
 * only come from the grammar's reading (language specification, "Conversions" and "Channel types").
 */
import type { CallExpr, ChanType, Expr, IndexExpr, SelectorExpr, SliceExpr, TypeAssertExpr } from '../ast.ts';

/** Expressions that begin with another expression, which binds first. */
export type Postfix = SelectorExpr | IndexExpr | SliceExpr | TypeAssertExpr | CallExpr;

/** `(*x).f` as the grammar made it becomes `*(x.f)`; anything else stays as it is. `chanAfter`: see below. */
export function hoisted(node: Postfix, chanAfter: (arrow: number) => number): Expr {
  const operand = node.kind === 'CallExpr' ? node.fun : node.x;
  if (operand.kind === 'StarExpr') {
    const x = hoisted(withOperand(node, operand.x), chanAfter);
    return { kind: 'StarExpr', pos: operand.pos, end: node.end, x };
  }
  if (operand.kind === 'ChanType' && operand.direction === 'receive') {
    const { pos, end, elem } = operand;
    const x = withOperand(node, { kind: 'ChanType', pos: chanAfter(pos), end, direction: 'both', elem });
    return { kind: 'UnaryExpr', pos, end: node.end, op: '<-', x };
  }
  return node;
}

function withOperand(node: Postfix, x: Expr): Postfix {
  return node.kind === 'CallExpr' ? { ...node, pos: x.pos, fun: x } : { ...node, pos: x.pos, x };
}

/** `chanAfter` finds the keyword `chan` behind the arrow at a position. */
export function sendOfLeftmost(type: ChanType, chanAfter: (arrow: number) => number): ChanType {
  const { pos, end, elem } = type;
  if (type.direction !== 'both' || elem.kind !== 'ChanType' || elem.direction !== 'receive') return type;
  const inner: ChanType = {
    kind: 'ChanType',
    pos: chanAfter(elem.pos),
    end,
    direction: 'both',
    elem: elem.elem,
  };
  return { kind: 'ChanType', pos, end, direction: 'send', elem: sendOfLeftmost(inner, chanAfter) };
}
