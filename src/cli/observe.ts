/**
 * A run that is watched: how far it is, on a terminal, and where the time goes, for `--timings`.
 *
 *     p0lint: checking 120/640 packages        (on standard error, rewritten in place, only if it takes longer than a second)
 *
 * Results never depend on this; without a terminal and without `--timings` it is `check` as it stands.
 */
import { performance } from 'node:perf_hooks';
import type { Report } from '../model/report.ts';
import type { Rule } from '../rule.ts';
import { inspect, type Request, reportOn, survey } from '../run.ts';
import type { Io } from './io.ts';

export interface Timings {
  /** Milliseconds by phase, in order. */
  readonly phases: readonly (readonly [name: string, milliseconds: number])[];
  /** Milliseconds by rule; what rules share (types, flow) counts for the one that asks first. */
  readonly rules: ReadonlyMap<string, number>;
  readonly lines: number;
}

export interface Observed {
  readonly report: Report;
  readonly timings: Timings;
}

export function observedCheck(request: Request, io: Io): Observed {
  const progress = progressOn(io);
  const rules = new Map<string, number>();
  const phases: (readonly [string, number])[] = [];
  const timed = <T>(name: string, step: () => T): T => {
    const start = performance.now();
    try {
      return step();
    } finally {
      phases.push([name, performance.now() - start]);
    }
  };
  const timedRequest = { ...request, rules: request.rules.map((rule) => timedRule(rule, rules)) };
  try {
    progress.show('reading');
    const surveyed = timed('read, parse, recognise', () => survey(timedRequest));
    const total = surveyed.packages.length;
    const packages = timed('check', () =>
      inspect(timedRequest, surveyed, (done) => progress.show(`checking ${done}/${total} packages`)),
    );
    const report = timed('judge', () => reportOn(request, surveyed, packages));
    return { report, timings: { phases, rules, lines: report.summary.lines } };
  } finally {
    progress.clear();
  }
}

function timedRule(rule: Rule, times: Map<string, number>): Rule {
  // biome-ignore lint/suspicious/noExplicitAny: the subject differs between the two kinds of rules
  const check = (subject: any, context: any) => {
    const start = performance.now();
    try {
      return rule.check(subject, context);
    } finally {
      times.set(rule.id, (times.get(rule.id) ?? 0) + performance.now() - start);
    }
  };
  return { ...rule, check } as Rule;
}

const PATIENCE_MS = 1000;
const INTERVAL_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

export interface Progress {
  show(text: string): void;
  clear(): void;
}

/** `now` in milliseconds. Silent where standard error is no terminal that can rewrite a line. */
export function progressOn(io: Pick<Io, 'stderr' | 'env'>, now = () => performance.now()): Progress {
  if (!io.stderr.isTTY || io.env.TERM === 'dumb') return { show() {}, clear() {} };
  const start = now();
  let last: number | undefined;
  return {
    show(text) {
      const at = now();
      if (at - start < PATIENCE_MS || (last !== undefined && at - last < INTERVAL_MS)) return;
      last = at;
      io.stderr.write(`${CLEAR_LINE}p0lint: ${text}`);
    },
    clear() {
      if (last !== undefined) io.stderr.write(CLEAR_LINE);
      last = undefined;
    },
  };
}

/** The table that `--timings` prints on standard error. */
export function timingsTable({ phases, rules, lines }: Timings): string {
  const total = phases.reduce((sum, [, ms]) => sum + ms, 0);
  const row = (name: string, ms: number) => `  ${name.padEnd(28)}${`${Math.round(ms)} ms`.padStart(10)}`;
  const slowest = [...rules].sort((a, b) => b[1] - a[1]);
  return [
    'Time spent:',
    ...phases.map(([name, ms]) => row(name, ms)),
    ...slowest.map(([rule, ms]) => row(`  ${rule}`, ms)),
    row(`all (${lines} lines)`, total),
    '',
  ].join('\n');
}
