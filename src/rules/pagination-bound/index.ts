/**
 * Requirement 5: every pagination loop provably ends.
 *
 *     for { page := list(token); if page.Next == "" { break }; token = page.Next }    => pass, signal `page.Next == ""`
 *     for url != "" { page := get(url); url = page.Next }                             => cursor-only
 *
 * `classify` says what a loop is and what is wrong with it; here that is put into words.
 */
import type { GoFunction, GoPackage } from '../../go/package.ts';
import type { CallExpr, Ranged } from '../../go/syntax/ast.ts';
import type { Platform } from '../../integrations/platform.ts';
import type { Finding } from '../../model/finding.ts';
import type { Note } from '../../model/location.ts';
import { definePackageRule, type RuleContext } from '../../rule.ts';
import { callbackFaults } from './callbacks.ts';
import { type Classified, classify, type Fault, type Paging } from './classify.ts';
import { documentation } from './documentation.ts';
import { messages } from './messages.ts';
import { repetitionsOf } from './repetition.ts';
import { requestsOf } from './tracking.ts';
import { describe, evidenceOf, nameOfRequest, textOf } from './wording.ts';

type Context = RuleContext<typeof messages, Record<never, never>>;

export default definePackageRule({
  id: 'pagination-bound',
  requirement: 5,
  title: 'Every pagination loop provably ends',
  documentation,
  messages,
  options: {},
  nothingExamined: 'no loop of this integration pages through an API',
  check(pkg, context) {
    const loops = classifyLoops(pkg, context.platform);
    const paging = loops.filter((loop) => loop.kind === 'paging');
    const callbacks = callbackFaults(pkg, context.platform, paging);
    const findings = paging.flatMap((loop) => findingsOf(loop, context, callbacks.driven.has(loop)));
    for (const { call, request } of callbacks.endless) {
      const missing = 'the callback that is handed over never says stop';
      findings.push(context.finding('unbounded', locate(pkg, call), { request, missing }));
    }
    return { examined: paging.flatMap((loop) => evidenceOf(loop)), findings, gaps: [] };
  },
});

/** All loops of a package, with what they are: what the rule judges, and what it shows when asked why. */
export function classifyLoops(pkg: GoPackage, platform: Platform): readonly Classified[] {
  const requests = requestsOf(pkg, platform);
  const classified: Classified[] = [];
  const visit = (fn: GoFunction): void => {
    for (const literal of fn.literals) visit(literal);
    if (fn.file.generated) return;
    const repetitions = repetitionsOf(fn, recursiveCalls(fn));
    if (repetitions.length === 0 || !fn.calls.some((call) => requests.isRequest(call))) {
      for (const repetition of repetitions) classified.push({ kind: 'other', repetition, why: 'no request' });
      return;
    }
    const whole = requests.flowOf(fn);
    if (whole === undefined) return;
    for (const repetition of repetitions) classified.push(classify(requests, repetition, whole));
  };
  for (const fn of [...pkg.functions, ...pkg.initializers]) visit(fn);
  return classified;
}

function recursiveCalls(fn: GoFunction): readonly CallExpr[] {
  const { program } = fn.pkg;
  return fn.calls.filter((call) => {
    const callee = program.calleeOf(call);
    if (callee.kind === 'function') return callee.body !== undefined && callee.body.node === fn.node;
    return (
      callee.kind === 'closure' && callee.functions.length === 1 && callee.functions[0]?.node === fn.node
    );
  });
}

function findingsOf(loop: Paging, context: Context, driven: boolean): Finding[] {
  const { pkg } = loop.repetition.fn;
  const [fault] = loop.faults;
  if (fault === undefined) {
    if (loop.bounds.length > 0 || loop.by === 'paginator') return [];
    const signal = loop.signals.map(({ at }) => textOf(pkg, at)).join(', ');
    return [context.finding('cap-missing', locate(pkg, loop.repetition.at), { signal })];
  }
  if (fault.kind === 'unseen' && driven) return [];
  return [findingOf(loop, fault, context)];
}

function findingOf(loop: Paging, fault: Fault, { finding }: Context): Finding {
  const { pkg } = loop.repetition.fn;
  const at = locate(pkg, loop.repetition.at);
  const request = nameOfRequest(loop);
  const words = describe(loop, fault);
  const details = {
    related: words.related.map(({ at: range, text }): Note => ({ at: locate(pkg, range), text })),
  };
  switch (fault.kind) {
    case 'same request':
    case 'advance skipped':
      return finding('cursor-not-advanced', at, { request, what: words.text }, details);
    case 'pager':
      return fault.fault.kind === 'spins'
        ? finding('spins-on-error', at, { request, why: words.text }, details)
        : finding('cursor-not-advanced', at, { request, what: words.text }, details);
    case 'spins':
      return finding('spins-on-error', at, { request, why: words.text }, details);
    case 'cap': {
      const signalled = loop.signals.length > 0;
      const beside = signalled ? ', which only the API ends' : '';
      return finding(
        'cap-not-enforced',
        at,
        { cap: fault.cap.name, beside },
        signalled ? { ...details, atMost: 'warning' } : details,
      );
    }
    case 'cursor only':
      return finding('cursor-only', at, { condition: textOf(pkg, fault.at) }, details);
    case 'endless':
      return finding('unbounded', at, { request, missing: words.text }, details);
    case 'unseen': {
      const [exit] = fault.exits;
      const call = exit!.call;
      return finding('unproven', locate(pkg, call), { matter: 'ends', call: `\`${textOf(pkg, call)}\`` });
    }
    case 'advance unseen': {
      const matter = 'ever asks for the next page';
      return finding('unproven', locate(pkg, fault.call), { matter, call: `\`${textOf(pkg, fault.call)}\`` });
    }
  }
}

function locate(pkg: GoPackage, range: Ranged) {
  return pkg.program.files.locate(range);
}
