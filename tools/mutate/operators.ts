/**
 * The operators: each a way in which an integration is really broken in a hurry, or changed without harm.
 *
 * An operator only makes a mutant where it is sure what the change means; where a change may or may not matter (a second check may guard
 * the same send), the requirement is left undetermined.
 */

import type { GoFunction } from '../../src/go/package.ts';
import { type CallExpr, type Expr, type IfStmt, type Stmt, unparen } from '../../src/go/syntax/ast.ts';
import { walk } from '../../src/go/syntax/walk.ts';
import { effects, type Mutant, type Operator, type Site, statementLists } from './mutant.ts';

type Made = Omit<Mutant, 'operator'>;

const at = (pos: number) => ({ pos, end: pos });

/** `if t.Filter.Asset(&a) { continue }` (or return, break): the whole guard, nothing else in it. */
function guards({ functions, platform }: Site): { stmt: IfStmt; call: CallExpr; next: Stmt | undefined }[] {
  return functions.flatMap((fn) =>
    statementLists(fn).flatMap((stmts) =>
      stmts.flatMap((stmt, i) => {
        if (stmt.kind !== 'IfStmt' || stmt.otherwise !== undefined) return [];
        const cond = unparen(stmt.cond);
        if (cond.kind !== 'CallExpr' || platform.filterAt(cond)?.trueMeans !== 'reject') return [];
        const [leave] = stmt.then.stmts;
        const leaves =
          leave?.kind === 'ReturnStmt' || (leave?.kind === 'BranchStmt' && leave.tok === 'continue');
        return leaves && stmt.then.stmts.length === 1 ? [{ stmt, call: cond, next: stmts[i + 1] }] : [];
      }),
    ),
  );
}

const deleteGuard: Operator = {
  name: 'delete-filter-check',
  about: 'the filter is no longer asked',
  mutants: (site) =>
    guards(site).map(
      ({ stmt }): Made => ({
        at: stmt,
        edits: [{ range: stmt, text: '' }],
        effects: effects({ 'vm-filter': 'breaks' }),
      }),
    ),
};

const negateGuard: Operator = {
  name: 'negate-filter-check',
  about: 'what is rejected is sent, what is accepted is not',
  mutants: (site) =>
    guards(site).map(
      ({ stmt }): Made => ({
        at: stmt,
        edits: [{ range: at(stmt.cond.pos), text: '!' }],
        effects: effects({ 'vm-filter': 'breaks', 'pagination-bound': undefined }),
      }),
    ),
};

const sendFirst: Operator = {
  name: 'swap-check-and-send',
  about: 'the value is sent before the filter is asked',
  mutants: (site) =>
    guards(site).flatMap(({ stmt, next }): Made[] => {
      if (
        next?.kind !== 'ExprStmt' ||
        next.x.kind !== 'CallExpr' ||
        site.platform.sendAt(next.x) === undefined
      )
        return [];
      const [first, second] = [site.textOf(stmt), site.textOf(next)];
      return [
        {
          at: stmt,
          edits: [
            { range: stmt, text: second },
            { range: next, text: first },
          ],
          effects: effects({ 'vm-filter': 'breaks' }),
        },
      ];
    }),
};

const ignoreVerdict: Operator = {
  name: 'log-instead-of-leaving',
  about: 'the rejected value is only noticed, and sent',
  mutants: (site) =>
    guards(site).map(
      ({ stmt }): Made => ({
        at: stmt,
        edits: [{ range: stmt.then, text: '{\n\t_ = 0\n}' }],
        effects: effects({ 'vm-filter': 'breaks', 'pagination-bound': undefined }),
      }),
    ),
};

function body(site: Site, method: string): GoFunction | undefined {
  const fn = site.integration.method(method);
  return fn !== undefined && site.functions.includes(fn) ? fn : undefined;
}

function replacedBody(
  method: string,
  rule: 'check-affiliation' | 'validate-credentials',
  text: string,
): Operator['mutants'] {
  return (site) => {
    const fn = body(site, site.platform.vocabulary[method as 'affiliationMethod' | 'credentialsMethod']);
    if (fn === undefined) return [];
    const changed = effects({
      [rule]: 'breaks',
      // What the method did is gone with its groups, loops and errors; imports may be unused, which is nobody's requirement here.
      ...{ 'errgroup-limit': undefined, 'pagination-bound': undefined, 'ignored-error': undefined },
    });
    return [{ at: fn.node, edits: [{ range: fn.body, text: `{ ${text} }` }], effects: changed }];
  };
}

const stubAffiliation: Operator = {
  name: 'stub-affiliation',
  about: 'CheckAffiliation says yes to everything',
  mutants: replacedBody('affiliationMethod', 'check-affiliation', 'return true, nil'),
};

