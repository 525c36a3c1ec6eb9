/**
 * Sinks: calls that leave the process (platform.md, "What counts as an external call"; decision 10).
 *
 *     t.client.Do(req)                  (*http.Client).Do: named by the vocabulary
 *     gh.Repositories.List(ctx, org)    a method of an outside package with a context: an SDK call
 *     t.fetchPage(ctx, token)           a project function: a sink if what it calls reaches one (`sinkReachedBy`)
 *
 * Vocabulary beats source: what it names is never followed. Accessors (`resp.HasNextPage()`) and constructors (`acme.NewClient(token)`)
 * are none: no context, no error and no client. Where a type does not resolve, a client is known by its name, and the sink is `assumed`.
 */
import type { Callee } from '../go/calls/callee.ts';
import type { GoFunction, Program } from '../go/package.ts';
import type { Func } from '../go/semantics/objects.ts';
import type { Signature, Type } from '../go/semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../go/syntax/ast.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { matchesAny, matchesPackage } from './patterns.ts';
import type { Sink, SinkPath } from './platform.ts';
import { namedOf } from './type-names.ts';

export interface Sinks {
  sinkAt(call: CallExpr): Sink | undefined;
  sinkReachedBy(call: CallExpr): SinkPath | undefined;
  sinkReachedFrom(fn: GoFunction): SinkPath | undefined;
}

/** Verbs that name a request, where nothing else is known (go-api-code.md, C2.3). */
const REQUEST_VERB =
  /^(?:List|Describe|Get|Search|Query|Fetch|Find|Scan|Enumerate|Read|Do|Execute|Request|Send|Call|Create|Update|Delete|Post|Put|Patch|Head)(?:[A-Z_\d]|$)/;

/** Verbs that ask even without an argument: a request that was built before, the next page of a list. Others are accessors then. */
const BARE_VERB = /^(?:Do|Execute|Send|Call|Request|Fetch|Invoke|Run|Next\w*)$/;

/** Names of types that stand for a remote service. */
export const CLIENT_TYPE = /(?:Client|Service|API|Api|SDK|Conn|Connection)$/;
export const CONSTRUCTOR = /^(?:New|Must|With|Default|LoadDefaultConfig$)/;

