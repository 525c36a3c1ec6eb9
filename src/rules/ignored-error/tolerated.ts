/**
 * Drops that are no fault because of how the call is used: what is deferred, what was only read, what is drained.
 *
 *     defer resp.Body.Close()            // tolerated: closing what was read
 *     defer f.Close()                    // not if f came from os.Create, unless another Close of it is looked at
 *
 * Each kind is a row of `tolerances`, with its reason, from which the documentation is made. What never fails by its name is a matter of
 * `knowledge/never-fail`.
 */
import { fullName, namedFunction } from '../../go/calls/names.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { type CallExpr, type Expr, type SelectorExpr, unparen } from '../../go/syntax/ast.ts';
import { matchesPackage } from '../../integrations/patterns.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import { variableNamed } from './error-text.ts';
import { purposeOf } from './opened.ts';
import { type Drop, dropsOfFunction } from './unchecked.ts';

interface Dropped {
  readonly program: Program;
  readonly drop: Drop;
  readonly call: CallExpr;
  /** `pkg.Func` or `(*pkg.Type).Method`; undefined where it is not known which function is called. */
  readonly name: string | undefined;
  /** The name called, and what stands before the dot. */
  readonly method: SelectorExpr | undefined;
  /** By `defer`, or in the body of a deferred literal. */
  readonly deferred: boolean;
  readonly vocabulary: Vocabulary;
}

export interface Tolerance {
  readonly what: string;
  readonly because: string;
  readonly applies: (dropped: Dropped) => boolean;
}

const DRAINS = new Set(['io.Copy', 'io.CopyN', 'io.CopyBuffer']);
const DISCARDS = new Set(['io.Discard', 'io/ioutil.Discard']);
const REMOVES = new Set(['os.Remove', 'os.RemoveAll']);
const PRINTS = new Set(['fmt.Fprint', 'fmt.Fprintf', 'fmt.Fprintln']);

export const tolerances: readonly Tolerance[] = [
  {
    what: 'a deferred `Close`, directly or in a deferred literal, except of what was opened or made for writing',
    because:
      'nothing was written, so nothing can be lost; of files created or opened for writing, and of gzip, zip, tar and bufio writers, Close is the call that says whether all of it arrived',
    applies: ({ program, deferred, method }) =>
      deferred && method?.sel.name === 'Close' && purposeOf(program, method.x) !== 'writing',
  },
  {
    what: '`Close` of what can only be read: a response body, an `io.ReadCloser`, rows, a file from `os.Open`',
    because: 'nothing was written, so nothing can be lost, wherever the call stands',
    applies: ({ program, method }) =>
      method?.sel.name === 'Close' && purposeOf(program, method.x) === 'reading',
  },
  {
    what: '`Close` of a writer beside another `Close` of the same variable that is looked at',
    because: 'it is the safety net for the ways out on which another error is returned',
    applies: ({ program, method }) => method?.sel.name === 'Close' && isLookedAt(program, method.x, 'Close'),
  },
  {
    what: 'a deferred `Rollback`; any `Rollback` of a transaction whose `Commit` is looked at',
    because: 'after a commit it has nothing to do, and after a failure nothing to add',
    applies: ({ program, deferred, method }) =>
      method?.sel.name === 'Rollback' && (deferred || isLookedAt(program, method.x, 'Commit')),
  },
  {
    what: 'a deferred `os.Remove` or `os.RemoveAll`',
    because: 'temporary files are cleaned up as far as possible',
    applies: ({ deferred, name }) => deferred && name !== undefined && REMOVES.has(name),
  },
  {
    what: '`io.Copy(io.Discard, …)`',
    because: 'draining a body lets a connection be used again, and nothing depends on it',
    applies: ({ program, call, name }) =>
      name !== undefined && DRAINS.has(name) && DISCARDS.has(packageVariable(program, call.args[0]) ?? ''),
  },
  {
    what: '`fmt.Fprint…` to a parameter of type `io.Writer`',
    because: 'it prints to where the caller wants it, and the caller looks at what it gave',
    applies: ({ program, call, name }) => {
      const writer = call.args[0] && variableNamed(program, call.args[0]);
      if (name === undefined || !PRINTS.has(name) || writer?.role !== 'param') return false;
      return (
        writer.type.kind === 'named' &&
        writer.type.object.pkg.path === 'io' &&
        writer.type.object.name === 'Writer'
      );
    },
  },
  {
    what: '`time.ParseDuration` of a constant',
    because: 'whoever runs it once knows that it parses',
    applies: ({ program, call, name }) => {
      const [text] = call.args;
      return (
        name === 'time.ParseDuration' &&
        text !== undefined &&
        program.infoOf(text).constantOf(text) !== undefined
      );
    },
  },
  {
    what: '`Wait` of an errgroup',
    because: 'the rule errgroup-limit speaks of it, and one finding is enough',
    applies: ({ name, vocabulary }) => {
      const owner = /^\(\*(.+)\.Group\)\.Wait$/.exec(name ?? '')?.[1];
      return owner !== undefined && vocabulary.groupPackages.some((p) => matchesPackage(p, owner));
    },
  },
];

