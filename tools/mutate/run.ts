/**
 * `npm run mutate`: change the fixture integrations in ways that break or keep a requirement, and see whether the verdict follows.
 *
 *     npm run mutate -- [operator or integration …] [--survivors]
 *
 * A breaking mutant must end as `fail` where the requirement passed before (where it failed already, it proves nothing and is not
 * scored); a keeping one must leave the status as it was. Prints the rate by operator and, last, every survivor.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chariot } from '../../src/config/chariot.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { loadParser } from '../../src/go/syntax/parser.ts';
import { openPlatform } from '../../src/integrations/open-platform.ts';
import type { Report } from '../../src/model/report.ts';
import { diskTree, overlayTree, type SourceTree } from '../../src/project/tree.ts';
import { rules } from '../../src/rules/index.ts';
import { check, type Request, survey } from '../../src/run.ts';
import { functionsOf, type Mutant } from './mutant.ts';
import { operators } from './operators.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));

const requestOf = (tree: SourceTree, folder: string): Request => ({
  ...{
    tree,
    paths: [folder],
    rules,
    vocabulary: chariot,
    moduleCache: undefined,
    repository: null,
    timestamp: null,
  },
  settings: defaultSettings(rules, { dependencies: 'ignore' }),
});

type Statuses = Readonly<Record<string, string>>;

function statusesOf(report: Report, key: string): Statuses {
  const integration = report.integrations.find((i) => i.key === key);
  return Object.fromEntries(integration?.requirements.map((r) => [r.rule, r.status]) ?? []);
}

interface Tally {
  scored: number;
  right: number;
  undetermined: number;
}

await loadParser();
const disk = diskTree(FIXTURES);
const { integrations, packages } = survey(requestOf(disk, 'integrations'));
const tally = new Map<string, Tally>();
const survivors: string[] = [];

for (const integration of integrations) {
  const { program } = integration.pkg;
  const platform = openPlatform(program, chariot, integrations, packages);
  const functions = functionsOf(integration, integration.pkg);
  const textOf = (range: { pos: number; end: number }) => program.files.textOf(range);
  const before = statusesOf(check(requestOf(disk, integration.pkg.dir)), integration.key);
  for (const operator of operators) {
    if (wanted.length > 0 && !wanted.includes(operator.name) && !wanted.includes(integration.name)) continue;
    for (const made of operator.mutants({ integration, platform, functions, textOf })) {
      const mutant: Mutant = { ...made, operator: operator.name };
      const tree = overlayTree(disk, mutatedFiles(mutant, program.files));
      const after = statusesOf(check(requestOf(tree, integration.pkg.dir)), integration.key);
      score(mutant, integration.key, before, after, program.files.locate(mutant.at));
    }
  }
}

function mutatedFiles(
  mutant: Mutant,
  files: (typeof integrations)[number]['pkg']['program']['files'],
): Record<string, string> {
  const texts: Record<string, string> = {};
  const byFile = new Map<ReturnType<typeof files.fileAt>, Mutant['edits'][number][]>();
  for (const edit of mutant.edits) {
    const file = files.fileAt(edit.range.pos);
    byFile.set(file, [...(byFile.get(file) ?? []), edit]);
  }
  for (const [file, edits] of byFile) {
    let text = readFileSync(path.join(FIXTURES, file.path), 'utf8');
    for (const { range, text: replacement } of [...edits].sort((a, b) => b.range.pos - a.range.pos))
      text = text.slice(0, range.pos - file.base) + replacement + text.slice(range.end - file.base);
    texts[file.path] = text;
  }
  return texts;
}

function score(
  mutant: Mutant,
  key: string,
  before: Statuses,
  after: Statuses,
  at: { file: string; line: number },
): void {
  for (const [rule, status] of Object.entries(before)) {
    if (rule === 'file-length') continue;
    const name = `${mutant.operator} on ${rule}`;
    const effect = mutant.effects[rule];
    const row = tally.get(name) ?? { scored: 0, right: 0, undetermined: 0 };
    tally.set(name, row);
    if (effect === undefined || (effect === 'breaks' && (status === 'fail' || status === 'not-applicable'))) {
      row.undetermined++;
      continue;
    }
    row.scored++;
    const right = effect === 'breaks' ? after[rule] === 'fail' : after[rule] === status;
    if (right) row.right++;
    else
      survivors.push(
        `${at.file}:${at.line} ${mutant.operator}: ${rule} of ${key} ${effect}, was ${status}, is ${after[rule]}`,
      );
  }
}

const rows = [...tally].filter(([, row]) => row.scored > 0);
for (const [name, row] of rows) console.log(`${`${row.right}/${row.scored}`.padStart(9)}  ${name}`);
const scored = rows.reduce((sum, [, row]) => sum + row.scored, 0);
const right = rows.reduce((sum, [, row]) => sum + row.right, 0);
const undetermined = [...tally.values()].reduce((sum, row) => sum + row.undetermined, 0);
console.log(
  `\n${right} of ${scored} right (${((100 * right) / Math.max(1, scored)).toFixed(1)} %), ${undetermined} undetermined`,
);
if (survivors.length > 0) console.log(`\nNot as expected:\n${survivors.join('\n')}`);
