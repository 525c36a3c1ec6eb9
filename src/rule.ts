/**
 * The contract between the rules and everything else.
 *
 *     export default defineRule({
 *       id: 'file-length', requirement: 7, title: 'No file is longer than 400 lines', subject: 'package',
 *       messages: { 'too-long': { code: 'P0-701', level: 'error', text: '{file} has {lines} lines …', … } },
 *       options: { max: { type: 'integer', default: 400, minimum: 1, description: '…' } },
 *       check(pkg, { options, finding }) { …; return { examined, findings, gaps: [] }; },
 *     });
 *
 * A rule is a pure function from facts to an `Observation`; it has no state, reads no files and knows no other rule.
 * Message ids, the data of each message and the options are typed by the rule's own tables.
 * It cannot return "error": an exception is caught once, in `engine/check`, and fails the run with the rule's name.
 */
import type { GoPackage } from './go/package.ts';
import type { Integration } from './integrations/integration.ts';
import type { Platform } from './integrations/platform.ts';
import type { Finding, Fix, Level } from './model/finding.ts';
import type { Location, Note } from './model/location.ts';
import type {
  Messages,
  OptionSpecs,
  OptionsOf,
  RequirementNumber,
  RuleDescription,
} from './model/rule-description.ts';
import type { Observation } from './model/verdict.ts';

type Placeholder<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The data that a message text asks for: `'{value} is sent'` -> `{ value: string }`. */
export type DataOf<T extends string> = { readonly [K in Placeholder<T>]: string };

export interface FindingDetails {
  readonly related?: readonly Note[];
  readonly path?: readonly Note[];
  readonly fixes?: readonly Fix[];
  readonly atMost?: Level;
  readonly magnitude?: number;
}

export interface RuleContext<M extends Messages, O extends OptionSpecs> {
  readonly options: OptionsOf<O>;
  /** What the calls of the platform mean: sinks, sends, filters (facts shared by the rules). */
  readonly platform: Platform;
  finding<Id extends keyof M & string>(
    id: Id,
    at: Location,
    data: DataOf<M[Id]['text']>,
    details?: FindingDetails,
  ): Finding;
}

interface RuleBase<M extends Messages, O extends OptionSpecs> extends RuleDescription {
  readonly requirement: RequirementNumber;
  readonly messages: M;
  readonly options: O;
}

/** Rules 1 to 3 look at an integration. */
export interface IntegrationRule<M extends Messages = Messages, O extends OptionSpecs = OptionSpecs>
  extends RuleBase<M, O> {
  readonly subject: 'integration';
  check(integration: Integration, context: RuleContext<M, O>): Observation;
}

/** Rules 4 to 7 look at a package; `engine/judge` splits what they say by owner (decision 4). */
export interface PackageRule<M extends Messages = Messages, O extends OptionSpecs = OptionSpecs>
  extends RuleBase<M, O> {
  readonly subject: 'package';
  /** Said of an integration in whose code the rule examined nothing: why the requirement does not apply. */
  readonly nothingExamined: string;
  check(pkg: GoPackage, context: RuleContext<M, O>): Observation;
}

// biome-ignore lint/suspicious/noExplicitAny: rules of differing message and option types stand in one list
export type Rule = IntegrationRule<any, any> | PackageRule<any, any>;

export function defineIntegrationRule<const M extends Messages, const O extends OptionSpecs>(
  rule: Omit<IntegrationRule<M, O>, 'subject'>,
): IntegrationRule<M, O> {
  return { ...rule, subject: 'integration' };
}

export function definePackageRule<const M extends Messages, const O extends OptionSpecs>(
  rule: Omit<PackageRule<M, O>, 'subject'>,
): PackageRule<M, O> {
  return { ...rule, subject: 'package' };
}

/** Builds findings for one rule; throws (a bug) where a placeholder has no value. */
export function findingMaker(messages: Messages): RuleContext<Messages, OptionSpecs>['finding'] {
  return (id, at, data, details = {}) => {
    const spec = messages[id];
    if (spec === undefined) throw new Error(`unknown finding id ${id}`);
    const values = data as Readonly<Record<string, string>>;
    return {
      id,
      data: values,
      message: fillIn(spec.text, values),
      at,
      related: details.related ?? [],
      path: details.path ?? [],
      fixes: details.fixes ?? [],
      ...(details.atMost === undefined ? {} : { atMost: details.atMost }),
      ...(details.magnitude === undefined ? {} : { magnitude: details.magnitude }),
    };
  };
}

function fillIn(text: string, data: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = data[name];
    if (value === undefined) throw new Error(`message placeholder {${name}} has no value`);
    return value;
  });
}
