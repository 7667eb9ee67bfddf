import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('Prospector puts no secret into a log, an error or the output of its libraries, even with DEBUG=*', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prospector-canaries-'));
  const report = join(folder, 'report.json');
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'test/support/provoke-failures.ts', report],
    { env: { PATH: process.env['PATH'] ?? '', DEBUG: '*', NODE_ENV: 'development' }, maxBuffer: 100_000_000 },
  );
  const { secrets, met } = JSON.parse(readFileSync(report, 'utf8')) as { secrets: string[]; met: string[] };
  rmSync(folder, { recursive: true });
  // Something was said, of everything that can go wrong.
  expect(stdout).toContain('"level":"trace"');
  expect(stdout).toContain('SecretStoreError');
  expect(met).toEqual([
    'auth_failed',
    'conflict',
    'corrupt',
    'key_mismatch',
    'key_missing',
    'permission_denied',
    'rate_limited',
    'redirected',
    'sealed',
    'standby',
    'unexpected_response',
    'unreachable',
    'wrong_mount',
  ]);
  expect(secrets.length).toBeGreaterThan(10);
  const output = `${stdout}${stderr}`;
  const forms = (secret: string) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ];
  expect(secrets.flatMap(forms).filter((form) => output.includes(form))).toEqual([]);
});
