/**
 * The notation of `notation.go`, for p0lint's own types: what is not known contains a `?`.
 */
import type { Var } from '../../src/go/semantics/objects.ts';
import type { Signature, Type, TypeParam } from '../../src/go/semantics/types.ts';

const MAX_DEPTH = 12;

export function notation(type: Type, outer = 0): string {
  if (outer > MAX_DEPTH) return '…';
  const depth = outer + 1;
  switch (type.kind) {
    case 'basic':
      return type.name;
    case 'named': {
      const { name, pkg, typeParams } = type.object;
      // The name of a package without source is a guess, and its type may be an alias.
      if (pkg.origin === 'missing') return `?${name}`;
      const full = pkg.name === '' ? name : `${pkg.name}.${name}`;
      if (type.typeArgs.length === 0) return full + params(typeParams, depth);
      return `${full}[${type.typeArgs.map((arg) => notation(arg, depth)).join(',')}]`;
    }
    case 'pointer':
      return `*${notation(type.elem, depth)}`;
    case 'slice':
      return `[]${notation(type.elem, depth)}`;
    case 'array':
      return `[${type.length < 0 ? '?' : type.length}]${notation(type.elem, depth)}`;
    case 'map':
      return `map[${notation(type.key, depth)}]${notation(type.value, depth)}`;
    case 'chan': {
      const arrow = { both: 'chan', send: 'chan<-', receive: '<-chan' }[type.direction];
      return `${arrow} (${notation(type.elem, depth)})`;
    }
    case 'signature':
      return `func${signature(type, depth)}`;
    case 'struct': {
      const field = (f: Var): string => (f.embedded ? '' : `${f.name} `) + notation(f.type, depth);
      return `struct{${type.fields.map(field).join(';')}}`;
    }
    case 'interface': {
      const methods = type.methods.map((method) => method.name + signature(method.signature, depth));
      const embedded = type.embedded.map((e) => notation(e, depth));
      return `interface{${[...methods, ...embedded].sort().join(';')}}`;
    }
    case 'union':
      return type.terms.map((term) => (term.tilde ? '~' : '') + notation(term.type, depth)).join('|');
    case 'tuple':
      return `(${type.types.map((t) => notation(t, depth)).join(',')})`;
    case 'typeparam':
      return type.object.name;
    case 'unknown':
      return '?';
  }
}

function params(list: readonly TypeParam[], depth: number): string {
  if (list.length === 0) return '';
  return `[${list.map((p) => `${p.object.name} ${notation(p.constraint, depth)}`).join(',')}]`;
}

function signature(type: Signature, depth: number): string {
  const last = type.params.length - 1;
  const list = type.params.map((param, i) =>
    type.variadic && i === last && param.type.kind === 'slice'
      ? `...${notation(param.type.elem, depth)}`
      : notation(param.type, depth),
  );
  const results = type.results.map((result) => notation(result.type, depth)).join(',');
  return `${params(type.typeParams, depth)}(${list.join(',')})${results === '' ? '' : `(${results})`}`;
}
