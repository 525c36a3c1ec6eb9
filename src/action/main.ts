/**
 * The GitHub Action: inputs in; annotations, summary, SARIF, review, outputs and, if wanted, a comment out.
 *
 * It parses the checked code and executes nothing of it. What GitHub refuses (a fork's token, a missing permission, a slow server) is a
 * notice; only findings, a usage error or an incomplete analysis fail the step, and their exit codes are those of the command line.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ExitCode } from '../cli/exit-codes.ts';
import { skipsOf } from '../cli/names.ts';
import { againstBaseline, againstRevision, readBaseline } from '../cli/new-only.ts';
import { writeFileWhole } from '../cli/outputs.ts';
import { type FoundConfiguration, findConfiguration, loadConfiguration } from '../config/find.ts';
import { vocabularyOf } from '../config/profiles.ts';
import { settingsFrom } from '../config/settings.ts';
import { blocks, withNewness } from '../engine/gate.ts';
import { loadParser } from '../go/syntax/parser.ts';
import type { Report } from '../model/report.ts';
import { UserError } from '../model/user-error.ts';
import { GitFailed } from '../project/git.ts';
import { gitTree } from '../project/git-tree.ts';
import { parentFolder, toTreePath } from '../project/paths.ts';
import { repositoryAddress } from '../project/repository.ts';
import { diskTree, type SourceTree } from '../project/tree.ts';
import { reporters } from '../report/index.ts';
import { renderReview } from '../report/markdown.ts';
import { COMMENT_BUDGET, DEFAULT_OPTIONS } from '../report/options.ts';
import { rules } from '../rules/index.ts';
import { check, type Request } from '../run.ts';
import { type Base, findBase } from './base.ts';
import { keepComment } from './comment.ts';
import { type Event, readEvent } from './event.ts';
import { type GitHubApi, gitHubApi } from './github-api.ts';
import { type Environment, type Inputs, readInputs } from './inputs.ts';
import { type Runner, runnerOf } from './runner.ts';

export interface World {
  readonly env: Environment;
  write(text: string): void;
  readonly fetch: typeof fetch;
}

/** Runs the action and answers with the exit code. Never throws. */
export async function runAction({ env, write, fetch }: World): Promise<ExitCode> {
  const runner = runnerOf(env, write);
  try {
    const inputs = readInputs(env);
    const event = readEvent(env);
    const root = env.GITHUB_WORKSPACE || process.cwd();
    const { token } = inputs;
    const { repository } = event;
    const api =
      token === undefined || repository === undefined
        ? undefined
        : gitHubApi(env.GITHUB_API_URL || 'https://api.github.com', repository, token, fetch);
    return await checkChange({ env, inputs, event, root, api, runner });
  } catch (error) {
    if (error instanceof UserError || error instanceof GitFailed) {
      const hint = error instanceof UserError && error.hint !== undefined ? `. ${error.hint}` : '';
      runner.error(`${error.message}${hint}`);
      return ExitCode.Usage;
    }
    const bug = error instanceof Error ? error : new Error(String(error));
    runner.error(`internal error: ${bug.message}. This is a bug of p0lint; please report it.`);
    if (env.RUNNER_DEBUG === '1') runner.error(bug.stack ?? bug.message);
    return ExitCode.Incomplete;
  }
}

interface Job {
  readonly env: Environment;
  readonly inputs: Inputs;
  readonly event: Event;
  readonly root: string;
  readonly api: GitHubApi | undefined;
  readonly runner: Runner;
}

async function checkChange(job: Job): Promise<ExitCode> {
  const { inputs, event, root, api, runner } = job;
  await loadParser();
  const base = inputs.newOnly || inputs.changedFiles ? await findBase(root, event, api) : undefined;
  const { request, baselineFolder } = requestOf(job, base);
  if (inputs.changedFiles && request.paths.length === 0) {
    runner.notice('No Go file changed; nothing to check.');
    finish(job, undefined);
    return ExitCode.Passed;
  }
  const whole = check(request);
  const compared = inputs.newOnly ? onlyNew(job, whole, request, base) : whole;
  const baseline = readBaseline(request.tree, baselineFolder, namedBaseline(inputs.baseline, root));
  const report = baseline === undefined ? compared : againstBaseline(compared, baseline, request);
  publish(job, report);
  await comment(job, report);
  return exitCodeOf(report, inputs, runner);
}

