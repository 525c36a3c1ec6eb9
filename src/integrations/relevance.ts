/**
 * Which functions of the project matter for what is sent: those that send, ask, make filters, or handle things that are filtered.
 *
 *     t.emit(asset)          sends: matters
 *     listHosts(client)      only fetches: what it returns is taken as it is
 *
 * Functions of the platform itself are never followed: what they mean is known from the vocabulary, and vocabulary beats source (decision 7).
 * A function without calls is followed always: it is short, and may be the getter or the comparison on which a decision hangs.
 */
import type { GoFunction, GoPackage, Program } from '../go/package.ts';
import type { CallExpr } from '../go/syntax/ast.ts';
import type { GuardedTypes } from './guarded-types.ts';
import { matchesPackage } from './patterns.ts';
import type { Platform } from './platform.ts';

export interface Relevance {
  matters(fn: GoFunction): boolean;
  /** Can running it send anything? */
  sends(fn: GoFunction): boolean;
}

export function relevanceOf(program: Program, platform: Platform, types: GuardedTypes): Relevance {
  const { localPackages } = platform.vocabulary;
  const platformPackages = new Map<GoPackage, boolean>();
  const isPlatform = (pkg: GoPackage): boolean => {
    let known = platformPackages.get(pkg);
    if (known === undefined) {
      known = localPackages.some((pattern) => matchesPackage(pattern, pkg.path));
      platformPackages.set(pkg, known);
    }
    return known;
  };

  const handles = (fn: GoFunction): boolean =>
    [...fn.params, ...fn.results].some((v) => types.touches(v.type)) ||
    fn.calls.length === 0 ||
    fn.calls.some((call) => platform.isFilterConstructor(call) || types.touches(fn.pkg.info.typeOf(call)));

  const emits = (fn: GoFunction): boolean => fn.calls.some((call) => platform.sendAt(call) !== undefined);
  const asks = (fn: GoFunction): boolean => fn.calls.some((call) => platform.filterAt(call) !== undefined);

  const next = (fn: GoFunction): readonly GoFunction[] =>
    [...fn.literals, ...fn.calls.flatMap((call) => bodiesCalled(program, call))].filter(
      (body) => !isPlatform(body.pkg),
    );

  const reaches = (own: (fn: GoFunction) => boolean): ((fn: GoFunction) => boolean) => {
    const known = new Map<GoFunction, boolean>();
    return (start) => {
      const settled = known.get(start);
      if (settled !== undefined) return settled;
      const seen = new Set([start]);
      for (const fn of seen) {
        if (known.get(fn) === true || (known.get(fn) === undefined && own(fn))) {
          known.set(start, true);
          return true;
        }
        if (known.get(fn) === undefined) for (const more of next(fn)) seen.add(more);
      }
      for (const fn of seen) known.set(fn, false);
      return false;
    };
  };

  const followed = reaches((fn) => emits(fn) || asks(fn) || handles(fn));
  return { matters: (fn) => !isPlatform(fn.pkg) && followed(fn), sends: reaches(emits) };
}

/** The project functions that a call may run, as far as names and types tell. */
export function bodiesCalled(program: Program, call: CallExpr): readonly GoFunction[] {
  const callee = program.calleeOf(call);
  switch (callee.kind) {
    case 'function':
      return callee.body === undefined ? [] : [callee.body];
    case 'interface':
      return callee.implementations;
    case 'closure':
      return callee.functions;
    default:
      return [];
  }
}
