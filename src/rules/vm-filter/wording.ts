/**
 * How rule 1 speaks of values, questions and ways.
 *
 *     &kept[i]                       kept[i]
 *     &model.Asset{DNS: h.Name, …}   a new model.Asset
 */
import type { Program } from '../../go/package.ts';
import type { Node } from '../../go/syntax/ast.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';
import type { Trail } from '../../go/values/world.ts';
import type { Question, Sent, Step } from '../../integrations/send-facts.ts';
import type { Note } from '../../model/location.ts';

const LONGEST = 48;
/** So many decisions of a way are told: the last ones before the send. */
const MOST_DECISIONS = 6;

/** The value as it is called where it is handed over. */
export function nameOf(program: Program, expr: Expr | undefined): string {
  if (expr === undefined) return 'the value';
  const x = unparen(expr);
  if (x.kind === 'UnaryExpr' && x.op === '&') return nameOf(program, x.x);
  if (x.kind === 'CompositeLit') return `a new ${x.type === undefined ? 'value' : textOf(program, x.type)}`;
  return textOf(program, x);
}

/** In code font. */
export function quoted(program: Program, expr: Expr | undefined): string {
  const name = nameOf(program, expr);
  return / /.test(name) && !name.includes('(') ? name : `\`${name}\``;
}

export function textOf(program: Program, node: Node): string {
  const text = program.files.textOf(node).replaceAll(/\s+/g, ' ');
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** `t.Filter.Asset` */
export function calleeName(program: Program, call: CallExpr): string {
  return textOf(program, call.fun);
}

/** The way of the value from where it is made to where it is sent, as far as it can be told. */
export function pathOf(
  program: Program,
  sent: Sent,
  blamed: Step,
  questions: readonly Question[],
): readonly Note[] {
  const { files } = program;
  const name = nameOf(program, blamed.expr);
  const notes: { readonly node: Node; readonly text: string }[] = [];
  const made = madeAt(sent);
  if (made !== undefined) notes.push({ node: made, text: `${name} is made here` });
  const functions = new Set(sent.steps.map((step) => step.fn));
  const isNear = (node: Node) =>
    [...functions].some((fn) => fn.node.pos <= node.pos && node.end <= fn.node.end);
  for (const { call } of sent.asked) {
    const question = questions.find((q) => q.call === call);
    if (question === undefined || !isNear(call) || (made !== undefined && call.pos < made.pos)) continue;
    notes.push({ node: call, text: `the filter is asked about ${nameOf(program, question.expr)}` });
  }
  const decisions: { readonly node: Node; readonly text: string }[] = [];
  for (
    let at: Trail | undefined = sent.trail;
    at !== undefined && decisions.length < MOST_DECISIONS;
    at = at.before
  ) {
    if (!isNear(at.cond) || (made !== undefined && at.cond.pos < made.pos)) continue;
    decisions.push({ node: at.cond, text: `\`${textOf(program, at.cond)}\` is ${at.truth}` });
  }
  notes.push(...decisions.reverse());
  for (const step of sent.steps.slice(1).reverse())
    notes.push({ node: step.call, text: 'it is handed over here' });
  notes.push({ node: sent.send, text: 'and sent' });
  return notes.map(({ node, text }) => ({ at: files.locate(node), text }));
}

/** The syntax that made the value; undefined for parameters and for what was there from the beginning. */
function madeAt(sent: Sent): Node | undefined {
  for (const origin of sent.origins) {
    const node = origin as Partial<Node>;
    if (node.kind === 'CallExpr' || node.kind === 'CompositeLit' || node.kind === 'UnaryExpr')
      return node as Node;
  }
  return undefined;
}
