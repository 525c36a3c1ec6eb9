/**
 * Values of expressions relative to one tracked object (`value.ts` says what they are).
 *
 *     tracker.valueOf(frame, e)
 *
 * Variables of a function are taken together from all assignments to them, in no order; fields are known by type and field, whatever
 * value they belong to. Results of project functions are looked up in their bodies. What is found about fields (`held`) and results grows
 * while the program is gone through, so who asks must ask again until nothing changes.
 */
import type { GoFunction, Program } from '../package.ts';
import type { GoObject, Var } from '../semantics/objects.ts';
import type { Type } from '../semantics/types.ts';
import {
  type CallExpr,
  type CompositeLit,
  type Expr,
  type FuncLit,
  type SelectorExpr,
  unparen,
} from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { bindingsAround, structOf } from './bindings.ts';
import { mayCarry } from './carriers.ts';
import { mentionsOf } from './mentions.ts';
import {
  type Frame,
  type FunctionValue,
  isNothing,
  isRelevant,
  join,
  NOTHING,
  OBJECT,
  type Value,
} from './value.ts';

/** What is tracked. */
export interface Subject {
  /** The expressions and declarations that make the object. */
  makes(node: CallExpr | CompositeLit): boolean;
  /** Variables and fields that are the object itself. */
  readonly variables: ReadonlySet<Var>;
  /** Its methods. */
  readonly methods: ReadonlySet<string>;
  /** Is this the object's type? */
  isType(type: Type): boolean;
}

/** Beyond this many frames the object is no longer followed into further calls. */
const MAX_FRAMES = 2000;
const MAX_EMBEDDING = 4;

export class Tracker {
  readonly program: Program;
  readonly subject: Subject;
  /** What fields and package variables hold. */
  readonly held = new Map<Var, Value>();
  /** A budget was exhausted: something may have been missed. */
  exhausted = false;
  /** Something was found that may change earlier answers. */
  changed = false;
  private readonly frames = new Map<string, Frame>();
  private readonly ids = new Map<object, number>();
  private readonly variables = new Map<Frame, Map<Var, Value>>();
  private readonly results = new Map<Frame, readonly Value[]>();
  private readonly open = new Set<Frame>();
  /** Names of fields, package variables and functions that lead to the object. */
  private readonly names = new Set<string>();
  private readonly reaching = new Map<Frame, Map<FuncLit, boolean>>();

  constructor(program: Program, subject: Subject) {
    this.program = program;
    this.subject = subject;
    for (const v of subject.variables) {
      if (v.role !== 'field' && v.role !== 'package') continue;
      this.held.set(v, OBJECT);
      this.name(v);
    }
  }

  /** Functions of this name are to be followed: who mentions it may reach the object. */
  follow(name: string): void {
    this.names.add(name);
  }

  private name(field: Var): void {
    this.names.add(field.name);
    if (field.embedded) for (const method of this.subject.methods) this.names.add(method);
  }

  /** Forget what was computed from what `held` and `follow` were; frames stay. */
  renew(): void {
    this.reaching.clear();
    this.variables.clear();
    this.results.clear();
    this.changed = false;
  }

  hold(field: Var, value: Value): void {
    const before = this.held.get(field) ?? NOTHING;
    const after = join(before, value);
    if (after === before) return;
    this.held.set(field, after);
    this.name(field);
    this.changed = true;
  }

  frameOf(fn: GoFunction, outer: Frame | undefined, env: ReadonlyMap<Var, Value>): Frame | undefined {
    const key = `${this.id(fn.node)}|${outer?.id ?? ''}|${[...env].map(([v, value]) => `${this.id(v)}=${this.keyOf(value)}`).join(';')}`;
    let frame = this.frames.get(key);
    if (frame === undefined) {
      if (this.frames.size >= MAX_FRAMES) {
        this.exhausted = true;
        return undefined;
      }
      frame = { id: this.frames.size, fn, env, outer };
      this.frames.set(key, frame);
    }
    return frame;
  }

  /** The frame in which a call runs this function. */
  called(target: FunctionValue, args: readonly Value[], receiver: Value): Frame | undefined {
    const { fn, outer } = target;
    const env = new Map<Var, Value>();
    const { params } = fn;
    // What other functions are matters only where the object may be given them.
    const isGiven = isRelevant(receiver) || args.some(isRelevant);
    if (!isGiven) return this.frameOf(fn, outer, env);
    args.forEach((value, i) => {
      const param = params[Math.min(i, params.length - 1)];
      if (param !== undefined && !isNothing(value)) env.set(param, join(env.get(param) ?? NOTHING, value));
    });
    if (fn.receiver !== undefined && !isNothing(receiver)) env.set(fn.receiver, receiver);
    return this.frameOf(fn, outer, env);
  }

