/**
 * From flags (and later a file) to the `Settings` that the engine asks.
 */
import type { ConfiguredLevel, Level } from '../model/finding.ts';
import type { OptionSpecs, OptionValue, RuleDescription } from '../model/rule-description.ts';
import type { Settings } from '../model/settings.ts';

export interface Choices {
  readonly scope?: Settings['scope'];
  readonly tests?: boolean;
  readonly dependencies?: Settings['dependencies'];
  readonly failOn?: Level | 'never';
  readonly skippedRules?: ReadonlySet<string>;
  readonly skippedFindings?: ReadonlySet<string>;
}

export function defaultSettings(rules: readonly RuleDescription[], choices: Choices = {}): Settings {
  const options = new Map(rules.map((rule) => [rule.id, defaultOptions(rule.options)]));
  return {
    scope: choices.scope ?? 'integrations',
    tests: choices.tests ?? false,
    dependencies: choices.dependencies ?? 'auto',
    failOn: choices.failOn ?? 'error',
    skippedRules: choices.skippedRules ?? new Set(),
    skippedFindings: choices.skippedFindings ?? new Set(),
    excluded: () => false,
    levelOf: (_rule: string, _id: string, _file: string, fallback: ConfiguredLevel) => fallback,
    optionsOf: (rule) => options.get(rule) ?? {},
    notApplicable: [],
  };
}

function defaultOptions(specs: OptionSpecs): Record<string, OptionValue> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}
