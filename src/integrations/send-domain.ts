/**
 * What an analysis of values must know to follow what an integration sends: which calls are sends, questions to a filter, and makings of one.
 * It notes what it is told; `follow-sends.ts` runs it.
 */
import type { GoFunction, Program } from '../go/package.ts';
import type { Type } from '../go/semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../go/syntax/ast.ts';
import { ACCEPTED, REJECTED, verdictOf } from '../go/values/answers.ts';
import { originsOf, subjectOf } from '../go/values/identity.ts';
import type { Argument, Called, Domain, Frame, Meaning } from '../go/values/machine.ts';
import type { Thing } from '../go/values/things.ts';
import type { World } from '../go/values/world.ts';
import type { GuardedTypes } from './guarded-types.ts';
import { matchesPackage } from './patterns.ts';
import type { Platform } from './platform.ts';
import type { Relevance } from './relevance.ts';
import type { Question, SendFacts, Sent, Step } from './send-facts.ts';
import { namedOf } from './type-names.ts';

export interface SendDomain extends Domain {
  /** Has a way come to this send? */
  reached(send: CallExpr): boolean;
  facts(): Omit<SendFacts, 'holdsFilter' | 'unreached'>;
}

export function sendDomain(
  program: Program,
  platform: Platform,
  types: GuardedTypes,
  relevance: Relevance,
): SendDomain {
  const { vocabulary } = platform;
  const sent = new Map<string, Sent>();
  const questions = new Map<CallExpr, Question>();
  const filters = new Set<CallExpr>();
  const askedNil = new Set<CallExpr>();
  const gaps = new Map<GoFunction, string>();
  const sends = new Set<CallExpr>();

  const meaningOf = (called: Called): Meaning | undefined => {
    const { call, func, selector, args } = called;
    if (platform.isSend(func, selector)) {
      sends.add(call);
      return { kind: 'use', values: args };
    }
    const question = platform.questionOf(func, selector);
    const [about, ...more] = args;
    if (question !== undefined && about !== undefined && more.length === 0) {
      if (question.trueMeans === 'list') return { kind: 'sieve', list: about, asked: called.receiver };
      const whenTrue = question.trueMeans === 'accept' ? ACCEPTED : REJECTED;
      return { kind: 'question', about, whenTrue, asked: called.receiver };
    }
    if (platform.isFilterConstructor(call)) return { kind: 'makes' };
    const free = makesFreeModel(call);
    return free ? { kind: 'makes-free' } : undefined;
  };

  /** `model.NewWebpage(…)` of a platform without source: the name says which model it makes. */
  const makesFreeModel = (call: CallExpr): boolean => {
    const callee = program.calleeOf(call);
    if (callee.kind !== 'missing' || callee.receiver !== undefined || !callee.name.startsWith('New'))
      return false;
    const { importPath, name } = callee;
    if (!vocabulary.modelPackages.some((p) => matchesPackage(p, importPath))) return false;
    return !vocabulary.guardedModels.some((model) => model.endsWith(`.${name.slice('New'.length)}`));
  };

  const note = (
    kind: Sent['kind'],
    call: CallExpr,
    frame: Frame,
    argument: Argument,
    things: readonly Thing[],
    world: World,
  ): void => {
    for (const thing of things) {
      const { whole, of } = subjectOf(thing.who);
      const answers = world.answersAbout(whole).filter((a) => a.of === of);
      const origins = originsOf(thing.who);
      const one: Sent = {
        send: call,
        kind,
        steps: stepsOf(call, frame, argument, origins),
        context: `${frame.key}`,
        verdict: verdictOf(answers, of),
        askedAt: answers.filter((a) => a.kind === 'question').flatMap((a) => a.calls),
        doubts: answers
          .filter((a) => a.kind === 'doubt')
          .map((a) => ({ call: a.calls[0]!, outcomes: a.outcomes })),
        choices: answers.filter((a) => a.kind === 'choice').flatMap((a) => a.calls),
        origins,
        picked: thing.who.sampled.size > 0,
        model: modelOf(thing.who.type),
        asked: [...world.asked.values()],
        trail: world.trail,
      };
      const asked = one.asked.map((a) => `${a.call.pos}:${a.outcomes}`).sort();
      const doubts = one.doubts.map((d) => `${d.call.pos}:${d.outcomes}`);
      const key = [
        kind,
        call.pos,
        frame.key,
        whole.id,
        of,
        one.verdict,
        asked.join(),
        doubts.join(),
        one.choices.length,
      ];
      if (!sent.has(key.join('|'))) sent.set(key.join('|'), one);
    }
  };

  const modelOf = (type: Type): string | undefined => {
    const guard = types.guardOf(type);
    return guard === 'unknown' || guard === 'free' ? undefined : namedOf(type)?.object.name;
  };

  /** From the send outwards, as long as the thing was handed over in so many words. */
  const stepsOf = (
    call: CallExpr,
    frame: Frame,
    argument: Argument,
    origins: ReadonlySet<object>,
  ): Step[] => {
    const steps: Step[] = [{ call, expr: argument.expr, frame: frame.key, fn: frame.fn }];
    for (let at = frame; at.parent !== undefined && at.called !== undefined; at = at.parent) {
      const site = [...origins].find((origin) => at.received.has(origin));
      if (site === undefined) break;
      const { args, receiver } = at.called;
      const isWritten =
        args.every((arg) => arg.expr !== undefined) && (args.length > 0 || receiver !== undefined);
      if (!isWritten) break;
      steps.push({
        call: at.called.call,
        expr: at.received.get(site) ?? receiverOf(at.called.call),
        frame: at.parent.key,
        fn: at.parent.fn,
      });
    }
    return steps;
  };

  /** Of the arguments of a call that is not followed one that is, or holds, something guarded. */
  const guardedArgument = ({ args }: Called, { info }: Frame): Argument =>
    args.find(({ expr }) => expr !== undefined && types.guardOf(info.typeOf(expr)) !== 'free') ?? args[0]!;

  return {
    meaningOf,
    matters: relevance.matters,
    guards: types.guardOf,
    guardedTypes: () => types.types,
    onQuestion({ call }, frame, about) {
      if (questions.has(call)) return;
      const model = about.expr && modelOf(frame.info.typeOf(about.expr));
      questions.set(call, { call, expr: about.expr, model });
    },
    onUse({ call, frame, argument, things, world }) {
      note('sent', call, frame, argument, things, world);
    },
    onMade: ({ call }) => filters.add(call),
    onNilAsked: ({ call }) => askedNil.add(call),
    onUnknownCall(called, frame, things, world) {
      if (things.length === 0) return false;
      const trust = trustIn(called);
      if (trust === 'blind') {
        note('handed', called.call, frame, guardedArgument(called, frame), things, world);
        return true;
      }
      if (trust === 'none') return false;
      const given = called.args
        .map(({ expr }) => expr && frame.info.typeOf(expr))
        .filter((t) => t !== undefined);
      if (given.some(platform.isJob))
        note('handed', called.call, frame, guardedArgument(called, frame), things, world);
      return given.some(platform.isFilter);
    },
    onGap: (fn, why) => gaps.set(fn, why),
    reached: (send) => sends.has(send),
    facts: () => ({
      sent: [...sent.values()],
      questions: [...questions.values()],
      filters: [...filters],
      askedNil: [...askedNil],
      gaps: [...gaps].map(([fn, why]) => ({ fn, why })),
    }),
  };

  /**
   * What a call that is not followed may do with a thing: nothing (the standard library, loggers, the platform, a function of the project
   * that has nothing to do with it), only what it is given the means for, or anything (a function somebody else has chosen).
   */
  function trustIn({ call, func, selector }: Called): 'none' | 'means' | 'blind' {
    const callee = program.calleeOf(call);
    if (platform.isLogging(call)) return 'none';
    const path = func?.pkg.path ?? (callee.kind === 'missing' ? callee.importPath : undefined);
    if (func?.pkg.origin === 'stdlib') return 'none';
    if (path !== undefined && vocabulary.localPackages.some((p) => matchesPackage(p, path))) return 'none';
    if (func?.pkg.origin === 'project') return func.interfaceMethod ? 'blind' : 'none';
    if (func !== undefined || path !== undefined || selector !== undefined) return 'means';
    return 'blind';
  }
}

/** `x` in `x.send(job)`. */
function receiverOf(call: CallExpr): Expr | undefined {
  const fun = unparen(call.fun);
  return fun.kind === 'SelectorExpr' ? fun.x : undefined;
}
