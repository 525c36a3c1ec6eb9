/**
 * Recognise the integrations of packages, and say why (decision 5).
 *
 *     type Wiz struct { base.BaseCapability; Job model.Job }      embeds base.BaseCapability
 *     func (t *Wiz) Invoke() error { … }                          and has Invoke          => an integration
 *
 * A struct is one if it embeds the platform's base (also through structs of the project) and has the entry method, or is registered,
 * or has the entry method and a field of the job's type; unless its `Integration()` is constantly false. A struct that others only
 * embed, and nobody registers, is a base of their making and none.
 */
import type { GoFunction, GoPackage, Program } from '../go/package.ts';
import type { TypeName } from '../go/semantics/objects.ts';
import { unparen } from '../go/syntax/ast.ts';
import { compareStrings, type Note } from '../model/location.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import type { Integration } from './integration.ts';
import { attributeFiles } from './ownership.ts';
import { matchesAny, matchesPackage, packageOf } from './patterns.ts';
import { isMember, namedOf, shortName, shortPattern } from './type-names.ts';

/** A type that looks like an integration and is none: `list` says what it lacks. */
export interface NearMiss {
  readonly name: string;
  readonly package: string;
  readonly at: Note['at'];
  readonly why: string;
}

export interface Recognised {
  readonly integrations: readonly Integration[];
  readonly nearMisses: readonly NearMiss[];
}

export function recognise(packages: readonly GoPackage[], vocabulary: Vocabulary): Recognised {
  const nearMisses: NearMiss[] = [];
  const candidates: Candidate[] = [];
  const embedded = new Set<TypeName>();
  for (const pkg of packages) {
    const registered = registrations(pkg, vocabulary);
    for (const type of pkg.types) {
      for (const base of embeddedProjectTypes(type)) embedded.add(base);
      const found = candidateOf(type, pkg, registered.get(type), vocabulary);
      if (found !== undefined) candidates.push(found);
    }
  }
  const accepted: Candidate[] = [];
  for (const candidate of candidates) {
    const { type, pkg, registered, reasons } = candidate;
    const why =
      reasons.length === 0
        ? candidate.lacks
        : !registered && embedded.has(type)
          ? 'other structs embed it and nothing registers it: it is a base of theirs'
          : constantlyFalse(candidate, vocabulary)
            ? `its ${vocabulary.enabledMethod}() always returns false`
            : undefined;
    if (why === undefined) accepted.push(candidate);
    else if (type.ident !== undefined)
      nearMisses.push({ name: type.name, package: pkg.dir, at: pkg.program.files.locate(type.ident), why });
  }
  const files = attributeFiles(
    packages,
    accepted.map(({ type, pkg }) => ({ type, pkg })),
  );
  const integrations = accepted.map((candidate) => integrationOf(candidate, files.get(candidate.type) ?? []));
  return { integrations: integrations.sort((a, b) => compareStrings(a.key, b.key)), nearMisses };
}

interface Candidate {
  readonly type: TypeName;
  readonly pkg: GoPackage;
  readonly registered: boolean;
  readonly reasons: readonly Note[];
  /** What is missing where there are no reasons. */
  readonly lacks: string;
}

function candidateOf(
  type: TypeName,
  pkg: GoPackage,
  registration: Note | undefined,
  vocabulary: Vocabulary,
): Candidate | undefined {
  if (type.alias || type.ident === undefined) return undefined;
  const struct = type.type.kind === 'named' ? type.type.underlying : undefined;
  const base = embeddedBase(type, vocabulary);
  if (registration === undefined && struct?.kind !== 'struct') return undefined;
  const { files } = pkg.program;
  const reasons: Note[] = [];
  const invoke = projectMethod(pkg.program, type, vocabulary.entryMethod);
  const job =
    struct?.kind === 'struct'
      ? struct.fields.find((field) => isMember(field.type, vocabulary.jobTypes))
      : undefined;
  if (registration !== undefined) reasons.push(registration);
  if (base !== undefined && invoke !== undefined)
    reasons.push({ at: files.locate(type.ident), text: `embeds ${base}` });
  if (invoke !== undefined && job?.ident !== undefined)
    reasons.push({ at: files.locate(job.ident), text: `has a field of type ${shortName(job.type)}` });
  if (invoke !== undefined && reasons.length > 0) {
    const name = invoke.node.kind === 'FuncDecl' ? invoke.node.name : invoke.node;
    reasons.push({ at: files.locate(name), text: `has ${vocabulary.entryMethod}` });
  }
  if (reasons.length === 0 && base === undefined && invoke === undefined) return undefined;
  const lacks =
    base === undefined
      ? `it has ${vocabulary.entryMethod}, but neither embeds ${shortPattern(vocabulary.baseTypes[0])} nor has a job nor is registered`
      : `it embeds ${base}, but has no ${vocabulary.entryMethod} and is not registered`;
  // Every type with some method called Invoke is no near miss; one beside the platform's packages is.
  if (reasons.length === 0 && base === undefined) return undefined;
  return { type, pkg, registered: registration !== undefined, reasons, lacks };
}

