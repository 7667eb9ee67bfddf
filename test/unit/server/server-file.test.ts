import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, it } from 'vitest';
import { keepServerFile } from '../../../src/server/server-file.ts';
import { createTestClock } from '../../support/clock.ts';

const note = (url: string, pid = process.pid) => ({ url, pid, startedAt: '2026-10-01T12:00:00.000Z' });

function createHome() {
  const home = mkdtempSync(join(tmpdir(), 'prospector-home-'));
  const file = join(home, 'server.json');
  return {
    home,
    file,
    named: () => (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url,
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

it('10.21 leaves the note of a living server alone, at the start and at the end, and takes its place once it has ended', async () => {
  using home = createHome();
  const clock = createTestClock();
  const warnings: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => warnings.push(line) });
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('spawn', resolve));
  keepServerFile(home.home, note('http://localhost:1', child.pid), { clock, log });
  const forget = keepServerFile(home.home, note('http://localhost:2'), { clock, log });
  expect(home.named()).toBe('http://localhost:1');
  expect(warnings.join('')).toContain('http://localhost:1');
  forget();
  expect(home.named(), 'not its note').toBe('http://localhost:1');
  const forgetSecond = keepServerFile(home.home, note('http://localhost:2'), { clock, log });
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  await clock.advance(5_000);
  expect(home.named()).toBe('http://localhost:2');
  forgetSecond();
  expect(existsSync(home.file)).toBe(false);
});

it.each(['', '{"url":', '{"url":"http://localhost:1","pid":4194304}'])(
  '10.21 takes the place of a note that names no living process: %s',
  (text) => {
    using home = createHome();
    writeFileSync(home.file, text);
    const log = pino({ level: 'silent' });
    keepServerFile(home.home, note('http://localhost:2'), { clock: createTestClock(), log })();
    expect(existsSync(home.file)).toBe(false);
  },
);
