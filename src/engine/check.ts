/**
 * Run the rules over one package and note, beside what they say, what the judge needs to know about each place.
 *
 *     checkPackage(pkg, integrations, rules, settings)
 *     => { files, integrations, observations: [{ rule: 'vm-filter', subject: 'pkg/wiz.Wiz', findings: [...], … }], directives }
 *
 * The result is plain data without references into the program, so it may come from a worker thread and the program may be dropped.
 * A rule that throws is caught here, once: its observation becomes a `crash`, which fails the run and is never a pass (decision 1).
 * Nothing is judged here: levels, suppressions and statuses are `judge`'s.
 */
import type { GoPackage } from '../go/package.ts';
import type { Integration } from '../integrations/integration.ts';
import type { Platform } from '../integrations/platform.ts';
import type { Finding } from '../model/finding.ts';
import type { Location, Note } from '../model/location.ts';
import type { Excerpt } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import type { Observation } from '../model/verdict.ts';
import { findingMaker, type Rule } from '../rule.ts';
import { type Directive, directivesOf } from './directives.ts';
import { cutExcerpts, type Wanted } from './excerpts.ts';
import { placesOf } from './places.ts';

/** GitHub's hash of the given lines of a text (`report/line-hash`); the engine does not know the formats. */
export type HashLines = (text: string, lines: readonly number[]) => ReadonlyMap<number, string>;

export interface CheckedFinding extends Finding {
  /** Keys of the integrations that the place belongs to (decision 4). */
  readonly owners: readonly string[];
  /** The enclosing declaration, e.g. `(*Wiz).Invoke`; null between declarations. */
  readonly symbol: string | null;
  /** The innermost statement's text with white space folded: what a fingerprint remembers of the place. */
  readonly statement: string;
}

export interface OwnedNote extends Note {
  readonly owners: readonly string[];
}

export interface CheckedObservation {
  readonly rule: string;
  /** The integration's key for rules 1 to 3; null for rules that look at the whole package. */
  readonly subject: string | null;
  readonly examined: readonly OwnedNote[];
  readonly findings: readonly CheckedFinding[];
  readonly gaps: readonly OwnedNote[];
  readonly notApplicable: string | null;
  /** What the rule threw, if it did. */
  readonly crash: { readonly message: string; readonly stack: string } | null;
}

export interface CheckedIntegration {
  readonly name: string;
  readonly key: string;
  readonly package: string;
  readonly at: Location;
  readonly reasons: readonly Note[];
  readonly files: readonly string[];
}

export interface CheckedFile {
  readonly path: string;
  readonly lines: number;
  readonly generated: boolean;
  /** Where the file does not parse, and why. */
  readonly damage: readonly Note[];
  /** The lines around the places that findings name. */
  readonly excerpts: readonly Excerpt[];
  /** Line -> GitHub's hash of it, for each line that a finding starts on. */
  readonly lineHashes: ReadonlyMap<number, string>;
}

export interface CheckedPackage {
  readonly folder: string;
  readonly name: string;
  readonly files: readonly CheckedFile[];
  readonly integrations: readonly CheckedIntegration[];
  readonly observations: readonly CheckedObservation[];
  readonly directives: readonly Directive[];
}

