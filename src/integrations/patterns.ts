/**
 * How the vocabulary's patterns match packages and their members (`model/vocabulary` says how they are written).
 */

export interface QualifiedName {
  readonly importPath: string;
  /** `Asset`, `Job.Send`. */
  readonly name: string;
}

/** The package of a member pattern: `pkg/model.Job.Send` -> `pkg/model`. A version such as `gopkg.in/yaml.v3.Node` keeps its dot. */
export function packageOf(pattern: string): string {
  return pattern.slice(0, memberDot(pattern));
}

function memberDot(pattern: string): number {
  const slash = pattern.lastIndexOf('/');
  const version = /^[^.]*\.v\d+(?=\.)/.exec(pattern.slice(slash + 1));
  const dot = pattern.indexOf('.', slash + 1 + (version?.[0].length ?? 0));
  return dot < 0 ? pattern.length : dot;
}

/** Does a pattern of the vocabulary mean this package member? */
export function matchesMember(pattern: string, member: QualifiedName): boolean {
  const dot = memberDot(pattern);
  return (
    matchesPackage(pattern.slice(0, dot), member.importPath) &&
    matchesName(pattern.slice(dot + 1), member.name)
  );
}

export function matchesAny(patterns: readonly string[], member: QualifiedName): boolean {
  return patterns.some((pattern) => matchesMember(pattern, member));
}

/**
 * `pkg/model` matches every import path that ends in it at a path element; a pattern whose first element has a dot is a whole path;
 * so is a single element, for the standard library (`io`), unless it is followed by `/*`.
 */
export function matchesPackage(pattern: string, importPath: string): boolean {
  if (pattern.endsWith('/*')) {
    const prefix = pattern.slice(0, -2);
    return importPath === prefix || importPath.startsWith(`${prefix}/`);
  }
  if (importPath === pattern) return true;
  const [first = '', second] = pattern.split('/');
  return second !== undefined && !first.includes('.') && importPath.endsWith(`/${pattern}`);
}

function matchesName(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const parts = pattern.split('*');
  const [head = ''] = parts;
  const tail = parts.at(-1) ?? '';
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > name.length - tail.length) return false;
    at = found + part.length;
  }
  return true;
}
