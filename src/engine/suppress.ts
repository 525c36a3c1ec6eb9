/**
 * Apply suppressions: which findings they cover, and which of them are themselves at fault.
 *
 * An unused suppression is reported only if everything it names was run: otherwise nobody can say that it is unused.
 */

import type { Finding } from '../model/finding.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Suppression } from '../model/report.ts';
import type { RuleDescription } from '../model/rule-description.ts';
import { findingMaker } from '../rule.ts';
import type { Directive } from './directives.ts';
import { generalMessages } from './general.ts';

/** What a name in a suppression, an option or the configuration stands for. */
export type Named = { readonly rule: string; readonly id: string | undefined };

/** `vm-filter`, `vm-filter/unfiltered-send`, `P0-102`: undefined if there is no such thing. */
export function resolveName(name: string, rules: readonly RuleDescription[]): Named | undefined {
  const wanted = name.toLowerCase();
  for (const rule of rules) {
    if (rule.id === wanted || `p0-${rule.requirement}` === wanted) return { rule: rule.id, id: undefined };
    for (const [id, { code }] of Object.entries(rule.messages))
      if (code.toLowerCase() === wanted || `${rule.id}/${id}` === wanted) return { rule: rule.id, id };
  }
  return undefined;
}

/** All names that `resolveName` knows, for suggestions. */
export function allNames(rules: readonly RuleDescription[]): string[] {
  return rules.flatMap((rule) => [
    rule.id,
    ...Object.entries(rule.messages).flatMap(([id, { code }]) => [`${rule.id}/${id}`, code]),
  ]);
}

interface Candidate {
  readonly rule: string;
  readonly id: string;
  readonly at: { readonly file: string; readonly line: number };
}

export interface Suppressed {
  /** For each finding, in order: what suppresses it. */
  readonly by: readonly (Suppression | null)[];
  /** Findings about the directives themselves. */
  readonly faults: readonly Finding[];
}

/**
 * `wasRun`: was this finding (or, without an id, any finding of the rule) looked for at all in this file?
 * Rule 7 speaks of whole files and is suppressed for whole files only (decision 30).
 */
export function applySuppressions(
  findings: readonly Candidate[],
  directives: readonly Directive[],
  rules: readonly RuleDescription[],
  wasRun: (rule: string, id: string | undefined, file: string) => boolean,
): Suppressed {
  const by: (Suppression | null)[] = findings.map(() => null);
  const faults: Finding[] = [];
  const make = findingMaker(generalMessages);
  const byFile = new Map<string, number[]>();
  for (const [i, { at }] of findings.entries()) {
    const list = byFile.get(at.file);
    if (list === undefined) byFile.set(at.file, [i]);
    else list.push(i);
  }

  for (const directive of directives) {
    const { at, scope, ids, reason, covers, misplaced } = directive;
    const verb = scope === 'file' ? 'ignore-file' : 'ignore';
    const list = ids.join(', ');
    const known: Named[] = [];
    for (const id of ids) {
      const named = resolveName(id, rules);
      if (named !== undefined) known.push(named);
      else {
        const nearest = nearestName(id, allNames(rules));
        const suggestion = nearest === undefined ? '' : `; did you mean '${nearest}'?`;
        faults.push(make('unknown-suppression', at, { id, suggestion }));
      }
    }
    if (ids.length === 0) {
      const why = 'it names no rule, finding or code, and everything at once cannot be suppressed';
      faults.push(make('unused-suppression', at, { ids: verb, why }));
      continue;
    }
    if (reason === '') {
      faults.push(make('suppression-without-reason', at, { ids: list, verb }));
      continue;
    }
    if (misplaced) {
      const why = 'ignore-file must stand above the package clause';
      faults.push(make('unused-suppression', at, { ids: list, why }));
      continue;
    }
    let used = false;
    for (const i of byFile.get(at.file) ?? []) {
      const finding = findings[i]!;
      const line = finding.at.line;
      const reached = scope === 'file' || line === at.line || (line >= covers[0] && line <= covers[1]);
      if (!reached || (finding.rule === 'file-length' && scope !== 'file')) continue;
      if (!known.some((n) => n.rule === finding.rule && (n.id === undefined || n.id === finding.id)))
        continue;
      used = true;
      by[i] ??= { kind: 'inline', reason, at };
    }
    if (used || known.length < ids.length || !known.every((n) => wasRun(n.rule, n.id, at.file))) continue;
    const why = known.every((n) => n.rule === 'file-length' && scope === 'line')
      ? 'file-length speaks of whole files and needs //p0lint:ignore-file above the package clause'
      : `no such finding ${scope === 'file' ? 'in this file' : 'on this line or on the statement below'}`;
    faults.push(make('unused-suppression', at, { ids: list, why }));
  }
  return { by, faults };
}