/** Why this call may drop its error because of how it is used, if it may. */
export function toleranceOf(program: Program, drop: Drop, vocabulary: Vocabulary): Tolerance | undefined {
  const { call } = drop;
  if (call === undefined) return undefined;
  const fun = unparen(call.fun);
  const dropped: Dropped = {
    program,
    drop,
    call,
    name: nameOf(program, call),
    method: fun.kind === 'SelectorExpr' ? fun : undefined,
    deferred: drop.kind === 'defer' || isDeferredLiteral(drop.fn),
    vocabulary,
  };
  return tolerances.find(({ applies }) => applies(dropped));
}

function nameOf(program: Program, call: CallExpr): string | undefined {
  const named = namedFunction(program, call);
  if (named !== undefined) return named.interfaceMethod ? undefined : fullName(named);
  const callee = program.calleeOf(call);
  return callee.kind === 'function' ? fullName(callee.func) : undefined;
}

/** `defer func() { … }()` */
function isDeferredLiteral(fn: GoFunction | undefined): boolean {
  const defers = fn?.parent?.cfg.defers ?? [];
  return defers.some(({ call }) => {
    const deferred = unparen(call);
    return deferred.kind === 'CallExpr' && unparen(deferred.fun) === fn?.node;
  });
}

function packageVariable(program: Program, start: Expr | undefined): string | undefined {
  if (start === undefined) return undefined;
  const x = unparen(start);
  const name = x.kind === 'SelectorExpr' ? x.sel : x;
  const object = name.kind === 'Ident' ? program.infoOf(name).objectOf(name) : undefined;
  return object?.kind === 'var' && object.role === 'package'
    ? `${object.pkg.path}.${object.name}`
    : undefined;
}

/** Is this method of a variable called somewhere in its function with a look at the error? */
function isLookedAt(program: Program, x: Expr, method: string): boolean {
  const variable = variableNamed(program, x);
  if (variable?.owner === undefined) return false;
  return usedMethods(program, program.functionOf(variable.owner), variable).has(method);
}

const used = new WeakMap<Var, ReadonlySet<string>>();

/** The methods of a variable whose results are used, in the function that declares it and its literals. */
function usedMethods(program: Program, owner: GoFunction, variable: Var): ReadonlySet<string> {
  let methods = used.get(variable);
  if (methods === undefined) {
    const found = new Set<string>();
    const pending = [owner];
    for (let fn = pending.pop(); fn !== undefined; fn = pending.pop()) {
      pending.push(...fn.literals);
      const dropped = new Set(dropsOfFunction(program, fn).map((drop) => drop.call));
      for (const call of fn.calls) {
        const fun = unparen(call.fun);
        if (fun.kind !== 'SelectorExpr' || dropped.has(call)) continue;
        if (variableNamed(program, fun.x) === variable) found.add(fun.sel.name);
      }
    }
    methods = found;
    used.set(variable, methods);
  }
  return methods;
}
