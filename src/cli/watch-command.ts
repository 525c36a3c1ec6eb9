/**
 * `p0lint check --watch`: check again whenever a file changes, until Ctrl-C.
 *
 * Each round prints the findings and rewrites `.sarif/p0lint.sarif` by rename, so that a viewer that has it open shows the new state
 * (decision 28). Everything is read anew: a round is a check like any other, with the same result. A mistake in the configuration while
 * it is being edited is shown and does not end the watch. A round begins and ends with a line on standard error, for editors that wait.
 */
import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { UserError } from '../model/user-error.ts';
import { type CheckFlags, checkCommand } from './check-command.ts';
import { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { locate } from './locate.ts';
import { failureText, printable } from './printable.ts';

/** Editors write a file in several steps, and a checkout changes many: wait until it is quiet. */
const QUIET_MS = 150;

const MATTERS =
  /(?:\.go|(?:^|\/)(?:go\.(?:mod|work)|p0lint\.(?:ya?ml|json)|p0lint-baseline\.json|\.gitignore))$/;
const NEVER = /(?:^|\/)(?:\.git|\.sarif|node_modules)(?:\/|$)/;

/** Does a change of this path, relative to the root, make another round? */
export function matters(changed: string): boolean {
  const file = changed.split(path.sep).join('/');
  return MATTERS.test(file) && !NEVER.test(file);
}

/** Ends with 130 when interrupted. Throws UserError where the first round cannot even start, or the folder cannot be watched. */
export async function watchCommand(args: readonly string[], flags: CheckFlags, io: Io): Promise<ExitCode> {
  for (const name of ['staged', 'stdinFilename', 'fix', 'fixUnsafe', 'diff'] as const)
    if (flags[name] !== undefined && flags[name] !== false)
      throw new UserError(
        '--watch checks files as they change on disk',
        'Leave out --staged, --stdin-filename, --fix and --diff.',
      );
  const { root } = locate(io.cwd, args);
  const sarif = `sarif=${path.join(root, '.sarif', 'p0lint.sarif')}`;
  const round = () => checkCommand(args, { ...flags, output: [...flags.output, sarif] }, io);
  const rounds = changesUnder(root, io);
  try {
    io.stderr.write('p0lint: checking\n');
    await round();
    io.stderr.write('p0lint: watching; Ctrl-C ends.\n');
    for await (const changed of rounds.batches) {
      io.stderr.write('p0lint: checking\n');
      try {
        await round();
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        io.stderr.write(failureText(error, io));
      }
      const more = changed.length === 1 ? '' : ` and ${changed.length - 1} more`;
      io.stderr.write(printable(`p0lint: checked again, ${changed[0]}${more} changed.\n`, io));
    }
  } finally {
    rounds.close();
  }
  return ExitCode.Interrupted;
}

interface Changes {
  /** What changed since the last batch, sorted; ends when interrupted. */
  readonly batches: AsyncIterable<readonly string[]>;
  close(): void;
}

function changesUnder(root: string, io: Io): Changes {
  const pending = new Set<string>();
  let wake: (() => void) | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let failure: Error | undefined;
  const stop = (error?: Error) => {
    stopped = true;
    failure = error;
    wake?.();
  };
  let watcher: FSWatcher;
  try {
    watcher = watch(root, { recursive: true }, (_, name) => {
      if (name === null || !matters(name)) return;
      pending.add(name.split(path.sep).join('/'));
      clearTimeout(timer);
      timer = setTimeout(() => wake?.(), QUIET_MS);
    });
  } catch (cause) {
    throw cannotWatch(root, cause);
  }
  watcher.on('error', (cause) => stop(cannotWatch(root, cause)));
  const release = io.onInterrupt(() => stop());
  async function* batches() {
    for (;;) {
      // A change during a round, or one whose quiet time is over, makes the next round at once.
      if (pending.size === 0 && !stopped)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (failure !== undefined) throw failure;
      if (stopped) return;
      const batch = [...pending].sort();
      pending.clear();
      if (batch.length > 0) yield batch;
    }
  }
  return {
    batches: batches(),
    close() {
      clearTimeout(timer);
      watcher.close();
      release();
    },
  };
}

function cannotWatch(root: string, cause: unknown): UserError {
  const reason = (cause as { code?: string }).code ?? String(cause);
  const hint =
    reason === 'ENOSPC'
      ? 'The system allows no more watched files (fs.inotify.max_user_watches).'
      : undefined;
  return new UserError(`cannot watch ${root}: ${reason}`, hint, { cause });
}
