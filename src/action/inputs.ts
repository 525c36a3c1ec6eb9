/**
 * The action's inputs: `INPUT_<NAME>` variables (the runner keeps the dash), read once and checked.
 */
import type { Level } from '../model/finding.ts';
import type { Settings } from '../model/settings.ts';
import { UserError } from '../model/user-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Inputs {
  readonly paths: readonly string[];
  readonly scope: Settings['scope'] | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly failOn: Level | 'never' | undefined;
  readonly config: string | undefined;
  readonly baseline: string | undefined;
  readonly dependencies: Settings['dependencies'] | undefined;
  readonly newOnly: boolean;
  readonly changedFiles: boolean;
  readonly annotations: boolean;
  readonly summary: boolean;
  readonly comment: boolean;
  readonly commentId: string;
  readonly sarif: string;
  readonly category: string | null;
  readonly review: string;
  readonly allowEmpty: boolean;
  readonly token: string | undefined;
}

/** Throws UserError that names the input. */
export function readInputs(env: Environment): Inputs {
  const text = (name: string) => env[`INPUT_${name.toUpperCase()}`]?.trim() || undefined;
  const flag = (name: string) => {
    const value = text(name) ?? 'false';
    if (/^true$/i.test(value)) return true;
    if (/^false$/i.test(value)) return false;
    throw new UserError(`input ${name} is '${value}'; it takes true or false`);
  };
  const choice = <T extends string>(name: string, ...choices: readonly T[]): T | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    const found = choices.find((c) => c === value);
    if (found === undefined)
      throw new UserError(`input ${name} is '${value}'; it takes ${choices.join(', ')}`);
    return found;
  };
  const list = (name: string) =>
    (text(name) ?? '')
      .split(/[,\r\n]+/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  // A path may hold a comma.
  const lines = (name: string) =>
    (text(name) ?? '')
      .split(/\r?\n/)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const commentId = text('comment-id') ?? 'p0lint';
  if (!/^[\w.-]{1,64}$/.test(commentId))
    throw new UserError(`input comment-id is '${commentId}'; it takes letters, digits, '.', '_' and '-'`);
  return {
    paths: lines('paths'),
    scope: choice('scope', 'integrations', 'all'),
    only: list('only'),
    skip: list('skip'),
    failOn: choice('fail-on', 'error', 'warning', 'note', 'never'),
    config: text('config'),
    baseline: text('baseline'),
    dependencies: choice('dependencies', 'auto', 'ignore'),
    newOnly: flag('new-only'),
    changedFiles: flag('changed-files'),
    annotations: flag('annotations'),
    summary: flag('summary'),
    comment: flag('comment'),
    commentId,
    sarif: text('sarif') ?? '.sarif/p0lint.sarif',
    category: text('category') ?? null,
    review: text('review') ?? 'p0-compliance-review.md',
    allowEmpty: flag('allow-empty'),
    token: text('token'),
  };
}
