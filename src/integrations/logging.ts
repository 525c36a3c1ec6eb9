/**
 * Logging: calls that hand a value to a log.
 *
 *     log.Printf("…", err)   slog.Error("…", "err", err)   logger.Error().Err(err).Msg("…")   t.Log.Warn("…", err)
 *
 * By the package of the function or method, along a builder chain too; for a logger of the project's own, or one whose type does not
 * resolve, by the name of what it is called on, or of its type.
 */
import type { Program } from '../go/package.ts';
import { type CallExpr, type Expr, unparen } from '../go/syntax/ast.ts';
import type { Vocabulary } from '../model/vocabulary.ts';
import { matchesPackage } from './patterns.ts';
import { namedOf } from './type-names.ts';

const LEVEL = /^(?:Trace|Debug|Info|Notice|Warn|Warning|Error|Err|Fatal|Panic|Print|Log)(?:f|ln|w|Context)?$/;
const LOGGER_NAME = /^(?:log|logger|lg|slog|zlog|logging|l)$|[lL]og(?:ger)?$/;

export function isLoggingCall(call: CallExpr, program: Program, vocabulary: Vocabulary): boolean {
  const isLogPackage = (path: string) => vocabulary.logPackages.some((p) => matchesPackage(p, path));
  const callee = program.calleeOf(call);
  switch (callee.kind) {
    case 'function':
      if (isLogPackage(callee.func.pkg.path)) return true;
      break;
    case 'interface':
      if (isLogPackage(callee.method.pkg.path)) return true;
      break;
    case 'missing': {
      const type = callee.receiver && namedOf(callee.receiver);
      if (isLogPackage(type?.object.pkg.path ?? callee.importPath)) return true;
      break;
    }
    case 'value':
    case 'unknown':
      break;
    default:
      return false;
  }
  // A logger of the project's own (an interface, a wrapper), or one that does not resolve: `t.Logger.Error(…)`.
  const fun = unparen(call.fun);
  if (fun.kind !== 'SelectorExpr' || !LEVEL.test(fun.sel.name)) return false;
  const name = lastName(fun.x);
  if (name !== undefined && LOGGER_NAME.test(name)) return true;
  const type = namedOf(program.infoOf(fun.x).typeOf(fun.x));
  return type !== undefined && LOGGER_NAME.test(type.object.name);
}

function lastName(x: Expr): string | undefined {
  const e = unparen(x);
  if (e.kind === 'Ident') return e.name;
  if (e.kind === 'SelectorExpr') return e.sel.name;
  if (e.kind !== 'CallExpr') return undefined;
  // Through what derives a logger from a logger, to the first that is called one: `ctx.Logger().V(2)`, `logger.With("id", id)`.
  const name = lastName(e.fun);
  const fun = unparen(e.fun);
  return name !== undefined && !LOGGER_NAME.test(name) && fun.kind === 'SelectorExpr'
    ? (lastName(fun.x) ?? name)
    : name;
}
