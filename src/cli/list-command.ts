/**
 * `p0lint list`: what was taken for an integration, why, which files belong to it, and what came near.
 */
import { survey } from '../run.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { displayPathFrom } from './locate.ts';
import { printable } from './printable.ts';
import { requestOf } from './request.ts';

export interface ListFlags {
  readonly format: string;
  readonly dependencies?: 'auto' | 'ignore';
  readonly config?: string;
}

export async function listCommand(args: readonly string[], flags: ListFlags, io: Io): Promise<ExitCode> {
  const { root, request } = await requestOf(args, flags, io);
  const { integrations, nearMisses } = survey(request);
  if (flags.format === 'json') {
    const list = integrations.map(({ name, key, pkg, at, reasons, files }) => ({
      ...{ name, key, package: pkg.dir, at, reasons, files },
    }));
    io.stdout.write(`${JSON.stringify({ integrations: list, nearMisses }, null, 2)}\n`);
    return ExitCode.Passed;
  }
  const show = displayPathFrom(io.cwd, root);
  const place = ({ file, line }: { file: string; line: number }) => `${show(file)}:${line}`;
  const lines: string[] = [];
  for (const { name, at, reasons, files } of integrations) {
    lines.push(`${name}  ${place(at)}`);
    for (const reason of reasons) lines.push(`  why   ${reason.text} (${place(reason.at)})`);
    for (const file of files) lines.push(`  file  ${show(file)}`);
  }
  if (nearMisses.length > 0) lines.push('', 'Not taken for integrations:');
  for (const { name, at, why } of nearMisses) lines.push(`  ${name}  ${place(at)}: ${why}`);
  lines.push('', `${integrations.length} ${integrations.length === 1 ? 'integration' : 'integrations'}`);
  io.stdout.write(printable(`${lines.join('\n').trimStart()}\n`, io));
  return ExitCode.Passed;
}
