/**
 * A report as the pipeline makes them, by hand: every status, level and kind of suppression, shared files, notes, fixes, paths, Unicode
 * and hostile text. Places are found by the text that stands there, so that the sample cannot contradict itself.
 */
import type { Edit, Fix } from '../../src/model/finding.ts';
import { compareLocations, type Location, type Note } from '../../src/model/location.ts';
import type { IntegrationReport, Report, ReportedFinding, Requirement } from '../../src/model/report.ts';
import type { Status, Verdict } from '../../src/model/verdict.ts';
import { hashLines } from '../../src/report/line-hash.ts';
import { sampleRules } from './sample-rules.ts';

const BASE = 'pkg/tasks/integrations';
const WIZ = `${BASE}/wiz/wiz.go`;
const WIZ_CLIENT = `${BASE}/wiz/wiz_client.go`;
const OKTA = `${BASE}/okta/okta.go`;
const QUALYS = `${BASE}/flat/qualys.go`;
const TENABLE = `${BASE}/flat/tenable-vm.go`;
const NESSUS = `${BASE}/flat/nessus.go`;
const COMMON = `${BASE}/flat/common.go`;
const STREET = `${BASE}/straße/größe.go`;
const EVIL = 'pkg/lib/@evil #12 <img src=x>|`rm`.go';

export const sources: Readonly<Record<string, string>> = {
  [WIZ]: `package wiz

import (
	"example.com/chariot/pkg/base"
	"example.com/chariot/pkg/filter"
)

type Wiz struct {
	base.BaseCapability
	Filter model.Filter
}

func NewWiz(b base.BaseCapability) *Wiz {
	return &Wiz{BaseCapability: b, Filter: filter.NewWizFilter(b.AWS, b.Collectors)}
}

func (w *Wiz) Invoke() error {
	if err := w.ValidateCredentials(); err != nil {
		return err
	}
	var g errgroup.Group
	for _, project := range w.projects() {
		g.Go(func() error { return w.issues(project) })
	}
	for _, node := range w.nodes() {
		asset := model.NewAsset(node.DNS, node.IP)
		w.Job.Send(&asset)
	}
	for _, 名前 := range w.names() {
		名前, _ := w.lookUp("日本語 😀", 名前) // é: the error goes
		w.emit(名前)
	}
	//p0lint:ignore ignored-error -- the audit log is best effort, see \`@org/audit\` #12
	_ = w.audit()
	return g.Wait()
}

func (w *Wiz) CheckAffiliation(asset model.Asset) (bool, error) {
	return true, nil
}
`,
  [WIZ_CLIENT]: `package wiz

func (w *Wiz) nodes() []node {
	for {
		page, err := w.api.Query(w.ctx, nodesQuery)
		if err != nil {
			return err
		}
	}
}
`,
  [OKTA]: `package okta

type Okta struct{ base.BaseCapability }

func (o *Okta) Invoke() error {
	if err := o.ValidateCredentials(); err != nil { return err }
	for o.more() {
		o.next()
	}
	return nil
}
`,
  [QUALYS]:
    'package integrations\n\ntype Task struct{ base.BaseCapability }\n\nfunc (t *Task) Invoke( error {\n',
  [TENABLE]: 'package integrations\n\ntype Tenable struct{ base.BaseCapability }\n',
  [NESSUS]: 'package integrations\n\ntype Nessus struct{ base.BaseCapability }\n',
  [COMMON]:
    'package integrations\n\nfunc fetch() ([]byte, error) {\n\tbody, _ := io.ReadAll(r)\n\treturn body, nil\n}\n',
  [STREET]: 'package straße\n\ntype Task struct{ base.BaseCapability }\n',
  [EVIL]: [
    'package lib',
    '',
    '//p0lint:ignore vm-filter -- ```<script>alert(1)</script> | @octocat closes #12 \u202e::error::gotcha ##[error]x \u001b[31m',
    'var x = 1 // ](https://evil.example) $`x`$ :tada: www.evil.example 0123456789abcdef',
    '',
  ].join('\n'),
};

