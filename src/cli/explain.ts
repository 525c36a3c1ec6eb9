/**
 * `p0lint explain`: a rule's page, or what one finding means, from the same source as docs/rules.
 */

import { generalRule } from '../engine/general.ts';
import { resolveName } from '../engine/suppress.ts';
import type { MessageSpec, OptionSpec, RuleDescription } from '../model/rule-description.ts';
import { nameOrFail } from './names.ts';

/** Throws UserError for a name that does not exist. */
export function explain(name: string, rules: readonly RuleDescription[]): string {
  const all = [...rules, generalRule];
  const named = resolveName(name, all) ?? nameOrFail(name, all, 'explain');
  const rule = all.find((r) => r.id === named.rule);
  const message = named.id === undefined ? undefined : rule?.messages[named.id];
  if (rule === undefined) throw new Error(`no rule ${named.rule}`);
  return named.id === undefined || message === undefined
    ? explainRule(rule)
    : explainFinding(rule, named.id, message);
}

function explainRule(rule: RuleDescription): string {
  const heading = `${rule.id}: ${rule.title}`;
  const findings = Object.entries(rule.messages).map(
    ([id, m]) => `  ${m.code}  ${id} (${m.level}): ${m.title}`,
  );
  const options = Object.entries(rule.options).map(
    ([id, o]) => `  ${id} (default ${defaultOf(o)}): ${o.description}`,
  );
  return `${[
    underlined(heading),
    rule.documentation,
    `Findings (p0lint explain <code> says more):\n${findings.join('\n')}`,
    ...(options.length === 0 ? [] : [`Options:\n${options.join('\n')}`]),
    '',
  ]
    .join('\n\n')
    .trimEnd()}\n`;
}

function explainFinding(rule: RuleDescription, id: string, m: MessageSpec): string {
  return `${[
    underlined(`${m.code} ${rule.id}/${id}: ${m.title}`),
    `Level: ${m.level}. Requirement ${rule.requirement ?? '-'}: ${rule.title}.`,
    `Why: ${m.why}`,
    `What to do: ${m.remedy}`,
    ...(m.bad === undefined ? [] : [`Bad:\n\n${indented(m.bad)}`]),
    ...(m.good === undefined ? [] : [`Good:\n\n${indented(m.good)}`]),
    `To accept one place: //p0lint:ignore${rule.id === 'file-length' ? '-file' : ''} ${m.code} -- <reason>`,
  ].join('\n\n')}\n`;
}

function underlined(heading: string): string {
  return `${heading}\n${'='.repeat(heading.length)}`;
}

function indented(code: string): string {
  return code
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

function defaultOf(option: OptionSpec): string {
  return Array.isArray(option.default) ? `[${option.default.join(', ')}]` : String(option.default);
}
