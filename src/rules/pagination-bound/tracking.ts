/**
 * What provenance must know of the platform: which calls are requests, whose answers are followed.
 *
 *     page, err := c.byToken(ctx, token)     // a request, made by a function of the project; followed
 *     items, next, err := fetch(ctx, token)  // a request, by a function that the caller brings: it returns data
 *     stop, err := visit(page)               // no request: a callback, which is shown something and says whether to go on
 *     g.Go(func() error { … })               // no request of this loop: it runs at another time
 */
import type { GoFunction, GoPackage } from '../../go/package.ts';
import { openProvenance, type Provenance } from '../../go/provenance/run.ts';
import type { Signature, Type } from '../../go/semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';
import type { Platform } from '../../integrations/platform.ts';

/** Methods that start what they are given somewhere else. */
const SPAWN = /^(?:Go|TryGo|Submit|Spawn|Enqueue|AfterFunc)$/;
/** An interface with more implementations than this is not followed. */
const MAX_BODIES = 8;

export interface Requests extends Provenance {
  isRequest(call: CallExpr): boolean;
  isCallback(call: CallExpr): boolean;
}

const known = new WeakMap<Platform, WeakMap<object, Requests>>();

/** One for each program and platform: functions are summed up once. */
export function requestsOf(pkg: GoPackage, platform: Platform): Requests {
  let byProgram = known.get(platform);
  if (byProgram === undefined) {
    byProgram = new WeakMap();
    known.set(platform, byProgram);
  }
  let requests = byProgram.get(pkg.program);
  if (requests === undefined) {
    requests = openRequests(pkg, platform);
    byProgram.set(pkg.program, requests);
  }
  return requests;
}

function openRequests({ program }: GoPackage, platform: Platform): Requests {
  const tracked = new WeakMap<CallExpr, boolean>();
  const isCallback = (call: CallExpr): boolean => {
    const signature = parameterCalled(call);
    return signature?.results.every(({ type }) => isVerdict(type)) === true;
  };
  /** The signature of a function that is a parameter, of this function or of one around it. */
  const parameterCalled = (call: CallExpr): Signature | undefined => {
    const fun = unparen(call.fun);
    if (fun.kind !== 'Ident') return undefined;
    const info = program.infoOf(call);
    const object = info.objectOf(fun);
    return object?.kind === 'var' && object.role === 'param' ? info.signatureOf(call) : undefined;
  };
  const isRequest = (call: CallExpr): boolean => {
    let answer = tracked.get(call);
    if (answer === undefined) {
      answer = judge(call);
      tracked.set(call, answer);
    }
    return answer;
  };
  const judge = (call: CallExpr): boolean => {
    const fun = unparen(call.fun);
    if (fun.kind === 'SelectorExpr' && SPAWN.test(fun.sel.name) && platform.sinkAt(call) === undefined)
      return false;
    if (isCallback(call)) return false;
    if (isIteratorStep(call)) return true;
    if (platform.sinkReachedBy(call) !== undefined) return true;
    const signature = parameterCalled(call);
    return signature !== undefined && signature.results.length > 1 && isError(signature.results.at(-1)!.type);
  };
  /**
   * A step of what does not resolve, or of an interface for it: `p.NextPage(ctx)`, and `it.Next()` in a file that knows `iterator.Done`,
   * also where it is handed to a helper (`retry(it.Next)`).
   */
  const isIteratorStep = (call: CallExpr): boolean => {
    const fun = unparen(call.fun);
    const { kind } = program.calleeOf(call);
    const open = kind === 'missing' || kind === 'unknown' || kind === 'interface';
    if (fun.kind === 'SelectorExpr' && open) {
      if (/^(?:Get)?NextPage(?:WithContext)?$/.test(fun.sel.name)) return true;
      if (fun.sel.name === 'Next') return knowsDone(call);
    }
    return call.args.some((arg) => isStep(unparen(arg))) && knowsDone(call);
  };
  const isStep = (arg: Expr): boolean => arg.kind === 'SelectorExpr' && arg.sel.name === 'Next';
  const knowsDone = ({ pos }: CallExpr): boolean =>
    program.files.fileAt(pos).imports.some(({ path }) => path === 'google.golang.org/api/iterator');
  const bodiesOf = (call: CallExpr): readonly GoFunction[] => {
    if (isCallback(call) || platform.sinkAt(call) !== undefined || platform.isLogging(call)) return [];
    const callee = program.calleeOf(call);
    switch (callee.kind) {
      case 'function':
        return callee.body === undefined ? [] : [callee.body];
      case 'closure':
        return callee.functions.length > MAX_BODIES ? [] : callee.functions;
      case 'interface':
        return callee.implementations.length > MAX_BODIES ? [] : callee.implementations;
      default:
        return [];
    }
  };
  const provenance = openProvenance({
    program,
    isTracked: isRequest,
    isHarmless: (call) => platform.isLogging(call),
    isCallback,
    bodiesOf,
  });
  return { ...provenance, isRequest, isCallback };
}

function isVerdict(type: Type): boolean {
  return isError(type) || isBoolean(type);
}

export function isBoolean(type: Type): boolean {
  const t = type.kind === 'named' ? type.underlying : type;
  return t.kind === 'basic' && (t.name === 'bool' || t.name === 'untyped bool');
}

export function isError(type: Type): boolean {
  return type.kind === 'named' && type.object.name === 'error' && type.object.pkg.origin === 'universe';
}
