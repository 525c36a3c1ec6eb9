/**
 * Which package name an import path suggests, for packages whose source is not at hand.
 *
 *     github.com/google/go-github/v66/github  => github
 *     gopkg.in/yaml.v3                        => yaml
 *     github.com/nats-io/nats.go              => nats
 *     k8s.io/api/core/v1                      => v1
 *
 * The package clause decides wherever there is one; this is by convention only. Several names may be offered, the likeliest first.
 */

const VERSION = /^v\d+$/;

/** Names that a package of this import path may have, likeliest first; never empty. */
export function packageNamesFor(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? path;
  const names: string[] = [];
  // A major version suffix is /v2 or higher: /v0 and /v1 are real folders. But folders named v2 exist too (k8s.io/api/autoscaling/v2).
  const versioned = VERSION.test(last) && last !== 'v0' && last !== 'v1' && parts.length > 1;
  if (versioned) offer(names, parts[parts.length - 2]!);
  offer(names, last);
  return names;
}

export function guessedPackageName(path: string): string {
  return packageNamesFor(path)[0]!;
}

function offer(names: string[], element: string): void {
  const bare = element.replace(/\.v\d+$/, '');
  const plain = bare.replace(/^go[-_.]/, '').replace(/[-_.]go(lang)?$/, '');
  add(names, plain.includes('-') || plain.includes('.') ? lastWord(plain) : plain);
  add(names, plain.replaceAll(/[-.]/g, '_'));
  add(names, plain.replaceAll(/[-._]/g, ''));
  add(names, bare.replaceAll(/[-.]/g, '_'));
  add(names, bare.replaceAll(/[-._]/g, ''));
  for (const word of plain.split(/[-.]/)) add(names, word);
}

function lastWord(text: string): string {
  const words = text.split(/[-.]/).filter((word) => word !== '');
  return words.at(-1) ?? text;
}

function add(names: string[], name: string): void {
  if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !names.includes(name)) names.push(name);
  else if (names.length === 0 && name !== '') names.push(name);
}
