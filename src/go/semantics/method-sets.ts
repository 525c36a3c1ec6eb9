/**
 * Method sets (language specification, "Method sets") and what follows from them: who implements what.
 *
 *     allMethods(io.ReadWriter)                 => Read, Write
 *     implementsInterface(*bytes.Buffer, io.Writer) => true;  for bytes.Buffer without the pointer => false
 */
import { identical } from './identical.ts';
import { lookup } from './lookup.ts';
import type { Func } from './objects.ts';
import { underlying } from './shapes.ts';
import type { Interface, Type, Unknown } from './types.ts';
import { ERROR } from './universe.ts';

export interface MethodTable {
  readonly methods: ReadonlyMap<string, Func>;
  /** An embedded interface is not known: there may be more methods. */
  readonly open: Unknown | undefined;
}

const tables = new WeakMap<Interface, MethodTable>();
const NO_METHODS: MethodTable = { methods: new Map(), open: undefined };

/** The methods of an interface (or of a constraint), embedded ones included. */
export function allMethods(type: Type): MethodTable {
  const iface = underlying(type);
  if (iface.kind === 'union') return NO_METHODS;
  if (iface.kind !== 'interface') {
    return iface.kind === 'unknown' ? { methods: NO_METHODS.methods, open: iface } : NO_METHODS;
  }
  let table = tables.get(iface);
  if (table === undefined) {
    // While it is being collected: a cycle of embeddings is invalid, and ends here.
    tables.set(iface, NO_METHODS);
    table = collect(iface);
    tables.set(iface, table);
  }
  return table;
}

function collect(iface: Interface): MethodTable {
  const methods = new Map<string, Func>();
  let open: Unknown | undefined;
  for (const method of iface.methods) methods.set(method.name, method);
  for (const embedded of iface.embedded) {
    const inner = allMethods(embedded);
    open ??= inner.open;
    for (const [name, method] of inner.methods) if (!methods.has(name)) methods.set(name, method);
  }
  return { methods, open };
}

export function methodOfInterface(type: Type, name: string): Func | Unknown | undefined {
  const table = allMethods(type);
  return table.methods.get(name) ?? table.open;
}

/**
 * Does a value of this type have all methods of the interface, with identical signatures? Undefined where a part of either is not
 * known. Type terms of constraints are not asked for.
 */
export function hasMethods(type: Type, iface: Type): boolean | undefined {
  const wanted = allMethods(iface);
  let doubt = wanted.open !== undefined;
  for (const method of wanted.methods.values()) {
    const found = lookup(type, method.name, method.pkg);
    if (found.kind === 'unknown') {
      doubt = true;
      continue;
    }
    if (found.kind !== 'method') return false;
    // Methods with a pointer receiver are not in the method set of a value.
    if (found.method.receiver?.pointer === true && !found.indirect && !found.method.interfaceMethod)
      return false;
    const same = identical(found.method.signature, method.signature);
    if (same === false) return false;
  }
  return doubt ? undefined : true;
}

/** False where it is not known. */
export function implementsInterface(type: Type, iface: Type): boolean {
  if (type.kind === 'unknown' || underlying(iface).kind !== 'interface') return false;
  return hasMethods(type, iface) === true;
}

/** Is a value of this type an error: `error` itself, an interface with its method, a concrete type that implements it? */
export function isErrorType(type: Type): boolean {
  if (type === ERROR) return true;
  switch (type.kind) {
    case 'basic':
    case 'unknown':
    case 'tuple':
    case 'signature':
    case 'union':
      return false;
    default:
      return hasMethods(type, ERROR) === true;
  }
}

/** Can a value of this type be assigned to a variable of type `error`? As `isErrorType`, and nil. */
export function assignableToError(type: Type): boolean {
  return (type.kind === 'basic' && type.name === 'untyped nil') || isErrorType(type);
}
