/**
 * How evidence is put in words: `wiz.go:45 (initialized)`, the file by its path within the integration's package.
 */
import type { Location } from '../model/location.ts';
import type { IntegrationReport } from '../model/report.ts';

/** `wiz.go:45` within the package, the whole path from the repository root elsewhere. */
export function shortPlace(at: Location, integration: Pick<IntegrationReport, 'package'>): string {
  const prefix = integration.package === '' ? '' : `${integration.package}/`;
  const file = at.file.startsWith(prefix) ? at.file.slice(prefix.length) : at.file;
  return `${file}:${at.line}`;
}
