/**
 * The calls of group methods and the histories of all groups of a package: what the parts of the rule look at.
 */
import type { GoFunction, GoPackage } from '../../go/package.ts';
import { type CallExpr, type Expr, type Node, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import { structOf } from '../../go/typestate/bindings.ts';
import {
  type Creation,
  creationsIn,
  GROUP_METHODS,
  type GroupTypes,
} from '../../integrations/group-types.ts';
import {
  foreignHistoryOf,
  type GroupHistory,
  historyOf,
  parameterHistory,
  rootOf,
} from '../../integrations/groups.ts';

/** A history, and where findings about the group itself point. */
export interface Group extends GroupHistory {
  readonly name: string;
  readonly at: { readonly pos: number; readonly end: number };
  /** It came as a parameter that nobody in sight fills. */
  readonly parameter: boolean;
}

/** A call of a group's method by the type of what it is called on. */
export interface GroupCall {
  readonly method: string;
  readonly call: CallExpr;
  readonly receiver: Expr;
  readonly args: readonly Expr[];
  readonly fn: GoFunction;
}

export function groupsOf(pkg: GoPackage, types: GroupTypes): readonly Group[] {
  const groups: Group[] = [];
  for (const creation of creationsIn(pkg, types)) {
    const history = historyOf(pkg, creation, types);
    groups.push({ ...history, name: nameOf(creation), at: creation.at, parameter: false });
  }
  for (const { fn, call, creation, name } of foreignCreations(pkg, types)) {
    const history = foreignHistoryOf(pkg, creation, fn, types);
    groups.push({ ...history, name, at: call, parameter: false });
  }
  for (const fn of pkg.functions) {
    if (fn.file.generated) continue;
    const signature = fn.params.filter((p) => p.ident !== undefined && types.isGroup(p.type));
    for (const param of signature) {
      const history = parameterHistory(fn, param, types);
      groups.push({ ...history, name: param.name, at: param.ident ?? fn.node, parameter: true });
    }
  }
  return groups;
}

function nameOf(creation: Creation): string {
  return creation.name ?? 'that is made here';
}

interface Foreign {
  readonly fn: GoFunction;
  readonly call: CallExpr;
  readonly creation: Creation;
  readonly name: string;
}

/** Calls of functions of other project packages that make a group and return it: for this package, it is made by the call. */
function foreignCreations(pkg: GoPackage, types: GroupTypes): readonly Foreign[] {
  const found: Foreign[] = [];
  const made = new Map<GoPackage, readonly Creation[]>();
  const visit = (fn: GoFunction): void => {
    for (const call of fn.calls) {
      const name = nameCalled(call);
      if (name === undefined || !/^\p{Lu}/u.test(name)) continue;
      const fun = unparen(call.fun);
      if (fun.kind !== 'SelectorExpr' || !mayBeForeign(pkg, fun.x)) continue;
      const callee = pkg.program.calleeOf(call);
      if (callee.kind !== 'function' || callee.body === undefined || callee.body.pkg === pkg) continue;
      const { body } = callee;
      if (!body.results.some((r) => types.isGroup(r.type))) continue;
      let creations = made.get(body.pkg);
      if (creations === undefined) {
        creations = creationsIn(body.pkg, types);
        made.set(body.pkg, creations);
      }
      for (const creation of creations)
        if (creation.fn !== undefined && rootOf(creation.fn) === body)
          found.push({ fn: rootOf(fn), call, creation, name: `made by ${body.pkg.name}.${name}` });
    }
    fn.literals.forEach(visit);
  };
  if (pkg.files.some((file) => file.imports.length > 0)) pkg.functions.forEach(visit);
  return found;
}

function mayBeForeign(pkg: GoPackage, x: Expr): boolean {
  const e = unparen(x);
  if (e.kind !== 'Ident') return false;
  const object = pkg.info.objectOf(e);
  return object?.kind === 'package' && object.imported.origin === 'project';
}

function nameCalled(call: CallExpr): string | undefined {
  const fun = unparen(call.fun);
  return fun.kind === 'SelectorExpr' ? fun.sel.name : undefined;
}

/** The calls of group methods in a function and its literals, known by type. */
export function groupCallsOf(pkg: GoPackage, types: GroupTypes): readonly GroupCall[] {
  const found: GroupCall[] = [];
  const visit = (fn: GoFunction): void => {
    for (const call of fn.calls) {
      const method = nameCalled(call);
      if (method === undefined || !GROUP_METHODS.has(method)) continue;
      const fun = unparen(call.fun);
      if (fun.kind !== 'SelectorExpr') continue;
      if (pkg.info.isType(fun.x)) {
        const [receiver, ...args] = call.args;
        if (receiver !== undefined && types.isGroup(pkg.info.typeOf(fun.x)))
          found.push({ method, call, receiver, args, fn });
      } else if (isGroupValue(pkg, fun.x, method, types))
        found.push({ method, call, receiver: fun.x, args: call.args, fn });
    }
    fn.literals.forEach(visit);
  };
  for (const fn of [...pkg.functions, ...pkg.initializers]) if (!fn.file.generated) visit(fn);
  return found;
}

const MAX_EMBEDDING = 4;

/** A group, or a struct that embeds one and has no method of that name itself. */
function isGroupValue(pkg: GoPackage, x: Expr, method: string, types: GroupTypes): boolean {
  const type = pkg.info.typeOf(x);
  if (types.isGroup(type)) return true;
  const member = pkg.program.lookupMember(type, method);
  if (member !== undefined)
    return member.kind === 'method' && types.isGroupPackage(member.method.pkg.path) && member.path.length > 0;
  let level = [structOf(type)];
  for (let depth = 0; depth < MAX_EMBEDDING && level.length > 0; depth++) {
    const embedded = level.flatMap((struct) => struct?.fields.filter((f) => f.embedded) ?? []);
    if (embedded.some((f) => types.isGroup(f.type))) return true;
    level = embedded.map((f) => structOf(f.type));
  }
  return false;
}

/** Every function of the package that is not generated, literals included. */
export function allFunctions(pkg: GoPackage): readonly GoFunction[] {
  const found: GoFunction[] = [];
  const visit = (fn: GoFunction): void => {
    found.push(fn);
    fn.literals.forEach(visit);
  };
  for (const fn of [...pkg.functions, ...pkg.initializers]) if (!fn.file.generated) visit(fn);
  return found;
}

/** Does anything in the tree satisfy the test? Literals included. */
export function contains(root: Node, test: (node: Node) => boolean): boolean {
  let found = false;
  walk(
    root,
    (node) => {
      found ||= test(node);
      return !found;
    },
    { literals: true },
  );
  return found;
}
