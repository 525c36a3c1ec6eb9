/**
 * The command line: words in, exit code out. The only place that knows commander and sets the exit code.
 *
 *     main(['check', './...', '--format', 'json'], io)  => 0
 */
import { Command, CommanderError, Option } from 'commander';
import { UserError } from '../model/user-error.ts';
import { formatNames } from '../report/index.ts';
import { rules } from '../rules/index.ts';
import { tool } from '../version.ts';
import {
  baselineOption,
  configOption,
  dependenciesOption,
  failOnOption,
  names,
  refuseMistypedCommand,
  repeated,
  scopeOption,
} from './arguments.ts';
import { type BaselineFlags, baselineCommand } from './baseline-command.ts';
import { type CheckFlags, checkCommand } from './check-command.ts';
import { type ConfigFlags, configCheck, configPrint } from './config-command.ts';
import { ExitCode } from './exit-codes.ts';
import { explain } from './explain.ts';
import { type InitFlags, initCommand } from './init-command.ts';
import type { Io } from './io.ts';
import { listCommand } from './list-command.ts';
import { failureText } from './printable.ts';
import type { RequestFlags } from './request.ts';
import { rulesTable } from './rules-command.ts';
import { type SplitFlags, splitCommand } from './split-command.ts';
import { watchCommand } from './watch-command.ts';
import { whyCommand } from './why-command.ts';