/** The `nth` place (from 1) where `needle` stands in a sample file. */
export function at(file: string, needle: string, nth = 1): Location {
  const text = sources[file] ?? '';
  let from = -1;
  for (let i = 0; i < nth; i++) from = text.indexOf(needle, from + 1);
  if (from === -1) throw new Error(`${file} does not hold ${needle}`);
  const place = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: before.at(-1)!.length + 1 };
  };
  const [start, end] = [place(from), place(from + needle.length)];
  return { file, ...start, endLine: end.line, endColumn: end.column };
}

const note = (file: string, needle: string, text: string, nth = 1): Note => ({
  at: at(file, needle, nth),
  text,
});

const insert = (file: string, before: string, newText: string): Edit => {
  const { line, column } = at(file, before);
  return { at: { file, line, column, endLine: line, endColumn: column }, newText };
};

const fix = (title: string, safety: Fix['safety'], edits: Fix['edits']): Fix => ({ title, safety, edits });

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

type FindingSpec = Pick<ReportedFinding, 'rule' | 'id' | 'at' | 'data'> & Partial<ReportedFinding>;

let serial = 0;

export function finding(spec: FindingSpec): ReportedFinding {
  const message = sampleRules.find((r) => r.id === spec.rule)?.messages[spec.id];
  if (message === undefined) throw new Error(`no message ${spec.rule}/${spec.id}`);
  serial += 1;
  return {
    code: message.code,
    level: message.level === 'off' ? 'note' : message.level,
    message: message.text.replaceAll(/\{(\w+)\}/g, (_, name: string) => spec.data[name] ?? `{${name}}`),
    ...{ related: [], path: [], fixes: [], integrations: [], suppressed: null, new: true, symbol: null },
    fingerprint: serial.toString(16).padStart(16, '0'),
    ...spec,
  };
}

const KEY = {
  wiz: `${BASE}/wiz.Wiz`,
  okta: `${BASE}/okta.Okta`,
  task: `${BASE}/flat.Task`,
  tenable: `${BASE}/flat.Tenable`,
  street: `${BASE}/straße.Task`,
};

