/**
 * Expectations in Go fixtures, as comments on the line that they speak of.
 *
 *     t.Job.Send(&asset) // want unfiltered-send "asset" cap-missing "x"
 *     //p0lint:ignore x -- y
 *     // want-1 unknown-suppression "x"
 *     if t.Filter.Asset(&a) { // related "asked here"
 *     type Wiz struct { // status pass              (in fixtures/rules/<id>)
 *     type Wiz struct { // status vm-filter=pass …  (in fixtures/integrations)
 *
 * `want` is exhaustive: a finding that nobody wants fails the case. `related` and `evidence` are not.
 */

export interface Want {
  readonly file: string;
  readonly line: number;
  readonly id: string;
  readonly pattern: RegExp;
}
export interface Remark {
  readonly kind: 'related' | 'evidence';
  readonly file: string;
  readonly line: number;
  readonly pattern: RegExp;
}
export interface StatusWant {
  readonly file: string;
  readonly line: number;
  /** Undefined: the rule of the folder. */
  readonly rule: string | undefined;
  readonly status: string;
}
export interface Expectations {
  readonly wants: readonly Want[];
  readonly remarks: readonly Remark[];
  readonly statuses: readonly StatusWant[];
}

const STATUS = 'pass|fail|warn|not-applicable|unknown|not-checked';

/** Throws where a comment looks like an expectation and cannot be read: a silent one would never fail. */
export function expectationsIn(file: string, text: string): Expectations {
  const wants: Want[] = [];
  const remarks: Remark[] = [];
  const statuses: StatusWant[] = [];
  for (const [index, content] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    for (const match of content.matchAll(
      /\/\/ ?(want|related|evidence|status)([+-]\d+)?(?=[\s"])(.*?)(?=\/\/ ?(?:want|related|evidence|status|fix)\b|$)/g,
    )) {
      const [whole, kind, shift = '0', rest = ''] = match;
      // Prose such as "// want to retry" is none: an expectation has a quoted pattern or a status word.
      if (kind === 'status') statuses.push(...statusesIn(file, line, rest));
      else if (kind === 'want') {
        const pairs = [...rest.matchAll(/([\w/-]+)\s+"((?:[^"\\]|\\.)*)"/g)];
        if (pairs.length === 0) {
          if (/"/.test(rest)) throw new Error(`${file}:${line}: cannot read ${whole}`);
          continue;
        }
        for (const [, id = '', pattern = ''] of pairs)
          wants.push({ file, line: line + Number(shift), id, pattern: patternOf(pattern) });
      } else {
        const pattern = /^\s*"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1];
        if (pattern === undefined) continue;
        remarks.push({
          kind: kind as Remark['kind'],
          file,
          line: line + Number(shift),
          pattern: patternOf(pattern),
        });
      }
    }
  }
  return { wants, remarks, statuses };
}

function patternOf(text: string): RegExp {
  return new RegExp(text.replaceAll('\\"', '"'), 'i');
}

function statusesIn(file: string, line: number, rest: string): StatusWant[] {
  const found = [...rest.matchAll(new RegExp(`(?:([\\w-]+)=)?\\b(${STATUS})(?![\\w-])`, 'g'))];
  return found.map(([, rule, status = '']) => ({ file, line, rule, status }));
}
