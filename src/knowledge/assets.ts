/**
 * Where data files lie that are shipped with the code.
 *
 * In the source tree a data file stands beside the module that reads it. A bundle puts modules of many
 * folders into one, so there the file is copied beside the bundle, or one folder up when the bundle is in a
 * folder of its own:
 *
 *     src/knowledge/stdlib.ts   reads   src/knowledge/stdlib/declarations.txt
 *     dist/index.js             reads   dist/stdlib/declarations.txt
 *     dist/action/index.js      reads   dist/action/stdlib/… or dist/stdlib/…
 *
 * It looks nowhere else: not in the current folder, not in the environment, so that what p0lint knows never
 * depends on where it is run.
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of a shipped data file.
 *
 * `name` is relative, with forward slashes (`stdlib/declarations.txt`); `moduleUrl` is the caller's
 * `import.meta.url`. Throws an Error that names the places looked at when the file is in none of them.
 */
export function assetPath(name: string, moduleUrl: string): string {
  const places = [`./${name}`, `../${name}`].map((place) => fileURLToPath(new URL(place, moduleUrl)));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) {
    throw new Error(
      `p0lint is not installed completely: its data file ${name} is missing (looked for ${places.join(' and ')}); install it again.`,
    );
  }
  return found;
}
