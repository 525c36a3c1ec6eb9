/**
 * Calls that cannot be followed and might ask: a call to the unknown counts only if it is given a context or a client (decision 11).
 *
 *     t.before(ctx)                      a function value: might ask
 *     assetkit.Instrument(client)        a library that is given a client: might ask
 *     t.onStart("wiz")                   neither a context nor a client: does not count
 *     okta.NewClient(ctx, options…)      makes a client, which asks nobody
 */
import type { Callee } from '../go/calls/callee.ts';
import type { Program } from '../go/package.ts';
import type { Func } from '../go/semantics/objects.ts';
import type { Type } from '../go/semantics/types.ts';
import type { CallExpr } from '../go/syntax/ast.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { matchesPackage } from './patterns.ts';
import { CLIENT_TYPE, CONSTRUCTOR, isContext } from './sinks.ts';
import { namedOf } from './type-names.ts';

/** Might the call, whose callee has no body in sight, ask somebody? For calls that are sinks by themselves the question does not arise. */
export function mightAsk(call: CallExpr, callee: Callee, program: Program, vocabulary: Vocabulary): boolean {
  return (
    isOutOfSight(callee, vocabulary) &&
    call.args.some((arg) => {
      const type = program.infoOf(arg).typeOf(arg);
      return isContext(type) || isClient(type);
    })
  );
}

/** Is it unknown what the call does? Of the standard library, of packages that are local only and of constructors enough is known. */
export function isOutOfSight(callee: Callee, vocabulary: Vocabulary): boolean {
  const isLocal = (path: string) => vocabulary.localPackages.some((p) => matchesPackage(p, path));
  switch (callee.kind) {
    case 'function':
      return callee.body === undefined && isForeign(callee.func, isLocal);
    case 'interface':
      return callee.implementations.length === 0 && isForeign(callee.method, isLocal);
    case 'missing':
      return !isLocal(callee.importPath) && !CONSTRUCTOR.test(callee.name);
    case 'value':
    case 'unknown':
      return true;
    default:
      return false;
  }
}

function isForeign({ pkg, name, receiver }: Func, isLocal: (path: string) => boolean): boolean {
  if (pkg.origin === 'stdlib' || pkg.origin === 'universe' || isLocal(pkg.path)) return false;
  return receiver !== undefined || !CONSTRUCTOR.test(name);
}

/** A value that stands for a remote service, by the name of its type. */
function isClient(type: Type): boolean {
  const named = namedOf(type);
  return named !== undefined && CLIENT_TYPE.test(named.object.name);
}
