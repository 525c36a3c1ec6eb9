/**
 * What an expression can be worth, as far as the analysis tells values apart.
 *
 *     asset := model.NewAsset(h.Name)       opaque: nothing is known but who it is
 *     asset.Tags = tags                     struct: the same one, with one part known
 *     p := &asset                           pointer to the variable
 *     skip := false                         constant
 *     batch = append(batch, p)              pointer to a list of one element
 *     if old { skip = true }; use(skip)     union: one of two
 *
 * Values are immutable and interned: equal ones are one object. What changes is what a world's store has at a location.
 * Slices, maps and channels are pointers to lists, whose elements are a set: order and number are not told apart, but for elements that
 * somebody has picked out by an index (`focus`).
 */
import type { Func, Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import type { FuncLit, SelectorExpr } from '../syntax/ast.ts';
import type { Identity } from './identity.ts';

interface Common {
  readonly id: number;
  /** The sites whose latest, and the variables, that it mentions: what must be rewritten when there is a later one. */
  readonly mentions: ReadonlySet<object>;
  /** How deep values are nested in it. */
  readonly depth: number;
}
export interface Opaque extends Common {
  readonly kind: 'opaque';
  readonly who: Identity;
  /** A boolean turned over by `!`. */
  readonly negated: boolean;
}
export interface Constant extends Common {
  readonly kind: 'constant';
  /** `true`, `false`, `"text"`, `12`, or the qualified name of a constant with a type of its own. */
  readonly text: string;
}
export interface Nil extends Common {
  readonly kind: 'nil';
}
export interface StructValue extends Common {
  readonly kind: 'struct';
  readonly who: Identity;
  /** What is known of its fields, by name. */
  readonly fields: ReadonlyMap<string, Value>;
}
export interface Pointer extends Common {
  readonly kind: 'pointer';
  readonly to: Location;
}
/** A pointer to what nobody else names any more: the variable of an earlier turn. */
export interface Frozen extends Common {
  readonly kind: 'frozen';
  readonly value: Value;
}
/** The content of a slice, map or channel; stands in the store and behind `frozen`, never in a variable. */
export interface List extends Common {
  readonly kind: 'list';
  readonly elements: readonly Value[];
  /** Elements that are told from the others, by the value of their index. */
  readonly focus: ReadonlyMap<Value, Value>;
  /** What the elements mention, without those that are told apart. */
  readonly held: ReadonlySet<object>;
  /** It has at least one element. */
  readonly filled: boolean;
}
export interface FunctionValue extends Common {
  readonly kind: 'function';
  readonly target: FunctionTarget;
  /** The receiver, for method values. */
  readonly receiver: Value | undefined;
  /** What captured variables were worth that have been declared anew since. */
  readonly captured: ReadonlyMap<Location, Value>;
}
export interface Tuple extends Common {
  readonly kind: 'tuple';
  readonly values: readonly Value[];
}
/** One of these, of which none is a union. */
export interface Union extends Common {
  readonly kind: 'union';
  readonly alternatives: readonly Value[];
}
export type Value =
  | Opaque
  | Constant
  | Nil
  | StructValue
  | Pointer
  | Frozen
  | List
  | FunctionValue
  | Tuple
  | Union;

export type FunctionTarget =
  /** `bindings`: where the variables from outside that it names are. */
  | { readonly kind: 'literal'; readonly node: FuncLit; readonly bindings: ReadonlyMap<Var, Location> }
  | { readonly kind: 'declared'; readonly func: Func; readonly selector: SelectorExpr | undefined }
  /** `x.Name` of a package or type without source. */
  | { readonly kind: 'unresolved'; readonly selector: SelectorExpr }
  /** Given to an iterator as `yield`: puts what it is called with into the list. */
  | { readonly kind: 'collector'; readonly into: Location };

export type Location =
  | {
      readonly id: number;
      readonly kind: 'variable';
      readonly variable: Var | object;
      readonly activation: number;
      readonly type: Type;
    }
  /** What syntax has allocated; the latest. */
  | {
      readonly id: number;
      readonly kind: 'object';
      readonly site: object;
      readonly which: string;
      readonly type: Type;
    }
  /** What an opaque pointer, slice, map or channel refers to. */
  | { readonly id: number; readonly kind: 'pointee'; readonly of: Identity; readonly type: Type }
  | {
      readonly id: number;
      readonly kind: 'field';
      readonly of: Location;
      readonly name: string;
      readonly type: Type;
    }
  | {
      readonly id: number;
      readonly kind: 'element';
      readonly of: Location;
      readonly index: Value;
      readonly type: Type;
    };

export interface Values {
  readonly nil: Nil;
  readonly true: Constant;
  readonly false: Constant;
  opaque(who: Identity, negated?: boolean): Opaque;
  constant(text: string): Constant;
  struct(who: Identity, fields: ReadonlyMap<string, Value>): StructValue;
  pointer(to: Location): Pointer;
  frozen(value: Value): Frozen;
  list(elements: readonly Value[], focus?: ReadonlyMap<Value, Value>, filled?: boolean): List;
  function(target: FunctionTarget, receiver?: Value, captured?: ReadonlyMap<Location, Value>): FunctionValue;
  tuple(values: readonly Value[]): Tuple;
  /** One of these; the value itself if there is one only. */
  union(values: readonly Value[]): Value;

  variable(variable: Var | object, activation: number, type: Type): Location;
  object(site: object, type: Type, which?: string): Location;
  /** Where several lists have become one. */
  united(lists: readonly Location[]): Location;
  pointee(of: Identity, type: Type): Location;
  field(of: Location, name: string, type: Type): Location;
  element(of: Location, index: Value, type: Type): Location;
}

export function alternativesOf(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.alternatives : [value];
}
