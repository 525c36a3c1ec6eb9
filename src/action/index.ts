/** The action's process: the runner starts this file. */
import { runAction } from './main.ts';

process.exitCode = await runAction({
  env: process.env,
  write: (text) => void process.stdout.write(text),
  fetch: globalThis.fetch,
});
