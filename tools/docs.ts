/**
 * Documentation that derives from the code: docs/rules/<id>.md, docs/configuration.md, schemas/p0lint.schema.json, and the parts between markers in README.md.
 *
 *     npm run docs            write
 *     npm run docs:check      fail where what is written differs
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { configurationJsonSchema } from '../src/config/schema.ts';
import type { MessageSpec, RuleDescription } from '../src/model/rule-description.ts';
import { rules } from '../src/rules/index.ts';
import { configurationPage } from './configuration-docs.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const stale: string[] = [];

function put(file: string, content: string): void {
  const target = path.join(ROOT, file);
  if (existsSync(target) && readFileSync(target, 'utf8') === content) return;
  stale.push(file);
  if (check) return;
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

/** The text of a file with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
function putBetween(file: string, name: string, content: string): void {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(open);
  const to = text.indexOf(close);
  if (from < 0 || to < from) throw new Error(`${file} has no ${open} … ${close}`);
  put(file, `${text.slice(0, from + open.length)}\n${content}\n${text.slice(to)}`);
}

for (const rule of rules) put(`docs/rules/${rule.id}.md`, page(rule));
put('docs/configuration.md', configurationPage(rules));
put('schemas/p0lint.schema.json', `${JSON.stringify(configurationJsonSchema(rules), null, 2)}\n`);
const pages = new Set(rules.map((rule) => `${rule.id}.md`));
for (const name of existsSync(path.join(ROOT, 'docs/rules'))
  ? readdirSync(path.join(ROOT, 'docs/rules'))
  : [])
  if (!pages.has(name)) {
    stale.push(`docs/rules/${name} (no such rule)`);
    if (!check) rmSync(path.join(ROOT, 'docs/rules', name));
  }
putBetween('README.md', 'rules', table());
putBetween('docs/github-action.md', 'action', actionTables());

if (check && stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}. Run npm run docs.`);
  process.exitCode = 1;
} else console.log(stale.length === 0 ? 'documentation is up to date' : `written: ${stale.join(', ')}`);

/** Inputs and outputs of action.yml. */
function actionTables(): string {
  const { inputs, outputs } = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as Record<
    'inputs' | 'outputs',
    Record<string, { description: string; default?: string }>
  >;
  const inputRows = Object.entries(inputs).map(
    ([name, { description, default: value }]) =>
      `| \`${name}\` | ${value ? `\`${value}\`` : ''} | ${description} |`,
  );
  const outputRows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${description} |`,
  );
  return [
    ['| Input | Default | |', '| --- | --- | --- |', ...inputRows].join('\n'),
    ['| Output | |', '| --- | --- |', ...outputRows].join('\n'),
  ].join('\n\n');
}

function table(): string {
  const rows = rules.map((r) => `| ${r.requirement} | [\`${r.id}\`](docs/rules/${r.id}.md) | ${r.title} |`);
  return ['| # | Rule | Requirement |', '| --- | --- | --- |', ...rows].join('\n');
}

function page(rule: RuleDescription): string {
  const rows = Object.entries(rule.messages).map(
    ([id, m]) => `| ${m.code} | [\`${id}\`](#${id}) | ${m.level} | ${m.title} |`,
  );
  const options = Object.entries(rule.options).map(
    ([name, o]) => `| \`${name}\` | ${o.type} | \`${JSON.stringify(o.default)}\` | ${o.description} |`,
  );
  const parts = [
    '<!-- Written by `npm run docs` from src/rules. Do not edit. -->',
    `# ${rule.id}`,
    `Requirement ${rule.requirement}: **${rule.title}**.`,
    rule.documentation,
    '## Findings',
    ['| Code | Finding | Level | |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    ...Object.entries(rule.messages).map(([id, m]) => finding(rule, id, m)),
  ];
  if (options.length > 0)
    parts.push(
      '## Options',
      ['| Option | Type | Default | |', '| --- | --- | --- | --- |', ...options].join('\n'),
    );
  return `${parts.join('\n\n')}\n`;
}

function finding(rule: RuleDescription, id: string, m: MessageSpec): string {
  const verb = rule.id === 'file-length' ? 'ignore-file' : 'ignore';
  return [
    `### ${id}`,
    `${m.code}, ${m.level}. ${m.why}`,
    `**What to do.** ${m.remedy}`,
    ...(m.bad === undefined ? [] : [`Reported:\n\n\`\`\`go\n${m.bad.trim()}\n\`\`\``]),
    ...(m.good === undefined ? [] : [`Not reported:\n\n\`\`\`go\n${m.good.trim()}\n\`\`\``]),
    `To accept one place: \`//p0lint:${verb} ${m.code} -- <reason>\`.`,
  ].join('\n\n');
}
