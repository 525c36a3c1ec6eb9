/**
 * go.mod and go.work, as far as p0lint needs them (go.dev/ref/mod#go-mod-file, #workspaces).
 *
 *     parseGoMod('module example.com/a\n\ngo 1.24\n\nreplace example.com/b => ../b\n')
 *     => { module: 'example.com/a', go: { version: '1.24', line: 3 }, replaces: [{ path: 'example.com/b', to: '../b' … }] … }
 *
 * Lines that are not understood are passed over: p0lint must work on code that does not build. `exclude`, `retract`, `tool` and
 * `toolchain` do not matter here.
 */

export interface Requirement {
  readonly path: string;
  readonly version: string;
}
export interface Replace {
  readonly path: string;
  /** Absent: every version. */
  readonly version: string | undefined;
  /** A module path, or a folder if it starts with `./`, `../` or `/` (or a drive). */
  readonly to: string;
  readonly toVersion: string | undefined;
}
export interface GoModFile {
  readonly module: string | undefined;
  readonly go: { readonly version: string; readonly line: number } | undefined;
  readonly requires: readonly Requirement[];
  readonly replaces: readonly Replace[];
  /** go.work only. */
  readonly uses: readonly string[];
}

export function parseGoMod(text: string): GoModFile {
  let module: string | undefined;
  let go: GoModFile['go'];
  const requires: Requirement[] = [];
  const replaces: Replace[] = [];
  const uses: string[] = [];
  let block: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const words = wordsOf(line);
    if (words.length === 0) continue;
    if (block !== undefined && words[0] === ')') {
      block = undefined;
      continue;
    }
    if (words[1] === '(') {
      block = words[0];
      continue;
    }
    const [verb, ...args] = block === undefined ? words : [block, ...words];
    const [first, second] = args;
    if (verb === 'module' && first !== undefined) module = first;
    else if (verb === 'go' && first !== undefined) go = { version: first, line: index + 1 };
    else if (verb === 'require' && first !== undefined && second !== undefined)
      requires.push({ path: first, version: second });
    else if (verb === 'use' && first !== undefined) uses.push(first);
    else if (verb === 'replace') {
      const arrow = args.indexOf('=>');
      const to = args[arrow + 1];
      if (arrow > 0 && first !== undefined && to !== undefined)
        replaces.push({
          path: first,
          version: arrow > 1 ? second : undefined,
          to,
          toVersion: args[arrow + 2],
        });
    }
  }
  return { module, go, requires, replaces, uses };
}

/** Is the target of a replace a folder and not a module path? (go.dev/ref/mod#go-mod-file-replace) */
export function isLocalTarget(target: string): boolean {
  return /^\.{0,2}[/\\]|^\.{1,2}$|^[A-Za-z]:[/\\]/.test(target);
}

/** The words of a line without its comment; strings in quotes or backquotes are one word. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/\/\/.*$|"((?:[^"\\]|\\.)*)"|`([^`]*)`|[()]|[^\s()"`]+/g)) {
    const word = match[0];
    if (word.startsWith('//')) break;
    words.push(match[1] ?? match[2] ?? word);
  }
  return words;
}
