/**
 * The names under which a called function is known to lists, in errcheck's notation.
 *
 *     json.Marshal(v)     => encoding/json.Marshal
 *     buf.WriteString(s)  => (*bytes.Buffer).WriteString            also through a struct that embeds the buffer
 *     h.Write(b)          => (hash.Hash32).Write, (hash.Hash).Write, (io.Writer).Write      h is a hash.Hash32
 *
 * Of an interface method every interface on the way to its declaration counts, outermost first. Function values have no name, unless
 * it is known which one function they are. Of a package without source it is not known whether a receiver is a pointer: both are given.
 */
import type { Program } from '../package.ts';
import type { Info } from '../semantics/info.ts';
import { allMethods } from '../semantics/method-sets.ts';
import type { Func } from '../semantics/objects.ts';
import { underlying } from '../semantics/shapes.ts';
import type { Type } from '../semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../syntax/ast.ts';

/**
 * The function or method that a call names: `json.Marshal`, `f.Close`, `walk`; undefined for function values, and for what does not resolve.
 * Cheaper than asking whom the call may reach: the implementations of an interface method are not looked for.
 */
export function namedFunction(program: Program, call: CallExpr): Func | undefined {
  const info = program.infoOf(call);
  let fun: Expr = unparen(call.fun);
  if (fun.kind === 'IndexExpr') fun = unparen(fun.x);
  if (fun.kind === 'Ident') {
    const object = info.objectOf(fun);
    return object?.kind === 'func' ? object : undefined;
  }
  const selection = fun.kind === 'SelectorExpr' ? info.selectionOf(fun) : undefined;
  switch (selection?.kind) {
    case 'method':
    case 'method-expression':
      return selection.method;
    case 'qualified':
      return selection.object?.kind === 'func' ? selection.object : undefined;
    default:
      return undefined;
  }
}

/** Outermost first; empty where what is called has no name. */
export function calledNames(program: Program, call: CallExpr): readonly string[] {
  const named = namedFunction(program, call);
  if (named?.interfaceMethod === true)
    return interfaceNames(receiverInterface(program.infoOf(call), call), named);
  if (named !== undefined) return [fullName(named)];
  const callee = program.calleeOf(call);
  switch (callee.kind) {
    case 'function':
      return [fullName(callee.func)];
    case 'missing': {
      const { importPath, name, receiver } = callee;
      const type = receiver?.kind === 'pointer' ? receiver.elem : receiver;
      if (type === undefined) return [`${importPath}.${name}`];
      const owner = typeName(type);
      return owner === undefined ? [] : [`(*${owner}).${name}`, `(${owner}).${name}`];
    }
    default:
      return [];
  }
}

/** `fmt.Println`, `(*os.File).Close`, `(io.Closer).Close`. */
export function fullName({ name, pkg, receiver }: Func): string {
  if (receiver === undefined) return `${pkg.path}.${name}`;
  const { type, pointer } = receiver;
  return `(${pointer ? '*' : ''}${qualified(type.pkg.path, type.name)}).${name}`;
}

/** `net/http.ResponseWriter`, `*bytes.Buffer`, `error`; undefined for types without a name. */
export function typeName(type: Type): string | undefined {
  if (type.kind === 'pointer') {
    const elem = typeName(type.elem);
    return elem === undefined ? undefined : `*${elem}`;
  }
  return type.kind === 'named' ? qualified(type.object.pkg.path, type.object.name) : undefined;
}

/** The type's name and, if it is an interface, those of the interfaces that it embeds. */
export function namesWithEmbedded(type: Type): readonly string[] {
  const names = new Set<string>();
  const pending: Type[] = [type];
  const seen = new Set<Type>(pending);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const name = typeName(next);
    if (name !== undefined) names.add(name);
    const under = underlying(next);
    if (under.kind !== 'interface') continue;
    for (const inner of under.embedded) {
      if (seen.has(inner)) continue;
      seen.add(inner);
      pending.push(inner);
    }
  }
  return [...names];
}

function qualified(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** The static type through which the method is called: the receiver's, or that of the embedded field which brings it. */
function receiverInterface(info: Info, call: CallExpr): Type | undefined {
  let fun: Expr = unparen(call.fun);
  if (fun.kind === 'IndexExpr') fun = unparen(fun.x);
  if (fun.kind !== 'SelectorExpr') return undefined;
  const selection = info.selectionOf(fun);
  if (selection?.kind !== 'method' && selection?.kind !== 'method-expression') return undefined;
  const last = selection.kind === 'method' ? selection.path.at(-1) : undefined;
  const type = last?.type ?? selection.receiver;
  return type.kind === 'typeparam' ? type.constraint : type;
}

/** From the static interface down to the one that declares the method. */
function interfaceNames(start: Type | undefined, method: Func): readonly string[] {
  const names: string[] = [];
  const seen = new Set<Type>();
  for (let type = start; type !== undefined && !seen.has(type); ) {
    seen.add(type);
    const name = typeName(type);
    if (name !== undefined) names.push(`(${name}).${method.name}`);
    const under = underlying(type);
    if (under.kind !== 'interface' || under.methods.some((m) => m.name === method.name)) break;
    type = under.embedded.find((inner) => allMethods(inner).methods.has(method.name));
  }
  const declared = fullName(method);
  if (!names.includes(declared)) names.push(declared);
  return names;
}
