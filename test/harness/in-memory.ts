/**
 * The pipeline over a few strings: `reportOf({ 'go.mod': …, 'pkg/wiz/wiz.go': … }, rules)`. `await loadParser()` first.
 */
import { chariot } from '../../src/config/chariot.ts';
import { parseConfiguration } from '../../src/config/load.ts';
import { vocabularyOf } from '../../src/config/profiles.ts';
import { type Choices, settingsFrom } from '../../src/config/settings.ts';
import type { Report } from '../../src/model/report.ts';
import { memoryTree } from '../../src/project/tree.ts';
import type { Rule } from '../../src/rule.ts';
import { check } from '../../src/run.ts';

export interface MemoryRun {
  readonly config?: string;
  readonly choices?: Choices;
  readonly paths?: readonly string[];
}

export function reportOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  rules: readonly Rule[],
  { config, choices = {}, paths = [''] }: MemoryRun = {},
): Report {
  const configuration = config === undefined ? {} : parseConfiguration('p0lint.yaml', config, rules).value;
  return check({
    tree: memoryTree(files),
    moduleCache: undefined,
    paths,
    settings: settingsFrom(configuration, '', rules, { scope: 'all', dependencies: 'ignore', ...choices }),
    vocabulary: config === undefined ? chariot : vocabularyOf(configuration),
    rules,
    repository: null,
    timestamp: null,
  });
}

/** A platform of one file and an integration `Wiz` whose Invoke has the given statements. */
export function integration(body: string, more: Readonly<Record<string, string>> = {}) {
  return {
    'go.mod': 'module example.com/app\n\ngo 1.24\n',
    'pkg/base/base.go': 'package base\n\ntype BaseCapability struct{}\n',
    'wiz/wiz.go': `package wiz

import "example.com/app/pkg/base"

type Wiz struct {
	base.BaseCapability
}

func (w *Wiz) Invoke() error {
${body.replaceAll(/^/gm, '\t')}
	return nil
}
`,
    ...more,
  };
}

/** `code@line`, with `!` where suppressed. */
export function short(report: Report): string[] {
  return report.findings.map((f) => `${f.code}@${f.at.line}${f.suppressed === null ? '' : '!'}`);
}
