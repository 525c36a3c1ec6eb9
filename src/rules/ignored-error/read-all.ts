/**
 * Bodies that are read only to be quoted in an error that is returned anyway: losing them costs a word in a message.
 *
 *     if resp.StatusCode != 200 {
 *         body, _ := io.ReadAll(resp.Body)
 *         return fmt.Errorf("status %s: %s", resp.Status, body)
 *     }
 */
import { calledNames } from '../../go/calls/names.ts';
import type { Program } from '../../go/package.ts';
import { sitesIn } from '../../go/syntax/sites.ts';
import { errorPositions, returnsNil } from './swallowed.ts';
import type { Drop } from './unchecked.ts';

const READS = new Set(['io.ReadAll', 'io/ioutil.ReadAll']);

/** Does the list in which the body is read end in the return of an error? */
export function feedsMessageOnly(program: Program, { kind, call, fn, stmt }: Drop): boolean {
  if (kind !== 'blank' || call === undefined || fn === undefined || stmt.kind === 'VarSpec') return false;
  if (!calledNames(program, call).some((name) => READS.has(name))) return false;
  const last = sitesIn(fn.body).get(stmt)?.list?.at(-1);
  if (last?.kind !== 'ReturnStmt' || last.results.length === 0) return false;
  return errorPositions(fn).length > 0 && !returnsNil(fn, last, undefined);
}
