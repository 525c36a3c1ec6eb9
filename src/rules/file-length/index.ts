/**
 * Requirement 7: no file is longer than 400 lines.
 *
 *     wiz.go has 914 lines  => too-long at line 401
 *     okta.go has 372 lines => near-limit at its last line
 *
 * Lines are counted as `wc -l` counts them, plus an unterminated last line: comments and blank lines count, so that the number is one
 * that everybody can check. Generated files are nobody's to split and are passed over.
 */
import type { FileSet, GoFile } from '../../go/files.ts';
import type { Location, Note } from '../../model/location.ts';
import { definePackageRule } from '../../rule.ts';
import { inShort, ofPart } from './describe.ts';
import { documentation } from './documentation.ts';
import { splitFacts } from './roles.ts';
import { type Part, planSplit } from './split-plan.ts';

/** From here on the message says that it is not a matter of a few lines. */
const FAR_OVER = 500;

export default definePackageRule({
  id: 'file-length',
  requirement: 7,
  title: 'No file is longer than 400 lines',
  documentation,
  messages: {
    'too-long': {
      code: 'P0-701',
      level: 'error',
      title: 'File too long',
      text: '{file} has {lines} lines, {over} more than the limit of {max}{far}. {plan}.',
      why: 'Nobody reviews a long file well; what is hard to read is where unfiltered sends and dropped errors hide.',
      remedy:
        'Move whole declarations to sibling files such as `<stem>_types.go` and `<stem>_client.go`; `p0lint split <file>` prints a plan with the lengths that come out.',
      precision: 'very-high',
    },
    'near-limit': {
      code: 'P0-702',
      level: 'note',
      title: 'File close to the limit',
      text: '{file} has {lines} lines; the limit is {max}. The next feature will break it: split it while it is cheap.',
      why: 'A file that is almost too long is split under pressure, in the change that should have been about something else.',
      remedy: 'Plan the split with the next change.',
      precision: 'very-high',
    },
  },
  options: {
    max: { type: 'integer', default: 400, minimum: 1, description: 'The longest file allowed, in lines.' },
  },
  nothingExamined: 'no file belongs to this integration alone',
  check(pkg, { options: { max }, finding, platform }) {
    const files = pkg.files.filter((file) => !file.generated);
    const findings = files.flatMap((file) => {
      const { lineCount } = file;
      const data = {
        file: file.path.slice(file.path.lastIndexOf('/') + 1),
        lines: `${lineCount}`,
        max: `${max}`,
      };
      if (lineCount > max) {
        const far = lineCount > FAR_OVER ? `, and past ${FAR_OVER}` : '';
        const at = lineOf(file, max + 1, pkg.program.files);
        const plan = planSplit(pkg, file, max, splitFacts(pkg, platform));
        const related =
          plan.kind === 'none'
            ? []
            : plan.parts.slice(1).map((part) => moveOf(part, file, pkg.program.files));
        const words = { ...data, over: `${lineCount - max}`, far, plan: inShort(plan) };
        return [finding('too-long', at, words, { magnitude: lineCount, related })];
      }
      if (lineCount * 8 > max * 7)
        return [
          finding('near-limit', lineOf(file, lineCount, pkg.program.files), data, { magnitude: lineCount }),
        ];
      return [];
    });
    const examined = files.map((file) => ({
      at: lineOf(file, 1, pkg.program.files),
      text: `${file.lineCount} ${file.lineCount === 1 ? 'line' : 'lines'}`,
    }));
    return { examined, findings, gaps: [] };
  },
});

function moveOf(part: Part, file: GoFile, files: FileSet): Note {
  const [first] = part.chunks;
  const decl = first?.decls[0];
  const line = decl === undefined ? (first?.firstLine ?? 1) : files.lineOf(decl.pos);
  return { at: lineOf(file, line, files), text: ofPart(part) };
}

/** A whole line, without its end: GitHub shows an alert in a pull request only if all lines of its region are in the diff. */
function lineOf(file: GoFile, line: number, files: FileSet): Location {
  const start = file.lineStarts[line - 1] ?? file.text.length;
  const next = file.lineStarts[line] ?? file.text.length;
  const content = file.text.slice(start, next).trimEnd();
  return files.locate({ pos: file.base + start, end: file.base + start + content.length });
}