function requestOf(job: Job, base: Base | undefined): { request: Request; baselineFolder: string } {
  const { inputs, event, root, env, runner } = job;
  const tree = diskTree(root);
  const paths = inputs.paths.length === 0 ? [''] : inputs.paths.map((p) => treePathOf(root, p));
  const missing = paths.findIndex((p) => p !== '' && tree.kindOf(p) === undefined);
  if (missing >= 0) throw new UserError(`input paths: no such file or folder: ${inputs.paths[missing]}`);
  const configuration = configurationOf(job, tree, paths);
  const value = configuration?.value ?? {};
  const settings = settingsFrom(value, configuration?.folder ?? '', rules, {
    ...(inputs.scope === undefined ? {} : { scope: inputs.scope }),
    ...(inputs.failOn === undefined ? {} : { failOn: inputs.failOn }),
    ...(inputs.dependencies === undefined ? {} : { dependencies: inputs.dependencies }),
    ...skipsOf(inputs.only, inputs.skip, rules),
  });
  const chosen = inputs.changedFiles ? changedWithin(base, paths, tree, runner) : paths;
  const cache = env.GOMODCACHE || path.join(env.GOPATH || path.join(env.HOME ?? '', 'go'), 'pkg', 'mod');
  const request: Request = {
    tree,
    moduleCache: existsSync(cache) ? diskTree(cache) : undefined,
    paths: chosen,
    settings,
    vocabulary: vocabularyOf(value),
    rules,
    repository: addressOf(event, env, root),
    timestamp: null,
  };
  return { request, baselineFolder: configuration?.folder ?? '' };
}

function treePathOf(root: string, given: string): string {
  const below = toTreePath(root, path.resolve(root, given.replace(/(?:^|[/\\])\.\.\.$/, '') || '.'));
  if (below === undefined) throw new UserError(`input paths: ${given} lies outside of the workspace`);
  return below;
}

/** Under pull_request_target the checkout may be anybody's: the configuration then comes from the base or from nowhere. */
function configurationOf(
  { inputs, event, root, runner }: Job,
  tree: SourceTree,
  paths: readonly string[],
): FoundConfiguration | undefined {
  const folders = paths.map((p) => (tree.kindOf(p) === 'file' ? parentFolder(p) : p));
  const load = (files: SourceTree) =>
    inputs.config === undefined
      ? findConfiguration(files, folders, rules)
      : loadConfiguration(files, treePathOf(root, inputs.config), rules);
  if (event.name !== 'pull_request_target') return load(tree);
  const { baseSha } = event.pullRequest ?? {};
  try {
    if (baseSha === undefined) throw new GitFailed(['show'], 'the event names no base');
    return load(gitTree(root, baseSha));
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    runner.notice(
      'The configuration of the base is not at hand, and that of the pull request is not trusted here: the defaults hold.',
    );
    return undefined;
  }
}

function changedWithin(
  base: Base | undefined,
  paths: readonly string[],
  tree: SourceTree,
  runner: Runner,
): readonly string[] {
  if (base === undefined || base.kind === 'unknown') {
    runner.notice(`All files are checked, because which ones changed is not known: ${base?.why ?? ''}.`);
    return paths;
  }
  const within = (file: string) => paths.some((p) => p === '' || file === p || file.startsWith(`${p}/`));
  return base.changed.filter((file) => within(file) && tree.kindOf(file) === 'file');
}

function onlyNew({ root, runner }: Job, report: Report, request: Request, base: Base | undefined): Report {
  if (base?.kind === 'commit') return againstRevision(report, request, root, base.commit);
  const why = base?.why ?? 'there is nothing to compare with';
  if (base?.kind === 'files') {
    runner.notice(
      `All findings in the changed files block, old ones too: ${why}. Check out with fetch-depth: 2 to let only new ones block.`,
    );
    const changed = new Set(base.changed);
    return withNewness(report, (finding) => changed.has(finding.at.file));
  }
  runner.notice(`All findings block, old ones too: ${why}. Check out with fetch-depth: 2.`);
  return report;
}

