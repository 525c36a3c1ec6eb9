/**
 * The configuration file: every mistake is named with its line, and with what was probably meant.
 */
import { describe, expect, it } from 'vitest';
import { findConfiguration } from '../../src/config/find.ts';
import { parseConfiguration } from '../../src/config/load.ts';
import { vocabularyOf } from '../../src/config/profiles.ts';
import { configurationJsonSchema } from '../../src/config/schema.ts';
import { settingsFrom } from '../../src/config/settings.ts';
import { UserError } from '../../src/model/user-error.ts';
import { memoryTree } from '../../src/project/tree.ts';
import { packageRule } from '../harness/marker-rule.ts';

const rules = [packageRule('marker', 4), packageRule('other', 5)];
const load = (text: string) => parseConfiguration('p0lint.yaml', text, rules);

function problems(text: string): string[] {
  try {
    load(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message, ...(error.hint === undefined ? [] : [error.hint])].join('\n').split('\n');
  }
  return [];
}

describe('mistakes', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly (string | RegExp)[]])[] = [
    [
      'an unknown key',
      'scope: all\nrulez: {}\n',
      ["p0lint.yaml:2:1: unknown key 'rulez'. Did you mean 'rules'?"],
    ],
    [
      'an unknown key far from any',
      'colour: red\n',
      [/^p0lint\.yaml:1:1: unknown key 'colour'\. Known: .*extends, scope/],
    ],
    [
      'an unknown rule',
      'rules:\n  markr: off\n',
      ["p0lint.yaml:2:3: unknown key 'markr'. Did you mean 'marker'?"],
    ],
    [
      'an unknown finding or option',
      'rules:\n  marker:\n    lmit: 3\n',
      ["p0lint.yaml:3:5: unknown key 'lmit'. Did you mean 'limit'?"],
    ],
    [
      'a wrong level',
      'rules:\n  marker:\n    bad: fatal\n',
      [/^p0lint\.yaml:3:10: rules\.marker\.bad: .*"error"\|"warning"\|"note"\|"off"/],
    ],
    [
      'a wrong option',
      'rules: { marker: { limit: 0 } }\n',
      [/^p0lint\.yaml:1:27: rules\.marker\.limit: .*>=1/],
    ],
    ['a wrong choice', 'rules: { marker: { mode: quick } }\n', [/rules\.marker\.mode: .*"fast"\|"slow"/]],
    ['a wrong type', 'tests: "yes"\n', [/^p0lint\.yaml:1:8: tests: .*boolean/]],
    ['a rule that is a list', 'rules: { marker: [] }\n', [/^p0lint\.yaml:1:18: rules\.marker: /]],
    ['a rule that is a level', 'rules: { marker: error }\n', [/^p0lint\.yaml:1:18: rules\.marker: /]],
    ['a whole that is a list', '- scope\n', [/^p0lint\.yaml:1:1: the file: .*object/]],
    ['a whole that is a word', 'chariot\n', [/^p0lint\.yaml:1:1: the file: .*object/]],
    [
      'several at once',
      'scop: all\ntests: 3\n',
      ["p0lint.yaml:1:1: unknown key 'scop'. Did you mean 'scope'?", /^p0lint\.yaml:2:8: tests: /],
    ],
    ['a key given twice', 'scope: all\nscope: all\n', [/^p0lint\.yaml:2:1: .*unique/]],
    ['broken YAML', 'rules: {\n', [/^p0lint\.yaml:\d+:\d+: /]],
    ['two documents', 'scope: all\n---\nscope: all\n', [/^p0lint\.yaml:\d+:\d+: .*documents/]],
    ['an alias of nothing', 'exclude: *none\n', [/^p0lint\.yaml:1:10: .*alias/i]],
    [
      'aliases without end',
      `${['a: &a [x,x,x,x,x,x,x,x,x,x]', ...'bcdefg'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdef'[i]},`.repeat(9)}*${'abcdef'[i]}]`)].join('\n')}\n`,
      [/^p0lint\.yaml:1:1: .*alias/i],
    ],
    [
      'not-applicable without a reason',
      'not-applicable:\n  - { rule: marker, type: Wiz }\n',
      [/^p0lint\.yaml:2:5: not-applicable\.0\.reason: /],
    ],
    [
      'an empty reason',
      'not-applicable: [{ rule: marker, type: Wiz, reason: "" }]\n',
      [/not-applicable\.0\.reason: /],
    ],
    [
      'an unknown rule in not-applicable',
      'not-applicable: [{ rule: markr, type: Wiz, reason: r }]\n',
      [/not-applicable\.0\.rule: .*Did you mean 'marker'\?$/],
    ],
    [
      'an override without paths',
      'overrides: [{ paths: [], rules: {} }]\n',
      [/^p0lint\.yaml:1:22: overrides\.0\.paths: /],
    ],
    [
      'a typo in the vocabulary',
      'platform:\n  sinkCals: [x]\n',
      ["p0lint.yaml:2:3: unknown key 'sinkCals'. Did you mean 'sinkCalls'?"],
    ],
    [
      'a removal of what is not there',
      'platform:\n  sendMethods: { remove: [Sent] }\n',
      [
        /^p0lint\.yaml:2:\d+: platform\.sendMethods\.remove: the profile has no 'Sent'\. Did you mean 'Send'\?$/,
      ],
    ],
    ['an unknown profile', 'extends: charriot\n', [/extends: .*Did you mean 'chariot'\?$/]],
  ];
  for (const [name, text, expected] of cases)
    it(name, () => {
      const found = problems(text);
      expect(found, found.join('\n')).toHaveLength(expected.length);
      for (const [i, line] of expected.entries())
        if (typeof line === 'string') expect(found[i]).toBe(line);
        else expect(found[i]).toMatch(line);
    });
});

