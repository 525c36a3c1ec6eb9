/**
 * From defaults, a configuration file and flags to the `Settings` that the engine asks. Flags beat the file, the file beats defaults;
 * within the file the last override whose paths match wins.
 */
import picomatch from 'picomatch';
import type { ConfiguredLevel, Level } from '../model/finding.ts';
import type { OptionSpecs, OptionValue, RuleDescription } from '../model/rule-description.ts';
import type { Settings } from '../model/settings.ts';
import type { Configuration, RuleEntry } from './schema.ts';

/** What the command line decides. */
export interface Choices {
  readonly scope?: Settings['scope'];
  readonly tests?: boolean;
  readonly dependencies?: Settings['dependencies'];
  readonly failOn?: Level | 'never';
  readonly skippedRules?: ReadonlySet<string>;
  readonly skippedFindings?: ReadonlySet<string>;
}

export function defaultSettings(rules: readonly RuleDescription[], choices: Choices = {}): Settings {
  return settingsFrom({}, '', rules, choices);
}

/** One layer of rule entries: for everything (`matches` undefined) or for some paths. */
interface Layer {
  readonly matches: ((path: string) => boolean) | undefined;
  readonly rules: Readonly<Record<string, RuleEntry | undefined>>;
}

/** `folder`: where the configuration file lies, relative to the repository root; its globs are relative to that. */
export function settingsFrom(
  configuration: Configuration,
  folder: string,
  rules: readonly RuleDescription[],
  choices: Choices = {},
): Settings {
  const layers: readonly Layer[] = [
    { matches: undefined, rules: (configuration.rules ?? {}) as Layer['rules'] },
    ...(configuration.overrides ?? []).map((override) => ({
      matches: globs(override.paths, folder),
      rules: override.rules as Layer['rules'],
    })),
  ].reverse();
  const defaults = new Map(rules.map((rule) => [rule.id, defaultOptions(rule.options)]));
  // A rule that some override brings back is run, and its findings elsewhere are dropped by their level.
  const broughtBack = (id: string) =>
    layers.some((layer) => layer.matches !== undefined && (layer.rules[id] ?? 'off') !== 'off');
  const switchedOff = rules
    .map((rule) => rule.id)
    .filter((id) => configuration.rules?.[id] === 'off' && !broughtBack(id));
  const dependsOnPath = new Set(
    layers.flatMap((layer) => (layer.matches === undefined ? [] : Object.keys(layer.rules))),
  );
  const options = new Map<string, Readonly<Record<string, OptionValue>>>();

  /** The value that the first layer with an opinion has, latest override first. */
  const decided = (rule: string, key: string, path: string): unknown => {
    for (const layer of layers) {
      const entry = layer.rules[rule];
      if (entry === undefined || (layer.matches !== undefined && !layer.matches(path))) continue;
      if (entry === 'off') return 'off';
      if (entry[key] !== undefined) return entry[key];
    }
    return undefined;
  };

  return {
    scope: choices.scope ?? configuration.scope ?? 'integrations',
    tests: choices.tests ?? configuration.tests ?? false,
    dependencies: choices.dependencies ?? configuration.dependencies ?? 'auto',
    failOn: choices.failOn ?? configuration['fail-on'] ?? 'error',
    skippedRules: new Set([...(choices.skippedRules ?? []), ...switchedOff]),
    skippedFindings: choices.skippedFindings ?? new Set(),
    excluded: globs(configuration.exclude ?? [], folder),
    levelOf: (rule, id, file, fallback) =>
      (decided(rule, id, file) as ConfiguredLevel | undefined) ?? fallback,
    optionsOf(rule, path) {
      const key = dependsOnPath.has(rule) ? `${rule}\n${path}` : rule;
      let known = options.get(key);
      if (known === undefined) {
        const own = Object.entries(defaults.get(rule) ?? {});
        known = Object.fromEntries(
          own.map(([name, value]) => {
            const chosen = decided(rule, name, path);
            return [name, chosen === undefined || chosen === 'off' ? value : (chosen as OptionValue)];
          }),
        );
        options.set(key, known);
      }
      return known;
    },
    notApplicable: configuration['not-applicable'] ?? [],
  };
}

function defaultOptions(specs: OptionSpecs): Record<string, OptionValue> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}

/** Globs relative to a folder, as one test over paths relative to the root. A folder's name means everything below it. */
function globs(patterns: readonly string[], folder: string): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const prefix = folder === '' ? '' : `${picomatchEscape(folder)}/`;
  const all = patterns.flatMap((pattern) => {
    const clean = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
    return [`${prefix}${clean}`, `${prefix}${clean}/**`];
  });
  return picomatch(all, { dot: true });
}

function picomatchEscape(text: string): string {
  return text.replaceAll(/[\\*?[\]{}()!+@|]/g, '\\$&');
}
