/**
 * What is sent and what filters it: jobs, models and filters by type (platform.md).
 */
import type { Program } from '../go/package.ts';
import type { Func } from '../go/semantics/objects.ts';
import type { Type } from '../go/semantics/types.ts';
import { type CallExpr, type Expr, type SelectorExpr, unparen } from '../go/syntax/ast.ts';
import type { FilterMethod, Vocabulary } from '../model/vocabulary.ts';
import { matchesAny, matchesPackage } from './patterns.ts';
import type { FilterCall } from './platform.ts';
import { isMember, namedOf } from './type-names.ts';

export interface Models {
  isJob(type: Type): boolean;
  isFilter(type: Type): boolean;
  isGuardedModel(type: Type): 'guarded' | 'free' | 'unknown';
  sendAt(call: CallExpr): { readonly values: readonly Expr[]; readonly spread: boolean } | undefined;
  filterAt(call: CallExpr): FilterCall | undefined;
  /** Is it the method that emits? By the method, or, where that does not resolve, by how it is named. */
  isSend(func: Func | undefined, selector: SelectorExpr | undefined): boolean;
  /** The question to a filter that a method is. */
  questionOf(func: Func | undefined, selector: SelectorExpr | undefined): FilterMethod | undefined;
  isFilterConstructor(call: CallExpr): boolean;
}

export function modelsOf(program: Program, vocabulary: Vocabulary, typeOf: (e: Expr) => Type): Models {
  const isJob = (type: Type) => isMember(type, vocabulary.jobTypes);

  const isFilter = (type: Type): boolean => {
    if (isMember(type, vocabulary.filterTypes)) return true;
    if (namedOf(type) === undefined) return false;
    // A type of one's own with the filter's methods is a filter: every verdict method on a guarded model returns one bool.
    return vocabulary.filterMethods.some(({ name }) => {
      const member = program.lookupMember(type, name);
      if (member?.kind !== 'method') return false;
      const { params, results } = member.method.signature;
      const [param, ...moreParams] = params;
      const [result, ...moreResults] = results;
      if (param === undefined || result === undefined || moreParams.length + moreResults.length > 0)
        return false;
      return isMember(elementOf(param.type), vocabulary.guardedModels) && isBool(result.type);
    });
  };

  const guards = (type: Type, depth: number): 'guarded' | 'free' | 'unknown' => {
    if (depth > 8) return 'unknown';
    switch (type.kind) {
      case 'pointer':
      case 'slice':
      case 'array':
        return guards(type.elem, depth + 1);
      case 'map':
        return guards(type.value, depth + 1);
      case 'named': {
        if (isMember(type, vocabulary.guardedModels)) return 'guarded';
        const { importPath } = { importPath: type.object.pkg.path };
        if (type.underlying.kind === 'interface' || type.underlying.kind === 'unknown') {
          const model = vocabulary.modelPackages.some((p) => matchesPackage(p, importPath));
          return model && type.underlying.kind === 'unknown' ? 'free' : 'unknown';
        }
        return guards(type.underlying, depth + 1);
      }
      case 'struct':
        return type.fields.some((field) => field.embedded && guards(field.type, depth + 1) === 'guarded')
          ? 'guarded'
          : 'free';
      case 'interface':
      case 'typeparam':
      case 'unknown':
        return 'unknown';
      default:
        return 'free';
    }
  };

  const isSend: Models['isSend'] = (func, selector) => {
    const name = func?.name ?? selector?.sel.name ?? '';
    if (!vocabulary.sendMethods.includes(name)) return false;
    // A method that is promoted, or hidden by another of its name, is known by the type that declares it.
    if (func?.receiver !== undefined) return isJob(func.receiver.type.type);
    if (func !== undefined || selector === undefined) return false;
    const type = typeOf(selector.x);
    return type.kind === 'unknown' ? isNamedLike(selector.x, /job$/i) : isJob(type);
  };

  const questionOf: Models['questionOf'] = (func, selector) => {
    const name = func?.name ?? selector?.sel.name ?? '';
    const known = vocabulary.filterMethods.find((m: FilterMethod) => m.name === name);
    if (known === undefined) return undefined;
    if (func?.receiver !== undefined) return isFilter(func.receiver.type.type) ? known : undefined;
    if (func !== undefined || selector === undefined) return undefined;
    const type = typeOf(selector.x);
    const filter = type.kind === 'unknown' ? isNamedLike(selector.x, /filter$/i) : isFilter(type);
    return filter ? known : undefined;
  };

  /** The method called, and how it is named. */
  const methodCalled = (call: CallExpr): { func: Func | undefined; selector: SelectorExpr } | undefined => {
    const selector = unparen(call.fun);
    if (selector.kind !== 'SelectorExpr') return undefined;
    const selection = program.infoOf(selector).selectionOf(selector);
    if (selection?.kind === 'method' && !selection.method.interfaceMethod)
      return { func: selection.method, selector };
    return selection === undefined || selection.kind === 'method' ? { func: undefined, selector } : undefined;
  };

  return {
    isJob,
    isFilter,
    isGuardedModel: (type) => guards(type, 0),
    isSend,
    questionOf,
    sendAt(call) {
      const method = methodCalled(call);
      if (method === undefined || !isSend(method.func, method.selector)) return undefined;
      return { values: call.args, spread: call.ellipsis };
    },
    filterAt(call) {
      const method = methodCalled(call);
      const [value, ...more] = call.args;
      const known = method && questionOf(method.func, method.selector);
      if (known === undefined || value === undefined || more.length > 0) return undefined;
      return { call, value, trueMeans: known.trueMeans };
    },
    isFilterConstructor(call) {
      const callee = program.calleeOf(call);
      if (callee.kind === 'function' && callee.func.receiver === undefined)
        return matchesAny(vocabulary.filterConstructors, {
          importPath: callee.func.pkg.path,
          name: callee.func.name,
        });
      return callee.kind === 'missing' && matchesAny(vocabulary.filterConstructors, callee);
    },
  };
}

/** Where the type does not resolve, a field or variable is believed to be what it is called. */
function isNamedLike(receiver: Expr, pattern: RegExp): boolean {
  const x = unparen(receiver);
  const name = x.kind === 'SelectorExpr' ? x.sel.name : x.kind === 'Ident' ? x.name : '';
  return pattern.test(name);
}

function elementOf(type: Type): Type {
  return type.kind === 'slice' || type.kind === 'pointer' ? type.elem : type;
}

function isBool(type: Type): boolean {
  const t = type.kind === 'named' ? type.underlying : type;
  return t.kind === 'basic' && t.name === 'bool';
}
