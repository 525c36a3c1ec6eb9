/**
 * `p0lint rules`: the table of rules and findings, for people and for machines.
 */
import type { RuleDescription } from '../model/rule-description.ts';

export function rulesTable(rules: readonly RuleDescription[], json: boolean): string {
  return json ? `${JSON.stringify(rules.map(asJson), null, 2)}\n` : rules.map(asText).join('\n');
}

function asText(rule: RuleDescription): string {
  const rows = Object.entries(rule.messages).map(
    ([id, { code, level, title }]) => [code, id, level, title] as const,
  );
  const width = Math.max(...rows.map(([, id]) => id.length));
  const lines = rows.map(
    ([code, id, level, title]) => `  ${code}  ${id.padEnd(width)}  ${level.padEnd(7)}  ${title}`,
  );
  return `${rule.requirement}  ${rule.id}: ${rule.title}\n${lines.join('\n')}\n`;
}

function asJson(rule: RuleDescription): object {
  const { id, requirement, title, options } = rule;
  const findings = Object.entries(rule.messages).map(([name, m]) => ({
    ...{
      code: m.code,
      id: name,
      level: m.level,
      title: m.title,
      message: m.text,
      why: m.why,
      remedy: m.remedy,
    },
    precision: m.precision,
  }));
  return { id, requirement, title, options, findings };
}
