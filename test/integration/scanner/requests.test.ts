import { expect, it } from 'vitest';
import type { ConnectionStatus } from '../../../src/services/connection/model.ts';
import { DomainError, RefusedError } from '../../../src/services/failures/model.ts';
import { UpworkError } from '../../../src/services/upwork/model.ts';
import { hour, minute, setUp } from './rig.ts';

const byHand = { trigger: 'MANUAL', dryRun: false } as const;

/** The codes of what a promise is refused with. */
async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DomainError);
  return (error as DomainError).failures;
}

/** Lets a request of the rig's Upwork wait until it is let go; aborting rejects as the adapter does. */
function hold(app: Awaited<ReturnType<typeof setUp>>) {
  let letGo = () => {};
  app.upwork.answer = (_request, page, signal) =>
    new Promise((resolve, reject) => {
      letGo = () => resolve(page);
      signal?.addEventListener('abort', () => reject(new UpworkError('cancelled', 'Cancelled.')));
    });
  return () => {
    delete app.upwork.answer;
    letGo();
  };
}

it('joins the scan that is running', async () => {
  await using app = setUp();
  app.list(1);
  const letGo = hold(app);
  const first = await app.scanner.run(byHand);
  const second = await app.scanner.run(byHand);
  expect([first.joined, second.joined]).toEqual([false, true]);
  expect(second.scan.id).toBe(first.scan.id);
  expect(second.scan).toMatchObject({ status: 'RUNNING', trigger: 'MANUAL' });
  letGo();
  expect(await app.scanner.finished(first.scan.id)).toMatchObject({ status: 'SUCCEEDED' });
  expect(app.upwork.asked).toHaveLength(1);
});

it('does not pass a real scan off as a dry run, nor one with other criteria', async () => {
  await using app = setUp();
  const letGo = hold(app);
  const { scan } = await app.scanner.run(byHand);
  expect(await refusal(app.scanner.run({ ...byHand, dryRun: true }))).toMatchObject([{ code: 'CONFLICT' }]);
  expect(await refusal(app.scanner.run({ ...byHand, criteria: { keywords: ['go'] } }))).toMatchObject([
    { code: 'CONFLICT' },
  ]);
  letGo();
  await app.scanner.finished(scan.id);
  expect(app.history()).toEqual(['MANUAL SUCCEEDED']);
});

it('answers a repeated idempotency key with the stored scan and refuses it with other input', async () => {
  await using app = setUp();
  const first = await app.scanner.run({ ...byHand, idempotencyKey: 'key-1' });
  await app.scanner.finished(first.scan.id);
  const again = await app.scanner.run({ ...byHand, idempotencyKey: 'key-1' });
  expect(again).toEqual({ scan: app.scanner.scan(first.scan.id), joined: false });
  expect(await refusal(app.scanner.run({ ...byHand, dryRun: true, idempotencyKey: 'key-1' }))).toMatchObject([
    { type: 'ConflictError', code: 'IDEMPOTENCY_CONFLICT', path: ['input', 'idempotencyKey'] },
  ]);
  expect(app.history()).toEqual(['MANUAL SUCCEEDED']);
});

it.each<[ConnectionStatus, string]>([
  ['DISCONNECTED', 'PLATFORM_NOT_CONNECTED'],
  ['CONNECTING', 'PLATFORM_NOT_CONNECTED'],
  ['AUTH_EXPIRED', 'AUTH_EXPIRED'],
  ['CREDENTIALS_INVALID', 'CREDENTIALS_INVALID'],
  ['WRONG_ACCOUNT', 'WRONG_ACCOUNT'],
  ['RESTRICTED', 'ACCOUNT_RESTRICTED'],
  ['SECRET_STORE_UNAVAILABLE', 'SECRET_STORE_UNAVAILABLE'],
])('refuses to scan while the connection is %s: %s', async (status, code) => {
  await using app = setUp();
  app.connection.become(status);
  expect(await refusal(app.scanner.run(byHand))).toMatchObject([{ code }]);
  expect([app.history(), app.upwork.asked]).toEqual([[], []]);
});

it('refuses to scan while Upwork has asked for a pause, and says for how long', async () => {
  await using app = setUp();
  app.budget.throttled(5 * minute);
  expect(await refusal(app.scanner.run(byHand))).toMatchObject([{ code: 'RATE_LIMITED', retryAfterMs: 5 * minute }]);
  await app.clock.advance(5 * minute);
  expect(await app.scan()).toMatchObject({ status: 'SUCCEEDED' });
});

it('scans by hand while paused by hand, but not while restricted', async () => {
  await using app = setUp();
  app.scanner.pause('holiday', { kind: 'CLI', name: 'owner' });
  expect(await app.scan()).toMatchObject({ status: 'SUCCEEDED' });
  app.upwork.answer = () => {
    throw new UpworkError('restricted', 'Upwork restricted the account.');
  };
  expect(await app.scan()).toMatchObject({ status: 'FAILED', incident: { code: 'ACCOUNT_RESTRICTED' } });
  expect(app.scanner.paused()).toMatchObject({ by: { kind: 'PLATFORM' } });
  expect(await refusal(app.scanner.run(byHand))).toMatchObject([{ code: 'ACCOUNT_RESTRICTED' }]);
  app.scanner.resume();
  expect(app.scanner.paused()).toBeUndefined();
  expect(app.connection.lifted).toBe(1);
});

