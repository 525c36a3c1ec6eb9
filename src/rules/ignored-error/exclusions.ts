/**
 * Which calls are on a list of calls whose error need not be looked at.
 *
 *     const listed = exclusionsOf(['(*strings.Builder).WriteString', 'fmt.Fprintf(os.Stderr)', '(*pflag.FlagSet).Get*'])
 *     listed.byName(program, call)
 *
 * The notation is errcheck's (`knowledge/never-fail` describes it). A line that cannot be read as one matches nothing; the
 * configuration's validation is where people learn of typing errors.
 */
import { calledNames, namesWithEmbedded, typeName } from '../../go/calls/names.ts';
import type { Program } from '../../go/package.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';

export interface Exclusions {
  byName(program: Program, call: CallExpr): boolean;
}

export function exclusionsOf(list: readonly string[]): Exclusions {
  const exact = new Set<string>();
  const prefixes: string[] = [];
  const withArgument = new Set<string>();
  for (const entry of list) {
    const name = entry.trim();
    if (name.endsWith('*')) prefixes.push(name.slice(0, -1));
    else {
      exact.add(name);
      if (/.\)$/.test(name)) withArgument.add(name.slice(0, name.lastIndexOf('(')));
    }
  }
  return {
    byName(program, call) {
      for (const name of calledNames(program, call)) {
        if (exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix))) return true;
        if (!withArgument.has(name)) continue;
        const [first] = call.args;
        if (first !== undefined && argumentNames(program, first).some((arg) => exact.has(`${name}(${arg})`)))
          return true;
      }
      return false;
    },
  };
}

/** The standard streams by name; else the type, and for an interface those that it embeds. */
function argumentNames(program: Program, arg: Expr): readonly string[] {
  const info = program.infoOf(arg);
  const x = unparen(arg);
  const name = x.kind === 'SelectorExpr' ? x.sel : x;
  const object = name.kind === 'Ident' ? info.objectOf(name) : undefined;
  const stream =
    object?.kind === 'var' && object.pkg.path === 'os' && /^Std(?:out|err)$/.test(object.name)
      ? [`os.${object.name}`]
      : [];
  const type = info.typeOf(arg);
  const own = typeName(type);
  return [...stream, ...(own === undefined ? [] : [own]), ...namesWithEmbedded(type)];
}
