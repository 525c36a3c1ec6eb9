/**
 * Page caps that are declared and do not end the loop.
 *
 *     const maxPages = 100
 *     for next != "" { …; if pages++; pages > maxPages { log.Print("many pages") } }
 *
 * A cap is declared by a constant, variable or parameter of the function that is named so (`maxPages`), or by the comparison of a counter
 * with something that is named like a bound. What goes into the request is a page size and no cap.
 */
import type { Place } from '../../go/flow/cfg.ts';
import { locationOf } from '../../go/provenance/origins.ts';
import type { GoObject } from '../../go/semantics/objects.ts';
import { type Expr, type Ident, type Node, type Ranged, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Court } from './exits.ts';
import { isBoundName, isCapName } from './names.ts';
import { rolesOf } from './roles.ts';

export interface UnenforcedCap {
  readonly name: string;
  /** Where it is declared, or compared in vain. */
  readonly at: Ranged;
}

/** A cap that is declared for this loop, of which no exit takes notice. Ask only where no cap ends the loop. */
export function unenforcedCap(court: Court): UnenforcedCap | undefined {
  return comparedInVain(court) ?? declaredInVain(court);
}

function comparedInVain(court: Court): UnenforcedCap | undefined {
  const { turn, requests } = court;
  for (const block of turn.repetition.blocks) {
    const [edge] = block.succs;
    if (edge === undefined || (edge.why.kind !== 'true' && edge.why.kind !== 'false')) continue;
    if (block.succs.some(({ to }) => !turn.repetition.inside.has(to))) continue;
    const cond = unparen(edge.why.cond);
    if (cond.kind !== 'BinaryExpr' || !/^(?:<|<=|>|>=|==)$/.test(cond.op)) continue;
    const place: Place = { block, index: Math.max(0, block.nodes.length - 1) };
    for (const [counter, bound] of [
      [cond.x, cond.y],
      [cond.y, cond.x],
    ] as const) {
      const name = lastName(bound);
      if (name === undefined || !isBoundName(name) || isSent(court, bound)) continue;
      if (rolesOf(turn, requests, counter, place).counter && rolesOf(turn, requests, bound, place).fixed)
        return { name, at: cond };
    }
  }
  return undefined;
}

function declaredInVain(court: Court): UnenforcedCap | undefined {
  const { fn } = court.turn.repetition;
  const { info } = fn.pkg;
  const mentions = new Map<GoObject, Ident[]>();
  const declared = new Map<GoObject, Ident>();
  const note = (node: Node): void => {
    if (node.kind !== 'Ident' || !isCapName(node.name)) return;
    const object = info.objectOf(node);
    if (object?.kind !== 'var' && object?.kind !== 'const') return;
    if (object.ident === node) declared.set(object, node);
    else mentions.set(object, [...(mentions.get(object) ?? []), node]);
  };
  walk(fn.body, note);
  for (const param of fn.params) if (param.ident !== undefined) note(param.ident);
  for (const [object, ident] of declared) {
    const used = mentions.get(object) ?? [];
    const here = used.some((id) => isInside(court, id));
    if ((used.length > 0 && !here) || used.some((id) => isSent(court, id))) continue;
    return { name: ident.name, at: ident };
  }
  return undefined;
}

function isInside(court: Court, { pos }: Ranged): boolean {
  const { stmt, blocks } = court.turn.repetition;
  if (stmt !== undefined) return stmt.pos <= pos && pos < stmt.end;
  return blocks.some((block) => block.nodes.some((node) => node.pos <= pos && pos < node.end));
}

/** Does it go into a request? */
function isSent(court: Court, bound: Expr): boolean {
  const x = unparen(bound);
  const object = x.kind === 'Ident' ? court.turn.repetition.fn.pkg.info.objectOf(x) : undefined;
  if (object?.kind === 'const') {
    return court.turn.flow.requests.some(({ call }) => mentionsObject(court, call, object));
  }
  if (object?.kind !== 'var') return false;
  const location = locationOf(object);
  return court.turn.flow.requests.some(({ inputs }) => [...inputs].some((o) => o.location === location));
}

function mentionsObject(court: Court, root: Node, object: GoObject): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.kind === 'Ident' && court.turn.repetition.fn.pkg.info.objectOf(node) === object) found = true;
  });
  return found;
}

function lastName(e: Expr): string | undefined {
  const x = unparen(e);
  return x.kind === 'Ident' ? x.name : x.kind === 'SelectorExpr' ? x.sel.name : undefined;
}
