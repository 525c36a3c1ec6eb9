/**
 * Where reports go: one format to standard output, any number to files, each written under a temporary name and renamed over.
 *
 *     --format text --output sarif --output markdown=p0-compliance-review.md
 */
import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nearestName } from '../model/nearest-name.ts';
import { UserError } from '../model/user-error.ts';
import { type FormatName, formatNames } from '../report/index.ts';
import { ExitCode } from './exit-codes.ts';

export interface Output {
  readonly format: FormatName;
  /** As given, or the format's usual place. */
  readonly path: string;
}

/** Where `--output <format>` without a path goes. */
const USUAL_PLACE: Partial<Record<FormatName, string>> = {
  sarif: '.sarif/p0lint.sarif',
  markdown: 'p0-compliance-review.md',
};

/** Throws UserError for an unknown format, with a suggestion. */
export function parseFormat(name: string): FormatName {
  const found = formatNames.find((format) => format === name);
  if (found !== undefined) return found;
  const nearest = nearestName(name, formatNames);
  const hint =
    nearest === undefined ? `Formats are ${formatNames.join(', ')}.` : `Did you mean '${nearest}'?`;
  throw new UserError(`unknown format '${name}'`, hint);
}

/** `sarif=out.sarif`, or `sarif` alone. */
export function parseOutput(text: string): Output {
  const equals = text.indexOf('=');
  const format = parseFormat(equals < 0 ? text : text.slice(0, equals));
  const place = equals < 0 ? USUAL_PLACE[format] : text.slice(equals + 1);
  if (place === undefined || place === '')
    throw new UserError(`--output ${text} names no file`, `Write --output ${format}=<path>.`);
  return { format, path: place };
}

/**
 * A file is either as it was or whole: written beside and renamed over. Permissions stay, and of a symbolic link the file that it names
 * is replaced. Throws UserError where that is not possible.
 */
export function writeFileWhole(file: string, content: string): void {
  let temporary: string | undefined;
  const release = holdInterrupt();
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const { target, mode } = existing(file);
    temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
    writeFileSync(temporary, content);
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (cause) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    const reason = (cause as { code?: string }).code ?? String(cause);
    throw new UserError(`cannot write ${file}: ${reason}`, undefined, { cause });
  } finally {
    release();
  }
}

function existing(file: string): { target: string; mode: number | undefined } {
  try {
    const target = realpathSync(file);
    return { target, mode: statSync(target).mode };
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    return { target: file, mode: undefined };
  }
}

/**
 * Ctrl-C ends the process at once, wherever it computes; while a file is being written it waits until that is done, so that not even the
 * temporary file stays. A listener does that: Node calls it only after the present synchronous work.
 */
function holdInterrupt(): () => void {
  if (!process.listeners('SIGINT').includes(endInterrupted)) process.on('SIGINT', endInterrupted);
  return () => void setImmediate(() => process.off('SIGINT', endInterrupted)).unref();
}

function endInterrupted(): void {
  process.exit(ExitCode.Interrupted);
}
