/**
 * Functions without source of which it is known what they do with errors and with functions that they are given.
 */
import { falseOfNil, makesError, nilIfAllAre } from '../../knowledge/error-values.ts';
import {
  callsItsFunction,
  startsItsFunction,
  waitsForItsFunctions,
} from '../../knowledge/function-callers.ts';
import type { Callee } from '../calls/callee.ts';
import type { Type } from '../semantics/types.ts';

export type KnownFunction = 'makes-error' | 'nil-if-all-are' | 'false-of-nil' | 'calls' | 'starts' | 'waits';

const lists: readonly (readonly [KnownFunction, readonly string[]])[] = [
  ['makes-error', makesError],
  ['nil-if-all-are', nilIfAllAre],
  ['false-of-nil', falseOfNil],
  ['calls', callsItsFunction],
  ['starts', startsItsFunction],
  ['waits', waitsForItsFunctions],
];

const table: readonly (readonly [KnownFunction, RegExp])[] = lists.map(([what, patterns]) => {
  const escaped = patterns.map((p) => p.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^.]*'));
  return [what, new RegExp(`^(?:${escaped.join('|')})$`)];
});

const known = new Map<string, KnownFunction | undefined>();

/** What is known of the called function; undefined for all others. */
export function knownFunction(callee: Callee): KnownFunction | undefined {
  const name = nameOf(callee);
  if (name === undefined) return undefined;
  if (!known.has(name)) known.set(name, table.find(([, pattern]) => pattern.test(name))?.[0]);
  return known.get(name);
}

/** `errors.New`, `golang.org/x/sync/errgroup.Group.Go` */
function nameOf(callee: Callee): string | undefined {
  switch (callee.kind) {
    case 'function':
    case 'interface': {
      const { pkg, receiver, name } = callee.kind === 'function' ? callee.func : callee.method;
      return `${pkg.path}.${receiver === undefined ? '' : `${receiver.type.name}.`}${name}`;
    }
    case 'missing': {
      const type = typeName(callee.receiver);
      return `${callee.importPath}.${type === undefined ? '' : `${type}.`}${callee.name}`;
    }
    default:
      return undefined;
  }
}

function typeName(type: Type | undefined): string | undefined {
  const named = type?.kind === 'pointer' ? type.elem : type;
  return named?.kind === 'named' ? named.object.name : undefined;
}
