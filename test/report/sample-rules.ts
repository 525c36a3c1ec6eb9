/** Rule descriptions for the sample report: recorded, so that the formats' tests do not change with the rules. */
import type { MessageSpec, RequirementNumber, RuleDescription } from '../../src/model/rule-description.ts';

const spec = (
  code: string,
  level: MessageSpec['level'],
  title: string,
  text: string,
  rest: Partial<MessageSpec> = {},
) => ({
  ...{ code, level, title, text },
  why: 'The platform scans what it is sent. What nobody filtered may belong to *somebody else* <and> cost money.',
  remedy: 'Mend it where the arrow points.',
  precision: 'high' as const,
  ...rest,
});

const rule = (
  requirement: RequirementNumber | null,
  id: string,
  title: string,
  messages: RuleDescription['messages'],
): RuleDescription => ({
  ...{ id, requirement, title, messages },
  documentation: `What ${id} demands, and **how** it decides.`,
  options: {},
});

export const sampleRules: readonly RuleDescription[] = [
  rule(1, 'vm-filter', 'Every asset or risk is filtered before it is sent', {
    'not-initialized': spec(
      'P0-101',
      'error',
      'Filter never made',
      "'{type}' sends {what}s, but no filter is made for it.",
    ),
    'unfiltered-send': spec(
      'P0-102',
      'error',
      'Unfiltered send',
      "'{value}' is sent and no filter was asked about it, so systems out of scope would be scanned. Ask {filter}.Asset(&{value}) first and skip what it rejects.",
      {
        remedy: 'Ask `t.Filter.Asset(&a)` before `Send`, and skip what it rejects.',
        cwe: [862, 668],
        securitySeverity: 7.5,
        bad: 'for _, a := range assets {\n\tt.Job.Send(&a)\n}',
        good: 'for _, a := range assets {\n\tif t.Filter.Asset(&a) {\n\t\tcontinue\n\t}\n\tt.Job.Send(&a)\n}',
      },
    ),
    'discarded-verdict': spec(
      'P0-105',
      'warning',
      'Verdict thrown away',
      "The filter's verdict on '{value}' is thrown away; the value is sent regardless.",
    ),
  }),
  rule(2, 'check-affiliation', 'CheckAffiliation really asks; no stub', {
    stub: spec(
      'P0-202',
      'error',
      'Stub',
      "CheckAffiliation of '{type}' asks nobody: it always returns {verdict}.",
      {
        why: 'Somebody asks whether an asset is still ours, and the answer is made up.',
        remedy: 'Ask the API for the asset, or delegate to `CheckAffiliationSimple`.',
        cwe: [393],
      },
    ),
  }),
  rule(3, 'validate-credentials', 'Invoke validates credentials first and fails fast', {
    'error-ignored': spec(
      'P0-304',
      'error',
      'Verdict on the credentials ignored',
      "The error of '{call}' is {fate}.",
    ),
  }),
  rule(4, 'errgroup-limit', 'Every errgroup is limited; loop variables are captured', {
    'no-limit': spec(
      'P0-401',
      'error',
      'Group without limit',
      "Nothing limits '{group}' before its first Go, so every item gets a goroutine at once. Call {group}.SetLimit(10) after making it.",
      {
        why: 'A tenant with 50,000 assets means 50,000 requests at once: the API bans us, and the worker runs out of memory.',
        remedy: 'Call `SetLimit` right after making the group.',
        cwe: [770],
        precision: 'very-high',
      },
    ),
  }),
  rule(5, 'pagination-bound', 'Every pagination loop provably ends', {
    unbounded: spec(
      'P0-501',
      'error',
      'Endless pagination',
      'Only an error or a cancelled context ends this loop.',
      { cwe: [835] },
    ),
    unproven: spec(
      'P0-590',
      'warning',
      'Not proven',
      "Whether this loop ends depends on '{callee}', whose source is not at hand.",
      { precision: 'medium' },
    ),
  }),
  rule(6, 'ignored-error', 'No error is dropped; causes are wrapped with %w', {
    'blank-error': spec(
      'P0-601',
      'error',
      'Error dropped',
      "The error of '{call}' is assigned to the blank identifier.",
      {
        why: 'What failed looks as if it had succeeded.',
        remedy: 'Check it and return it with `%w`.',
        cwe: [252, 391],
      },
    ),
    'unwrapped-return': spec(
      'P0-608',
      'note',
      'Error returned bare',
      "'{error}' is returned without context.",
    ),
  }),
  rule(7, 'file-length', 'No file is longer than 400 lines', {
    'too-long': spec(
      'P0-701',
      'error',
      'File too long',
      '{file} has {lines} lines, {over} more than the limit of {max}. Split it by subject (types, client, transformation).',
      {
        why: 'Nobody reviews a long file well.',
        remedy: 'Move whole declarations to `<stem>_types.go` and the like.',
        cwe: [1080],
      },
    ),
  }),
  rule(null, 'p0lint', 'The check itself is sound', {
    'unused-suppression': spec(
      'P0-002',
      'warning',
      'Suppression that suppresses nothing',
      "This suppression of '{ids}' suppresses nothing: {why}.",
      {
        why: 'A stale waiver would hide the next fault.',
        remedy: 'Delete it, or move it to the line that it is about.',
      },
    ),
    'not-analysed': spec(
      'P0-004',
      'warning',
      'Code that was not analysed',
      '{what} was not analysed: {why}.',
      {
        why: 'A gate that stays silent about code it could not read says more than it knows.',
        remedy: 'Mend the syntax error.',
      },
    ),
  }),
];
