/**
 * The house, as a test: who may import whom, each rule with its reason (docs/architecture.md draws the same).
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.resolve(import.meta.dirname, '../src');

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(path.sep).join('/'));

const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(path.join(SRC, from), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)].map(
    (match) => {
      const target = match[2] ?? '';
      const to = target.startsWith('.') ? path.posix.join(path.posix.dirname(from), target) : target;
      return { from, to, typeOnly: match[1] !== undefined };
    },
  );
});

/** Folder (or file) -> what it may import inside src; a folder may always import itself. */
const MAY_IMPORT: readonly {
  readonly who: string;
  readonly may: readonly string[];
  readonly because: string;
}[] = [
  { who: 'model/', may: [], because: 'the vocabulary is what everybody shares, so it may depend on nobody' },
  { who: 'knowledge/', may: [], because: 'facts are data; whoever needs them asks' },
  {
    who: 'go/syntax/',
    may: ['go/files.ts', 'model/'],
    because: 'the parser may be replaced one day, so nothing may leak into it',
  },
  {
    who: 'go/semantics/',
    may: ['go/syntax/', 'go/files.ts', 'go/source.ts', 'knowledge/', 'model/'],
    because: 'types are known before flow and calls, never the other way round',
  },
  {
    who: 'go/flow/',
    may: ['go/semantics/', 'go/syntax/', 'go/files.ts', 'knowledge/', 'model/'],
    because: 'a graph needs syntax and objects, but not who calls whom',
  },
  {
    who: 'go/calls/',
    may: ['go/flow/', 'go/semantics/', 'go/syntax/', 'go/files.ts', 'go/package.ts', 'knowledge/', 'model/'],
    because: 'calls are resolved on top of everything else in the front end',
  },
  { who: 'go/', may: ['knowledge/', 'model/'], because: 'the front end describes, rules judge' },
  {
    who: 'integrations/',
    may: ['go/', 'config/', 'knowledge/', 'model/'],
    because: 'what calls mean on the platform is a fact that rules share, and judges nothing',
  },
  {
    who: 'rules/index.ts',
    may: ['rule.ts', 'rules/'],
    because: 'it is only the list',
  },
  {
    who: 'rules/',
    may: ['rule.ts', 'go/', 'integrations/', 'knowledge/', 'model/'],
    because: 'a rule is a pure function of facts: no engine, no reporter, no file system, no other rule',
  },
  {
    who: 'rule.ts',
    may: ['go/', 'integrations/', 'model/'],
    because: 'the contract speaks of facts and of words',
  },
  {
    who: 'engine/',
    may: ['rule.ts', 'go/', 'integrations/', 'model/'],
    because: 'the engine receives the rules as an argument, so a test can bring its own',
  },
  { who: 'report/', may: ['model/'], because: 'a reporter turns a Report into text and decides nothing' },
  {
    who: 'config/',
    may: ['knowledge/', 'model/'],
    because: 'a configuration is data about the engine, not part of it',
  },
  {
    who: 'project/',
    may: ['go/source.ts', 'model/'],
    because: 'reading files knows nothing of what is in them',
  },
  {
    who: 'run.ts',
    may: [
      'engine/',
      'rule.ts',
      'report/line-hash.ts',
      'config/',
      'project/',
      'go/',
      'integrations/',
      'knowledge/',
      'model/',
      'version.ts',
    ],
    because: 'the pipeline puts the parts together and takes the rules as an argument',
  },
];

const ruleOf = (file: string) =>
  MAY_IMPORT.find(({ who }) => file === who || (who.endsWith('/') && file.startsWith(who)));

describe('architecture', () => {
  it('sees the imports', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  for (const { who, may, because } of MAY_IMPORT)
    it(`${who} imports only ${may.join(', ') || 'itself'}: ${because}`, () => {
      const wrong = imports.filter(({ from, to }) => {
        if (ruleOf(from)?.who !== who || !to.endsWith('.ts')) return false;
        const own = who.endsWith('/') && to.startsWith(who);
        return !own && !may.some((m) => to === m || (m.endsWith('/') && to.startsWith(m)));
      });
      expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
    });

  it('only go/syntax knows tree-sitter: the parser may be replaced one day', () => {
    const users = imports.filter(({ to }) => /tree-sitter/.test(to)).map(({ from }) => from);
    expect(users.filter((from) => !from.startsWith('go/syntax/'))).toEqual([]);
  });

  it('only project, cli, action and the two asset finders touch the disk: everything else reads through the tree', () => {
    const users = imports
      .filter(({ to }) => /^(?:node:)?(?:fs|child_process)/.test(to))
      .map(({ from }) => from);
    const allowed =
      /^(?:project|cli|action|config)\/|^go\/syntax\/assets\.ts$|^go\/syntax\/parser\.ts$|^knowledge\/(?:assets|stdlib)\.ts$/;
    expect(users.filter((from) => !allowed.test(from))).toEqual([]);
  });

  it('rules do not know each other: deleting a rule is deleting its folder', () => {
    const folder = (file: string) => file.split('/').slice(0, 2).join('/');
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith('rules/') &&
        from !== 'rules/index.ts' &&
        to.startsWith('rules/') &&
        folder(from) !== folder(to),
    );
    expect(wrong).toEqual([]);
  });

  it('no file is longer than 400 lines: we keep what we preach', () => {
    const roots = ['src', 'test', 'tools', 'bench'].map((name) => path.resolve(SRC, '..', name));
    const long = roots.flatMap((root) => {
      let names: string[] = [];
      try {
        names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((n) =>
          /\.(?:ts|go)$/.test(n),
        );
      } catch {
        // A folder that does not exist holds no long file.
      }
      return names
        .map(
          (name) =>
            [
              `${path.basename(root)}/${name}`,
              readFileSync(path.join(root, name), 'utf8').split('\n').length - 1,
            ] as const,
        )
        .filter(([, lines]) => lines > 400);
    });
    expect(long).toEqual([]);
  });
});
