/**
 * Rules for tests of the engine: what they report stands in the code, as calls.
 *
 *     bad()    an error           warn()   a warning        note()   a note         probably()  an error capped at warning
 *     good()   evidence           gap()    a gap            crash()  the rule throws     swap()  a safe fix: becomes swapped()
 */
import type { GoPackage } from '../../src/go/package.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Note } from '../../src/model/location.ts';
import type { RequirementNumber } from '../../src/model/rule-description.ts';
import type { Observation } from '../../src/model/verdict.ts';
import { defineIntegrationRule, definePackageRule, type Rule, type RuleContext } from '../../src/rule.ts';

function messagesOf(requirement: RequirementNumber) {
  const message = (row: number, level: 'error' | 'warning' | 'note', title: string) => ({
    code: `P0-${requirement}0${row}`,
    level,
    title,
    text: `{name} was called.`,
    why: 'It is a marker.',
    remedy: 'Do not call it.',
    precision: 'high' as const,
  });
  return {
    bad: message(1, 'error', 'Bad'),
    warn: message(2, 'warning', 'Warned'),
    note: message(3, 'note', 'Noted'),
    probably: message(4, 'error', 'Probable'),
    swap: message(5, 'error', 'Swappable'),
  };
}

const options = {
  limit: { type: 'integer', default: 10, minimum: 1, description: 'A number.' },
  strict: { type: 'boolean', default: false, description: 'A switch.' },
  names: { type: 'strings', default: ['a'], description: 'A list.' },
  mode: { type: 'choice', choices: ['fast', 'slow'], default: 'fast', description: 'A choice.' },
} as const;

type Finder = RuleContext<ReturnType<typeof messagesOf>, typeof options>['finding'];

/** A rule over whole packages; `option` makes it report the value of `limit` in the message of `note()`. */
export function packageRule(id: string, requirement: RequirementNumber): Rule {
  return definePackageRule({
    id,
    requirement,
    title: `Nothing bad (${id})`,
    documentation: 'Markers.',
    messages: messagesOf(requirement),
    options,
    nothingExamined: 'there is no marker',
    check: (pkg, { finding, options: { limit } }) => observe(pkg, finding, limit),
  });
}

/** The same, asked for each integration: it looks at the methods of the integration's package. */
export function integrationRule(id: string, requirement: RequirementNumber): Rule {
  return defineIntegrationRule({
    id,
    requirement,
    title: `Nothing bad in integrations (${id})`,
    documentation: 'Markers.',
    messages: messagesOf(requirement),
    options,
    check: ({ pkg, entries }, { finding, options: { limit } }) => {
      const own = { ...pkg, functions: entries } as GoPackage;
      return observe(own, finding, limit);
    },
  });
}

function observe(pkg: GoPackage, finding: Finder, limit: number): Observation {
  const findings: Finding[] = [];
  const examined: Note[] = [];
  const gaps: Note[] = [];
  for (const fn of pkg.functions)
    for (const call of [fn, ...fn.literals].flatMap((f) => f.calls)) {
      const { fun } = call;
      if (fun.kind !== 'Ident') continue;
      const at = fn.pkg.program.files.locate(fun);
      const whole = fn.pkg.program.files.locate(call);
      if (fun.name === 'bad') findings.push(finding('bad', at, { name: 'bad' }));
      if (fun.name === 'warn') findings.push(finding('warn', at, { name: 'warn' }));
      if (fun.name === 'note') findings.push(finding('note', at, { name: `note, limit ${limit},` }));
      if (fun.name === 'probably')
        findings.push(finding('probably', at, { name: 'probably' }, { atMost: 'warning' }));
      if (fun.name === 'swap')
        findings.push(
          finding(
            'swap',
            at,
            { name: 'swap' },
            { fixes: [{ title: 'Swap it', safety: 'safe', edits: [{ at: whole, newText: 'swapped()\n' }] }] },
          ),
        );
      if (fun.name === 'good') examined.push({ at, text: 'good is called' });
      if (fun.name === 'gap') gaps.push({ at, text: 'a gap' });
      if (fun.name === 'crash') throw new Error('crashed as told');
    }
  return { examined, findings, gaps };
}
