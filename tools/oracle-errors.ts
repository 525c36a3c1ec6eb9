/**
 * The oracle of rule 6: what errcheck and go-errorlint, which have the Go compiler's types, say of a module, and what p0lint says.
 *
 *     npm run oracle:errors -- <folder of a module>… [--recorded <folder>] [--table]
 *
 * For developers; it wants a Go toolchain and both tools (`go install github.com/kisielk/errcheck@latest`, and the same for
 * `github.com/polyfloyd/go-errorlint`), and the module's dependencies in the module cache (`go mod download`). Both sides look at the
 * same files, those that the toolchain compiles, and exclude the same calls: errcheck's own. Every difference is printed, by kind.
 * `--recorded` keeps what the Go tools said and reads it the next time; `--table` prints the rows of docs/error-detection.md.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadParser } from '../src/go/syntax/parser.ts';
import { type Comparison, compare, differenceLines, percent } from './oracle/compare.ts';
import {
  type Compiled,
  compiledPackages,
  errcheckFindings,
  errorlintFindings,
  type Reported,
  runner,
} from './oracle/go-tools.ts';
import { linesOf, openModule, type RawDrop, type RawLoss, rawDrops, rawLosses } from './oracle/raw.ts';

interface Measured {
  readonly name: string;
  readonly lines: number;
  readonly scope: Compiled;
  readonly drops: Comparison<RawDrop>;
  /** With `dependencies: ignore`. */
  readonly blind: Comparison<RawDrop>;
  readonly losses: Comparison<RawLoss>;
}

const args = process.argv.slice(2);
const table = take('--table');
const recorded = optionOf('--recorded');
if (args.length === 0) {
  console.error('usage: npm run oracle:errors -- <folder of a module>… [--recorded <folder>] [--table]');
  process.exit(2);
}
await loadParser();
const cache = spawnSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).stdout.trim();
const all: Measured[] = [];
for (const folder of args) {
  const measured = measure(path.resolve(folder));
  all.push(measured);
  if (!table) console.log(report(measured));
}
if (table) console.log(rows(all));

function take(name: string): boolean {
  const at = args.indexOf(name);
  return at >= 0 && args.splice(at, 1).length > 0;
}

function optionOf(name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}

function measure(root: string): Measured {
  const run = runner(root, recorded);
  const { scope, found } = errcheckFindings(compiledPackages(root, run), run);
  const packages = openModule(scope, cache, 'auto');
  return {
    name: path.basename(root),
    lines: linesOf(packages, scope),
    scope,
    drops: compare(found, rawDrops(packages, scope)),
    blind: compare(found, rawDrops(openModule(scope, cache, 'ignore'), scope)),
    losses: compare(errorlintFindings(scope, run), rawLosses(packages, scope)),
  };
}

function report({ name, lines, scope, drops, blind, losses }: Measured): string {
  const comparable = losses.onlyOurs.filter((loss) => loss.beyond === undefined);
  const beyond = losses.onlyOurs.filter((loss) => loss.beyond !== undefined);
  const excluded = countBy(drops.both, (drop) => drop.excludedBy);
  return [
    `${name}: ${scope.packages.length} packages, ${scope.files.size} files, ${lines} lines`,
    ...(scope.leftOut.length === 0 ? [] : [`  not loaded: ${scope.leftOut.join(', ')}`]),
    `  dropped errors: ${summary('errcheck', drops)}`,
    ...differences(
      'errcheck',
      drops,
      (r) => kindOfMissing(scope, r),
      (drop) => drop.kind,
    ),
    `  without dependencies: ${blindSummary(blind)}`,
    ...differences(
      'errcheck',
      blind,
      (r) => kindOfMissing(scope, r),
      (drop) => drop.kind,
    ),
    `  lost causes: ${summary('go-errorlint', { ...losses, onlyOurs: comparable })}`,
    ...differences(
      'go-errorlint',
      { ...losses, onlyOurs: comparable },
      () => 'formatted error',
      () => 'formatted error',
    ),
    `  lost causes that go-errorlint does not look for: ${beyond.length}`,
    ...differenceLines(beyond, (loss) => loss.beyond ?? ''),
    `  taken out by p0lint's own exclusions: ${[...excluded.values()].reduce((a, b) => a + b, 0)} of ${drops.both.length}`,
    ...[...excluded].map(([what, count]) => `    ${count} ${what}`),
  ].join('\n');
}

