import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/* Runs every test and lists the ten that took longest, with their files. Ends with vitest's own exit code. */
const folder = mkdtempSync(join(tmpdir(), 'prospector-tests-'));
const outputFile = join(folder, 'results.json');
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${outputFile}`, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8'));
rmSync(folder, { recursive: true, force: true });
const tests = testResults.flatMap(({ name, assertionResults }) =>
  assertionResults.map(({ duration = 0, fullName }) => ({ duration, fullName, file: relative('', name) })),
);
for (const { duration, fullName, file } of tests.sort((a, b) => b.duration - a.duration).slice(0, 10))
  console.log(`${(duration / 1_000).toFixed(1).padStart(6)} s  ${file}\n          ${fullName.trim()}`);
process.exitCode = status ?? 1;
