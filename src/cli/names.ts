/**
 * Names of rules, findings and codes on the command line: `--only`, `--skip`, `explain`.
 */
import { allNames, type Named, resolveName } from '../engine/suppress.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { RuleDescription } from '../model/rule-description.ts';
import { UserError } from '../model/user-error.ts';

/** Throws UserError with a suggestion. */
export function nameOrFail(name: string, rules: readonly RuleDescription[], where: string): Named {
  const found = resolveName(name, rules);
  if (found !== undefined) return found;
  const nearest = nearestName(name, allNames(rules));
  const hint = nearest === undefined ? '`p0lint rules` lists all names.' : `Did you mean '${nearest}'?`;
  throw new UserError(`${where}: there is no rule, finding or code '${name}'`, hint);
}

export interface Skips {
  readonly skippedRules: ReadonlySet<string>;
  readonly skippedFindings: ReadonlySet<string>;
}

/** What is not run when only `only` (all, if empty) without `skip` is wanted. */
export function skipsOf(
  only: readonly string[],
  skip: readonly string[],
  rules: readonly RuleDescription[],
): Skips {
  const wanted = only.map((name) => nameOrFail(name, rules, '--only'));
  const unwanted = skip.map((name) => nameOrFail(name, rules, '--skip'));
  const skippedRules = new Set<string>();
  const skippedFindings = new Set<string>();
  for (const rule of rules) {
    const asked = wanted.filter((n) => n.rule === rule.id);
    if (
      (wanted.length > 0 && asked.length === 0) ||
      unwanted.some((n) => n.rule === rule.id && n.id === undefined)
    ) {
      skippedRules.add(rule.id);
      continue;
    }
    const whole = wanted.length === 0 || asked.some((n) => n.id === undefined);
    for (const id of Object.keys(rule.messages))
      if (
        (!whole && !asked.some((n) => n.id === id)) ||
        unwanted.some((n) => n.rule === rule.id && n.id === id)
      )
        skippedFindings.add(`${rule.id}/${id}`);
  }
  return { skippedRules, skippedFindings };
}
