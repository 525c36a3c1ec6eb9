/**
 * What a mutant is: an edit of a fixture integration, and what it must and must not do to each requirement.
 */
import type { GoFunction, GoPackage } from '../../src/go/package.ts';
import type { Node, Ranged, Stmt } from '../../src/go/syntax/ast.ts';
import { walk } from '../../src/go/syntax/walk.ts';
import type { Integration } from '../../src/integrations/integration.ts';
import type { Platform } from '../../src/integrations/platform.ts';

/** Replace a range of a file (positions of the program). */
export interface TextEdit {
  readonly range: Ranged;
  readonly text: string;
}

/** `breaks`: the requirement must fail now. `keeps`: its status must stay. Absent: undetermined, counted and not scored. */
export type Effects = Readonly<Record<string, 'breaks' | 'keeps'>>;

export interface Mutant {
  readonly operator: string;
  readonly at: Ranged;
  readonly edits: readonly TextEdit[];
  readonly effects: Effects;
}

export interface Site {
  readonly integration: Integration;
  readonly platform: Platform;
  /** The functions of the integration's own package that belong to it. */
  readonly functions: readonly GoFunction[];
  readonly textOf: (range: Ranged) => string;
}

export interface Operator {
  readonly name: string;
  readonly about: string;
  mutants(site: Site): readonly Omit<Mutant, 'operator'>[];
}

const ALL = [
  'vm-filter',
  'check-affiliation',
  'validate-credentials',
  'errgroup-limit',
  'pagination-bound',
  'ignored-error',
] as const;

/** Everything is kept but what is named; `undefined` leaves a requirement undetermined. */
export function effects(
  changed: Readonly<Partial<Record<(typeof ALL)[number], 'breaks' | undefined>>>,
): Effects {
  const result: Record<string, 'breaks' | 'keeps'> = {};
  for (const rule of ALL) {
    if (!(rule in changed)) result[rule] = 'keeps';
    else if (changed[rule] !== undefined) result[rule] = 'breaks';
  }
  return result;
}

/** All statements of a function in the lists that they stand in, those of its literals included. */
export function statementLists(fn: GoFunction): (readonly Stmt[])[] {
  const lists: (readonly Stmt[])[] = [];
  walk(
    fn.body,
    (node: Node) => {
      if (node.kind === 'Block') lists.push(node.stmts);
      else if (node.kind === 'CaseClause' || node.kind === 'CommClause') lists.push(node.body);
    },
    { literals: true },
  );
  return lists;
}

export function functionsOf(integration: Integration, pkg: GoPackage): readonly GoFunction[] {
  const own = new Set(integration.files);
  return pkg.functions.filter((fn) => own.has(fn.file.path));
}
