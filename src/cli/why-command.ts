/**
 * `p0lint why <file>:<line>`: how the verdict at a place came about.
 *
 *     pkg/wiz/wiz.go:45 in (*Wiz).Invoke, which counts for Wiz
 *
 *     What the calls on this line are
 *       t.client.Do(req)        asks: (*http.Client).Do
 *     P0-303 validate-credentials/not-first, error: t.ValidateCredentials is not first …
 *       1. pkg/wiz/wiz.go:31: the run begins
 *     ignored-error, requirement 6 of Wiz: pass
 *       evidence here: 3 calls that can fail
 *
 * It says what the rules said and what the platform's vocabulary makes of the calls; it knows nothing that `check` does not know.
 */
import type { GoFunction, GoPackage } from '../go/package.ts';
import type { CallExpr } from '../go/syntax/ast.ts';
import { openPlatform } from '../integrations/open-platform.ts';
import type { Platform } from '../integrations/platform.ts';
import type { Location, Note } from '../model/location.ts';
import type { Report, ReportedFinding } from '../model/report.ts';
import { UserError } from '../model/user-error.ts';
import { inspect, reportOn, survey } from '../run.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { displayPathFrom } from './locate.ts';
import { printable } from './printable.ts';
import { type RequestFlags, requestOf } from './request.ts';

/** Throws UserError where the place is none, or the file is not checked. */
export async function whyCommand(place: string, flags: RequestFlags, io: Io): Promise<ExitCode> {
  const match = /^(.+?):(\d+)(?::\d+)?$/.exec(place);
  if (match === null)
    throw new UserError(`'${place}' is no place`, 'Write <file>:<line>, e.g. pkg/wiz/wiz.go:45.');
  const [, name = '', digits = ''] = match;
  const { root, request } = await requestOf([name], { ...flags, scope: 'all' }, io);
  const surveyed = survey(request);
  const [path = ''] = request.paths;
  const [out] = surveyed.selection.leftOut;
  if (out !== undefined) throw new UserError(`${name} is not checked: ${out.why}`);
  const pkg = surveyed.packages.find((p) => p.files.some((file) => file.path === path));
  const file = pkg?.files.find((f) => f.path === path);
  if (pkg === undefined || file === undefined) throw new UserError(`${name} is no Go file`);
  const line = Number(digits);
  if (line < 1 || line > file.lineCount)
    throw new UserError(
      `${name} has ${file.lineCount} ${file.lineCount === 1 ? 'line' : 'lines'}, and no line ${digits}`,
    );

  const checked = inspect(request, surveyed);
  // Findings elsewhere in the package may have a step here.
  const whole = { ...surveyed, selection: { ...surveyed.selection, partial: new Set<string>() } };
  const report = reportOn(request, whole, checked);
  const platform = openPlatform(pkg.program, request.vocabulary, surveyed.integrations, surveyed.packages);
  const show = displayPathFrom(io.cwd, root);
  const at = (l: Location) => `${show(l.file)}:${l.line}`;
  const here = (l: Location) => l.file === path && l.line <= line && line <= Math.max(l.line, endLineOf(l));

  const source = file.text
    .slice(file.lineStarts[line - 1] ?? 0, file.lineStarts[line] ?? file.text.length)
    .trim();
  const start = file.base + (file.lineStarts[line - 1] ?? 0);
  const fn = pkg.program.functionAt(start + (/\S/.exec(file.text.slice(start - file.base))?.index ?? 0));
  const owners = platform.ownersOf({ file: path, line, column: 1, endLine: line, endColumn: 1 });
  const blocks = [
    heading(`${show(path)}:${line}`, fn, report, owners, source),
    callsOn(line, fn, pkg, platform),
    ...report.findings
      .filter((f) => [f, ...f.related, ...f.path].some((n) => here(n.at)))
      .map((f) => findingBlock(f, at)),
    ...evidenceAt(report, here),
    gapsAt(
      checked
        .flatMap((p) => p.observations)
        .flatMap((o) => o.gaps.map((gap) => ({ ...gap, text: `${o.rule}: ${gap.text}` }))),
      here,
    ),
  ].filter((block) => block !== '');
  const silent = blocks.length <= (callsOn(line, fn, pkg, platform) === '' ? 1 : 2);
  if (silent) blocks.push(nothingHere(fn, report, path, pkg, at));
  io.stdout.write(printable(`${blocks.join('\n\n')}\n`, io));
  return ExitCode.Passed;
}

function endLineOf(at: Location): number {
  return at.endColumn === 1 && at.endLine > at.line ? at.endLine - 1 : at.endLine;
}

function heading(
  place: string,
  fn: GoFunction | undefined,
  report: Report,
  owners: readonly string[],
  source: string,
): string {
  const where = fn === undefined ? 'outside of functions' : `in ${fn.symbol}`;
  const names = report.integrations.filter((i) => owners.includes(i.key)).map((i) => i.name);
  const counts = names.length === 0 ? 'counts for no integration' : `counts for ${names.join(', ')}`;
  return `${place}, ${where}; ${counts}${source === '' ? '' : `\n    ${source}`}`;
}