const stubCredentials: Operator = {
  name: 'stub-credentials',
  about: 'ValidateCredentials is content with everything',
  mutants: replacedBody('credentialsMethod', 'validate-credentials', 'return nil'),
};

const affiliationEarly: Operator = {
  name: 'return-early-in-affiliation',
  about: 'the question below is never asked',
  mutants(site) {
    const fn = body(site, site.platform.vocabulary.affiliationMethod);
    if (fn === undefined) return [];
    const changed = effects({
      'check-affiliation': 'breaks',
      'pagination-bound': undefined,
      'ignored-error': undefined,
    });
    return [
      {
        at: fn.node,
        edits: [{ range: at(fn.body.pos + 1), text: '\n\treturn false, nil\n' }],
        effects: changed,
      },
    ];
  },
};

/** `if err := t.ValidateCredentials(); err != nil { return … }` in the entry method. */
function credentialChecks(site: Site): { stmt: IfStmt; call: Expr; next: Stmt | undefined }[] {
  const { entryMethod, credentialsMethod } = site.platform.vocabulary;
  const invoke = body(site, entryMethod);
  if (invoke === undefined) return [];
  return invoke.body.stmts.flatMap((stmt, i) => {
    if (stmt.kind !== 'IfStmt' || stmt.init?.kind !== 'AssignStmt') return [];
    const [call] = stmt.init.rhs;
    if (
      call?.kind !== 'CallExpr' ||
      call.fun.kind !== 'SelectorExpr' ||
      call.fun.sel.name !== credentialsMethod
    )
      return [];
    return [{ stmt, call, next: invoke.body.stmts[i + 1] }];
  });
}

const dropCredentials: Operator = {
  name: 'delete-credential-check',
  about: 'the run begins without ValidateCredentials',
  mutants: (site) =>
    credentialChecks(site).map(
      ({ stmt }): Made => ({
        at: stmt,
        edits: [{ range: stmt, text: '' }],
        effects: effects({ 'validate-credentials': 'breaks' }),
      }),
    ),
};

const ignoreCredentials: Operator = {
  name: 'drop-credential-error',
  about: 'ValidateCredentials is called and not listened to',
  mutants: (site) =>
    credentialChecks(site).map(
      ({ stmt, call }): Made => ({
        at: stmt,
        edits: [{ range: stmt, text: `_ = ${site.textOf(call)}` }],
        effects: effects({ 'validate-credentials': 'breaks', 'ignored-error': 'breaks' }),
      }),
    ),
};

const lateCredentials: Operator = {
  name: 'swap-credential-check-and-next',
  about: 'something is asked before the credentials are checked',
  mutants: (site) =>
    credentialChecks(site).flatMap(({ stmt, next }): Made[] => {
      if (next === undefined || !reachesSink(site, next)) return [];
      return [
        {
          at: stmt,
          edits: [
            { range: stmt, text: site.textOf(next) },
            { range: next, text: site.textOf(stmt) },
          ],
          effects: effects({ 'validate-credentials': 'breaks', 'ignored-error': undefined }),
        },
      ];
    }),
};

function reachesSink(site: Site, stmt: Stmt): boolean {
  let found = false;
  walk(stmt, (node) => {
    if (node.kind === 'CallExpr' && site.platform.sinkReachedBy(node) !== undefined) found = true;
  });
  return found;
}

