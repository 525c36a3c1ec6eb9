/**
 * A split plan in words: short for the message, whole for related places and `p0lint split`.
 */
import type { Part, SplitPlan } from './split-plan.ts';

const SHOWN = 3;

/** One sentence without its full stop. */
export function inShort(plan: SplitPlan): string {
  if (plan.kind === 'none') return `No split by whole declarations helps: ${plan.why}`;
  const [stays, ...moved] = plan.parts;
  const moves = moved.map((part) => `${listed(part.names, SHOWN)} to ${part.file} (${count(part.lines)})`);
  return `Split it: move ${moves.join('; ')}; ${stays?.file} keeps ${count(stays?.lines ?? 0)}`;
}

/** `moves to wiz_types.go (190 lines): Host, Vulnerability, severity` */
export function ofPart(part: Part): string {
  return `moves to ${part.file} (${count(part.lines)}): ${listed(part.names, Number.POSITIVE_INFINITY)}`;
}

/** The plan in full, one block per file. */
export function inFull(plan: SplitPlan, path: string, lines: number, max: number): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const heading = `${path} has ${count(lines)}; the limit is ${max}.`;
  if (plan.kind === 'none') return `${heading}\nNo split by whole declarations helps: ${plan.why}.\n`;
  const blocks = plan.parts.map((part, i) => {
    const rows = part.chunks.flatMap((chunk) => {
      const size = chunk.lastLine - chunk.firstLine + 1;
      return chunk.names.length === 0
        ? []
        : [
            `  ${`${chunk.firstLine}-${chunk.lastLine}`.padEnd(12)}${`${size}`.padStart(4)}  ${chunk.names.join(', ')}`,
          ];
    });
    return `${folder}${part.file}  ${count(part.lines)}${i === 0 ? ', what stays' : ''}\n${rows.join('\n')}\n`;
  });
  return `${heading} It can be split into ${plan.parts.length} files:\n\n${blocks.join('\n')}`;
}

function listed(names: readonly string[], most: number): string {
  if (names.length <= most + 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

function count(lines: number): string {
  return `${lines} ${lines === 1 ? 'line' : 'lines'}`;
}
