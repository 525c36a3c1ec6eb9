/**
 * Fixes of dropped errors: test the error and return it, in the form that the function's results ask for.
 *
 *     json.Unmarshal(raw, &h)        =>  if err := json.Unmarshal(raw, &h); err != nil {
 *                                            return Host{}, fmt.Errorf("json.Unmarshal: %w", err)
 *                                        }
 *     raw, _ := json.Marshal(t)      =>  raw, err := json.Marshal(t)
 *                                        if err != nil { … }
 *
 * Safe, and therefore offered, only where the function already returns an error and the zero values of its other results are known
 * (decision 16). Not offered where a statement stands in a header, shares its line with another, belongs to `go` or `defer`, drops two
 * errors, or where the name `err` would hide or overwrite something that is still needed. The result is as gofmt would write it.
 */
import { errorResults } from '../../go/calls/error-results.ts';
import { variablesOf } from '../../go/flow/accesses.ts';
import { isReadAfter } from '../../go/flow/liveness.ts';
import { placeContaining } from '../../go/flow/places.ts';
import type { GoFunction } from '../../go/package.ts';
import type { Var } from '../../go/semantics/objects.ts';
import { underlying } from '../../go/semantics/shapes.ts';
import type { Type } from '../../go/semantics/types.ts';
import { ERROR } from '../../go/semantics/universe.ts';
import type { AssignStmt, CallExpr, Comment, Expr, Ident, Stmt } from '../../go/syntax/ast.ts';
import { sitesIn } from '../../go/syntax/sites.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Edit, Fix } from '../../model/finding.ts';
import { commentBehind, realign } from './comment-columns.ts';
import { describeCall } from './describe.ts';
import type { Drop } from './unchecked.ts';

/** Where the statement stands: alone on its lines, in a list. */
interface Spot {
  readonly fn: GoFunction;
  readonly list: readonly Stmt[];
  readonly index: number;
  readonly stmt: Stmt;
  readonly indent: string;
  /** Behind it on its last line. */
  readonly comment: Comment | undefined;
}

export function fixesOfDrop(drop: Drop): readonly Fix[] {
  const { kind, call, fn, stmt, probable } = drop;
  if (call === undefined || fn === undefined || probable || stmt.kind === 'VarSpec') return [];
  const results = errorResults(fn.pkg.program, call);
  const spot = spotOf(fn, stmt);
  if (spot === undefined || results?.errors.length !== 1) return [];
  const [error = 0] = results.errors;
  const only = error === results.count - 1;
  if (kind === 'statement') {
    if (stmt.kind !== 'ExprStmt' || stmt.x !== call || !only) return [];
    return asFix(intoHeader(spot, call, call.pos, results.count));
  }
  if (kind !== 'blank' || stmt.kind !== 'AssignStmt' || stmt.rhs.length !== 1 || stmt.rhs[0] !== call)
    return [];
  if (stmt.lhs.every((x) => x.kind === 'Ident' && x.name === '_'))
    return only ? asFix(intoHeader(spot, call, stmt.pos, results.count)) : [];
  const blank = stmt.lhs[error];
  return blank?.kind === 'Ident' ? asFix(intoNextLine(spot, call, stmt, blank)) : [];
}

function asFix([first, ...more]: readonly Edit[]): readonly Fix[] {
  if (first === undefined) return [];
  return [{ title: 'Test the error and return it', safety: 'safe', edits: [first, ...more] }];
}

function spotOf(fn: GoFunction, stmt: Stmt): Spot | undefined {
  const site = sitesIn(fn.body).get(stmt);
  if (site?.list === undefined) return undefined;
  const { base, text } = fn.file;
  const indent = text.slice(text.lastIndexOf('\n', stmt.pos - base) + 1, stmt.pos - base);
  const comment = commentBehind(fn.file, stmt);
  const rest = text.slice((comment ?? stmt).end - base);
  if (!/^\t*$/.test(indent) || !/^[ \t]*(?:\r?\n|$)/.test(rest)) return undefined;
  return { fn, list: site.list, index: site.index, stmt, indent, comment };
}

