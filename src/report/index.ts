/**
 * The formats: each a pure function from a Report to text. A reporter decides nothing, reads nothing and prints nothing.
 *
 *     reporters.compact(report, DEFAULT_OPTIONS)  => 'pkg/wiz/wiz.go:45:9: error: … [P0-102]\n'
 */
import type { Report } from '../model/report.ts';
import { compact } from './compact.ts';
import { github } from './github.ts';
import { neutraliseCommands } from './inert.ts';
import { json } from './json.ts';
import { manifest } from './manifest.ts';
import { renderReview } from './markdown.ts';
import type { ReportOptions } from './options.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

export type FormatName = 'text' | 'compact' | 'markdown' | 'json' | 'manifest' | 'sarif' | 'github';

export type Reporter = (report: Report, options: ReportOptions) => string;

export const reporters: Readonly<Record<FormatName, Reporter>> = {
  text: forLog(text),
  compact: forLog(compact),
  markdown: forLog((report, { budget }) => renderReview(report, budget)),
  // JSON and SARIF escape what could be a command; `github` is nothing but commands.
  json,
  manifest: forLog(manifest),
  sarif,
  github,
};

export const formatNames = Object.keys(reporters) as readonly FormatName[];

function forLog(reporter: Reporter): Reporter {
  return (report, options) => {
    const output = reporter(report, options);
    return options.inActionsLog ? neutraliseCommands(output) : output;
  };
}
