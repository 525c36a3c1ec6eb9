/**
 * What started the workflow, as far as the action needs it. The event file is data from outside: every field is checked.
 */
import { readFileSync } from 'node:fs';
import type { Environment } from './inputs.ts';

export interface Event {
  readonly name: string;
  /** `owner/name` of the repository that the workflow runs in. */
  readonly repository: string | undefined;
  readonly pullRequest:
    | {
        readonly number: number;
        readonly baseSha: string | undefined;
        readonly headSha: string | undefined;
        readonly fromFork: boolean;
      }
    | undefined;
  /** The commit before a push; undefined for a new branch. */
  readonly before: string | undefined;
}

const SHA = /^[0-9a-f]{40,64}$/;

export function readEvent(env: Environment): Event {
  const name = env.GITHUB_EVENT_NAME ?? '';
  const payload = readPayload(env.GITHUB_EVENT_PATH);
  const repository = env.GITHUB_REPOSITORY;
  const pull = field(payload, 'pull_request');
  const number = field(pull, 'number');
  const isPull =
    /^pull_request(?:_target)?$/.test(name) && typeof number === 'number' && Number.isInteger(number);
  const headRepository = field(field(field(pull, 'head'), 'repo'), 'full_name');
  return {
    name,
    repository: repository !== undefined && /^[\w.-]+\/[\w.-]+$/.test(repository) ? repository : undefined,
    pullRequest: isPull
      ? {
          number,
          baseSha: sha(field(field(pull, 'base'), 'sha')),
          headSha: sha(field(field(pull, 'head'), 'sha')),
          // A deleted fork has no repository any more; it was one.
          fromFork: headRepository !== repository,
        }
      : undefined,
    before: name === 'push' ? sha(field(payload, 'before')) : undefined,
  };
}

function readPayload(path: string | undefined): unknown {
  if (path === undefined) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A commit's hash; the zeros that stand for "none" are none. */
function sha(value: unknown): string | undefined {
  return typeof value === 'string' && SHA.test(value) && !/^0+$/.test(value) ? value : undefined;
}
