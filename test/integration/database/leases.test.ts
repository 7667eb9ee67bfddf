import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { processName } from '../../../src/process-life.ts';
import { systemRandom } from '../../../src/random.ts';
import { createLeases } from '../../../src/services/database/leases.ts';
import { createTestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';

it('gives a lease to one holder, and to the next one when it was released or its time is over', () => {
  using db = createTestDatabase();
  const clock = createTestClock();
  const first = createLeases(db, clock, systemRandom);
  const second = createLeases(db, clock, systemRandom);
  const lease = first.take('scan', 1_000);
  expect(second.take('scan', 1_000)).toBeUndefined();
  expect(first.take('scan', 1_000), 'not even its own holder takes it twice').toBeUndefined();
  expect(second.take('another', 1_000)?.epoch).toBe(1);
  lease?.release();
  expect(second.take('scan', 1_000)?.epoch).toBe(2);
});

it('fences a holder that slept over the end of its lease', async () => {
  using db = createTestDatabase();
  const clock = createTestClock();
  const sleeper = createLeases(db, clock, systemRandom).take('scan', 1_000);
  await clock.advance(1_000);
  expect(sleeper?.isHeld(), 'nobody has taken it over').toBe(true);
  const next = createLeases(db, clock, systemRandom).take('scan', 1_000);
  expect(next?.epoch).toBe(2);
  expect([sleeper?.isHeld(), sleeper?.renew(), next?.isHeld(), next?.renew()]).toEqual([false, false, true, true]);
  sleeper?.release();
  expect(next?.isHeld(), 'a late release takes nothing away').toBe(true);
});

it('10.20 takes over at once what a process of this machine held that has been killed, and nothing that lives', async () => {
  using db = createTestDatabase();
  const clock = createTestClock();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('spawn', resolve));
  const held = createLeases(db, clock, systemRandom, processName(child.pid)).take('refresh', 25_000);
  const mine = createLeases(db, clock, systemRandom);
  expect(mine.take('refresh', 1_000)).toBeUndefined();
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(mine.take('refresh', 1_000)?.epoch).toBe(2);
  expect(held?.isHeld(), 'the dead are fenced like the slow').toBe(false);
});

it('10.20 waits for a holder of another machine, and not for one whose number a later process has', async () => {
  using db = createTestDatabase();
  const clock = createTestClock();
  const [machine, pid, start] = processName().split('/');
  createLeases(db, clock, systemRandom, `elsewhere/${2 ** 22}/1`).take('far', 1_000);
  createLeases(db, clock, systemRandom, `${machine}/${pid}/${Number(start) - 1}`).take('reused', 1_000);
  const mine = createLeases(db, clock, systemRandom);
  expect(mine.take('far', 1_000)).toBeUndefined();
  expect(mine.take('reused', 1_000)?.epoch, 'that process has ended: this one has its number').toBe(2);
});
