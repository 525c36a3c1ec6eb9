/**
 * The configuration in force, value by value, and where each comes from: what `p0lint config print` shows.
 *
 *     scope: all                   # --scope
 *     rules:
 *       file-length:
 *         max: 500                 # p0lint.yaml:4
 *         too-long: error          # default
 *     platform:
 *       sendMethods: [Send, Emit]  # profile chariot, p0lint.yaml:9
 *
 * What is printed is itself a configuration that means the same.
 */
import { stringify } from 'yaml';
import type { RuleDescription } from '../model/rule-description.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import type { LoadedConfiguration } from './load.ts';
import { vocabularyOf } from './profiles.ts';
import type { Configuration, RuleEntry } from './schema.ts';

export interface EffectiveValue {
  readonly path: readonly string[];
  readonly value: unknown;
  /** `default`, `profile chariot`, `p0lint.yaml:4`, `--scope`. */
  readonly origin: string;
}

export interface FlagValues {
  readonly scope?: string;
  readonly 'fail-on'?: string;
  readonly dependencies?: string;
}

export function effectiveValues(
  loaded: LoadedConfiguration | undefined,
  rules: readonly RuleDescription[],
  flags: FlagValues,
): readonly EffectiveValue[] {
  const configuration: Configuration = loaded?.value ?? {};
  const inFile = (...path: PropertyKey[]) => `${loaded?.file}:${loaded?.lineOf(path)}`;
  const simple = (key: keyof Configuration & string, fallback: unknown): EffectiveValue => {
    const flag = flags[key as keyof FlagValues];
    if (flag !== undefined) return { path: [key], value: flag, origin: `--${key}` };
    const own = configuration[key];
    return own === undefined
      ? { path: [key], value: fallback, origin: 'default' }
      : { path: [key], value: own, origin: inFile(key) };
  };
  return [
    simple('extends', 'chariot'),
    simple('scope', 'integrations'),
    simple('tests', false),
    simple('dependencies', 'auto'),
    simple('fail-on', 'error'),
    simple('exclude', []),
    ...rules.flatMap((rule) => ruleValues(rule, configuration, inFile)),
    ...((configuration.overrides ?? []).length === 0 ? [] : [simple('overrides', [])]),
    ...((configuration['not-applicable'] ?? []).length === 0 ? [] : [simple('not-applicable', [])]),
    ...platformValues(configuration, inFile),
  ];
}

type InFile = (...path: PropertyKey[]) => string;

function ruleValues(rule: RuleDescription, configuration: Configuration, inFile: InFile): EffectiveValue[] {
  const entry = configuration.rules?.[rule.id] as RuleEntry | undefined;
  if (entry === 'off') return [{ path: ['rules', rule.id], value: 'off', origin: inFile('rules', rule.id) }];
  const value = (key: string, fallback: unknown): EffectiveValue =>
    entry?.[key] === undefined
      ? { path: ['rules', rule.id, key], value: fallback, origin: 'default' }
      : { path: ['rules', rule.id, key], value: entry[key], origin: inFile('rules', rule.id, key) };
  return [
    ...Object.entries(rule.messages).map(([id, message]) => value(id, message.level)),
    ...Object.entries(rule.options).map(([name, option]) => value(name, option.default)),
  ];
}

function platformValues(configuration: Configuration, inFile: InFile): EffectiveValue[] {
  const profile = `profile ${configuration.extends ?? 'chariot'}`;
  const vocabulary = vocabularyOf(configuration);
  return (Object.keys(vocabulary) as (keyof Vocabulary)[]).map((key) => {
    const change = configuration.platform?.[key];
    const added = typeof change === 'object' && !Array.isArray(change);
    const here = change === undefined ? undefined : inFile('platform', key);
    const origin = here === undefined ? profile : added ? `${profile}, ${here}` : here;
    return { path: ['platform', key], value: vocabulary[key], origin };
  });
}

/** The values as YAML, each with its origin behind it. */
export function printEffective(values: readonly EffectiveValue[]): string {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const { path, value, origin } of values) {
    const parents = path.slice(0, -1);
    let common = 0;
    while (common < parents.length && open[common] === parents[common]) common++;
    for (let depth = common; depth < parents.length; depth++)
      lines.push(`${'  '.repeat(depth)}${parents[depth]}:`);
    open = parents;
    const indent = '  '.repeat(parents.length);
    const [first = '', ...rest] = stringify(
      { [path.at(-1) ?? '']: value },
      { flowCollectionPadding: false, lineWidth: 0 },
    )
      .trimEnd()
      .split('\n');
    lines.push(`${`${indent}${first}`.padEnd(36)} # ${origin}`, ...rest.map((line) => indent + line));
  }
  return `${lines.join('\n')}\n`;
}
