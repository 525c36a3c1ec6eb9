/**
 * The configuration file, as a schema: the one source of its TypeScript type, its validation, the JSON Schema for editors and
 * docs/configuration.md.
 *
 *     extends: chariot
 *     rules:
 *       pagination-bound: { cap-missing: error }
 *       file-length: { max: 500 }
 *     not-applicable:
 *       - { rule: vm-filter, type: GitHub, reason: repositories are no assets that a filter knows }
 *
 * A rule's entry holds levels by finding id and options by name; both come from the rule itself, so that a new finding or option is
 * configurable without a change here.
 */
import * as z from 'zod';
import type { OptionSpec, RuleDescription } from '../model/rule-description.ts';

const level = z.enum(['error', 'warning', 'note', 'off']);
const patterns = z.array(z.string().min(1));

/** Lists of the vocabulary: the profile's are replaced by `key: […]` and extended by `key: { add: […], remove: […] }`. */
const list = z.union([patterns, z.strictObject({ add: patterns.optional(), remove: patterns.optional() })]);

const filterMethod = z.strictObject({
  name: z.string().min(1),
  trueMeans: z
    .enum(['reject', 'accept', 'list'])
    .describe('What a true result says of the value; list: it returns the accepted elements.'),
});

const platform = z.strictObject({
  baseTypes: list.optional().describe('Types that an integration embeds, e.g. `pkg/base.BaseCapability`.'),
  registrars: list.optional().describe('Functions that register an integration.'),
  jobTypes: list.optional().describe('The type through which an integration emits.'),
  sendMethods: list.optional().describe('Methods of a job that emit their arguments.'),
  seedFields: list.optional().describe('Fields of a job that hold what the customer owns.'),
  guardedModels: list.optional().describe('Types that must be filtered before they are sent.'),
  modelPackages: list.optional().describe('Packages all of whose other types need no filter.'),
  modelInterfaces: list.optional().describe('Interfaces of these packages that any model satisfies.'),
  filterConstructors: list.optional().describe('Functions that make a filter.'),
  filterTypes: list.optional().describe('Types that are filters.'),
  filterMethods: z
    .array(filterMethod)
    .optional()
    .describe("The filter's questions, and what a true answer means."),
  entryMethod: z.string().optional().describe('The method that runs an integration.'),
  credentialsMethod: z.string().optional().describe('The method that must succeed first.'),
  affiliationMethod: z
    .string()
    .optional()
    .describe('The method that tells whether an asset belongs to the customer.'),
  affiliationDelegates: list
    .optional()
    .describe('Methods of the base that ask on behalf of the integration.'),
  enabledMethod: z.string().optional().describe('A method that, if constantly false, says: no integration.'),
  surfaceMethod: z.string().optional().describe('The method that names the attack surface.'),
  unfilteredSurfaces: list.optional().describe('Surfaces whose integrations need no filter.'),
  sinkCalls: list.optional().describe('Calls that leave the process.'),
  sdkPackages: list.optional().describe('Packages that are known as SDKs.'),
  localPackages: list.optional().describe('Packages whose calls never leave the process.'),
  logPackages: list.optional().describe('Packages that log.'),
  clientWords: list.optional().describe('Words that name a client where its type does not resolve.'),
  groupPackages: list.optional().describe('errgroup and its drop-in forks.'),
});

function optionSchema(option: OptionSpec): z.ZodType {
  switch (option.type) {
    case 'boolean':
      return z.boolean().describe(option.description);
    case 'integer':
      return z.int().min(option.minimum).describe(option.description);
    case 'strings':
      return z.array(z.string()).describe(option.description);
    case 'choice':
      return z.enum(option.choices as [string, ...string[]]).describe(option.description);
  }
}

function ruleSchema(rule: RuleDescription): z.ZodType {
  const shape: Record<string, z.ZodType> = {};
  for (const [id, message] of Object.entries(rule.messages))
    shape[id] = level.optional().describe(`${message.code}: ${message.title} (default ${message.level}).`);
  for (const [name, option] of Object.entries(rule.options)) shape[name] = optionSchema(option).optional();
  return z
    .union([z.literal('off'), z.strictObject(shape)])
    .optional()
    .describe(`Requirement ${rule.requirement ?? '-'}: ${rule.title}. 'off' switches the whole rule off.`);
}

export function configurationSchema(rules: readonly RuleDescription[]) {
  const ids = rules.map((rule) => rule.id) as [string, ...string[]];
  const ruleEntries = z.strictObject(Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])));
  return z.strictObject({
    $schema: z.string().optional(),
    extends: z
      .enum(['chariot', 'none'])
      .optional()
      .describe('The profile that this file builds on; none: an empty vocabulary.'),
    scope: z.enum(['integrations', 'all']).optional().describe('Which Go files rules 4 to 7 look at.'),
    tests: z.boolean().optional().describe('Check _test.go files too.'),
    dependencies: z
      .enum(['auto', 'ignore'])
      .optional()
      .describe('May the module cache be read for declarations?'),
    'fail-on': z
      .enum(['error', 'warning', 'note', 'never'])
      .optional()
      .describe('Exit with 1 from this level on.'),
    exclude: patterns.optional().describe('Globs of paths, relative to this file, that are not checked.'),
    rules: ruleEntries.optional().describe('Levels and options, by rule.'),
    overrides: z
      .array(z.strictObject({ paths: patterns.min(1), rules: ruleEntries }))
      .optional()
      .describe('Levels and options for some paths; later entries win.'),
    'not-applicable': z
      .array(
        z.strictObject({
          rule: z.enum(ids),
          type: z.string().min(1).describe("The integration's type name, or `package/folder.Type`."),
          reason: z.string().min(1).describe('Stands in the review.'),
        }),
      )
      .optional()
      .describe('Requirements that do not apply to an integration, with the reason.'),
    platform: platform.optional().describe("The platform's vocabulary, where it differs from the profile's."),
  });
}

export type Configuration = z.infer<ReturnType<typeof configurationSchema>>;
export type RuleEntry = 'off' | Readonly<Record<string, unknown>>;

/** The JSON Schema that editors complete and check with. */
export function configurationJsonSchema(rules: readonly RuleDescription[]): object {
  return {
    ...z.toJSONSchema(configurationSchema(rules), { target: 'draft-7' }),
    title: 'p0lint configuration',
  };
}
