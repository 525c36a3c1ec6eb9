/**
 * The pipeline: from a tree of source files to a Report. It reads like a table of contents.
 *
 *     select files -> open the program -> recognise integrations -> check each package -> judge -> report
 *
 * It reads through the tree it is given and writes nothing. `await loadParser()` must have happened.
 */
import { type CheckedPackage, checkPackage } from './engine/check.ts';
import { gatePasses } from './engine/gate.ts';
import { generalRule } from './engine/general.ts';
import { type Judgement, judge } from './engine/judge.ts';
import type { GoPackage } from './go/package.ts';
import { openProgram } from './go/program.ts';
import type { Integration } from './integrations/integration.ts';
import { openPlatform } from './integrations/open-platform.ts';
import { type NearMiss, recognise } from './integrations/recognise.ts';
import { stdlibSource } from './knowledge/stdlib.ts';
import type { Level } from './model/finding.ts';
import { compareStrings } from './model/location.ts';
import type { FileReport, Notification, Report, ReportedFinding } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { Vocabulary } from './model/vocabulary.ts';
import { gitIgnore } from './project/ignore.ts';
import { type ModuleGraph, moduleGraph } from './project/modules.ts';
import { type Selection, select } from './project/select.ts';
import { type SourceTree, UnreadableFile } from './project/tree.ts';
import { hashLines } from './report/line-hash.ts';
import type { Rule } from './rule.ts';
import { tool } from './version.ts';

export interface Request {
  readonly tree: SourceTree;
  /** The module cache, if it may be read. */
  readonly moduleCache: SourceTree | undefined;
  /** What is judged, relative to the root; ['']: everything. */
  readonly paths: readonly string[];
  readonly settings: Settings;
  readonly vocabulary: Vocabulary;
  readonly rules: readonly Rule[];
  readonly repository: Report['repository'];
  readonly timestamp: string | null;
}

/** The packages a run is about, and the integrations in them. */
export interface Survey {
  /** Files and folders in scope that could not be read. */
  readonly unreadable: readonly UnreadableFile[];
  readonly selection: Selection;
  readonly packages: readonly GoPackage[];
  readonly integrations: readonly Integration[];
  readonly nearMisses: readonly NearMiss[];
  readonly modules: ModuleGraph;
}

/** Load what was selected and find the integrations: all that `list` needs. */
export function survey(request: Request): Survey {
  const { tree, settings, vocabulary } = request;
  const { excluded, tests } = settings;
  const selection = select(tree, request.paths, { ignored: gitIgnore(tree), excluded, tests });
  const cache = settings.dependencies === 'auto' ? request.moduleCache : undefined;
  const { dependencies } = settings;
  const modules = moduleGraph(tree, { dependencies, cache, stdlibSource, tests });
  const program = openProgram(modules);
  const selected = selection.folders.flatMap((folder) => program.packagesIn(folder));
  const { integrations, nearMisses } = recognise(selected, vocabulary);
  const packages = settings.scope === 'all' ? selected : packagesOf(selected, integrations);
  const unreadable = [...selection.unreadable, ...program.unreadableFiles()].filter(
    (error): error is UnreadableFile => error instanceof UnreadableFile && !error.path.startsWith('$'),
  );
  return { selection, packages, integrations, nearMisses, modules, unreadable };
}

/** The packages that hold an integration, and those below them that belong to it (decision 6). */
function packagesOf(
  packages: readonly GoPackage[],
  integrations: readonly Integration[],
): readonly GoPackage[] {
  const files = new Set(integrations.flatMap((integration) => integration.files));
  return packages.filter(
    (pkg) => integrations.some((i) => i.pkg === pkg) || pkg.files.some((file) => files.has(file.path)),
  );
}

/** Run the rules over the packages of a survey: what they observed, before anything is judged. `onPackage` is told how many are done. */
export function inspect(
  request: Request,
  { packages, integrations }: Survey,
  onPackage: (done: number) => void = () => {},
): readonly CheckedPackage[] {
  const [first] = packages;
  if (first === undefined) return [];
  const { settings, vocabulary, rules } = request;
  const platform = openPlatform(first.program, vocabulary, integrations, packages);
  return packages.map((pkg, done) => {
    onPackage(done);
    const own = integrations.filter((integration) => integration.pkg === pkg);
    return checkPackage(pkg, own, platform, rules, settings, hashLines);
  });
}