function callsOn(line: number, fn: GoFunction | undefined, pkg: GoPackage, platform: Platform): string {
  const { files } = pkg.program;
  let outer = fn;
  while (outer?.parent !== undefined) outer = outer.parent;
  const calls: CallExpr[] = [];
  const pending = outer === undefined ? [] : [outer];
  for (let f = pending.pop(); f !== undefined; f = pending.pop()) {
    calls.push(...f.calls.filter((call) => files.lineOf(call.fun.end - 1) === line));
    pending.push(...f.literals);
  }
  calls.sort((a, b) => a.pos - b.pos);
  const rows = calls.map((call) => {
    const text = files.textOf(call.fun).replaceAll(/\s+/g, ' ');
    return `  ${`${text}(…)`.padEnd(30)} ${meaningOf(call, pkg, platform)}`;
  });
  return rows.length === 0 ? '' : `What the calls on this line are taken for:\n${rows.join('\n')}`;
}

function meaningOf(call: CallExpr, pkg: GoPackage, platform: Platform): string {
  const sent = platform.sendAt(call);
  if (sent !== undefined) return `sends ${sent.values.map((v) => pkg.program.files.textOf(v)).join(', ')}`;
  const asked = platform.filterAt(call);
  if (asked !== undefined)
    return `asks the filter about ${pkg.program.files.textOf(asked.value)}; true means ${asked.trueMeans}`;
  if (platform.isFilterConstructor(call)) return 'makes a filter';
  const sink = platform.sinkAt(call);
  if (sink !== undefined) return `asks a third party: ${sink.name}${sink.assumed ? ' (assumed)' : ''}`;
  const reached = platform.sinkReachedBy(call);
  if (reached !== undefined) {
    const { files } = pkg.program;
    const steps = reached.via.slice(1).map((c) => `${files.textOf(c.fun)} (line ${files.lineOf(c.pos)})`);
    return `reaches a third party: ${reached.sink.name}${steps.length === 0 ? '' : `, by ${steps.join(', ')}`}`;
  }
  if (platform.isLogging(call)) return 'logs';
  const callee = pkg.program.calleeOf(call);
  return callee.kind === 'function' && callee.body !== undefined
    ? 'a function of the project that asks nobody'
    : `no third party, nothing of the platform (${callee.kind})`;
}

function findingBlock(finding: ReportedFinding, at: (l: Location) => string): string {
  const { code, rule, id, level, message, suppressed, path, related } = finding;
  const steps = path.map((note, i) => `  ${i + 1}. ${at(note.at)}: ${note.text}`);
  const notes = related.map((note) => `  ${at(note.at)}: ${note.text}`);
  const waived = suppressed === null ? [] : [`  waived: ${suppressed.reason}`];
  return [
    `${at(finding.at)}: ${level} ${code} ${rule}/${id}`,
    `  ${message}`,
    ...waived,
    ...steps,
    ...notes,
  ].join('\n');
}

/** Evidence here, by integration and requirement, with the status that it led to. */
function evidenceAt(report: Report, here: (l: Location) => boolean): string[] {
  return report.integrations.flatMap((integration) =>
    integration.requirements.flatMap(({ number, rule, status, reason, evidence }) => {
      const notes = evidence.filter((note) => here(note.at));
      if (notes.length === 0) return [];
      const why = reason === null ? '' : ` (${reason})`;
      const rows = notes.map((note) => `  evidence here: ${note.text}`);
      return [[`Requirement ${number} of ${integration.name}, ${rule}: ${status}${why}`, ...rows].join('\n')];
    }),
  );
}

function gapsAt(gaps: readonly Note[], here: (l: Location) => boolean): string {
  return gaps
    .filter((gap) => here(gap.at))
    .map((gap) => `Not analysed here: ${gap.text}`)
    .join('\n');
}

/** No rule speaks of this line: what they say about the function that it stands in. */
function nothingHere(
  fn: GoFunction | undefined,
  report: Report,
  path: string,
  pkg: GoPackage,
  at: (l: Location) => string,
): string {
  if (fn === undefined) return 'No rule says anything about this line.';
  const { files } = pkg.program;
  const [from, to] = [files.lineOf(fn.node.pos), files.lineOf(fn.node.end - 1)];
  const inside = (l: Location) => l.file === path && from <= l.line && l.line <= to;
  const findings = report.findings
    .filter((f) => inside(f.at))
    .map((f) => `  ${at(f.at)}: ${f.level} ${f.code} ${f.rule}/${f.id}`);
  const evidence = report.integrations.flatMap((i) =>
    i.requirements.flatMap((r) =>
      r.evidence.filter((n) => inside(n.at)).map((n) => `  ${at(n.at)}: ${r.rule}: ${n.text}`),
    ),
  );
  const rows = [...new Set([...findings, ...evidence])];
  return rows.length === 0
    ? `No rule says anything about this line, or about ${fn.symbol}.`
    : `No rule says anything about this line. About ${fn.symbol}:\n${rows.join('\n')}`;
}
