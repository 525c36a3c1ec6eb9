/**
 * The command line in process, with streams that remember, and throw-away folders to run it in.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../src/cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `p0lint <args>` in a folder. The module cache is empty unless the environment says otherwise. */
export async function p0lint(
  cwd: string,
  args: readonly string[],
  more: { env?: Record<string, string>; columns?: number; stdin?: string } = {},
): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const code = await main(args, {
    cwd,
    env: { GOMODCACHE: path.join(cwd, 'no-module-cache'), ...more.env },
    stdout: {
      write(text) {
        stdout += text;
      },
      isTTY: false,
      columns: more.columns,
    },
    stderr: {
      write(text) {
        stderr += text;
      },
      isTTY: false,
      columns: more.columns,
    },
    onInterrupt: () => () => {},
    readStdin: async () => new TextEncoder().encode(more.stdin ?? ''),
  });
  return { code, stdout, stderr };
}

/** A folder with these files, removed when `use` is done. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'p0lint-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
