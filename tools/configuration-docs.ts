/**
 * docs/configuration.md, from the configuration's schema: every key with what it takes, its default and what it means.
 */
import { chariot } from '../src/config/chariot.ts';
import { effectiveValues } from '../src/config/effective.ts';
import { configurationJsonSchema } from '../src/config/schema.ts';
import type { RuleDescription } from '../src/model/rule-description.ts';

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

export function configurationPage(rules: readonly RuleDescription[]): string {
  const schema = configurationJsonSchema(rules) as Schema;
  const properties = schema.properties ?? {};
  const defaults = new Map(
    effectiveValues(undefined, rules, {}).map(({ path, value }) => [path.join('.'), value]),
  );
  const top = Object.entries(properties).filter(([key]) => key !== '$schema');
  const parts = [
    '<!-- Written by `npm run docs` from src/config/schema.ts. Do not edit. -->',
    '# Configuration',
    INTRODUCTION,
    MISTAKES,
    '## Keys',
    table(top.map(([key, s]) => [`\`${key}\``, kindOf(s), shown(defaults.get(key)), s.description ?? ''])),
    '## Rules',
    "A rule's entry holds levels by finding (`error`, `warning`, `note`, `off`) and options by name; `off` in its place switches the whole rule off. A requirement that was not fully run is shown as not checked, and the verdict is then open.",
    ...Object.entries(properties.rules?.properties ?? {}).flatMap(([id, s]) => ruleSection(id, s, defaults)),
    '## Paths',
    PATHS,
    '## Platform',
    PLATFORM,
    table(
      Object.entries(properties.platform?.properties ?? {}).map(([key, s]) => {
        const value = chariot[key as keyof typeof chariot];
        return [`\`${key}\``, kindOf(s), brief(value), s.description ?? ''];
      }),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function ruleSection(id: string, schema: Schema, defaults: ReadonlyMap<string, unknown>): string[] {
  const keys = schema.anyOf?.find((form) => form.properties !== undefined)?.properties ?? {};
  const rows = Object.entries(keys).map(([key, s]) => [
    `\`${key}\``,
    kindOf(s),
    shown(defaults.get(`rules.${id}.${key}`)),
    (s.description ?? '').replace(/ \(default \w+\)\.$/, '.'),
  ]);
  return [
    `### \`${id}\``,
    `${schema.description?.replace(/ 'off' switches.*/, '') ?? ''} [The rule's page](rules/${id}.md).`,
    table(rows),
  ];
}

function kindOf(schema: Schema): string {
  if (schema.enum !== undefined)
    return isLevel(schema.enum) ? 'level' : schema.enum.map((v) => `\`${v}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.anyOf !== undefined) return 'list, or `add` and `remove`';
  if (schema.type === 'array') return schema.items?.type === 'object' ? 'list of objects' : 'list';
  if (schema.type === 'integer') return `number from ${schema.minimum ?? 0}`;
  return schema.type === 'boolean' ? '`true`, `false`' : (schema.type ?? '');
}

function isLevel(values: readonly unknown[]): boolean {
  return values.length === 4 && values.includes('off');
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((v) => `\`${v}\``).join(', ');
  return `\`${value}\``;
}

const BRIEF = 4;

/** Long lists are facts about Go APIs; `p0lint config print` has them all. */
function brief(value: unknown): string {
  if (!Array.isArray(value)) return shown(value);
  const words = value.map((v) => (typeof v === 'object' ? `\`${v.name}\` (${v.trueMeans})` : `\`${v}\``));
  return words.length <= BRIEF
    ? words.join(', ') || 'none'
    : `${words.slice(0, BRIEF).join(', ')} … ${words.length} in all`;
}

function table(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return ['| Key | Takes | Default | |', '| --- | --- | --- | --- |', ...escaped].join('\n');
}

const INTRODUCTION = `p0lint needs no configuration on the \`chariot\` platform. Where something differs, \`p0lint init\` writes a commented \`p0lint.yaml\` to start from.

- The file is \`p0lint.yaml\`, \`p0lint.yml\` or \`p0lint.json\`, searched from the first checked path upwards to the folder with \`.git\`; the nearest one holds, alone. \`--config <file>\` names another. One run has one configuration: paths that would find different ones are refused.
- Options of the command line beat the file, the file beats the profile (\`extends\`), the profile beats defaults.
- A misspelt key or value is an error with its line and a suggestion, never ignored. \`p0lint config check\` looks for nothing else; \`p0lint config print\` shows every value in force and where it comes from.
- Editors complete and check it with \`schemas/p0lint.schema.json\`, by the first line that \`p0lint init\` writes.

\`\`\`yaml
extends: chariot
rules:
  pagination-bound: { cap-missing: error }
  file-length: { max: 500 }
overrides:
  - paths: [pkg/legacy]
    rules: { file-length: { too-long: warning } }
not-applicable:
  - { rule: vm-filter, type: GitHub, reason: repositories are no assets that a filter knows }
\`\`\``;

const MISTAKES = `<!-- transcript: fixtures/docs/mistaken -->
\`\`\`console
$ p0lint config check
p0lint: p0lint.yaml:1:1: unknown key 'scop'. Did you mean 'scope'?
p0lint.yaml:4:5: unknown key 'maxi'. Did you mean 'max'?
$ echo $?
2
\`\`\``;

const PATHS = `\`exclude\` and the \`paths\` of \`overrides\` are globs relative to the configuration's folder; a folder's name means everything below it, \`**/x_gen.go\` a file at any depth. Of several overrides that match a file the last one that says something about a finding or an option wins. Options can differ between the files of one package.

What an override switches \`off\` for a file is not checked for its integration, and the review says so.`;

const PLATFORM = `Which packages, types and calls mean what. Packages of the platform are matched by the end of their import path: \`pkg/model\` is \`example.com/chariot/pkg/model\` and every other path that ends so. A member is written \`pkg/model.Asset\`, a method \`pkg/model.Job.Send\`; \`*\` stands for any run of characters in a name, and at the end of a package for everything below it.

A list replaces the profile's; \`{ add: […], remove: […] }\` changes it. \`extends: none\` starts without any word of a platform and keeps the general facts about Go APIs; [fixtures/platforms/harbour](../fixtures/platforms/harbour/p0lint.yaml) describes a whole platform that way.`;
