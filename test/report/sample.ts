/**
 * A report as the pipeline makes them, by hand: every status, level and kind of suppression, shared files, notes, fixes, paths, Unicode
 * and hostile text.
 */
import type { Edit, Fix } from '../../src/model/finding.ts';
import { compareLocations, type Location } from '../../src/model/location.ts';
import type { Report, ReportedFinding } from '../../src/model/report.ts';
import { hashLines } from '../../src/report/line-hash.ts';
import { at, BASE, COMMON, EVIL, note, OKTA, QUALYS, sources, WIZ, WIZ_CLIENT } from './sample-code.ts';
import { KEY, sampleIntegrations } from './sample-integrations.ts';
import { sampleRules } from './sample-rules.ts';

const insert = (file: string, before: string, newText: string): Edit => {
  const { line, column } = at(file, before);
  return { at: { file, line, column, endLine: line, endColumn: column }, newText };
};

const fix = (title: string, safety: Fix['safety'], edits: Fix['edits']): Fix => ({ title, safety, edits });

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
    integrations: sampleIntegrations(),
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
  const [one] = sampleIntegrations().filter((i) => i.key === KEY.street);
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