/** `if _, err := call; err != nil { return … }`; what stands between `from` and the call is replaced. */
function intoHeader(spot: Spot, call: CallExpr, from: number, count: number): readonly Edit[] {
  const { fn, indent } = spot;
  const returned = returnText(fn, call, 'err');
  // The brace of a composite literal in a header would be taken for that of the block.
  if (returned === undefined || holdsLiteral(call.fun)) return [];
  const head = `if ${'_, '.repeat(count - 1)}err := `;
  const tail = '; err != nil {';
  return [
    edit(fn, from, call.pos, head),
    ...behind(spot, head.length - (call.pos - from), tail, `\n${indent}\t${returned}\n${indent}}`),
  ];
}

/** `v, err := call`, and a test on the next line. */
function intoNextLine(spot: Spot, call: CallExpr, stmt: AssignStmt, blank: Ident): readonly Edit[] {
  const { fn, indent } = spot;
  const named = nameForError(spot, stmt, call);
  const returned = named && returnText(fn, call, named.name);
  if (returned === undefined) return [];
  const { name, define } = named!;
  const operator = fn.file.text.indexOf('=', stmt.lhs.at(-1)!.end - fn.file.base) + fn.file.base;
  const lines = `\n${indent}if ${name} != nil {\n${indent}\t${returned}\n${indent}}`;
  return [
    edit(fn, blank.pos, blank.end, name),
    ...(define ? [edit(fn, operator, operator, ':')] : []),
    ...behind(spot, name.length - 1 + (define ? 1 : 0), '', lines),
  ];
}

/** What is put behind the statement: `tail` on its last line, before the comment, and the lines behind that. */
function behind(spot: Spot, growth: number, tail: string, lines: string): readonly Edit[] {
  const { fn, stmt, list, index, comment } = spot;
  if (comment === undefined) return [edit(fn, stmt.end, stmt.end, tail + lines)];
  const { files } = fn.pkg.program;
  const oneLine = files.lineOf(stmt.pos) === files.lineOf(stmt.end);
  const gaps = realign(fn.file, list, index, (oneLine ? growth : 0) + tail.length);
  return [
    ...gaps.map(({ pos, end, text }, i) => edit(fn, pos, end, i === 0 ? tail + text : text)),
    edit(fn, comment.end, comment.end, lines),
  ];
}

function edit(fn: GoFunction, pos: number, end: number, newText: string): Edit {
  return { at: fn.pkg.program.files.locate({ pos, end }), newText };
}

function holdsLiteral(x: Expr): boolean {
  let found = false;
  walk(x, (node) => {
    if (node.kind === 'CompositeLit' || node.kind === 'FuncLit') found = true;
    return !found;
  });
  return found;
}

/** `return Host{}, fmt.Errorf("json.Unmarshal: %w", err)`; undefined where the function's results do not allow it. */
function returnText(fn: GoFunction, call: CallExpr, name: string): string | undefined {
  const { program, info } = fn.pkg;
  const types = fn.node.type.results.flatMap(({ names, type }) =>
    names.length === 0 ? [type] : names.map(() => type),
  );
  if (types.length === 0 || info.typeOf(types.at(-1)!) !== ERROR) return undefined;
  const values: string[] = [];
  for (const type of types.slice(0, -1)) {
    const zero = zeroValue(info.typeOf(type), program.files.textOf(type));
    if (zero === undefined) return undefined;
    values.push(zero);
  }
  const format = nameOfFmt(fn);
  const what = describeCall(program, call);
  const context = /^[\w.]+$/.test(what) ? what : what.slice(what.lastIndexOf('.') + 1);
  const wrap = format !== undefined && /^\w[\w.]*$/.test(context);
  return `return ${[...values, wrap ? `${format}.Errorf("${context}: %w", ${name})` : name].join(', ')}`;
}

/** The zero value as it is written; undefined where the type is not known, or has no name to write it with. */
function zeroValue(type: Type, text: string): string | undefined {
  const u = underlying(type);
  switch (u.kind) {
    case 'basic':
      if (u.name === 'bool') return 'false';
      if (u.name === 'string') return '""';
      return u.name === 'unsafe.Pointer' ? 'nil' : '0';
    case 'pointer':
    case 'slice':
    case 'map':
    case 'chan':
    case 'signature':
    case 'interface':
      return 'nil';
    case 'struct':
    case 'array':
      return /^[\w.[\]*, ]+$/.test(text) ? `${text}{}` : undefined;
    case 'typeparam':
      return `*new(${text})`;
    default:
      return undefined;
  }
}

