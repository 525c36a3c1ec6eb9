/**
 * Type unification (language specification, "Type unification"): which types make two types alike.
 *
 *     unify(map[K]V, map[string]*Asset)  => K = string, V = *Asset
 */
import { identical } from './identical.ts';
import { lookup } from './lookup.ts';
import { allMethods } from './method-sets.ts';
import type { Var } from './objects.ts';
import { coreType, underlying } from './shapes.ts';
import type { Interface, Signature, Type, TypeParam } from './types.ts';

/** `loose`: named types match their underlying types, channels match whatever their direction. */
export interface Mode {
  readonly exact: boolean;
  /** The types stand on two sides of an assignment: what they are made of must match exactly. */
  readonly assign: boolean;
}

export const ASSIGN: Mode = { exact: false, assign: true };
export const LOOSE: Mode = { exact: false, assign: false };
export const EXACT: Mode = { exact: true, assign: false };
const EXACT_ASSIGN: Mode = { exact: true, assign: true };

const MAX_DEPTH = 80;

/** A type parameter to be inferred; joined ones share one cell. */
interface Cell {
  type: Type | undefined;
}

export class Unifier {
  private readonly cells = new Map<TypeParam, Cell>();
  private depth = 0;

  constructor(params: readonly TypeParam[]) {
    for (const param of params) this.cells.set(param, { type: undefined });
  }

  at(param: TypeParam): Type | undefined {
    return this.cells.get(param)?.type;
  }

  set(param: TypeParam, type: Type): void {
    const cell = this.cells.get(param);
    if (cell !== undefined) cell.type = type;
  }

  /** How many are still to be inferred. */
  open(): number {
    let count = 0;
    for (const cell of this.cells.values()) if (cell.type === undefined) count++;
    return count;
  }

  unify(x: Type, y: Type, mode: Mode): boolean {
    if (this.depth > MAX_DEPTH) return false;
    this.depth++;
    const result = this.nify(x, y, mode);
    this.depth--;
    return result;
  }

  private bound(type: Type): TypeParam | undefined {
    return type.kind === 'typeparam' && this.cells.has(type) ? type : undefined;
  }

  private nify(left: Type, right: Type, mode: Mode): boolean {
    let x = left;
    let y = right;
    if (x === y) return true;
    if (x.kind === 'unknown' || y.kind === 'unknown') return true;
    // A type parameter to be inferred goes left; else a defined type goes right.
    if (this.bound(x) === undefined && this.bound(y) !== undefined) [x, y] = [y, x];
    else if (this.bound(x) === undefined && x.kind === 'named' && y.kind !== 'named') [x, y] = [y, x];
    if (!mode.exact && y.kind === 'named' && isLiteralType(x) && underlying(x).kind !== 'interface')
      y = y.underlying;
    const px = this.bound(x);
    const py = this.bound(y);
    if (px !== undefined && py !== undefined) return this.join(px, py, mode);
    if (px !== undefined) return this.bind(px, y, mode);
    if (!mode.exact) {
      const xi = underlying(x);
      const yi = underlying(y);
      if (
        x.kind !== 'typeparam' &&
        y.kind !== 'typeparam' &&
        (xi.kind === 'interface' || yi.kind === 'interface')
      ) {
        return this.interfaces(x, y, mode);
      }
      const core = x.kind === 'typeparam' ? coreType(x) : undefined;
      if (core !== undefined) return this.unify(core, y, mode);
      const otherCore = y.kind === 'typeparam' ? coreType(y) : undefined;
      if (otherCore !== undefined) return this.unify(x, otherCore, mode);
    }
    return this.structure(x, y, mode);
  }

  private join(px: TypeParam, py: TypeParam, mode: Mode): boolean {
    const cx = this.cells.get(px)!;
    const cy = this.cells.get(py)!;
    if (cx === cy) return true;
    if (cx.type !== undefined && cy.type !== undefined) return this.unify(cx.type, cy.type, mode);
    const kept = cx.type !== undefined ? cx : cy;
    const dropped = kept === cx ? cy : cx;
    for (const [param, cell] of this.cells) if (cell === dropped) this.cells.set(param, kept);
    return true;
  }