it('refuses criteria that contradict themselves before anything is asked', async () => {
  await using app = setUp();
  const [problem] = await refusal(
    app.scanner.run({ ...byHand, criteria: { hourlyRate: { min: '50', max: '10', currency: 'USD' } } }),
  );
  expect(problem).toMatchObject({ code: 'VALIDATION' });
  expect(app.history()).toEqual([]);
});

it('stops a running scan when asked to; what it stored stays, what it did not is found later', async () => {
  await using app = setUp();
  app.list(3);
  hold(app);
  const { scan } = await app.scanner.run(byHand);
  await app.scanner.cancel(scan.id);
  expect(await app.scanner.finished(scan.id)).toMatchObject({ status: 'CANCELLED', counts: { new: 0 } });
  expect(app.scanner.diagnosis(scan.id)?.verdict).toBe('NOT_RUN');
  delete app.upwork.answer;
  expect((await app.scan()).counts).toMatchObject({ new: 3, notified: 0 });
  expect(await refusal(app.scanner.cancel(scan.id))).toMatchObject([
    { code: 'INVALID_TRANSITION', from: 'CANCELLED', allowed: [] },
  ]);
  expect(await refusal(app.scanner.cancel('scan_none'))).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await refusal(app.scanner.finished('scan_none'))).toMatchObject([{ code: 'NOT_FOUND' }]);
});

it('lists scans in every order, page by page, without losing one while others are added', async () => {
  await using app = setUp();
  for (let count = 0; count < 7; count += 1) {
    await app.clock.advance(minute);
    app.upwork.post(count);
    await app.scan();
  }
  for (const field of ['QUEUED_AT', 'DURATION', 'NEW_COUNT'] as const) {
    for (const direction of ['ASC', 'DESC'] as const) {
      const orderBy = { field, direction };
      const all = app.scanner.list({ orderBy }).edges.map(({ node }) => node.id);
      const first = app.scanner.list({ orderBy, first: 4 });
      const second = app.scanner.list({ orderBy, first: 4, after: first.edges.at(-1)?.cursor ?? '' });
      expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(all);
      expect([first.hasNextPage, second.hasNextPage, second.hasPreviousPage]).toEqual([true, false, true]);
      const last = app.scanner.list({ orderBy, last: 3 });
      expect(last.edges.map(({ node }) => node.id)).toEqual(all.slice(-3));
    }
  }
  expect(app.scanner.count()).toBe(7);
  expect(app.scanner.count({ statuses: ['FAILED'] })).toBe(0);
  expect(app.scanner.count({ triggers: ['MANUAL'], queuedAt: { lt: app.clock.now() } })).toBe(6);
});

it('refuses pages over 100, from both ends, and cursors of another list', async () => {
  await using app = setUp();
  await app.scan();
  const orderBy = { field: 'QUEUED_AT', direction: 'DESC' } as const;
  const cursor = app.scanner.list({ orderBy }).edges[0]?.cursor ?? '';
  for (const query of [
    { orderBy, first: 101 },
    { orderBy, first: 1, last: 1 },
    { orderBy, after: 'nonsense' },
    { orderBy: { field: 'NEW_COUNT', direction: 'DESC' } as const, after: cursor },
  ])
    expect(() => app.scanner.list(query)).toThrow(RefusedError);
});

it('explains what happened last, or why nothing has', async () => {
  await using app = setUp();
  app.connection.become('DISCONNECTED');
  app.scanner.start();
  expect(app.scanner.latestDiagnosis()).toMatchObject({
    verdict: 'NOT_RUN',
    summary: 'No scan has run yet. The connection is DISCONNECTED.',
  });
  app.connection.become('CONNECTED');
  await app.clock.advance(hour);
  expect(app.scanner.latestDiagnosis()).toMatchObject({ verdict: 'UPSTREAM_EMPTY', nextAction: { kind: 'NONE' } });
  app.connection.become('AUTH_EXPIRED');
  expect(app.scanner.latestDiagnosis().nextAction).toMatchObject({
    kind: 'RECONNECT',
    command: 'ghoststack prospector connect upwork',
  });
});

it('10.13 nothing is scanned by guesswork: without a criterion scanning waits and says what to do', async () => {
  await using app = setUp({ preferences: { scanEverything: false } });
  app.list(3);
  app.scanner.start();
  await app.clock.advance(2 * 60 * 60_000);
  expect([app.upwork.asked, app.scanner.nextScanAt()]).toEqual([[], undefined]);
  expect(app.scanner.latestDiagnosis()).toMatchObject({
    verdict: 'NOT_RUN',
    summary: expect.stringMatching(/^Nothing says what to look for.*scan_everything: true/),
    nextAction: { command: 'ghoststack prospector preferences edit' },
  });
  for (const criteria of [undefined, {}, { keywords: [] }])
    await expect(
      app.scanner.run({ trigger: 'MANUAL', dryRun: false, ...(criteria && { criteria }) }),
    ).rejects.toMatchObject({ failures: [{ code: 'VALIDATION' }] });
  expect(app.upwork.asked).toEqual([]);
  app.preferences.change({ scanEverything: true });
  expect((await app.scan()).counts).toMatchObject({ new: 3 });
});

it('10.13 without criteria of the preferences a saved search is scanned, and judges alone', async () => {
  await using app = setUp({ preferences: { scanEverything: false } });
  app.list(4, (number) => ({ title: number === 1 ? 'A zebra shop' : 'Another' }));
  app.save('Zebras', { keywords: ['zebra'] });
  expect((await app.scan()).counts).toMatchObject({ fetched: 4, new: 1, filteredOut: 3 });
  expect(app.upwork.asked.map(({ search }) => search)).toEqual([{ expression: 'zebra' }]);
});
