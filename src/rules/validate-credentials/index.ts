/**
 * Requirement 3: Invoke validates the credentials before anything else, and ends if they are bad.
 *
 *     devices, err := t.listDevices()                                  => not-first: it asks before it validates
 *     if err := t.ValidateCredentials(); err != nil { log(err) }       => error-ignored: the run goes on
 *     func (t *T) ValidateCredentials() error { return nil }           => stub
 *
 * Two questions: does the method ask (`asking.ts`), and what happens before it is called and after it has failed (`entry.ts`).
 */

import type { GoFunction } from '../../go/package.ts';
import type { Node } from '../../go/syntax/ast.ts';
import type { Sink } from '../../integrations/platform.ts';
import type { Finding } from '../../model/finding.ts';
import type { Location, Note } from '../../model/location.ts';
import { defineIntegrationRule } from '../../rule.ts';
import { watchAsking } from './asking.ts';
import { documentation } from './documentation.ts';
import { type Effect, type Validation, watchRun } from './entry.ts';
import { messages } from './messages.ts';
import { beforeFirst } from './strict.ts';

export default defineIntegrationRule({
  id: 'validate-credentials',
  requirement: 3,
  title: 'Invoke validates the credentials first and fails fast',
  documentation,
  messages,
  options: {
    strict: {
      type: 'boolean',
      default: false,
      description: 'The validation must be the very first statement of the run: no preamble at all.',
    },
  },
  check(integration, { options, platform, finding }) {
    const { vocabulary } = platform;
    const { files } = integration.pkg.program;
    const locate = (node: Node): Location => files.locate(node);
    const textOf = (node: Node): string => files.textOf(node.kind === 'CallExpr' ? node.fun : node);
    const findings: Finding[] = [];
    const examined: Note[] = [];
    const gaps: Note[] = [];
    const gap = (fn: GoFunction): void => {
      gaps.push({ at: locate(nameOf(fn)), text: `${fn.symbol} has too many paths to be followed` });
    };

    if (!integration.entries.some((fn) => platform.sinkReachedFrom(fn) !== undefined))
      return {
        examined,
        findings,
        gaps,
        notApplicable: 'it asks no third party, so there are no credentials to validate',
      };
    const method = integration.method(vocabulary.credentialsMethod);
    const entry = integration.method(vocabulary.entryMethod);
    if (method === undefined) {
      const data = { type: integration.name, method: vocabulary.credentialsMethod };
      return { examined, findings: [finding('missing', integration.at, data)], gaps };
    }

    const name = vocabulary.credentialsMethod;
    const asking = watchAsking(integration, method, platform);
    const at = locate(nameOf(method));
    switch (asking.verdict) {
      case 'stub':
        findings.push(finding('stub', at, { method: name, says: SAYS[asking.says] }));
        break;
      case 'no-external-call':
        findings.push(
          finding(
            'no-external-call',
            at,
            { method: name },
            { related: asking.sinks.map((s) => asked(s, locate)) },
          ),
        );
        break;
      case 'answer-dropped':
        findings.push(
          finding(
            'answer-dropped',
            at,
            { method: name },
            { related: asking.sinks.map((s) => asked(s, locate)) },
          ),
        );
        break;
      case 'unproven':
        for (const call of asking.unproven)
          findings.push(
            finding('unproven', locate(call), {
              call: textOf(call),
              what: `whether ${name} asks anybody through it cannot be seen`,
            }),
          );
        break;
      case 'asks':
        examined.push(...asking.sinks.slice(0, 1).map((s) => asked(s, locate)));
    }
    if (!asking.complete) gap(method);
    if (entry === undefined) return { examined, findings, gaps };

    const run = watchRun(integration, entry, method, platform);
    if (!run.complete) gap(entry);
    const [first] = run.validations;
    if (first === undefined && !run.mayValidate) {
      if (run.complete)
        findings.push(
          finding('not-called', locate(nameOf(entry)), { entry: vocabulary.entryMethod, method: name }),
        );
      return { examined, findings, gaps };
    }
    const faults = new Set<Node>();
    const blame = (validation: Validation, after: Effect | undefined): void => {
      if (faults.has(validation.at)) return;
      faults.add(validation.at);
      const related =
        after === undefined
          ? []
          : [{ at: locate(whereTheyPart(after, validation)), text: whatHappens(after, textOf) }];
      const why =
        after === undefined
          ? 'runs when everything else is over'
          : `is not first: before it, ${whatHappens(after, textOf)}`;
      findings.push(
        finding('not-first', locate(validation.at), { call: textOf(validation.at), why }, { related }),
      );
    };
    for (const { validation, after } of run.late) blame(validation, after);
    const [unvalidated] = run.unvalidated;
    if (unvalidated !== undefined && first !== undefined && faults.size === 0) {
      const related = [
        { at: locate(whereTheyPart(unvalidated, first)), text: whatHappens(unvalidated, textOf) },
      ];
      const why = `is on some paths only: on another, ${whatHappens(unvalidated, textOf)} without it`;
      findings.push(finding('not-first', locate(first.at), { call: textOf(first.at), why }, { related }));
      faults.add(first.at);
    }
    for (const { validation, effect } of run.ignored) {
      if (faults.has(validation.at)) continue;
      faults.add(validation.at);
      const related = [{ at: locate(whereTheyPart(effect, validation)), text: whatHappens(effect, textOf) }];
      findings.push(
        finding(
          'error-ignored',
          locate(validation.at),
          { call: textOf(validation.at), effect: whatHappens(effect, textOf) },
          { related },
        ),
      );
    }
    for (const { at: call } of run.unproven)
      findings.push(
        finding('unproven', locate(call), {
          call: textOf(call),
          what:
            run.mayValidate && first === undefined
              ? `whether ${name} runs first in there cannot be seen`
              : 'what it does before the credentials are known to be good cannot be seen',
        }),
      );
    if (options.strict && first !== undefined && faults.size === 0) {
      const before = beforeFirst(integration.pkg.program, entry, method);
      if (before !== undefined) {
        const related = [{ at: locate(before), text: 'stands before it' }];
        findings.push(
          finding(
            'not-first',
            locate(first.at),
            { call: textOf(first.at), why: 'is not the very first statement, which strict demands' },
            { related },
          ),
        );
        faults.add(first.at);
      }
    }
    if (faults.size === 0)
      for (const { at: call } of run.validations)
        examined.push({ at: locate(call), text: `${textOf(call)} comes first, and a failure ends the run` });
    return { examined, findings, gaps };
  },
});

const SAYS = { nil: 'returns nil', error: 'returns an error', nothing: 'never returns' } as const;

function asked({ call, name, assumed }: Sink, locate: (node: Node) => Location): Note {
  return { at: locate(call), text: `${assumed ? 'asks (assumed)' : 'asks'} by ${name}` };
}

function nameOf({ node }: GoFunction): Node {
  return node.kind === 'FuncDecl' ? node.name : node;
}

function whatHappens({ kind, at, what }: Effect, textOf: (node: Node) => string): string {
  return kind === 'starts' && at.kind === 'CallExpr' ? `${textOf(at)} starts a goroutine` : what;
}

/** Of the calls that lead to an effect the first that does not lead to the validation too: there the two part ways. */
function whereTheyPart(effect: Effect, validation: Validation): Node {
  const i = effect.stack.findIndex((node, at) => node !== validation.stack[at]);
  return effect.stack[i] ?? effect.at;
}
