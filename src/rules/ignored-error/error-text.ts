/**
 * Texts that an error was turned into: the message survives, the error does not.
 *
 *     msg := fmt.Sprintf("sync: %v", err)      // textOf(msg) => err
 *     "read: " + strings.TrimSpace(err.Error()) // => err
 *
 * Followed are concatenation, slicing, conversion, package strings, `fmt.Sprint…`, and local variables back to what was assigned to them.
 * What an error's text is asked (`strings.Contains(err.Error(), …)`) is no text. Fields, parameters and results of other functions are
 * not followed.
 */
import { fullName } from '../../go/calls/names.ts';
import { type Access, accessesAt, variablesOf } from '../../go/flow/accesses.ts';
import type { Place } from '../../go/flow/cfg.ts';
import { definitionsAt, definitionsOf } from '../../go/flow/definitions.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import { isErrorType } from '../../go/semantics/method-sets.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { underlying } from '../../go/semantics/shapes.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';
import { formatVerbs } from './format-verbs.ts';

/** How many expressions are looked at for one text. */
const MAX_STEPS = 200;

export interface ErrorText {
  /** The error that became text. */
  readonly error: Expr;
  /** Where it did: `err.Error()`, or the argument of Sprintf. */
  readonly at: Expr;
}

/** The errors whose text the value may hold; `place` is where it is used, `fn` the function (none for package variables). */
export function errorsInText(
  program: Program,
  fn: GoFunction | undefined,
  place: Place | undefined,
  x: Expr,
): readonly ErrorText[] {
  const search = new Search(program, fn);
  search.text(x, place);
  return search.found;
}

class Search {
  readonly found: ErrorText[] = [];
  private readonly program: Program;
  private readonly fn: GoFunction | undefined;
  private readonly seen = new Set<Access>();
  private steps = 0;

  constructor(program: Program, fn: GoFunction | undefined) {
    this.program = program;
    this.fn = fn;
  }

  text(start: Expr, place: Place | undefined): void {
    if (++this.steps > MAX_STEPS) return;
    const x = unparen(start);
    switch (x.kind) {
      case 'BinaryExpr':
        if (x.op !== '+') return;
        this.text(x.x, place);
        this.text(x.y, place);
        return;
      case 'SliceExpr':
        this.text(x.x, place);
        return;
      case 'CallExpr':
        this.call(x, place);
        return;
      case 'Ident':
        this.variable(x, place);
        return;
      default:
    }
  }

  private call(call: CallExpr, place: Place | undefined): void {
    const fun = unparen(call.fun);
    if (fun.kind === 'SelectorExpr' && fun.sel.name === 'Error' && call.args.length === 0) {
      if (this.isError(fun.x)) this.found.push({ error: fun.x, at: call });
      return;
    }
    const info = this.program.infoOf(call);
    if (info.callKind(call) === 'conversion') {
      if (call.args[0] !== undefined) this.text(call.args[0], place);
      return;
    }
    if (!isText(info.typeOf(call))) return;
    const callee = this.program.calleeOf(call);
    if (callee.kind !== 'function') return;
    const name = fullName(callee.func);
    if (name === 'fmt.Sprintf') this.formatted(call, place);
    else if (name === 'fmt.Sprint' || name === 'fmt.Sprintln')
      for (const arg of call.args) this.printed(arg, place);
    else if (name.startsWith('strings.') || name === 'strconv.Quote')
      for (const arg of call.args) {
        if (isText(info.typeOf(arg))) this.text(arg, place);
        // `strings.Join([]string{"sync", err.Error()}, ": ")`
        else if (arg.kind === 'CompositeLit') for (const element of arg.elements) this.text(element, place);
      }
  }

  private formatted(call: CallExpr, place: Place | undefined): void {
    const [format, ...args] = call.args;
    const value = format && this.program.infoOf(call).constantOf(format);
    if (value?.kind !== 'string') {
      for (const arg of call.args) this.printed(arg, place);
      return;
    }
    for (const { letter, argument } of formatVerbs(value.value)) {
      const arg = args[argument];
      if (arg !== undefined && letter !== 'T') this.printed(arg, place);
    }
  }

  private printed(arg: Expr, place: Place | undefined): void {
    if (this.isError(arg)) this.found.push({ error: arg, at: arg });
    else if (isText(this.program.infoOf(arg).typeOf(arg))) this.text(arg, place);
  }

  private variable(x: Extract<Expr, { kind: 'Ident' }>, place: Place | undefined): void {
    const object = this.program.infoOf(x).objectOf(x);
    if (object?.kind !== 'var' || object.role === 'package' || !isText(object.type)) return;
    if (this.fn === undefined || place === undefined) return;
    const variables = variablesOf(this.fn.cfg, this.fn.pkg.info);
    const own = accessesAt(variables, place).find((a) => a.ident === x);
    this.definitions(
      own === undefined ? definitionsAt(variables, place, object) : definitionsOf(variables, own),
    );
  }

  private definitions(list: readonly Access[]): void {
    for (const access of list) {
      if (this.seen.has(access)) continue;
      this.seen.add(access);
      if (access.value !== undefined && access.result <= 0) this.text(access.value, access.place);
      // `msg += "!"` keeps what msg held.
      if (access.kind !== 'update' || this.fn === undefined) continue;
      this.definitions(definitionsOf(variablesOf(this.fn.cfg, this.fn.pkg.info), access));
    }
  }

  private isError(x: Expr): boolean {
    return isErrorType(this.program.infoOf(x).typeOf(x));
  }
}

function isText(type: ReturnType<typeof underlying>): boolean {
  const u = underlying(type);
  return u.kind === 'basic' && (u.name === 'string' || u.name === 'untyped string');
}

/** The variable that an expression names, where it names one. */
export function variableNamed(program: Program, start: Expr): Var | undefined {
  const x = unparen(start);
  if (x.kind !== 'Ident') return undefined;
  const object = program.infoOf(x).objectOf(x);
  return object?.kind === 'var' ? object : undefined;
}
