import { describe, expect, test } from 'vitest';
import {
  beginsFatalEvent,
  neverReturns,
  noReturnFunctions,
  sendsEvent,
} from '../../src/knowledge/no-return.ts';
import { stdlibSource } from '../../src/knowledge/stdlib.ts';

describe('the standard library declares each of them', () => {
  const ofStdlib = noReturnFunctions()
    .map((full) => /^(?:\((?<star>\*?)(?<owner>.*)\)|(?<pkg>.*))\.(?<name>\w+)$/.exec(full)?.groups)
    .map((groups) => {
      const { star = '', owner, pkg, name } = groups!;
      const dot = owner?.lastIndexOf('.') ?? -1;
      return { star, path: pkg ?? owner!.slice(0, dot), type: owner?.slice(dot + 1), name: name! };
    })
    .filter(({ path }) => !path.includes('.'));

  test.each(ofStdlib)('$path $type $name', ({ star, path, type, name }) => {
    const source = stdlibSource(path)!;
    const method = star === '' ? `\\s${name}\\(` : `func \\(\\w* ?\\*${type}\\) ${name}\\(`;
    expect(source).toMatch(type === undefined ? new RegExp(`func ${name}\\(`) : new RegExp(method));
  });

  test('there are some', () => {
    expect(ofStdlib.length).toBeGreaterThan(20);
  });
});

test.each([
  ['os', undefined, 'Exit', true],
  ['os', 'Process', 'Exit', false],
  ['example.com/os', undefined, 'Exit', false],
  ['log', 'Logger', 'Fatalf', true],
  ['log', undefined, 'Print', false],
  ['testing', 'common', 'Fatal', true],
  ['testing', 'TB', 'Skip', true],
  ['testing', 'common', 'Error', false],
  ['go.uber.org/zap', 'SugaredLogger', 'Fatalw', true],
  ['go.uber.org/zap', 'Logger', 'DPanic', false],
  ['github.com/rs/zerolog/log', undefined, 'Fatal', false],
] as const)('%s %s %s never returns: %s', (path, type, name, expected) => {
  expect(neverReturns(path, type, name)).toBe(expected);
});

test('log events end the program when they are sent', () => {
  expect(beginsFatalEvent('github.com/rs/zerolog/log', undefined, 'Fatal')).toBe(true);
  expect(beginsFatalEvent('github.com/rs/zerolog', 'Logger', 'Panic')).toBe(true);
  expect(beginsFatalEvent('github.com/rs/zerolog/log', undefined, 'Error')).toBe(false);
  expect(sendsEvent('Msg')).toBe(true);
  expect(sendsEvent('Err')).toBe(false);
});
