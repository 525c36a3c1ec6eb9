/**
 * schemas/p0lint.schema.json, as an editor uses it: it accepts what p0lint accepts, and refuses what it refuses.
 */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configurationTemplate } from '../../src/cli/init-files.ts';
import { parseConfiguration } from '../../src/config/load.ts';
import { UserError } from '../../src/model/user-error.ts';
import { rules } from '../../src/rules/index.ts';

const schema = JSON.parse(readFileSync('schemas/p0lint.schema.json', 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);

function accepted(text: string): boolean {
  try {
    parseConfiguration('p0lint.yaml', text, rules);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

describe('the JSON Schema agrees with p0lint about', () => {
  const page = readFileSync('docs/configuration.md', 'utf8');
  const texts: Readonly<Record<string, string>> = {
    'the template of init': configurationTemplate(rules),
    'the example in the docs': /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? 'nothing: here',
    'the platform of the fixtures': readFileSync('fixtures/platforms/harbour/p0lint.yaml', 'utf8'),
    'a rule that is off': 'rules: { file-length: off }',
    'an unknown key': 'scop: all',
    'an unknown rule': 'rules: { file-lenght: off }',
    'a wrong option': 'rules: { file-length: { max: 0 } }',
    'a wrong level': 'rules: { file-length: { too-long: fatal } }',
    'no reason': 'not-applicable: [{ rule: file-length, type: Wiz }]',
    'an added word': 'platform: { sendMethods: { add: [Emit] } }',
    'a word too many': 'platform: { sendMethods: { adds: [Emit] } }',
  };
  for (const [name, text] of Object.entries(texts))
    it(name, () => expect(validate(parse(text) ?? {})).toBe(accepted(text)));
  it('both kinds of examples are among them', () =>
    expect(new Set(Object.values(texts).map(accepted))).toEqual(new Set([true, false])));
});
