/**
 * The report for programs: schema version 1, described by `schemas/report.schema.json`.
 *
 * Within a version only additions are made. Lines and columns start at 1, columns count UTF-16 units, ends are exclusive; paths are relative
 * to the repository root. An integration is named in a finding by package and type (`pkg/wiz.Wiz`), since two packages may have types of
 * one name. Nothing is left out: suppressed findings bear their reason, findings that were there before bear `new: false`.
 */
import type { Location } from '../model/location.ts';
import type { IntegrationReport, Report, ReportedFinding, Requirement } from '../model/report.ts';
import { jsonText } from './json-text.ts';
import { compareFindings, sortedIntegrations } from './placement.ts';

export function json(report: Report): string {
  const { tool, scope, complete, gate, summary, timestamp } = report;
  return jsonText({
    schemaVersion: 1,
    tool: { name: tool.name, version: tool.version },
    ...(timestamp === null ? {} : { timestamp }),
    scope,
    complete,
    gate: { passed: gate.passed, failOn: gate.failOn, newOnly: gate.newOnly },
    summary: {
      integrations: summary.integrations,
      compliant: summary.compliant,
      nonCompliant: summary.nonCompliant,
      files: summary.files,
      lines: summary.lines,
      findings: {
        error: summary.findings.error,
        warning: summary.findings.warning,
        note: summary.findings.note,
      },
      suppressed: summary.suppressed,
    },
    integrations: sortedIntegrations(report).map(integration),
    findings: [...report.findings].sort(compareFindings).map(finding),
    notifications: report.notifications.map(({ level, message, file, line }) => ({
      ...{ level, message, file, line },
    })),
  });
}

function integration(i: IntegrationReport) {
  return {
    name: i.name,
    package: i.package,
    file: i.at.file,
    line: i.at.line,
    files: i.files,
    verdict: i.verdict,
    requirements: i.requirements.map(requirement),
  };
}

function requirement({ number, rule, title, status, reason, evidence }: Requirement) {
  return {
    ...{ number, rule, title, status, reason },
    evidence: evidence.map(({ at, text }) => ({ ...start(at), note: text })),
  };
}

function finding(f: ReportedFinding) {
  return {
    code: f.code,
    rule: f.rule,
    id: f.id,
    level: f.level,
    message: f.message,
    ...start(f.at),
    endLine: f.at.endLine,
    endColumn: f.at.endColumn,
    integrations: f.integrations,
    related: f.related.map(({ at, text }) => ({ ...start(at), message: text })),
    fixes: f.fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map(({ at, newText }) => ({
        file: at.file,
        startLine: at.line,
        startColumn: at.column,
        endLine: at.endLine,
        endColumn: at.endColumn,
        newText,
      })),
    })),
    suppressed: f.suppressed === null ? null : { kind: f.suppressed.kind, reason: f.suppressed.reason },
    new: f.new,
    fingerprint: f.fingerprint,
  };
}

function start({ file, line, column }: Location) {
  return { file, line, column };
}
