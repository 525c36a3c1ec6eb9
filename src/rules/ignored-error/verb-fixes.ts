/**
 * Fixes of formatted errors: `%v` becomes `%w`, and `err.Error()` the error itself.
 *
 *     fmt.Errorf("read: %v", err)           => fmt.Errorf("read: %w", err)
 *     fmt.Errorf("read: %s", err.Error())   => fmt.Errorf("read: %w", err)
 *
 * Unsafe: callers can then see the cause, and may come to rely on it. Offered only where the verb is written out in a literal and prints no
 * more than the message (`%v`, `%s`, `%+v`), for all lost errors of a call or for none; more than one `%w` needs Go 1.20.
 */
import type { GoPackage, Program } from '../../go/package.ts';
import type { BasicLit, CallExpr } from '../../go/syntax/ast.ts';
import type { Edit, Fix } from '../../model/finding.ts';
import { formatVerbs, sourceOffset, type Verb } from './format-verbs.ts';
import type { LostCause, LostError } from './lost-cause.ts';

export function fixesOfLost(program: Program, { call, maker, lost, beside }: LostCause): readonly Fix[] {
  const [format, ...args] = call.args;
  if (maker !== 'fmt.Errorf' || format?.kind !== 'BasicLit') return [];
  if ((lost.length > 1 || beside) && !allowsSeveral(program.packageAt(call.pos), call.pos)) return [];
  const value = program.infoOf(format).constantOf(format);
  if (value?.kind !== 'string') return [];
  const verbs = formatVerbs(value.value);
  const edits: Edit[] = [];
  for (const one of lost) {
    const index = args.indexOf(one.at);
    const own = verbs.filter((verb) => verb.argument === index && verb.letter !== 'T');
    const [verb] = own;
    if (verb === undefined || own.length > 1) return [];
    const letter = letterEdit(program, format, verb);
    const bare = one.verb === undefined ? withoutText(program, call, one) : [];
    if (letter === undefined || bare === undefined) return [];
    edits.push(letter, ...bare);
  }
  const [first, ...more] = edits;
  if (first === undefined) return [];
  const title = lost.length === 1 ? 'Wrap the error with %w' : 'Wrap the errors with %w';
  return [{ title, safety: 'unsafe', edits: [first, ...more] }];
}

function letterEdit(program: Program, format: BasicLit, { letter, plain, at }: Verb): Edit | undefined {
  if (!plain || (letter !== 'v' && letter !== 's')) return undefined;
  const offset = sourceOffset(format.text, at);
  if (offset === undefined || format.text[offset] !== letter) return undefined;
  const pos = format.pos + offset;
  return { at: program.files.locate({ pos, end: pos + 1 }), newText: 'w' };
}

/** Takes the `.Error()` away. Not where a comment stands behind the line: gofmt would want it in another column. */
function withoutText(
  program: Program,
  call: CallExpr,
  { error, at }: LostError,
): readonly Edit[] | undefined {
  if (at.kind !== 'CallExpr') return undefined;
  const file = program.files.fileAt(call.pos);
  const line = program.files.lineOf(at.pos);
  if (file.comments.some((comment) => program.files.lineOf(comment.pos) === line)) return undefined;
  return [{ at: program.files.locate({ pos: error.end, end: at.end }), newText: '' }];
}

function allowsSeveral(pkg: GoPackage, pos: number): boolean {
  const version = pkg.goVersionOf(pkg.program.files.fileAt(pos));
  const minor = /^1\.(\d+)/.exec(version ?? '')?.[1];
  return minor !== undefined && Number(minor) >= 20;
}