export function sinksOf(program: Program, vocabulary: Vocabulary): Sinks {
  const direct = new Map<CallExpr, Sink | undefined>();
  const sinkAt = (call: CallExpr): Sink | undefined => {
    if (!direct.has(call)) direct.set(call, judgeCall(call));
    return direct.get(call);
  };

  const isLocal = (importPath: string) => vocabulary.localPackages.some((p) => matchesPackage(p, importPath));
  const isSdk = (importPath: string) => vocabulary.sdkPackages.some((p) => matchesPackage(p, importPath));

  const judgeCall = (call: CallExpr): Sink | undefined => {
    const callee = program.calleeOf(call);
    const sink = (name: string, assumed: boolean): Sink => ({ call, name, assumed });
    switch (callee.kind) {
      case 'function':
      case 'interface': {
        const func = callee.kind === 'function' ? callee.func : callee.method;
        if (matchesAny(vocabulary.sinkCalls, { importPath: func.pkg.path, name: memberName(func) }))
          return sink(displayName(func), false);
        if (callee.kind === 'interface' && isOpenClient(callee.method, callee.implementations))
          return sink(displayName(func), true);
        if (func.pkg.origin !== 'dependency' || isLocal(func.pkg.path)) return undefined;
        const known = isOutsideCallASink(func, call);
        return known === undefined ? undefined : sink(displayName(func), known === 'assumed');
      }
      case 'missing':
        return judgeMissing(callee, call, sink);
      case 'unknown': {
        const { name, receiver } = callee;
        if (name === undefined || receiver === undefined || !/^[A-Z]/.test(name)) return undefined;
        return namesClient(receiver) ? sink(`${textOf(receiver)}.${name}`, true) : undefined;
      }
      default:
        return undefined;
    }
  };

  /** Decision 10: a context parameter, or an error result on a client. Package functions need a context. */
  const isOutsideCallASink = (func: Func, call: CallExpr): 'certain' | 'assumed' | undefined => {
    const { signature, receiver } = func;
    if (receiver === undefined ? CONSTRUCTOR.test(func.name) : makesOnly(func)) return undefined;
    if (signature.params.some((param) => isContext(param.type))) return 'certain';
    if (receiver === undefined || !returnsError(signature)) return undefined;
    if (isSdk(func.pkg.path)) return 'certain';
    // Without a context only a name says that this is a service.
    if (CLIENT_TYPE.test(receiver.type.name)) return 'assumed';
    const fun = unparen(call.fun);
    return fun.kind === 'SelectorExpr' && madeByClientConstructor(fun.x) ? 'assumed' : undefined;
  };

  const judgeMissing = (
    callee: Extract<Callee, { kind: 'missing' }>,
    call: CallExpr,
    sink: (name: string, assumed: boolean) => Sink,
  ): Sink | undefined => {
    const { importPath, name, receiver } = callee;
    const type = receiver === undefined ? undefined : namedOf(receiver);
    const member = type === undefined ? name : `${type.object.name}.${name}`;
    if (matchesAny(vocabulary.sinkCalls, { importPath, name: member }))
      return sink(`${lastElement(importPath)}.${member}`, false);
    if (isLocal(importPath)) return undefined;
    const shown =
      type === undefined ? `${lastElement(importPath)}.${name}` : `${type.object.pkg.name}.${member}`;
    const context = call.args.some((arg) => isContext(typeOf(arg)) || looksLikeContext(arg));
    const fun = unparen(call.fun);
    if (context && !(receiver === undefined && fun.kind === 'SelectorExpr' && CONSTRUCTOR.test(name)))
      return sink(shown, true);
    if (receiver === undefined && type === undefined && !(fun.kind === 'SelectorExpr' && namesClient(fun.x)))
      return undefined;
    // Messages of generated protocols only have accessors, whatever they are called: `computepb.BackendService`.
    const message = type !== undefined && /pb$/.test(type.object.pkg.path);
    const client = type !== undefined && !message && CLIENT_TYPE.test(type.object.name);
    const named = fun.kind === 'SelectorExpr' && (leadsToClient(fun.x) || madeByClientConstructor(fun.x));
    const asks = client || named ? REQUEST_VERB.test(name) : isSdk(importPath) && asksAnSdk(name, call);
    return asks ? sink(shown, true) : undefined;
  };

  /** A value of an SDK is a client, or a request, or an answer: of an answer `GetValue()` only gives out what is there. */
  const asksAnSdk = (name: string, call: CallExpr): boolean =>
    BARE_VERB.test(name) || (call.args.length > 0 && REQUEST_VERB.test(name));

  /**
   * An interface of the project for a client that is not the project's (go-api-code.md, C2.2): by its name, or because what it is given or
   * gives back belongs to an outside package. Implementations in sight are mostly mocks: those that ask are followed anyway.
   */
  const isOpenClient = (method: Func, implementations: readonly GoFunction[]): boolean => {
    const { pkg, receiver, signature } = method;
    if (pkg.origin !== 'project' || receiver === undefined) return false;
    if (!signature.params.some((param) => isContext(param.type)) || !returnsError(signature)) return false;
    if (implementations.some((body) => sinkReachedFrom(body) !== undefined)) return false;
    const outside = [...signature.params, ...signature.results].some(({ type }) => isOutside(type));
    return outside || (implementations.length === 0 && CLIENT_TYPE.test(receiver.type.name));
  };

  const isOutside = (type: Type): boolean => {
    if (type.kind === 'slice') return isOutside(type.elem);
    const named = namedOf(type);
    const pkg = named?.object.pkg;
    return (
      pkg !== undefined && (pkg.origin === 'dependency' || pkg.origin === 'missing') && !isLocal(pkg.path)
    );
  };

  const typeOf = (e: Expr): Type => program.infoOf(e).typeOf(e);

  /** `client`, `t.api`, `c.graphqlClient`: a word of the name says so. Calls and indexing in between do not matter. */
  const namesClient = (x: Expr): boolean => {
    const e = unparen(x);
    const name = e.kind === 'Ident' ? e.name : e.kind === 'SelectorExpr' ? e.sel.name : undefined;
    if (name === undefined) return false;
    // A package is no client, whatever its name: `client.New()`.
    if (e.kind === 'Ident' && program.infoOf(e).objectOf(e)?.kind === 'package') return false;
    return wordsOf(name).some((word) => vocabulary.clientWords.includes(word));
  };

  /** `d.client.Domains`: a service of a client. */
  const leadsToClient = (x: Expr): boolean => {
    const e = unparen(x);
    return namesClient(e) || (e.kind === 'SelectorExpr' && leadsToClient(e.x));
  };

  /** `ctx` of a type that does not resolve, and `l.Context()`. */
  const looksLikeContext = (arg: Expr): boolean => {
    const e = unparen(arg);
    if (typeOf(e).kind !== 'unknown') return false;
    if (e.kind === 'Ident') return e.name === 'ctx';
    const fun = e.kind === 'CallExpr' ? unparen(e.fun) : e;
    return fun.kind === 'SelectorExpr' && /^(?:Context|ctx|Ctx)$/.test(fun.sel.name);
  };

  /** A local variable whose only declaration is `x := acme.NewClient(…)`, or a field chain of one (`x.Repositories`). */
  const madeByClientConstructor = (x: Expr): boolean => {
    let e = unparen(x);
    while (e.kind === 'SelectorExpr') e = unparen(e.x);
    if (e.kind !== 'Ident') return false;
    const info = program.infoOf(e);
    const variable = info.objectOf(e);
    if (variable?.kind !== 'var') return false;
    const named = namedOf(variable.type);
    return named !== undefined && CLIENT_TYPE.test(named.object.name);
  };

  const textOf = (x: Expr): string => program.files.textOf(x);

  /** What a call may run: project functions it calls, and the literals it is given or starts. */
  const runs = (call: CallExpr): readonly GoFunction[] => {
    const callee = program.calleeOf(call);
    const literals = call.args.flatMap((arg) => {
      const e = unparen(arg);
      return e.kind === 'FuncLit' ? [program.functionOf(e)] : [];
    });
    switch (callee.kind) {
      case 'function': {
        const named = { importPath: callee.func.pkg.path, name: memberName(callee.func) };
        const followed = callee.body !== undefined && !isLocal(named.importPath) ? [callee.body] : [];
        return [...followed, ...literals];
      }
      case 'interface':
        return isLocal(callee.method.pkg.path) ? literals : [...callee.implementations, ...literals];
      case 'closure':
        return [...callee.functions, ...literals];
      default:
        return literals;
    }
  };

  const reached = new Map<GoFunction, SinkPath | null>();
  /** Breadth first, so the witness is a shortest one; functions without an answer are remembered as having none. */
  const sinkReachedFrom = (start: GoFunction): SinkPath | undefined => {
    const known = reached.get(start);
    if (known !== undefined) return known ?? undefined;
    const cameBy = new Map<GoFunction, { from: GoFunction; call: CallExpr } | null>([[start, null]]);
    const queue = [start];
    for (let fn = queue.shift(); fn !== undefined; fn = queue.shift()) {
      const settled = reached.get(fn);
      const end = settled ?? ownSink(fn);
      if (end) {
        const path: SinkPath = { sink: end.sink, via: [...wayTo(fn, cameBy), ...end.via] };
        reached.set(start, path);
        return path;
      }
      if (settled === null) continue;
      for (const call of fn.calls)
        for (const next of runs(call))
          if (!cameBy.has(next)) {
            cameBy.set(next, { from: fn, call });
            queue.push(next);
          }
    }
    for (const fn of cameBy.keys()) reached.set(fn, null);
    return undefined;
  };

  const ownSink = (fn: GoFunction): SinkPath | undefined => {
    for (const call of fn.calls) {
      const sink = sinkAt(call);
      if (sink !== undefined) return { sink, via: [call] };
    }
    return undefined;
  };

  return {
    sinkAt,
    sinkReachedFrom,
    sinkReachedBy(call) {
      const sink = sinkAt(call);
      if (sink !== undefined) return { sink, via: [call] };
      for (const fn of runs(call)) {
        const path = sinkReachedFrom(fn);
        if (path !== undefined) return { sink: path.sink, via: [call, ...path.via] };
      }
      return undefined;
    },
  };
}

