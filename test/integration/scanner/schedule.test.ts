import { expect, it } from 'vitest';
import { UpworkError } from '../../../src/services/upwork/model.ts';
import { hour, minute, setUp, start } from './rig.ts';

const day = 24 * hour;
const owner = { kind: 'CLI', name: 'owner' } as const;

it('scans at once after starting, then every interval, a tenth early or late, counted from the start', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(0);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED']);
  const due = app.scanner.nextScanAt()?.getTime() ?? 0;
  expect(due).toBeGreaterThanOrEqual(start.getTime() + 27 * minute);
  expect(due).toBeLessThanOrEqual(start.getTime() + 33 * minute);
  await app.clock.advance(due - app.clock.now().getTime() - 1);
  expect(app.history()).toHaveLength(1);
  await app.clock.advance(1);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED', 'SCHEDULE SUCCEEDED']);
  await app.clock.advance(8 * hour);
  const count = app.history().length;
  expect(count).toBeGreaterThanOrEqual(2 + 14);
  expect(count).toBeLessThanOrEqual(2 + 18);
});

it('waits for the first connection without a word, and scans the moment it is made', async () => {
  await using app = setUp();
  app.connection.become('DISCONNECTED');
  app.scanner.start();
  await app.clock.advance(hour);
  expect(app.history()).toEqual([]);
  expect(app.scanner.nextScanAt()).toBeUndefined();
  app.connection.become('CONNECTING');
  app.connection.become('CONNECTED');
  await app.clock.advance(0);
  expect(app.history()).toEqual(['CONNECTED SUCCEEDED']);
});

it('keeps the due time over a restart', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(10 * minute);
  const due = app.scanner.nextScanAt();
  await app.scanner.close();
  const next = app.another();
  next.scanner.start();
  await app.clock.advance(0);
  expect(next.scanner.nextScanAt()).toEqual(due);
  expect(next.history()).toHaveLength(1);
  await app.clock.advance(23 * minute);
  expect(next.history()).toEqual(['SCHEDULE SUCCEEDED', 'SCHEDULE SUCCEEDED']);
  await next.scanner.close();
});

it('makes one catch-up scan after sleep or downtime, however long', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.clock.jump(8 * hour);
  await app.clock.advance(minute);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED', 'CATCH_UP SUCCEEDED']);
  await app.clock.advance(10 * minute);
  expect(app.history()).toHaveLength(2);
  await app.scanner.close();
  await app.clock.advance(7 * day);
  const next = app.another();
  next.scanner.start();
  await app.clock.advance(10 * minute);
  expect(next.history().slice(2)).toEqual(['CATCH_UP SUCCEEDED']);
  await next.scanner.close();
});

it('goes on within an interval when the clock is put back', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.clock.jump(-30 * day);
  await app.clock.advance(35 * minute);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED', 'SCHEDULE SUCCEEDED']);
});

it('goes on within an interval when the clock is put back after failures, too', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.upwork.answer = () => {
    throw new UpworkError('network', 'Upwork could not be reached.');
  };
  await app.scan();
  delete app.upwork.answer;
  app.clock.jump(-30 * day);
  await app.clock.advance(2 * minute);
  // By the time that each had for now: the last one first.
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED', 'SCHEDULE SUCCEEDED', 'MANUAL FAILED']);
});

it('skips what falls due while a scan still runs, and says so', async () => {
  await using app = setUp();
  app.upwork.answer = async (_request, page) => {
    await app.clock.sleep(50 * minute);
    return page;
  };
  app.scanner.start();
  await app.clock.advance(45 * minute);
  expect(app.history()).toEqual(['SCHEDULE RUNNING', 'SCHEDULE SKIPPED']);
  const skipped = app.scanner.list({
    filter: { statuses: ['SKIPPED'] },
    orderBy: { field: 'QUEUED_AT', direction: 'DESC' },
  });
  expect(app.scanner.diagnosis(skipped.edges[0]?.node.id ?? '')).toMatchObject({
    verdict: 'NOT_RUN',
    summary: 'The scan before was still running when this one was due. An interval that short is no use.',
  });
});

