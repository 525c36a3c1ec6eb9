/**
 * What calls mean on the platform: the vocabulary of the configuration, applied to resolved calls.
 *
 *     platform.sinkAt(call)       // t.client.Do(req): asks a third party (platform.md, "What counts as an external call")
 *     platform.sendAt(call)       // t.Job.Send(&asset): emits the arguments
 *     platform.filterAt(call)     // t.Filter.Asset(&asset): true means reject
 *
 * These are facts that several rules share. Whether they are in order is the rules' business.
 */
import type { Callee } from '../go/calls/callee.ts';
import type { GoFunction } from '../go/package.ts';
import type { Func } from '../go/semantics/objects.ts';
import type { Type } from '../go/semantics/types.ts';
import type { CallExpr, Expr, SelectorExpr } from '../go/syntax/ast.ts';
import type { Location } from '../model/location.ts';
import type { FilterMethod, Vocabulary } from '../model/vocabulary.ts';

/** A call that leaves the process: HTTP, an SDK, a process, a database. */
export interface Sink {
  readonly call: CallExpr;
  /** How evidence names it: `(*http.Client).Do`, `github.ListRepos`. */
  readonly name: string;
  /** True where it was inferred (a type that does not resolve, a client by its name); evidence then says "assumed". */
  readonly assumed: boolean;
}

/** A sink reached from a call or function, through which calls. */
export interface SinkPath {
  readonly sink: Sink;
  /** The calls that lead to it, outermost first; the last one is the sink itself. */
  readonly via: readonly CallExpr[];
}

export interface FilterCall {
  readonly call: CallExpr;
  /** The filtered value as written (`&a`). */
  readonly value: Expr;
  /** What a true result says; `list`: it returns the accepted elements of the given list. */
  readonly trueMeans: 'reject' | 'accept' | 'list';
}

export interface Platform {
  readonly vocabulary: Vocabulary;
  /** The sink that this call is by itself; undefined for calls of project functions, even if those reach one. */
  sinkAt(call: CallExpr): Sink | undefined;
  /** The sink that this call is or may reach through project functions it calls; undefined if none. */
  sinkReachedBy(call: CallExpr): SinkPath | undefined;
  /** The first sink that a run of the function may reach, literals that it starts or calls included. */
  sinkReachedFrom(fn: GoFunction): SinkPath | undefined;
  /** A call that cannot be followed, has this callee, and is given a context or a client: it might ask (decision 11). */
  mightAsk(call: CallExpr, callee: Callee): boolean;
  /** Is it unknown what a call with this callee does? */
  isOutOfSight(callee: Callee): boolean;
  /** The values that are sent, if the call emits: `Job.Send(items...)`. `spread`: the last one is a slice of values. */
  sendAt(call: CallExpr): { readonly values: readonly Expr[]; readonly spread: boolean } | undefined;
  filterAt(call: CallExpr): FilterCall | undefined;
  /** Is it the method that emits? By the method, or, where that does not resolve, by how it is named. */
  isSend(func: Func | undefined, selector: SelectorExpr | undefined): boolean;
  /** The question to a filter that a method is. */
  questionOf(func: Func | undefined, selector: SelectorExpr | undefined): FilterMethod | undefined;
  /** `filter.NewVMFilter(…)` and its kin. */
  isFilterConstructor(call: CallExpr): boolean;
  /** Does a value of this type need a filter before it is sent? Guarded models, structs that embed one, and what is not known. */
  isGuardedModel(type: Type): 'guarded' | 'free' | 'unknown';
  isFilter(type: Type): boolean;
  isJob(type: Type): boolean;
  /** Logging, whose error-typed arguments count as looked at: by package and by the shape `log.Error().Err(err).Msg()`. */
  isLogging(call: CallExpr): boolean;
  /** Keys of the integrations that the place belongs to, by file or because their methods reach its function (decision 4). */
  ownersOf(at: Location): readonly string[];
}
