/**
 * The door of `go/syntax`: a Go file from its text.
 *
 *     await loadParser();
 *     const file = parseGoFile('pkg/wiz/wiz.go', text, 0);
 *     file.decls[0].body     // lowered now, not before
 *
 * Declarations are lowered at once, function bodies when they are first asked for. The flat tree stays, so that a body can be made again
 * after `releaseBodies`; it takes about three bytes per character of source.
 */
import type { Damage, GoFile } from '../files.ts';
import type { Comment, Decl, ImportSpec, Ranged } from './ast.ts';
import { buildConstraint, isGenerated } from './comments.ts';
import { parseCured } from './cure.ts';
import { kindOf, NEXT, NODE } from './flat-tree.ts';
import { K } from './grammar.ts';
import { LazyFuncDecl, lowerFuncDecl, lowerGenDecl, lowerImports } from './lower/declarations.ts';
import { endOf, lowerName, plainChild, posOf, type Source } from './lower/source.ts';
import { lowerBlock } from './lower/statements.ts';
import { createNames, type Names } from './names.ts';

export interface ParseOptions {
  /** Function bodies are left out: for dependencies and the standard library, of which only declarations are read. */
  readonly declarationsOnly?: boolean;
  /** Shared between files, so that equal names are one string. */
  readonly names?: Names;
}

const sharedNames = createNames();

/** `text`: decoded, without BOM. `base`: the position of its first character. Requires `loadParser()`. Never throws on bad Go. */
export function parseGoFile(path: string, text: string, base: number, options: ParseOptions = {}): GoFile {
  const tree = parseCured(text);
  const source: Source = {
    tree,
    nodes: tree.nodes,
    text,
    base,
    names: options.names ?? sharedNames,
    lowerBlock,
  };
  const top = lowerTop(source, options.declarationsOnly !== true);
  const comments = commentsOf(source);
  const lineStarts = lineStartsOf(text);
  const packageStart = top.clause?.pos ?? base + text.length;
  return {
    path,
    text,
    base,
    packageName: top.name?.name ?? '',
    packageRange: top.name ?? { pos: base, end: base },
    imports: top.imports,
    decls: top.decls,
    comments,
    damage: damageOf(source, top.damage),
    lineCount: lineStarts.length - (lineStarts[lineStarts.length - 1] === text.length ? 1 : 0),
    generated: isGenerated(comments, packageStart),
    test: path.endsWith('_test.go'),
    buildConstraint: buildConstraint(comments, packageStart),
    lineStarts,
  };
}

/** Does anything in the range not parse? Then what was lowered from it is not to be trusted. */
export function isDamaged(file: GoFile, range: Ranged): boolean {
  return file.damage.some(({ pos, end }) => pos <= range.end && end >= range.pos);
}

/** Forgets all function bodies of the file (see `LazyFuncDecl.release`). */
export function releaseBodies(file: GoFile): void {
  for (const decl of file.decls) if (decl instanceof LazyFuncDecl) decl.release();
}

interface TopLevel {
  readonly clause: Ranged | undefined;
  readonly name: ReturnType<typeof lowerName> | undefined;
  readonly imports: readonly ImportSpec[];
  readonly decls: readonly Decl[];
  readonly damage: readonly Damage[];
}

function lowerTop(s: Source, withBodies: boolean): TopLevel {
  const { nodes } = s;
  let clause: Ranged | undefined;
  let name: TopLevel['name'];
  const imports: ImportSpec[] = [];
  const decls: Decl[] = [];
  const damage: Damage[] = [];
  const stop = nodes[NEXT]!;
  for (let child = NODE; child < stop; child = nodes[child + NEXT]!) {
    const pos = posOf(s, child);
    const end = endOf(s, child);
    switch (kindOf(nodes[child]!)) {
      case K.package_clause: {
        const at = plainChild(s, child);
        if (clause === undefined && at >= 0) name = lowerName(s, at);
        clause ??= { pos, end };
        break;
      }
      case K.import_declaration:
        imports.push(...lowerImports(s, child));
        break;
      case K.function_declaration:
      case K.method_declaration:
        decls.push(lowerFuncDecl(s, child, withBodies));
        break;
      case K.const_declaration:
      case K.var_declaration:
      case K.type_declaration:
        decls.push(lowerGenDecl(s, child));
        break;
      default:
        decls.push({ kind: 'BadDecl', pos, end });
    }
  }
  return { clause, name, imports, decls, damage };
}

function damageOf(s: Source, more: readonly Damage[]): readonly Damage[] {
  const { errors } = s.tree;
  const result: Damage[] = [...more];
  for (let k = 0; k < errors.length; k += 2) {
    result.push({ pos: s.base + errors[k]!, end: s.base + errors[k + 1]!, reason: 'syntax error' });
  }
  return result.sort((a, b) => a.pos - b.pos || a.end - b.end);
}

function commentsOf(s: Source): readonly Comment[] {
  const { comments } = s.tree;
  const result: Comment[] = [];
  for (let k = 0; k < comments.length; k += 2) {
    const start = comments[k]!;
    let end = comments[k + 1]!;
    // Go does not count the carriage return before a line's end as part of the comment.
    if (s.text.charCodeAt(end - 1) === 13) end--;
    result.push({ pos: s.base + start, end: s.base + end, text: s.text.slice(start, end) });
  }
  return result;
}

function lineStartsOf(text: string): Int32Array {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return Int32Array.from(starts);
}
