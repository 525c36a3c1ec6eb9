/**
 * What the endings of CheckAffiliation say together: is the verdict a constant, and if not, what does it depend on?
 *
 *     return false, err … return d.Managed, nil     depends on the answer of the question, and on its error
 *     return false, err … return false, nil         the same constant on all paths
 */
import type { Analysis } from '../../go/dependence/analyse.ts';
import { type Ending, resolved } from '../../go/dependence/machine.ts';
import type { Question, Source } from '../../go/dependence/sources.ts';
import type { Value } from '../../go/dependence/values.ts';
import type { ReturnStmt } from '../../go/syntax/ast.ts';

export interface Verdict {
  /** The constant that all paths return. */
  readonly constant: boolean | undefined;
  readonly sources: readonly Source[];
  /** The questions whose answers it depends on. */
  readonly answers: readonly Question[];
  /** All that are asked on some path, in the order of their first asking. */
  readonly asked: readonly Question[];
}

export function verdictOf(analysis: Analysis): Verdict {
  const { endings, machine } = analysis;
  const asked = [...machine.questions.values()];
  const constant = constantOf(endings);
  const found = new Set<Source>();
  if (constant === undefined)
    for (const ending of endings) {
      const value = verdictValue(ending);
      if (value === undefined) continue;
      for (const source of resolved(machine, value.data, value.control).items) found.add(source);
    }
  const mattering = new Set<Question>();
  for (const source of found) {
    if (source.kind !== 'answer') continue;
    // Where it is asked at all, is the verdict always the same?
    const there = endings.filter((ending) => ending.state.questions.has(source.question));
    if (there.length === 0 || constantOf(there) === undefined) mattering.add(source.question);
  }
  const sources = [...found].filter((s) => s.kind !== 'answer' || mattering.has(s.question));
  return { constant, sources, answers: asked.filter((q) => mattering.has(q)), asked };
}

export function verdictValue(ending: Ending): Value | undefined {
  return ending.values[0];
}

/** True or false, where it is known on this path. */
export function truthOf(ending: Ending): boolean | undefined {
  const is = verdictValue(ending)?.known;
  return is?.kind === 'bool' ? is.value : undefined;
}

function constantOf(endings: readonly Ending[]): boolean | undefined {
  const [first] = endings;
  const constant = first && truthOf(first);
  return endings.every((ending) => truthOf(ending) === constant) ? constant : undefined;
}

/** Is the error that is returned beside the verdict surely not nil? */
export function hasError({ values }: Ending): boolean {
  const last = values.length > 1 ? values.at(-1) : undefined;
  return last?.known?.kind === 'non-nil' || last?.known?.kind === 'zero';
}

/** The last return statement of those that end in these ways. */
export function lastReturn(endings: readonly Ending[]): ReturnStmt | undefined {
  return endings
    .flatMap(({ by }) => (by === undefined ? [] : [by]))
    .reduce<ReturnStmt | undefined>(
      (last, by) => (last === undefined || by.pos > last.pos ? by : last),
      undefined,
    );
}

/** Do the requests behind these answers depend on the asset? A request that is made of another's answer depends on what that did. */
export function asksAboutSubject(questions: readonly Question[]): boolean {
  const seen = new Set<Question>();
  const open = [...questions];
  for (let q = open.pop(); q !== undefined; q = open.pop()) {
    if (seen.has(q)) continue;
    seen.add(q);
    if (q.kind === 'delegate') return true;
    for (const source of q.inputs.items) {
      if (source.kind === 'subject') return true;
      if (source.kind === 'answer') open.push(source.question);
    }
  }
  return false;
}