describe('what is fine', () => {
  for (const text of ['', '# nothing\n', '{}', '{"scope": "all"}', '\uFEFFscope: all\n', 'extends: none\n'])
    it(JSON.stringify(text), () => expect(problems(text)).toEqual([]));
  it('lines of values are known', () =>
    expect(load('scope: all\nrules:\n  marker:\n    limit: 3\n').lineOf(['rules', 'marker', 'limit'])).toBe(
      4,
    ));
});

describe('overrides and options', () => {
  const settings = (text: string, folder = '') => settingsFrom(load(text).value, folder, rules);
  const CONFIG = `
rules: { marker: { limit: 3, bad: warning } }
overrides:
  - { paths: [legacy], rules: { marker: { limit: 5, bad: note } } }
  - { paths: ['legacy/new/**', '/x.go'], rules: { marker: { bad: error } } }
`;
  it('the last that matches wins; what it does not say falls through', () => {
    const s = settings(CONFIG);
    const at = (file: string) => [
      s.levelOf('marker', 'bad', file, 'error'),
      s.optionsOf('marker', file).limit,
    ];
    expect(at('a.go')).toEqual(['warning', 3]);
    expect(at('legacy/a.go')).toEqual(['note', 5]);
    expect(at('legacy/new/a.go')).toEqual(['error', 5]);
    expect(at('x.go')).toEqual(['error', 3]);
    expect(at('legacyish/a.go')).toEqual(['warning', 3]);
  });
  it('globs are relative to the file', () => {
    const s = settings(CONFIG, 'ser[v]ices');
    expect(s.optionsOf('marker', 'ser[v]ices/legacy/a.go').limit).toBe(5);
    expect(s.optionsOf('marker', 'legacy/a.go').limit).toBe(3);
  });
  it('other rules keep their defaults', () =>
    expect(settings(CONFIG).optionsOf('other', 'legacy/a.go')).toEqual({
      limit: 10,
      strict: false,
      names: ['a'],
      mode: 'fast',
    }));
  it('exclude takes folders, files and globs', () => {
    const { excluded } = settings('exclude: [old, "**/*_gen.go", ./a.go]');
    expect(['old', 'old/x.go', 'p/x_gen.go', 'a.go', 'b/a.go', 'older/x.go'].map(excluded)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('vocabulary', () => {
  const of = (text: string) => vocabularyOf(load(text).value);
  it('a list replaces, add and remove change', () => {
    expect(of('platform: { sendMethods: [Emit] }').sendMethods).toEqual(['Emit']);
    expect(of('platform: { sendMethods: { add: [Emit] } }').sendMethods).toEqual(['Send', 'Emit']);
    expect(of('platform: { sendMethods: { add: [Emit], remove: [Send] } }').sendMethods).toEqual(['Emit']);
  });
  it('words and methods are set', () => {
    const vocabulary = of(
      'platform: { entryMethod: Run, filterMethods: [{ name: Keep, trueMeans: accept }] }',
    );
    expect([vocabulary.entryMethod, vocabulary.filterMethods]).toEqual([
      'Run',
      [{ name: 'Keep', trueMeans: 'accept' }],
    ]);
  });
  it('extends none has no word of the platform, and the general facts', () => {
    const { baseTypes, guardedModels, sinkCalls, localPackages } = of('extends: none');
    expect([baseTypes, guardedModels]).toEqual([[], []]);
    expect(sinkCalls.length).toBeGreaterThan(10);
    expect([...sinkCalls, ...localPackages].filter((p) => p.startsWith('pkg/'))).toEqual([]);
  });
});

describe('finding it', () => {
  const files = memoryTree({
    'p0lint.yaml': '',
    'a/p0lint.yml': '',
    'a/b/c.go': '',
    'two/p0lint.yaml': '',
    'two/p0lint.json': '{}',
  });
  const find = (...folders: string[]) => findConfiguration(files, folders, rules)?.file;
  it('the nearest upwards', () =>
    expect([find('a/b'), find('a'), find(''), find('z')]).toEqual([
      'a/p0lint.yml',
      'a/p0lint.yml',
      'p0lint.yaml',
      'p0lint.yaml',
    ]));
  it('one for all paths', () =>
    expect(() => find('a', 'z')).toThrow(
      'the paths have different configurations: a/p0lint.yml and p0lint.yaml',
    ));
  it('one in a folder', () => expect(() => find('two')).toThrow(/two configurations in one folder/));
  it('or none', () => expect(findConfiguration(memoryTree({ 'x.go': '' }), [''], rules)).toBeUndefined());
});

it('the JSON Schema names every rule, finding and option', () => {
  const text = JSON.stringify(configurationJsonSchema(rules));
  for (const word of ['marker', 'probably', 'limit', 'sinkCalls', 'not-applicable'])
    expect(text).toContain(`"${word}"`);
});
