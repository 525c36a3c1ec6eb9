/**
 * What rule 1 says: the table of its findings, in the order of the specification.
 */
import { examples } from './examples.ts';

export const messages = {
  'not-initialized': {
    code: 'P0-101',
    level: 'error',
    title: 'No filter made',
    text: '{type} sends assets or risks, but {problem}. Without a filter customers see what they have excluded: make one in the constructor, e.g. `Filter: filter.NewVMFilter(b.AWS, b.Collectors)`.',
    why: 'The filter carries the rules of the customer. Where it was never made, nothing is ever rejected, or the run panics at the first question.',
    remedy:
      'Fill the filter in the constructor, on every path: in the literal, or in an assignment behind it. Nil is no filter.',
    precision: 'high',
    cwe: [665],
    ...examples['not-initialized'],
  },
  'unfiltered-send': {
    code: 'P0-102',
    level: 'error',
    title: 'Sent without an accepting verdict',
    text: '{value} is sent, but {problem}. What the customer has excluded reaches the platform: ask the filter about it, and leave the send out where the answer is a rejection.',
    why: 'One path around the filter is enough to flood a customer with what they have asked not to see.',
    remedy:
      'Ask about the very value that is sent, and leave before the send if it is rejected: `if t.Filter.Asset(&asset) { continue }`.',
    precision: 'high',
    cwe: [862],
    ...examples['unfiltered-send'],
  },
  'inverted-guard': {
    code: 'P0-103',
    level: 'error',
    title: 'Sent where the filter rejects',
    text: '{value} is sent exactly where {check} has rejected it: {polarity}. Turn the test over.',
    why: '`Asset` and `Risk` answer true for *reject*, `ShouldSend` for *accept*. Read the wrong way round, the customer gets only what they have excluded.',
    remedy: 'Send on the other branch: `if t.Filter.Asset(&asset) { continue }` before the send.',
    precision: 'high',
    cwe: [697],
    ...examples['inverted-guard'],
  },
  'other-value': {
    code: 'P0-104',
    level: 'error',
    title: 'Another value was asked about',
    text: '{value} is sent, but the filter was asked about {other}. Its answer says nothing about what is sent: ask about that, where it is sent.',
    why: 'The code looks guarded: a question stands before the send. It is about a parent, a shadowed variable, or the element of another turn.',
    remedy: 'Pass the value that is sent to the filter, in the same turn of the same loop.',
    precision: 'high',
    cwe: [639],
    ...examples['other-value'],
  },
  'discarded-verdict': {
    code: 'P0-105',
    level: 'warning',
    title: 'Verdict of the filter dropped',
    text: '{value} is sent whatever {check} answers: the verdict is dropped. Test it, and leave the send out where it is a rejection.',
    why: 'The call has no effect of its own. Older pages of the platform show it bare; its answer is what counts.',
    remedy: 'Write `if t.Filter.Asset(&asset) { continue }`.',
    precision: 'very-high',
    cwe: [252],
    ...examples['discarded-verdict'],
  },
  unproven: {
    code: 'P0-190',
    level: 'warning',
    title: 'Filtering cannot be proven',
    text: 'That only accepted values are sent cannot be proven here: {value} goes into {callee}, and {problem}. Ask the filter in code that can be followed.',
    why: 'What an interface with several implementations, a function value or a function without source does with a value cannot be seen; neither can it be reviewed here.',
    remedy: 'Ask the filter itself next to the send, or let the interface have one implementation that asks.',
    precision: 'medium',
    ...examples.unproven,
  },
} as const;
