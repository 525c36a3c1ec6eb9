/**
 * How a long file can be split: which declarations go where, with the lengths that come out.
 *
 *     wiz.go, 914 lines => wiz.go 300 lines; wiz_types.go 190: Host, Vulnerability …; wiz_client.go 260 …; wiz_transform.go 180 …
 *
 * Every part is under the limit (under 7/8 of it where that is possible), types stay with their methods, and of the ways that need the
 * fewest files the one with the fewest references between them is taken. The moves compile as they stand: imports, build constraints and
 * the endings of file names that are constraints are seen to. It moves nothing.
 */
import type { GoFile } from '../../go/files.ts';
import type { GoPackage } from '../../go/package.ts';
import { type Chunk, type Chunks, chunksOf } from './chunks.ts';
import { type PartText, renderPart } from './render.ts';
import { ROLES, type Role, type RoleFacts, references, type Unit, unitsOf } from './roles.ts';

export interface Part extends PartText {
  /** The file's name, without its folder. */
  readonly file: string;
  readonly chunks: readonly Chunk[];
  readonly names: readonly string[];
}

export type SplitPlan =
  /** The first part is what stays. */
  | { readonly kind: 'plan'; readonly parts: readonly Part[] }
  | { readonly kind: 'none'; readonly why: string };

export function planSplit(
  pkg: GoPackage,
  file: GoFile,
  max: number,
  facts: Omit<RoleFacts, 'stem'>,
): SplitPlan {
  const chunks = chunksOf(pkg, file);
  if (chunks.immovable !== undefined) return { kind: 'none', why: chunks.immovable };
  const name = nameOf(file);
  const head = headLines(file, chunks);
  const tooLong = chunks.list.find((chunk) => head + lengthOf(chunk) > max);
  if (tooLong !== undefined) {
    const what = tooLong.names[0] ?? 'one declaration';
    const why = `${what} alone has ${tooLong.lastLine - tooLong.firstLine + 1} lines and must be shortened itself`;
    return { kind: 'none', why };
  }
  const units = unitsOf(chunks.list, { ...facts, stem: name.stem });
  const taken = new Set(pkg.files.map((other) => other.path.slice(other.path.lastIndexOf('/') + 1)));
  for (const target of [Math.floor((max * 7) / 8), max]) {
    const candidates = subsetsOf(ROLES).flatMap((moved) => {
      const parts = divided(units, moved, target - head);
      if (parts === undefined) return [];
      return [{ parts, cost: costOf(parts, units) }];
    });
    candidates.sort((a, b) => a.cost - b.cost);
    for (const { parts } of candidates) {
      const plan = named(file, chunks, parts, name, taken);
      if (plan.every((part) => part.lines <= max)) return { kind: 'plan', parts: plan };
    }
  }
  return { kind: 'none', why: 'what must stay together is too long for one file' };
}

interface Group {
  readonly role: Role;
  readonly units: readonly Unit[];
}

const lengthOf = (chunk: Chunk) => chunk.lastLine - chunk.firstLine + 2;
const sizeOf = (units: readonly Unit[]) =>
  units.flatMap((unit) => unit.chunks).reduce((sum, c) => sum + lengthOf(c), 0);

/** What a part needs besides its declarations, at most: what carries over, the package clause and all imports. */
function headLines(file: GoFile, chunks: Chunks): number {
  return Math.max(chunks.headEnd, file.imports.length + 8) + 1;
}

/** The units in groups of at most `room` lines, the first of them stays; undefined where that cannot be. */
function divided(
  units: readonly Unit[],
  moved: ReadonlySet<Role>,
  room: number,
): readonly Group[] | undefined {
  const groups: Group[] = [];
  for (const role of ['main', ...ROLES] as const) {
    const own = units.filter((unit) => {
      const goes = !unit.pinned && moved.has(unit.role);
      return role === 'main' ? !goes : goes && unit.role === role;
    });
    if (own.length === 0) {
      if (role === 'main') return undefined;
      continue;
    }
    const pieces = filled(own, room, role === 'main');
    if (pieces === undefined) return undefined;
    for (const piece of pieces) groups.push({ role, units: piece });
  }
  return groups.length < 2 ? undefined : groups;
}

/** In source order, as even as it goes, then improved by moving units to where they are used. */
function filled(
  units: readonly Unit[],
  room: number,
  pinFirst: boolean,
): readonly (readonly Unit[])[] | undefined {
  const pieces = units.flatMap((unit) =>
    sizeOf([unit]) <= room
      ? [unit]
      : unit.chunks.map((chunk) => ({
          ...unit,
          chunks: [chunk],
          pinned: unit.pinned && chunk === unit.chunks[0],
        })),
  );
  const count = Math.ceil(sizeOf(pieces) / room);
  if (count <= 1) return [pieces];
  const central = pieces.filter((unit) => unit.pinned || unit.central);
  const stays = sizeOf(central) * 4 <= room * 3 ? central : pieces.filter((unit) => unit.pinned);
  const pinned = pinFirst ? stays : [];
  const rest = pieces.filter((unit) => !pinned.includes(unit));
  for (const even of [sizeOf(pieces) / count, room]) {
    const bins: Unit[][] = [[...pinned]];
    for (const unit of rest) {
      const bin = bins.at(-1)!;
      const size = sizeOf(bin) + sizeOf([unit]);
      if (bin.length > 0 && (size > room || sizeOf(bin) >= even)) bins.push([unit]);
      else bin.push(unit);
    }
    if (bins.every((bin) => sizeOf(bin) <= room) && (bins.length <= count || even === room))
      return improved(bins, room, pinned);
  }
  return undefined;
}

