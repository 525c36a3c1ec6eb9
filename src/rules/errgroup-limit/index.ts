/**
 * Requirement 4: every errgroup is limited, waited for and reads no shared loop variable.
 *
 *     g, ctx := errgroup.WithContext(ctx)     // no-limit: no SetLimit before the first Go
 *     for _, h := range hosts {
 *       g.Go(func() error { … h … })          // loop-variable, before go 1.22
 *     }
 *     _ = g.Wait()                            // wait-error-ignored
 *
 * The life of each group comes from `integrations/groups`; here it is judged. A package without a group package among its imports and
 * without a `go` statement costs next to nothing.
 */
import type { GoPackage } from '../../go/package.ts';
import type { Ranged } from '../../go/syntax/ast.ts';
import { type GroupTypes, groupTypes, importsGroups } from '../../integrations/group-types.ts';
import type { Finding } from '../../model/finding.ts';
import { compareLocations, type Location, type Note } from '../../model/location.ts';
import type { OptionsOf } from '../../model/rule-description.ts';
import { definePackageRule, type RuleContext } from '../../rule.ts';
import { judgeBareGoroutines } from './bare-goroutines.ts';
import { type Group, groupCallsOf, groupsOf } from './calls.ts';
import { documentation } from './documentation.ts';
import { isHere, judgeLimits } from './limits.ts';
import { judgeLoopVariables } from './loop-variables.ts';
import { messages } from './messages.ts';
import { judgeSwallowed } from './swallowed.ts';
import { judgeWaits } from './waits.ts';

const options = {
  loopCapture: {
    type: 'choice',
    choices: ['version', 'always'],
    default: 'version',
    description:
      'Whether loop variables must be copied for goroutines: where the language version shares them, or always.',
  },
  minLimit: {
    type: 'integer',
    default: 1,
    minimum: 1,
    description: 'The lowest constant limit allowed.',
  },
  maxLimit: {
    type: 'integer',
    default: 100,
    minimum: 1,
    description: 'The highest constant limit allowed.',
  },
} as const;

export type Context = RuleContext<typeof messages, typeof options> & {
  readonly options: OptionsOf<typeof options>;
  locate(range: Ranged): Location;
};

export default definePackageRule({
  id: 'errgroup-limit',
  requirement: 4,
  title: 'Every errgroup is limited; loop variables are captured',
  documentation,
  messages,
  options,
  nothingExamined: 'no errgroup is used',
  check(pkg, ruleContext) {
    const context: Context = { ...ruleContext, locate: (range) => pkg.program.files.locate(range) };
    const types = groupTypes(context.platform.vocabulary);
    const usesGroups = mayUseGroups(pkg, types);
    const groups = usesGroups ? groupsOf(pkg, types) : [];
    const calls = usesGroups ? groupCallsOf(pkg, types) : [];
    const waits = judgeWaits(pkg, groups, context);
    const loops = judgeLoopVariables(pkg, groups, calls, context);
    const findings: readonly Finding[] = [
      ...judgeLimits(pkg, groups, calls, context),
      ...waits.findings,
      ...loops.findings,
      ...judgeSwallowed(pkg, groups, calls, context),
      ...judgeBareGoroutines(pkg, types, context),
    ];
    const examined = [...evidence(pkg, groups, waits.read, context), ...loops.examined];
    return { examined, findings, gaps: gapsOf(groups, context) };
  },
});

/** Does the package name a group package, or import a project package that does and may make groups for it? */
function mayUseGroups(pkg: GoPackage, types: GroupTypes): boolean {
  const names = (files: GoPackage['files']) => files.some((file) => importsGroups(file, types));
  if (names(pkg.files)) return true;
  const paths = new Set(pkg.files.flatMap((file) => file.imports.map(({ path }) => path)));
  for (const path of paths) {
    // The standard library's paths have no dot in their first element; a module without one is asked for all the same.
    const isOwn = pkg.module.path !== '' && path.startsWith(`${pkg.module.path}/`);
    if (!isOwn && !path.slice(0, path.indexOf('/') >>> 0).includes('.')) continue;
    const imported = pkg.program.importPackage(path);
    if (imported?.origin === 'project' && names(imported.files)) return true;
  }
  return false;
}

function evidence(
  pkg: GoPackage,
  groups: readonly Group[],
  read: ReadonlySet<object>,
  { locate }: Context,
): readonly Note[] {
  const notes = new Map<string, Note>();
  const add = (range: Ranged, text: string): void => {
    const at = locate(range);
    notes.set(`${at.file}:${at.line}:${at.column}:${text}`, { at, text });
  };
  for (const group of groups) {
    const { name, operations, parameter } = group;
    if (parameter) {
      if (operations.length > 0)
        add(group.at, `${name} comes from out of sight or is judged where it is made`);
    } else add(group.at, `group ${name}`);
    for (const { method, call, args } of operations) {
      if (!isHere(pkg, call)) continue;
      if (method === 'SetLimit' && args[0] !== undefined) {
        const constant = pkg.info.constantOf(args[0]);
        const written = pkg.program.files.textOf(args[0]);
        const value = constant?.kind === 'int' ? `${constant.value}` : written;
        add(call, `${name} limited to ${value}${value === written ? '' : ` (${written})`}`);
      } else if (method === 'Wait' && read.has(call)) add(call, `error of ${name}.Wait read`);
    }
  }
  return [...notes.values()].sort((a, b) => compareLocations(a.at, b.at));
}

function gapsOf(groups: readonly Group[], { locate }: Context): readonly Note[] {
  return groups
    .filter(({ exhausted }) => exhausted)
    .map(({ name, at }) => ({
      at: locate(at),
      text: `the group ${name} is used in more ways than can be followed`,
    }));
}
