/**
 * Types as text, as go/types prints them with package names as qualifiers.
 *
 *     typeString(map[string]*model.Asset)  => "map[string]*model.Asset"
 *     typeString(func(ctx context.Context, n ...int) error) => "func(ctx context.Context, n ...int) error"
 *
 * What is not known prints as `invalid type`, or as `?` with the import path of the package that is missing.
 */
import type { Var } from './objects.ts';
import type { Signature, Type, TypeParam } from './types.ts';
import { ANY, EMPTY_INTERFACE } from './universe.ts';

const MAX_DEPTH = 20;

export function typeString(type: Type): string {
  return print(type, 0);
}

function print(type: Type, depth: number): string {
  if (depth > MAX_DEPTH) return '…';
  const next = depth + 1;
  switch (type.kind) {
    case 'basic':
      return type.spelling;
    case 'named': {
      const { name, pkg } = type.object;
      const qualifier = pkg.name === '' ? '' : `${pkg.name}.`;
      if (type.typeArgs.length > 0) {
        return `${qualifier}${name}[${type.typeArgs.map((arg) => print(arg, next)).join(',')}]`;
      }
      const params = type.object.typeParams;
      return qualifier + name + (params.length === 0 ? '' : typeParams(params, next));
    }
    case 'pointer':
      return `*${print(type.elem, next)}`;
    case 'slice':
      return `[]${print(type.elem, next)}`;
    case 'array':
      return `[${type.length < 0 ? '?' : type.length}]${print(type.elem, next)}`;
    case 'map':
      return `map[${print(type.key, next)}]${print(type.value, next)}`;
    case 'chan': {
      const elem = print(type.elem, next);
      if (type.direction === 'receive') return `<-chan ${elem}`;
      if (type.direction === 'send') return `chan<- ${elem}`;
      const inner = type.elem;
      return inner.kind === 'chan' && inner.direction === 'receive' ? `chan (${elem})` : `chan ${elem}`;
    }
    case 'signature':
      return `func${signature(type, next)}`;
    case 'struct':
      return `struct{${type.fields.map((field) => structField(field, next)).join('; ')}}`;
    case 'interface': {
      if (type === ANY) return 'any';
      if (type === EMPTY_INTERFACE) return 'interface{}';
      const methods = type.methods.map((method) => method.name + signature(method.signature, next));
      const embedded = type.embedded.map((e) => print(e, next));
      return `interface{${[...methods, ...embedded].join('; ')}}`;
    }
    case 'union':
      return type.terms.map((term) => (term.tilde ? '~' : '') + print(term.type, next)).join(' | ');
    case 'tuple':
      return `(${type.types.map((t) => print(t, next)).join(', ')})`;
    case 'typeparam':
      return type.object.name;
    case 'unknown':
      return type.missing === undefined ? 'invalid type' : `?${type.missing}`;
  }
}

function structField(field: Var, depth: number): string {
  const type = print(field.type, depth);
  return field.embedded ? type : `${field.name} ${type}`;
}

/** Without `func`: as methods are written. */
function signature(type: Signature, depth: number): string {
  const params = type.typeParams.length === 0 ? '' : typeParams(type.typeParams, depth);
  const last = type.params.length - 1;
  const list = type.params.map((param, i) => {
    const text =
      type.variadic && i === last && param.type.kind === 'slice'
        ? `...${print(param.type.elem, depth)}`
        : print(param.type, depth);
    return param.name === '' ? text : `${param.name} ${text}`;
  });
  return `${params}(${list.join(', ')})${results(type.results, depth)}`;
}

function results(list: readonly Var[], depth: number): string {
  const [first] = list;
  if (first === undefined) return '';
  if (list.length === 1 && first.name === '') return ` ${print(first.type, depth)}`;
  return ` (${list.map((v) => (v.name === '' ? '' : `${v.name} `) + print(v.type, depth)).join(', ')})`;
}

/** `[K comparable, V any]`; neighbours with one constraint share it. */
function typeParams(params: readonly TypeParam[], depth: number): string {
  let text = '';
  params.forEach((param, i) => {
    const constraint = param.constraint;
    text += i === 0 ? '' : ', ';
    text += param.object.name;
    if (params[i + 1]?.constraint !== constraint) text += ` ${print(constraint, depth)}`;
  });
  return `[${text}]`;
}
