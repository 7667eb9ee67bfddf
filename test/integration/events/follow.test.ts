import { expect, it } from 'vitest';
import { systemRandom } from '../../../src/random.ts';
import { createEventLog, keptMs } from '../../../src/services/events/log.ts';
import type { EventBody, EventLog, FollowedEvent } from '../../../src/services/events/model.ts';
import { createTestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';

const progress = (percent: number): EventBody => ({
  type: 'SCAN_PROGRESS',
  subjectId: 'scan_1',
  phase: 'FETCHING',
  percent,
});

function setUp() {
  const clock = createTestClock();
  const db = createTestDatabase(clock);
  const log = createEventLog({ db, clock, random: systemRandom });
  const write = (...bodies: EventBody[]) => {
    const written = db.transaction(() => bodies.map((body) => log.append(body)));
    log.announce();
    return written;
  };
  return { clock, db, log, write, [Symbol.dispose]: () => db[Symbol.dispose]() };
}

async function take(events: AsyncIterator<FollowedEvent>, count: number) {
  const seen: { percent: unknown; replayed: boolean }[] = [];
  for (let i = 0; i < count; i++) {
    const { value } = await events.next();
    seen.push({ percent: (value as unknown as { percent: number }).percent, replayed: value.replayed });
  }
  return seen;
}

it('resumes after a cursor with no gap and no double, first what was missed, then live', async () => {
  using app = setUp();
  const [first] = app.write(progress(1), progress(2), progress(3));
  const events = app.log.follow({ after: first?.cursor ?? '' });
  expect(await take(events, 2)).toEqual([
    { percent: 2, replayed: true },
    { percent: 3, replayed: true },
  ]);
  const next = events.next();
  app.write(progress(4));
  expect((await next).value).toMatchObject({ percent: 4, replayed: false });
  await events.return?.();
  expect(app.log.followers()).toBe(0);
});

it('starts at the end of the log when no cursor is given', async () => {
  using app = setUp();
  app.write(progress(1));
  const events = app.log.follow({});
  const next = events.next();
  app.write(progress(2));
  expect((await next).value).toMatchObject({ percent: 2, replayed: false });
  await events.return?.();
});

it('hands a burst of 5,000 events to a fast follower completely while a stalled one is told to come back', async () => {
  using app = setUp();
  let lags = 0;
  const stalled = app.log.follow({ onLag: () => lags++ });
  const fast = app.log.follow({});
  const firstOfStalled = stalled.next();
  for (let batch = 0; batch < 25; batch++)
    app.write(...Array.from({ length: 200 }, (_, i) => progress(batch * 200 + i)));
  const seen = await take(fast, 5_000);
  expect(seen.map(({ percent }) => percent)).toEqual(Array.from({ length: 5_000 }, (_, i) => i));
  const { value } = await firstOfStalled;
  await app.clock.advance(30_000);
  expect(lags).toBe(1);
  await expect(stalled.next()).rejects.toMatchObject({ code: 'CURSOR_LAGGED', extensions: { cursor: value?.cursor } });
  expect(app.log.followers()).toBe(1);
  await fast.return?.();
});

it('refuses garbage, foreign, future and expired cursors with a typed error', async () => {
  using app = setUp();
  const [old] = app.write(progress(1), progress(2));
  for (const cursor of [
    '',
    'x',
    '-1',
    'deadbeefdeadbeef-1',
    `${app.db.storeId}-99`,
    `${app.db.storeId}-9223372036854775808`,
    `${app.db.storeId}--1`,
  ]) {
    expect(() => app.log.follow({ after: cursor }), cursor).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  }
  await app.clock.advance(keptMs + 1);
  app.write(progress(3));
  expect(app.log.trim()).toBe(2);
  expect(() => app.log.follow({ after: old?.cursor ?? '' })).toThrow(
    expect.objectContaining({ code: 'CURSOR_EXPIRED', extensions: { oldestCursor: `${app.db.storeId}-2` } }),
  );
  const resumed = app.log.follow({ after: `${app.db.storeId}-2` });
  expect(await take(resumed, 1)).toEqual([{ percent: 3, replayed: true }]);
});

it('keeps its place when every entry has been trimmed', async () => {
  using app = setUp();
  app.write(progress(1), progress(2));
  const end = app.log.latestCursor();
  await app.clock.advance(keptMs + 1);
  app.log.trim();
  expect(app.log.latestCursor()).toBe(end);
  expect(() => app.log.follow({ after: end }).return?.()).not.toThrow();
});

it('follows only the types and matches asked for and is released at once', async () => {
  using app = setUp();
  const events = app.log.follow({
    types: ['JOB_POSTED'],
    matches: (event) => event.type === 'JOB_POSTED' && event.subjectId === 'job_2',
  });
  const next = events.next();
  const job = (subjectId: string): EventBody => ({ type: 'JOB_POSTED', subjectId, searchIds: [] });
  app.write(progress(1), job('job_1'), progress(2));
  app.write(job('job_2'));
  expect((await next).value).toMatchObject({ subjectId: 'job_2' });
  const waiting = events.next();
  await events.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(app.log.followers()).toBe(0);
});

it('writes an event only in the transaction of its change', () => {
  using app = setUp();
  expect(() => (app.log as EventLog).append(progress(1))).toThrow('in the transaction of its change');
  expect(() =>
    app.db.transaction((): undefined => {
      app.log.append(progress(1));
      throw new Error('undone');
    }),
  ).toThrow('undone');
  expect(app.log.read({ limit: 10 })).toEqual([]);
});
