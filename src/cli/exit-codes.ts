/** Exit codes: policy, the same for every format (output.md, decision 26). 2 beats 3 beats 1 beats 4. */
export const ExitCode = {
  /** Nothing at or above `--fail-on`, and everything in scope was analysed. */
  Passed: 0,
  /** Findings at or above `--fail-on`. */
  Findings: 1,
  /** Wrong usage or configuration, unreadable input, output that could not be written. */
  Usage: 2,
  /** The analysis is incomplete: syntax errors in scope, a rule that crashed. What was found is reported all the same. */
  Incomplete: 3,
  /** Nothing was checked: no Go file, or no integration under `--scope integrations`. */
  Nothing: 4,
  Interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
