/**
 * Where the grammar binds operators otherwise than the language does.
 *
 *     *(*T)(p)         the grammar converts to the type `*(*T)`; Go converts to `(*T)` and follows the pointer
 *     chan <- chan T   the grammar reads `chan (<-chan T)`; Go reads `chan<- (chan T)`
 *
 * Parentheses in the source are nodes of their own, so a bare `*T` below a call, selector, index, slice or type assertion can only come from
 * the grammar's reading.
 */
import type {
  CallExpr,
  ChanType,
  Expr,
  IndexExpr,
  SelectorExpr,
  SliceExpr,
  StarExpr,
  TypeAssertExpr,
} from '../ast.ts';

type Postfix = SelectorExpr | IndexExpr | SliceExpr | TypeAssertExpr | CallExpr;

/** `(*x).f` as the grammar made it becomes `*(x.f)`; anything else stays as it is. */
export function hoisted(node: Postfix): Expr {
  const operand = node.kind === 'CallExpr' ? node.fun : node.x;
  return operand.kind === 'StarExpr' ? hoistedStar(node, operand) : node;
}

function hoistedStar(node: Postfix, star: StarExpr): StarExpr {
  const { x } = star;
  const inner: Postfix =
    node.kind === 'CallExpr' ? { ...node, pos: x.pos, fun: x } : { ...node, pos: x.pos, x };
  return { kind: 'StarExpr', pos: star.pos, end: node.end, x: hoisted(inner) };
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
