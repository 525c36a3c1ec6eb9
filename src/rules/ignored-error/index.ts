/**
 * Requirement 6: no error is dropped, and causes are wrapped with `%w`.
 *
 *     payload, _ := json.Marshal(v)              => blank-error
 *     json.Unmarshal(raw, &v)                    => unchecked-call
 *     fmt.Errorf("list hosts: %v", err)          => lost-cause
 *     if err != nil { return nil }               => nil-after-error
 *     if err != nil { log.Print(err) }; use(v)   => logged-and-continued
 *
 * Which calls return an error is known from declarations; only of calls without source it is assumed by convention, and then said to be
 * probable. Each kind of finding has a file of its own, which says what it does not report, and why. Evidence is, per function, how many
 * calls can fail.
 */
import { errorResults } from '../../go/calls/error-results.ts';
import type { GoFunction } from '../../go/package.ts';
import { isDamaged } from '../../go/syntax/parse-file.ts';
import { neverFailNames } from '../../knowledge/never-fail.ts';
import type { Finding } from '../../model/finding.ts';
import type { Note } from '../../model/location.ts';
import { definePackageRule } from '../../rule.ts';
import { documentation } from './documentation.ts';
import { errorBranches } from './error-branches.ts';
import { exclusionsOf } from './exclusions.ts';
import { groupFunctions } from './group-functions.ts';
import { loggedErrors } from './logged.ts';
import { lostCause } from './lost-cause.ts';
import { messages } from './messages.ts';
import { overwrittenErrors } from './overwritten.ts';
import { type Inspection, reportsOf } from './reports.ts';
import { nilsAfterErrors } from './swallowed.ts';
import { toleranceOf } from './tolerated.ts';
import { dropsOfDeclarations, dropsOfFunction, functionsOf } from './unchecked.ts';
import { unwrappedReturns } from './unwrapped-return.ts';

export default definePackageRule({
  id: 'ignored-error',
  requirement: 6,
  title: 'No error is dropped; causes are wrapped with %w',
  documentation,
  messages,
  options: {
    excludeFunctions: {
      type: 'strings',
      default: [],
      description:
        "Calls whose error need not be looked at, in errcheck's notation: `pkg.Func`, `(*pkg.Type).Method`, `(pkg.Interface).Method`, and with the type of a first argument `fmt.Fprintf(*bytes.Buffer)`. A `*` at the end stands for any rest of the name.",
    },
  },
  nothingExamined: 'nothing in this integration returns an error',
  check(pkg, { options, platform, finding }) {
    const { program } = pkg;
    const listed = exclusionsOf([...neverFailNames(), ...options.excludeFunctions]);
    const say = reportsOf(finding, program);
    const findings: Finding[] = [];
    const gaps: Note[] = [];
    const functions = functionsOf(pkg).filter((fn) => !fn.file.generated);
    const inGroups = groupFunctions(pkg, functions, platform.vocabulary);
    const inspect = (i: Inspection): void => {
      for (const drop of i.drops) {
        const { call } = drop;
        if (call !== undefined && listed.byName(program, call)) continue;
        if (toleranceOf(program, drop, platform.vocabulary) === undefined) findings.push(say.drop(drop));
      }
      for (const call of i.calls) {
        const lost = lostCause(program, call, i.fn);
        if (lost !== undefined) findings.push(say.lost(lost));
      }
    };
    for (const fn of functions) {
      if (isDamaged(fn.file, fn.node)) {
        if (fn.parent === undefined)
          gaps.push({ at: program.files.locate(nameOf(fn)), text: `${fn.symbol} does not parse` });
        continue;
      }
      inspect({ fn, drops: dropsOfFunction(program, fn), calls: fn.calls });
      findings.push(...overwrittenErrors(fn).map(say.overwritten));
      const branches = errorBranches(program, fn);
      findings.push(...nilsAfterErrors(fn, branches).map(say.nilAfter));
      findings.push(...loggedErrors(platform, fn, branches, inGroups.has(fn)).map(say.logged));
      findings.push(...unwrappedReturns(platform, fn).map(say.unwrapped));
    }
    inspect({ fn: undefined, drops: dropsOfDeclarations(program, pkg), calls: [] });
    return { examined: evidence(functions), findings, gaps };
  },
});

/** Per declared function: how many of its calls, those in literals included, return an error. */
function evidence(functions: readonly GoFunction[]): readonly Note[] {
  const counts = new Map<GoFunction, number>();
  for (const fn of functions) {
    let top = fn;
    while (top.parent !== undefined) top = top.parent;
    let count = counts.get(top) ?? 0;
    for (const call of fn.calls) if ((errorResults(fn.pkg.program, call)?.errors.length ?? 0) > 0) count++;
    counts.set(top, count);
  }
  return [...counts].flatMap(([fn, count]) =>
    count === 0
      ? []
      : [
          {
            at: fn.pkg.program.files.locate(nameOf(fn)),
            text: `${count} ${count === 1 ? 'call' : 'calls'} that can fail`,
          },
        ],
  );
}

function nameOf({ node }: GoFunction) {
  return node.kind === 'FuncDecl' ? node.name : node.type;
}
