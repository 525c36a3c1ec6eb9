/**
 * On which platforms a file is built (cmd/go, "Build constraints"): its name's `_GOOS_GOARCH` ending and its `//go:build` line.
 *
 *     open_windows.go, open_unix.go            // built on different platforms: each sees its own `open`
 *     //go:build !integration                  // built where the tag is not given
 *
 * All files of a package are analysed whatever the machine (decision 19); this decides only which of several declarations of one name
 * a file sees: the one that is built together with it, on linux/amd64 if there is a choice.
 */
import type { GoFile } from '../files.ts';
import { holds, parseConstraint, type Tags } from './build-constraint.ts';

// Ordered: where a file is built on several of them the first counts.
const PLATFORMS: readonly (readonly [os: string, arch: string])[] = [
  ['linux', 'amd64'],
  ['linux', 'arm64'],
  ['darwin', 'arm64'],
  ['darwin', 'amd64'],
  ['windows', 'amd64'],
  ['windows', 'arm64'],
  ['freebsd', 'amd64'],
  ['openbsd', 'amd64'],
  ['netbsd', 'amd64'],
  ['dragonfly', 'amd64'],
  ['solaris', 'amd64'],
  ['illumos', 'amd64'],
  ['aix', 'ppc64'],
  ['android', 'arm64'],
  ['ios', 'arm64'],
  ['plan9', 'amd64'],
  ['js', 'wasm'],
  ['wasip1', 'wasm'],
  ['linux', '386'],
  ['linux', 'arm'],
  ['linux', 'mips'],
  ['linux', 'mipsle'],
  ['linux', 'mips64'],
  ['linux', 'mips64le'],
  ['linux', 'ppc64'],
  ['linux', 'ppc64le'],
  ['linux', 'riscv64'],
  ['linux', 's390x'],
  ['linux', 'loong64'],
  ['windows', '386'],
];
const SYSTEMS = new Set([...PLATFORMS.map(([os]) => os), 'hurd', 'nacl', 'zos']);
const ARCHITECTURES = new Set([
  ...PLATFORMS.map(([, arch]) => arch),
  ...'amd64p32 armbe arm64be mips64p32 mips64p32le ppc riscv s390 sparc sparc64'.split(' '),
]);
const NOT_UNIX = new Set(['windows', 'plan9', 'js', 'wasip1']);

/** A set of platforms, each without (`plain`) and with (`tagged`) all tags that are not about the platform. */
export class PlatformSet {
  readonly plain: number;
  readonly tagged: number;

  constructor(plain: number, tagged: number) {
    this.plain = plain;
    this.tagged = tagged;
  }

  overlaps(other: PlatformSet): boolean {
    return (this.plain & other.plain) !== 0 || (this.tagged & other.tagged) !== 0;
  }

  /** Is this the likelier of two to be built? */
  before(other: PlatformSet): boolean {
    return this.rank() < other.rank();
  }

  private rank(): number {
    if (this.plain !== 0) return lowestBit(this.plain);
    return this.tagged !== 0 ? 32 + lowestBit(this.tagged) : 64;
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

const ALL = 2 ** PLATFORMS.length - 1;
export const EVERYWHERE = new PlatformSet(ALL, ALL);
const known = new WeakMap<GoFile, PlatformSet>();

export function platformsOf(file: GoFile): PlatformSet {
  let set = known.get(file);
  if (set === undefined) {
    set = compute(file.path, file.buildConstraint);
    known.set(file, set);
  }
  return set;
}

function compute(path: string, expression: string | undefined): PlatformSet {
  const suffix = suffixOf(path);
  if (suffix.length === 0 && expression === undefined) return EVERYWHERE;
  const constraint = expression === undefined ? undefined : parseConstraint(expression);
  let plain = 0;
  let tagged = 0;
  PLATFORMS.forEach(([os, arch], index) => {
    const isBuilt = (others: boolean): boolean => {
      const tags: Tags = (tag) => {
        if (tag === os || tag === arch) return true;
        if (SYSTEMS.has(tag))
          return (tag === 'linux' && os === 'android') || (tag === 'solaris' && os === 'illumos');
        if (ARCHITECTURES.has(tag)) return false;
        if (tag === 'unix') return !NOT_UNIX.has(os);
        if (tag === 'gc' || tag.startsWith('go1')) return true;
        if (tag === 'cgo') return !others;
        return others && tag !== 'ignore' && tag !== 'gccgo';
      };
      return suffix.every(tags) && (constraint === undefined || holds(constraint, tags));
    };
    if (isBuilt(false)) plain |= 1 << index;
    if (isBuilt(true)) tagged |= 1 << index;
  });
  return new PlatformSet(plain, tagged);
}

/** The platform words at the end of a file name, after the first underscore as cmd/go has it. */
function suffixOf(path: string): readonly string[] {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.go$/, '')
    .replace(/_test$/, '');
  const words = name.split('_').slice(1);
  const last = words.at(-1);
  if (last === undefined) return [];
  const beforeLast = words.at(-2);
  if (ARCHITECTURES.has(last)) {
    return beforeLast !== undefined && SYSTEMS.has(beforeLast) ? [beforeLast, last] : [last];
  }
  return SYSTEMS.has(last) ? [last] : [];
}

/** Those that the standard library's declarations are made from too: linux/amd64, darwin/arm64, windows/amd64. */
const MAIN = (1 << 0) | (1 << 2) | (1 << 4);

/**
 * Is a file of a dependency built on one of the main platforms, without tags of its own? The others only repeat its declarations.
 * `header`: its text, at least up to the package clause.
 */
export function isBuiltOnMainPlatforms(path: string, header: string): boolean {
  const lines = header.includes('//go:build') ? /^\/\/go:build (.*)$/m.exec(header) : null;
  const constraint = lines?.[1];
  const clause = header.search(/^package\s/m);
  const counts = constraint !== undefined && (clause < 0 || lines!.index < clause);
  return (compute(path, counts ? constraint : undefined).plain & MAIN) !== 0;
}