function integrations(): IntegrationReport[] {
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

function findings(): ReportedFinding[] {
  const list = [
    finding({
      ...{ rule: 'vm-filter', id: 'unfiltered-send', at: at(WIZ, 'w.Job.Send(&asset)') },
      data: { value: 'asset', filter: 'w.Filter' },
      related: [
        note(WIZ, 'asset := model.NewAsset(node.DNS, node.IP)', 'made here'),
        note(WIZ, 'filter.NewWizFilter(b.AWS, b.Collectors)', 'the filter that should be asked'),
      ],
      path: [
        note(WIZ, 'w.nodes()', 'the nodes are listed'),
        note(WIZ, 'asset := model.NewAsset(node.DNS, node.IP)', 'each becomes an asset'),
        note(WIZ, 'w.Job.Send(&asset)', 'and is sent'),
      ],
      fixes: [
        fix('Ask the filter before the send', 'unsafe', [
          insert(WIZ, 'w.Job.Send(&asset)', 'if w.Filter.Asset(&asset) {\n\t\t\tcontinue\n\t\t}\n\t\t'),
        ]),
      ],
      ...{ integrations: [KEY.wiz], symbol: '(*Wiz).Invoke' },
    }),
    finding({
      ...{ rule: 'check-affiliation', id: 'stub', at: at(WIZ, 'CheckAffiliation') },
      data: { type: 'Wiz', verdict: 'true, nil' },
      related: [note(WIZ, 'return true, nil', 'the only verdict')],
      ...{ integrations: [KEY.wiz], symbol: '(*Wiz).CheckAffiliation', new: false },
    }),
    finding({
      ...{ rule: 'errgroup-limit', id: 'no-limit', at: at(WIZ, 'g errgroup.Group') },
      data: { group: 'g' },
      related: [note(WIZ, 'g.Go(func() error { return w.issues(project) })', 'the first Go')],
      fixes: [
        fix('Insert g.SetLimit(10)', 'safe', [insert(WIZ, '\n\tfor _, project', '\n\tg.SetLimit(10)')]),
      ],
      ...{ integrations: [KEY.wiz], symbol: '(*Wiz).Invoke' },
    }),
    finding({
      ...{ rule: 'pagination-bound', id: 'unbounded', at: at(WIZ_CLIENT, 'for'), data: {} },
      ...{ integrations: [KEY.wiz], symbol: '(*Wiz).nodes' },
    }),
    finding({
      ...{ rule: 'ignored-error', id: 'blank-error', at: at(WIZ, '_', 10) },
      data: { call: 'w.lookUp("日本語 😀", 名前)' },
      fixes: [
        fix('Check the error and return it', 'unsafe', [
          { at: at(WIZ, '名前, _ := '), newText: '名前, err := ' },
          insert(
            WIZ,
            '\n\t\tw.emit(名前)',
            '\n\t\tif err != nil {\n\t\t\treturn fmt.Errorf("looking up: %w", err)\n\t\t}',
          ),
        ]),
      ],
      ...{ integrations: [KEY.wiz], symbol: '(*Wiz).Invoke' },
    }),
    finding({
      ...{
        rule: 'ignored-error',
        id: 'blank-error',
        at: at(WIZ, '_ = w.audit()'),
        data: { call: 'w.audit()' },
      },
      ...{ integrations: [KEY.wiz], symbol: '(*Wiz).Invoke' },
      suppressed: {
        ...{ kind: 'inline', reason: 'the audit log is best effort, see `@org/audit` #12' },
        at: at(WIZ, '//p0lint:ignore ignored-error -- the audit log is best effort, see `@org/audit` #12'),
      },
    }),
    finding({
      ...{
        rule: 'ignored-error',
        id: 'unwrapped-return',
        at: at(WIZ_CLIENT, 'return err'),
        data: { error: 'err' },
      },
      ...{ integrations: [KEY.wiz], symbol: '(*Wiz).nodes' },
    }),
    finding({
      ...{ rule: 'pagination-bound', id: 'unproven', at: at(OKTA, 'for'), data: { callee: 'o.more' } },
      ...{ integrations: [KEY.okta], symbol: '(*Okta).Invoke' },
    }),
    finding({
      ...{ rule: 'ignored-error', id: 'blank-error', at: at(COMMON, '_'), data: { call: 'io.ReadAll(r)' } },
      ...{ integrations: [KEY.task, KEY.tenable], symbol: 'fetch' },
    }),
    finding({
      ...{ rule: 'file-length', id: 'too-long', at: at(COMMON, 'return body, nil'), magnitude: 914 },
      data: { file: 'common.go', lines: '914', over: '514', max: '400' },
    }),
    finding({
      ...{ rule: 'p0lint', id: 'not-analysed', at: at(QUALYS, '( error {') },
      data: { what: QUALYS, why: 'it does not parse at line 5' },
    }),
    finding({
      ...{ rule: 'p0lint', id: 'unused-suppression', at: at(EVIL, '//p0lint:ignore vm-filter') },
      data: {
        ids: 'vm-filter](https://evil.example) | `x` @octocat #12 \u202e\u001b[31m',
        why: 'nothing here\n::error::x',
      },
    }),
    finding({
      ...{
        rule: 'ignored-error',
        id: 'blank-error',
        at: at(EVIL, 'var x = 1'),
        data: { call: '<b>h[0](x)</b>' },
      },
      suppressed: { kind: 'baseline', reason: 'recorded in p0lint-baseline.json' },
      new: false,
    }),
  ];
  return list.sort((a, b) => compareLocations(a.at, b.at));
}

/** All lines of each file are kept; the pipeline keeps those near the places that findings name. */
function excerpts(): Report['excerpts'] {
  return new Map(
    Object.entries(sources).map(([path, text]) => [
      path,
      [{ firstLine: 1, lines: text.split('\n').slice(0, -1) }],
    ]),
  );
}

export function withCounts(report: Report): Report {
  const active = report.findings.filter((f) => f.suppressed === null);
  const number = (level: string) => active.filter((f) => f.level === level).length;
  const verdicts = report.integrations.map((i) => i.verdict);
  return {
    ...report,
    summary: {
      ...report.summary,
      integrations: verdicts.length,
      compliant: verdicts.filter((v) => v === 'COMPLIANT').length,
      nonCompliant: verdicts.filter((v) => v === 'NON-COMPLIANT').length,
      findings: { error: number('error'), warning: number('warning'), note: number('note') },
      suppressed: report.findings.length - active.length,
    },
  };
}

export function sampleReport(changes: Partial<Report> = {}): Report {
  serial = 0;
  const all = findings();
  const hashes = all.flatMap(({ at: { file, line } }) => {
    const hash = hashLines(sources[file] ?? '', [line]).get(line);
    return hash === undefined ? [] : [[`${file}:${line}`, hash] as const];
  });
  return withCounts({
    tool: { name: 'p0lint', version: '0.1.0', url: 'https://github.com/acme/p0lint' },
    ...{ scope: 'integrations', complete: false, timestamp: null },
    gate: { passed: false, failOn: 'error', newOnly: false },
    summary: {
      ...{ integrations: 0, compliant: 0, nonCompliant: 0, files: 9, lines: 86, suppressed: 0 },
      findings: { error: 0, warning: 0, note: 0 },
    },
    integrations: integrations(),
    findings: all,
    notifications: [
      {
        ...{ level: 'error', file: null, line: null },
        message:
          'rule vm-filter crashed on pkg/lib: boom. This is a bug of p0lint; please report it (--debug shows the stack).',
      },
      { level: 'note', message: 'the module example.com/sdk is not at hand', file: 'go.mod', line: 7 },
    ],
    files: Object.keys(sources).map((path) => ({
      ...{ path, lines: (sources[path] ?? '').split('\n').length - 1 },
      state: path === QUALYS ? 'damaged' : 'analysed',
    })),
    rules: sampleRules,
    excerpts: excerpts(),
    lineHashes: new Map(hashes),
    repository: { url: 'https://github.com/acme/platform.git', revision: '4f2a9c0d1e' },
    ...changes,
  });
}

/** Fourteen integrations that meet everything. */
export function allWell(): Report {
  const [one] = integrations().filter((i) => i.key === KEY.street);
  const fourteen = Array.from({ length: 14 }, (_, i) => ({
    ...one!,
    ...{
      name: `Vendor${i + 1}`,
      key: `${BASE}/vendor${i + 1}.Vendor${i + 1}`,
      package: `${BASE}/vendor${i + 1}`,
    },
  }));
  const report = sampleReport({
    ...{ complete: true, findings: [], notifications: [], integrations: fourteen },
    gate: { passed: true, failOn: 'error', newOnly: false },
  });
  return { ...report, summary: { ...report.summary, files: 96 } };
}

/** `text` wherever text of the checked code can come into a report: names of things, paths, source lines, reasons, edits. */
export function hostileReport(text: string): Report {
  const file = `pkg/${text.replaceAll('/', '_').replaceAll('\0', '')}.go`;
  const lines = text.split('\n');
  const place: Location = {
    ...{ file, line: 1, column: 1, endLine: lines.length },
    endColumn: lines.at(-1)!.length + 1,
  };
  const notes = [{ at: place, text }];
  const base = sampleReport();
  const [first] = base.integrations;
  const hostile = finding({
    ...{ rule: 'vm-filter', id: 'unfiltered-send', at: place, data: { value: text, filter: text } },
    ...{ related: notes, path: notes, symbol: text, integrations: ['pkg/x.X'] },
    fixes: [fix(text, 'safe', [{ at: place, newText: text }])],
  });
  const other = finding({
    ...{ rule: 'ignored-error', id: 'blank-error', at: place, data: { call: text } },
    related: notes,
  });
  return withCounts({
    ...base,
    integrations: [
      {
        ...first!,
        ...{ name: text, key: 'pkg/x.X', package: `pkg/${text}`, at: place, reasons: notes, files: [file] },
        requirements: first!.requirements.map((r, i) => ({
          ...r,
          status: i % 2 === 0 ? 'unknown' : 'fail',
          reason: text,
          evidence: notes,
        })),
      },
    ],
    findings: [
      hostile,
      { ...hostile, suppressed: { kind: 'inline', reason: text, at: place } },
      { ...hostile, message: text },
      other,
    ],
    notifications: [{ level: 'error', message: text, file, line: 1 }],
    files: [{ path: file, lines: 1, state: 'analysed' }],
    excerpts: new Map([[file, [{ firstLine: 1, lines }]]]),
    lineHashes: new Map(),
  });
}