it('leaves quiet hours alone, and scans when they end', async () => {
  await using app = setUp({
    preferences: { quietHours: { start: '18:30', end: '07:15', timeZone: 'Asia/Kathmandu' } },
  });
  // 12:00 UTC is 17:45 in Kathmandu: quiet from 12:45 to 01:30 UTC.
  app.scanner.start();
  await app.clock.advance(15 * hour);
  const starts = app.scanner
    .list({ first: 100, orderBy: { field: 'QUEUED_AT', direction: 'ASC' } })
    .edges.map(({ node }) => node.queuedAt.toISOString().slice(11, 16));
  expect(starts.filter((time) => time >= '12:45' || time < '01:30')).toEqual([]);
  expect(starts).toContain('01:30');
  expect(app.history()).not.toContain('CATCH_UP SUCCEEDED');
});

it('does not scan when it is started in quiet hours', async () => {
  await using app = setUp({ preferences: { quietHours: { start: '11:00', end: '13:10', timeZone: 'UTC' } } });
  app.scanner.start();
  await app.clock.advance(69 * minute);
  expect(app.history()).toEqual([]);
  expect(app.scanner.nextScanAt()).toEqual(new Date(start.getTime() + 70 * minute));
  await app.clock.advance(minute);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED']);
});

it('scans at once when it is resumed, however short the pause was', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.scanner.pause('a moment', owner);
  await app.clock.advance(minute);
  app.scanner.resume();
  await app.clock.advance(0);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED', 'SCHEDULE SUCCEEDED']);
});

it('stands still while paused, over a restart too, and scans at once when resumed', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.scanner.pause('holiday', owner);
  expect(app.scanner.nextScanAt()).toBeUndefined();
  await app.scanner.close();
  const next = app.another();
  next.scanner.start();
  await app.clock.advance(day);
  expect(next.scanner.paused()).toEqual({ reason: 'holiday', since: new Date(start.getTime() + minute), by: owner });
  expect(next.history()).toHaveLength(1);
  next.scanner.resume();
  await app.clock.advance(0);
  expect(next.history()).toHaveLength(2);
  expect(next.scanner.coverage({ since: start }).gaps).toMatchObject([{ cause: 'PAUSED', filledAt: expect.any(Date) }]);
  await next.scanner.close();
});

it('pauses by itself when Upwork restricts the account, and only a person ends that', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.connection.become('RESTRICTED');
  await app.clock.advance(hour);
  expect(app.scanner.paused()).toMatchObject({ by: { kind: 'PLATFORM', name: 'Upwork' } });
  app.connection.become('CONNECTED');
  await app.clock.advance(hour);
  expect(app.history()).toHaveLength(1);
  app.scanner.resume();
  await app.clock.advance(0);
  expect(app.history()).toHaveLength(2);
});

it('waits while the authorization is dead, asks nothing, and scans when it lives again', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.connection.become('AUTH_EXPIRED');
  await app.clock.advance(2 * day);
  expect(app.upwork.asked).toHaveLength(1);
  const skips = app.history().slice(1);
  expect(new Set(skips)).toEqual(new Set(['SCHEDULE SKIPPED']));
  expect(skips.length).toBeLessThan(20);
  expect(app.scanner.latestDiagnosis()).toMatchObject({ verdict: 'AUTH_FAILED', nextAction: { kind: 'RECONNECT' } });
  app.connection.become('CONNECTED');
  await app.clock.advance(minute);
  expect(app.history().at(-1)).toBe('CONNECTED SUCCEEDED');
  expect(app.scanner.coverage({ since: start }).gaps).toMatchObject([
    { cause: 'AUTH_EXPIRED', filledAt: expect.any(Date) },
  ]);
});

it('catches up once when the secret store opens again', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.connection.become('SECRET_STORE_UNAVAILABLE');
  await app.clock.advance(5 * hour);
  app.connection.become('CONNECTED');
  await app.clock.advance(minute);
  expect(app.history().filter((entry) => !entry.endsWith('SKIPPED'))).toEqual([
    'SCHEDULE SUCCEEDED',
    'CATCH_UP SUCCEEDED',
  ]);
});