export function checkPackage(
  pkg: GoPackage,
  integrations: readonly Integration[],
  platform: Platform,
  rules: readonly Rule[],
  settings: Settings,
  hashLines: HashLines,
): CheckedPackage {
  const { files: fileSet } = pkg.program;
  const places = placesOf(pkg);
  const observations: CheckedObservation[] = [];

  const record = (rule: Rule, subject: Integration | null, check: () => Observation): void => {
    const ownersOf = (at: Location) => (subject === null ? platform.ownersOf(at) : [subject.key]);
    const own = (note: Note): OwnedNote => ({ ...note, owners: ownersOf(note.at) });
    const base = { rule: rule.id, subject: subject?.key ?? null };
    try {
      const seen = check();
      observations.push({
        ...base,
        examined: seen.examined.map(own),
        findings: seen.findings.map((found) => ({
          ...found,
          owners: ownersOf(found.at),
          ...places.placeOf(found.at),
        })),
        gaps: seen.gaps.map(own),
        notApplicable: seen.notApplicable ?? null,
        crash: null,
      });
    } catch (error) {
      observations.push({
        ...base,
        examined: [],
        findings: [],
        gaps: [],
        notApplicable: null,
        crash: asCrash(error),
      });
    }
  };

  for (const rule of rules) {
    if (settings.skippedRules.has(rule.id)) continue;
    const finding = findingMaker(rule.messages);
    if (rule.subject === 'package')
      for (const { options, holds } of optionGroups(rule, pkg, settings))
        record(rule, null, () => narrowed(rule.check(pkg, { options, platform, finding }), holds));
    else
      for (const integration of integrations) {
        const options = settings.optionsOf(rule.id, integration.at.file);
        record(rule, integration, () => rule.check(integration, { options, platform, finding }));
      }
  }

  const wanted = wantedExcerpts(observations, integrations);
  return {
    folder: pkg.dir,
    name: pkg.name,
    files: pkg.files.map((file) => {
      const damage = file.damage.map((range) => ({ at: fileSet.locate(range), text: range.reason }));
      const places = [
        ...(wanted.get(file.path) ?? []),
        ...damage.map(({ at }) => ({ at, context: 2, starts: true })),
      ];
      const starts = new Set(places.filter((place) => place.starts).map((place) => place.at.line));
      return {
        path: file.path,
        lines: file.lineCount,
        generated: file.generated,
        damage,
        excerpts: cutExcerpts(file.text, file.lineStarts, file.lineCount, places),
        lineHashes: starts.size === 0 ? new Map<number, string>() : hashLines(file.text, [...starts]),
      };
    }),
    integrations: integrations.map(({ name, key, at, reasons, files }) => ({
      name,
      key,
      package: pkg.dir,
      at,
      reasons,
      files,
    })),
    observations,
    directives: pkg.files.flatMap((file) => directivesOf(file, fileSet)),
  };
}

interface OptionGroup {
  readonly options: ReturnType<Settings['optionsOf']>;
  /** Whose files these options are for. */
  holds(file: string): boolean;
}

/** The options of a rule within a package: mostly one set, more where an override names some of its files. */
function optionGroups(rule: Rule, pkg: GoPackage, settings: Settings): readonly OptionGroup[] {
  const groups = new Map<string, { options: OptionGroup['options']; files: Set<string> }>();
  for (const { path } of pkg.files) {
    const options = settings.optionsOf(rule.id, path);
    const key = JSON.stringify(options);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { options, files: new Set([path]) });
    else group.files.add(path);
  }
  if (groups.size <= 1) return [...groups.values()].map(({ options }) => ({ options, holds: () => true }));
  return [...groups.values()].map(({ options, files }) => ({ options, holds: (file) => files.has(file) }));
}

function narrowed(seen: Observation, holds: (file: string) => boolean): Observation {
  const within = ({ at }: { readonly at: Location }) => holds(at.file);
  return {
    ...seen,
    examined: seen.examined.filter(within),
    findings: seen.findings.filter(within),
    gaps: seen.gaps.filter(within),
  };
}

/** Per file: every place that a finding names; `starts` marks primary locations. Places in other packages' files are shown without. */
function wantedExcerpts(
  observations: readonly CheckedObservation[],
  integrations: readonly Integration[],
): ReadonlyMap<string, readonly (Wanted & { readonly starts: boolean })[]> {
  const wanted = new Map<string, (Wanted & { starts: boolean })[]>();
  const want = (at: Location, context: number, starts = false): void => {
    const list = wanted.get(at.file);
    if (list === undefined) wanted.set(at.file, [{ at, context, starts }]);
    else list.push({ at, context, starts });
  };
  for (const integration of integrations) want(integration.at, 0);
  for (const { findings } of observations)
    for (const { at, related, path, fixes } of findings) {
      want(at, 2, true);
      for (const note of [...related, ...path]) want(note.at, 1);
      for (const fix of fixes) for (const edit of fix.edits) want(edit.at, 3);
    }
  return wanted;
}

function asCrash(error: unknown): { message: string; stack: string } {
  return error instanceof Error
    ? { message: error.message, stack: error.stack ?? error.message }
    : { message: String(error), stack: String(error) };
}
