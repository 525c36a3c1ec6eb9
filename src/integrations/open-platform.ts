/**
 * The platform of a program: the vocabulary applied to its calls, each question answered once.
 */
import type { GoFunction, GoPackage, Program } from '../go/package.ts';
import { type CallExpr, unparen } from '../go/syntax/ast.ts';
import type { Location } from '../model/location.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import type { Integration } from './integration.ts';
import { isLoggingCall } from './logging.ts';
import { modelsOf } from './models.ts';
import type { Platform } from './platform.ts';
import { sinksOf } from './sinks.ts';
import { isOutOfSight, mightAsk } from './unfollowed.ts';

export function openPlatform(
  program: Program,
  vocabulary: Vocabulary,
  integrations: readonly Integration[],
  packages: readonly GoPackage[],
): Platform {
  const models = modelsOf(program, vocabulary, (e) => program.infoOf(e).typeOf(e));
  return {
    vocabulary,
    ...models,
    ...sinksOf(program, vocabulary),
    mightAsk: (call, callee) => mightAsk(call, callee, program, vocabulary),
    isOutOfSight: (callee) => isOutOfSight(callee, vocabulary),
    isLogging: (call) => isLoggingCall(call, program, vocabulary),
    ownersOf: ownership(program, integrations, packages),
  };
}

/** Decision 4: by file; in shared files by who reaches the function. */
function ownership(
  program: Program,
  integrations: readonly Integration[],
  packages: readonly GoPackage[],
): (at: Location) => readonly string[] {
  const ownerOfFile = new Map(
    integrations.flatMap(({ key, files }) => files.map((file) => [file, [key]] as const)),
  );
  const files = new Map(packages.flatMap((pkg) => pkg.files.map((file) => [file.path, file] as const)));
  let reachedBy: ReadonlyMap<GoFunction, readonly string[]> | undefined;
  return (at) => {
    const owner = ownerOfFile.get(at.file);
    if (owner !== undefined) return owner;
    const file = files.get(at.file);
    if (file === undefined || integrations.length === 0) return [];
    const pos = file.base + (file.lineStarts[at.line - 1] ?? 0) + at.column - 1;
    let fn = program.functionAt(pos);
    reachedBy ??= reach(program, integrations);
    // A literal that nobody is seen to call runs, if at all, on behalf of the function it stands in.
    while (fn !== undefined && !reachedBy.has(fn)) fn = fn.parent;
    return fn === undefined ? [] : (reachedBy.get(fn) ?? []);
  };
}

/** For each function the integrations whose methods or constructors may run it. */
function reach(
  program: Program,
  integrations: readonly Integration[],
): ReadonlyMap<GoFunction, readonly string[]> {
  const result = new Map<GoFunction, string[]>();
  for (const { key, entries } of integrations) {
    const seen = new Set<GoFunction>(entries);
    for (const fn of seen) {
      const keys = result.get(fn);
      if (keys === undefined) result.set(fn, [key]);
      else keys.push(key);
      for (const literal of fn.literals) seen.add(literal);
      for (const call of fn.calls) for (const next of targets(program, call)) seen.add(next);
    }
  }
  return result;
}

/** The project functions that a call may run, functions given as arguments by name included. */
function targets(program: Program, call: CallExpr): readonly GoFunction[] {
  const callee = program.calleeOf(call);
  const handed = call.args.flatMap((arg) => {
    const e = unparen(arg);
    const name = e.kind === 'SelectorExpr' ? e.sel : e.kind === 'Ident' ? e : undefined;
    const object = name && program.infoOf(name).objectOf(name);
    const body = object?.kind === 'func' ? program.bodyOf(object.origin) : undefined;
    return body === undefined ? [] : [body];
  });
  switch (callee.kind) {
    case 'function':
      return callee.body === undefined ? handed : [callee.body, ...handed];
    case 'interface':
      return [...callee.implementations, ...handed];
    case 'closure':
      return [...callee.functions, ...handed];
    default:
      return handed;
  }
}
