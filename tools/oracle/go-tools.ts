/**
 * What the Go tools say of a module: which files the toolchain compiles, and what errcheck and go-errorlint report in them.
 *
 *     const scope = compiledPackages('/home/me/cli')
 *     errcheckFindings(scope)      // [{ file: 'api/client.go', line: 12, column: 15, kind: 'statement' }, …]
 *
 * A package that does not load (a module that cannot be downloaded, a foreign platform) is left out, on both sides, and named.
 * Columns count bytes, as Go's tools do. Answers are kept in the folder `recorded`, if one is given, and read from there the next time.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Reported {
  /** Relative to the module's folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Compiled {
  readonly root: string;
  /** Import paths of the packages that load. */
  readonly packages: readonly string[];
  /** Their files, relative to the root. */
  readonly files: ReadonlySet<string>;
  /** Import paths of those that do not. */
  readonly leftOut: readonly string[];
}

interface ListedPackage {
  readonly ImportPath: string;
  readonly Dir: string;
  readonly GoFiles?: readonly string[];
  readonly CgoFiles?: readonly string[];
  readonly Error?: unknown;
  readonly DepsErrors?: readonly unknown[];
}

/** Runs a command of the Go tools in the module's folder; its output is remembered under `recorded`. */
export type Run = (command: string, args: readonly string[]) => string;

export function runner(root: string, recorded: string | undefined): Run {
  return (command, args) => {
    const key = createHash('sha256')
      .update([root, command, ...args].join('\n'))
      .digest('hex')
      .slice(0, 24);
    const kept =
      recorded === undefined ? undefined : path.join(recorded, `${path.basename(command)}-${key}.txt`);
    if (kept !== undefined && existsSync(kept)) return readFileSync(kept, 'utf8');
    const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 });
    if (result.error !== undefined) throw new Error(`${command}: ${result.error.message}`);
    if (result.signal !== null) throw new Error(`${command} was ended by ${result.signal}`);
    const output = result.stdout + result.stderr;
    if (kept !== undefined) {
      mkdirSync(path.dirname(kept), { recursive: true });
      writeFileSync(kept, output);
    }
    return output;
  };
}

/** Where `go install` puts its programs, for those who do not have that folder in their PATH. */
export function toolPath(name: string): string {
  const [bin = '', gopath = ''] = spawnSync('go', ['env', 'GOBIN', 'GOPATH'], { encoding: 'utf8' })
    .stdout.split('\n')
    .map((line) => line.trim());
  const file = path.join(bin === '' ? path.join(gopath.split(path.delimiter)[0] ?? '', 'bin') : bin, name);
  return existsSync(file) ? file : name;
}

export function compiledPackages(root: string, run: Run): Compiled {
  const fields = 'ImportPath,Dir,GoFiles,CgoFiles,Error,DepsErrors';
  const listed = jsonStream(run('go', ['list', '-e', `-json=${fields}`, './...'])) as ListedPackage[];
  const packages: string[] = [];
  const leftOut: string[] = [];
  const files = new Set<string>();
  for (const { ImportPath, Dir, GoFiles = [], CgoFiles = [], Error: error, DepsErrors } of listed) {
    if (error !== undefined || DepsErrors !== undefined) {
      leftOut.push(ImportPath);
      continue;
    }
    packages.push(ImportPath);
    for (const name of [...GoFiles, ...CgoFiles]) files.add(relative(root, path.join(Dir, name)));
  }
  return { root, packages, files, leftOut };
}

/** Concatenated JSON values, between lines that are none (progress of downloads). */
function jsonStream(text: string): unknown[] {
  const values: unknown[] = [];
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '{') lines = [line];
    else if (lines.length > 0) lines.push(line);
    if (line === '}' && lines.length > 0) {
      values.push(JSON.parse(lines.join('\n')));
      lines = [];
    }
  }
  return values;
}

/** So many packages at once: the tools keep the syntax of all of them in memory. */
const CHUNK = 100;

function chunks(packages: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(packages.length / CHUNK);
  return Array.from({ length: count }, (_, i) => packages.slice(i * CHUNK, (i + 1) * CHUNK));
}

/** Runs `errcheck -blank` on what compiles; packages that it cannot load are dropped from the scope. */
export function errcheckFindings(
  compiled: Compiled,
  run: Run,
): { scope: Compiled; found: readonly Reported[] } {
  let scope = compiled;
  const flags = ['-blank', '-ignoretests', '-abspath'];
  const found: Reported[] = [];
  for (const chunk of chunks(compiled.packages)) {
    for (let left = chunk; left.length > 0; left = left.filter((p) => scope.packages.includes(p))) {
      const output = run(toolPath('errcheck'), [...flags, ...left]);
      const failed = /errors while loading package (\S+):/.exec(output)?.[1];
      if (failed === undefined && /^error: /m.test(output))
        throw new Error(`errcheck: ${output.slice(0, 2000)}`);
      if (failed === undefined) {
        found.push(...positions(scope.root, output));
        break;
      }
      scope = without(scope, failed, run);
    }
  }
  return { scope, found };
}

function without(scope: Compiled, importPath: string, run: Run): Compiled {
  if (!scope.packages.includes(importPath)) throw new Error(`errcheck cannot load ${importPath}`);
  const packages = scope.packages.filter((p) => p !== importPath);
  const [pkg] = jsonStream(
    run('go', ['list', '-e', '-json=Dir,GoFiles,CgoFiles', importPath]),
  ) as ListedPackage[];
  const gone = new Set(
    [...(pkg?.GoFiles ?? []), ...(pkg?.CgoFiles ?? [])].map((name) =>
      relative(scope.root, path.join(pkg!.Dir, name)),
    ),
  );
  const files = new Set([...scope.files].filter((file) => !gone.has(file)));
  return { ...scope, packages, files, leftOut: [...scope.leftOut, importPath] };
}

/** Runs go-errorlint's check of formats alone. */
export function errorlintFindings(scope: Compiled, run: Run): readonly Reported[] {
  const flags = ['-errorf', '-asserts=false', '-comparison=false', '-test=false'];
  return chunks(scope.packages).flatMap((packages) =>
    positions(scope.root, run(toolPath('go-errorlint'), [...flags, ...packages])),
  );
}

function positions(root: string, output: string): readonly Reported[] {
  const found: Reported[] = [];
  for (const line of output.split('\n')) {
    const match = /^(.+\.go):(\d+):(\d+):/.exec(line);
    if (match === null) continue;
    const [, file = '', row = '', column = ''] = match;
    found.push({ file: relative(root, file), line: Number(row), column: Number(column) });
  }
  return found;
}

function relative(root: string, file: string): string {
  return path.relative(root, path.resolve(root, file)).split(path.sep).join('/');
}
