/**
 * What the fixtures of rule 2 cannot say: the documentation's examples, types without source, and that it ends.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../../src/go/syntax/parser.ts';
import type { Report } from '../../src/model/report.ts';
import rule from '../../src/rules/check-affiliation/index.ts';
import { FIXTURES } from '../harness/check-fixtures.ts';
import { reportOf } from '../harness/in-memory.ts';

beforeAll(async () => {
  await loadParser();
});

/** The stub platform, as vendored in the fixtures. */
const vendored: Record<string, string> = {};
for (const name of readdirSync(path.join(FIXTURES, 'vendor/example.com/chariot'), {
  recursive: true,
  encoding: 'utf8',
}))
  if (name.endsWith('.go'))
    vendored[`vendor/example.com/chariot/${name}`] = readFileSync(
      path.join(FIXTURES, 'vendor/example.com/chariot', name),
      'utf8',
    );
const packages = [
  ...new Set(Object.keys(vendored).map((name) => path.posix.dirname(name).slice('vendor/'.length))),
];

function run(source: string, config?: string): Report {
  return reportOf(
    {
      'go.mod': 'module example.com/app\n\ngo 1.24\n\nrequire example.com/chariot v1.0.0\n',
      'vendor/modules.txt': `# example.com/chariot v1.0.0\n## explicit; go 1.24\n${packages.join('\n')}\n`,
      ...vendored,
      'wiz/wiz.go': source,
    },
    [rule],
    { paths: ['wiz'], ...(config === undefined ? {} : { config }) },
  );
}

const found = (report: Report) => report.findings.map((f) => `${f.id}@${f.at.line}`);
const statusOf = (report: Report) => report.integrations[0]?.requirements[0]?.status;

describe('examples', () => {
  for (const [id, { bad, good }] of Object.entries(rule.messages)) {
    it(`${id}: the bad one has it, and nothing else`, () => {
      expect(new Set(run(bad).findings.map((f) => f.id))).toEqual(new Set([id]));
    });
    it(`${id}: the good one passes`, () => {
      const report = run(good);
      expect(found(report)).toEqual([]);
      expect(statusOf(report)).toBe('pass');
    });
    it.skipIf(spawnSync('gofmt', ['-l'], { input: '' }).error !== undefined)(
      `${id}: both are formatted as gofmt does`,
      () => {
        for (const source of [bad, good])
          expect(spawnSync('gofmt', { input: source, encoding: 'utf8' }).stdout).toBe(source);
      },
    );
  }
});

function withMethod(body: string, more = '', imports = ''): string {
  return `package wiz

import (
	"log/slog"
	"net/http"
${imports}
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
	_, err := t.device("all")
	return err
}

func (t *Wiz) device(id string) (device, error) {
	slog.Debug("asking", "id", id)
	return web.Request[device](t.GetClient(), http.MethodGet, "https://wiz.example/devices/"+id, nil)
}

func (t *Wiz) CheckAffiliation(asset model.Asset) (bool, error) {
${body}
}
${more}`;
}

describe('what has no source', () => {
  it('asks through a client of a missing package, and takes its last result for the error', () => {
    const body = `\tclient := acme.NewClient(t.Job.Secret["token"])
	d, err := client.Devices.Get(context.Background(), asset.CloudId)
	if err != nil {
		return true, nil
	}
	return d.Managed, nil`;
    const report = run(withMethod(body, '', '\t"context"\n\n\t"github.com/acme/acme-go"\n'));
    expect(found(report)).toEqual([
      `fail-open@${lineOf(withMethod(body, '', '\t"context"\n\n\t"github.com/acme/acme-go"\n'), 'return true, nil')}`,
    ]);
  });
  it('cannot prove a verdict of a function of a missing package', () => {
    const body = '\treturn acme.Owns(asset.CloudId), nil';
    const report = run(withMethod(body, '', '\t"github.com/acme/acme-go"\n'));
    expect(report.findings.map((f) => f.id)).toEqual(['unproven']);
  });
  it('cannot prove a method that is promoted from an interface', () => {
    const declared = withMethod('\treturn true, nil');
    const source = declared
      .slice(0, declared.indexOf('func (t *Wiz) CheckAffiliation'))
      .replace(
        '\tbase.BaseCapability\n}',
        '\tshared\n\taffiliator\n}\n\ntype shared struct{ base.BaseCapability }\n\ntype affiliator interface {\n\tCheckAffiliation(asset model.Asset) (bool, error)\n}',
      );
    expect(found(run(source))).toEqual([`unproven@${lineOf(source, 'type Wiz struct')}`]);
  });
});

function lineOf(source: string, text: string): number {
  return source.slice(0, source.indexOf(text)).split('\n').length;
}

describe('termination', () => {
  it('joins the cases of many independent branches', () => {
    const flags = Array.from(
      { length: 40 },
      (_, i) => `\tf${i} := false\n\tif t.Job.Config["f${i}"] != "" {\n\t\tf${i} = true\n\t}`,
    );
    const uses = Array.from({ length: 40 }, (_, i) => `\tif f${i} {\n\t\tslog.Info("${i}")\n\t}`);
    const body = `${[...flags, ...uses].join('\n')}\n\td, err := t.device(asset.CloudId)\n\treturn err == nil && d.Managed, err`;
    const report = run(withMethod(body));
    expect(found(report)).toEqual([]);
    expect(statusOf(report)).toBe('pass');
  });
  it('joins the standings of many questions', () => {
    const asks = Array.from(
      { length: 24 },
      (_, i) =>
        `\td${i}, err := t.device(asset.CloudId + "${i}")\n\tif err != nil {\n\t\tslog.Warn("no", "error", err)\n\t} else if d${i}.Managed {\n\t\tmanaged++\n\t}`,
    );
    const report = run(
      withMethod(
        `\tmanaged := 0\n${asks.join('\n')}\n\treturn managed > 0, nil`.replaceAll(
          /(d[1-9]\d*, err) :=/g,
          '$1 :=',
        ),
      ),
    );
    expect(found(report)).toEqual([]);
    expect(statusOf(report)).toBe('pass');
  });
  it('follows mutual recursion to an end', () => {
    const more = `
func (t *Wiz) even(id string, n int) (bool, error) {
	if n == 0 {
		d, err := t.device(id)
		return err == nil && d.Managed, err
	}
	return t.odd(id, n-1)
}

func (t *Wiz) odd(id string, n int) (bool, error) {
	if n == 0 {
		return false, nil
	}
	return t.even(id, n-1)
}
`;
    const report = run(withMethod('\treturn t.even(asset.CloudId, len(t.Job.Secret))', more));
    expect(found(report)).toEqual([]);
    expect(statusOf(report)).toBe('pass');
  });
  it('follows a list that a loop builds out of itself', () => {
    const more = `
type node struct {
	next *node
	d    device
	all  []node
}
`;
    const body = `\tvar list *node
	var tree node
	for _, id := range []string{asset.CloudId, asset.DNS} {
		d, err := t.device(id)
		if err != nil {
			return false, err
		}
		list = &node{next: list, d: d}
		tree = node{all: append(tree.all, tree, *list)}
	}
	for n := list; n != nil; n = n.next {
		if n.d.Managed {
			return true, nil
		}
	}
	return len(tree.all) > 5, nil`;
    const report = run(withMethod(body, more));
    expect(found(report)).toEqual([]);
    expect(statusOf(report)).toBe('pass');
  });
});
