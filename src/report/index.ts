/**
 * The formats: each a pure function from a Report to text. A reporter decides nothing, reads nothing and prints nothing.
 *
 *     reporters.compact(report, DEFAULT_OPTIONS)  => 'pkg/wiz/wiz.go:45:9: error: … [P0-102]\n'
 */
import type { Report } from '../model/report.ts';
import { compact } from './compact.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { manifest } from './manifest.ts';
import type { ReportOptions } from './options.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

export type FormatName = 'text' | 'compact' | 'json' | 'manifest' | 'sarif' | 'github';

export type Reporter = (report: Report, options: ReportOptions) => string;

export const reporters: Readonly<Record<FormatName, Reporter>> = {
  text,
  compact,
  json,
  manifest,
  sarif,
  github,
};

export const formatNames = Object.keys(reporters) as readonly FormatName[];
