/**
 * Where reports go: one format to standard output, any number to files, each written under a temporary name and renamed over.
 *
 *     --format text --output sarif --output markdown=p0-compliance-review.md
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nearestName } from '../model/nearest-name.ts';
import { UserError } from '../model/user-error.ts';
import { type FormatName, formatNames } from '../report/index.ts';

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

/** Throws UserError where the file cannot be written; then the old file, if any, is as it was. */
export function writeFileWhole(file: string, content: string): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    const reason = (cause as { code?: string }).code ?? String(cause);
    throw new UserError(`cannot write ${file}: ${reason}`, undefined, { cause });
  }
}
