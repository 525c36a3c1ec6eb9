import type { CallExpr } from '../syntax/ast.ts';
import { set } from './effects.ts';
import { evaluate } from './evaluate.ts';
import { type Frame, plain, type Value } from './frame.ts';
import { write } from './memory.ts';
import { CONSTANT, locationOf, NOTHING, type Origins, through, union, VIA } from './origins.ts';
import { deepOrigins, store } from './store.ts';
export function evaluateBuiltin(frame: Frame, name: string, call: CallExpr): Value {
  const { args } = call;
  switch (name) {
    case 'len':
    case 'cap':
      return plain(through(evaluate(frame, args[0]!).origins, VIA.length));
    case 'append': {
      const [list, ...items] = args.map((arg) => evaluate(frame, arg));
      const added = items.reduce<Origins>((sum, item) => union(sum, deepOrigins(frame, item)), NOTHING);
      return plain(union(through(list?.origins ?? NOTHING, VIA.grown), added));
    }
    case 'new':
    case 'make': {
      const made = locationOf(call);
      frame.memory = write(frame.memory, made, CONSTANT, true);
      const [first, ...rest] = args;
      if (name === 'new' && first !== undefined && !frame.info.isType(first))
        store(frame, made, evaluate(frame, first), true);
      for (const arg of rest) evaluate(frame, arg);
      return { origins: CONSTANT, refs: [made], content: undefined };
    }
    case 'copy': {
      const [to, from] = args.map((arg) => evaluate(frame, arg));
      if (to !== undefined && from !== undefined) set(frame, call, to.refs, () => deepOrigins(frame, from));
      return plain(CONSTANT);
    }
    default:
      return plain(args.reduce<Origins>((sum, arg) => union(sum, evaluate(frame, arg).origins), CONSTANT));
  }
}
