/**
 * The verdicts as YAML, for the workflow manifests that teams keep: one document per integration, each a block to copy as it is.
 *
 *     compliance:
 *       integration: Wiz
 *       status: NON-COMPLIANT
 *       p0_checks:
 *         - requirement: vm-filter
 *           status: fail
 *           evidence:
 *             - wiz.go:27 P0-102 unfiltered-send
 *       violations_count: 1
 *       warnings_count: 0
 *
 * Violations are unsuppressed errors that count for the integration (decision 27); what stands outside integrations is in no manifest.
 */
import { stringify } from 'yaml';
import type { IntegrationReport, Report, ReportedFinding, Requirement } from '../model/report.ts';
import { shortPlace } from './evidence.ts';
import { inertProse } from './inert.ts';
import { activeFindings, ofLevel, placeFindings, sortedIntegrations } from './placement.ts';

export function manifest(report: Report): string {
  const integrations = sortedIntegrations(report);
  if (integrations.length === 0) return '# No integration was found.\n';
  const { byIntegration } = placeFindings(report, activeFindings(report));
  return integrations
    .map((integration) => {
      const findings = byIntegration.get(integration.key) ?? [];
      // Aliases would tie the blocks' lines together; folded lines do not survive every tool that copies YAML.
      const options = { lineWidth: 0, aliasDuplicateObjects: false };
      return stringify({ compliance: block(integration, findings, report) }, options);
    })
    .join('---\n');
}

function block(integration: IntegrationReport, findings: readonly ReportedFinding[], report: Report) {
  return {
    integration: inertProse(integration.name),
    package: inertProse(integration.package),
    ...(report.timestamp === null ? {} : { checked_at: report.timestamp }),
    status: integration.verdict ?? 'NOT ASSESSED',
    p0_checks: integration.requirements.map((r) =>
      check(
        r,
        integration,
        findings.filter((f) => f.rule === r.rule),
      ),
    ),
    violations_count: ofLevel(findings, 'error').length,
    warnings_count: ofLevel(findings, 'warning').length,
  };
}

function check(
  requirement: Requirement,
  integration: IntegrationReport,
  findings: readonly ReportedFinding[],
) {
  const { rule, status, reason, evidence } = requirement;
  const found = findings.map((f) => `${shortPlace(f.at, integration)} ${f.code} ${f.id}`);
  const shown = evidence.map(({ at, text }) => `${shortPlace(at, integration)} (${text})`);
  return {
    requirement: rule,
    status,
    ...(reason === null ? {} : { reason: inertProse(reason) }),
    evidence: [...found, ...shown].map(inertProse),
  };
}
