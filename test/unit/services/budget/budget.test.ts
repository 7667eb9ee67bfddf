import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBudget } from '../../../../src/services/budget/budget.ts';
import type { RequestPurpose } from '../../../../src/services/upwork/model.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

const start = new Date('2026-03-10T12:00:00.000Z');

function rig(perDay = 40_000, processes = 1, fraction = 0.5) {
  const clock = createTestClock(start);
  const db = createTestDatabase(clock);
  const sent: number[] = [];
  const budgets = Array.from({ length: processes }, () =>
    createBudget({ db, clock, random: { fraction: () => fraction }, perDay: () => perDay }),
  );
  const take = (process = 0, purpose: RequestPurpose = 'SCAN', signal?: AbortSignal) =>
    budgets[process]?.take(purpose, signal).then(() => void sent.push(clock.monotonic()));
  const [budget] = budgets;
  if (!budget) throw new Error('At least one process is needed.');
  return { clock, db, budget, budgets, sent, take, [Symbol.dispose]: () => db[Symbol.dispose]() };
}

/** The most that were sent within any stretch of `ms`. */
function densest(sent: readonly number[], ms: number): number {
  return Math.max(0, ...sent.map((at) => sent.filter((other) => other >= at && other < at + ms).length));
}

it('never sends more than 10 requests in a second or 300 in a minute, whoever asks when, from however many processes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ waitMs: fc.nat(3_000), count: fc.integer({ min: 1, max: 25 }) }), {
        minLength: 3,
        maxLength: 25,
      }),
      async (rounds) => {
        using world = rig(40_000, 2);
        const waiting: (Promise<void> | undefined)[] = [];
        for (const { waitMs, count } of rounds) {
          for (let index = 0; index < count; index++) waiting.push(world.take(index % 2)?.catch(() => undefined));
          await world.clock.advance(waitMs);
        }
        await world.clock.advance(60_000);
        await Promise.all(waiting);
        expect(densest(world.sent, 1_000)).toBeLessThanOrEqual(10);
        expect(densest(world.sent, 60_000)).toBeLessThanOrEqual(300);
        expect(world.budget.state().usedToday).toBe(world.sent.length);
      },
    ),
    { numRuns: 25 },
  );
});

it('serves callers in the order they asked', async () => {
  using world = rig();
  const order: number[] = [];
  const all = Array.from({ length: 30 }, (_, index) => world.budget.take('SCAN').then(() => void order.push(index)));
  await world.clock.advance(20_000);
  await Promise.all(all);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

it('refuses what would wait longer than half a minute, with the time to come back', async () => {
  using world = rig();
  const until = world.budget.throttled(120_000);
  expect(until).toEqual(new Date(start.getTime() + 120_000));
  await expect(world.take()).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 120_000 });
  expect(world.budget.state()).toMatchObject({ usedToday: 0, throttledUntil: until });
  await world.clock.advance(120_000);
  expect(world.budget.state().throttledUntil).toBeUndefined();
  await world.take();
  expect(world.sent).toEqual([120_000]);
});

it('holds a 429 against those who already wait, and against another process', async () => {
  using world = rig(40_000, 2);
  const all = Array.from({ length: 12 }, () => world.take(1));
  await world.clock.advance(150);
  const before = world.sent.length;
  world.budget.throttled(20_000);
  await world.clock.advance(19_000);
  expect(world.sent.length).toBe(before);
  await world.clock.advance(10_000);
  await Promise.all(all);
  expect(world.sent.length).toBe(12);
});

it('halves the ceiling once for answers to requests sent together, and regains it slowly (F93)', async () => {
  using world = rig();
  world.budget.throttled(1_000);
  world.budget.throttled(1_000);
  expect(world.budget.state().perSecond).toBe(2.5);
  world.budget.eased();
  expect(world.budget.state().perSecond, 'an answer to an earlier request says nothing').toBe(2.5);
  await world.clock.advance(1_000);
  for (let index = 0; index < 10; index++) world.budget.eased();
  expect(world.budget.state().perSecond).toBeCloseTo(3);
  for (let index = 0; index < 100; index++) world.budget.eased();
  expect(world.budget.state().perSecond).toBe(5);
});

