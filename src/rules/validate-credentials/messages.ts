/**
 * The wording of the rule's findings.
 */

import type { Messages } from '../../model/rule-description.ts';
import { examples } from './examples.ts';

export const messages = {
  missing: {
    code: 'P0-301',
    level: 'error',
    title: 'No ValidateCredentials',
    text: '{type} has no method {method}. A run with a revoked token looks like an empty inventory; ask the vendor who the token belongs to, and call it first in the run.',
    why: 'Without it nobody learns that credentials have expired until somebody misses the assets.',
    remedy:
      'Declare `ValidateCredentials() error` that makes one cheap authenticated request, and call it first in `Invoke`.',
    precision: 'very-high',
    ...examples.missing,
  },
  'not-called': {
    code: 'P0-302',
    level: 'error',
    title: 'ValidateCredentials is never called',
    text: '{entry} never reaches a call of {method}, so the run starts with whatever credentials it was given. Call it first, and return its error.',
    why: 'A validation that nobody calls validates nothing.',
    remedy: 'Call it as the first statement of `Invoke` and return its error.',
    precision: 'high',
    ...examples['not-called'],
  },
  'not-first': {
    code: 'P0-303',
    level: 'error',
    title: 'Credentials are not validated first',
    text: '{call} {why}. The run must not ask, send or start anything before the credentials are known to be good: move the validation before it.',
    why: 'What happens before the validation happens with credentials that may be bad: failed requests, lock-outs, half a run.',
    remedy: 'Move the call to the start of the run, on every path.',
    precision: 'high',
    ...examples['not-first'],
  },
  'error-ignored': {
    code: 'P0-304',
    level: 'error',
    title: 'The run goes on with bad credentials',
    text: 'when {call} fails, the run goes on: {effect}. Return its error at once.',
    why: 'A validation whose error stops nothing is a request like any other: the run goes on and finds nothing.',
    remedy:
      '`if err := t.ValidateCredentials(); err != nil { return fmt.Errorf("validating credentials: %w", err) }`',
    precision: 'high',
    ...examples['error-ignored'],
  },
  stub: {
    code: 'P0-305',
    level: 'error',
    title: 'ValidateCredentials is a stub',
    text: '{method} {says} on every path and asks nobody. Make one authenticated request and return its error.',
    why: 'A validation that cannot fail, or cannot succeed, says nothing about the credentials.',
    remedy: 'Make the cheapest authenticated request that the API has ("who am I") and return its error.',
    precision: 'high',
    ...examples.stub,
  },
  'no-external-call': {
    code: 'P0-306',
    level: 'error',
    title: 'ValidateCredentials does not ask on every path',
    text: '{method} can say that the credentials are good without having asked the vendor. A token that is there, or has the right form, may be revoked: make one authenticated request on every path that returns nil.',
    why: 'Only the vendor knows whether a token is still good.',
    remedy: 'Keep the look at the fields, and make an authenticated request behind it.',
    precision: 'high',
    ...examples['no-external-call'],
  },
  'answer-dropped': {
    code: 'P0-307',
    level: 'error',
    title: 'ValidateCredentials drops the answer',
    text: '{method} asks and returns nil although the question has failed: neither the answer nor its error decides what it says. Return the error of the request.',
    why: 'Asking without listening finds no bad credentials.',
    remedy: 'Return the error of the request, wrapped.',
    precision: 'high',
    ...examples['answer-dropped'],
  },
  unproven: {
    code: 'P0-390',
    level: 'warning',
    title: 'Credentials: cannot be proven',
    text: '{call} cannot be followed: {what}. Call something that can be followed, or do it after the validation.',
    why: 'A function value, or a library out of sight, that is given a context or a client may ask before the credentials are known to be good.',
    remedy: 'Move the call behind the validation, or call a function of the project.',
    precision: 'medium',
    ...examples.unproven,
  },
} as const satisfies Messages;