function summary<T extends Reported>(tool: string, { both, onlyTheirs, onlyOurs }: Comparison<T>): string {
  const theirs = both.length + onlyTheirs.length;
  const ours = both.length + onlyOurs.length;
  return `${tool} ${theirs}, p0lint ${ours}, both ${both.length}; recall ${percent(both.length, theirs)}, precision ${percent(both.length, ours)}`;
}

function blindSummary({ both, onlyTheirs, onlyOurs }: Comparison<RawDrop>): string {
  const [sure, probable] = [false, true].map((wanted) => {
    const right = both.filter((drop) => drop.probable === wanted).length;
    return [right, right + onlyOurs.filter((drop) => drop.probable === wanted).length] as const;
  }) as [readonly [number, number], readonly [number, number]];
  const theirs = both.length + onlyTheirs.length;
  return `recall ${percent(both.length, theirs)}; sure ${sure[1]}, precision ${percent(...sure)}; probable ${probable[1]}, precision ${percent(...probable)}`;
}

function differences<T extends Reported>(
  tool: string,
  { onlyTheirs, onlyOurs }: Comparison<T>,
  kindOfTheirs: (r: Reported) => string,
  kindOfOurs: (one: T) => string,
): string[] {
  return [
    ...(onlyTheirs.length === 0 ? [] : [`   only ${tool}:`, ...differenceLines(onlyTheirs, kindOfTheirs)]),
    ...(onlyOurs.length === 0 ? [] : ['   only p0lint:', ...differenceLines(onlyOurs, kindOfOurs)]),
  ];
}

/** What stands at a place that only errcheck reports: receives, ranges and recover() are reported by it on purpose. */
function kindOfMissing({ root }: Compiled, { file, line, column }: Reported): string {
  const text = readFileSync(path.join(root, file), 'utf8').split('\n')[line - 1] ?? '';
  const here = Buffer.from(text)
    .subarray(column - 1)
    .toString();
  if (/^<-/.test(here) || /^_\s*:?=\s*<-/.test(here)) return 'a received error';
  if (/\bfor\b.*\brange\b/.test(text)) return 'an error of an iterator';
  if (/\brecover\(\)/.test(text)) return 'recover()';
  return 'a call';
}

function countBy<T>(list: readonly T[], keyOf: (one: T) => string | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) {
    const key = keyOf(one);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function rows(list: readonly Measured[]): string {
  const head = [
    '| Module | Lines | errcheck | Recall | Precision | Recall blind | Sure blind | Probable blind | go-errorlint | Recall | Precision | Own exclusions |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
  ];
  const body = list.map(({ name, lines, drops, blind, losses }) => {
    const theirs = drops.both.length + drops.onlyTheirs.length;
    const cell = (wanted: boolean) => {
      const right = blind.both.filter((drop) => drop.probable === wanted).length;
      const count = right + blind.onlyOurs.filter((drop) => drop.probable === wanted).length;
      return `${count}: ${percent(right, count)}`;
    };
    const linted = losses.both.length + losses.onlyTheirs.length;
    const comparable = losses.onlyOurs.filter((loss) => loss.beyond === undefined).length;
    return [
      name,
      lines,
      theirs,
      percent(drops.both.length, theirs),
      percent(drops.both.length, drops.both.length + drops.onlyOurs.length),
      percent(blind.both.length, theirs),
      cell(false),
      cell(true),
      linted,
      percent(losses.both.length, linted),
      percent(losses.both.length, losses.both.length + comparable),
      drops.both.filter((drop) => drop.excludedBy !== undefined).length,
    ].join(' | ');
  });
  return [...head, ...body.map((row) => `| ${row} |`)].join('\n');
}
