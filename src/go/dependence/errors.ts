/**
 * What is known of functions that make and look at errors (pkg.go.dev/errors, pkg.go.dev/fmt#Errorf).
 *
 *     errors.New, fmt.Errorf     never nil; `%w` keeps the errors that it is given
 *     errors.Join                nil where all of them are
 *     errors.Is, errors.As       two ways: what a yes says of the question, and what a no says
 *     errors.Wrap                nil for nil (github.com/pkg/errors)
 */
import type { Var } from '../semantics/objects.ts';
import { unparen } from '../syntax/ast.ts';
import { calledName, type Operands } from './calls.ts';
import { learn, testError, truth } from './conditions.ts';
import type { Context, Way } from './machine.ts';
import { questionsIn } from './sources.ts';
import { deepData, known, pointees, type State, writePlace } from './state.ts';
import type { Value } from './values.ts';

/** Undefined: the call is none of these. */
export function knownErrors(ctx: Context, state: State, operands: Operands): readonly Way[] | undefined {
  const { callee, call, args } = operands;
  const { values } = ctx.m;
  const path =
    callee.kind === 'function'
      ? callee.func.pkg.path
      : callee.kind === 'missing'
        ? callee.importPath
        : undefined;
  if (path === undefined || operands.receiver !== undefined) return undefined;
  const name = calledName(call);
  const isErrors =
    path === 'errors' || path === 'github.com/pkg/errors' || path.startsWith('github.com/cockroachdb/errors');
  const result = (value: Value): readonly Way[] => [{ state, values: [value, values.unknown] }];
  if (path === 'fmt' && name === 'Errorf') return result(made(ctx, state, operands, args.slice(1)));
  if (
    (path === 'google.golang.org/grpc/status' && /^Errorf?$/.test(name)) ||
    (isErrors && /^(?:New|Errorf|Newf)$/.test(name))
  )
    return result(made(ctx, state, operands, args.slice(1)));
  if (!isErrors) return undefined;
  switch (name) {
    case 'Join': {
      const all = args.map((arg) => known(state, arg)?.kind);
      if (all.length > 0 && all.every((kind) => kind === 'nil')) return result(values.nil);
      return all.includes('non-nil') ? result(made(ctx, state, operands, args)) : undefined;
    }
    case 'Wrap':
    case 'Wrapf':
    case 'WithMessage':
    case 'WithMessagef':
    case 'WithStack':
    case 'Unwrap':
    case 'Cause':
      return args[0] === undefined ? undefined : result(args[0]);
    case 'Is': {
      const [error, target] = args;
      const named = call.args[1] === undefined ? undefined : unparen(call.args[1]);
      if (error === undefined || target === undefined || named === undefined) return undefined;
      const written =
        named.kind === 'SelectorExpr' ? named.sel.name : named.kind === 'Ident' ? named.name : '';
      const is = target.known?.kind === 'non-nil' ? target.known.sentinels[0] : undefined;
      return testError(ctx, state, error, is, written, call).map((one) => ({
        state: one.state,
        values: [one.value],
      }));
    }
    case 'As':
      return as(ctx, state, operands);
    default:
      return undefined;
  }
}

/** An error that is made here, from others perhaps. */
function made(ctx: Context, state: State, _: Operands, from: readonly Value[]): Value {
  const { values } = ctx.m;
  const sentinels: Var[] = [];
  let open = false;
  for (const value of from) {
    const is = known(state, value);
    if (is?.kind === 'non-nil') {
      sentinels.push(...is.sentinels);
      open ||= is.open;
    } else if (is === undefined && questionsIn(value.data).length > 0) open = true;
  }
  return values.value({
    known: { kind: 'non-nil', sentinels, open },
    data: values.sources.union(...from.map((v) => deepData(state, v))),
    control: values.sources.union(...from.map((v) => v.control)),
  });
}

/** `errors.As(err, &target)`: a yes fills the target with what the error is. */
function as(ctx: Context, state: State, { call, args }: Operands): readonly Way[] | undefined {
  const { values } = ctx.m;
  const [error, target] = args;
  if (error === undefined || target === undefined) return undefined;
  const is = known(state, error);
  if (is?.kind === 'nil')
    return [
      {
        state,
        values: [
          truth(
            ctx,
            state,
            false,
            error.known === undefined ? error : values.value({ control: error.control }),
          ).value,
        ],
      },
    ];
  const other = state.fork();
  const ways: Way[] = [];
  if (is?.kind === 'non-nil' || error.symbol === undefined || learn(ctx, state, error, false)) {
    const symbol = values.symbol(`e${ctx.frame.id}.${values.numberOf(call)}`, '');
    state.renew(symbol);
    for (const place of pointees(state, target))
      writePlace(state, place, values.value({ symbol, data: error.data, control: error.control }), true);
    ways.push({ state, values: [truth(ctx, state, true, error).value] });
  }
  ways.push({ state: other, values: [truth(ctx, other, false, error).value] });
  return ways;
}
