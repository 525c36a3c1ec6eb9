/**
 * Addresses: of a line in the repository that was checked, of a rule's page, of a file within SARIF.
 */
import type { Location } from '../model/location.ts';
import type { Report } from '../model/report.ts';

/**
 * Where a browser shows the place; null if git knows no https address.
 *
 *     https://github.com/acme/platform/blob/4f2a…/pkg/wiz/wiz.go#L45-L47
 */
export function sourceLink(report: Report, at: Location): string | null {
  if (report.repository === null) return null;
  const base = repositoryUrl(report.repository.url);
  if (base === null) return null;
  const revision = encodeURIComponent(report.repository.revision);
  const gitlab = /^https:\/\/gitlab\./.test(base);
  const end = at.endLine > at.line ? (gitlab ? `-${at.endLine}` : `-L${at.endLine}`) : '';
  return `${base}/${gitlab ? '-/' : ''}blob/${revision}/${encodePath(at.file)}#L${at.line}${end}`;
}

/** The repository's address without `.git`, credentials, query or trailing slash; null for anything but https. */
export function repositoryUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (protocol !== 'https:') return null;
  return `https://${host}${pathname.replace(/\/+$/, '').replace(/\.git$/, '')}`;
}

/** The rule's page; null where the tool's address is unknown. */
export function rulePage(tool: Report['tool'], rule: string): string | null {
  const base = repositoryUrl(tool.url);
  return base === null ? null : `${base}/blob/main/docs/rules/${encodeURIComponent(rule)}.md`;
}

/** A relative path as a relative URI: each segment percent-encoded, parentheses too, so that it can stand in a Markdown link. */
export function encodePath(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      encodeURIComponent(wellFormed(segment)).replace(
        /[!'()*]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
}

/** `encodeURIComponent` throws on half of a surrogate pair. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}
