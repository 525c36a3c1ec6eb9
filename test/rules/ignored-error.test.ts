/**
 * What the fixtures of rule 6 cannot say: levels, options, places, evidence, the documentation's examples.
 */
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadParser } from '../../src/go/syntax/parser.ts';
import type { Report } from '../../src/model/report.ts';
import rule from '../../src/rules/ignored-error/index.ts';
import { reportOf } from '../harness/in-memory.ts';

beforeAll(async () => {
  await loadParser();
});

function run(source: string, config?: string): Report {
  return reportOf(
    {
      'go.mod': 'module example.com/app\n\ngo 1.24\n\nrequire acme.dev/sdk v1.2.0\n',
      'hosts/hosts.go': source,
    },
    [rule],
    config === undefined ? {} : { config },
  );
}

const levels = (report: Report) => report.findings.map((f) => `${f.id} ${f.level} ${f.at.line}`);

describe('examples', () => {
  for (const [id, { bad, good }] of Object.entries(rule.messages)) {
    it(`${id}: the bad one has it, and nothing else`, () => {
      expect(new Set(run(bad).findings.map((f) => f.id))).toEqual(new Set([id]));
    });
    it(`${id}: the good one has none of this rule`, () => {
      expect(levels(run(good))).toEqual([]);
    });
    it.skipIf(spawnSync('gofmt', ['-l'], { input: '' }).error !== undefined)(
      `${id}: both are formatted as gofmt does`,
      () => {
        for (const source of [bad, good])
          expect(spawnSync('gofmt', { input: `${source}\n`, encoding: 'utf8' }).stdout).toBe(`${source}\n`);
      },
    );
  }
});

describe('levels', () => {
  it('a probable finding is a warning, also where the finding is configured as an error', () => {
    const source = `package hosts

import "acme.dev/sdk"

func run(c *sdk.Client) {
	c.CreateUser("a")
	u, _ := c.GetUser("a")
	_ = u
}
`;
    expect(levels(run(source))).toEqual(['unchecked-call warning 6', 'blank-error warning 7']);
    expect(run(source).findings[0]?.message).toContain('probably');
    expect(levels(run(source, 'rules:\n  ignored-error:\n    unchecked-call: error\n'))).toEqual(
      levels(run(source)),
    );
  });

  it('a body that only feeds the message of an error is a warning; one that is the answer is an error', () => {
    const source = `package hosts

import (
	"fmt"
	"io"
	"net/http"
)

func get(resp *http.Response) ([]byte, error) {
	if resp.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(resp.Body)
		return nil, fmt.Errorf("status %d: %s", resp.StatusCode, body)
	}
	body, _ := io.ReadAll(resp.Body)
	return body, nil
}
`;
    expect(levels(run(source))).toEqual(['blank-error warning 11', 'blank-error error 14']);
  });

  it('a second error beside a wrapped one is a warning', () => {
    const source = `package hosts

import "fmt"

func both(err, cerr error) []error {
	return []error{fmt.Errorf("%w: %v", err, cerr), fmt.Errorf("%v", cerr)}
}
`;
    expect(levels(run(source))).toEqual(['lost-cause warning 6', 'lost-cause error 6']);
  });
});

describe('excludeFunctions', () => {
  const source = `package hosts

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

type store struct{ w io.Writer }

func (s *store) flush() error { return nil }

type flusher interface{ Flush() error }

func run(s *store, f flusher, bw *bufio.Writer) {
	os.Chdir("/")
	s.flush()
	f.Flush()
	bw.Flush()
	fmt.Fprintln(s.w, "x")
	fmt.Fprintln(bw, "x")
}
`;
  const lines = (names: readonly string[]) =>
    run(
      source,
      `rules:\n  ignored-error:\n    excludeFunctions:\n${names.map((n) => `      - '${n}'`).join('\n')}\n`,
    ).findings.map((f) => f.at.line);

  it('takes nothing away by itself', () => {
    expect(levels(run(source)).length).toBe(6);
  });
  it('knows functions, methods, interfaces, first arguments, and a star', () => {
    expect(lines(['os.Chdir'])).toEqual([18, 19, 20, 21, 22]);
    expect(lines(['(*example.com/app/hosts.store).flush'])).toEqual([17, 19, 20, 21, 22]);
    expect(lines(['(example.com/app/hosts.flusher).Flush'])).toEqual([17, 18, 20, 21, 22]);
    expect(lines(['fmt.Fprintln(*bufio.Writer)'])).toEqual([17, 18, 19, 20, 21]);
    expect(lines(['fmt.Fprintln(io.Writer)'])).toEqual([17, 18, 19, 20, 22]);
    expect(lines(['(*bufio.Writer).*'])).toEqual([17, 18, 19, 21, 22]);
    expect(lines(['fmt.Fprintln'])).toEqual([17, 18, 19, 20]);
  });
  it('is not fooled by likeness', () => {
    const near = [
      'os.Chdi',
      'Chdir',
      '(example.com/app/hosts.store).flush',
      'flush',
      'fmt.Fprintln(bufio.Writer)',
      '',
    ];
    expect(lines(near).length).toBe(6);
  });
});

describe('places', () => {
  const source = `package hosts

import (
	"log"
	"os"
)

func run(path string) error {
	raw, err := os.ReadFile(path)
	err = os.Remove(path)
	if err != nil {
		log.Print(err)
	}
	_, _ = os.Getwd()
	os.Remove(string(raw))
	return nil
}
`;
  it('point at the variable, the if, the blank and the call', () => {
    const text = (f: Report['findings'][number]) =>
      source.split('\n')[f.at.line - 1]!.slice(f.at.column - 1, f.at.endColumn - 1);
    expect(run(source).findings.map((f) => `${f.id}: ${text(f)}`)).toEqual([
      'overwritten-error: err',
      'logged-and-continued: if err != nil',
      'blank-error: _',
      'unchecked-call: os.Remove(string(raw))',
    ]);
  });
  it('name the overwriting assignment and what comes next as related', () => {
    const [overwritten, logged] = run(source).findings;
    expect(overwritten?.related.map((n) => `${n.at.line} ${n.text}`)).toEqual(['10 err is overwritten here']);
    expect(logged?.related.map((n) => n.at.line)).toEqual([14]);
  });
});

describe('damage', () => {
  it('a function that does not parse is a gap, the others are judged', () => {
    const report = run(`package hosts

import "os"

func broken() {
	os.Remove("a"
}

func whole() {
	os.Remove("b")
}
`);
    expect(report.complete).toBe(false);
    expect(levels(report).filter((f) => f.startsWith('unchecked'))).toEqual(['unchecked-call error 10']);
  });
});
