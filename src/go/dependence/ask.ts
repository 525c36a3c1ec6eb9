/**
 * Questions: what a request is made of, and its answer.
 *
 *     resp, err := client.Do(req)                    the answer, and an error that says whether there is one
 *     err := graphql.Query(ctx, &query, variables)   the answer is where the question was told to put it
 */
import { isErrorType } from '../semantics/method-sets.ts';
import type { Type } from '../semantics/types.ts';
import { unparen } from '../syntax/ast.ts';
import { calledName, isContext, type Operands } from './calls.ts';
import type { Context, Meaning, Way } from './machine.ts';
import { runLiterals } from './outside.ts';
import { answerOf, type Question } from './sources.ts';
import { deepData, type State, writePlace } from './state.ts';

export function ask(
  ctx: Context,
  state: State,
  operands: Operands,
  meaning: Extract<Meaning, { kind: 'question' }>,
  count: number,
): readonly Way[] {
  const { m, frame } = ctx;
  const { values } = m;
  const { sources } = values;
  const { call, callee, receiver, args } = operands;
  const inputs = sources.union(
    receiver === undefined ? sources.none : deepData(state, receiver),
    ...args.map((arg, i) =>
      isContext(frame.info.typeOf(call.args[i] ?? call.fun)) ? sources.none : deepData(state, arg),
    ),
  );
  const key = `${frame.id}.${values.numberOf(call)}`;
  let question: Question | undefined = m.questions.get(key);
  if (question === undefined) {
    question = {
      id: m.questions.size,
      call,
      frame,
      name: meaning.name,
      assumed: meaning.assumed,
      kind: meaning.as,
      inputs,
    };
    m.questions.set(key, question);
  }
  question.inputs = sources.union(question.inputs, inputs);
  state.ask(question);
  const answer = sources.only(answerOf(sources, question));
  const ways = runLiterals(ctx, state, operands, answer);
  const types = resultTypes(ctx, operands, count);
  return ways.map(({ state: s }) => {
    const symbolOf = (name: string, errorOf?: Question) => {
      const symbol = values.symbol(`q${question.id}.${name}`, calledName(call), undefined, errorOf);
      s.renew(symbol);
      return symbol;
    };
    args.forEach((arg, i) => {
      const written = call.args[i] === undefined ? undefined : unparen(call.args[i]);
      const isAddress =
        written?.kind === 'UnaryExpr' && written.op === '&' && unparen(written.x).kind !== 'CompositeLit';
      const params =
        callee.kind === 'function'
          ? callee.func.signature.params
          : callee.kind === 'interface'
            ? callee.method.signature.params
            : [];
      const type = params[i]?.type ?? (written && frame.info.typeOf(written));
      if (!isAddress && (type === undefined || !isAny(type))) return;
      for (const place of arg.refs)
        writePlace(
          s,
          place,
          values.value({ symbol: symbolOf(`out${i}`), data: answer }),
          arg.refs.length === 1,
        );
    });
    const results = types.map((type, i) => {
      const isError = type === undefined ? i > 0 && i === types.length - 1 : isErrorType(type);
      return values.value({ symbol: symbolOf(`${i}`, isError ? question : undefined), data: answer });
    });
    return { state: s, values: results };
  });
}

function resultTypes(ctx: Context, { call }: Operands, count: number): readonly (Type | undefined)[] {
  const type = ctx.frame.info.typeOf(call);
  if (type.kind === 'tuple') return type.types;
  if (type.kind !== 'unknown') return [type];
  return Array.from({ length: Math.max(count, 1) }, () => undefined);
}

function isAny(type: Type): boolean {
  const t = type.kind === 'named' ? type.underlying : type;
  return t.kind === 'interface' && t.methods.length === 0 && t.embedded.length === 0;
}