function namedBaseline(name: string | undefined, root: string): { path: string; text: string } | undefined {
  if (name === undefined) return undefined;
  try {
    return { path: name, text: readFileSync(path.resolve(root, name), 'utf8') };
  } catch (cause) {
    throw new UserError(`cannot read the baseline ${name}`, undefined, { cause });
  }
}

function addressOf(event: Event, env: Environment, root: string): Request['repository'] {
  const server = env.GITHUB_SERVER_URL;
  const revision = event.pullRequest?.headSha ?? env.GITHUB_SHA;
  if (server === undefined || event.repository === undefined || revision === undefined)
    return repositoryAddress(root);
  return /^https:\/\/[\w.-]+(?::\d+)?$/.test(server)
    ? { url: `${server}/${event.repository}`, revision }
    : null;
}

function publish(job: Job, report: Report): void {
  const { inputs, root, runner } = job;
  const options = { ...DEFAULT_OPTIONS, inActionsLog: true, category: inputs.category };
  if (inputs.annotations) runner.log(reporters.github(report, options));
  else runner.log(reporters.text(report, { ...options, columns: 120 }));
  writeFileWhole(path.resolve(root, inputs.sarif), reporters.sarif(report, options));
  writeFileWhole(path.resolve(root, inputs.review), reporters.markdown(report, DEFAULT_OPTIONS));
  // One byte less than the room, for the line end that keeps it apart from what follows.
  const maxBytes = runner.summaryRoom() - 1;
  if (inputs.summary && maxBytes > 1_000)
    runner.summary(`${renderReview(report, { maxBytes, maxUnits: Infinity })}\n`);
  finish(job, report);
}

function finish({ inputs, runner }: Job, report: Report | undefined): void {
  const verdicts = report?.integrations.map((integration) => integration.verdict) ?? [];
  const verdict = verdicts.includes('NON-COMPLIANT')
    ? 'NON-COMPLIANT'
    : verdicts.length === 0 || verdicts.includes(null)
      ? 'NOT-ASSESSED'
      : 'COMPLIANT';
  const counted =
    report?.findings.filter((f) => blocks(f, report.gate.failOn === 'never' ? 'note' : report.gate.failOn)) ??
    [];
  runner.output('verdict', verdict);
  runner.output('findings', `${counted.length}`);
  runner.output('sarif', report === undefined ? '' : inputs.sarif);
  runner.output('review', report === undefined ? '' : inputs.review);
}

async function comment({ inputs, event, api, runner }: Job, report: Report): Promise<void> {
  if (!inputs.comment) return;
  const pull = event.pullRequest;
  if (pull === undefined) {
    runner.notice(`No comment: the event ${event.name || '(none)'} is no pull request.`);
    return;
  }
  if (api === undefined) {
    runner.notice('No comment: there is no token.');
    return;
  }
  const outcome = await keepComment(api, pull.number, inputs.commentId, renderReview(report, COMMENT_BUDGET));
  if (outcome.ok) {
    runner.log(`Comment ${outcome.value}.\n`);
    return;
  }
  const forbidden = outcome.status === 403 || outcome.status === 404;
  const hint = forbidden
    ? pull.fromFork
      ? ' A pull request from a fork has no right to comment; the review is in the job summary.'
      : ' The job needs the permission pull-requests: write; the review is in the job summary.'
    : ' The review is in the job summary.';
  runner.notice(`No comment: ${outcome.why}.${hint}`);
}

function exitCodeOf(report: Report, inputs: Inputs, runner: Runner): ExitCode {
  if (!report.complete) {
    runner.error('Not everything could be analysed; see the findings P0-004 and the notices.');
    return ExitCode.Incomplete;
  }
  if (report.findings.some((finding) => blocks(finding, report.gate.failOn))) return ExitCode.Findings;
  const { files, integrations } = report.summary;
  if ((files > 0 && (report.scope === 'all' || integrations > 0)) || inputs.allowEmpty || inputs.changedFiles)
    return ExitCode.Passed;
  runner.error('Nothing was checked: no integration in these paths. Set allow-empty: true to accept this.');
  return ExitCode.Nothing;
}