it('counts by UTC day and purpose, keeps a tenth for proposals and identity, and says until when it is spent', async () => {
  using world = rig(20);
  for (let index = 0; index < 18; index++) {
    const taken = world.take();
    await world.clock.advance(1_000);
    await taken;
  }
  const midnight = new Date('2026-03-11T00:00:00.000Z');
  await expect(world.take()).rejects.toMatchObject({
    code: 'budget_spent',
    retryAfterMs: midnight.getTime() - world.clock.now().getTime(),
  });
  await world.take(0, 'PROPOSALS');
  await world.clock.advance(1_000);
  await world.take(0, 'IDENTITY');
  await expect(world.take(0, 'PROPOSALS')).rejects.toMatchObject({ code: 'budget_spent' });
  expect(world.budget.state()).toEqual({
    perDay: 20,
    usedToday: 20,
    remainingToday: 0,
    resetsAt: midnight,
    perSecond: 5,
    byPurpose: [
      { purpose: 'SCAN', count: 18 },
      { purpose: 'PROPOSALS', count: 1 },
      { purpose: 'IDENTITY', count: 1 },
    ],
    throttledUntil: midnight,
    throttledBy: 'BUDGET',
  });
  await world.clock.advance(midnight.getTime() - world.clock.now().getTime());
  expect(world.budget.state()).toMatchObject({ usedToday: 0, remainingToday: 20 });
});

it('gives a turn back that was cancelled before it came', async () => {
  using world = rig();
  for (let index = 0; index < 10; index++) void world.take();
  await world.clock.advance(2_000);
  const stop = new AbortController();
  const waiting = Array.from({ length: 5 }, () => world.take(0, 'SCAN', stop.signal)?.catch((error) => error.code));
  await world.clock.advance(0);
  stop.abort();
  const codes = await Promise.all(waiting);
  expect(codes.filter((code) => code === 'cancelled').length).toBeGreaterThan(0);
  expect(world.budget.state().usedToday).toBe(world.sent.length);
});

it('is not held up for days by a clock that was wrong', async () => {
  using world = rig();
  world.clock.jump(30 * 86_400_000);
  world.budget.throttled(3_600_000);
  await world.clock.advance(0);
  world.clock.jump(-30 * 86_400_000);
  expect(world.budget.state().throttledUntil).toEqual(new Date(start.getTime() + 3_600_000));
});

it('caps the daily number at 40,000 whatever the preferences say (FACTS §3.2)', () => {
  using world = rig(1_000_000);
  expect(world.budget.state()).toMatchObject({ perDay: 40_000, remainingToday: 40_000 });
});

it('10.19 requests to the token endpoint keep their distance too: ten in a second are never exceeded, jitter included', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ waitMs: fc.nat(900), calls: fc.nat(12), tokens: fc.nat(6) }), {
        minLength: 3,
        maxLength: 15,
      }),
      fc.array(fc.nat(250), { minLength: 200, maxLength: 200 }),
      async (rounds, delays) => {
        using world = rig(40_000, 2);
        const waiting: (Promise<void> | undefined)[] = [];
        for (const { waitMs, calls, tokens } of rounds) {
          for (let index = 0; index < calls; index++) waiting.push(world.take(index % 2)?.catch(() => undefined));
          for (let index = 0; index < tokens; index++)
            waiting.push(world.budgets[index % 2]?.depart().then(() => void world.sent.push(world.clock.monotonic())));
          await world.clock.advance(waitMs);
        }
        await world.clock.advance(60_000);
        await Promise.all(waiting);
        // As Upwork counts them: each has been on its way for up to a quarter of a second.
        const arrived = world.sent.map((at, index) => at + (delays[index % delays.length] ?? 0));
        expect(densest(arrived, 1_000)).toBeLessThanOrEqual(10);
        expect(densest(world.sent, 60_000)).toBeLessThanOrEqual(300);
      },
    ),
    { numRuns: 25 },
  );
});

it('10.19 a process whose timers are late does not send at once what had been waiting meanwhile', async () => {
  using world = rig();
  const { clock, db } = world;
  // Whatever waits is woken at the next full second.
  const late = {
    ...clock,
    sleep: (ms: number) => clock.sleep(Math.ceil((clock.monotonic() + ms) / 1_000) * 1_000 - clock.monotonic()),
  };
  const budget = createBudget({ db, clock: late, random: { fraction: () => 0.5 }, perDay: () => 40_000 });
  const sent: number[] = [];
  const all = Array.from({ length: 9 }, () => budget.take('SCAN').then(() => void sent.push(clock.monotonic())));
  await clock.advance(20_000);
  await Promise.all(all);
  expect(densest(sent, 125)).toBe(1);
});

it('10.19 a request to the token endpoint is neither counted for the day nor refused when the day is spent', async () => {
  using world = rig(0);
  await world.budget.depart();
  expect(world.budget.state()).toMatchObject({ usedToday: 0 });
  await expect(world.take()).rejects.toMatchObject({ code: 'budget_spent' });
});
