/**
 * What the rule says: titles, reasons, remedies and examples of its findings.
 */
import type { Messages } from '../../model/rule-description.ts';
import { examples } from './examples.ts';

export const messages = {
  unbounded: {
    code: 'P0-501',
    level: 'error',
    title: 'Loop without an end',
    text: 'Nothing but an error or a cancelled context ends this loop: {request} is asked for page after page, and {missing}. Leave the loop where the API says that there is no more, and after a maximal number of pages.',
    why: 'After the last page many APIs answer with an empty page, or with the first one again, and no error ever comes: the job runs until it is killed, and sends the same assets over and over.',
    remedy:
      'Test what the API says (an empty token, a short page, a flag) and break; add a page cap where it says nothing.',
    ...examples.unbounded,
    precision: 'high',
  },
  'cursor-only': {
    code: 'P0-502',
    level: 'error',
    title: 'Only the cursor ends the loop',
    text: '`{condition}` is all that ends this loop: an API that repeats a cursor, or always gives a new one, keeps it running for ever. Count pages and stop at a cap, or test in the body whether there is more.',
    why: 'The end of the loop is left to the other side. A faulty or hostile API needs one wrong link to keep the job, its memory and its quota busy without end.',
    remedy:
      'Add a page counter with a cap to the condition, remember cursors and stop at one that was seen, or leave the loop on a signal of the answer.',
    ...examples['cursor-only'],
    precision: 'high',
  },
  'cursor-not-advanced': {
    code: 'P0-503',
    level: 'error',
    title: 'Same request again',
    text: '{what}. Every such turn asks {request} for the same page. Put what the answer says about the next page into the request, on every way back to the top.',
    why: 'The loop reads the first page over and over: nothing behind it is ever seen, and while the answer says that there is more the loop does not end.',
    remedy:
      'Assign the next token, page number or offset to what the request is made from, before every `continue`.',
    ...examples['cursor-not-advanced'],
    precision: 'high',
  },
  'spins-on-error': {
    code: 'P0-504',
    level: 'error',
    title: 'Error path spins',
    text: 'When {request} fails, the loop starts again with the same request, and nothing bounds the attempts{why}. Return the error, or count attempts and give up.',
    why: 'As long as the error lasts (an expired token lasts for ever) the loop sends the same request as fast as it can, and the run never reports what is wrong.',
    remedy: 'Return or break on the error; where a retry is wanted, bound it and wait in between.',
    ...examples['spins-on-error'],
    precision: 'high',
  },
  'cap-not-enforced': {
    code: 'P0-505',
    level: 'error',
    title: 'Page cap without effect',
    text: '`{cap}` looks like a page cap, but never ends this loop{beside}. Leave the loop when the counter reaches it.',
    why: 'Whoever reads the code believes that the loop is bounded. It is not.',
    remedy:
      'Compare the counter with the cap in the condition, or break; mind that `break` in a switch, select or inner loop leaves only that.',
    ...examples['cap-not-enforced'],
    precision: 'high',
  },
  'cap-missing': {
    code: 'P0-506',
    level: 'off',
    title: 'No page cap',
    text: 'This loop ends where the API says so ({signal}) and has no page cap. Count pages and stop at a maximum.',
    why: 'A signal is the word of the other side. A cap holds whatever the API answers.',
    remedy: 'Add a page counter with a cap.',
    ...examples['cap-missing'],
    precision: 'very-high',
  },
  unproven: {
    code: 'P0-590',
    level: 'warning',
    title: 'End not proven',
    text: 'Whether this loop {matter} is decided by {call}, which cannot be followed from here. Test a signal of the answer in the loop itself, or add a page cap.',
    why: 'The proof that the loop ends stops at a call whose source, or whose target, is not in sight.',
    remedy: 'Decide in the loop, or bound it.',
    ...examples.unproven,
    precision: 'medium',
  },
} as const satisfies Messages;
