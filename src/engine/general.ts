/**
 * Findings about the check itself (decision 29): suppressions that do not hold, and code that was not analysed.
 *
 * They belong to no requirement and change no verdict, but they count for the exit code like any other finding.
 */
import type { Messages, RuleDescription } from '../model/rule-description.ts';

/** The `rule` of general findings. */
export const GENERAL = 'p0lint';

export const generalMessages = {
  'suppression-without-reason': {
    code: 'P0-001',
    level: 'warning',
    title: 'Suppression without a reason',
    text: "This suppression of '{ids}' gives no reason, so it does not count; add one: //p0lint:{verb} {ids} -- <reason>.",
    why: 'A waiver that nobody can judge later is a hole in the gate. The reason stands in the review for the next reader.',
    remedy: 'Write why the finding is acceptable here after ` -- `.',
    precision: 'very-high',
  },
  'unused-suppression': {
    code: 'P0-002',
    level: 'warning',
    title: 'Suppression that suppresses nothing',
    text: "This suppression of '{ids}' suppresses nothing: {why}.",
    why: 'A stale waiver would hide the next fault on this line without anybody noticing.',
    remedy: 'Delete it, or move it to the line or the statement that it is about.',
    precision: 'very-high',
  },
  'unknown-suppression': {
    code: 'P0-003',
    level: 'error',
    title: 'Suppression of something that does not exist',
    text: "This suppression names '{id}', which is no rule, finding or code of p0lint{suggestion}.",
    why: 'A misspelt suppression silently does nothing, or worse, is believed to.',
    remedy: 'Use a rule id, `rule/finding` or a code; `p0lint rules` lists them.',
    precision: 'very-high',
  },
  'not-analysed': {
    code: 'P0-004',
    level: 'warning',
    title: 'Code that was not analysed',
    text: '{what} was not analysed: {why}. What depends on it is unknown, never passed.',
    why: 'A gate that stays silent about code it could not read says more than it knows.',
    remedy: 'Mend the syntax error; if the file is valid Go, report it: see docs/grammar-gaps.md.',
    precision: 'very-high',
  },
} as const satisfies Messages;

export type GeneralId = keyof typeof generalMessages;

export const generalRule: RuleDescription = {
  id: GENERAL,
  requirement: null,
  title: 'The check itself is sound',
  documentation:
    'General findings concern suppressions and code that could not be analysed. They belong to no requirement.',
  messages: generalMessages,
  options: {},
};
