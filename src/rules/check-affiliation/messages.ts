/** What the rule says: the table of findings. The examples are run by the tests. */

const HEAD = `package wiz

import (
	"net/http"
	"net/url"

	"example.com/chariot/pkg/base"
	"example.com/chariot/pkg/lib/web"
	"example.com/chariot/pkg/model"
)

type device struct {
	ID      string
	Managed bool
}

type Wiz struct {
	base.BaseCapability
}

func (t *Wiz) Invoke() error {
	_, err := t.devices()
	return err
}

func (t *Wiz) devices() ([]device, error) {
	return web.Request[[]device](t.GetClient(), http.MethodGet, t.Job.Config["api"]+"/devices", nil)
}

func (t *Wiz) device(id string) (device, error) {
	return web.Request[device](t.GetClient(), http.MethodGet, t.Job.Config["api"]+"/devices/"+url.PathEscape(id), nil)
}
`;

const GOOD = `${HEAD}
func (t *Wiz) CheckAffiliation(asset model.Asset) (bool, error) {
	d, err := t.device(asset.CloudId)
	if err != nil {
		return false, err
	}
	return d.Managed, nil
}
`;

const method = (body: string): string => `${HEAD}
func (t *Wiz) CheckAffiliation(asset model.Asset) (bool, error) {
${body
  .split('\n')
  .map((line) => `\t${line}`)
  .join('\n')}
}
`;

export const messages = {
  missing: {
    code: 'P0-201',
    level: 'error',
    title: 'CheckAffiliation missing',
    text: '{type} does not declare CheckAffiliation; the embedded default only returns an error, so no asset is ever confirmed. Ask the vendor about the asset, or delegate to CheckAffiliationSimple.',
    why: 'Affiliation decides whether an asset still belongs to the customer. Without an answer, assets that were sold or deleted stay in scope, and others are never confirmed.',
    remedy:
      'Declare `CheckAffiliation`: look the asset up at the vendor by its id, or return `t.CheckAffiliationSimple(asset, &t.Job, t.Invoke)`.',
    precision: 'very-high',
    bad: HEAD,
    good: GOOD,
  },
  stub: {
    code: 'P0-202',
    level: 'error',
    title: 'CheckAffiliation is a stub',
    text: '{method} asks nobody: {reason}. Ask the vendor about the asset, delegate to CheckAffiliationSimple, or compare with the job’s seeds.',
    why: 'A verdict that nobody was asked for is a guess, and it looks like an answer to whoever acts on it.',
    remedy:
      'Look the asset up at the vendor and return what the answer says; delegation to `CheckAffiliationSimple` and comparison with `Job.Seeds` count too.',
    precision: 'high',
    bad: method('return true, nil'),
    good: GOOD,
  },
  'verdict-independent': {
    code: 'P0-203',
    level: 'error',
    title: 'Verdict does not depend on the answer',
    text: '{method} asks {question}, but the verdict {verdict} depends neither on the answer nor on its error. Return what the answer says.',
    why: 'The request costs time and quota and changes nothing: every asset gets the same verdict.',
    remedy: 'Return false with the error where the request fails, and otherwise what the answer says.',
    precision: 'high',
    bad: method('_, _ = t.device(asset.CloudId)\nreturn true, nil'),
    good: GOOD,
  },
  'fail-open': {
    code: 'P0-204',
    level: 'error',
    title: 'Says yes when the question fails',
    text: 'This returns true where {question} has failed: an outage or a revoked token makes every asset the customer’s. Return false and the error.',
    why: 'A failed question is no answer. Assets of strangers are taken for the customer’s, and are then scanned.',
    remedy:
      'Return `false, err` on the failed path. "Not found" and "gone" are answers: return `false, nil` there.',
    precision: 'high',
    cwe: [636],
    securitySeverity: 6.5,
    bad: method(
      'd, err := t.device(asset.CloudId)\nif err != nil {\n\treturn true, nil\n}\nreturn d.Managed, nil',
    ),
    good: GOOD,
  },
  'full-enumeration': {
    code: 'P0-205',
    level: 'warning',
    title: 'Lists everything to find one asset',
    text: '{method} lists everything with {question} and searches it for the asset: no request depends on the asset. Ask for the one asset, or delegate to CheckAffiliationSimple.',
    why: 'Each asset costs a whole enumeration, which is slow and uses up the vendor’s rate limit.',
    remedy:
      'Give the asset’s id or name to the request (a path, a filter, a search), or delegate to `CheckAffiliationSimple`.',
    precision: 'medium',
    bad: method(
      'devices, err := t.devices()\nif err != nil {\n\treturn false, err\n}\nfor _, d := range devices {\n\tif d.ID == asset.CloudId {\n\t\treturn true, nil\n\t}\n}\nreturn false, nil',
    ),
    good: GOOD,
  },
  'unrelated-query': {
    code: 'P0-206',
    level: 'error',
    title: 'The question is not about the asset',
    text: '{method} asks {question}, but neither the request nor the reading of its answer involves the asset ({parameter}): every asset gets the same verdict. Ask about the asset.',
    why: 'That the credentials work, or that the vendor is up, says nothing about who owns the asset.',
    remedy: 'Put the asset’s id or name into the request, or compare the answer with it.',
    precision: 'high',
    bad: method('d, err := t.device("me")\nif err != nil {\n\treturn false, err\n}\nreturn d.Managed, nil'),
    good: GOOD,
  },
  'true-with-error': {
    code: 'P0-207',
    level: 'warning',
    title: 'True together with an error',
    text: 'This returns true together with an error that is not nil; callers that look at the error never see the verdict, others never see the error. Return false with the error, or true with nil.',
    why: 'By convention a result beside an error means nothing, so two readers of this code will disagree about what it says.',
    remedy: 'Return `false, err`, or decide that it is no error and return `true, nil`.',
    precision: 'high',
    bad: method(
      'd, err := t.device(asset.CloudId)\nif err != nil {\n\treturn true, err\n}\nreturn d.Managed, nil',
    ),
    good: GOOD,
  },
  unproven: {
    code: 'P0-290',
    level: 'warning',
    title: 'Not provable that it asks',
    text: 'Whether CheckAffiliation asks cannot be proven: the verdict comes from {call}, {reason}. Call what asks directly, or say why this is right in a suppression.',
    why: 'A verdict that comes from where p0lint cannot look may be an answer or a stub.',
    remedy: 'Call the function that asks directly, or suppress the finding with the reason.',
    precision: 'medium',
    bad: HEAD.replace(
      '\tbase.BaseCapability\n',
      '\tbase.BaseCapability\n\tasks func(asset model.Asset) (bool, error)\n',
    ).concat(
      '\nfunc (t *Wiz) CheckAffiliation(asset model.Asset) (bool, error) {\n\treturn t.asks(asset)\n}\n',
    ),
    good: GOOD,
  },
} as const;
