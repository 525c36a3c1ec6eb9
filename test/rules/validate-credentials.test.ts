/**
 * What the fixtures of rule 3 cannot say: options, the documentation's examples, and that it ends.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../../src/go/syntax/parser.ts';
import type { Report } from '../../src/model/report.ts';
import rule from '../../src/rules/validate-credentials/index.ts';
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
      'acme/acme.go': source,
    },
    [rule],
    { paths: ['acme'], ...(config === undefined ? {} : { config }) },
  );
}

const found = (report: Report) => report.findings.map((f) => `${f.id}@${f.at.line}`);

describe('examples', () => {
  for (const [id, { bad, good }] of Object.entries(rule.messages)) {
    it(`${id}: the bad one has it, and nothing else`, () => {
      expect(new Set(run(bad).findings.map((f) => f.id))).toEqual(new Set([id]));
    });
    it(`${id}: the good one passes`, () => {
      const report = run(good);
      expect(found(report)).toEqual([]);
      expect(report.integrations[0]?.requirements[0]?.status).toBe('pass');
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

const strict = 'rules:\n  validate-credentials:\n    strict: true\n';

function withInvoke(statements: string, more = ''): string {
  return `package acme

import (
	"log/slog"

	"example.com/chariot/pkg/base"
)

type Acme struct {
	base.BaseCapability
}

func (t *Acme) ValidateCredentials() error {
	_, err := t.GetClient().Get("https://acme.example/v1/me")
	return err
}

func (t *Acme) Invoke() error {
${statements}
	slog.Debug("validated")
	_, err := t.GetClient().Get("https://acme.example/v1/devices")
	return err
}
${more}`;
}

describe('strict', () => {
  const check = '\tif err := t.ValidateCredentials(); err != nil {\n\t\treturn err\n\t}';
  it('accepts the validation as the very first statement', () => {
    expect(found(run(withInvoke(check), strict))).toEqual([]);
  });
  it('accepts a delegation to what begins with it', () => {
    const source = withInvoke(
      '\tif err := t.start(); err != nil {\n\t\treturn err\n\t}',
      `\nfunc (t *Acme) start() error { return t.ValidateCredentials() }\n`,
    );
    expect(found(run(source, strict))).toEqual([]);
  });
  for (const before of ['slog.Info("starting")', 'started := true', 'if t.Job.Full {\n\t\treturn nil\n\t}'])
    it(`does not accept ${before.split('\n')[0]} before it, which is accepted otherwise`, () => {
      const source = withInvoke(
        `\t${before}\n${before.includes(':=') ? '\tslog.Info("x", "y", started)\n' : ''}${check}`,
      );
      expect(found(run(source))).toEqual([]);
      const [finding, ...more] = run(source, strict).findings;
      expect(more).toEqual([]);
      expect(finding?.id).toBe('not-first');
      expect(finding?.related[0]?.at.line).toBe(19);
    });
});

describe('termination', () => {
  it('joins the cases of many independent branches', () => {
    const branches = Array.from(
      { length: 60 },
      (_, i) =>
        `\tif t.Job.Config["k${i}"] == "x" {\n\t\tv${i} := true\n\t\tslog.Info("x", "v", v${i})\n\t\tt.Job.Full = v${i}\n\t}`,
    );
    const flags = Array.from(
      { length: 30 },
      (_, i) => `\tvar f${i} bool\n\tif t.Job.Config["f${i}"] != "" {\n\t\tf${i} = true\n\t}`,
    );
    const uses = Array.from({ length: 30 }, (_, i) => `\tif f${i} {\n\t\tslog.Info("${i}")\n\t}`);
    const source = withInvoke(
      `${[...flags, ...branches, ...uses].join('\n')}\n\tif err := t.ValidateCredentials(); err != nil {\n\t\treturn err\n\t}`,
    );
    const report = run(source);
    expect(found(report)).toEqual([]);
    expect(report.integrations[0]?.requirements[0]?.status).toBe('pass');
  });
  it('follows mutual recursion to an end', () => {
    const more = `
func (t *Acme) even(n int) error {
	if n == 0 {
		return t.ValidateCredentials()
	}
	return t.odd(n - 1)
}

func (t *Acme) odd(n int) error {
	if n == 0 {
		return t.ValidateCredentials()
	}
	return t.even(n - 1)
}
`;
    const report = run(
      withInvoke('\tif err := t.even(len(t.Job.Seeds)); err != nil {\n\t\treturn err\n\t}', more),
    );
    expect(report.integrations[0]?.requirements[0]?.status).not.toBe('unknown');
  });
});
