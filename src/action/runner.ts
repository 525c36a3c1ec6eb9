/**
 * Talking to the runner: commands on standard output, and the files for outputs and the job summary.
 *
 * Whatever comes from the checked code has been made inert before it gets here (`report/inert`); messages of our own are escaped here.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';
import { inertProse } from '../report/inert.ts';
import { SUMMARY_BUDGET } from '../report/options.ts';
import type { Environment } from './inputs.ts';

export interface Runner {
  log(text: string): void;
  notice(message: string): void;
  error(message: string): void;
  output(name: string, value: string): void;
  /** Bytes that the summary still takes; the runner drops a summary over its limit as a whole. */
  summaryRoom(): number;
  summary(markdown: string): void;
}

export function runnerOf(env: Environment, write: (text: string) => void): Runner {
  const command = (name: string, message: string) =>
    write(`::${name} title=p0lint::${escapeData(inertProse(message))}\n`);
  return {
    log: write,
    notice: (message) => command('notice', message),
    error: (message) => command('error', message),
    output(name, value) {
      const file = env.GITHUB_OUTPUT;
      if (file === undefined || file === '') return;
      const delimiter = `ghadelimiter_${randomUUID()}`;
      appendFileSync(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
    },
    summaryRoom: () => SUMMARY_BUDGET.maxBytes - sizeOf(env.GITHUB_STEP_SUMMARY),
    summary(markdown) {
      const file = env.GITHUB_STEP_SUMMARY;
      if (file !== undefined && file !== '') appendFileSync(file, markdown);
    },
  };
}

function sizeOf(file: string | undefined): number {
  try {
    return file === undefined ? 0 : statSync(file).size;
  } catch {
    return 0;
  }
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