/** Runs one command line (without `node` and the script) and answers with the exit code. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = ExitCode.Passed;
  const program = commandLine(io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, argv.includes('--debug'), io);
  }
}

function failed(error: unknown, debug: boolean, io: Io): ExitCode {
  // Commander has printed its own line, help or version by then.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Passed : ExitCode.Usage;
  if (error instanceof UserError) {
    io.stderr.write(failureText(error, io));
    if (debug) io.stderr.write(`${error.stack}\n`);
    return ExitCode.Usage;
  }
  const bug = error instanceof Error ? error : new Error(String(error));
  io.stderr.write(
    `p0lint: internal error: ${bug.message}. This is a bug; please report it with the output of --debug.\n`,
  );
  if (debug) io.stderr.write(`${bug.stack}\n`);
  return ExitCode.Incomplete;
}

function commandLine(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('p0lint')
    .description(
      'Proves seven mandatory requirements of Go integrations, or shows the line that breaks them.',
    )
    .version(tool.version, '-V, --version')
    .configureHelp({ helpWidth: io.stdout.columns ?? 100 })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'p0lint: ')),
    })
    .exitOverride()
    .showSuggestionAfterError()
    .option('--debug', 'show the stack of internal errors')
    .addHelpText('after', EXAMPLES);

  program
    .command('check', { isDefault: true })
    .description('the gate: check integrations and report (the default command)')
    .argument('[paths...]', 'folders (recursive), Go files, or patterns such as ./...; default: this folder')
    .addOption(new Option('-f, --format <name>', 'what to print').choices([...formatNames]).default('text'))
    .option('-o, --output <format[=path]>', 'also write this format to a file (repeatable)', repeated, [])
    .addOption(scopeOption())
    .option(
      '--only <names>',
      'run only these rules, findings or codes (repeatable, comma-separated)',
      names,
      [],
    )
    .option('--skip <names>', 'do not run these (repeatable, comma-separated)', names, [])
    .addOption(failOnOption())
    .addOption(dependenciesOption())
    .addOption(configOption())
    .option(
      '--sarif-include <what>',
      'suppressed, passes: results that SARIF leaves out by default',
      names,
      [],
    )
    .option('-q, --quiet', 'print findings only')
    .addOption(
      new Option('--color <when>', 'colour the text').choices(['auto', 'always', 'never']).default('auto'),
    )
    .option('--new-from <rev>', 'only findings that this revision did not have block')
    .option('--staged', 'check what is staged in git, against the last commit')
    .addOption(baselineOption())
    .option('--fix', 'apply safe fixes')
    .option('--fix-unsafe', 'apply all fixes; look at what they did')
    .option('--diff', 'show fixes as a diff and write nothing (with --fix-unsafe: unsafe ones too)')
    .option('--stdin-filename <path>', 'check standard input as if it were this file')
    .option('--watch', 'check again on every change and rewrite .sarif/p0lint.sarif, until Ctrl-C')
    .option('--timings', 'say on standard error where the time went')
    .option('--allow-empty', 'exit with 0 where there is nothing to check')
    .option('--timestamp', 'put the time into reports (SOURCE_DATE_EPOCH is honoured)')
    .addHelpText('after', CHECK_EXAMPLES)
    .action(async (paths: string[], flags: CheckFlags & { readonly watch?: boolean }) => {
      refuseMistypedCommand(paths, program, io);
      done(await (flags.watch === true ? watchCommand : checkCommand)(paths, flags, io));
    });

  program
    .command('list')
    .description('the integrations that were recognised, why, and which files belong to each')
    .argument('[paths...]', 'as for check')
    .addOption(new Option('-f, --format <name>', 'what to print').choices(['text', 'json']).default('text'))
    .addOption(dependenciesOption())
    .addOption(configOption())
    .action(async (paths: string[], flags) => done(await listCommand(paths, flags, io)));

  program
    .command('why')
    .description('how the verdict at a place came about: what was taken for what, findings and evidence')
    .argument('<file:line>', 'e.g. pkg/wiz/wiz.go:45')
    .addOption(configOption())
    .addOption(dependenciesOption())
    .action(async (place: string, flags: RequestFlags) => done(await whyCommand(place, flags, io)));

  program
    .command('split')
    .description('how a file can be split: which declarations go where, and how long each file gets')
    .argument('<file>', 'a Go file')
    .option('--max <lines>', 'plan for this limit instead of the configured one')
    .addOption(configOption())
    .action(async (file: string, flags: SplitFlags) => done(await splitCommand(file, flags, io)));

  program
    .command('explain')
    .description('what a rule, finding or code demands, why, with bad and good code')
    .argument('<name>', 'vm-filter, vm-filter/unfiltered-send, P0-102')
    .action((name: string) => io.stdout.write(explain(name, rules)));

  program
    .command('rules')
    .description('the table of rules and findings')
    .addOption(new Option('-f, --format <name>', 'what to print').choices(['text', 'json']).default('text'))
    .action((flags: { format: string }) => io.stdout.write(rulesTable(rules, flags.format === 'json')));

  program
    .command('baseline')
    .description('write what is there into a file, so that only what comes later blocks')
    .argument('[paths...]', 'as for check; entries of other files stay as they are')
    .option('--prune', 'only take out what is mended')
    .addOption(scopeOption())
    .addOption(dependenciesOption())
    .addOption(configOption())
    .addOption(baselineOption())
    .addHelpText('after', BASELINE_EXAMPLES)
    .action(async (paths: string[], flags: BaselineFlags) => done(await baselineCommand(paths, flags, io)));

  const config = program
    .command('config')
    .description('the configuration: is it sound, and what is in force');
  config
    .command('check')
    .description('report every mistake of the configuration, with its line')
    .argument('[paths...]', 'whose configuration; default: this folder')
    .addOption(configOption())
    .action((paths: string[], flags: ConfigFlags) => done(configCheck(paths, flags, io)));
  config
    .command('print')
    .description('every value in force and where it comes from: default, profile, file and line, option')
    .argument('[paths...]', 'whose configuration; default: this folder')
    .addOption(configOption())
    .addOption(scopeOption())
    .addOption(failOnOption())
    .addOption(dependenciesOption())
    .action((paths: string[], flags: ConfigFlags) => done(configPrint(paths, flags, io)));

  program
    .command('init')
    .description('write a commented configuration to start with; nothing is written over')
    .option('--workflow', 'also .github/workflows/p0lint.yml')
    .option('--pre-commit', 'also .pre-commit-config.yaml')
    .action((flags: InitFlags) => done(initCommand(flags, rules, io)));

  return program;
}

const EXAMPLES = `
Examples:
  p0lint                                   check the integrations below this folder
  p0lint list                              see what is taken for an integration, and why
  p0lint explain P0-102                    what a finding means and how to mend it
Exit codes: 0 passed, 1 findings, 2 usage, 3 not everything could be analysed, 4 nothing to check`;

const CHECK_EXAMPLES = `
Examples:
  p0lint check pkg/tasks/integrations/wiz
  p0lint check --output sarif --output markdown=p0-compliance-review.md
  p0lint check ./... --scope all --only ignored-error,P0-502 --format compact`;

const BASELINE_EXAMPLES = `
Examples:
  p0lint baseline                          from now on only new findings block
  p0lint baseline --prune                  take out what is mended, keep the rest`;