  valueOf(frame: Frame, start: Expr): Value {
    const e = unparen(start);
    switch (e.kind) {
      case 'Ident':
        return this.ofObject(frame, frame.fn.pkg.info.objectOf(e));
      case 'StarExpr':
      case 'TypeAssertExpr':
      case 'SliceExpr':
      case 'IndexExpr':
        return this.valueOf(frame, e.x);
      case 'UnaryExpr':
        return e.op === '&' || e.op === '<-' ? this.valueOf(frame, e.x) : NOTHING;
      case 'SelectorExpr':
        return this.ofSelector(frame, e);
      case 'CompositeLit': {
        if (this.subject.makes(e)) return OBJECT;
        if (structOf(frame.fn.pkg.info.typeOf(e)) !== undefined) return NOTHING;
        return e.elements.reduce<Value>(
          (all, x) => join(all, this.valueOf(frame, x.kind === 'KeyValueExpr' ? x.value : x)),
          NOTHING,
        );
      }
      case 'FuncLit':
        return functionValue(this.program.functionOf(e), this.canReach(frame, e) ? frame : undefined);
      case 'CallExpr':
        return this.resultOf(frame, e, 0);
      default:
        return NOTHING;
    }
  }

  resultOf(frame: Frame, call: CallExpr, result: number): Value {
    if (this.subject.makes(call)) return result === 0 ? OBJECT : NOTHING;
    const { info } = frame.fn.pkg;
    const type = info.typeOf(call);
    const own = type.kind === 'tuple' ? type.types[result] : type;
    if (own === undefined || !mayCarry(own, this.subject.isType)) return NOTHING;
    switch (info.callKind(call)) {
      case 'conversion':
        return call.args[0] === undefined ? NOTHING : this.valueOf(frame, call.args[0]);
      case 'builtin': {
        const name = unparen(call.fun);
        if (name.kind !== 'Ident' || name.name !== 'append') return NOTHING;
        return call.args.reduce<Value>((all, x) => join(all, this.valueOf(frame, x)), NOTHING);
      }
      default:
    }
    let value = NOTHING;
    for (const target of this.targetsOf(frame, call)) {
      const callee = this.called(target, this.argumentsOf(frame, call), this.receiverOf(frame, call));
      if (callee !== undefined) value = join(value, this.resultsOf(callee)[result] ?? NOTHING);
    }
    return value;
  }

  argumentsOf(frame: Frame, call: CallExpr): readonly Value[] {
    const [only] = call.args;
    if (call.args.length === 1 && only !== undefined && unparen(only).kind === 'CallExpr') {
      const type = frame.fn.pkg.info.typeOf(only);
      // f(g()): the results of g are the arguments of f.
      if (type.kind === 'tuple')
        return type.types.map((_, i) => this.resultOf(frame, unparen(only) as CallExpr, i));
    }
    return call.args.map((arg) => this.valueOf(frame, arg));
  }

  receiverOf(frame: Frame, call: CallExpr): Value {
    const fun = unparen(call.fun);
    return fun.kind === 'SelectorExpr' && !frame.fn.pkg.info.isType(fun.x)
      ? this.valueOf(frame, fun.x)
      : NOTHING;
  }

  /** The project functions that a call may run. */
  targetsOf(frame: Frame, call: CallExpr): readonly FunctionValue[] {
    const { functions } = this.valueOf(frame, call.fun);
    if (functions.length > 0) return functions;
    const callee = this.program.calleeOf(call);
    switch (callee.kind) {
      case 'function':
        return callee.body === undefined ? [] : [{ fn: callee.body, outer: undefined }];
      case 'interface':
        return callee.implementations.map((fn) => ({ fn, outer: undefined }));
      default:
        return [];
    }
  }

  /** What a function returns. */
  resultsOf(frame: Frame): readonly Value[] {
    const known = this.results.get(frame);
    if (known !== undefined) return known;
    if (this.open.has(frame)) return [];
    this.open.add(frame);
    const { fn } = frame;
    const values: Value[] = fn.results.map(() => NOTHING);
    const add = (i: number, value: Value): void => {
      if (i < values.length) values[i] = join(values[i]!, value);
    };
    if (values.length > 0 && values.length <= 8) {
      walk(fn.body, (node) => {
        if (node.kind === 'FuncLit') return false;
        if (node.kind !== 'ReturnStmt') return true;
        const { results } = node;
        if (results.length === 0) {
          for (const [i, v] of fn.results.entries())
            if (v.ident !== undefined) add(i, this.ofObject(frame, v));
        } else if (results.length === values.length) {
          for (const [i, x] of results.entries()) add(i, this.valueOf(frame, x));
        } else {
          const call = unparen(results[0]!);
          if (call.kind === 'CallExpr') values.forEach((_, i) => void add(i, this.resultOf(frame, call, i)));
        }
        return false;
      });
    }
    this.open.delete(frame);
    this.results.set(frame, values);
    return values;
  }

