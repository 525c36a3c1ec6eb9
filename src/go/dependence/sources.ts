/**
 * What a value can depend on, and sets of that.
 *
 *     d, err := getDevice(asset.CloudId)     // the answer of a question; its inputs: the parameter
 *     return d.IP == asset.Value             // the answer, the parameter, and that they were compared
 *
 * Sources and sets are interned: equal ones are one object, so that states can be compared cheaply.
 */
import type { BasicBlock } from '../flow/cfg.ts';
import type { CallExpr, Expr } from '../syntax/ast.ts';
import type { Frame } from './machine.ts';

/** A call that asks somebody, as it is executed for one chain of calls. */
export interface Question {
  readonly id: number;
  readonly call: CallExpr;
  readonly frame: Frame;
  /** How evidence names it. */
  readonly name: string;
  readonly assumed: boolean;
  /** `response`: it can succeed with an answer that says no, by its status; `delegate`: somebody else asks and decides. */
  readonly kind: 'response' | 'call' | 'delegate';
  /** What the request was made of. */
  inputs: Sources;
}

export type Source =
  /** What the analysis was asked to follow: the parameters. */
  | { readonly id: number; readonly kind: 'subject' }
  /** `element`: taken out of a list or map in the answer. */
  | { readonly id: number; readonly kind: 'answer'; readonly question: Question; readonly element: boolean }
  /** Something that the domain knows by name. */
  | { readonly id: number; readonly kind: 'ground'; readonly at: Expr }
  /** A call that cannot be followed. */
  | { readonly id: number; readonly kind: 'unseen'; readonly call: CallExpr }
  /** An answer was compared with the subject. `searched`: one of many. */
  | { readonly id: number; readonly kind: 'match'; readonly searched: boolean }
  /** Whether a block of a function is executed: what decides about it, `control.ts` finds out. */
  | { readonly id: number; readonly kind: 'branch'; readonly frame: Frame; readonly block: BasicBlock };

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface Sources {
  readonly id: number;
  readonly items: readonly Source[];
}

export interface SourceTable {
  readonly none: Sources;
  readonly subject: Source;
  source(key: string, make: () => Unnumbered<Source>): Source;
  only(source: Source): Sources;
  of(items: Iterable<Source>): Sources;
  union(...sets: readonly Sources[]): Sources;
}

export function sourceTable(): SourceTable {
  const known = new Map<string, Source>();
  const sets = new Map<string, Sources>();
  const source: SourceTable['source'] = (key, make) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { ...make(), id: known.size } as Source;
      known.set(key, found);
    }
    return found;
  };
  const of = (items: Iterable<Source>): Sources => {
    const sorted = [...new Set(items)].sort((a, b) => a.id - b.id);
    const key = sorted.map((s) => s.id).join();
    let found = sets.get(key);
    if (found === undefined) {
      found = { id: sets.size, items: sorted };
      sets.set(key, found);
    }
    return found;
  };
  const none = of([]);
  return {
    none,
    subject: source('subject', () => ({ kind: 'subject' })),
    source,
    only: (one) => of([one]),
    of,
    union(...all) {
      const filled = all.filter((set) => set.items.length > 0);
      const [first] = filled;
      if (first === undefined) return none;
      if (filled.every((set) => set === first)) return first;
      return of(filled.flatMap((set) => set.items));
    },
  };
}

export function questionsIn(sources: Sources): readonly Question[] {
  const found = new Set<Question>();
  for (const s of sources.items) if (s.kind === 'answer') found.add(s.question);
  return [...found];
}

export function hasSubject(sources: Sources): boolean {
  return sources.items.some((s) => s.kind === 'subject');
}

/** The same, taken out of a list. */
export function elementOf(table: SourceTable, sources: Sources): Sources {
  if (!sources.items.some((s) => s.kind === 'answer' && !s.element)) return sources;
  return table.of(sources.items.map((s) => (s.kind === 'answer' ? answerOf(table, s.question, true) : s)));
}

export function answerOf(table: SourceTable, question: Question, element = false): Source {
  return table.source(`a${question.id}${element ? 'e' : ''}`, () => ({ kind: 'answer', question, element }));
}

/** What is computed from both: if an answer meets the subject there, they were compared. */
export function compared(table: SourceTable, sources: Sources, lookup = false): Sources {
  if (!hasSubject(sources)) return sources;
  const answers = sources.items.filter((s) => s.kind === 'answer');
  if (answers.length === 0) return sources;
  const searched = lookup || answers.some((s) => s.element);
  return table.union(sources, table.only(table.source(`m${searched}`, () => ({ kind: 'match', searched }))));
}
