/**
 * The surface of an integration: what its `Surface()` returns, if it always returns the same.
 *
 *     func (t *GitHub) Surface() attacksurface.Surface { return attacksurface.SCM }    // needs no filter (rules.md 1)
 */

import { constantResult } from '../go/values/constant-result.ts';
import type { Note } from '../model/location.ts';
import type { Integration } from './integration.ts';
import { matchesAny } from './patterns.ts';
import type { Platform } from './platform.ts';

/** Why the integration needs no filter: its surface is, on every path, one whose values are none that a filter knows. */
export function unfilteredSurface(
  integration: Integration,
  platform: Platform,
): { readonly at: Note; readonly reason: string } | undefined {
  const { surfaceMethod, unfilteredSurfaces } = platform.vocabulary;
  const method = integration.method(surfaceMethod);
  const name = method && constantResult(method);
  const dot = name?.lastIndexOf('.') ?? -1;
  if (method === undefined || name === undefined || dot < 0) return undefined;
  const member = { importPath: name.slice(0, dot), name: name.slice(dot + 1) };
  if (!matchesAny(unfilteredSurfaces, member)) return undefined;
  const short = name.slice(name.lastIndexOf('/') + 1);
  const at = integration.pkg.program.files.locate(
    method.node.kind === 'FuncDecl' ? method.node.name : method.node,
  );
  return {
    at: { at, text: `${surfaceMethod}() is ${short}` },
    reason: `its ${surfaceMethod}() is always ${short}, whose values the filter does not know`,
  };
}
