/**
 * From a profile and a configuration's `platform` to the vocabulary in force.
 */
import type { Vocabulary } from '../model/vocabulary.ts';
import { chariot } from './chariot.ts';
import type { Configuration } from './schema.ts';

/** A platform without a single word: for those who describe theirs from nothing. The general facts about Go APIs remain. */
const none: Vocabulary = {
  ...chariot,
  baseTypes: [],
  registrars: [],
  jobTypes: [],
  seedFields: [],
  guardedModels: [],
  modelPackages: [],
  modelInterfaces: [],
  filterConstructors: [],
  filterTypes: [],
  filterMethods: [],
  affiliationDelegates: [],
  unfilteredSurfaces: [],
  sinkCalls: chariot.sinkCalls.filter((call) => !isPlatforms(call)),
  localPackages: chariot.localPackages.filter((name) => !isPlatforms(name)),
};

/** Patterns of the platform's own packages are written without a host. */
function isPlatforms(pattern: string): boolean {
  return pattern.startsWith('pkg/');
}

export const profiles = { chariot, none } as const;

type ListChange =
  | readonly string[]
  | { readonly add?: readonly string[] | undefined; readonly remove?: readonly string[] | undefined };

/** The profile's vocabulary with the configuration's changes: a list replaces, `add` and `remove` change. */
export function vocabularyOf(configuration: Pick<Configuration, 'extends' | 'platform'>): Vocabulary {
  const base: Vocabulary = profiles[configuration.extends ?? 'chariot'];
  const changed: Record<string, unknown> = { ...base };
  for (const [key, change] of Object.entries(configuration.platform ?? {})) {
    if (change === undefined) continue;
    const isList = Array.isArray(base[key as keyof Vocabulary]);
    changed[key] =
      isList && !Array.isArray(change)
        ? changedList(base[key as keyof Vocabulary] as string[], change as ListChange)
        : change;
  }
  return changed as unknown as Vocabulary;
}

function changedList(base: readonly string[], change: ListChange): readonly string[] {
  if (!('add' in change || 'remove' in change)) return change as readonly string[];
  const { add = [], remove = [] } = change as Exclude<ListChange, readonly string[]>;
  return [...base.filter((item) => !remove.includes(item)), ...add];
}
