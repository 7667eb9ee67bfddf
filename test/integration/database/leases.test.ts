import { expect, it } from 'vitest';
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
