/**
 * The effective configuration as the engine sees it: questions with answers, whatever file, profile or flag they come from.
 *
 * `config/` makes one of these; nothing else knows what a configuration file looks like.
 */
import type { ConfiguredLevel, Level } from './finding.ts';
import type { OptionValue } from './rule-description.ts';

export interface NotApplicable {
  readonly rule: string;
  /** The integration's type name, or its key (package folder + type). */
  readonly type: string;
  readonly reason: string;
}

export interface Settings {
  readonly scope: 'integrations' | 'all';
  readonly tests: boolean;
  readonly dependencies: 'auto' | 'ignore';
  readonly failOn: Level | 'never';
  /** Rule ids that are not run at all (`--only`, `--skip`). */
  readonly skippedRules: ReadonlySet<string>;
  /** Findings (`rule/id`) that are not wanted in this run though their rule is: `--only P0-602`. */
  readonly skippedFindings: ReadonlySet<string>;
  excluded(path: string): boolean;
  /** The level of a finding in a file; `fallback` is the rule's own. */
  levelOf(rule: string, id: string, file: string, fallback: ConfiguredLevel): ConfiguredLevel;
  /** The options of a rule for a file, defaults filled in. */
  optionsOf(rule: string, file: string): Readonly<Record<string, OptionValue>>;
  readonly notApplicable: readonly NotApplicable[];
}
