/**
 * What commands print themselves, made harmless like the reports: names, paths and source come from the code under check (decision 32).
 */
import { inertLines, neutraliseCommands } from '../report/inert.ts';
import type { Io } from './io.ts';

/** Control and bidi characters by their code points; in the log of a GitHub job no line is a command. Line ends and tabs stay. */
export function printable(text: string, { env }: Pick<Io, 'env'>): string {
  const inert = inertLines(text);
  return env.GITHUB_ACTIONS === 'true' ? neutraliseCommands(inert) : inert;
}

/** A failure that the user can mend, as one line (of a configuration: one for each mistake). */
export function failureText(
  error: { readonly message: string; readonly hint: string | undefined },
  io: Pick<Io, 'env'>,
): string {
  return printable(`p0lint: ${error.message}${error.hint === undefined ? '' : `. ${error.hint}`}\n`, io);
}