const MOST_UNITS_TO_IMPROVE = 400;

function improved(bins: Unit[][], room: number, pinned: readonly Unit[]): readonly (readonly Unit[])[] {
  if (bins.flat().length > MOST_UNITS_TO_IMPROVE) return bins;
  const stay = new Set(pinned);
  const pull = (unit: Unit, bin: readonly Unit[]) =>
    bin.reduce(
      (sum, other) => (other === unit ? sum : sum + references(unit, other) + references(other, unit)),
      0,
    );
  for (let round = 0; round < 3; round++)
    for (const bin of bins)
      for (const unit of [...bin]) {
        if (stay.has(unit) || bin.length === 1) continue;
        const better = bins.find(
          (other) =>
            other !== bin && sizeOf(other) + sizeOf([unit]) <= room && pull(unit, other) > pull(unit, bin),
        );
        if (better === undefined) continue;
        bin.splice(bin.indexOf(unit), 1);
        better.push(unit);
      }
  return bins;
}

/** Fewest files first, but rather one more than parts without a plain subject; then the fewest references across. */
function costOf(groups: readonly Group[], units: readonly Unit[]): number {
  const seen = new Set<Role>();
  let odd = 0;
  for (const { role } of groups) {
    if (seen.has(role)) odd++;
    seen.add(role);
  }
  let across = 0;
  if (units.length <= MOST_UNITS_TO_IMPROVE)
    for (const [i, a] of groups.entries())
      for (const b of groups.slice(i + 1))
        across += references(together(a), together(b)) + references(together(b), together(a));
  return groups.length * 1e6 + odd * 1.5e6 + Math.min(across, 999_999);
}

function together(group: Group): Pick<Unit, 'chunks'> {
  return { chunks: group.units.flatMap((unit) => unit.chunks) };
}

interface FileName {
  readonly stem: string;
  /** `_linux_amd64`, `_test`: endings that are constraints and must stay at the end (cmd/go, "Build constraints"). */
  readonly ending: string;
}

const ENDING =
  /(?:_(?:aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|netbsd|openbsd|plan9|solaris|wasip1|windows))?(?:_(?:386|amd64|arm|arm64|loong64|mips|mips64|mips64le|mipsle|ppc64|ppc64le|riscv64|s390x|wasm))?(?:_test)?$/;

function nameOf(file: GoFile): FileName {
  const base = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.go$/, '');
  const ending = ENDING.exec(base.slice(1))?.[0] ?? '';
  return { stem: base.slice(0, base.length - ending.length), ending };
}

function named(
  file: GoFile,
  chunks: Chunks,
  groups: readonly Group[],
  { stem, ending }: FileName,
  existing: ReadonlySet<string>,
): readonly Part[] {
  const taken = new Set(existing);
  return groups.map(({ role, units }, i) => {
    const own = chunks.list.filter((chunk) => units.some((unit) => unit.chunks.includes(chunk)));
    const stays = i === 0;
    const names = own.flatMap((chunk) => chunk.names);
    const wanted = [mainRole(units, role), subjectOf(own), role].map((word) => `${stem}_${word}`);
    const numbered = Array.from({ length: own.length + taken.size + 1 }, (_, n) => `${stem}_${role}${n + 2}`);
    const free = [...wanted, ...numbered]
      .map((word) => `${word}${ending}.go`)
      .find((name) => !taken.has(name));
    const name = stays ? `${stem}${ending}.go` : (free ?? '');
    taken.add(name);
    return { file: name, chunks: own, names, ...renderPart(file, chunks, own, { stays }) };
  });
}

/** The role that most of the lines have; of a part without one, its largest declaration gives the name. */
function mainRole(units: readonly Unit[], role: Role): string {
  if (role !== 'main') return role;
  const [most] = ROLES.map((r) => [r, sizeOf(units.filter((unit) => unit.role === r))] as const).sort(
    (a, b) => b[1] - a[1],
  );
  if (most !== undefined && most[1] * 10 >= sizeOf(units) * 6) return most[0];
  return subjectOf(units.flatMap((unit) => unit.chunks));
}

/** `syncVulnerabilities` -> `sync_vulnerabilities`. */
function subjectOf(chunks: readonly Chunk[]): string {
  const [largest] = [...chunks].sort((a, b) => lengthOf(b) - lengthOf(a));
  const name = largest?.names[0]?.split('.').at(-1) ?? 'rest';
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? [name];
  return words.join('_').toLowerCase();
}

function subsetsOf(roles: readonly Role[]): readonly ReadonlySet<Role>[] {
  return Array.from(
    { length: 2 ** roles.length },
    (_, mask) => new Set(roles.filter((_, i) => (mask >> i) & 1)),
  );
}
