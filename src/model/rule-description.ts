/**
 * What is known of a rule without running it: the one source of `p0lint rules`, `p0lint explain`, docs/rules, the SARIF
 * descriptors, the configuration's schema and the README table.
 */
import type { Level } from './finding.ts';

export type RequirementNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** One option of a rule, as data, so that the configuration's schema, its JSON Schema and the docs derive from it. */
export type OptionSpec =
  | { readonly type: 'boolean'; readonly default: boolean; readonly description: string }
  | {
      readonly type: 'integer';
      readonly default: number;
      readonly minimum: number;
      readonly description: string;
    }
  | { readonly type: 'strings'; readonly default: readonly string[]; readonly description: string }
  | {
      readonly type: 'choice';
      readonly choices: readonly string[];
      readonly default: string;
      readonly description: string;
    };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** One finding a rule can make. `text` may hold {placeholders}; its data is typed by them. */
export interface MessageSpec {
  /** `P0-` + requirement digit + two-digit row in the table of the specification; never reused. */
  readonly code: string;
  readonly level: Level | 'off';
  /** What is wrong, why it matters, what to do: one or two sentences. */
  readonly text: string;
  /** The fault in a few words, as a heading. */
  readonly title: string;
  /** Why it matters, in plain words: docs, `explain`, SARIF help. */
  readonly why: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Go code (statements and declarations of one small file) that has the finding, and its mended form. The tests run both. */
  readonly bad?: string;
  readonly good?: string;
  readonly precision: 'very-high' | 'high' | 'medium' | 'low';
  readonly cwe?: readonly number[];
  /** A number from 0.1 to 10.0, only where the fault is one of security. */
  readonly securitySeverity?: number;
}

export type Messages = Readonly<Record<string, MessageSpec>>;

export interface RuleDescription {
  /** = file name = docs/rules/<id>.md = fixtures/rules/<id>/ */
  readonly id: string;
  /** Null for the general findings, which belong to no requirement. */
  readonly requirement: RequirementNumber | null;
  /** The property that holds when the rule passes. */
  readonly title: string;
  /** The rule's page: what it demands, how it decides, what it accepts, what it does not see. Markdown. */
  readonly documentation: string;
  readonly messages: Messages;
  readonly options: OptionSpecs;
}

export type OptionValue = boolean | number | string | readonly string[];

type ValueOf<S extends OptionSpec> = S['type'] extends 'boolean'
  ? boolean
  : S['type'] extends 'integer'
    ? number
    : S['type'] extends 'strings'
      ? readonly string[]
      : string;

/** The typed values of a rule's options. */
export type OptionsOf<S extends OptionSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> };
