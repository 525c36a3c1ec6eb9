/**
 * Fingerprints and their comparison: what survives an edit, what is new, what is gone (decision 23).
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { compareFindings, type KnownFinding } from '../../src/engine/compare.ts';
import { loadParser } from '../../src/go/syntax/parser.ts';
import fileLength from '../../src/rules/file-length/index.ts';
import { reportOf } from '../harness/in-memory.ts';
import { packageRule } from '../harness/marker-rule.ts';

beforeAll(() => loadParser());

const rules = [packageRule('marker', 4)];

function prints(code: string, file = 'a.go'): string[] {
  return reportOf({ [file]: code }, rules).findings.map((f) => f.fingerprint);
}

const CODE = 'package app\n\nfunc f() {\n\tx(bad(), 1)\n}\n';

describe('a fingerprint survives', () => {
  const same: Readonly<Record<string, string>> = {
    'lines above': `package app\n\n// New.\nvar y int\n\nfunc f() {\n\tx(bad(), 1)\n}\n`,
    're-indentation and blocks': 'package app\n\nfunc f() {\n\tif ok {\n\t\t\tx(bad(), 1)\n\t}\n}\n',
    'line breaks inside': 'package app\n\nfunc f() {\n\tx(bad(),\n\t\t1)\n}\n',
    CRLF: CODE.replaceAll('\n', '\r\n'),
    'other statements': 'package app\n\nfunc f() {\n\ty()\n\tx(bad(), 1)\n\tz()\n}\n',
    'a byte order mark': `\uFEFF${CODE}`,
  };
  for (const [name, code] of Object.entries(same)) it(name, () => expect(prints(code)).toEqual(prints(CODE)));
  it('another file name', () => expect(prints(CODE, 'b/c.go')).toEqual(prints(CODE)));
});

describe('a fingerprint changes with', () => {
  const other: Readonly<Record<string, string>> = {
    'the function': CODE.replace('f()', 'g()'),
    'the receiver': CODE.replace('func f()', 'func (t *T) f()'),
    'the statement': CODE.replace('1', '2'),
    'the finding': CODE.replace('bad', 'warn'),
  };
  for (const [name, code] of Object.entries(other))
    it(name, () => expect(prints(code)).not.toEqual(prints(CODE)));
  it('the ordinal among equals', () => {
    const [a, b] = prints('package app\n\nfunc f() {\n\tbad()\n\tbad()\n}\n');
    expect(a).not.toBe(b);
  });
});

it('that of a too long file does not depend on the line over the limit', () => {
  const long = (n: number) => `package app\n${'var x = 1\n'.repeat(n)}`;
  const [a, b] = [500, 501].map((n) => reportOf({ 'a.go': long(n) }, [fileLength]).findings[0]);
  expect(a?.fingerprint).toBe(b?.fingerprint);
  expect([a?.magnitude, b?.magnitude]).toEqual([501, 502]);
});

const known = (file: string, fingerprint = 'f', magnitude?: number): KnownFinding => ({
  file,
  fingerprint,
  ...(magnitude === undefined ? {} : { magnitude }),
});
const isNew = (
  before: readonly KnownFinding[],
  after: readonly KnownFinding[],
  renames: Readonly<Record<string, string>> = {},
) => {
  const files = new Set(after.map((f) => f.file));
  return compareFindings(before, after, (file) => files.has(file), new Map(Object.entries(renames)));
};

describe('compared with an earlier state', () => {
  it('the same is known', () => expect(isNew([known('a')], [known('a')]).isNew).toEqual([false]));
  it('another fingerprint is new, and the earlier one gone: they do not cancel out', () => {
    const { isNew: fresh, gone } = isNew([known('a', 'f')], [known('a', 'g')]);
    expect([fresh, gone]).toEqual([[true], [known('a', 'f')]]);
  });
  it('copied code is new, moved code is not', () => {
    expect(isNew([known('a')], [known('a'), known('b')]).isNew).toEqual([false, true]);
    expect(isNew([known('a')], [known('b'), known('a')]).isNew).toEqual([true, false]);
    expect(isNew([known('a')], [known('b')]).isNew).toEqual([false]);
    expect(isNew([known('a')], [known('b'), known('c')]).isNew).toEqual([false, true]);
  });
  it('a renamed file takes its findings along, also where the old name is used anew', () => {
    const after = [known('a'), known('b')];
    expect(isNew([known('a')], after, { b: 'a' }).isNew).toEqual([true, false]);
    expect(isNew([known('a'), known('c')], [known('b'), known('a')], { b: 'a', a: 'c' }).isNew).toEqual([
      false,
      false,
    ]);
  });
  it('a second equal one in the same file is new', () =>
    expect(isNew([known('a')], [known('a'), known('a')]).isNew).toEqual([false, true]));
  it('what has grown is new; what has shrunk or stayed is not', () => {
    expect(isNew([known('a', 'f', 450)], [known('a', 'f', 451)]).isNew).toEqual([true]);
    expect(isNew([known('a', 'f', 450)], [known('a', 'f', 450)]).isNew).toEqual([false]);
    expect(isNew([known('a', 'f', 450)], [known('a', 'f', 440)]).isNew).toEqual([false]);
  });
});