export function check(request: Request): Report {
  const surveyed = survey(request);
  return reportOn(request, surveyed, inspect(request, surveyed));
}

/** Judge what was observed and put it into a Report. */
export function reportOn(
  request: Request,
  { selection, modules, unreadable }: Pick<Survey, 'selection' | 'modules' | 'unreadable'>,
  packages: readonly CheckedPackage[],
): Report {
  const { settings, rules } = request;
  const generated = new Set(packages.flatMap((p) => p.files.filter((f) => f.generated).map((f) => f.path)));
  const chosen = new Set(selection.files);
  const inScope = (file: string): boolean => {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    return !generated.has(file) && (chosen.has(file) || !selection.partial.has(folder));
  };
  const judgement = judge(packages, rules, settings, inScope);
  const files = filesOf(packages, unreadable, inScope);
  const notifications = [...judgement.notifications, ...notificationsOf(selection, unreadable, modules)];
  const complete = judgement.complete && unreadable.length === 0;
  return {
    tool,
    scope: settings.scope,
    complete,
    gate: {
      passed: gatePasses(judgement.findings, settings.failOn, complete),
      failOn: settings.failOn,
      newOnly: false,
    },
    summary: summarise(judgement, files),
    integrations: judgement.integrations,
    findings: judgement.findings,
    notifications,
    files,
    rules: [...rules, generalRule],
    excerpts: new Map(packages.flatMap((p) => p.files.map((f) => [f.path, f.excerpts] as const))),
    lineHashes: new Map(
      packages.flatMap((p) =>
        p.files.flatMap((f) => [...f.lineHashes].map(([line, h]) => [`${f.path}:${line}`, h] as const)),
      ),
    ),
    repository: request.repository,
    timestamp: request.timestamp,
  };
}

function filesOf(
  packages: readonly CheckedPackage[],
  unreadable: readonly UnreadableFile[],
  inScope: (file: string) => boolean,
): readonly FileReport[] {
  const files = new Map<string, FileReport>();
  for (const { path, lines, damage } of packages.flatMap((p) => p.files))
    if (inScope(path)) files.set(path, { path, lines, state: damage.length > 0 ? 'damaged' : 'analysed' });
  for (const { path } of unreadable) files.set(path, { path, lines: 0, state: 'unreadable' });
  return [...files.values()].sort((a, b) => compareStrings(a.path, b.path));
}

function notificationsOf(
  selection: Selection,
  unreadable: readonly UnreadableFile[],
  modules: ModuleGraph,
): readonly Notification[] {
  const left = selection.leftOut.map(({ path, why }) =>
    notification('note', `${path} is not checked: ${why}.`, path),
  );
  const notRead = unreadable.map((error) => notification('error', `${error.message}.`, error.path));
  const missing = modules.modulesUsed().filter((use) => use.found === 'missing');
  if (missing.length === 0) return [...left, ...notRead];
  const names = missing.map(({ path, version }) => `${path}@${version}`).join(', ');
  const message = `No source at hand for ${missing.length === 1 ? 'a module' : `${missing.length} modules`}: ${names}. Calls into them are judged by convention ("probably"); \`go mod download\` brings them.`;
  return [...left, ...notRead, notification('note', message, null)];
}

function notification(level: Level, message: string, file: string | null): Notification {
  return { level, message, file, line: null };
}

function summarise(judgement: Judgement, files: readonly FileReport[]): Report['summary'] {
  const { integrations, findings } = judgement;
  const count = (level: Level) =>
    findings.filter((f: ReportedFinding) => f.suppressed === null && f.level === level).length;
  return {
    integrations: integrations.length,
    compliant: integrations.filter((i) => i.verdict === 'COMPLIANT').length,
    nonCompliant: integrations.filter((i) => i.verdict === 'NON-COMPLIANT').length,
    files: files.length,
    lines: files.reduce((sum, file) => sum + file.lines, 0),
    findings: { error: count('error'), warning: count('warning'), note: count('note') },
    suppressed: findings.filter((f) => f.suppressed !== null).length,
  };
}
