/** The code that the sample report is about. Places are found by the text that stands there, so that the sample cannot contradict itself. */
import type { Location, Note } from '../../src/model/location.ts';

export const BASE = 'pkg/tasks/integrations';
export const WIZ = `${BASE}/wiz/wiz.go`;
export const WIZ_CLIENT = `${BASE}/wiz/wiz_client.go`;
export const OKTA = `${BASE}/okta/okta.go`;
export const QUALYS = `${BASE}/flat/qualys.go`;
export const TENABLE = `${BASE}/flat/tenable-vm.go`;
export const NESSUS = `${BASE}/flat/nessus.go`;
export const COMMON = `${BASE}/flat/common.go`;
export const STREET = `${BASE}/straße/größe.go`;
export const EVIL = 'pkg/lib/@evil #12 <img src=x>|`rm`.go';

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

export const note = (file: string, needle: string, text: string, nth = 1): Note => ({
  at: at(file, needle, nth),
  text,
});
