/**
 * Values along one path, as terms: enough to see that a condition was decided before.
 *
 *     token = page.Next                // token: `p.Next`
 *     if page.Next != "" { … }         // `p.Next` is empty, or is not
 *     if token == "" { break }         // the same question: the same answer
 *
 * A term is a text: equal texts are equal values. What is not understood becomes a term of its own, equal to nothing else. Calls are
 * taken at their word: the same function of the same terms gives the same value. That may rule out a path that exists (`Scan()` twice),
 * and never lets one through that does not.
 */
import type { ConstantValue } from '../semantics/constants.ts';
import type { GoObject, Var } from '../semantics/objects.ts';
import { type Expr, type Ident, unparen } from '../syntax/ast.ts';

/** What terms need to know of names; `Info` has it. */
export interface Names {
  objectOf(id: Ident): GoObject | undefined;
  constantOf(e: Expr): ConstantValue | undefined;
}

/** By variable, and by fields of one: its present term. */
export type Terms = ReadonlyMap<string, string>;

/** A question that a condition asks, in a form that all ways to ask it share. */
export interface Question {
  readonly key: string;
  /** The condition is true where the answer is no. */
  readonly negated: boolean;
}

const numbers = new WeakMap<Var, number>();
let numbered = 0;

export function nameOfVariable(variable: Var): string {
  let number = numbers.get(variable);
  if (number === undefined) {
    number = ++numbered;
    numbers.set(variable, number);
  }
  return `v${number}`;
}

/** `opts.Page` by variable and fields; undefined where no variable stands at the root. */
export function nameOfOperand(names: Names, operand: Expr): string | undefined {
  const x = unparen(operand);
  switch (x.kind) {
    case 'Ident': {
      const object = names.objectOf(x);
      return object?.kind === 'var' && object.role !== 'field' ? nameOfVariable(object) : undefined;
    }
    case 'SelectorExpr': {
      const base = nameOfOperand(names, x.x);
      return base && `${base}.${x.sel.name}`;
    }
    case 'StarExpr':
      return nameOfOperand(names, x.x);
    default:
      return undefined;
  }
}

/** Longer terms are not told: what is computed in a loop would grow with every turn. */
const MAX_TERM = 200;

export function termOf(names: Names, terms: Terms, e: Expr): string {
  const term = spell(names, terms, e);
  return term.length > MAX_TERM ? `?${e.pos}` : term;
}

function spell(names: Names, terms: Terms, e: Expr): string {
  const x = unparen(e);
  const constant = names.constantOf(x);
  if (constant !== undefined) return `=${constant.value}`;
  switch (x.kind) {
    case 'Ident': {
      const name = nameOfOperand(names, x);
      return name === undefined ? x.name : (terms.get(name) ?? name);
    }
    case 'SelectorExpr': {
      const name = nameOfOperand(names, x);
      return (name && terms.get(name)) ?? `${termOf(names, terms, x.x)}.${x.sel.name}`;
    }
    case 'StarExpr':
    case 'TypeAssertExpr':
      return termOf(names, terms, x.x);
    case 'IndexExpr':
      return `${termOf(names, terms, x.x)}[${x.indices.map((i) => termOf(names, terms, i)).join()}]`;
    case 'CallExpr':
      return `${termOf(names, terms, x.fun)}(${x.args.map((arg) => termOf(names, terms, arg)).join()})`;
    case 'UnaryExpr':
      return x.op === '<-' ? `?${x.pos}` : `${x.op}${termOf(names, terms, x.x)}`;
    case 'BinaryExpr':
      return `(${termOf(names, terms, x.x)}${x.op}${termOf(names, terms, x.y)})`;
    default:
      return `?${x.pos}`;
  }
}

/** What a condition asks: a question, or nothing, where its answer is known. */
export function questionOf(names: Names, terms: Terms, cond: Expr): Question | boolean {
  const x = unparen(cond);
  if (x.kind === 'UnaryExpr' && x.op === '!') return not(questionOf(names, terms, x.x));
  if (x.kind !== 'BinaryExpr') return known(termOf(names, terms, x));
  return compare(x.op, termOf(names, terms, x.x), termOf(names, terms, x.y));
}

/** Is `a op b`? */
export function compare(op: string, a: string, b: string): Question | boolean {
  switch (op) {
    case '==':
      return equal(a, b);
    case '!=':
      return not(equal(a, b));
    case '<':
      return less(a, b);
    case '>':
      return less(b, a);
    case '<=':
      return not(less(b, a));
    case '>=':
      return not(less(a, b));
    default:
      return known(`(${a}${op}${b})`);
  }
}

function equal(a: string, b: string): Question | boolean {
  if (a === b) return true;
  if (isConstant(a) && isConstant(b)) return false;
  const [x, y] = isConstant(a) || a === 'nil' ? [b, a] : [a, b];
  if (y === '=true') return known(x);
  if (y === '=false') return not(known(x));
  // An empty text is one of length 0.
  if (y === '=') return { key: `len(${x})==0`, negated: false };
  if (y === '=0') return { key: `${x}==0`, negated: false };
  return { key: x < y ? `${x}==${y}` : `${y}==${x}`, negated: false };
}

function less(a: string, b: string): Question | boolean {
  if (a === b) return false;
  if (isNumber(a) && isNumber(b)) return Number(a.slice(1)) < Number(b.slice(1));
  // A length is below 1 where it is 0, and above 0 where it is not.
  if (b === '=1' && a.startsWith('len(')) return { key: `${a}==0`, negated: false };
  if (a === '=0' && b.startsWith('len(')) return { key: `${b}==0`, negated: true };
  return { key: `${a}<${b}`, negated: false };
}

function known(term: string): Question | boolean {
  if (term === '=true') return true;
  if (term === '=false') return false;
  return { key: term, negated: false };
}

function not(q: Question | boolean): Question | boolean {
  return typeof q === 'boolean' ? !q : { key: q.key, negated: !q.negated };
}

function isConstant(term: string): boolean {
  return term.startsWith('=');
}

function isNumber(term: string): boolean {
  return isConstant(term) && term.length > 1 && !Number.isNaN(Number(term.slice(1)));
}