const deleteLimit: Operator = {
  name: 'delete-set-limit',
  about: 'as many goroutines as there are items',
  mutants: ({ functions, textOf }) =>
    functions.flatMap((fn) =>
      statementLists(fn).flatMap((stmts) =>
        stmts
          .filter((stmt) => stmt.kind === 'ExprStmt' && /\.SetLimit\(/.test(textOf(stmt)))
          .map(
            (stmt): Made => ({
              at: stmt,
              edits: [{ range: stmt, text: '' }],
              effects: effects({ 'errgroup-limit': 'breaks' }),
            }),
          ),
      ),
    ),
};

const zeroLimit: Operator = {
  name: 'limit-zero',
  about: 'no goroutine may ever start',
  mutants: ({ functions }) =>
    functions.flatMap((fn) =>
      fn.calls
        .filter((call) => call.fun.kind === 'SelectorExpr' && call.fun.sel.name === 'SetLimit')
        .flatMap((call): Made[] => {
          const [limit] = call.args;
          return limit === undefined
            ? []
            : [
                {
                  at: call,
                  edits: [{ range: limit, text: '0' }],
                  effects: effects({ 'errgroup-limit': 'breaks' }),
                },
              ];
        }),
    ),
};

const loseCause: Operator = {
  name: 'wrap-with-v',
  about: 'the cause can no longer be told',
  mutants: ({ functions, textOf }) =>
    functions.flatMap((fn) =>
      fn.calls.flatMap((call): Made[] => {
        const [format] = call.args;
        if (textOf(call.fun) !== 'fmt.Errorf' || format?.kind !== 'BasicLit') return [];
        const verb = textOf(format).indexOf('%w');
        if (verb < 0 || textOf(format).indexOf('%w', verb + 1) >= 0) return [];
        const w = format.pos + verb + 1;
        return [
          {
            at: call,
            edits: [{ range: { pos: w, end: w + 1 }, text: 'v' }],
            effects: effects({ 'ignored-error': 'breaks' }),
          },
        ];
      }),
    ),
};

const blankError: Operator = {
  name: 'blank-error',
  about: 'an error is assigned to nothing',
  mutants: ({ functions }) =>
    functions.flatMap((fn) =>
      statementLists(fn).flatMap((stmts) =>
        stmts.flatMap((stmt, i): Made[] => {
          const next = stmts[i + 1];
          if (stmt.kind !== 'AssignStmt' || stmt.rhs.length !== 1 || stmt.rhs[0]?.kind !== 'CallExpr')
            return [];
          const err = stmt.lhs.at(-1);
          if (err?.kind !== 'Ident' || err.name !== 'err' || stmt.lhs.length < 2 || next?.kind !== 'IfStmt')
            return [];
          const [leave] = next.then.stmts;
          if (next.init !== undefined || next.then.stmts.length !== 1 || leave?.kind !== 'ReturnStmt')
            return [];
          return [
            {
              at: stmt,
              edits: [
                { range: err, text: '_' },
                { range: next, text: '' },
              ],
              // Whether the affiliation still depends on an answer, and what ends a loop, may hang on this very test.
              effects: effects({
                'ignored-error': 'breaks',
                'check-affiliation': undefined,
                'validate-credentials': undefined,
                'pagination-bound': undefined,
              }),
            },
          ];
        }),
      ),
    ),
};

/** Changes without a meaning: nothing may change. */
const parentheses: Operator = {
  name: 'parenthesise-conditions',
  about: 'harmless',
  mutants: ({ functions }) =>
    functions.map((fn): Made => {
      const edits: { range: { pos: number; end: number }; text: string }[] = [];
      walk(
        fn.body,
        (node) => {
          if (node.kind !== 'IfStmt') return;
          edits.push({ range: at(node.cond.pos), text: '(' }, { range: at(node.cond.end), text: ')' });
        },
        { literals: true },
      );
      return { at: fn.node, edits, effects: effects({}) };
    }),
};

const comments: Operator = {
  name: 'comment-every-statement',
  about: 'harmless',
  mutants: ({ functions }) =>
    functions.map(
      (fn): Made => ({
        at: fn.node,
        edits: statementLists(fn).flatMap((stmts) =>
          stmts.map((s) => ({ range: at(s.pos), text: '/* SetLimit NewVMFilter %v */ ' })),
        ),
        effects: effects({}),
      }),
    ),
};

const renameReceiver: Operator = {
  name: 'rename-receiver',
  about: 'harmless',
  mutants: ({ functions }) =>
    functions.flatMap((fn): Made[] => {
      const name = fn.receiver?.ident;
      if (fn.receiver === undefined || name === undefined) return [];
      const edits = [{ range: name, text: 'receiver' }];
      walk(
        fn.body,
        (node) => {
          if (node.kind === 'Ident' && fn.pkg.info.objectOf(node) === fn.receiver)
            edits.push({ range: node, text: 'receiver' });
        },
        { literals: true },
      );
      return [{ at: fn.node, edits, effects: effects({}) }];
    }),
};

const harmlessPrelude: Operator = {
  name: 'log-first',
  about: 'harmless: logging and the clock may come before everything',
  mutants: ({ functions }) =>
    functions.map(
      (fn): Made => ({
        at: fn.node,
        edits: [{ range: at(fn.body.pos + 1), text: '\n\tbegin := len("begin"); _ = begin\n' }],
        effects: effects({}),
      }),
    ),
};

export const operators: readonly Operator[] = [
  ...[deleteGuard, negateGuard, sendFirst, ignoreVerdict],
  ...[stubAffiliation, affiliationEarly],
  ...[stubCredentials, dropCredentials, ignoreCredentials, lateCredentials],
  ...[deleteLimit, zeroLimit],
  ...[loseCause, blankError],
  ...[parentheses, comments, renameReceiver, harmlessPrelude],
];