  private bind(param: TypeParam, y: Type, mode: Mode): boolean {
    const known = this.at(param);
    if (known === undefined) {
      this.set(param, y);
      return true;
    }
    if (!this.unify(known, y, mode)) return false;
    if (mode.exact) return true;
    // Of two types that match only loosely the defined one counts, and the channel that has a direction.
    const isNamed = known.kind === 'named';
    if (y.kind === 'named' && !isNamed) this.set(param, y);
    else if (y.kind === 'chan' && y.direction !== 'both' && known.kind === 'chan') this.set(param, y);
    return true;
  }

  /** One of the two is an interface: its methods must be there in the other. */
  private interfaces(x: Type, y: Type, mode: Mode): boolean {
    if (x.kind === 'named' && y.kind === 'named' && x.object === y.object) return this.structure(x, y, mode);
    const xIsInterface = underlying(x).kind === 'interface';
    const yIsInterface = underlying(y).kind === 'interface';
    if (xIsInterface && yIsInterface) {
      const a = allMethods(x).methods;
      const b = allMethods(y).methods;
      const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
      for (const [name, method] of fewer) {
        const other = more.get(name);
        if (other === undefined || !this.unify(method.signature, other.signature, EXACT)) return false;
      }
      return true;
    }
    const [iface, type] = xIsInterface ? [x, y] : [y, x];
    for (const method of allMethods(underlying(iface) as Interface).methods.values()) {
      const found = lookup(type, method.name, method.pkg);
      if (found.kind === 'unknown') continue;
      if (found.kind !== 'method' || !this.unify(method.signature, found.method.signature, EXACT))
        return false;
    }
    return true;
  }

  private structure(x: Type, y: Type, mode: Mode): boolean {
    if (x.kind !== y.kind) return false;
    const inner: Mode = mode.assign ? EXACT_ASSIGN : mode;
    switch (x.kind) {
      case 'pointer':
      case 'slice':
        return this.unify(x.elem, (y as typeof x).elem, inner);
      case 'array': {
        const other = y as typeof x;
        return (
          (x.length < 0 || other.length < 0 || x.length === other.length) &&
          this.unify(x.elem, other.elem, inner)
        );
      }
      case 'chan': {
        const other = y as typeof x;
        return (!mode.exact || x.direction === other.direction) && this.unify(x.elem, other.elem, inner);
      }
      case 'map': {
        const other = y as typeof x;
        return this.unify(x.key, other.key, inner) && this.unify(x.value, other.value, inner);
      }
      case 'named': {
        const other = y as typeof x;
        return (
          x.object === other.object &&
          x.typeArgs.length === other.typeArgs.length &&
          x.typeArgs.every((arg, i) => this.unify(arg, other.typeArgs[i]!, inner))
        );
      }
      case 'signature':
        return this.signatures(x, y as Signature, inner);
      case 'struct': {
        const other = y as typeof x;
        return (
          x.fields.length === other.fields.length &&
          x.fields.every(
            (field, i) =>
              field.name === other.fields[i]!.name && this.unify(field.type, other.fields[i]!.type, inner),
          )
        );
      }
      case 'interface':
        return this.interfaces(x, y, { ...inner, exact: true });
      default:
        return identical(x, y);
    }
  }

  private signatures(x: Signature, y: Signature, mode: Mode): boolean {
    if (x.variadic !== y.variadic) return false;
    return this.variables(x.params, y.params, mode) && this.variables(x.results, y.results, mode);
  }

  private variables(x: readonly Var[], y: readonly Var[], mode: Mode): boolean {
    return x.length === y.length && x.every((v, i) => this.unify(v.type, y[i]!.type, mode));
  }
}

/** Neither defined nor a type parameter. */
function isLiteralType(type: Type): boolean {
  return type.kind !== 'named' && type.kind !== 'typeparam';
}
