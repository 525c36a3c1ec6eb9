/** The integrations of the sample report: every status and every verdict. */
import type { Note } from '../../src/model/location.ts';
import type { IntegrationReport, Requirement } from '../../src/model/report.ts';
import type { Status, Verdict } from '../../src/model/verdict.ts';
import { at, BASE, NESSUS, note, OKTA, QUALYS, STREET, TENABLE, WIZ, WIZ_CLIENT } from './sample-code.ts';
import { sampleRules } from './sample-rules.ts';

export const KEY = {
  wiz: `${BASE}/wiz.Wiz`,
  okta: `${BASE}/okta.Okta`,
  task: `${BASE}/flat.Task`,
  tenable: `${BASE}/flat.Tenable`,
  street: `${BASE}/straße.Task`,
};

function requirements(
  statuses: readonly (Status | readonly [Status, string])[],
  evidence: Readonly<Record<number, readonly Note[]>>,
): Requirement[] {
  return sampleRules.flatMap((rule, i) => {
    const given = statuses[i];
    if (rule.requirement === null || given === undefined) return [];
    const [status, reason] = typeof given === 'string' ? [given, null] : given;
    return [
      {
        ...{ number: rule.requirement, rule: rule.id, title: rule.title },
        ...{ status, reason, evidence: evidence[rule.requirement] ?? [] },
      },
    ];
  });
}

interface IntegrationSpec {
  readonly name: string;
  readonly file: string;
  readonly verdict: Verdict;
  readonly requirements: readonly Requirement[];
  readonly files?: readonly string[];
}

function integration(spec: IntegrationSpec): IntegrationReport {
  const { name, file, verdict, requirements: seven } = spec;
  const folder = file.slice(0, file.lastIndexOf('/'));
  const place = at(file, name);
  return {
    ...{ name, verdict, package: folder, key: `${folder}.${name}`, at: place },
    reasons: [{ at: place, text: 'embeds base.BaseCapability and has Invoke' }],
    files: spec.files ?? [file],
    requirements: seven,
  };
}

export function sampleIntegrations(): IntegrationReport[] {
  return [
    integration({
      name: 'Task',
      file: QUALYS,
      verdict: 'NON-COMPLIANT',
      requirements: requirements(
        [
          ...Array.from({ length: 6 }, () => ['unknown', `not analysed: ${QUALYS} does not parse`] as const),
          'pass',
        ],
        { 7: [note(QUALYS, 'package integrations', '5 lines')] },
      ),
    }),
    integration({
      name: 'Nessus',
      file: NESSUS,
      verdict: null,
      requirements: requirements(
        [
          'pass',
          ['not-checked', 'the rule was not run'],
          ['not-applicable', 'a file import: nothing is asked'],
          ['not-applicable', 'no errgroup'],
          ['not-applicable', 'no pagination loop'],
          'pass',
          'pass',
        ],
        { 1: [note(NESSUS, 'Nessus', 'its own filter')], 7: [note(NESSUS, 'package', '3 lines')] },
      ),
    }),
    integration({
      name: 'Tenable',
      file: TENABLE,
      verdict: 'NON-COMPLIANT',
      requirements: requirements(['pass', 'pass', 'pass', 'pass', 'pass', 'fail', 'pass'], {
        1: [note(TENABLE, 'Tenable', 'a filter of its own')],
      }),
    }),
    integration({
      name: 'Okta',
      file: OKTA,
      verdict: 'COMPLIANT',
      requirements: requirements(
        [
          ['not-applicable', 'Surface() returns attacksurface.SCM'],
          'pass',
          'pass',
          ['not-applicable', 'no errgroup'],
          'warn',
          'pass',
          'pass',
        ],
        {
          2: [note(OKTA, 'Invoke', 'pattern B: CheckAffiliationSimple')],
          3: [note(OKTA, 'o.ValidateCredentials()', 'checked before anything else')],
          6: Array.from({ length: 12 }, (_, i) => note(OKTA, 'err', `checked (${i + 1})`)),
          7: [note(OKTA, 'package', '11 lines')],
        },
      ),
    }),
    integration({
      name: 'Wiz',
      file: WIZ,
      verdict: 'NON-COMPLIANT',
      files: [WIZ, WIZ_CLIENT],
      requirements: requirements(['fail', 'fail', 'pass', 'fail', 'fail', 'fail', 'pass'], {
        1: [note(WIZ, 'filter.NewWizFilter(b.AWS, b.Collectors)', 'initialized')],
        3: [note(WIZ, 'w.ValidateCredentials()', 'called first'), note(WIZ, 'return err', 'fails fast')],
        6: [note(WIZ, '_ = w.audit()', 'P0-601 waived: the audit log is best effort, see `@org/audit` #12')],
        7: [note(WIZ, 'package', '41 lines'), note(WIZ_CLIENT, 'package', '10 lines')],
      }),
    }),
    integration({
      name: 'Task',
      file: STREET,
      verdict: 'COMPLIANT',
      requirements: requirements(['pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'pass'], {
        1: [note(STREET, 'Task', 'a filter | with a pipe')],
      }),
    }),
  ];
}
