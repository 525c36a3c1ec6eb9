/**
 * Which file a declaration belongs into: data types, the client that asks, the transformation of answers, or what runs it all.
 *
 * By what the code does where that can be seen (it asks outside), else by its name; what has no role of its own follows those that use it.
 */
import type { GoFunction, GoPackage } from '../../go/package.ts';
import type { FuncDecl } from '../../go/syntax/ast.ts';
import type { Platform } from '../../integrations/platform.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { Chunk } from './chunks.ts';

export const ROLES = ['types', 'client', 'transform'] as const;
export type Role = (typeof ROLES)[number] | 'main';

/** What belongs together and moves as one: a type with its methods, or a single declaration. */
export interface Unit {
  readonly chunks: readonly Chunk[];
  readonly role: Role;
  /** Must stay in the file. */
  readonly pinned: boolean;
  /** Stays if there is room: what one opens the file for. */
  readonly central: boolean;
}

export interface RoleFacts {
  /** Does this function itself ask a third party? */
  asks(decl: FuncDecl): boolean;
  readonly vocabulary: Vocabulary;
  /** The file's name without ending, for telling its main type. */
  readonly stem: string;
}

/** The facts that a program and its platform give. */
export function splitFacts(pkg: GoPackage, platform: Platform): Omit<RoleFacts, 'stem'> {
  return {
    vocabulary: platform.vocabulary,
    asks(decl) {
      if (decl.body === undefined) return false;
      const pending: GoFunction[] = [pkg.program.functionOf(decl)];
      for (let fn = pending.pop(); fn !== undefined; fn = pending.pop()) {
        if (fn.calls.some((call) => platform.sinkAt(call) !== undefined)) return true;
        pending.push(...fn.literals);
      }
      return false;
    },
  };
}

const CLIENT = /client|session|transport|requester|^api$|API$/i;
const TRANSFORM =
  /^(?:to|as|from|convert|map|parse|build|transform|normali[sz]e|render|decode|encode)(?:[A-Z_]|$)|^new[A-Z]\w*(?:Asset|Risk)/;

export function unitsOf(chunks: readonly Chunk[], facts: RoleFacts): readonly Unit[] {
  const main = mainType(chunks, facts);
  const typeOf = new Map<string, Chunk>();
  for (const chunk of chunks)
    if (chunk.decls.some((decl) => decl.kind === 'TypeDecl'))
      for (const name of chunk.names) typeOf.set(name, chunk);
  const groups = new Map<Chunk, Chunk[]>();
  for (const chunk of chunks) {
    const owner =
      chunk.receiver === undefined || chunk.receiver === main ? undefined : typeOf.get(chunk.receiver);
    const key = owner ?? chunk;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [chunk]);
    else group.push(chunk);
  }
  const loose = [...groups.values()].map((own) => ({
    chunks: own,
    role: roleOf(own, main, facts),
    central: isCentral(own, main, facts),
    pinned: own.some((chunk) => chunk.stays || (main !== undefined && chunk.names.includes(main))),
  }));
  return followUsers(loose);
}

/** The type that the file is about: the one that is run, the one it is named after, or the one with by far the most methods. */
function mainType(chunks: readonly Chunk[], { vocabulary, stem }: RoleFacts): string | undefined {
  const methods = new Map<string, number>();
  for (const { receiver } of chunks)
    if (receiver !== undefined) methods.set(receiver, (methods.get(receiver) ?? 0) + 1);
  const declared = new Set(chunks.flatMap((chunk) => (chunk.receiver === undefined ? chunk.names : [])));
  const run = chunks.find((chunk) => chunk.names.some((name) => name.endsWith(`.${vocabulary.entryMethod}`)));
  if (run?.receiver !== undefined && declared.has(run.receiver)) return run.receiver;
  const plain = stem.replaceAll(/[-_]/g, '').toLowerCase();
  const [most] = [...methods].sort((a, b) => b[1] - a[1]);
  const named = [...methods.keys()].find((name) => name.toLowerCase() === plain && declared.has(name));
  if (named !== undefined) return named;
  return most !== undefined && most[1] >= 3 && declared.has(most[0]) && !CLIENT.test(most[0])
    ? most[0]
    : undefined;
}

function roleOf(own: readonly Chunk[], main: string | undefined, facts: RoleFacts): Role | undefined {
  const [first] = own;
  if (first === undefined) return undefined;
  const decls = own.flatMap((chunk) => chunk.decls);
  if (main !== undefined && first.names.includes(main)) return 'main';
  if (decls.some((decl) => decl.kind === 'TypeDecl'))
    return first.names.some((name) => CLIENT.test(name)) ? 'client' : 'types';
  const fn = decls.find((decl) => decl.kind === 'FuncDecl');
  if (fn === undefined) return undefined;
  const { name } = fn.name;
  if (isCentral(own, main, facts)) return 'main';
  if (/^new/i.test(name) && CLIENT.test(name)) return 'client';
  if (facts.asks(fn)) return 'client';
  if (TRANSFORM.test(name) && fn.type.results.length > 0) return 'transform';
  return first.receiver === undefined ? undefined : 'main';
}

/** The methods that the platform calls, and the constructor. */
function isCentral(own: readonly Chunk[], main: string | undefined, { vocabulary }: RoleFacts): boolean {
  const { entryMethod, credentialsMethod, affiliationMethod, enabledMethod, surfaceMethod } = vocabulary;
  const methods = [entryMethod, credentialsMethod, affiliationMethod, enabledMethod, surfaceMethod];
  if (main === undefined) return false;
  const central = new Set([`New${main}`, ...methods.map((name) => `${main}.${name}`)]);
  return own.some((chunk) => chunk.names.some((name) => central.has(name)));
}

type Loose = Omit<Unit, 'role'> & { readonly role: Role | undefined };

/** Constants, variables and small functions go where they are used most; used nowhere, they stay. */
function followUsers(units: readonly Loose[]): readonly Unit[] {
  const roles = units.map((unit) => unit.role);
  for (let round = 0; round < 3; round++)
    for (const [i, unit] of units.entries()) {
      if (unit.role !== undefined) continue;
      const votes = new Map<Role, number>();
      for (const [j, user] of units.entries()) {
        const role = roles[j];
        if (i === j || role === undefined) continue;
        const weight = references(user, unit);
        if (weight > 0) votes.set(role, (votes.get(role) ?? 0) + weight);
      }
      const [best] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] === 'main' ? -1 : 1));
      if (best !== undefined) roles[i] = best[0];
    }
  return units.map((unit, i) => ({ ...unit, role: roles[i] ?? 'main' }));
}

/** How often the first mentions what the second declares. By name: a shadowed one counts too, which harms nobody. */
export function references(from: Pick<Unit, 'chunks'>, to: Pick<Unit, 'chunks'>): number {
  let count = 0;
  for (const { names } of to.chunks)
    for (const name of names) {
      const short = name.slice(name.indexOf('.') + 1);
      for (const { mentions } of from.chunks) count += mentions.get(short) ?? 0;
    }
  return count;
}
