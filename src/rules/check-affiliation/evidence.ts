/** What the review shows: the pattern, who is asked where, and the lines that decide. */
import type { Analysis } from '../../go/dependence/analyse.ts';
import { type CallSite, decisionsBehind, resolved } from '../../go/dependence/machine.ts';
import type { Question } from '../../go/dependence/sources.ts';
import type { Program } from '../../go/package.ts';
import type { Ranged } from '../../go/syntax/ast.ts';
import { compareLocations, type Note } from '../../model/location.ts';
import { type Verdict, verdictValue } from './verdict.ts';

/** The call in CheckAffiliation itself that leads to the question. */
export function outermostCall(question: Question): CallSite {
  let call: CallSite = question.call;
  for (let frame = question.frame; frame.parent !== undefined; frame = frame.parent) {
    call = frame.call ?? call;
  }
  return call;
}

/** `related`: is anybody asked about the asset? Else the questions are named, and no pattern is. */
export function patternNotes(
  program: Program,
  analysis: Analysis,
  verdict: Verdict,
  related: boolean,
): readonly Note[] {
  const { files } = program;
  const asks = related ? 'pattern A: asks' : 'asks';
  const notes: Note[] = [];
  const note = (at: Ranged, text: string) => notes.push({ at: files.locate(at), text });
  for (const question of verdict.answers) {
    const call = outermostCall(question);
    const assumed = question.assumed ? ' (assumed to be a request)' : '';
    if (question.kind === 'delegate') note(call, `pattern B: delegates to ${question.name}`);
    else if (call === question.call) note(call, `${asks} ${question.name}${assumed}`);
    else {
      note(call, `${asks} ${question.name}${assumed} in ${question.frame.fn.symbol}`);
      note(question.call, `the request: ${question.name}${assumed}`);
    }
  }
  for (const source of verdict.sources)
    if (source.kind === 'ground') note(source.at, 'pattern C: the verdict depends on the job’s seeds');
  if (verdict.constant === undefined) for (const { at, text } of decidingLines(analysis)) note(at, text);
  const unique = new Map(notes.map((n) => [`${n.at.file}:${n.at.line}:${n.at.column}:${n.text}`, n]));
  return [...unique.values()].sort((a, b) => compareLocations(a.at, b.at));
}

function decidingLines({
  machine,
  endings,
  frame,
}: Analysis): readonly { readonly at: Ranged; readonly text: string }[] {
  const lines = new Map<Ranged, string>();
  const tells = (kind: string) => kind === 'answer' || kind === 'ground';
  for (const ending of endings) {
    const value = verdictValue(ending);
    if (value === undefined) continue;
    for (const decision of decisionsBehind(machine, value.control))
      if (isWithin(decision.at, frame.fn.node) && decision.data.items.some((s) => tells(s.kind)))
        lines.set(decision.at, 'decides the verdict');
    const { sources } = machine.values;
    if (
      ending.by !== undefined &&
      resolved(machine, value.data, sources.none).items.some((s) => tells(s.kind))
    )
      lines.set(ending.by, 'returns what was found out');
  }
  return [...lines].map(([at, text]) => ({ at, text }));
}

function isWithin(part: Ranged, whole: Ranged): boolean {
  return whole.pos <= part.pos && part.end <= whole.end;
}
