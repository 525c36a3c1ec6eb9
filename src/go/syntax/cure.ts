/**
 * Parses Go, and cures what the grammar does not know.
 *
 *     p := new(time.Now())        valid since Go 1.26; to the grammar the argument of `new` is a type, never an expression
 *     make := newCounter(); make(100)
 *
 * Where the text does not parse, `new` and `make` in front of a parenthesis that holds an error are replaced by another name of the same
 * length, so that the parser sees an ordinary call, and the text is parsed again. Names are always read from the real text, so nobody
 * sees the replacement. Elsewhere they stay: as an ordinary call `new(map[string]int)` would not parse.
 */
import type { FlatTree, ParseError } from './flat-tree.ts';
import { parseTree } from './parser.ts';
import { skipSpace, skipToken } from './scan.ts';

/** After so many attempts that did not help, the rest of the damage is something else. */
const PATIENCE = 2;

const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['new', 'n_w'],
  ['make', 'm_ke'],
]);

/** `text`: must end in a line end. */
export function parseCured(text: string): FlatTree {
  const first = parseTree(text);
  if (first.errors.length === 0) return first;
  return cured(text, first);
}

/** `first`: the tree of the text as it is. */
export function cured(text: string, first: FlatTree): FlatTree {
  const suspects = findCalls(text);
  let best = first;
  let current = first;
  const replaced = new Set<Call>();
  const settled = new Set<Call>();
  for (let failures = 0; failures < PATIENCE && current.errors.length > 0; ) {
    const touched = suspects.filter((call) => current.errors.some((error) => touches(call, error)));
    const open = touched.filter((call) => !settled.has(call));
    if (open.length === 0) break;
    for (const [k, call] of open.entries()) {
      if (!replaced.has(call)) {
        replaced.add(call);
      } else if (!isAround(call, open[k + 1])) {
        // A replacement that did not help is taken back, and not tried again. Around it stand others that may be right.
        replaced.delete(call);
        settled.add(call);
      }
    }
    current = parseTree(withReplacements(text, suspects, replaced));
    if (damageSize(current.errors) < damageSize(best.errors)) best = current;
    else failures++;
  }
  return best;
}

/** `new(…)` or `make(…)`: where the name stands and where the parenthesis closes. */
interface Call {
  readonly start: number;
  readonly name: string;
  readonly end: number;
}

/** In the order of their beginning. One without a closing parenthesis reaches to the end of the text. */
function findCalls(text: string): readonly Call[] {
  const calls: Call[] = [];
  /** For every open parenthesis the index of its call, or -1. */
  const open: number[] = [];
  let name = '';
  let start = 0;
  for (let at = skipSpace(text, 0); at < text.length; ) {
    const next = skipToken(text, at);
    if (text[at] === '(') {
      open.push(name === '' ? -1 : calls.push({ start, name, end: text.length }) - 1);
    } else if (text[at] === ')') {
      const call = open.pop() ?? -1;
      if (call >= 0) calls[call] = { ...calls[call]!, end: at };
    }
    const word = text.slice(at, Math.min(next, at + 5));
    name = REPLACEMENTS.has(word) ? word : '';
    start = at;
    at = skipSpace(text, next);
  }
  return calls;
}

function touches(call: Call, error: ParseError): boolean {
  return error.start <= call.end && error.end >= call.start;
}

/** Calls stand in the order of their beginning, so what stands within a call comes next. */
function isAround(call: Call, next: Call | undefined): boolean {
  return next !== undefined && next.start < call.end;
}

function withReplacements(text: string, calls: readonly Call[], replaced: ReadonlySet<Call>): string {
  let result = '';
  let done = 0;
  for (const call of calls) {
    if (!replaced.has(call)) continue;
    result += text.slice(done, call.start) + REPLACEMENTS.get(call.name);
    done = call.start + call.name.length;
  }
  return result + text.slice(done);
}

/** Fewer errors are better, then shorter ones. */
function damageSize(errors: readonly ParseError[]): number {
  return errors.reduce((sum, error) => sum + 1 + (error.end - error.start) / 1e9, 0);
}
