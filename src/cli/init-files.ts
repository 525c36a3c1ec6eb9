/**
 * What `p0lint init` writes: a configuration in which everything is commented out, a workflow, a hook.
 */
import type { OptionSpec, RuleDescription } from '../model/rule-description.ts';
import { tool } from '../version.ts';

const [owner, name] = tool.url.split('/').slice(-2);
const REPOSITORY = `${owner}/${name}`;
const SCHEMA = `https://raw.githubusercontent.com/${REPOSITORY}/v${tool.version}/schemas/p0lint.schema.json`;

/** Every rule's options at their defaults, as comments: a file that changes nothing until a line is uncommented. */
export function configurationTemplate(rules: readonly RuleDescription[]): string {
  const entries = rules.flatMap((rule) => [
    `#   ${rule.id}:  # requirement ${rule.requirement}: ${rule.title}`,
    ...Object.entries(rule.options).map(
      ([id, option]) => `#     ${id}: ${asYaml(option)}  # ${firstSentence(option.description)}`,
    ),
    ...firstFinding(rule),
  ]);
  return `# yaml-language-server: $schema=${SCHEMA}
# Everything here is optional; docs/configuration.md of p0lint describes each key, \`p0lint config print\` shows what is in force.
extends: chariot

# Which Go files requirements 4 to 7 look at: those of integrations, or all.
# scope: integrations

# Check _test.go files too.
# tests: false

# Exit with 1 from this level on: error, warning, note or never.
# fail-on: error

# Not checked, besides vendor/, testdata/, generated files and what git ignores. Relative to this file.
# exclude: [pkg/legacy, "**/*_mock.go"]

# Levels (error, warning, note, off) by finding, and options by name.
# rules:
${entries.join('\n')}

# Other levels and options for some paths; later entries win.
# overrides:
#   - paths: [pkg/legacy]
#     rules:
#       file-length: { max: 600 }

# A requirement that cannot apply to an integration. The reason stands in the review.
# not-applicable:
#   - { rule: ${rules[0]?.id}, type: GitHub, reason: repositories are no assets that a filter knows }

# Where your platform's names differ from the profile's: a list replaces, add and remove change.
# platform:
#   sinkCalls: { add: [pkg/lib/transport.*] }
`;
}

/** One level per rule is enough to show how it is written. */
function firstFinding(rule: RuleDescription): string[] {
  const [first] = Object.entries(rule.messages);
  return first === undefined
    ? []
    : [`#     ${first[0]}: ${first[1].level}  # ${first[1].code}: ${first[1].title}`];
}

function firstSentence(text: string): string {
  return text.split(/[.:](?:\s|$)/, 1)[0] ?? text;
}

function asYaml(option: OptionSpec): string {
  return Array.isArray(option.default) ? `[${option.default.join(', ')}]` : String(option.default);
}

export const WORKFLOW = `name: p0lint

on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read

jobs:
  p0lint:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # upload-sarif
    steps:
      - uses: actions/checkout@v4
      - id: p0lint
        uses: ${REPOSITORY}@v${tool.version}
        with:
          # Findings that were there before the pull request do not block.
          new-only: \${{ github.event_name == 'pull_request' }}
      - uses: github/codeql-action/upload-sarif@v4
        # Pull requests from forks may not write security events.
        if: always() && steps.p0lint.outputs.sarif != '' && (github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository)
        with:
          sarif_file: \${{ steps.p0lint.outputs.sarif }}
`;

export const PRE_COMMIT = `repos:
  - repo: ${tool.url}
    rev: v${tool.version}
    hooks:
      - id: p0lint
`;
