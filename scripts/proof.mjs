// The long version of the proofs that are random: many more seeds than `npm test` takes. `npm run proof -- 200` for another number than 1,000,
// `npm run proof -- 195,351` for these alone.
import { spawn } from 'node:child_process';

const seeds = process.argv[2] ?? '1000';
if (!/^[1-9]\d{0,5}(?:,[1-9]\d{0,5})*$/.test(seeds)) {
  console.error(`"${seeds}" is no number of seeds. Usage: npm run proof -- [seeds]`);
  process.exit(2);
}
const child = spawn('npx', ['vitest', 'run', 'test/integration/scanner/churn.test.ts', '--reporter=dot'], {
  stdio: 'inherit',
  env: { ...process.env, PROSPECTOR_TEST_SEEDS: seeds },
});
child.on('close', (code) => process.exit(code ?? 1));
