/**
 * Checks the fixtures with a real Go toolchain, where there is one: `npm run fixtures:go`.
 *
 * A fixture that does not compile proves nothing about code that does. So every Go file under fixtures/ has to be as gofmt writes it,
 * and every module (fixtures/ itself, its stubs in vendor/, and the cases with a go.mod of their own) has to build and to pass `go vet`:
 *
 *     go1.26.8 linux/amd64
 *     ok    gofmt     412 files
 *     ok    build     fixtures
 *     ok    vet       fixtures
 *     ok    vet       fixtures/vendor (62 packages)
 *     ok    build     fixtures/rules/errgroup-limit/loop-variable-go120
 *     …
 *     skip  build     fixtures/rules/ignored-error/by-convention: github.com/acme-cloud/sdk-go is not at hand
 *
 * Nothing is downloaded: the main module builds from vendor/, the others replace what they need by path. A module that requires something it
 * neither replaces nor vendors is about calls that cannot be resolved; it is formatted, not compiled, and a line says so, as for
 * a module that asks for a newer Go than the one at hand.
 *
 * Left out: fixtures/broken. What lies there is code in the middle of being written, which has to stay broken: gofmt could not read it, and
 * that is its point. It is a module of its own, so that `./...` does not reach it either.
 *
 * Exit code: 0 if all is well or there is no Go toolchain (one line says so), 1 otherwise.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fixtures = join(root, 'fixtures');
const leftOut = new Set([join(fixtures, 'broken')]);

/** The user's own settings must not decide what a fixture means: no proxy, no workspace, no other toolchain, no flags. */
const environment = { ...process.env, GOFLAGS: '', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off' };

interface Outcome {
  readonly ok: boolean;
  /** What was printed on both streams, trimmed. */
  readonly output: string;
}

function run(command: string, args: readonly string[], cwd: string, input = ''): Outcome {
  const result = spawnSync(command, args, {
    cwd,
    env: environment,
    input,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (result.error) return { ok: false, output: result.error.message };
  return { ok: result.status === 0, output: `${result.stdout}${result.stderr}`.trim() };
}

/** All files below a folder, in a stable order, without what is left out. */
function filesBelow(folder: string): string[] {
  if (leftOut.has(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
}

/**
 * Whether the files are as gofmt writes them. A last line without a newline is allowed: how such a file is counted is what a case of
 * file-length is about.
 */
function formatted(files: readonly string[]): Outcome {
  const listed = run('gofmt', ['-l', ...files], root);
  if (!listed.ok) return listed;
  const wrong = listed.output.split('\n').filter((file) => {
    if (file === '') return false;
    const source = readFileSync(join(root, file), 'utf8');
    return source.endsWith('\n') || run('gofmt', ['-l'], root, `${source}\n`).output !== '';
  });
  return { ok: wrong.length === 0, output: wrong.join('\n') };
}

/**
 * `go vet ./...`, without what it says of loop variables in files whose own expectations speak of them: on code before Go 1.22 vet sees
 * some of the shared variables that p0lint is meant to see. Nor does code count that cannot run where calls of `dead()` say so.
 */
function vetted(module: string): Outcome {
  const vet = run('go', ['vet', './...'], module);
  if (vet.ok) return vet;
  const unexpected = vet.output.split('\n').filter((line) => {
    if (line.startsWith('#')) return false; // the package's name, above its complaints
    const [, marked] = /^(?:vet: )?(\S+\.go):\d+:\d+: unreachable code$/.exec(line) ?? [];
    if (marked) return !readFileSync(join(module, marked), 'utf8').includes('dead()');
    const [, file] =
      /^(?:vet: )?(\S+\.go):\d+:\d+: loop variable \w+ captured by func literal$/.exec(line) ?? [];
    return !file || !/\/\/ want.* loop-variable/.test(readFileSync(join(module, file), 'utf8'));
  });
  return { ok: unexpected.length === 0, output: unexpected.join('\n') };
}

/** The packages that vendor/modules.txt lists: `go vet ./...` does not reach those that no fixture imports yet. */
function vendoredPackages(module: string): string[] {
  const list = join(module, 'vendor', 'modules.txt');
  if (!existsSync(list)) return [];
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

interface GoMod {
  readonly Go?: string;
  readonly Require?: readonly { readonly Path: string }[] | null;
  readonly Replace?: readonly { readonly Old: { readonly Path: string } }[] | null;
}

/** Why a module cannot be compiled on this machine, or nothing if it can. */
function notCompilable(module: string, goVersion: string): string | undefined {
  const read = run('go', ['mod', 'edit', '-json'], module);
  if (!read.ok) return undefined; // `go build` says what is wrong with it
  const mod = JSON.parse(read.output) as GoMod;
  if (mod.Go && newer(mod.Go, goVersion)) return `it asks for go ${mod.Go}`;
  if (existsSync(join(module, 'vendor', 'modules.txt'))) return undefined;
  const replaced = new Set((mod.Replace ?? []).map((replace) => replace.Old.Path));
  const absent = (mod.Require ?? []).map((require) => require.Path).filter((path) => !replaced.has(path));
  return absent.length > 0 ? `${absent.join(', ')} is not at hand` : undefined;
}

/** Whether Go version a, such as "1.27" or "1.25.1", is newer than b. */
function newer(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) =>
    version.split('.').map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function main(): number {
  const version = run('go', ['version'], root);
  if (!version.ok) {
    console.log(
      'fixtures: there is no Go toolchain on the PATH, so the fixtures were NOT compiled (skipped, no failure)',
    );
    return 0;
  }
  const [, goVersion = '0', platform = ''] = /go version go(\S+) (\S+)/.exec(version.output) ?? [];
  console.log(`go${goVersion} ${platform}`);

  let failures = 0;
  const say = (outcome: Outcome, what: string, where: string): void => {
    console.log(`${outcome.ok ? 'ok  ' : 'FAIL'}  ${what.padEnd(8)}  ${where}`);
    if (outcome.ok) return;
    failures++;
    console.log(outcome.output.replace(/^/gm, '        '));
  };

  const files = filesBelow(fixtures);
  const sources = files.filter((file) => file.endsWith('.go')).map((file) => relative(root, file));
  say(formatted(sources), 'gofmt', `${sources.length} files`);

  const modules = files
    .filter((file) => file.endsWith('/go.mod') && !relative(fixtures, file).startsWith('vendor/'))
    .map((file) => dirname(file));
  let skipped = 0;
  for (const module of modules) {
    const name = relative(root, module);
    const reason = notCompilable(module, goVersion);
    if (reason) {
      skipped++;
      console.log(`skip  ${'build'.padEnd(8)}  ${name}: ${reason}`);
      continue;
    }
    say(run('go', ['build', './...'], module), 'build', name);
    say(vetted(module), 'vet', name);
    const vendored = vendoredPackages(module);
    if (vendored.length > 0) {
      say(run('go', ['vet', ...vendored], module), 'vet', `${name}/vendor (${vendored.length} packages)`);
    }
  }

  console.log(
    failures === 0
      ? `fixtures: ${modules.length - skipped} modules compile and pass go vet, ${skipped} not compiled`
      : `fixtures: ${failures} of the checks failed`,
  );
  return failures === 0 ? 0 : 1;
}

process.exitCode = main();
