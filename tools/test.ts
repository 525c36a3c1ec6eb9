/**
 * `npm test`: vitest, closed by one line that a machine can read: `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(tmpdir(), 'p0lint-test-'));
const results = path.join(folder, 'results.json');
const vitest = path.resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const { status } = spawnSync(process.execPath, [vitest, ...args, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(results, 'utf8'),
  ) as Record<string, number>;
  console.log(
    `${numPassedTests} passed, ${numFailedTests} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = status ?? 1;
