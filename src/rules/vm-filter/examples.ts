/**
 * Code for each finding of rule 1, wrong and mended. The tests run the rule on both.
 */
const imports = `import (
	"example.com/chariot/pkg/base"
	"example.com/chariot/pkg/filter"
	"example.com/chariot/pkg/model"
)`;

const integration = `type Wiz struct {
	base.BaseCapability
	Filter model.Filter
}

func NewWiz(b base.BaseCapability) *Wiz {
	return &Wiz{BaseCapability: b, Filter: filter.NewVMFilter(b.AWS, b.Collectors)}
}`;

/** An integration that makes its filter, with this in the loop over its hosts. */
function sending(...body: readonly string[]): string {
  return `package wiz

${imports}

${integration}

func (t *Wiz) Invoke() error {
	for _, name := range []string{"api.example.com", "www.example.com"} {
		asset := model.NewAsset(name, name)
${body.map((line) => `\t\t${line}`).join('\n')}
	}
	return nil
}
`;
}

const guarded = sending('if t.Filter.Asset(&asset) {', '\tcontinue', '}', 't.Job.Send(&asset)');

const open = `package wiz

${imports}

type policy interface{ Allows(asset *model.Asset) bool }

type strict struct{ filter model.Filter }

func (p strict) Allows(asset *model.Asset) bool { return !p.filter.Asset(asset) }

type trial struct{}

func (trial) Allows(asset *model.Asset) bool { return asset.DNS != "" }

type Wiz struct {
	base.BaseCapability
	policy policy
}

func NewWiz(b base.BaseCapability) *Wiz {
	if b.Job.Full {
		return &Wiz{BaseCapability: b, policy: strict{filter: filter.NewVMFilter(b.AWS)}}
	}
	return &Wiz{BaseCapability: b, policy: trial{}}
}

func (t *Wiz) Invoke() error {
	asset := model.NewAsset("api.example.com", "10.0.0.1")
	if t.policy.Allows(&asset) {
		t.Job.Send(&asset)
	}
	return nil
}
`;

export const examples = {
  'not-initialized': {
    bad: guarded
      .replace(', Filter: filter.NewVMFilter(b.AWS, b.Collectors)', '')
      .replace('\t"example.com/chariot/pkg/filter"\n', ''),
    good: guarded,
  },
  'unfiltered-send': {
    bad: sending(
      'if name != "www.example.com" && t.Filter.Asset(&asset) {',
      '\tcontinue',
      '}',
      't.Job.Send(&asset)',
    ),
    good: guarded,
  },
  'inverted-guard': {
    bad: sending('if !t.Filter.Asset(&asset) {', '\tcontinue', '}', 't.Job.Send(&asset)'),
    good: sending('if !t.Filter.Asset(&asset) {', '\tt.Job.Send(&asset)', '}'),
  },
  'other-value': {
    bad: sending(
      'parent := model.NewAsset(name, "example.com")',
      'if t.Filter.Asset(&parent) {',
      '\tcontinue',
      '}',
      't.Job.Send(&asset)',
    ),
    good: guarded,
  },
  'discarded-verdict': {
    bad: sending('t.Filter.Asset(&asset)', 't.Job.Send(&asset)'),
    good: guarded,
  },
  unproven: {
    bad: open,
    good: open
      .replace(
        'type trial struct{}\n\nfunc (trial) Allows(asset *model.Asset) bool { return asset.DNS != "" }\n\n',
        '',
      )
      .replace(/\tif b\.Job\.Full \{\n\t(\t.*\n)\t\}\n.*\n/, '$1'),
  },
} as const;