function wayTo(
  fn: GoFunction,
  cameBy: ReadonlyMap<GoFunction, { from: GoFunction; call: CallExpr } | null>,
): CallExpr[] {
  const way: CallExpr[] = [];
  for (let step = cameBy.get(fn); step; step = cameBy.get(step.from)) way.unshift(step.call);
  return way;
}

/** `Get`, `Client.Do`: how the vocabulary writes a function or method within its package. */
export function memberName(func: Func): string {
  return func.receiver === undefined ? func.name : `${func.receiver.type.name}.${func.name}`;
}

/** `http.Get`, `(*http.Client).Do`: how evidence names a function. */
export function displayName(func: Func): string {
  const { receiver, pkg, name } = func;
  if (receiver === undefined) return `${pkg.name}.${name}`;
  const type = `${pkg.name}.${receiver.type.name}`;
  return receiver.pointer ? `(*${type}).${name}` : `${type}.${name}`;
}

/** `context.Context`, by the package and name of the type (pkg.go.dev/context). */
export function isContext(type: Type): boolean {
  const named = namedOf(type);
  return named !== undefined && named.object.name === 'Context' && named.object.pkg.path === 'context';
}

/** What asks nobody when it is made: a request has yet to be sent, a client to be used. */
const MADE = ['net/http.Request', 'net/http.Client', 'golang.org/x/oauth2.TokenSource'];

/** `client.WithEnterpriseURLs(…)`, `client.NewRequest(…)`, `conf.Client(ctx)` */
function makesOnly({ name, signature, receiver }: Func): boolean {
  const made = signature.results[0] && namedOf(signature.results[0].type)?.object;
  if (made === undefined) return false;
  return (
    MADE.includes(`${made.pkg.path}.${made.name}`) || (made === receiver?.type && CONSTRUCTOR.test(name))
  );
}

function returnsError(signature: Signature): boolean {
  const last = signature.results.at(-1)?.type;
  return last?.kind === 'named' && last.object.name === 'error' && last.object.pkg.origin === 'universe';
}

function lastElement(importPath: string): string {
  return importPath.slice(importPath.lastIndexOf('/') + 1);
}

/** `githubAPIClient` -> github, api, client */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}
