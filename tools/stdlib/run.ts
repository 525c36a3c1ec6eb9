/**
 * Regenerates the standard library declarations with the installed Go, or checks them against it.
 *
 *     npm run stdlib              writes src/knowledge/stdlib/declarations.txt
 *     npm run stdlib -- --check   generates again and compares, if the installed Go is of the same release
 *     npm run stdlib -- --verbose also says what differs between platforms, and the size of each section
 *
 * Exit code 0: written, equal, or (with --check) skipped, which is said; 1: different, or generating failed.
 * A check is skipped when there is no Go, or one of another release: nobody needs Go to work on p0lint.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stdlibRelease } from '../../src/knowledge/stdlib.ts';

const generator = fileURLToPath(new URL('.', import.meta.url));
const committed = fileURLToPath(new URL('../../src/knowledge/stdlib/declarations.txt', import.meta.url));

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const unknown = args.find((arg) => arg !== '--check' && arg !== '--verbose');
  if (unknown !== undefined) return fail(`unknown option ${unknown}; known are --check and --verbose`);
  const installed = go(['env', 'GOVERSION'])?.trim();
  if (!args.includes('--check')) {
    if (installed === undefined) return fail('no working Go installation found; it is needed to generate');
    return generate(committed, args.includes('--verbose')) ? 0 : 1;
  }
  if (installed === undefined) return skip('there is no Go that can run the generator');
  const release = stdlibRelease();
  if (minor(installed) !== minor(release))
    return skip(`the file is of ${release}, installed is ${installed}`);
  return check(installed);
}

function check(installed: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'p0lint-stdlib-'));
  try {
    const fresh = join(folder, 'declarations.txt');
    if (!generate(fresh, false)) return 1;
    const difference = firstDifference(lines(committed), lines(fresh));
    if (difference !== undefined) return fail(`${difference}\nnpm run stdlib writes it again`);
    console.log(`stdlib: up to date with ${installed}`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The release line may differ: a patch release does not change what packages declare. */
function lines(file: string): readonly string[] {
  return readFileSync(file, 'latin1')
    .split('\n')
    .map((line) => (line.startsWith('release: ') ? 'release: any' : line));
}

function firstDifference(old: readonly string[], fresh: readonly string[]): string | undefined {
  const length = Math.max(old.length, fresh.length);
  for (let i = 0; i < length; i++) {
    if (old[i] !== fresh[i]) {
      return `declarations.txt:${i + 1} is not what this Go gives\n  file: ${old[i]}\n  Go:   ${fresh[i]}`;
    }
  }
  return undefined;
}

function generate(output: string, verbose: boolean): boolean {
  return go(['run', '.', '-o', output, ...(verbose ? ['-v'] : [])], true) !== undefined;
}

/** Runs the go command on the generator; its output, or undefined if it is absent or fails. */
function go(args: readonly string[], loud = false): string | undefined {
  // Settings for other projects must not change what is read: no other platform, release or experiment.
  const { GOOS, GOARCH, GOEXPERIMENT, GOFLAGS, ...env } = process.env;
  const { status, stdout } = spawnSync('go', args, {
    cwd: generator,
    env: { ...env, GOTOOLCHAIN: 'local', GOWORK: 'off' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', loud ? 'inherit' : 'ignore'],
  });
  return status === 0 ? stdout : undefined;
}

/** `go1.26` of `go1.26.8` and of `go1.26rc1`. */
function minor(release: string): string {
  return /^go\d+\.\d+/.exec(release)?.[0] ?? release;
}

function skip(reason: string): number {
  console.log(`stdlib: check skipped, ${reason}`);
  return 0;
}

function fail(message: string): number {
  console.error(`stdlib: ${message}`);
  return 1;
}