it('waits exactly as long as Upwork asked for', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.upwork.answer = () => {
    delete app.upwork.answer;
    app.budget.throttled(47 * minute);
    throw new UpworkError('rate_limited', 'Upwork asked for a pause.', { retryAfterMs: 47 * minute });
  };
  const failed = await app.scan();
  const until = new Date(app.clock.now().getTime() + 47 * minute);
  expect(failed).toMatchObject({ status: 'FAILED', incident: { code: 'RATE_LIMITED', nextRetryAt: until } });
  expect(app.scanner.nextScanAt()).toEqual(until);
  await app.clock.advance(47 * minute - 1);
  expect(app.history()).toHaveLength(2);
  await app.clock.advance(1);
  expect(app.history()).toHaveLength(3);
  expect(app.scanner.coverage({ since: start }).gaps).toMatchObject([
    { cause: 'THROTTLED', filledAt: expect.any(Date) },
  ]);
});

it('tries again soon after an outage, then less and less often', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(minute);
  app.upwork.answer = () => {
    throw new UpworkError('network', 'Upwork could not be reached.');
  };
  await app.scan();
  await app.clock.advance(10 * minute);
  const soon = app.history().length;
  expect(soon).toBeGreaterThanOrEqual(4);
  await app.clock.advance(6 * hour);
  expect(app.history().length - soon).toBeLessThanOrEqual(6 * 2 + 3);
  expect(app.scanner.latest()?.incident?.attempts).toBe(app.history().length - 1);
  delete app.upwork.answer;
  await app.clock.advance(34 * minute);
  expect(app.history().at(-1)).toBe('SCHEDULE SUCCEEDED');
});

it('follows the preferences: another interval, switched off and on again', async () => {
  await using app = setUp();
  app.scanner.start();
  await app.clock.advance(20 * minute);
  app.preferences.change({ intervalMs: 10 * minute });
  await app.clock.advance(0);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED', 'SCHEDULE SUCCEEDED']);
  expect(app.scanner.coverage({ since: start }).gaps).toEqual([]);
  app.preferences.change({ intervalMs: 4 * hour });
  await app.clock.advance(3 * hour);
  expect(app.history()).toHaveLength(2);
  app.preferences.change({ enabled: false });
  await app.clock.advance(2 * hour);
  expect(app.history()).toHaveLength(2);
  expect([app.scanner.nextScanAt(), app.scanner.plan().requestsPerDay]).toEqual([undefined, 0]);
  app.preferences.change({ enabled: true });
  await app.clock.advance(0);
  expect(app.history()).toHaveLength(3);
});

it('scans at once when preferences that could not be asked are corrected', async () => {
  await using app = setUp({ preferences: { criteria: { categories: ['Unknown thing'] } } });
  app.scanner.start();
  await app.clock.advance(minute);
  app.preferences.change({ criteria: { categories: ['Web Development'] } });
  await app.clock.advance(0);
  expect(app.history()).toEqual(['SCHEDULE FAILED', 'SCHEDULE SUCCEEDED']);
});

it('raises the interval where the requests of a day would not suffice, and estimates what it then costs', async () => {
  const criteria = { jobTypes: ['HOURLY' as const], experienceLevels: ['ENTRY' as const, 'EXPERT' as const] };
  await using app = setUp({ preferences: { intervalMs: 5 * minute, requestsPerDay: 100, criteria } });
  // Two searches a scan, a tenth of the day's requests kept for proposals: 45 scans a day.
  expect(app.scanner.effectiveIntervalMs()).toBe(32 * minute);
  expect(app.scanner.plan().requestsPerDay).toBe(90);
  app.scanner.start();
  await app.clock.advance(day);
  expect(Math.abs(app.upwork.asked.length - 90)).toBeLessThanOrEqual(6);
  expect(app.scanner.plan().latencyMs).toBe(16 * minute);
});

it('leaves nothing running when it is closed, and calls the scan that it ended INTERRUPTED', async () => {
  await using app = setUp();
  app.upwork.answer = (_request, _page, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new UpworkError('cancelled', 'Cancelled.')));
    });
  app.scanner.start();
  await app.clock.advance(minute);
  await app.scanner.close();
  expect(app.history()).toEqual(['SCHEDULE INTERRUPTED']);
  expect([app.clock.pending(), app.connection.listeners.size, app.preferences.listeners.size]).toEqual([0, 0, 0]);
});
