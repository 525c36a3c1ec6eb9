/**
 * What a variable was opened or made for: reading, writing, or nobody knows.
 *
 *     f, err := os.Create(path)      // purposeOf(f) => 'writing'
 *     in, err := openInput(path)     // what openInput returns was opened by os.Open => 'reading'
 *
 * By type where the type says it (`*gzip.Writer`; an interface that can read and not write), else by the calls whose results the variable
 * is given anywhere in its function, through helpers of the project.
 */
import { calledNames, typeName } from '../../go/calls/names.ts';
import { accessesOfVariable, variablesOf } from '../../go/flow/accesses.ts';
import type { GoFunction, Program } from '../../go/package.ts';
import { lookup } from '../../go/semantics/lookup.ts';
import type { Type } from '../../go/semantics/types.ts';
import { type CallExpr, type Expr, unparen } from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import {
  openers,
  readerConstructors,
  readerTypes,
  writerConstructors,
  writerTypes,
} from '../../knowledge/writers.ts';
import { variableNamed } from './error-text.ts';

export type Purpose = 'reading' | 'writing' | 'unknown';

/** How many helpers deep one looks. */
const MAX_DEPTH = 4;
/** os.O_WRONLY and os.O_RDWR: the same on every system (package syscall). */
const WRITING_FLAGS = 3n;

const matches = (patterns: readonly string[]) => {
  const exact = new Set(patterns.filter((p) => !p.endsWith('*')));
  const prefixes = patterns.filter((p) => p.endsWith('*')).map((p) => p.slice(0, -1));
  return (name: string) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
};
const makesWriter = matches(writerConstructors);
const makesReader = matches(readerConstructors);
const isWriterType = matches(writerTypes);
const isReaderType = matches(readerTypes);
const opens = matches(openers);

export function purposeOf(program: Program, x: Expr): Purpose {
  const byType = purposeOfType(program.infoOf(x).typeOf(x));
  return byType === 'unknown' ? purposeOfValue(program, x, 0) : byType;
}

function purposeOfType(type: Type): Purpose {
  const bare = type.kind === 'pointer' ? type.elem : type;
  const name = typeName(bare);
  if (name !== undefined && isWriterType(name)) return 'writing';
  if (name !== undefined && isReaderType(name)) return 'reading';
  // An *os.File and a net.Conn can do both. What can read and has no way to be written to was read.
  const has = (method: string) => lookup(type, method, undefined).kind === 'method';
  if (!has('Read')) return 'unknown';
  return has('Write') || has('WriteString') || has('ReadFrom') ? 'unknown' : 'reading';
}

/** A variable, or the call that gives it its value. */
function purposeOfValue(program: Program, start: Expr, depth: number): Purpose {
  const x = unparen(start);
  if (depth > MAX_DEPTH) return 'unknown';
  if (x.kind === 'CallExpr') return purposeOfCall(program, x, 0, depth);
  const variable = variableNamed(program, x);
  if (variable?.owner === undefined) return 'unknown';
  const owner = program.functionOf(variable.owner);
  const purposes = accessesOfVariable(variablesOf(owner.cfg, owner.pkg.info), variable).flatMap(
    (a): Purpose[] => {
      if (a.value === undefined) return [];
      const value = unparen(a.value);
      if (value.kind === 'Ident' && value.name === 'nil') return [];
      if (value.kind === 'CallExpr') return [purposeOfCall(program, value, Math.max(0, a.result), depth)];
      return [
        variableNamed(program, value) === variable ? 'unknown' : purposeOfValue(program, value, depth + 1),
      ];
    },
  );
  return joined(purposes);
}

function purposeOfCall(program: Program, call: CallExpr, result: number, depth: number): Purpose {
  for (const name of calledNames(program, call)) {
    if (opens(name)) return purposeOfFlags(program, call);
    if (makesWriter(name)) return 'writing';
    if (makesReader(name)) return 'reading';
  }
  const callee = program.calleeOf(call);
  if (callee.kind !== 'function' || callee.body === undefined || depth >= MAX_DEPTH) return 'unknown';
  return joined(returnedPurposes(program, callee.body, result, depth + 1));
}

function returnedPurposes(
  program: Program,
  fn: GoFunction,
  result: number,
  depth: number,
): readonly Purpose[] {
  const found: Purpose[] = [];
  walk(fn.body, (node) => {
    if (node.kind !== 'ReturnStmt') return;
    const [only] = node.results;
    if (node.results.length === 1 && fn.results.length > 1 && only?.kind === 'CallExpr')
      found.push(purposeOfCall(program, only, result, depth));
    const value = node.results[result];
    if (node.results.length !== fn.results.length || value === undefined) return;
    if (value.kind === 'Ident' && value.name === 'nil') return;
    found.push(purposeOfValue(program, value, depth));
  });
  return found;
}

/** One way to write is enough to lose what was written. */
function joined(purposes: readonly Purpose[]): Purpose {
  if (purposes.includes('writing')) return 'writing';
  return purposes.length > 0 && purposes.every((p) => p === 'reading') ? 'reading' : 'unknown';
}

function purposeOfFlags(program: Program, call: CallExpr): Purpose {
  const flags = call.args[1];
  const value = flags && program.infoOf(flags).constantOf(flags);
  if (value?.kind !== 'int') return 'unknown';
  return (value.value & WRITING_FLAGS) === 0n ? 'reading' : 'writing';
}
