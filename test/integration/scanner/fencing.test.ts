import { expect, it } from 'vitest';
import { leaseMs } from '../../../src/services/scanner/fence.ts';
import type { SearchPage } from '../../../src/services/upwork/model.ts';
import { hour, minute, setUp } from './rig.ts';

const byHand = { trigger: 'MANUAL', dryRun: false } as const;

it('scans once where two servers share a database, and the second joins', async () => {
  await using app = setUp();
  const other = app.another();
  app.scanner.start();
  other.scanner.start();
  await app.clock.advance(5 * hour);
  expect(app.history().length).toBeGreaterThanOrEqual(9);
  expect(app.history().length).toBeLessThanOrEqual(12);
  expect(new Set(app.history())).toEqual(new Set(['SCHEDULE SUCCEEDED']));

  app.upwork.answer = async (_request, page) => {
    await app.clock.sleep(minute);
    return page;
  };
  const first = await app.scanner.run(byHand);
  const second = await other.scanner.run(byHand);
  expect(second).toMatchObject({ joined: true, scan: { id: first.scan.id } });
  const ending = other.scanner.finished(first.scan.id);
  await app.clock.advance(2 * minute);
  expect(await ending).toMatchObject({ status: 'SUCCEEDED' });
  await other.scanner.close();
});

it('scans once when both servers see the connection come up', async () => {
  await using app = setUp();
  const other = app.another();
  app.connection.become('DISCONNECTED');
  app.scanner.start();
  other.scanner.start();
  await app.clock.advance(minute);
  app.connection.become('CONNECTED');
  await app.clock.advance(minute);
  expect(app.history()).toEqual(['CONNECTED SUCCEEDED']);
  await other.scanner.close();
});

it('cancels a scan that runs in another process', async () => {
  await using app = setUp();
  const other = app.another();
  app.upwork.answer = async (_request, page, signal) => {
    await app.clock.sleep(hour, signal);
    return page;
  };
  const { scan } = await app.scanner.run(byHand);
  await other.scanner.cancel(scan.id);
  const ending = other.scanner.finished(scan.id);
  await app.clock.advance(leaseMs);
  expect(await ending).toMatchObject({ status: 'CANCELLED' });
});

it('commits nothing of a scan whose process slept while another took over', async () => {
  await using app = setUp();
  app.list(3);
  let wakeUp: (page: SearchPage) => void = () => {};
  let page: SearchPage | undefined;
  app.upwork.answer = (request, real) => {
    if (request > 1) return real;
    page = real;
    return new Promise((resolve) => {
      wakeUp = resolve;
    });
  };
  const { scan } = await app.scanner.run(byHand);
  await expect.poll(() => page).toBeDefined();
  // The sleeper's timers do not run: only the wall clock goes on.
  app.clock.jump(leaseMs + 1);
  const other = app.another();
  const { scan: next } = await other.scanner.run(byHand);
  expect(next.id).not.toBe(scan.id);
  expect(await other.scanner.finished(next.id)).toMatchObject({ status: 'SUCCEEDED', counts: { new: 3 } });

  const before = app.events.latestCursor();
  app.upwork.post(4);
  wakeUp({ ...(page as SearchPage), postings: app.upwork.postings });
  expect(await app.scanner.finished(scan.id)).toMatchObject({ status: 'INTERRUPTED', counts: { new: 0 } });
  await app.clock.advance(minute);
  expect(app.jobs.count({}).count).toBe(3);
  expect(app.events.latestCursor()).toBe(before);
  expect(app.history()).toEqual(['MANUAL INTERRUPTED', 'MANUAL SUCCEEDED']);
});

it('calls a scan INTERRUPTED that a crash ended, and scans again', async () => {
  await using app = setUp();
  app.list(2);
  app.upwork.answer = () => new Promise(() => {});
  const { scan } = await app.scanner.run(byHand);
  // Nothing of the dead process runs on: its lease ends by itself.
  app.clock.jump(leaseMs + 1);
  delete app.upwork.answer;
  const next = app.another();
  next.scanner.start();
  await app.clock.advance(minute);
  expect(next.scanner.scan(scan.id)).toMatchObject({ status: 'INTERRUPTED', finishedAt: expect.any(Date) });
  expect(next.scanner.diagnosis(scan.id)?.verdict).toBe('NOT_RUN');
  expect(next.history()).toEqual(['MANUAL INTERRUPTED', 'SCHEDULE SUCCEEDED']);
  await next.scanner.close();
});

it('leaves the scan of a living process alone when another one starts', async () => {
  await using app = setUp();
  app.upwork.answer = async (_request, page) => {
    await app.clock.sleep(3 * minute);
    return page;
  };
  const { scan } = await app.scanner.run(byHand);
  const other = app.another();
  other.scanner.start();
  await app.clock.advance(2 * minute);
  expect(other.scanner.scan(scan.id)).toMatchObject({ status: 'RUNNING' });
  await app.clock.advance(2 * minute);
  expect(other.history()).toEqual(['MANUAL SUCCEEDED']);
  await other.scanner.close();
});

it('does not scan when another process has met the due time in the very moment between looking and taking the lease', async () => {
  let between = () => {};
  await using app = setUp({ beforeLease: () => between() });
  app.scanner.start();
  await app.clock.advance(minute);
  between = () => {
    app.db.sql.prepare('UPDATE scan_schedule SET next_due_at = next_due_at + ?').run(20 * minute);
    between = () => {};
  };
  await app.clock.advance(40 * minute);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED']);
  await app.clock.advance(20 * minute);
  expect(app.history()).toEqual(['SCHEDULE SUCCEEDED', 'SCHEDULE SUCCEEDED']);
});