/** The name under which the file imports fmt, if nothing in the function hides it. */
function nameOfFmt(fn: GoFunction): string | undefined {
  const spec = fn.file.imports.find(({ path }) => path === 'fmt');
  const name = spec && (spec.name?.name ?? 'fmt');
  if (name === undefined || name === '.' || name === '_') return undefined;
  let hidden = false;
  walk(
    outermost(fn).node,
    (node) => {
      if (node.kind === 'Ident' && node.name === name && fn.pkg.info.objectOf(node)?.kind !== 'package')
        hidden = true;
      return !hidden;
    },
    { literals: true },
  );
  return hidden ? undefined : name;
}

function outermost(fn: GoFunction): GoFunction {
  let top = fn;
  while (top.parent !== undefined) top = top.parent;
  return top;
}

/** A name for the error's variable, and whether `=` must become `:=` to declare it. */
function nameForError(
  spot: Spot,
  stmt: AssignStmt,
  call: CallExpr,
): { readonly name: string; readonly define: boolean } | undefined {
  const { fn, list, index } = spot;
  const declared = declaredBefore(spot);
  const assigns = stmt.op === '=';
  // Only variables of the same scope stay the same under `:=`.
  const canDefine =
    !assigns || stmt.lhs.every((x) => x.kind === 'Ident' && (x.name === '_' || declared.has(x.name)));
  const own = declared.get('err');
  if (own !== undefined) {
    const place = placeContaining(fn.cfg, stmt);
    const variables = variablesOf(fn.cfg, fn.pkg.info);
    const free = own.type === ERROR && place !== undefined && !isReadAfter(variables, place, own);
    if (free) return { name: 'err', define: false };
  } else if (canDefine && !list.slice(index + 1).some((later) => refersToOuter(fn, later, stmt.pos))) {
    return { name: 'err', define: assigns };
  }
  const called = /\w+$/.exec(describeCall(fn.pkg.program, call))?.[0] ?? 'call';
  const name = `${called[0]!.toLowerCase()}${called.slice(1)}Err`;
  const text = fn.pkg.program.files.textOf(outermost(fn).node);
  return canDefine && !new RegExp(`\\b${name}\\b`).test(text) ? { name, define: assigns } : undefined;
}

/** The variables that the statement's own scope has declared so far. */
function declaredBefore({ fn, list, index }: Spot): ReadonlyMap<string, Var> {
  const found = new Map<string, Var>();
  const { info } = fn.pkg;
  const add = (x: Expr | undefined) => {
    const object = x?.kind === 'Ident' && info.declares(x) ? info.objectOf(x) : undefined;
    if (object?.kind === 'var') found.set(object.name, object);
  };
  if (list === fn.body.stmts)
    for (const v of [...fn.params, ...fn.results, fn.receiver]) if (v !== undefined) found.set(v.name, v);
  for (const stmt of list.slice(0, index)) {
    if (stmt.kind === 'AssignStmt' && stmt.op === ':=') stmt.lhs.forEach(add);
    if (stmt.kind === 'DeclStmt' && stmt.decl.kind === 'VarDecl')
      for (const spec of stmt.decl.specs) spec.names.forEach(add);
  }
  return found;
}

/**
 * Would a new variable `err` before this statement get in its way: does it use an outer one, return it without naming it, or declare one
 * of its own that could then be no new one?
 */
function refersToOuter(fn: GoFunction, stmt: Stmt, from: number): boolean {
  const { info } = fn.pkg;
  if (stmt.kind === 'DeclStmt' && stmt.decl.kind === 'VarDecl')
    if (stmt.decl.specs.some((spec) => spec.names.some((name) => name.name === 'err'))) return true;
  if (stmt.kind === 'AssignStmt' && stmt.op === ':=') {
    const fresh = stmt.lhs.filter((x) => x.kind === 'Ident' && x.name !== '_' && info.declares(x)) as Ident[];
    if (fresh.length === 1 && fresh[0]!.name === 'err') return true;
  }
  const named = fn.results.some((result) => result.name === 'err');
  let found = false;
  walk(
    stmt,
    (node) => {
      if (named && node.kind === 'ReturnStmt' && node.results.length === 0) found = true;
      if (node.kind === 'Ident' && node.name === 'err') {
        const object = info.objectOf(node);
        if (object?.kind === 'var' && object.role !== 'field' && (object.ident?.pos ?? 0) < from)
          found = true;
      }
      return !found;
    },
    { literals: true },
  );
  return found;
}