function integrationOf(candidate: Candidate, files: readonly string[]): Integration {
  const { type, pkg, reasons } = candidate;
  const { program } = pkg;
  const methods = new Map<string, GoFunction | undefined>();
  return {
    name: type.name,
    key: `${pkg.dir === '' ? '' : `${pkg.dir}.`}${type.name}`,
    pkg,
    type,
    at: program.files.locate(type.ident ?? { pos: 0, end: 0 }),
    reasons,
    files,
    method(name) {
      if (!methods.has(name)) methods.set(name, projectMethod(program, type, name));
      return methods.get(name);
    },
    entries: entriesOf(type, pkg),
  };
}

/** The method of this name that a value of the type has, if its body is part of the project. */
export function projectMethod(program: Program, type: TypeName, name: string): GoFunction | undefined {
  const member = program.lookupMember({ kind: 'pointer', elem: type.type }, name);
  return member?.kind === 'method' ? program.bodyOf(member.method.origin) : undefined;
}

/** Methods of the type and of the project types it embeds, and the functions of its package that make one. */
function entriesOf(type: TypeName, pkg: GoPackage): readonly GoFunction[] {
  const types = new Set([type, ...embeddedProjectTypes(type)]);
  const packages = new Set<GoPackage>([pkg]);
  for (const base of types) {
    const home = pkg.program.importPackage(base.pkg.path);
    if (home !== undefined) packages.add(home);
  }
  return [...packages].flatMap((home) =>
    home.functions.filter((fn) => {
      const receiver = fn.object?.receiver;
      if (receiver !== undefined) return types.has(receiver.type);
      return home === pkg && fn.results.some((result) => namedOf(result.type)?.object === type);
    }),
  );
}

/** Named project types that a struct embeds, at any depth. */
function embeddedProjectTypes(type: TypeName, seen = new Set<TypeName>()): Set<TypeName> {
  const struct = type.type.kind === 'named' ? type.type.underlying : undefined;
  if (struct?.kind !== 'struct') return seen;
  for (const field of struct.fields) {
    const named = field.embedded ? namedOf(field.type) : undefined;
    if (named === undefined || named.object.pkg.origin !== 'project' || seen.has(named.object)) continue;
    seen.add(named.object);
    embeddedProjectTypes(named.object, seen);
  }
  return seen;
}

/** The platform's base that the struct embeds, as evidence names it. */
function embeddedBase(type: TypeName, vocabulary: Vocabulary): string | undefined {
  for (const struct of [type, ...embeddedProjectTypes(type)]) {
    const underlying = struct.type.kind === 'named' ? struct.type.underlying : undefined;
    if (underlying?.kind !== 'struct') continue;
    const base = underlying.fields.find(
      (field) => field.embedded && isMember(field.type, vocabulary.baseTypes),
    );
    if (base !== undefined)
      return struct === type ? shortName(base.type) : `${shortName(base.type)} through ${struct.name}`;
  }
  return undefined;
}

/** The types that this package's calls register: `registries.RegisterChariotCapability(&Wiz{}, NewWiz)`. */
function registrations(pkg: GoPackage, vocabulary: Vocabulary): ReadonlyMap<TypeName, Note> {
  const found = new Map<TypeName, Note>();
  const imports = new Set(pkg.files.flatMap((file) => file.imports.map((spec) => spec.path)));
  const registers = [...imports].some((path) =>
    vocabulary.registrars.some((pattern) => matchesPackage(packageOf(pattern), path)),
  );
  if (!registers) return found;
  for (const fn of pkg.functions)
    for (const call of fn.calls) {
      const callee = pkg.program.calleeOf(call);
      const member =
        callee.kind === 'function' && callee.func.receiver === undefined
          ? { importPath: callee.func.pkg.path, name: callee.func.name }
          : callee.kind === 'missing' && callee.receiver === undefined
            ? callee
            : undefined;
      if (member === undefined || !matchesAny(vocabulary.registrars, member)) continue;
      for (const arg of call.args) {
        const named = namedOf(pkg.info.typeOf(arg));
        if (named !== undefined && named.object.pkg.origin === 'project')
          found.set(named.object, {
            at: pkg.program.files.locate(call),
            text: `registered by ${member.name}`,
          });
      }
    }
  return found;
}

function constantlyFalse({ type, pkg }: Candidate, vocabulary: Vocabulary): boolean {
  const method = projectMethod(pkg.program, type, vocabulary.enabledMethod);
  const [only, ...more] = method?.body.stmts ?? [];
  if (method === undefined || only?.kind !== 'ReturnStmt' || more.length > 0) return false;
  const [result] = only.results;
  const value = result && method.pkg.info.constantOf(unparen(result));
  return value?.kind === 'bool' && !value.value;
}
