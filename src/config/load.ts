/**
 * Read and check a configuration file: every problem with its line, and a suggestion where a name was misspelt.
 *
 *     p0lint.yaml:7:3: unknown key 'file-lenght'. Did you mean 'file-length'?
 */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { ZodError } from 'zod';
import { nearestName } from '../model/nearest-name.ts';
import type { RuleDescription } from '../model/rule-description.ts';
import { UserError } from '../model/user-error.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { profiles } from './profiles.ts';
import { type Configuration, configurationJsonSchema, configurationSchema } from './schema.ts';

/** Names of configuration files, in the order in which one is looked for in a folder. */
export const CONFIGURATION_NAMES = ['p0lint.yaml', 'p0lint.yml', 'p0lint.json'] as const;

export interface LoadedConfiguration {
  readonly file: string;
  readonly value: Configuration;
  /** Line of a key: `rules.file-length.max` -> 7. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** `file`: as messages name it. Throws UserError that lists every problem. JSON is YAML too (yaml.org/spec/1.2.2, 1.3). */
export function parseConfiguration(
  file: string,
  text: string,
  rules: readonly RuleDescription[],
): LoadedConfiguration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) throw new UserError(`${at(broken.pos[0])}: ${broken.message}`);
  const result = configurationSchema(rules).safeParse(plainValue(document, at) ?? {});
  const schema = configurationJsonSchema(rules);
  const found = result.success
    ? uselessRemovals(result.data)
    : result.error.issues.flatMap((issue) => flatten(issue, document, schema));
  if (!result.success || found.length > 0) {
    const placed = found.map(({ path, text, key }) => ({ offset: offsetOf(document, path, key), text }));
    placed.sort((a, b) => a.offset - b.offset);
    throw new UserError(placed.map(({ offset, text }) => `${at(offset)}: ${text}`).join('\n'));
  }
  return {
    file,
    value: result.data,
    lineOf: (path) => lines.linePos(offsetOf(document, path, true)).line,
  };
}

/** Aliases are resolved only here: one of nothing, and aliases of aliases without end, are refused. */
function plainValue(document: Document, at: (offset: number) => string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    let offset = document.contents?.range?.[0] ?? 0;
    visit(document, {
      Alias(_, alias) {
        if (alias.resolve(document) !== undefined) return;
        offset = alias.range?.[0] ?? offset;
        return visit.BREAK;
      },
    });
    throw new UserError(`${at(offset)}: ${cause.message}`, undefined, { cause });
  }
}

/** Words taken out of the profile's vocabulary that are not in it: a misspelt one would stay in force unnoticed. */
function uselessRemovals({ extends: profile, platform }: Configuration): Problem[] {
  const base: Vocabulary = profiles[profile ?? 'chariot'];
  return Object.entries(platform ?? {}).flatMap(([key, change]) => {
    const removed = typeof change === 'object' && 'remove' in change ? (change.remove ?? []) : [];
    const known = base[key as keyof Vocabulary] as readonly string[];
    return removed.flatMap((word, i) =>
      known.includes(word)
        ? []
        : [
            {
              path: ['platform', key, 'remove', i],
              text: `platform.${key}.remove: the profile has no '${word}'.${suggestion(word, known)}`,
              key: false,
            },
          ],
    );
  });
}

function suggestion(word: unknown, known: readonly unknown[]): string {
  const names = known.filter((name) => typeof name === 'string');
  const nearest = typeof word === 'string' ? nearestName(word, names) : undefined;
  return nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly text: string;
  /** Point at the key, not at its value. */
  readonly key: boolean;
}

type Issue = ZodError['issues'][number];

function flatten(issue: Issue, document: Document, schema: object): Problem[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = knownKeys(schema, issue.path);
        const hint = suggestion(key, known) || (known.length > 0 ? ` Known: ${known.join(', ')}.` : '');
        return { path: [...issue.path, key], text: `unknown key '${key}'.${hint}`, key: true };
      });
    case 'invalid_union': {
      // Of several forms the one that the user wrote is the one whose problems lie deepest.
      const value = document.getIn(issue.path as PropertyKey[]);
      const fitting = issue.errors.filter((issues) =>
        issues.some((i) => i.path.length > 0 || i.code === 'unrecognized_keys'),
      );
      const [form] = isMap(value) && fitting.length > 0 ? fitting : issue.errors;
      return (form ?? []).flatMap((inner) =>
        flatten({ ...inner, path: [...issue.path, ...inner.path] } as Issue, document, schema),
      );
    }
    default: {
      const hint =
        issue.code === 'invalid_value'
          ? suggestion(document.getIn(issue.path as PropertyKey[]), issue.values)
          : '';
      const text = `${issue.path.join('.') || 'the file'}: ${issue.message}${hint === '' ? '' : `.${hint}`}`;
      return [{ path: issue.path, text, key: false }];
    }
  }
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The keys that are allowed at a place. */
function knownKeys(schema: object, path: readonly PropertyKey[]): readonly string[] {
  let forms: readonly JsonSchema[] = [schema as JsonSchema];
  const spread = (form: JsonSchema): readonly JsonSchema[] =>
    form.anyOf === undefined ? [form] : form.anyOf.flatMap(spread);
  for (const step of path) {
    const inner = forms
      .flatMap(spread)
      .map((form) => (typeof step === 'number' ? form.items : form.properties?.[String(step)]));
    forms = inner.filter((form) => form !== undefined);
  }
  return forms.flatMap(spread).flatMap((form) => Object.keys(form.properties ?? {}));
}

function offsetOf(document: Document, path: readonly PropertyKey[], key: boolean): number {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (key && length > 0 && isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === path[length - 1]);
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