  /** Does a literal make the object, or name something that leads to it? */
  private canReach(frame: Frame, literal: FuncLit): boolean {
    let known = this.reaching.get(frame);
    if (known === undefined) {
      known = new Map();
      this.reaching.set(frame, known);
    }
    const before = known.get(literal);
    if (before !== undefined) return before;
    // A literal that names itself reaches what the rest of it does.
    known.set(literal, false);
    const { outside, makers } = mentionsOf(frame.fn, literal);
    const found =
      makers.some((node) => this.subject.makes(node)) ||
      outside.some((id) => this.names.has(id.name)) ||
      outside.some((id) => {
        const object = frame.fn.pkg.info.objectOf(id);
        return (
          object?.kind === 'var' && object.role !== 'field' && isRelevant(this.ofVariable(frame, object))
        );
      });
    known.set(literal, found);
    return found;
  }

  private ofObject(frame: Frame, object: GoObject | undefined): Value {
    if (object?.kind === 'func') {
      const fn = this.program.bodyOf(object);
      return fn === undefined ? NOTHING : functionValue(fn, undefined);
    }
    return object?.kind === 'var' ? this.ofVariable(frame, object) : NOTHING;
  }

  private ofVariable(frame: Frame, v: Var): Value {
    if (this.subject.variables.has(v)) return OBJECT;
    if (v.role === 'package') return this.held.get(v) ?? NOTHING;
    if (!mayCarry(v.type, this.subject.isType)) return NOTHING;
    let home: Frame | undefined = frame;
    while (home !== undefined && v.owner !== undefined && home.fn.node !== v.owner) home = home.outer;
    if (home === undefined) return NOTHING;
    let values = this.variables.get(home);
    if (values === undefined) {
      values = new Map();
      this.variables.set(home, values);
    }
    const known = values.get(v);
    if (known !== undefined) return known;
    let value = home.env.get(v) ?? NOTHING;
    // While its sources are looked at, a variable is what it is known to be so far.
    values.set(v, value);
    for (const { expr, result } of bindingsAround(home.fn).sources.get(v) ?? []) {
      const source = unparen(expr);
      const from = this.frameAround(home, frame, expr);
      value = join(
        value,
        source.kind === 'CallExpr' ? this.resultOf(from, source, result) : this.valueOf(from, expr),
      );
      values.set(v, value);
    }
    return value;
  }

  /** The frame that an expression inside the function of `home` belongs to: an assignment may stand in a literal. */
  private frameAround(home: Frame, asking: Frame, expr: Expr): Frame {
    for (let f: Frame | undefined = asking; f !== undefined && f !== home; f = f.outer) {
      const { node } = f.fn;
      if (node.pos <= expr.pos && expr.end <= node.end) return f;
    }
    return home;
  }

  private ofSelector(frame: Frame, e: SelectorExpr): Value {
    const { info } = frame.fn.pkg;
    const selection = info.selectionOf(e);
    switch (selection?.kind) {
      case 'field':
        return this.held.get(selection.field.origin) ?? NOTHING;
      case 'qualified':
        return this.ofObject(frame, selection.object);
      default:
    }
    const { name } = e.sel;
    if (this.subject.methods.has(name)) {
      // Of the object itself, or promoted from an embedded field.
      const x = this.valueOf(frame, e.x);
      if (x.object || this.isEmbedded(frame, e.x)) return { object: false, methods: [name], functions: [] };
    }
    if (selection?.kind === 'method' && !selection.method.interfaceMethod)
      return this.ofObject(frame, selection.method);
    return NOTHING;
  }

  private isEmbedded(frame: Frame, x: Expr): boolean {
    let level = [structOf(frame.fn.pkg.info.typeOf(x))];
    for (let depth = 0; depth < MAX_EMBEDDING && level.length > 0; depth++) {
      const fields = level.flatMap((struct) => struct?.fields.filter((f) => f.embedded) ?? []);
      if (fields.some((f) => this.held.get(f.origin)?.object === true)) return true;
      level = fields.map((f) => structOf(f.type));
    }
    return false;
  }

  private id(thing: object): number {
    let id = this.ids.get(thing);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(thing, id);
    }
    return id;
  }

  private keyOf({ object, methods, functions }: Value): string {
    const fns = functions.map(({ fn, outer }) => `${this.id(fn.node)}@${outer?.id ?? ''}`);
    return `${object ? 'o' : ''}${[...methods].sort().join(',')}/${fns.sort().join(',')}`;
  }
}

function functionValue(fn: GoFunction, outer: Frame | undefined): Value {
  return { object: false, methods: [], functions: [{ fn, outer }] };
}
