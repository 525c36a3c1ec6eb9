/**
 * What asks, and what its answers mean: the domain of the dependence analysis (go/dependence) on the platform.
 *
 *     t.GetClient().Get(url)              a question whose answer has a status
 *     t.CheckAffiliationSimple(asset, …)  somebody else asks
 *     t.directory.Owns(asset)             a question if any implementation asks, unless there is only one: that is followed
 *     resp.StatusCode == 404, isNotFound  there is no such thing, which is an answer
 */
import type { Callee } from '../go/calls/callee.ts';
import { ABSENT, ANSWERED, type Domain, FAILED, type Meaning } from '../go/dependence/machine.ts';
import type { GoFunction, Program } from '../go/package.ts';
import { type CallExpr, unparen } from '../go/syntax/ast.ts';
import { matchesAny, matchesPackage } from './patterns.ts';
import type { Platform } from './platform.ts';
import { displayName } from './sinks.ts';
import { namedOf } from './type-names.ts';

/** Functions that only make or convert: what they are given comes out of them, and nothing is decided. */
const CONVERSION =
  /^(?:To|From|As|New|Must|Parse|Format|Marshal|Unmarshal|String|Int|Int32|Int64|Bool|Float64|Ptr|Deref|With)(?:[A-Z\d]|$)/;
/** Names that say that what was asked about does not exist: functions, sentinels, codes. */
const ABSENCE =
  /not[_ ]?found|no[_ ]?such|no[_ ]?rows|(?:not|n['’]?t)[_ ]?exists?|\b404\b|(?:^|[a-z_])gone$|^(?:is|err|status)?gone$/i;
/** Fields and methods that hold the status of an answer. */
const STATUS = /^(?:[hH][tT][tT][pP])?_?(?:[sS]tatus|[cC]ode|[sS]tatus_?[cC]ode|[rR]esponse[cC]ode)$/;
/** Statuses (RFC 9110, section 15) that stand for their kinds. Clients follow redirects themselves, so ranges need not tell those apart. */
const STATUSES = [
  200, 201, 202, 204, 299, 301, 302, 304, 399, 400, 401, 403, 404, 409, 410, 429, 499, 500, 502, 503, 504,
  599,
];

export function questionsOf(platform: Platform, program: Program): Domain {
  const { vocabulary } = platform;
  const asks = (fn: GoFunction) => platform.sinkReachedFrom(fn) !== undefined;

  const meaningOf = (call: CallExpr, callee: Callee): Meaning | undefined => {
    if (platform.isLogging(call)) return { kind: 'harmless' };
    const name = calledName(call);
    if (vocabulary.affiliationDelegates.includes(name))
      return { kind: 'question', name, assumed: false, as: 'delegate' };
    if (name === vocabulary.affiliationMethod && isBaseMethod(callee)) return { kind: 'refusal' };
    const sink = platform.sinkAt(call);
    if (sink !== undefined)
      return {
        kind: 'question',
        name: sink.name,
        assumed: sink.assumed,
        as: answersWithResponse(call) ? 'response' : 'call',
      };
    if (
      callee.kind === 'interface' &&
      callee.method.pkg.origin === 'project' &&
      callee.implementations.length > 1
    ) {
      if (callee.implementations.some(asks))
        return { kind: 'question', name: displayName(callee.method), assumed: false, as: 'call' };
      return { kind: 'unseen' };
    }
    if (callee.kind === 'closure' && callee.functions.length > 1) {
      const asking = callee.functions.filter(asks).length;
      if (asking > 0 && asking < callee.functions.length) return { kind: 'unseen' };
    }
    return undefined;
  };

  const isBaseMethod = (callee: Callee): boolean => {
    const type =
      callee.kind === 'function'
        ? callee.func.receiver?.type
        : callee.kind === 'missing' && callee.receiver !== undefined
          ? namedOf(callee.receiver)?.object
          : undefined;
    return (
      type !== undefined && matchesAny(vocabulary.baseTypes, { importPath: type.pkg.path, name: type.name })
    );
  };

  const answersWithResponse = (call: CallExpr): boolean => {
    const type = program.infoOf(call).typeOf(call);
    const first = type.kind === 'tuple' ? type.types[0] : type;
    const named = first && namedOf(first);
    return named !== undefined && named.object.name === 'Response' && named.object.pkg.path === 'net/http';
  };

  return {
    meaningOf,
    mayAsk(call, callee) {
      if (CONVERSION.test(calledName(call))) return false;
      const path =
        callee.kind === 'function' && callee.func.pkg.origin === 'dependency'
          ? callee.func.pkg.path
          : callee.kind === 'missing'
            ? callee.importPath
            : undefined;
      return path !== undefined && !vocabulary.localPackages.some((pattern) => matchesPackage(pattern, path));
    },
    isGround(selector) {
      if (!vocabulary.seedFields.includes(selector.sel.name)) return false;
      const selection = program.infoOf(selector).selectionOf(selector);
      if (selection?.kind !== 'field') return false;
      return platform.isJob(selection.path.at(-1)?.type ?? selection.receiver);
    },
    meansAbsent: (name) => ABSENCE.test(name),
    isStatus: (name) => STATUS.test(name),
    classOf: (status) =>
      status >= 200 && status < 300 ? ANSWERED : status === 404 || status === 410 ? ABSENT : FAILED,
    statuses: STATUSES,
  };
}

function calledName(call: CallExpr): string {
  let fun = unparen(call.fun);
  if (fun.kind === 'IndexExpr') fun = unparen(fun.x);
  return fun.kind === 'SelectorExpr' ? fun.sel.name : fun.kind === 'Ident' ? fun.name : '';
}
