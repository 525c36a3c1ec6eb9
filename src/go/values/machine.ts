/**
 * What an analysis of values is about, and the state of one run of it.
 *
 *     const domain: Domain = { meaningOf: (target) => isFilter(target) ? { kind: 'question', … } : undefined, … };
 *     const machine = newMachine(program, domain);
 *     call(machine, invoke, [receiver], worlds)     // tells the domain of every question and every use
 *
 * The interpreter knows Go and nothing else. The domain says which calls ask a question about a value, which calls use values, and of what
 * types values are worth following; it is told what was known of each value at each use.
 */
import type { GoFunction, Program } from '../package.ts';
import type { Info } from '../semantics/info.ts';
import type { Func, Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import type { CallExpr, Expr, Ident, RangeStmt, SelectorExpr } from '../syntax/ast.ts';
import type { Outcomes } from './answers.ts';
import { newTable, type Table } from './table.ts';
import type { Thing } from './things.ts';
import type { Location, Value } from './value.ts';
import type { World } from './world.ts';

/** Whom a call calls, as far as is known when it is executed. */
export interface Called {
  readonly call: CallExpr;
  /** For declared functions and methods, those of interfaces included. */
  readonly func: Func | undefined;
  /** How it was named, where it was named `x.f`: in the call, or where the method value was taken. */
  readonly selector: SelectorExpr | undefined;
  readonly receiver: Value | undefined;
  readonly args: readonly Argument[];
}

export interface Argument {
  readonly value: Value;
  /** As written; undefined for values that were not written in this call: what a method value or an iterator is given. */
  readonly expr: Expr | undefined;
  /** `xs...` */
  readonly spread: boolean;
  /** Where it was read. */
  readonly from: Location | undefined;
}

export type Meaning =
  /** It asks about its argument; a true result means this outcome. `key`: who is asked. */
  | {
      readonly kind: 'question';
      readonly about: Argument;
      readonly whenTrue: Outcomes;
      readonly asked: Value | undefined;
    }
  /** It returns the accepted elements of its argument. */
  | { readonly kind: 'sieve'; readonly list: Argument; readonly asked: Value | undefined }
  /** It uses its arguments: what is known of them is told. */
  | { readonly kind: 'use'; readonly values: readonly Argument[] }
  /** Its result is not nil. */
  | { readonly kind: 'makes' }
  /** Its result is nothing that is asked about, whatever its type says. */
  | { readonly kind: 'makes-free' };

export interface Use {
  readonly call: CallExpr;
  readonly frame: Frame;
  readonly argument: Argument;
  /** What is used of it, each with what is known of it in `world`. */
  readonly things: readonly Thing[];
  readonly world: World;
}

export interface Domain {
  /** Undefined: the call is followed if it can be and matters, else its result is not known. */
  meaningOf(called: Called): Meaning | undefined;
  /** Can running the function ask, use, or touch what is asked about? */
  matters(fn: GoFunction): boolean;
  /**
   * Are values of this type asked about? `unknown`: perhaps, such as an interface that one of them satisfies. For a struct that embeds such a
   * type the names of the fields that lead to it; for the type itself none. Of slices and pointers: what is true of their elements.
   */
  guards(type: Type): 'free' | 'unknown' | readonly string[];
  /** The types that are asked about, as far as their declarations are at hand. */
  guardedTypes(): readonly Type[];
  onQuestion(called: Called, frame: Frame, about: Argument): void;
  onUse(use: Use): void;
  onMade(called: Called, frame: Frame): void;
  /** Who is asked is nil, or may be. */
  onNilAsked(called: Called, frame: Frame): void;
  /** A call that is not followed. True: what it returns may stand for an answer about the things that it was given. */
  onUnknownCall(called: Called, frame: Frame, things: readonly Thing[], world: World): boolean;
  onGap(fn: GoFunction, why: string): void;
}

/** What is asked of a function's graph again and again, found out once. */
export interface Plan {
  /** By block index: the function's own variables whose values may still be read when control enters the block. */
  readonly live: readonly ReadonlySet<Var>[];
  /** Expressions whose value is needed by what stands behind them in the graph: tags, range operands, operands of type switches. */
  readonly kept: ReadonlySet<Expr>;
  readonly ranges: ReadonlyMap<Expr, RangeStmt>;
  /** Loops that delete elements, or set them to nil. */
  readonly thinning: ReadonlySet<RangeStmt>;
  /** The identifiers that declare the variables of type switches. */
  readonly binds: ReadonlySet<Ident>;
  /** Does a deferred function recover from panics? */
  readonly recovers: boolean;
}

/** A function that is being run. */
export interface Frame {
  readonly fn: GoFunction;
  readonly info: Info;
  readonly plan: Plan;
  /** How many of the same function were running already. */
  readonly activation: number;
  readonly parent: Frame | undefined;
  /** The call that runs it, and what it was given. */
  readonly called: Called | undefined;
  /** Names the function and the calls that led to it. */
  readonly key: string;
  readonly depth: number;
  /** Where variables are that belong to enclosing functions. */
  readonly bindings: ReadonlyMap<Var, Location>;
  /** What made the things that it was given, and the argument in which each was; undefined for the receiver. */
  readonly received: ReadonlyMap<object, Expr | undefined>;
}

export interface Machine {
  readonly program: Program;
  readonly table: Table;
  readonly domain: Domain;
  /** Is it a type that is asked about itself? Then nothing matters of a value but who it is. */
  readonly isAtom: (type: Type) => boolean;
  /** May values of the type be asked about, or hold something in an embedded field that is? */
  readonly isThing: (type: Type) => boolean;
  /** Steps left. */
  budget: number;
  /** The questions that have been asked so far, for whoever wants to know which were asked while something ran. */
  readonly questions: { readonly call: CallExpr; readonly thing: Thing }[];
  /** Functions that are run on their own, and so are not run again where somebody unknown is given them. */
  readonly entries: ReadonlySet<GoFunction>;
  /** Functions that have been run. */
  readonly visited: Set<GoFunction>;
  /** Goroutines that wait are being run again. */
  runsStarted: boolean;
  /** Everything that leads out of a frame but its returns: worlds in which somebody panics, while somebody may recover. */
  panics: World[] | undefined;
}

/** A way on, and what the expression was worth on it. */
export interface Outcome {
  readonly world: World;
  readonly value: Value;
  /** Where the value was read, so that who learns which of several it was can note it there. */
  readonly from?: Location | undefined;
}

export function newMachine(
  program: Program,
  domain: Domain,
  entries: ReadonlySet<GoFunction>,
  budget: number,
): Machine {
  const atoms = new Map<Type, boolean>();
  const isAtom = (type: Type): boolean => {
    let known = atoms.get(type);
    if (known === undefined) {
      const guard = domain.guards(type);
      known = type.kind === 'named' && guard !== 'free' && guard !== 'unknown' && guard.length === 0;
      atoms.set(type, known);
    }
    return known;
  };
  const state = { questions: [], visited: new Set<GoFunction>(), runsStarted: false, panics: undefined };
  const isThing = (type: Type) => domain.guards(type) !== 'free';
  const table = newTable(isAtom);
  return { program, table, domain, entries, isAtom, isThing, budget, ...state };
}
