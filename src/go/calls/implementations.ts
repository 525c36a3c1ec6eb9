/**
 * Which methods of the project an interface method may mean.
 *
 *     var f filter.Filter; f.Asset(&a)   // every project type with all methods of Filter
 *
 * Looked at are the package of the call and the project packages that it imports, transitively; never its importers (decision 7), so
 * that the answer does not depend on what else is being judged. Types declared inside functions are not seen.
 */
import type { GoFunction, GoPackage } from '../package.ts';
import { lookup } from '../semantics/lookup.ts';
import { hasMethods } from '../semantics/method-sets.ts';
import type { Func } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import type { CallWorld } from './resolve.ts';

const closures = new WeakMap<GoPackage, readonly GoPackage[]>();
/** Methods, not their bodies: those may be given back in between. */
const answers = new WeakMap<GoPackage, Map<Func, readonly Func[]>>();

export function implementationsOf(
  world: CallWorld,
  pkg: GoPackage,
  method: Func,
  iface: Type,
): readonly GoFunction[] {
  let known = answers.get(pkg);
  if (known === undefined) {
    known = new Map();
    answers.set(pkg, known);
  }
  let found = known.get(method);
  if (found === undefined) {
    found = find(world, pkg, method, iface);
    known.set(method, found);
  }
  return found
    .map((implementation) => world.program.bodyOf(implementation))
    .filter((body) => body !== undefined);
}

function find(world: CallWorld, pkg: GoPackage, method: Func, iface: Type): readonly Func[] {
  const found = new Set<Func>();
  for (const home of reachablePackages(world, pkg)) {
    for (const name of home.types) {
      const { type } = name;
      if (type.kind !== 'named' || type.underlying.kind === 'interface') continue;
      const pointer: Type = { kind: 'pointer', elem: type };
      const member = lookup(pointer, method.name, method.pkg);
      if (member.kind !== 'method' || member.method.interfaceMethod) continue;
      if (hasMethods(pointer, iface) !== true) continue;
      for (const variant of member.method.variants) {
        found.add(variant.origin);
      }
    }
  }
  return [...found];
}

/** The package itself and the project packages it imports, directly or not. */
function reachablePackages(world: CallWorld, pkg: GoPackage): readonly GoPackage[] {
  let list = closures.get(pkg);
  if (list === undefined) {
    const seen = new Set<GoPackage>([pkg]);
    for (const next of seen) for (const imported of world.projectImports(next)) seen.add(imported);
    list = [...seen];
    closures.set(pkg, list);
  }
  return list;
}
